/* riscv64: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"ld x31, everypc_tail_resume"
	I	"sd x31, -8(sp)"
	I	"ld x31, -8(sp)"
	I	"jr x31"
	END_TAIL

	TAIL	register_below_sp, \
		"the way to the resume PC leads through a register that was restored, kept below SP meanwhile"
	I	"sd x5, -8(sp)"
	I	"ld x5, everypc_tail_resume"
	I	"mv x31, x5"
	I	"ld x5, -8(sp)"
	I	"jr x31"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"addi sp, sp, 32"
	I	"ld x31, everypc_tail_resume"
	I	"addi sp, sp, -32"
	I	"jr x31"
	END_TAIL
	END_TAILS
