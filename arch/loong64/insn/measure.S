/* loong64: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nop
	nop
	END_CASE nothing

	CASE	copy.r30.r5
	PROG	safe
	move	$r5, $r30
	END_CASE copy.r30.r5
