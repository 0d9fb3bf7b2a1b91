/* s390x: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	stg	%r0, -8(%r15)
	lghi	%r0, 0
	lg	%r0, -8(%r15)
#define async_preempt the_rest
#include "../../probe/preempt.S"
