/* amd64: what the agent can't say in C (live/agent/start.h). */
	.text
	.globl _start
_start:
	xor	%ebp, %ebp
	mov	%rsp, %rdi
	and	$-16, %rsp
	call	agent_main

	.globl	agent_enter
agent_enter:
	mov	%rdi, %rsp
	xor	%edx, %edx
	jmp	*%rsi

	.globl	agent_syscall
agent_syscall:
	mov	%rdi, %rax
	mov	%rsi, %rdi
	mov	%rdx, %rsi
	mov	%rcx, %rdx
	mov	%r8, %r10
	mov	%r9, %r8
	mov	8(%rsp), %r9
	syscall
	ret

	.globl	agent_call_handler
agent_call_handler:
	push	%rbp
	push	%rbx
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	mov	%rsp, %rbp
	and	$-16, %rsp
	push	%rbp
	push	%rbp
	mov	%rdi, %rax
	mov	%esi, %edi
	mov	%rdx, %rsi
	mov	%rcx, %rdx
	call	*%rax
	pop	%rsp
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbx
	pop	%rbp
	ret

	.globl	agent_restorer
agent_restorer:
	mov	$15, %eax
	syscall
	.section .note.GNU-stack, "", %progbits
