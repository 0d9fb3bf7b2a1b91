/* riscv64: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the
 * return goes through x31, which is lost. Go 1.19 saves neither fcsr nor x3 and x27; this does. x4 is the
 * thread's. */

#define SAVE_X(n) (8 * (n) - 24) /* x5 to x30: 16 to 216 */
#define SAVE_FCSR 224
#define SAVE_F(n) (232 + 8 * (n))
#define FRAME     (232 + 32 * 8) /* 488: LR, x3, x5 to x30, fcsr, f; with the pushed LR a multiple of 16 */

    .option norelax

    .macro EACH_X insn
    .irp n,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    \insn x\n, SAVE_X(\n)(sp)
    .endr
    .endm
    .macro EACH_F insn
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn f\n, SAVE_F(\n)(sp)
    .endr
    .endm

    .option norvc               /* whole instructions, which the mutants can replace one by one */
    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    addi sp, sp, -FRAME
    sd   x1, 0(sp)
    sd   x3, 8(sp)
    EACH_X sd
    EACH_F fsd
    frcsr x5
    sd   x5, SAVE_FCSR(sp)
    jal  x1, async_preempt2
    ld   x5, SAVE_FCSR(sp)
    fscsr x5
    EACH_F fld
    EACH_X ld
    ld   x3, 8(sp)
    ld   x1, FRAME(sp)          /* the interrupted LR, from push_call */
    ld   x31, 0(sp)             /* the resume PC */
    addi sp, sp, FRAME + 8
    jr   x31
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
