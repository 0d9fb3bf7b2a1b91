/* arm64: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"x28"
everypc_zero_register:
	.asciz	""

/* REGTMP lives from the first instruction to the second */
	.macro	M22_tmp a
	PROG	\a, "a sum through REGTMP"
	movz	x27, #0x1234
	add	x2, x1, x27
	.endm
	PAIR	M22_tmp, "restart", "safe"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "a sum through REGTMP, in place"
	movz	x27, #0x1234
	add	x1, x1, x27
	PROG	\b, "another"
	movz	x27, #0x5678
	add	x2, x2, x27
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	PROG	\a, "a sum through REGTMP"
	movz	x27, #0x1234
	add	x1, x1, x27
	PROG	\b, "the next Prog"
	add	x3, x3, #1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* the range ends an instruction early */
	.macro	M9_early a, b
	PROG	\a, "a sum through REGTMP"
	movz	x27, #0x1234
	PROG	\b, "its last instruction"
	add	x2, x1, x27
	.endm
	PAIR	M9_early, "-3, -3", "-3, -1"

/* one safe PC in an unsafe run */
	.macro	M16_gap a, b, c
	PROG	\a, "REGTMP is set"
	movz	x27, #0x1234
	PROG	\b, "something else"
	add	x4, x4, #1
	PROG	\c, "REGTMP is used"
	add	x2, x1, x27
	.endm
	PAIR	M16_gap, "-2, -2, -2", "-2, -1, -2"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	add	x1, x1, #1
	add	x1, x1, #1, lsl #12
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R6 = arena+64"
	PROG	\a, "a count in memory"
	ldr	x5, [x6]
	add	x5, x5, #1
	str	x5, [x6]
	add	x4, x4, #1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	add	x3, x3, #1
	PROG	\b, "and more"
	add	x4, x4, #1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	stur	x1, [sp, #-16]
	PROG	\b, "more, and their loads"
	stur	x1, [sp, #-72]
	stur	x1, [sp, #-136]
	stur	x1, [sp, #-248]
	ldur	x2, [sp, #-16]
	ldur	x3, [sp, #-72]
	ldur	x4, [sp, #-136]
	ldur	x5, [sp, #-248]
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	add	sp, sp, #\by
	.endm
#include "common/test/sp_pair.inc"

#define RETURN_IN_LINK
#define ROOT "R1 = arena+64"
	.macro	STORE_LINK
	str	x30, [sp]
	.endm
	.macro	LOAD_LINK
	ldr	x30, [sp]
	.endm
	.macro	SWAP_DATA
	ldr	x5, [sp]
	str	x1, [sp]
	mov	x1, x5
	.endm
	.macro	SWAP_LINK
	mov	x5, x30
	mov	x30, x1
	mov	x1, x5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	adrp	x1, everypc_thread
	ldr	x1, [x1, :lo12:everypc_thread]
	.endm
	.macro	STORE_BEHIND_G
	str	x2, [x1, #8]
	.endm
	.macro	NO_BLOCK
	mov	x1, xzr
	.endm
#include "common/test/thread_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"R6 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	ldxr	x5, [x6]
	add	x5, x5, #1
	PROG	\b, "store-conditional, and the next"
	stxr	w7, x5, [x6]
	cbnz	w7, 1b
	add	x4, x4, #1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

/* post-indexing moves the base */
	.macro	M25_post a
	INIT	"R6 = arena"
	PROG	\a, "MOVD.P 8(R6), R2, and the next"
	ldr	x2, [x6], #8
	add	x3, x3, x2
	.endm
	PAIR	M25_post, "safe", "restart"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	ldr	x5, [x6]
	mov	x7, sp
	cmp	x7, x5
	b.ls	2f
	PROG	safe, "the body"
	mov	x5, xzr
	b	3f
	PROG	unsafe, "morestack"
2:	ldr	x7, [x6, #8]
	add	x7, x7, #1
	str	x7, [x6, #8]
	str	xzr, [x6]
	b	1b
	PROG	safe, "the end"
3:	mov	x7, xzr
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* the frame goes before its record is out of use: the chain leads below SP (golang/go#63830) */
	.macro	M8_frame_record a
	FRAME_POINTER
	INIT	"R29 = stack-8"
	PROG	safe, "prologue"
	SPADJ	48
	str	x30, [sp, #-48]!
	PROG	safe, "the frame record"
	stur	x29, [sp, #-8]
	sub	x29, sp, #8
	PROG	safe, "the body"
	str	x1, [sp, #16]
	PROG	safe, "epilogue: SP first"
	SPADJ	-48
	add	sp, sp, #48
	PROG	\a, "then the frame pointer"
	sub	x29, sp, #8
	.endm
	PAIR	M8_frame_record, "unsafe", "safe"

/* the frame pointer moves before there is a record */
	.macro	M8_early_record a
	FRAME_POINTER
	INIT	"R29 = stack-8"
	PROG	safe, "prologue"
	SPADJ	32
	str	x30, [sp, #-32]!
	PROG	\a, "the frame pointer first, and its record"
	mov	x5, x29
	sub	x29, sp, #8
	stur	x5, [sp, #-8]
	PROG	safe, "epilogue"
	ldur	x29, [sp, #-8]
	PROG	safe, "and SP"
	SPADJ	-32
	ldr	x30, [sp], #32
	.endm
	PAIR	M8_early_record, "unsafe", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"R6 = arena+3584"
	PROG	\a, "a bit of g"
	ldr	x5, [x6, #8]
	ubfx	x5, x5, #5, #1
	eor	x1, x1, x5
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
