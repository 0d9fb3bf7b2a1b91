/* 386: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	incl	%eax
	addl	$0x1000, %eax
	END_CASE restart_not_idempotent

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition, in place"
	incl	%eax
	PROG	-3, "another one"
	incl	%ecx
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "a Prog, and the next Prog's instruction"
	leal	1(%ecx), %edx
	incl	%eax
	incl	%ecx
	END_CASE range_ends_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	movl	%eax, -4(%esp)
	PROG	safe, "its load"
	movl	-4(%esp), %ebx
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	incl	%eax
	PROG	entry, "and more"
	incl	%ecx
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	movl	everypc_thread, %ecx
	PROG	safe, "g, by then perhaps of a thread left behind"
	movl	(%ecx), %edx
	PROG	safe, "the address is gone"
	movl	$0, %ecx
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	48
	subl	$32, %esp
	subl	$16, %esp
	PROG	unsafe, "and back"
	SPADJ	-48
	addl	$48, %esp
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	subl	$32, %esp
	PROG	safe, "something else"
	SPADJ	32
	nop
	PROG	unsafe, "and back"
	SPADJ	-32
	addl	$32, %esp
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: return_overwritten return */
	CASE	return_overwritten
	PROG	safe, "the return address in a register"
	movl	(%esp), %ecx
	PROG	safe, "something else in its place"
	movl	%eax, (%esp)
	PROG	safe, "and back"
	movl	%ecx, (%esp)
	END_CASE return_overwritten

/* MUST FAIL: sp_masked sp-delta */
	CASE	sp_masked
	PROG	safe, "a frame"
	SPADJ	64
	subl	$64, %esp
	PROG	safe, "aligned, which the SP-delta table does not know"
	andl	$-32, %esp
	PROG	safe, "the body"
	nop
	PROG	unsafe, "and back"
	SPADJ	-64
	addl	$64, %esp
	END_CASE sp_masked
