/* ppc64: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing

	CASE	copy.ctr.r3
	PROG	safe
	mfctr	3
	END_CASE copy.ctr.r3
