/* 386: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	movl	%eax, -4(%esp)
	movl	$0, %eax
	movl	-4(%esp), %eax
#define async_preempt the_rest
#include "../../probe/preempt.S"
