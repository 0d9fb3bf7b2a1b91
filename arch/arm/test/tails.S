/* arm: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"str r0, [sp, #-8]"
	I	"ldr r0, everypc_tail_resume"
	I	"str r0, [sp, #-4]"
	I	"ldr r0, [sp, #-8]"
	I	"ldr pc, [sp, #-4]"
	END_TAIL

	TAIL	register_below_sp, "a register is restored from below SP, behind the pop"
	I	"str r0, [sp, #-4]"
	I	"mov r0, #0"
	I	"ldr r0, [sp, #-4]"
	I	"ldr pc, everypc_tail_resume"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"add sp, sp, #32"
	I	"nop"
	I	"sub sp, sp, #32"
	I	"ldr pc, everypc_tail_resume"
	END_TAIL
	END_TAILS
