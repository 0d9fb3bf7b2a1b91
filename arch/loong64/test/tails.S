/* loong64: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"pcalau12i $r30, %pc_hi20(everypc_tail_resume)"
	I	"ld.d $r30, $r30, %pc_lo12(everypc_tail_resume)"
	I	"st.d $r30, $sp, -8"
	I	"ld.d $r30, $sp, -8"
	I	"jr $r30"
	END_TAIL

	TAIL	register_below_sp, \
		"the way to the resume PC leads through a register that was restored, kept below SP meanwhile"
	I	"st.d $r5, $sp, -8"
	I	"pcalau12i $r5, %pc_hi20(everypc_tail_resume)"
	I	"ld.d $r5, $r5, %pc_lo12(everypc_tail_resume)"
	I	"move $r30, $r5"
	I	"ld.d $r5, $sp, -8"
	I	"jr $r30"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"addi.d $sp, $sp, 32"
	I	"pcalau12i $r30, %pc_hi20(everypc_tail_resume)"
	I	"ld.d $r30, $r30, %pc_lo12(everypc_tail_resume)"
	I	"addi.d $sp, $sp, -32"
	I	"jr $r30"
	END_TAIL
	END_TAILS
