/* amd64: code with right and with wrong marks; see pairs.inc. */
	.include "common/test/pairs.inc"

	.section .rodata
	.globl	everypc_g_register, everypc_zero_register
everypc_g_register:		/* Go's g, and what Go keeps zero, by the names in regs.h */
	.asciz	"r14"
everypc_zero_register:
	.asciz	""
	.globl	everypc_tls_operand
everypc_tls_operand:
	.asciz	"(TLS*1)"

/* two sequences side by side: each restarts at its own start */
	.macro	M27_neighbours a, b
	PROG	\a, "an addition, in place"
	incq	%rcx
	PROG	\b, "another"
	incq	%rdx
	.endm
	PAIR	M27_neighbours, "-3, -4", "-3, -3"

/* the range takes in an instruction of the next Prog */
	.macro	M28_late a, b
	INIT	"SI = arena+64"
	PROG	\a, "something idempotent"
	movq	(%rsi), %rdi
	PROG	\b, "the next Prog"
	incq	%rcx
	incq	%rdx
	.endm
	PAIR	M28_late, "-3, -1", "-3, -3"

/* an addition in two steps, in place: not to be restarted */
	.macro	M25_twice a
	PROG	\a, "an addition in two steps, in place"
	incq	%rax
	addq	$0x1000, %rax
	.endm
	PAIR	M25_twice, "safe", "restart"

/* a count in memory, which a restart behind its store would add to once more */
	.macro	M24_count a
	INIT	"SI = arena+64"
	PROG	\a, "a count in memory"
	movq	(%rsi), %rdi
	incq	%rdi
	movq	%rdi, (%rsi)
	incq	%rdx
	.endm
	PAIR	M24_count, "safe", "restart"

/* restart at entry of what is not idempotent */
	.macro	M5_entry a, b
	PROG	\a, "an addition"
	incq	%rcx
	PROG	\b, "and more"
	incq	%rdx
	.endm
	PAIR	M5_entry, "safe, safe", "entry, entry"

/* data below SP, at several distances */
	.macro	M6_below_sp a, b
	PROG	\a, "a store below SP"
	movq	%rax, -136(%rsp)
	PROG	\b, "more, and their loads"
	movq	%rax, -600(%rsp)
	movq	%rax, -1400(%rsp)
	movq	%rax, -2600(%rsp)
	movq	-136(%rsp), %rbx
	movq	-600(%rsp), %rcx
	movq	-1400(%rsp), %rdx
	movq	-2600(%rsp), %rsi
	.endm
	PAIR	M6_below_sp, "safe, unsafe", "safe, safe"

	.macro	MOVE_SP by
	addq	$\by, %rsp
	.endm
#include "common/test/sp_pair.inc"

	.macro	SWAP_DATA
	movq	(%rsp), %rcx
	movq	%rax, (%rsp)
	movq	%rcx, %rax
	.endm
#include "common/test/return_pair.inc"

	.macro	THREAD_BLOCK
	movq	everypc_thread(%rip), %rcx
	.endm
	.macro	STORE_BEHIND_G
	movq	%rdx, 8(%rcx)
	.endm
	.macro	NO_BLOCK
	movq	$0, %rcx
	.endm
#include "common/test/thread_pair.inc"

/* a leaf that keeps data in the red zone, as C may: push_call does not skip it */
	.macro	M32_red_zone a, b
	PROG	\a, "a store into the red zone"
	movq	%rax, -8(%rsp)
	PROG	\b, "its load"
	movq	-8(%rsp), %rbx
	.endm
	PAIR	M32_red_zone, "safe, unsafe", "safe, safe"

/* The direction flag must be clear in the injected call, and set again behind it. */
	CASE	M14_direction_right
	PROG	safe, "STD"
	std
	PROG	safe, "an addition"
	incq	%rcx
	PROG	safe, "CLD"
	cld
	END_CASE M14_direction_right

/* preempted between the stack check's load and its branch, a thread goes into morestack for a request that
 * was answered (golang/go#35470) */
	.macro	M4_stack_check a
	STACK_CHECK
	INIT	"SI = arena+7680"
	PROG	\a, "the stack check"
1:	movq	(%rsi), %rax
	cmpq	%rax, %rsp
	jbe	2f
	PROG	safe, "the body"
	movq	$0, %rax
	jmp	3f
	PROG	unsafe, "morestack"
2:	addq	$1, 8(%rsi)
	movq	$0, (%rsi)
	jmp	1b
	PROG	safe, "the end"
3:	movq	$0, %rcx
	.endm
	PAIR	M4_stack_check, "unsafe", "safe"
	.macro	M4_restarted_check a
	M4_stack_check \a
	.endm
	PAIR	M4_restarted_check, "entry", "safe"

/* the frame goes before its record is out of use: the chain leads below SP (golang/go#63830 is arm64's) */
	.macro	M8_frame_record a
	FRAME_POINTER
	INIT	"BP = stack+64"
	PROG	safe, "prologue"
	SPADJ	48
	subq	$48, %rsp
	PROG	safe, "the frame record"
	movq	%rbp, 40(%rsp)
	leaq	40(%rsp), %rbp
	PROG	safe, "the body"
	movq	%rax, 16(%rsp)
	PROG	safe, "epilogue: SP first"
	SPADJ	-48
	addq	$48, %rsp
	PROG	\a, "then the frame pointer"
	leaq	64(%rsp), %rbp
	.endm
	PAIR	M8_frame_record, "unsafe", "safe"

/* the frame pointer moves before there is a record */
	.macro	M8_early_record a
	FRAME_POINTER
	INIT	"BP = stack+64"
	PROG	safe, "prologue"
	SPADJ	32
	subq	$32, %rsp
	PROG	\a, "the frame pointer first, and its record"
	movq	%rbp, %rax
	leaq	24(%rsp), %rbp
	movq	%rax, 24(%rsp)
	PROG	safe, "epilogue"
	movq	24(%rsp), %rbp
	PROG	safe, "and SP"
	SPADJ	-32
	addq	$32, %rsp
	.endm
	PAIR	M8_early_record, "unsafe", "safe"

/* what only some initial states show: a bit of g */
	.macro	M25_rare a
	INIT	"SI = arena+3584"
	PROG	\a, "a bit of g"
	movq	8(%rsi), %rdi
	shrq	$5, %rdi
	andl	$1, %edi
	xorq	%rdi, %rcx
	nop
	.endm
	PAIR	M25_rare, "safe", "restart"

#include "common/test/tls_pair.inc"
#include "common/test/call_pair.inc"
