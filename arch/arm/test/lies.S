/* arm: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "an addition in two, in place"
	add	r1, r1, #1
	add	r1, r1, #0x1000
	END_CASE restart_not_idempotent

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "an addition, in place"
	add	r1, r1, #1
	PROG	-3, "another one"
	add	r3, r3, #1
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "a Prog, and the next Prog's instruction"
	add	r4, r3, #1
	add	r1, r1, #1
	add	r3, r3, #1
	END_CASE range_ends_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "a store below SP"
	str	r1, [sp, #-16]
	PROG	safe, "its load"
	ldr	r2, [sp, #-16]
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "an addition"
	add	r1, r1, #1
	PROG	entry, "and more"
	add	r3, r3, #1
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	movw	r1, #:lower16:everypc_thread
	movt	r1, #:upper16:everypc_thread
	ldr	r1, [r1]
	PROG	safe, "g, by then perhaps of a thread left behind"
	ldr	r2, [r1]
	PROG	safe, "the address is gone"
	mov	r1, #0
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta
 * Go 1.19's assembler makes it of ADD $n, R13; the frames that Go lays itself move SP in one store. */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	4148
	sub	sp, sp, #52
	sub	sp, sp, #0x1000
	PROG	unsafe, "and back"
	SPADJ	-4148
	add	sp, sp, #52
	add	sp, sp, #0x1000
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	sub	sp, sp, #52
	PROG	safe, "something else"
	SPADJ	52
	nop
	PROG	unsafe, "and back"
	SPADJ	-52
	add	sp, sp, #52
	END_CASE sp_moves_late

/* MUST FAIL: stale_tls state */
	TLS_CASE stale_tls, load, safe

/* MUST FAIL: stale_tls_store state */
	TLS_CASE stale_tls_store, store, safe

/* MUST FAIL: link_stored_late return */
	CASE	link_stored_late
	PROG	safe, "SP moves before the frame has the return address"
	SPADJ	32
	sub	sp, sp, #32
	PROG	safe, "now it has"
	str	lr, [sp]
	PROG	safe, "the body"
	add	r1, r1, #1
	PROG	safe, "the link register again"
	ldr	lr, [sp]
	PROG	safe, "and back"
	SPADJ	-32
	add	sp, sp, #32
	END_CASE link_stored_late

/* MUST FAIL: link_never_stored return */
	CASE	link_never_stored
	PROG	safe, "a frame without the return address"
	SPADJ	32
	sub	sp, sp, #32
	PROG	safe, "the body"
	add	r1, r1, #1
	PROG	safe, "and back"
	SPADJ	-32
	add	sp, sp, #32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	mov	r5, lr
	PROG	safe, "an address of the function, which would seem its own caller"
	sub	lr, pc, #8
	PROG	safe, "and back"
	mov	lr, r5
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R1 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	mov	r5, lr
	mov	lr, r1
	mov	r1, #0
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	mov	r1, lr
	mov	lr, r5
	END_CASE root_in_link
