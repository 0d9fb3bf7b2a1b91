/* mips: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the return
 * goes through r23, which is lost. Go 1.19 (runtime/preempt_mipsx.s, preempt_mips64x.s) leaves R30, its g,
 * alone; this saves it like any other register. Everything else is in Go's order. */
    .set noreorder
    .set noat
    .set oddspreg
    .option pic0

#ifdef __mips64
#define WORD 8
#define STORE sd
#define LOAD  ld
#define FSTORE sdc1
#define FLOAD  ldc1
#define ADDI  daddiu
#else
#define WORD 4
#define STORE sw
#define LOAD  lw
#define FSTORE swc1
#define FLOAD  lwc1
#define ADDI  addiu
#endif
#define AT(k) (WORD * (k))($29)
#define SAVED_HI 27 /* behind the resume PC and 26 general registers: HI, LO, FCR31; then F0 to F31 */
#define SAVED_F  30
#define FRAME    (WORD * 62)

/* Every general register but r23 (lost), r26 and r27 (the kernel's), r29 and r31 (push_call's). */
    .macro GENERAL insn
    \insn $1, AT(1)
    \insn $2, AT(2)
    \insn $3, AT(3)
    \insn $4, AT(4)
    \insn $5, AT(5)
    \insn $6, AT(6)
    \insn $7, AT(7)
    \insn $8, AT(8)
    \insn $9, AT(9)
    \insn $10, AT(10)
    \insn $11, AT(11)
    \insn $12, AT(12)
    \insn $13, AT(13)
    \insn $14, AT(14)
    \insn $15, AT(15)
    \insn $16, AT(16)
    \insn $17, AT(17)
    \insn $18, AT(18)
    \insn $19, AT(19)
    \insn $20, AT(20)
    \insn $21, AT(21)
    \insn $22, AT(22)
    \insn $24, AT(23)
    \insn $25, AT(24)
    \insn $28, AT(25)
    \insn $30, AT(26)
    .endm

    .macro FLOATING insn
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn $f\n, AT(SAVED_F + \n)
    .endr
    .endm

    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    ADDI $29, $29, -FRAME
    STORE $31, AT(0)
    GENERAL STORE
    mfhi $1
    mflo $2
    cfc1 $3, $31
    STORE $1, AT(SAVED_HI)
    STORE $2, AT(SAVED_HI + 1)
    STORE $3, AT(SAVED_HI + 2)
    FLOATING FSTORE
    jal  async_preempt2
    nop
    FLOATING FLOAD
    LOAD $3, AT(SAVED_HI + 2)
    LOAD $2, AT(SAVED_HI + 1)
    LOAD $1, AT(SAVED_HI)
    ctc1 $3, $31
    mtlo $2
    mthi $1
    GENERAL LOAD
    LOAD $31, FRAME($29)        /* the interrupted LR, from push_call */
    LOAD $23, AT(0)             /* the resume PC */
    jr   $23
    ADDI $29, $29, FRAME + WORD
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
