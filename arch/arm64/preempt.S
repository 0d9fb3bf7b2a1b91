/* arm64: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the
 * return goes through x27, which is lost. Go 1.19 saves neither FPCR nor the upper vector halves; this does. */

#define FRAME   (16 + 30 * 8 + 3 * 8 + 8 + 32 * 16) /* 800: LR, x, nzcv fpcr fpsr, pad, v */
#define SAVE_FLAGS (16 + 30 * 8)
#define SAVE_V     (SAVE_FLAGS + 32)

    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    sub  sp, sp, #FRAME
    str  x30, [sp]
    stp  x0, x1, [sp, #16]
    stp  x2, x3, [sp, #32]
    stp  x4, x5, [sp, #48]
    stp  x6, x7, [sp, #64]
    stp  x8, x9, [sp, #80]
    stp  x10, x11, [sp, #96]
    stp  x12, x13, [sp, #112]
    stp  x14, x15, [sp, #128]
    stp  x16, x17, [sp, #144]
    stp  x18, x19, [sp, #160]
    stp  x20, x21, [sp, #176]
    stp  x22, x23, [sp, #192]
    stp  x24, x25, [sp, #208]
    stp  x26, x28, [sp, #224]
    str  x29, [sp, #240]
    mrs  x0, nzcv
    mrs  x1, fpcr
    mrs  x2, fpsr
    str  x0, [sp, #SAVE_FLAGS]
    str  x1, [sp, #SAVE_FLAGS + 8]
    str  x2, [sp, #SAVE_FLAGS + 16]
    stp  q0, q1, [sp, #SAVE_V]
    stp  q2, q3, [sp, #SAVE_V + 32]
    stp  q4, q5, [sp, #SAVE_V + 64]
    stp  q6, q7, [sp, #SAVE_V + 96]
    stp  q8, q9, [sp, #SAVE_V + 128]
    stp  q10, q11, [sp, #SAVE_V + 160]
    stp  q12, q13, [sp, #SAVE_V + 192]
    stp  q14, q15, [sp, #SAVE_V + 224]
    stp  q16, q17, [sp, #SAVE_V + 256]
    stp  q18, q19, [sp, #SAVE_V + 288]
    stp  q20, q21, [sp, #SAVE_V + 320]
    stp  q22, q23, [sp, #SAVE_V + 352]
    stp  q24, q25, [sp, #SAVE_V + 384]
    stp  q26, q27, [sp, #SAVE_V + 416]
    stp  q28, q29, [sp, #SAVE_V + 448]
    stp  q30, q31, [sp, #SAVE_V + 480]
    bl   async_preempt2
    ldp  q30, q31, [sp, #SAVE_V + 480]
    ldp  q28, q29, [sp, #SAVE_V + 448]
    ldp  q26, q27, [sp, #SAVE_V + 416]
    ldp  q24, q25, [sp, #SAVE_V + 384]
    ldp  q22, q23, [sp, #SAVE_V + 352]
    ldp  q20, q21, [sp, #SAVE_V + 320]
    ldp  q18, q19, [sp, #SAVE_V + 288]
    ldp  q16, q17, [sp, #SAVE_V + 256]
    ldp  q14, q15, [sp, #SAVE_V + 224]
    ldp  q12, q13, [sp, #SAVE_V + 192]
    ldp  q10, q11, [sp, #SAVE_V + 160]
    ldp  q8, q9, [sp, #SAVE_V + 128]
    ldp  q6, q7, [sp, #SAVE_V + 96]
    ldp  q4, q5, [sp, #SAVE_V + 64]
    ldp  q2, q3, [sp, #SAVE_V + 32]
    ldp  q0, q1, [sp, #SAVE_V]
    ldr  x2, [sp, #SAVE_FLAGS + 16]
    ldr  x1, [sp, #SAVE_FLAGS + 8]
    ldr  x0, [sp, #SAVE_FLAGS]
    msr  fpsr, x2
    msr  fpcr, x1
    msr  nzcv, x0
    ldr  x29, [sp, #240]
    ldp  x26, x28, [sp, #224]
    ldp  x24, x25, [sp, #208]
    ldp  x22, x23, [sp, #192]
    ldp  x20, x21, [sp, #176]
    ldp  x18, x19, [sp, #160]
    ldp  x16, x17, [sp, #144]
    ldp  x14, x15, [sp, #128]
    ldp  x12, x13, [sp, #112]
    ldp  x10, x11, [sp, #96]
    ldp  x8, x9, [sp, #80]
    ldp  x6, x7, [sp, #64]
    ldp  x4, x5, [sp, #48]
    ldp  x2, x3, [sp, #32]
    ldp  x0, x1, [sp, #16]
    ldr  x30, [sp, #FRAME]      /* the interrupted LR, from push_call */
    ldr  x27, [sp]              /* the resume PC */
    add  sp, sp, #FRAME + 16
    br   x27
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
