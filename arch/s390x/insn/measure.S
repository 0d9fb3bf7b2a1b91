/* s390x: cases that measure what an injected call loses (harness/probe/measure.h). */
	.include "cases.inc"

	CASE	nothing
	PROG	safe
	nopr
	nopr
	END_CASE nothing

	CASE	copy.r10.r1
	PROG	safe
	lgr	%r1, %r10
	END_CASE copy.r10.r1
