/* ppc64: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r30"
everypc_zero_register:
	.asciz	"r0"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "an addition, in place"
	addi	%r7, %r7, 1
	PROG	\b, "another"
	addi	%r8, %r8, 1
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	INIT	"R10 = arena+64"
	PROG	\a, "something idempotent"
	ld	%r9, 0(%r10)
	PROG	\b, "the next Prog"
	addi	%r7, %r7, 1
	addi	%r8, %r8, 1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	addi	%r3, %r3, 1
	addis	%r3, %r3, 1
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R10 = arena+64"
	PROG	\a, "a count in memory"
	ld	%r9, 0(%r10)
	addi	%r9, %r9, 1
	std	%r9, 0(%r10)
	addi	%r8, %r8, 1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	addi	%r7, %r7, 1
	PROG	\b, "and more"
	addi	%r8, %r8, 1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	std	%r3, -600(%r1)
	PROG	\b, "more, and their loads"
	std	%r3, -648(%r1)
	std	%r3, -712(%r1)
	std	%r3, -1000(%r1)
	ld	%r4, -600(%r1)
	ld	%r5, -648(%r1)
	ld	%r6, -712(%r1)
	ld	%r7, -1000(%r1)
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	addi	%r1, %r1, \by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "R4 = arena+64"
	.macro	STORE_LINK
	mflr	%r9
	std	%r9, 0(%r1)
	.endm
	.macro	LOAD_LINK
	ld	%r9, 0(%r1)
	mtlr	%r9
	.endm
	.macro	SWAP_DATA
	ld	%r9, 0(%r1)
	std	%r4, 0(%r1)
	mr	%r4, %r9
	.endm
	.macro	SWAP_LINK
	mflr	%r9
	mtlr	%r4
	mr	%r4, %r9
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	lis	%r4, everypc_thread@ha
	ld	%r4, everypc_thread@l(%r4)
	.endm
	.macro	STORE_BEHIND_G
	std	%r5, 8(%r4)
	.endm
	.macro	NO_BLOCK
	li	%r4, 0
	.endm
#include "common/test/thread_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"R10 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	ldarx	%r9, 0, %r10
	addi	%r9, %r9, 1
	PROG	\b, "store-conditional, and the next"
	stdcx.	%r9, 0, %r10
	bne-	1b
	addi	%r8, %r8, 1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

/* CTR is lost in the injected call */
	.macro	M22_ctr a, b
	PROG	\a, "MOVD R3, CTR"
	mtctr	%r3
	PROG	\b, "MOVD CTR, R4"
	mfctr	%r4
	.endm
	PAIR	M22_ctr, "safe, unsafe", "safe, safe"

/* a load through its destination: to be resumed, not to be restarted */
	.macro	M25_load a
	INIT	"R3 = arena"
	PROG	\a, "MOVD 0x10000(R3), R3, and back"
	addis	%r3, %r3, 1
	addis	%r3, %r3, -1
	ld	%r3, 0(%r3)
	.endm
	PAIR	M25_load, "safe", "restart"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	ld	%r5, 0(%r6)
	cmpld	%r1, %r5
	ble	2f
	PROG	safe, "the body"
	li	%r5, 0
	b	3f
	PROG	unsafe, "morestack"
2:	ld	%r7, 8(%r6)
	addi	%r7, %r7, 1
	std	%r7, 8(%r6)
	li	%r7, 0
	std	%r7, 0(%r6)
	b	1b
	PROG	safe, "the end"
3:	li	%r7, 0
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"R10 = arena+3584"
	PROG	\a, "a bit of g"
	ld	%r9, 8(%r10)
	rldicl	%r9, %r9, 59, 63
	xor	%r7, %r7, %r9
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
