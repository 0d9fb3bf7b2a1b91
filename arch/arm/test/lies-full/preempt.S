/* arm: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.syntax	unified
	.arm
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	str	r0, [sp, #-4]
	mov	r0, #0
	ldr	r0, [sp, #-4]
#define async_preempt the_rest
#include "../../probe/preempt.S"
