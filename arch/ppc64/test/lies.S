/* ppc64: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	addi	%r3, %r3, 1
	addis	%r3, %r3, 1
	END_CASE restart_not_idempotent

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition, in place"
	addi	%r3, %r3, 1
	PROG	-3, "another one"
	addi	%r5, %r5, 1
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "a Prog, and the next Prog's instruction"
	addi	%r6, %r5, 1
	addi	%r3, %r3, 1
	addi	%r5, %r5, 1
	END_CASE range_ends_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	std	%r3, -16(%r1)
	PROG	safe, "its load"
	ld	%r4, -16(%r1)
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	addi	%r3, %r3, 1
	PROG	entry, "and more"
	addi	%r5, %r5, 1
	END_CASE entry_not_idempotent

/* MUST FAIL: ctr_across_pcs_safe state */
	CASE	ctr_across_pcs_safe
	PROG	safe, "MOVD R3, CTR"
	mtctr	%r3
	PROG	safe, "MOVD CTR, R4"
	mfctr	%r4
	END_CASE ctr_across_pcs_safe

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	lis	%r4, everypc_thread@ha
	ld	%r4, everypc_thread@l(%r4)
	PROG	safe, "g, by then perhaps of a thread left behind"
	ld	%r5, 0(%r4)
	PROG	safe, "the address is gone"
	li	%r4, 0
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	48
	addi	%r1, %r1, -32
	addi	%r1, %r1, -16
	PROG	unsafe, "and back"
	SPADJ	-48
	addi	%r1, %r1, 48
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	addi	%r1, %r1, -32
	PROG	safe, "something else"
	SPADJ	32
	nop
	PROG	unsafe, "and back"
	SPADJ	-32
	addi	%r1, %r1, 32
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	addi	%r1, %r1, -32
	PROG	safe, "now it has"
	mflr	%r9
	std	%r9, 0(%r1)
	PROG	safe, "the body"
	addi	%r4, %r4, 1
	PROG	safe, "the link register again"
	ld	%r9, 0(%r1)
	mtlr	%r9
	PROG	safe, "and back"
	SPADJ	-32
	addi	%r1, %r1, 32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	addi	%r1, %r1, -32
	PROG	safe, "the body"
	addi	%r4, %r4, 1
	PROG	safe, "and back"
	SPADJ	-32
	addi	%r1, %r1, 32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	mflr	%r9
	PROG	safe, "an address of the function, which would seem its own caller"
	bcl	20, 31, .+4
	PROG	safe, "and back"
	mtlr	%r9
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R4 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	mflr	%r9
	mtlr	%r4
	li	%r4, 0
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	mflr	%r4
	mtlr	%r9
	END_CASE root_in_link
