/* arm64: tables that lie. Each case must fail, caught by the oracle that its MUST FAIL line names. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

/* MUST FAIL: restart_not_idempotent state */
	CASE	restart_not_idempotent
	PROG	restart, "ADD $0x1001, R1, R1, in two"
	add	x1, x1, #1
	add	x1, x1, #1, lsl #12
	END_CASE restart_not_idempotent

/* MUST FAIL: regtmp_across_pcs_safe state */
	CASE	regtmp_across_pcs_safe
	PROG	safe, "ADD $0x1234, R1, R2, through R27"
	movz	x27, #0x1234
	add	x2, x1, x27
	END_CASE regtmp_across_pcs_safe

/* MUST FAIL: neighbours_merged state */
	CASE	neighbours_merged
	PROG	-3, "ADD $0x1234, R1"
	movz	x27, #0x1234
	add	x1, x1, x27
	PROG	-3, "ADD $0x5678, R2"
	movz	x27, #0x5678
	add	x2, x2, x27
	END_CASE neighbours_merged

/* MUST FAIL: range_ends_late state */
	CASE	range_ends_late
	PROG	-3, "ADD $0x1234, R1, and the next Prog's instruction"
	movz	x27, #0x1234
	add	x1, x1, x27
	add	x3, x3, #1
	END_CASE range_ends_late

/* MUST FAIL: range_ends_early state */
	CASE	range_ends_early
	PROG	-3, "ADD $0x1234, R1, without its last instruction"
	movz	x27, #0x1234
	PROG	safe, "its last instruction"
	add	x1, x1, x27
	END_CASE range_ends_early

/* MUST FAIL: range_starts_late state */
	CASE	range_starts_late
	PROG	safe, "ADD $0x1234, R1: its first instruction"
	movz	x27, #0x1234
	PROG	-3, "ADD $0x1234, R1: the rest"
	add	x1, x1, x27
	END_CASE range_starts_late

/* MUST FAIL: below_sp_safe state */
	CASE	below_sp_safe
	PROG	safe, "MOVD R1, -16(RSP)"
	stur	x1, [sp, #-16]
	PROG	safe, "MOVD -16(RSP), R2"
	ldur	x2, [sp, #-16]
	END_CASE below_sp_safe

/* MUST FAIL: entry_not_idempotent state */
	CASE	entry_not_idempotent
	PROG	entry, "ADD $1, R1"
	add	x1, x1, #1
	PROG	entry, "NOOP"
	nop
	END_CASE entry_not_idempotent

/* MUST FAIL: stale_thread state */
	CASE	stale_thread
	PROG	safe, "the address of the thread's block"
	adrp	x1, everypc_thread
	ldr	x1, [x1, :lo12:everypc_thread]
	PROG	safe, "g, by then perhaps of a thread left behind"
	ldr	x2, [x1]
	PROG	safe, "the address is gone"
	mov	x1, xzr
	END_CASE stale_thread

/* MUST FAIL: sp_in_two_steps sp-delta
 * Go emitted it so up to 1.23.11 (golang/go#73259). */
	CASE	sp_in_two_steps
	PROG	safe, "down, in two steps; between them the table is right for neither"
	SPADJ	65552
	sub	sp, sp, #0x10
	sub	sp, sp, #0x10, lsl #12
	PROG	unsafe, "and back"
	SPADJ	-65552
	add	sp, sp, #0x10
	add	sp, sp, #0x10, lsl #12
	END_CASE sp_in_two_steps

/* MUST FAIL: sp_moves_late sp-delta */
	CASE	sp_moves_late
	PROG	safe, "down; the table says so one Prog later"
	sub	sp, sp, #0x10
	PROG	safe, "something else"
	SPADJ	0x10
	nop
	PROG	unsafe, "and back"
	SPADJ	-0x10
	add	sp, sp, #0x10
	END_CASE sp_moves_late

/* MUST FAIL: frame_record_below_sp frame */
	CASE	frame_record_below_sp
	FRAME_POINTER
	INIT	"R29 = stack-8"
	PROG	unsafe, "a frame and its record"
	SPADJ	48
	str	x30, [sp, #-48]!
	stur	x29, [sp, #-8]
	sub	x29, sp, #8
	PROG	safe, "SP goes up before the frame pointer, as Go had it up to 1.21 (golang/go#63830)"
	SPADJ	-48
	add	sp, sp, #48
	PROG	safe, "the frame pointer"
	sub	x29, sp, #8
	END_CASE frame_record_below_sp

/* MUST FAIL: answered_twice frame */
	CASE	answered_twice
	STACK_CHECK
	INIT	"R6 = arena+7680"
	PROG	safe, "a stack check, as Go marked it before golang/go#35470"
1:	ldr	x5, [x6]
	mov	x7, sp
	cmp	x7, x5
	b.ls	2f
	mov	x5, xzr
	b	3f
	PROG	unsafe, "morestack"
2:	ldr	x7, [x6, #8]
	add	x7, x7, #1
	str	x7, [x6, #8]
	str	xzr, [x6]
	b	1b
	PROG	safe, "the end"
3:	mov	x7, xzr
	END_CASE answered_twice

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
	str	x30, [sp]
	PROG	safe, "the body"
	add	x1, x1, #1
	PROG	safe, "the link register again"
	ldr	x30, [sp]
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
	add	x1, x1, #1
	PROG	safe, "and back"
	SPADJ	-32
	add	sp, sp, #32
	END_CASE link_never_stored

/* MUST FAIL: link_to_itself return */
	CASE	link_to_itself
	PROG	safe, "the link register in another one"
	mov	x5, x30
	PROG	safe, "an address of the function, which would seem its own caller"
	adr	x30, .
	PROG	safe, "and back"
	mov	x30, x5
	END_CASE link_to_itself

/* MUST FAIL: root_in_link roots */
	CASE	root_in_link
	FRAGMENT
	INIT	"R1 = arena+64"
	PROG	unsafe, "a pointer goes to the link register alone"
	mov	x5, x30
	mov	x30, x1
	mov	x1, xzr
	PROG	safe, "there it is"
	nop
	PROG	unsafe, "and back"
	mov	x1, x30
	mov	x30, x5
	END_CASE root_in_link
