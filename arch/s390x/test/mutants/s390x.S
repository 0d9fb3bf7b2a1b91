/* s390x: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r13"
everypc_zero_register:
	.asciz	""

/* REGTMP lives from the first instruction to the second */
	.macro	M22_tmp a
	PROG	\a, "a sum through REGTMP"
	lgfi	%r10, 0x12345678
	agrk	%r2, %r1, %r10
	.endm
	PAIR	M22_tmp, "unsafe", "safe"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "a sum through REGTMP, in place"
	lgfi	%r10, 0x12345678
	agr	%r1, %r10
	PROG	\b, "another"
	lgfi	%r10, 0x654321
	agr	%r2, %r10
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	PROG	\a, "a sum through REGTMP"
	lgfi	%r10, 0x12345678
	agr	%r1, %r10
	PROG	\b, "the next Prog"
	aghi	%r3, 1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* the range ends an instruction early */
	.macro	M9_early a, b
	PROG	\a, "a sum through REGTMP"
	lgfi	%r10, 0x12345678
	PROG	\b, "its last instruction"
	agrk	%r2, %r1, %r10
	.endm
	PAIR	M9_early, "-3, -3", "-3, -1"

/* one safe PC in an unsafe run */
	.macro	M16_gap a, b, c
	PROG	\a, "REGTMP is set"
	lgfi	%r10, 0x12345678
	PROG	\b, "something else"
	aghi	%r4, 1
	PROG	\c, "REGTMP is used"
	agrk	%r2, %r1, %r10
	.endm
	PAIR	M16_gap, "-2, -2, -2", "-2, -1, -2"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	aghi	%r1, 1
	aghi	%r1, 0x100
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R6 = arena+64"
	PROG	\a, "a count in memory"
	lg	%r5, 0(%r6)
	aghi	%r5, 1
	stg	%r5, 0(%r6)
	aghi	%r4, 1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	aghi	%r3, 1
	PROG	\b, "and more"
	aghi	%r4, 1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	stg	%r1, -16(%r15)
	PROG	\b, "more, and their loads"
	stg	%r1, -72(%r15)
	stg	%r1, -136(%r15)
	stg	%r1, -248(%r15)
	lg	%r2, -16(%r15)
	lg	%r3, -72(%r15)
	lg	%r4, -136(%r15)
	lg	%r5, -248(%r15)
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	aghi	%r15, \by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "R1 = arena+64"
	.macro	STORE_LINK
	stg	%r14, 0(%r15)
	.endm
	.macro	LOAD_LINK
	lg	%r14, 0(%r15)
	.endm
	.macro	SWAP_DATA
	lg	%r5, 0(%r15)
	stg	%r1, 0(%r15)
	lgr	%r1, %r5
	.endm
	.macro	SWAP_LINK
	lgr	%r5, %r14
	lgr	%r14, %r1
	lgr	%r1, %r5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	lgrl	%r1, everypc_thread
	.endm
	.macro	STORE_BEHIND_G
	stg	%r2, 8(%r1)
	.endm
	.macro	NO_BLOCK
	lghi	%r1, 0
	.endm
#include "common/test/thread_pair.inc"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	lg	%r5, 0(%r6)
	clgr	%r15, %r5
	jnh	2f
	PROG	safe, "the body"
	lghi	%r5, 0
	j	3f
	PROG	unsafe, "morestack"
2:	lg	%r7, 8(%r6)
	aghi	%r7, 1
	stg	%r7, 8(%r6)
	lghi	%r7, 0
	stg	%r7, 0(%r6)
	j	1b
	PROG	safe, "the end"
3:	lghi	%r7, 0
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"R6 = arena+3584"
	PROG	\a, "a bit of g"
	lg	%r5, 8(%r6)
	risbg	%r5, %r5, 63, 128+63, 59
	xgr	%r1, %r5
	nopr
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
