/* mips: a stub that keeps a register below SP for a moment. MUST FAIL: nested */
#ifdef __mips64
#define STORE	sd
#define LOAD	ld
#else
#define STORE	sw
#define LOAD	lw
#endif
	.text
	.balign	16
	.globl	async_preempt
	.hidden	async_preempt
async_preempt:
	STORE	$2, -8($29)
	li	$2, 0
	LOAD	$2, -8($29)
#define async_preempt the_rest
#include "../../probe/preempt.S"
