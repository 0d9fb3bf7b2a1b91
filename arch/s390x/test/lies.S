/* s390x: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	aghi	%r1, 1
	aghi	%r1, 0x100
	END_CASE restart_not_idempotent

/* MUST FAIL: tmp_across_pcs_safe state */
	CASE	tmp_across_pcs_safe
	PROG	safe, "an addition through R10"
	lgfi	%r10, 0x12345678
	agrk	%r2, %r1, %r10
	END_CASE tmp_across_pcs_safe

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition through R10, in place"
	lgfi	%r10, 0x12345678
	agr	%r1, %r10
	PROG	-3, "another one"
	lgfi	%r10, 0x654321
	agr	%r2, %r10
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "an addition through R10, and the next Prog's instruction"
	lgfi	%r10, 0x12345678
	agr	%r1, %r10
	aghi	%r3, 1
	END_CASE range_ends_late

/* MUST FAIL: range_ends_early state */
	CASE	range_ends_early
	PROG	-3, "an addition through R10, without its last instruction"
	lgfi	%r10, 0x12345678
	PROG	safe, "its last instruction"
	agr	%r1, %r10
	END_CASE range_ends_early

/* MUST FAIL: range_starts_late state */
	CASE	range_starts_late
	PROG	safe, "an addition through R10: its first instruction"
	lgfi	%r10, 0x12345678
	PROG	-3, "the rest"
	agr	%r1, %r10
	END_CASE range_starts_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	stg	%r1, -16(%r15)
	PROG	safe, "its load"
	lg	%r2, -16(%r15)
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	aghi	%r1, 1
	PROG	entry, "and more"
	aghi	%r3, 1
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	lgrl	%r1, everypc_thread
	PROG	safe, "g, by then perhaps of a thread left behind"
	lg	%r2, 0(%r1)
	PROG	safe, "the address is gone"
	lghi	%r1, 0
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	48
	aghi	%r15, -32
	aghi	%r15, -16
	PROG	unsafe, "and back"
	SPADJ	-48
	aghi	%r15, 48
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	aghi	%r15, -32
	PROG	safe, "something else"
	SPADJ	32
	nopr
	PROG	unsafe, "and back"
	SPADJ	-32
	aghi	%r15, 32
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	aghi	%r15, -32
	PROG	safe, "now it has"
	stg	%r14, 0(%r15)
	PROG	safe, "the body"
	aghi	%r1, 1
	PROG	safe, "the link register again"
	lg	%r14, 0(%r15)
	PROG	safe, "and back"
	SPADJ	-32
	aghi	%r15, 32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	aghi	%r15, -32
	PROG	safe, "the body"
	aghi	%r1, 1
	PROG	safe, "and back"
	SPADJ	-32
	aghi	%r15, 32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	lgr	%r5, %r14
	PROG	safe, "an address of the function, which would seem its own caller"
	larl	%r14, .
	PROG	safe, "and back"
	lgr	%r14, %r5
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R1 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	lgr	%r5, %r14
	lgr	%r14, %r1
	lghi	%r1, 0
	PROG	safe, "there it is"
	lgr	%r2, %r2
	PROG	unsafe, "and back"
	lgr	%r1, %r14
	lgr	%r14, %r5
	END_CASE root_in_link
