/* amd64: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	movq	%rax, -8(%rsp)
	movl	$0, %eax
	movq	-8(%rsp), %rax
#define async_preempt the_rest
#include "../../probe/preempt.S"
