/* ppc64: see tails.inc. The way to CTR leads through a register that was restored; a frame keeps it. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"addi %r1, %r1, -64"
	I	"std %r31, 32(%r1)"
	I	"lis %r31, everypc_tail_resume@ha"
	I	"ld %r31, everypc_tail_resume@l(%r31)"
	I	"std %r31, 40(%r1)"
	I	"ld %r31, 32(%r1)"
	I	"addi %r1, %r1, 64"
	I	"std %r31, -8(%r1)"
	I	"ld %r31, -24(%r1)"
	I	"mtctr %r31"
	I	"ld %r31, -8(%r1)"
	I	"bctr"
	END_TAIL

	TAIL	register_below_sp, "a register is restored from below SP, behind the pop"
	I	"addi %r1, %r1, -64"
	I	"std %r31, 32(%r1)"
	I	"lis %r31, everypc_tail_resume@ha"
	I	"ld %r31, everypc_tail_resume@l(%r31)"
	I	"mtctr %r31"
	I	"addi %r1, %r1, 64"
	I	"ld %r31, -32(%r1)"
	I	"bctr"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"addi %r1, %r1, -64"
	I	"std %r31, 32(%r1)"
	I	"lis %r31, everypc_tail_resume@ha"
	I	"ld %r31, everypc_tail_resume@l(%r31)"
	I	"mtctr %r31"
	I	"ld %r31, 32(%r1)"
	I	"addi %r1, %r1, 96"
	I	"addi %r1, %r1, -32"
	I	"bctr"
	END_TAIL
	END_TAILS
