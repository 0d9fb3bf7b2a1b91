/* riscv64: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"x27"
everypc_zero_register:
	.asciz	""

/* REGTMP lives from the first instruction to the second */
	.macro	M22_tmp a
	PROG	\a, "a sum through REGTMP"
	lui	x31, 0x12345
	add	x6, x5, x31
	.endm
	PAIR	M22_tmp, "unsafe", "safe"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "a sum through REGTMP, in place"
	lui	x31, 0x12345
	add	x5, x5, x31
	PROG	\b, "another"
	lui	x31, 0x54321
	add	x6, x6, x31
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	PROG	\a, "a sum through REGTMP"
	lui	x31, 0x12345
	add	x5, x5, x31
	PROG	\b, "the next Prog"
	addi	x7, x7, 1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* the range ends an instruction early */
	.macro	M9_early a, b
	PROG	\a, "a sum through REGTMP"
	lui	x31, 0x12345
	PROG	\b, "its last instruction"
	add	x6, x5, x31
	.endm
	PAIR	M9_early, "-3, -3", "-3, -1"

/* one safe PC in an unsafe run */
	.macro	M16_gap a, b, c
	PROG	\a, "REGTMP is set"
	lui	x31, 0x12345
	PROG	\b, "something else"
	addi	x8, x8, 1
	PROG	\c, "REGTMP is used"
	add	x6, x5, x31
	.endm
	PAIR	M16_gap, "-2, -2, -2", "-2, -1, -2"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	addi	x5, x5, 2047
	addi	x5, x5, 2047
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"X10 = arena+64"
	PROG	\a, "a count in memory"
	ld	x9, 0(x10)
	addi	x9, x9, 1
	sd	x9, 0(x10)
	addi	x8, x8, 1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	addi	x7, x7, 1
	PROG	\b, "and more"
	addi	x8, x8, 1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	sd	x5, -16(sp)
	PROG	\b, "more, and their loads"
	sd	x5, -72(sp)
	sd	x5, -136(sp)
	sd	x5, -248(sp)
	ld	x6, -16(sp)
	ld	x7, -72(sp)
	ld	x8, -136(sp)
	ld	x9, -248(sp)
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	addi	sp, sp, \by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "X6 = arena+64"
	.macro	STORE_LINK
	sd	ra, (sp)
	.endm
	.macro	LOAD_LINK
	ld	ra, (sp)
	.endm
	.macro	SWAP_DATA
	ld	x5, (sp)
	sd	x6, (sp)
	mv	x6, x5
	.endm
	.macro	SWAP_LINK
	mv	x5, ra
	mv	ra, x6
	mv	x6, x5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
1:	auipc	x5, %pcrel_hi(everypc_thread)
	ld	x5, %pcrel_lo(1b)(x5)
	.endm
	.macro	STORE_BEHIND_G
	sd	x6, 8(x5)
	.endm
	.macro	NO_BLOCK
	li	x5, 0
	.endm
#include "common/test/thread_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"X10 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	lr.d	x9, (x10)
	addi	x9, x9, 1
	PROG	\b, "store-conditional, and the next"
	sc.d	x11, x9, (x10)
	bnez	x11, 1b
	addi	x8, x8, 1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"X6 = arena+7680"
	PROG	\a, "the stack check"
1:	ld	x5, 0(x6)
	bgeu	x5, sp, 2f
	PROG	safe, "the body"
	li	x5, 0
	j	3f
	PROG	unsafe, "morestack"
2:	ld	x7, 8(x6)
	addi	x7, x7, 1
	sd	x7, 8(x6)
	sd	x0, 0(x6)
	j	1b
	PROG	safe, "the end"
3:	li	x7, 0
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"X6 = arena+3584"
	PROG	\a, "a bit of g"
	ld	x7, 8(x6)
	srli	x7, x7, 5
	andi	x7, x7, 1
	xor	x8, x8, x7
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
