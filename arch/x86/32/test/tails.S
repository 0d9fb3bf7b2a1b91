/* 386: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"pushl everypc_tail_resume"
	I	"leal 4(%esp), %esp"
	I	"jmp *-4(%esp)"
	END_TAIL

	TAIL	register_below_sp, "a register is restored from below SP, behind the pop"
	I	"movl %eax, -4(%esp)"
	I	"movl $0, %eax"
	I	"movl -4(%esp), %eax"
	I	"jmp *everypc_tail_resume"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"leal 32(%esp), %esp"
	I	"leal -32(%esp), %esp"
	I	"jmp *everypc_tail_resume"
	END_TAIL
	TAIL	faults_where_sp_is_not_aligned, "a vector is stored as if SP were a multiple of 16"
	I	"movaps %xmm0, -16(%esp)"
	I	"jmpl *everypc_tail_resume"
	END_TAIL
	END_TAILS
