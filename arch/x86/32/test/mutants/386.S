/* 386: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	""
everypc_zero_register:
	.asciz	""
	.globl	everypc_tls_operand
everypc_tls_operand:
	.asciz	"(TLS*1)"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "an addition, in place"
	incl	%ecx
	PROG	\b, "another"
	incl	%edx
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	INIT	"SI = arena+64"
	PROG	\a, "something idempotent"
	movl	(%esi), %edi
	PROG	\b, "the next Prog"
	incl	%ecx
	incl	%edx
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	incl	%eax
	addl	$0x1000, %eax
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"SI = arena+64"
	PROG	\a, "a count in memory"
	movl	(%esi), %edi
	incl	%edi
	movl	%edi, (%esi)
	incl	%edx
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	incl	%ecx
	PROG	\b, "and more"
	incl	%edx
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	movl	%eax, -16(%esp)
	PROG	\b, "more, and their loads"
	movl	%eax, -600(%esp)
	movl	%eax, -1400(%esp)
	movl	%eax, -2600(%esp)
	movl	-16(%esp), %ebx
	movl	-600(%esp), %ecx
	movl	-1400(%esp), %edx
	movl	-2600(%esp), %esi
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	addl	$\by, %esp
	.endm
#include "common/test/sp_pair.inc"

	.macro	SWAP_DATA
	movl	(%esp), %ecx
	movl	%eax, (%esp)
	movl	%ecx, %eax
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	movl	everypc_thread, %ecx
	.endm
	.macro	STORE_BEHIND_G
	movl	%edx, 4(%ecx)
	.endm
	.macro	NO_BLOCK
	movl	$0, %ecx
	.endm
#include "common/test/thread_pair.inc"

/* The direction flag must be clear in the injected call, and set again behind it. */
	CASE	M14_direction_right
	PROG	safe, "STD"
	std
	PROG	safe, "an addition"
	incl	%ecx
	PROG	safe, "CLD"
	cld
	END_CASE M14_direction_right

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"SI = arena+7680"
	PROG	\a, "the stack check"
1:	movl	(%esi), %eax
	cmpl	%eax, %esp
	jbe	2f
	PROG	safe, "the body"
	movl	$0, %eax
	jmp	3f
	PROG	unsafe, "morestack"
2:	addl	$1, 4(%esi)
	movl	$0, (%esi)
	jmp	1b
	PROG	safe, "the end"
3:	movl	$0, %ecx
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"SI = arena+3584"
	PROG	\a, "a bit of g"
	movl	4(%esi), %edi
	shrl	$5, %edi
	andl	$1, %edi
	xorl	%edi, %ecx
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
