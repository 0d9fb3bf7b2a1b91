/* amd64: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	incq	%rax
	addq	$0x1000, %rax
	END_CASE restart_not_idempotent

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition, in place"
	incq	%rax
	PROG	-3, "another one"
	incq	%rcx
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "a Prog, and the next Prog's instruction"
	leaq	1(%rcx), %rdx
	incq	%rax
	incq	%rcx
	END_CASE range_ends_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	movq	%rax, -8(%rsp)
	PROG	safe, "its load"
	movq	-8(%rsp), %rbx
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	incq	%rax
	PROG	entry, "and more"
	incq	%rcx
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	movq	everypc_thread(%rip), %rcx
	PROG	safe, "g, by then perhaps of a thread left behind"
	movq	(%rcx), %rdx
	PROG	safe, "the address is gone"
	movq	$0, %rcx
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	48
	subq	$32, %rsp
	subq	$16, %rsp
	PROG	unsafe, "and back"
	SPADJ	-48
	addq	$48, %rsp
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	subq	$32, %rsp
	PROG	safe, "something else"
	SPADJ	32
	nop
	PROG	unsafe, "and back"
	SPADJ	-32
	addq	$32, %rsp
	END_CASE sp_moves_late

/* MUST FAIL: frame_record_below_sp frame */
	CASE	frame_record_below_sp
	FRAME_POINTER
	INIT	"BP = stack+64"
	PROG	unsafe, "a frame and its record"
	SPADJ	48
	subq	$48, %rsp
	movq	%rbp, 40(%rsp)
	leaq	40(%rsp), %rbp
	PROG	safe, "SP goes up before the frame pointer"
	SPADJ	-48
	addq	$48, %rsp
	PROG	safe, "the frame pointer"
	leaq	64(%rsp), %rbp
	END_CASE frame_record_below_sp

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: return_overwritten return */
	CASE	return_overwritten
	PROG	safe, "the return address in a register"
	movq	(%rsp), %rcx
	PROG	safe, "something else in its place"
	movq	%rax, (%rsp)
	PROG	safe, "and back"
	movq	%rcx, (%rsp)
	END_CASE return_overwritten

/* MUST FAIL: sp_masked sp-delta */
	CASE	sp_masked
	PROG	safe, "a frame"
	SPADJ	64
	subq	$64, %rsp
	PROG	safe, "aligned, which the SP-delta table does not know"
	andq	$-32, %rsp
	PROG	safe, "the body"
	nop
	PROG	unsafe, "and back"
	SPADJ	-64
	addq	$64, %rsp
	END_CASE sp_masked
