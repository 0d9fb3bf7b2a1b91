/* mips: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r30"
everypc_zero_register:
	.asciz	""

#ifdef __mips64
#define ADDIU daddiu
#else
#define ADDIU addiu
#endif

/* REGTMP lives from the first instruction to the second */
	.macro	M22_tmp a
	PROG	\a, "a sum through REGTMP"
	lui	$23, 0x1234
	addu	$2, $1, $23
	.endm
	PAIR	M22_tmp, "restart", "safe"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "a sum through REGTMP, in place"
	lui	$23, 0x1234
	addu	$1, $1, $23
	PROG	\b, "another"
	lui	$23, 0x4321
	addu	$2, $2, $23
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	PROG	\a, "a sum through REGTMP"
	lui	$23, 0x1234
	addu	$1, $1, $23
	PROG	\b, "the next Prog"
	addiu	$3, $3, 1
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* the range ends an instruction early */
	.macro	M9_early a, b
	PROG	\a, "a sum through REGTMP"
	lui	$23, 0x1234
	PROG	\b, "its last instruction"
	addu	$2, $1, $23
	.endm
	PAIR	M9_early, "-3, -3", "-3, -1"

/* one safe PC in an unsafe run */
	.macro	M16_gap a, b, c
	PROG	\a, "REGTMP is set"
	lui	$23, 0x1234
	PROG	\b, "something else"
	addiu	$4, $4, 1
	PROG	\c, "REGTMP is used"
	addu	$2, $1, $23
	.endm
	PAIR	M16_gap, "-2, -2, -2", "-2, -1, -2"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	addiu	$1, $1, 1
	addiu	$1, $1, 0x1000
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"R6 = arena+64"
	PROG	\a, "a count in memory"
	lw	$5, 0($6)
	addiu	$5, $5, 1
	sw	$5, 0($6)
	addiu	$4, $4, 1
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	addiu	$3, $3, 1
	PROG	\b, "and more"
	addiu	$4, $4, 1
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	sw	$1, -16($29)
	PROG	\b, "more, and their loads"
	sw	$1, -72($29)
	sw	$1, -136($29)
	sw	$1, -248($29)
	lw	$2, -16($29)
	lw	$3, -72($29)
	lw	$4, -136($29)
	lw	$5, -248($29)
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	ADDIU	$29, $29, \by
	.endm
#include "common/test/sp_pair.inc"

/* a loop with a store-conditional: restarted behind it at the store, it counts twice */
	.macro	M35_ll_sc a, b
	INIT	"R6 = arena+64"
	PROG	\a, "load-linked, and an addition"
1:	ll	$5, 0($6)
	addiu	$5, $5, 1
	PROG	\b, "store-conditional, and the next"
	sc	$5, 0($6)
	beq	$5, $0, 1b
	nop
	addiu	$4, $4, 1
	.endm
	PAIR	M35_ll_sc, "safe, safe", "safe, restart"

#ifdef __mips64
#define LOAD ld
#define STORE sd
#define WORD 8
#else
#define LOAD lw
#define STORE sw
#define WORD 4
#endif

#define RETURN_IN_LINK
#define ROOT "R4 = arena+64"
	.macro	STORE_LINK
	STORE	$31, 0($29)
	.endm
	.macro	LOAD_LINK
	LOAD	$31, 0($29)
	.endm
	.macro	SWAP_DATA
	LOAD	$5, 0($29)
	STORE	$4, 0($29)
	move	$4, $5
	.endm
	.macro	SWAP_LINK
	move	$5, $31
	move	$31, $4
	move	$4, $5
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	lui	$2, %hi(everypc_thread)
	LOAD	$2, %lo(everypc_thread)($2)
	.endm
	.macro	STORE_BEHIND_G
	STORE	$3, WORD($2)
	.endm
	.macro	NO_BLOCK
	addiu	$2, $0, 0
	.endm
#include "common/test/thread_pair.inc"

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	\a, "the stack check"
1:	LOAD	$5, 0($6)
	sltu	$7, $5, $29
	beq	$7, $0, 2f
	nop
	PROG	safe, "the body"
	addiu	$5, $0, 0
	b	3f
	nop
	PROG	unsafe, "morestack"
2:	LOAD	$7, WORD($6)
	addiu	$7, $7, 1
	STORE	$7, WORD($6)
	STORE	$0, 0($6)
	b	1b
	nop
	PROG	safe, "the end"
3:	addiu	$7, $0, 0
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* bytes to the low word of the thread's g */
#if __MIPSEL__ || !__mips64
#define THREAD_G	(__SIZEOF_POINTER__)
#else
#define THREAD_G	12
#endif

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"R6 = arena+3584"
	PROG	\a, "a bit of g"
	lw	$5, THREAD_G($6)
	srl	$5, $5, 5
	andi	$5, $5, 1
	xor	$2, $2, $5
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
