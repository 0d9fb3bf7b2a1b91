/* loong64: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its
 * MUST FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"R8 = 0"
	PROG	restart, "counts how often it was begun"
	addi.d	$r8, $r8, 1
	nop
	PROG	safe, "one restart is forgotten, two are not"
	addi.d	$r8, $r8, 1
	srli.d	$r8, $r8, 2
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"R6 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	ld.d	$r7, $r6, 8
	srli.d	$r7, $r7, 5
	andi	$r7, $r7, 1
	xor	$r8, $r8, $r7
	nop
	END_CASE rare_state
