/* amd64: cases that measure what an injected call loses (harness/probe/measure.h). There is no REGTMP. */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing
