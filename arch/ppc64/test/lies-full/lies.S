/* ppc64: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"R7 = 0"
	PROG	restart, "counts how often it was begun"
	addi	%r7, %r7, 1
	nop
	PROG	safe, "one restart is forgotten, two are not"
	addi	%r7, %r7, 1
	srdi	%r7, %r7, 2
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"R10 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	ld	%r9, 8(%r10)
	rldicl	%r9, %r9, 59, 63
	xor	%r7, %r7, %r9
	nop
	END_CASE rare_state
