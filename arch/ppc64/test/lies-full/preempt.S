/* ppc64: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	std	%r3, -8(%r1)
	li	%r3, 0
	ld	%r3, -8(%r1)
#define async_preempt the_rest
#include "../../probe/preempt.S"
