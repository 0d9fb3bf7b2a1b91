/* loong64: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	addi.d	$r5, $r5, 2047
	addi.d	$r5, $r5, 2047
	END_CASE restart_not_idempotent

/* MUST FAIL: tmp_across_pcs_safe state */
	CASE	tmp_across_pcs_safe
	PROG	safe, "an addition through R30"
	lu12i.w	$r30, 0x12345
	add.d	$r6, $r5, $r30
	END_CASE tmp_across_pcs_safe

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition through R30, in place"
	lu12i.w	$r30, 0x12345
	add.d	$r5, $r5, $r30
	PROG	-3, "another one"
	lu12i.w	$r30, 0x54321
	add.d	$r6, $r6, $r30
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "an addition through R30, and the next Prog's instruction"
	lu12i.w	$r30, 0x12345
	add.d	$r5, $r5, $r30
	addi.d	$r7, $r7, 1
	END_CASE range_ends_late

/* MUST FAIL: range_ends_early state */
	CASE	range_ends_early
	PROG	-3, "an addition through R30, without its last instruction"
	lu12i.w	$r30, 0x12345
	PROG	safe, "its last instruction"
	add.d	$r5, $r5, $r30
	END_CASE range_ends_early

/* MUST FAIL: range_starts_late state */
	CASE	range_starts_late
	PROG	safe, "an addition through R30: its first instruction"
	lu12i.w	$r30, 0x12345
	PROG	-3, "the rest"
	add.d	$r5, $r5, $r30
	END_CASE range_starts_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	st.d	$r5, $sp, -16
	PROG	safe, "its load"
	ld.d	$r6, $sp, -16
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	addi.d	$r5, $r5, 2047
	PROG	entry, "and more"
	addi.d	$r7, $r7, 1
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	pcalau12i $r5, %pc_hi20(everypc_thread)
	ld.d	$r5, $r5, %pc_lo12(everypc_thread)
	PROG	safe, "g, by then perhaps of a thread left behind"
	ld.d	$r6, $r5, 0
	PROG	safe, "the address is gone"
	move	$r5, $r0
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	2048
	addi.d	$sp, $sp, -2032
	addi.d	$sp, $sp, -16
	PROG	unsafe, "and back"
	SPADJ	-2048
	addi.d	$sp, $sp, 1024
	addi.d	$sp, $sp, 1024
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	addi.d	$sp, $sp, -2032
	PROG	safe, "something else"
	SPADJ	2032
	nop
	PROG	unsafe, "and back"
	SPADJ	-2032
	addi.d	$sp, $sp, 2032
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	addi.d	$sp, $sp, -32
	PROG	safe, "now it has"
	st.d	$r1, $sp, 0
	PROG	safe, "the body"
	addi.d	$r6, $r6, 1
	PROG	safe, "the link register again"
	ld.d	$r1, $sp, 0
	PROG	safe, "and back"
	SPADJ	-32
	addi.d	$sp, $sp, 32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	addi.d	$sp, $sp, -32
	PROG	safe, "the body"
	addi.d	$r6, $r6, 1
	PROG	safe, "and back"
	SPADJ	-32
	addi.d	$sp, $sp, 32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	move	$r5, $r1
	PROG	safe, "an address of the function, which would seem its own caller"
	pcaddi	$r1, 0
	PROG	safe, "and back"
	move	$r1, $r5
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R6 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	move	$r5, $r1
	move	$r1, $r6
	move	$r6, $r0
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	move	$r6, $r1
	move	$r1, $r5
	END_CASE root_in_link
