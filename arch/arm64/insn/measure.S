/* arm64: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing

	CASE	copy.x27.x1
	PROG	safe
	mov	x1, x27
	END_CASE copy.x27.x1
