/* loong64: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	st.d	$r5, $r3, -8
	move	$r5, $r0
	ld.d	$r5, $r3, -8
#define async_preempt the_rest
#include "../../probe/preempt.S"
