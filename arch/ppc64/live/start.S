/* ppc64: what the agent can't say in C (live/agent/start.h). On ELFv1 (big endian) the address of a function
 * is that of its descriptor: its code, then its TOC. */
#define CTX_R(n) (232 + 8 * (n))
#if _CALL_ELF == 2
#define TOC_SLOT 24
#define LOCALS   32 /* where a callee may keep its register arguments, or a frame's own words begin */
	.abiversion 2
#define ENTRY(name) \
	.globl	name; \
	.type	name, @function; \
name: \
0:	addis	2, 12, .TOC.-0b@ha; \
	addi	2, 2, .TOC.-0b@l; \
	.localentry name, .-name
#else
#define TOC_SLOT 40
#define LOCALS   112
#define ENTRY(name) \
	.globl	name; \
	.section .opd, "aw"; \
	.balign	8; \
name: \
	.quad	.L.name, .TOC.@tocbase, 0; \
	.type	name, @function; \
	.text; \
.L.name:
#endif

	.text
ENTRY(_start)
	mr	3, 1
	li	0, 0
	stdu	0, -LOCALS(1)
	bl	agent_main
	nop

/* r12 is the entry, which ELFv2 code takes its TOC from. */
ENTRY(agent_enter)
	mr	1, 3
#if _CALL_ELF == 2
	mr	12, 4
#else
	ld	12, 0(4)
	ld	2, 8(4)
	add	12, 12, 5
	add	2, 2, 5
#endif
	mtctr	12
	li	0, 0
	li	3, 0
	li	4, 0
	li	5, 0
	li	6, 0
	li	7, 0
	bctr

ENTRY(agent_syscall)
	mr	0, 3
	mr	3, 4
	mr	4, 5
	mr	5, 6
	mr	6, 7
	mr	7, 8
	mr	8, 9
	sc
	bnslr
	neg	3, 3
	blr

/* r14 to r31, f14 to f31, CR. */
#define FRAME (LOCALS + 64 + 288)
#define GENERALS(op) \
	op 14, LOCALS(1); op 15, LOCALS+8(1); op 16, LOCALS+16(1); op 17, LOCALS+24(1); \
	op 18, LOCALS+32(1); op 19, LOCALS+40(1); op 20, LOCALS+48(1); op 21, LOCALS+56(1); \
	op 22, LOCALS+64(1); op 23, LOCALS+72(1); op 24, LOCALS+80(1); op 25, LOCALS+88(1); \
	op 26, LOCALS+96(1); op 27, LOCALS+104(1); op 28, LOCALS+112(1); op 29, LOCALS+120(1); \
	op 30, LOCALS+128(1); op 31, LOCALS+136(1)
#define FLOATS(op) \
	op 14, LOCALS+144(1); op 15, LOCALS+152(1); op 16, LOCALS+160(1); op 17, LOCALS+168(1); \
	op 18, LOCALS+176(1); op 19, LOCALS+184(1); op 20, LOCALS+192(1); op 21, LOCALS+200(1); \
	op 22, LOCALS+208(1); op 23, LOCALS+216(1); op 24, LOCALS+224(1); op 25, LOCALS+232(1); \
	op 26, LOCALS+240(1); op 27, LOCALS+248(1); op 28, LOCALS+256(1); op 29, LOCALS+264(1); \
	op 30, LOCALS+272(1); op 31, LOCALS+280(1)

ENTRY(agent_call_handler)
	mflr	0
	std	0, 16(1)
	mfcr	0
	std	0, 8(1)
	stdu	1, -FRAME(1)
	std	2, TOC_SLOT(1)
	GENERALS(std)
	FLOATS(stfd)
#if _CALL_ELF == 2
	mr	12, 3
#else
	ld	12, 0(3)
	ld	2, 8(3)
#endif
	mr	3, 4
	mr	4, 5
	mr	5, 6
	ld	30, CTX_R(30)(5) /* g */
	mtctr	12
	bctrl
	ld	2, TOC_SLOT(1)
	GENERALS(ld)
	FLOATS(lfd)
	addi	1, 1, FRAME
	ld	0, 8(1)
	mtcr	0
	ld	0, 16(1)
	mtlr	0
	blr
	.section .note.GNU-stack, "", %progbits
