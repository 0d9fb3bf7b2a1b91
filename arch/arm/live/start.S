/* arm: what the agent can't say in C (live/agent/start.h). */
	.syntax	unified
	.arm
	.text
	.globl	_start
_start:
	mov	r0, sp
	bic	sp, sp, #7
	bl	agent_main

	.globl	agent_enter
agent_enter:
	mov	sp, r0
	mov	r12, r1
	mov	r0, #0
	bx	r12

	.globl	agent_syscall
agent_syscall:
	push	{r4, r5, r7, lr}
	mov	r7, r0
	mov	r0, r1
	mov	r1, r2
	mov	r2, r3
	ldr	r3, [sp, #16]
	ldr	r4, [sp, #20]
	ldr	r5, [sp, #24]
	svc	#0
	pop	{r4, r5, r7, pc}

	.globl	agent_call_handler
agent_call_handler:
	push	{r3-r11, lr}
	vpush	{d8-d15}
	mov	r12, r0
	mov	r0, r1
	mov	r1, r2
	mov	r2, r3
	ldr	r10, [r2, #72] /* g */
	blx	r12
	vpop	{d8-d15}
	pop	{r3-r11, pc}

	.globl	agent_restorer
agent_restorer:
	mov	r7, #173
	svc	#0
	.section .note.GNU-stack, "", %progbits
