/* mips: what no quick check shows. Each case must fail with --depth full, caught by the oracle that its MUST
 * FAIL line names and by no other. The stub's lie is preempt.S beside this file. */
	.include "cases.inc"

/* bytes to the low word of the thread's g */
#if __MIPSEL__ || !__mips64
#define THREAD_G	(__SIZEOF_POINTER__)
#else
#define THREAD_G	12
#endif

/* MUST FAIL: second_restart pairs */
	CASE	second_restart
	INIT	"R2 = 0"
	PROG	restart, "counts how often it was begun"
	addiu	$2, $2, 1
	nop
	PROG	safe, "one restart is forgotten, two are not"
	addiu	$2, $2, 1
	srl	$2, $2, 2
	END_CASE second_restart

/* MUST FAIL: rare_state truth */
	CASE	rare_state
	INIT	"R6 = arena+3584"
	PROG	restart, "a bit of g, which is 0 in the states of a quick check"
	lw	$5, THREAD_G($6)
	srl	$5, $5, 5
	andi	$5, $5, 1
	xor	$2, $2, $5
	nop
	END_CASE rare_state
