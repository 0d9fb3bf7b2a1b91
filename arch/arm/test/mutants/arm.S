/* arm: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r10"
everypc_zero_register:
	.asciz	""

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "an addition, in place"
	add	r3, r3, #1
	PROG	\b, "another"
	add	r4, r4, #1
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	INIT	"R6 = arena+64"
	PROG	\a, "something idempotent"
	ldr	r5, [r6]
	PROG	\b, "the next Prog"
	add	r3, r3, #1
	add	r4, r4, #1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	add	r1, r1, #1
	add	r1, r1, #0x1000
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R6 = arena+64"
	PROG	\a, "a count in memory"
	ldr	r5, [r6]
	add	r5, r5, #1
	str	r5, [r6]
	add	r4, r4, #1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	add	r3, r3, #1
	PROG	\b, "and more"
	add	r4, r4, #1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	str	r1, [sp, #-16]
	PROG	\b, "more, and their loads"
	str	r1, [sp, #-72]
	str	r1, [sp, #-136]
	str	r1, [sp, #-248]
	ldr	r2, [sp, #-16]
	ldr	r3, [sp, #-72]
	ldr	r4, [sp, #-136]
	ldr	r5, [sp, #-248]
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	add	sp, sp, #\by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "R1 = arena+64"
	.macro	STORE_LINK
	str	lr, [sp]
	.endm
	.macro	LOAD_LINK
	ldr	lr, [sp]
	.endm
	.macro	SWAP_DATA
	ldr	r5, [sp]
	str	r1, [sp]
	mov	r1, r5
	.endm
	.macro	SWAP_LINK
	mov	r5, lr
	mov	lr, r1
	mov	r1, r5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	movw	r1, #:lower16:everypc_thread
	movt	r1, #:upper16:everypc_thread
	ldr	r1, [r1]
	.endm
	.macro	STORE_BEHIND_G
	str	r2, [r1, #4]
	.endm
	.macro	NO_BLOCK
	mov	r1, #0
	.endm
#include "common/test/thread_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"R6 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	ldrex	r5, [r6]
	add	r5, r5, #1
	PROG	\b, "store-conditional, and the next"
	strex	r7, r5, [r6]
	cmp	r7, #0
	bne	1b
	add	r4, r4, #1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	ldr	r5, [r6]
	cmp	sp, r5
	bls	2f
	PROG	safe, "the body"
	mov	r5, #0
	b	3f
	PROG	unsafe, "morestack"
2:	ldr	r7, [r6, #4]
	add	r7, r7, #1
	str	r7, [r6, #4]
	mov	r7, #0
	str	r7, [r6]
	b	1b
	PROG	safe, "the end"
3:	mov	r7, #0
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
	ldr	r5, [r6, #4]
	ubfx	r5, r5, #5, #1
	eor	r1, r1, r5
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
