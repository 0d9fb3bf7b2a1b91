/* 386: g as Go's assembler reaches it with -shared: g's offset from a table, then memory through GS. The
 * register holds nothing that belongs to the thread; Go marks the second instruction unsafe all the same. */
	.include "cases.inc"

	CASE	shared_load
	PROG	safe, "MOVL TLS, CX"
	movl	everypc_tlsg@indntpoff, %ecx
	PROG	unsafe, "MOVL (CX)(TLS*1), AX"
	movl	%gs:(%ecx), %eax
	PROG	safe, "ADDL AX, BX"
	addl	%eax, %ebx
	END_CASE shared_load

	CASE	shared_load_safe
	PROG	safe, "MOVL TLS, CX"
	movl	everypc_tlsg@indntpoff, %ecx
	PROG	safe, "MOVL (CX)(TLS*1), AX"
	movl	%gs:(%ecx), %eax
	END_CASE shared_load_safe
