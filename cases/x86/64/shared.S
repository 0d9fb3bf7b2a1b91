/* amd64: g as Go's assembler reaches it with -shared: g's offset from a table, then memory through FS. The
 * register holds nothing that belongs to the thread; Go marks the second instruction unsafe all the same. */
	.include "cases.inc"

	CASE	shared_load
	PROG	safe, "MOVQ TLS, CX"
	movq	everypc_tlsg@gottpoff(%rip), %rcx
	PROG	unsafe, "MOVQ (CX)(TLS*1), AX"
	movq	%fs:(%rcx), %rax
	PROG	safe, "ADDQ AX, BX"
	addq	%rax, %rbx
	END_CASE shared_load

	CASE	shared_load_safe
	PROG	safe, "MOVQ TLS, CX"
	movq	everypc_tlsg@gottpoff(%rip), %rcx
	PROG	safe, "MOVQ (CX)(TLS*1), AX"
	movq	%fs:(%rcx), %rax
	END_CASE shared_load_safe
