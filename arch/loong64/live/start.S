/* loong64: what the agent can't say in C (live/agent/start.h). */
	.text
	.globl	_start
_start:
	move	$r4, $sp
	bl	agent_main

	.globl	agent_enter
agent_enter:
	move	$sp, $r4
	move	$r4, $r0
	jr	$r5

	.globl	agent_syscall
agent_syscall:
	move	$r11, $r4
	move	$r4, $r5
	move	$r5, $r6
	move	$r6, $r7
	move	$r7, $r8
	move	$r8, $r9
	move	$r9, $r10
	syscall	0
	ret

/* What the ABI says a call keeps. */
	.macro	EACH_SAVED rinsn, finsn
	\rinsn	$r1, $sp, 0
	.irp n,21,22,23,24,25,26,27,28,29,30,31
	\rinsn	$r\n, $sp, 8 * (\n - 20)
	.endr
	.irp n,24,25,26,27,28,29,30,31
	\finsn	$f\n, $sp, 96 + 8 * (\n - 24)
	.endr
	.endm

	.globl	agent_call_handler
agent_call_handler:
	addi.d	$sp, $sp, -160
	EACH_SAVED st.d, fst.d
	move	$r12, $r4
	move	$r4, $r5
	move	$r5, $r6
	move	$r6, $r7
	ld.d	$r22, $r6, 360 /* g */
	jirl	$r1, $r12, 0
	EACH_SAVED ld.d, fld.d
	addi.d	$sp, $sp, 160
	ret
	.section .note.GNU-stack, "", %progbits
