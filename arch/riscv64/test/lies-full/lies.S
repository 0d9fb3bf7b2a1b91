/* riscv64: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its
 * MUST FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"X8 = 0"
	PROG	restart, "counts how often it was begun"
	addi	x8, x8, 1
	nop
	PROG	safe, "one restart is forgotten, two are not"
	addi	x8, x8, 1
	srli	x8, x8, 2
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"X6 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	ld	x7, 8(x6)
	srli	x7, x7, 5
	andi	x7, x7, 1
	xor	x8, x8, x7
	nop
	END_CASE rare_state
