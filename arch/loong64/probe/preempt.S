/* loong64: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the
 * return goes through r30, which is lost. r2 is the thread's.
 *
 * Go 1.19 saves r4 to r21, r23 to r29, r31 and the low 64 bits of the floating-point registers, and loses
 * fcsr, all condition flags and r22 (g, which its scheduler restores). Go 1.21 adds fcc0, in a register, and
 * fcsr; later versions all eight flags, and from 1.26 on the vector registers, in the goroutine's P, as far
 * as the CPU has them. This one saves all of it in its frame. */

#define SAVE_R(n)   (8 * (n) - 24) /* r4 to r31: 8 to 224 */
#define SAVE_FCC(n) (232 + (n))
#define SAVE_FCSR   240
#define SAVE_F(n)   (248 + 32 * (n))
#define FRAME       (248 + 32 * 32) /* LR, r4 to r31, flags, fcsr, f; with the pushed LR a multiple of 16 */

    .macro EACH_R insn
    .irp n,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,31
    \insn $r\n, $sp, SAVE_R(\n)
    .endr
    .endm
    .macro EACH_F insn
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn $xr\n, $sp, SAVE_F(\n)
    .endr
    .endm

    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    addi.d $sp, $sp, -FRAME
    st.d $r1, $sp, 0
    EACH_R st.d
    EACH_F xvst
    .irp n,0,1,2,3,4,5,6,7
    movcf2gr $r4, $fcc\n
    st.b $r4, $sp, SAVE_FCC(\n)
    .endr
    movfcsr2gr $r4, $fcsr0
    st.w $r4, $sp, SAVE_FCSR
    bl   async_preempt2
    ld.wu $r4, $sp, SAVE_FCSR
    movgr2fcsr $fcsr0, $r4
    .irp n,0,1,2,3,4,5,6,7
    ld.bu $r4, $sp, SAVE_FCC(\n)
    movgr2cf $fcc\n, $r4
    .endr
    EACH_F xvld
    EACH_R ld.d
    ld.d $r1, $sp, FRAME         /* the interrupted LR, from push_call */
    ld.d $r30, $sp, 0            /* the resume PC */
    addi.d $sp, $sp, FRAME + 8
    jr   $r30
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
