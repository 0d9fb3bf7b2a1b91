/* 386: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"CX = 0"
	PROG	restart, "counts how often it was begun"
	incl	%ecx
	nop
	PROG	safe, "one restart is forgotten, two are not"
	incl	%ecx
	shrl	$2, %ecx
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"SI = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	movl	4(%esi), %edi
	shrl	$5, %edi
	andl	$1, %edi
	xorl	%edi, %ecx
	nop
	END_CASE rare_state
