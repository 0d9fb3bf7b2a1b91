/* riscv64: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing

	CASE	copy.x31.x5
	PROG	safe
	mv	x5, x31
	END_CASE copy.x31.x5
