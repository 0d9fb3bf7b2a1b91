/* arm: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"R1 = 0"
	PROG	restart, "counts how often it was begun"
	add	r1, r1, #1
	nop
	PROG	safe, "one restart is forgotten, two are not"
	add	r1, r1, #1
	lsr	r1, r1, #2
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"R6 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	ldr	r5, [r6, #4]
	ubfx	r5, r5, #5, #1
	eor	r1, r1, r5
	nop
	END_CASE rare_state
