/* ppc64: the injected call. Entered with the old LR, R2 and R12 at [SP], [SP+8] and [SP+16] and the resume PC
 * in LR (push_call.c); the return goes through CTR, which is lost. Go 1.19 saves neither R0 nor the vector
 * registers, VSCR, VRSAVE and TAR; this does. R13 is the thread's and stays as it is: the call may return on
 * another thread. */

#define SAVE_R31    0              /* where STDU leaves it: Go stores it below SP first */
#define SAVE_R(n)   (32 + 8 * (n)) /* r1, r2, r12, r13 and r31 leave gaps */
#define SAVE_LR     SAVE_R(31)
#define SAVE_CR     288
#define SAVE_XER    296
#define SAVE_FPSCR  304
#define SAVE_VRSAVE 312
#define SAVE_TAR    320
#define SAVE_VSCR   336
#define SAVE_VS(n)  (352 + 16 * (n))
#define FRAME       1376
#define TAR         815
#define VRSAVE      256

    .machine power8
    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    stdu %r31, -FRAME(%r1)
    mflr %r31
    std  %r31, SAVE_LR(%r1)
    .irp n, 0,3,4,5,6,7,8,9,10,11,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    std  %r\n, SAVE_R(\n)(%r1)
    .endr
    mfcr %r3
    mfxer %r4
    mfspr %r5, VRSAVE
    mfspr %r6, TAR
    std  %r3, SAVE_CR(%r1)
    std  %r4, SAVE_XER(%r1)
    std  %r5, SAVE_VRSAVE(%r1)
    std  %r6, SAVE_TAR(%r1)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31, \
            32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r3, SAVE_VS(\n)
    stxvd2x %vs\n, %r1, %r3
    .endr
    mffs %f0
    stfd %f0, SAVE_FPSCR(%r1)
    mfvscr %v0
    li   %r3, SAVE_VSCR
    stxvd2x %vs32, %r1, %r3
    bl   async_preempt2
    li   %r3, SAVE_VSCR
    lxvd2x %vs32, %r1, %r3
    mtvscr %v0
    lfd  %f0, SAVE_FPSCR(%r1)
    mtfsf 255, %f0, 1, 0        /* all of it: the decimal rounding mode too */
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31, \
            32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r3, SAVE_VS(\n)
    lxvd2x %vs\n, %r1, %r3
    .endr
    ld   %r3, SAVE_CR(%r1)
    ld   %r4, SAVE_XER(%r1)
    ld   %r5, SAVE_VRSAVE(%r1)
    ld   %r6, SAVE_TAR(%r1)
    mtcr %r3
    mtxer %r4
    mtspr VRSAVE, %r5
    mtspr TAR, %r6
    .irp n, 30,29,28,27,26,25,24,23,22,21,20,19,18,17,16,15,14,11,10,9,8,7,6,5,4,3,0
    ld   %r\n, SAVE_R(\n)(%r1)
    .endr
    ld   %r31, FRAME(%r1)       /* the interrupted LR, R2 and R12, from push_call */
    mtlr %r31
    ld   %r2, FRAME + 8(%r1)
    ld   %r12, FRAME + 16(%r1)
    ld   %r31, SAVE_LR(%r1)     /* the resume PC */
    mtctr %r31
    ld   %r31, SAVE_R31(%r1)
    addi %r1, %r1, FRAME + 32
    bctr
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
