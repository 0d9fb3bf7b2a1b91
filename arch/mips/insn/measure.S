/* mips: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing

	CASE	copy.r23.r1
	PROG	safe
	or	$1, $23, $0
	END_CASE copy.r23.r1
