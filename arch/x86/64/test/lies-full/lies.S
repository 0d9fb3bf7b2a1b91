/* amd64: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"CX = 0"
	PROG	restart, "counts how often it was begun"
	incq	%rcx
	nop
	PROG	safe, "one restart is forgotten, two are not"
	incq	%rcx
	shrq	$2, %rcx
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"SI = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	movq	8(%rsi), %rdi
	shrq	$5, %rdi
	andl	$1, %edi
	xorq	%rdi, %rcx
	nop
	END_CASE rare_state
