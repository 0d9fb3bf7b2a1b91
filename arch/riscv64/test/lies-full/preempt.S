/* riscv64: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.option	norvc
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	sd	x5, -8(sp)
	li	x5, 0
	ld	x5, -8(sp)
#define async_preempt the_rest
#include "../../probe/preempt.S"
