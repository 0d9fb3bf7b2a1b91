/* loong64: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r22"
everypc_zero_register:
	.asciz	""

/* REGTMP lives from the first instruction to the second */
	.macro	M22_tmp a
	PROG	\a, "a sum through REGTMP"
	lu12i.w	$r30, 0x12345
	add.d	$r6, $r5, $r30
	.endm
	PAIR	M22_tmp, "unsafe", "safe"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "a sum through REGTMP, in place"
	lu12i.w	$r30, 0x12345
	add.d	$r5, $r5, $r30
	PROG	\b, "another"
	lu12i.w	$r30, 0x54321
	add.d	$r6, $r6, $r30
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	PROG	\a, "a sum through REGTMP"
	lu12i.w	$r30, 0x12345
	add.d	$r5, $r5, $r30
	PROG	\b, "the next Prog"
	addi.d	$r7, $r7, 1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* the range ends an instruction early */
	.macro	M9_early a, b
	PROG	\a, "a sum through REGTMP"
	lu12i.w	$r30, 0x12345
	PROG	\b, "its last instruction"
	add.d	$r6, $r5, $r30
	.endm
	PAIR	M9_early, "-3, -3", "-3, -1"

/* one safe PC in an unsafe run */
	.macro	M16_gap a, b, c
	PROG	\a, "REGTMP is set"
	lu12i.w	$r30, 0x12345
	PROG	\b, "something else"
	addi.d	$r8, $r8, 1
	PROG	\c, "REGTMP is used"
	add.d	$r6, $r5, $r30
	.endm
	PAIR	M16_gap, "-2, -2, -2", "-2, -1, -2"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	addi.d	$r5, $r5, 2047
	addi.d	$r5, $r5, 2047
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R10 = arena+64"
	PROG	\a, "a count in memory"
	ld.d	$r9, $r10, 0
	addi.d	$r9, $r9, 1
	st.d	$r9, $r10, 0
	addi.d	$r8, $r8, 1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	addi.d	$r7, $r7, 1
	PROG	\b, "and more"
	addi.d	$r8, $r8, 1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	st.d	$r5, $sp, -16
	PROG	\b, "more, and their loads"
	st.d	$r5, $sp, -72
	st.d	$r5, $sp, -136
	st.d	$r5, $sp, -248
	ld.d	$r6, $sp, -16
	ld.d	$r7, $sp, -72
	ld.d	$r8, $sp, -136
	ld.d	$r9, $sp, -248
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	addi.d	$sp, $sp, \by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "R6 = arena+64"
	.macro	STORE_LINK
	st.d	$r1, $sp, 0
	.endm
	.macro	LOAD_LINK
	ld.d	$r1, $sp, 0
	.endm
	.macro	SWAP_DATA
	ld.d	$r5, $sp, 0
	st.d	$r6, $sp, 0
	move	$r6, $r5
	.endm
	.macro	SWAP_LINK
	move	$r5, $r1
	move	$r1, $r6
	move	$r6, $r5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	pcalau12i $r5, %pc_hi20(everypc_thread)
	ld.d	$r5, $r5, %pc_lo12(everypc_thread)
	.endm
	.macro	STORE_BEHIND_G
	st.d	$r6, $r5, 8
	.endm
	.macro	NO_BLOCK
	move	$r5, $r0
	.endm
#include "common/test/thread_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"R10 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	ll.d	$r9, $r10, 0
	addi.d	$r9, $r9, 1
	PROG	\b, "store-conditional, and the next"
	move	$r11, $r9
	sc.d	$r11, $r10, 0
	beqz	$r11, 1b
	addi.d	$r8, $r8, 1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	ld.d	$r5, $r6, 0
	bgeu	$r5, $sp, 2f
	PROG	safe, "the body"
	move	$r5, $r0
	b	3f
	PROG	unsafe, "morestack"
2:	ld.d	$r7, $r6, 8
	addi.d	$r7, $r7, 1
	st.d	$r7, $r6, 8
	st.d	$r0, $r6, 0
	b	1b
	PROG	safe, "the end"
3:	move	$r7, $r0
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
	ld.d	$r7, $r6, 8
	srli.d	$r7, $r7, 5
	andi	$r7, $r7, 1
	xor	$r8, $r8, $r7
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
