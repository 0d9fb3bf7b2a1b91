/* mips: what the agent can't say in C (live/agent/start.h). The agent has no $gp (mips.live). In the signal
 * context a general register has 64 bits (mcontext.h). */
#define CTX_R(n) (40 + 8 * (n))
#ifdef __mips64
#define WORD     8
#define ARGS     0 /* bytes of a caller's frame for the arguments in registers */
#define LOAD     ld
#define STORE    sd
#define ADD      daddiu
#define NEGATE   dnegu
#define LOW_HALF 0
#else
#define WORD     4
#define ARGS     16
#define LOAD     lw
#define STORE    sw
#define ADD      addiu
#define NEGATE   negu
#ifdef __MIPSEB__
#define LOW_HALF 4
#else
#define LOW_HALF 0
#endif
#endif

	.text
	.globl	_start
_start:
	move	$4, $29
	ADD	$29, $29, -32
	jal	agent_main

	.globl	agent_enter
agent_enter:
	move	$29, $4
	move	$25, $5
	move	$2, $0
	jr	$25

	.globl	agent_syscall
agent_syscall:
	move	$2, $4
	move	$4, $5
	move	$5, $6
	move	$6, $7
#ifdef __mips64
	move	$7, $8
	move	$8, $9
	move	$9, $10
	syscall
#else
	lw	$7, 16($29)
	lw	$8, 20($29)
	lw	$9, 24($29)
	addiu	$29, $29, -32
	sw	$8, 16($29)
	sw	$9, 20($29)
	syscall
	addiu	$29, $29, 32
#endif
	beqz	$7, 1f
	NEGATE	$2, $2
1:	jr	$31

/* s0 to s8, gp; f20 up, of which 32 bits keep the even ones, and n64 f24 up. */
#define SAVED     (ARGS + 12 * WORD)
#define FRAME     (SAVED + 64)
#define SLOT(n)   ARGS + WORD * (n)($29)
#define FSLOT(n)  SAVED + 8 * (n)($29)
#ifdef __mips64
#define FLOATS(op) \
	op $f24, FSLOT(0); op $f25, FSLOT(1); op $f26, FSLOT(2); op $f27, FSLOT(3); \
	op $f28, FSLOT(4); op $f29, FSLOT(5); op $f30, FSLOT(6); op $f31, FSLOT(7)
#else
#define FLOATS(op) \
	op $f20, FSLOT(0); op $f22, FSLOT(1); op $f24, FSLOT(2); op $f26, FSLOT(3); \
	op $f28, FSLOT(4); op $f30, FSLOT(5)
#endif
#define GENERALS(op) \
	op $16, SLOT(0); op $17, SLOT(1); op $18, SLOT(2); op $19, SLOT(3); op $20, SLOT(4); \
	op $21, SLOT(5); op $22, SLOT(6); op $23, SLOT(7); op $28, SLOT(8); op $30, SLOT(9); \
	op $31, SLOT(10)

	.globl	agent_call_handler
agent_call_handler:
	ADD	$29, $29, -FRAME
	GENERALS(STORE)
	FLOATS(sdc1)
	move	$25, $4
	move	$4, $5
	move	$5, $6
	move	$6, $7
	LOAD	$30, CTX_R(30) + LOW_HALF($6) /* g */
	jalr	$25
	GENERALS(LOAD)
	FLOATS(ldc1)
	ADD	$29, $29, FRAME
	jr	$31
	.section .note.GNU-stack, "", %progbits
