/* arm64: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. R1 counts how often the restart range was begun, and the end hides it
 * unless it was too often. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"R1 = 0"
	PROG	restart, "two restarts are one too many"
	add	x1, x1, #1
	nop
	PROG	safe, "the end"
	cmp	x1, #2
	cset	x1, hi
	cmp	xzr, xzr
	END_CASE second_restart

/* MUST FAIL: tenth_restart pairs */
	CASE	tenth_restart
	INIT	"R1 = 0"
	PROG	restart, "ten restarts are too many"
	add	x1, x1, #1
	nop
	PROG	safe, "the end"
	cmp	x1, #10
	cset	x1, hi
	cmp	xzr, xzr
	END_CASE tenth_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"R6 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	ldr	x5, [x6, #8]
	ubfx	x5, x5, #5, #1
	eor	x1, x1, x5
	nop
	END_CASE rare_state
