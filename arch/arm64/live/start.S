/* arm64: what the agent can't say in C (live/agent/start.h). */
	.text
	.globl _start
_start:
	mov	x0, sp
	bl	agent_main

	.globl	agent_enter
agent_enter:
	mov	sp, x0
	mov	x16, x1
	mov	x0, #0
	br	x16

	.globl	agent_syscall
agent_syscall:
	mov	x8, x0
	mov	x0, x1
	mov	x1, x2
	mov	x2, x3
	mov	x3, x4
	mov	x4, x5
	mov	x5, x6
	svc	#0
	ret

	.globl	agent_call_handler
agent_call_handler:
	stp	x29, x30, [sp, #-160]!
	stp	x19, x20, [sp, #16]
	stp	x21, x22, [sp, #32]
	stp	x23, x24, [sp, #48]
	stp	x25, x26, [sp, #64]
	stp	x27, x28, [sp, #80]
	stp	d8, d9, [sp, #96]
	stp	d10, d11, [sp, #112]
	stp	d12, d13, [sp, #128]
	stp	d14, d15, [sp, #144]
	mov	x16, x0
	mov	x0, x1
	mov	x1, x2
	mov	x2, x3
	ldr	x28, [x2, #408] /* g */
	blr	x16
	ldp	x19, x20, [sp, #16]
	ldp	x21, x22, [sp, #32]
	ldp	x23, x24, [sp, #48]
	ldp	x25, x26, [sp, #64]
	ldp	x27, x28, [sp, #80]
	ldp	d8, d9, [sp, #96]
	ldp	d10, d11, [sp, #112]
	ldp	d12, d13, [sp, #128]
	ldp	d14, d15, [sp, #144]
	ldp	x29, x30, [sp], #160
	ret

	.globl	agent_restorer
agent_restorer:
	mov	x8, #139
	svc	#0
	.section .note.GNU-stack, "", %progbits
