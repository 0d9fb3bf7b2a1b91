/* amd64: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"pushq everypc_tail_resume(%rip)"
	I	"leaq 8(%rsp), %rsp"
	I	"jmpq *-8(%rsp)"
	END_TAIL

	TAIL	register_below_sp, "a register is restored from below SP, behind the pop"
	I	"movq %rax, -8(%rsp)"
	I	"movl $0, %eax"
	I	"movq -8(%rsp), %rax"
	I	"jmpq *everypc_tail_resume(%rip)"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"leaq 32(%rsp), %rsp"
	I	"leaq -32(%rsp), %rsp"
	I	"jmpq *everypc_tail_resume(%rip)"
	END_TAIL
	TAIL	faults_where_sp_is_not_aligned, "a vector is stored as if SP were a multiple of 16"
	I	"movaps %xmm0, -16(%rsp)"
	I	"jmpq *everypc_tail_resume(%rip)"
	END_TAIL
	END_TAILS
