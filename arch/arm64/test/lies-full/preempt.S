/* arm64: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	stur	x0, [sp, #-8]
	mov	x0, #0
	ldur	x0, [sp, #-8]
#define async_preempt the_rest
#include "../../probe/preempt.S"
