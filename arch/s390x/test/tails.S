/* s390x: see tails.inc. */
#include "common/test/tails.inc"

	TAIL	resume_pc_below_sp, "the resume PC is loaded from below SP, behind the pop"
	I	"lgrl %r10, everypc_tail_resume"
	I	"stg %r10, -8(%r15)"
	I	"lg %r10, -8(%r15)"
	I	"br %r10"
	END_TAIL

	TAIL	register_below_sp, \
		"the way to the resume PC leads through a register that was restored, kept below SP meanwhile"
	I	"stg %r0, -8(%r15)"
	I	"lgrl %r0, everypc_tail_resume"
	I	"lgr %r10, %r0"
	I	"lg %r0, -8(%r15)"
	I	"br %r10"
	END_TAIL

	TAIL	beyond_sp, "SP goes beyond its place, and back"
	I	"la %r15, 32(%r15)"
	I	"lgrl %r10, everypc_tail_resume"
	I	"lay %r15, -32(%r15)"
	I	"br %r10"
	END_TAIL
	END_TAILS
