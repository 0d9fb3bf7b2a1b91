/* 386: what the agent can't say in C (live/agent/start.h). */
	.text
	.globl	_start
_start:
	xor	%ebp, %ebp
	mov	%esp, %eax
	and	$-16, %esp
	sub	$12, %esp
	push	%eax
	call	agent_main

	.globl	agent_enter
agent_enter:
	mov	8(%esp), %ecx
	mov	4(%esp), %esp
	xor	%edx, %edx
	jmp	*%ecx

	.globl	agent_syscall
agent_syscall:
	push	%ebp
	push	%ebx
	push	%esi
	push	%edi
	mov	20(%esp), %eax
	mov	24(%esp), %ebx
	mov	28(%esp), %ecx
	mov	32(%esp), %edx
	mov	36(%esp), %esi
	mov	40(%esp), %edi
	mov	44(%esp), %ebp
	int	$0x80
	pop	%edi
	pop	%esi
	pop	%ebx
	pop	%ebp
	ret

	.globl	agent_call_handler
agent_call_handler:
	push	%ebp
	push	%ebx
	push	%esi
	push	%edi
	mov	%esp, %ebp
	sub	$16, %esp
	and	$-16, %esp
	mov	%ebp, 12(%esp)
	mov	24(%ebp), %eax
	mov	%eax, (%esp)
	mov	28(%ebp), %eax
	mov	%eax, 4(%esp)
	mov	32(%ebp), %eax
	mov	%eax, 8(%esp)
	call	*20(%ebp)
	mov	12(%esp), %esp
	pop	%edi
	pop	%esi
	pop	%ebx
	pop	%ebp
	ret

	.globl	agent_restorer
agent_restorer:
	mov	$173, %eax
	int	$0x80
	.section .note.GNU-stack, "", %progbits
