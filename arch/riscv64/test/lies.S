/* riscv64: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	addi	x5, x5, 2047
	addi	x5, x5, 2047
	END_CASE restart_not_idempotent

/* MUST FAIL: tmp_across_pcs_safe state */
	CASE	tmp_across_pcs_safe
	PROG	safe, "an addition through X31"
	lui	x31, 0x12345
	add	x6, x5, x31
	END_CASE tmp_across_pcs_safe

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition through X31, in place"
	lui	x31, 0x12345
	add	x5, x5, x31
	PROG	-3, "another one"
	lui	x31, 0x54321
	add	x6, x6, x31
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "an addition through X31, and the next Prog's instruction"
	lui	x31, 0x12345
	add	x5, x5, x31
	addi	x7, x7, 1
	END_CASE range_ends_late

/* MUST FAIL: range_ends_early state */
	CASE	range_ends_early
	PROG	-3, "an addition through X31, without its last instruction"
	lui	x31, 0x12345
	PROG	safe, "its last instruction"
	add	x5, x5, x31
	END_CASE range_ends_early

/* MUST FAIL: range_starts_late state */
	CASE	range_starts_late
	PROG	safe, "an addition through X31: its first instruction"
	lui	x31, 0x12345
	PROG	-3, "the rest"
	add	x5, x5, x31
	END_CASE range_starts_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	sd	x5, -16(sp)
	PROG	safe, "its load"
	ld	x6, -16(sp)
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	addi	x5, x5, 2047
	PROG	entry, "and more"
	addi	x7, x7, 1
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
1:	auipc	x5, %pcrel_hi(everypc_thread)
	ld	x5, %pcrel_lo(1b)(x5)
	PROG	safe, "g, by then perhaps of a thread left behind"
	ld	x6, 0(x5)
	PROG	safe, "the address is gone"
	li	x5, 0
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	2048
	addi	sp, sp, -2032
	addi	sp, sp, -16
	PROG	unsafe, "and back"
	SPADJ	-2048
	addi	sp, sp, 1024
	addi	sp, sp, 1024
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	addi	sp, sp, -2032
	PROG	safe, "something else"
	SPADJ	2032
	nop
	PROG	unsafe, "and back"
	SPADJ	-2032
	addi	sp, sp, 2032
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	addi	sp, sp, -32
	PROG	safe, "now it has"
	sd	ra, (sp)
	PROG	safe, "the body"
	addi	x6, x6, 1
	PROG	safe, "the link register again"
	ld	ra, (sp)
	PROG	safe, "and back"
	SPADJ	-32
	addi	sp, sp, 32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	addi	sp, sp, -32
	PROG	safe, "the body"
	addi	x6, x6, 1
	PROG	safe, "and back"
	SPADJ	-32
	addi	sp, sp, 32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	mv	x5, ra
	PROG	safe, "an address of the function, which would seem its own caller"
	auipc	ra, 0
	PROG	safe, "and back"
	mv	ra, x5
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"X6 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	mv	x5, ra
	mv	ra, x6
	li	x6, 0
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	mv	x6, ra
	mv	ra, x5
	END_CASE root_in_link
