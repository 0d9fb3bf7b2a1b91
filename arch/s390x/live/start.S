/* s390x: what the agent can't say in C (live/agent/start.h). */
	.text
	.globl	_start
_start:
	lgr	%r2, %r15
	aghi	%r15, -160
	brasl	%r14, agent_main

	.globl	agent_enter
agent_enter:
	lgr	%r15, %r2
	lghi	%r14, 0
	br	%r3

	.globl	agent_syscall
agent_syscall:
	stmg	%r6, %r7, 48(%r15)
	lgr	%r1, %r2
	lgr	%r2, %r3
	lgr	%r3, %r4
	lgr	%r4, %r5
	lgr	%r5, %r6
	lg	%r6, 160(%r15)
	lg	%r7, 168(%r15)
	svc	0
	lmg	%r6, %r7, 48(%r15)
	br	%r14

	.globl	agent_call_handler
agent_call_handler:
	stmg	%r6, %r15, 48(%r15)
	aghi	%r15, -224
	std	%f8, 160(%r15)
	std	%f9, 168(%r15)
	std	%f10, 176(%r15)
	std	%f11, 184(%r15)
	std	%f12, 192(%r15)
	std	%f13, 200(%r15)
	std	%f14, 208(%r15)
	std	%f15, 216(%r15)
	lgr	%r1, %r2
	lgr	%r2, %r3
	lgr	%r3, %r4
	lgr	%r4, %r5
	lg	%r13, 160(%r4) /* g */
	basr	%r14, %r1
	ld	%f8, 160(%r15)
	ld	%f9, 168(%r15)
	ld	%f10, 176(%r15)
	ld	%f11, 184(%r15)
	ld	%f12, 192(%r15)
	ld	%f13, 200(%r15)
	ld	%f14, 208(%r15)
	ld	%f15, 216(%r15)
	lmg	%r6, %r15, 272(%r15)
	br	%r14

	.globl	agent_restorer
agent_restorer:
	svc	173
	.section .note.GNU-stack, "", %progbits
