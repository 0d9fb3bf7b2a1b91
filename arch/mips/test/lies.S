/* mips: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	addiu	$1, $1, 1
	addiu	$1, $1, 0x1000
	END_CASE restart_not_idempotent

/* MUST FAIL: tmp_across_pcs_safe state */
	CASE	tmp_across_pcs_safe
	PROG	safe, "an addition through R23"
	lui	$23, 0x1234
	addu	$2, $1, $23
	END_CASE tmp_across_pcs_safe

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition through R23, in place"
	lui	$23, 0x1234
	addu	$1, $1, $23
	PROG	-3, "another one"
	lui	$23, 0x4321
	addu	$2, $2, $23
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "an addition through R23, and the next Prog's instruction"
	lui	$23, 0x1234
	addu	$1, $1, $23
	addiu	$3, $3, 1
	END_CASE range_ends_late

/* MUST FAIL: range_ends_early state */
	CASE	range_ends_early
	PROG	-3, "an addition through R23, without its last instruction"
	lui	$23, 0x1234
	PROG	safe, "its last instruction"
	addu	$1, $1, $23
	END_CASE range_ends_early

/* MUST FAIL: range_starts_late state */
	CASE	range_starts_late
	PROG	safe, "an addition through R23: its first instruction"
	lui	$23, 0x1234
	PROG	-3, "the rest"
	addu	$1, $1, $23
	END_CASE range_starts_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	sw	$1, -16($29)
	PROG	safe, "its load"
	lw	$2, -16($29)
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	addiu	$1, $1, 1
	PROG	entry, "and more"
	addiu	$3, $3, 1
	END_CASE entry_not_idempotent

#ifdef __mips64
#define LOAD ld
#else
#define LOAD lw
#endif
/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	lui	$2, %hi(everypc_thread)
	LOAD	$2, %lo(everypc_thread)($2)
	PROG	safe, "g, by then perhaps of a thread left behind"
	LOAD	$3, 0($2)
	PROG	safe, "the address is gone"
	addiu	$2, $0, 0
	END_CASE stale_thread

#ifdef __mips64
#define MOVE_SP daddiu
#else
#define MOVE_SP addiu
#endif
/* MUST FAIL: sp_in_two_steps sp-delta */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	48
	MOVE_SP	$29, $29, -32
	MOVE_SP	$29, $29, -16
	PROG	unsafe, "and back"
	SPADJ	-48
	MOVE_SP	$29, $29, 48
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	MOVE_SP	$29, $29, -32
	PROG	safe, "something else"
	SPADJ	32
	nop
	PROG	unsafe, "and back"
	SPADJ	-32
	MOVE_SP	$29, $29, 32
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

#ifdef __mips64
#define ADDIU daddiu
#define LOAD ld
#define STORE sd
#else
#define ADDIU addiu
#define LOAD lw
#define STORE sw
#endif

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	ADDIU	$29, $29, -32
	PROG	safe, "now it has"
	STORE	$31, 0($29)
	PROG	safe, "the body"
	addiu	$4, $4, 1
	PROG	safe, "the link register again"
	LOAD	$31, 0($29)
	PROG	safe, "and back"
	SPADJ	-32
	ADDIU	$29, $29, 32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	ADDIU	$29, $29, -32
	PROG	safe, "the body"
	addiu	$4, $4, 1
	PROG	safe, "and back"
	SPADJ	-32
	ADDIU	$29, $29, 32
	END_CASE link_never_stored

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R4 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	move	$5, $31
	move	$31, $4
	move	$4, $0
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	move	$4, $31
	move	$31, $5
	END_CASE root_in_link
