/* mips: see tails.inc. */
#include "common/test/tails.inc"
	.set	macro

	.macro	AS name, long, short
	.macro	\name args:vararg
#ifdef __mips64
	\long	\args
#else
	\short	\args
#endif
	.endm
	.endm
	AS	ADDRESS, dla, la
	AS	LOAD, ld, lw
	AS	STORE, sd, sw
	AS	ADDI, daddiu, addiu
	.set	WORD, __SIZEOF_POINTER__

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"ADDRESS $23, everypc_tail_resume"
	I	"LOAD $23, 0($23)"
	I	"STORE $23, -WORD($29)"
	I	"LOAD $23, -WORD($29)"
	I	"jr $23"
	SLOT	"nop"
	END_TAIL

	TAIL	register_below_sp, \
		"the way to the resume PC leads through a register that was restored, kept below SP meanwhile"
	I	"STORE $2, -WORD($29)"
	I	"ADDRESS $2, everypc_tail_resume"
	I	"LOAD $23, 0($2)"
	I	"LOAD $2, -WORD($29)"
	I	"jr $23"
	SLOT	"nop"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"ADDI $29, $29, 32"
	I	"ADDRESS $23, everypc_tail_resume"
	I	"LOAD $23, 0($23)"
	I	"ADDI $29, $29, -32"
	I	"jr $23"
	SLOT	"nop"
	END_TAIL
	END_TAILS
