/* arm64: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"ldr x27, everypc_tail_resume"
	I	"stur x27, [sp, #-8]"
	I	"ldur x27, [sp, #-8]"
	I	"br x27"
	END_TAIL

	TAIL	register_below_sp, \
		"the way to the resume PC leads through a register that was restored, kept below SP meanwhile"
	I	"stur x0, [sp, #-8]"
	I	"ldr x0, everypc_tail_resume"
	I	"mov x27, x0"
	I	"ldur x0, [sp, #-8]"
	I	"br x27"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"add sp, sp, #32"
	I	"ldr x27, everypc_tail_resume"
	I	"sub sp, sp, #32"
	I	"br x27"
	END_TAIL
	END_TAILS
