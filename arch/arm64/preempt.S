/* arm64: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the
 * return goes through x27, which is lost. Go 1.19 saves neither R18, FPCR, DIT nor more than the low halves of
 * F0 to F31; this saves all, and Z, P and FFR in their place on a CPU that has them (ID_AA64PFR0_EL1, which
 * Linux lets user code read). */

    .arch armv8.4-a+sve
#define FRAME      (16 + 30 * 8 + 4 * 8) /* LR, pad, x but x27 and x30, nzcv fpcr fpsr dit; the vectors lie below */
#define SAVE_FLAGS (16 + 30 * 8)
#define VECTORS    (32 * 16)

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
    stp  x0, x1, [sp, #SAVE_FLAGS]
    str  x2, [sp, #SAVE_FLAGS + 16]
    mrs  x0, id_aa64pfr0_el1
    ubfx x1, x0, #48, #4        /* DIT */
    cbz  x1, 1f
    mrs  x1, dit
    str  x1, [sp, #SAVE_FLAGS + 24]
1:  ubfx x1, x0, #32, #4        /* SVE */
    cbz  x1, 2f
    addvl sp, sp, #-32          /* for 32 Z, above */
    addvl sp, sp, #-3           /* 17 predicates of an eighth of a vector each */
    str  z0, [sp, #3, mul vl]
    str  z1, [sp, #4, mul vl]
    str  z2, [sp, #5, mul vl]
    str  z3, [sp, #6, mul vl]
    str  z4, [sp, #7, mul vl]
    str  z5, [sp, #8, mul vl]
    str  z6, [sp, #9, mul vl]
    str  z7, [sp, #10, mul vl]
    str  z8, [sp, #11, mul vl]
    str  z9, [sp, #12, mul vl]
    str  z10, [sp, #13, mul vl]
    str  z11, [sp, #14, mul vl]
    str  z12, [sp, #15, mul vl]
    str  z13, [sp, #16, mul vl]
    str  z14, [sp, #17, mul vl]
    str  z15, [sp, #18, mul vl]
    str  z16, [sp, #19, mul vl]
    str  z17, [sp, #20, mul vl]
    str  z18, [sp, #21, mul vl]
    str  z19, [sp, #22, mul vl]
    str  z20, [sp, #23, mul vl]
    str  z21, [sp, #24, mul vl]
    str  z22, [sp, #25, mul vl]
    str  z23, [sp, #26, mul vl]
    str  z24, [sp, #27, mul vl]
    str  z25, [sp, #28, mul vl]
    str  z26, [sp, #29, mul vl]
    str  z27, [sp, #30, mul vl]
    str  z28, [sp, #31, mul vl]
    str  z29, [sp, #32, mul vl]
    str  z30, [sp, #33, mul vl]
    str  z31, [sp, #34, mul vl]
    str  p0, [sp, #0, mul vl]
    str  p1, [sp, #1, mul vl]
    str  p2, [sp, #2, mul vl]
    str  p3, [sp, #3, mul vl]
    str  p4, [sp, #4, mul vl]
    str  p5, [sp, #5, mul vl]
    str  p6, [sp, #6, mul vl]
    str  p7, [sp, #7, mul vl]
    str  p8, [sp, #8, mul vl]
    str  p9, [sp, #9, mul vl]
    str  p10, [sp, #10, mul vl]
    str  p11, [sp, #11, mul vl]
    str  p12, [sp, #12, mul vl]
    str  p13, [sp, #13, mul vl]
    str  p14, [sp, #14, mul vl]
    str  p15, [sp, #15, mul vl]
    rdffr p0.b
    str  p0, [sp, #16, mul vl]
    b    3f
2:  sub  sp, sp, #VECTORS
    stp  q0, q1, [sp, #0]
    stp  q2, q3, [sp, #32]
    stp  q4, q5, [sp, #64]
    stp  q6, q7, [sp, #96]
    stp  q8, q9, [sp, #128]
    stp  q10, q11, [sp, #160]
    stp  q12, q13, [sp, #192]
    stp  q14, q15, [sp, #224]
    stp  q16, q17, [sp, #256]
    stp  q18, q19, [sp, #288]
    stp  q20, q21, [sp, #320]
    stp  q22, q23, [sp, #352]
    stp  q24, q25, [sp, #384]
    stp  q26, q27, [sp, #416]
    stp  q28, q29, [sp, #448]
    stp  q30, q31, [sp, #480]
3:  bl   async_preempt2
    mrs  x0, id_aa64pfr0_el1
    ubfx x1, x0, #32, #4
    cbz  x1, 4f
    ldr  p0, [sp, #16, mul vl]
    wrffr p0.b
    ldr  p0, [sp, #0, mul vl]
    ldr  p1, [sp, #1, mul vl]
    ldr  p2, [sp, #2, mul vl]
    ldr  p3, [sp, #3, mul vl]
    ldr  p4, [sp, #4, mul vl]
    ldr  p5, [sp, #5, mul vl]
    ldr  p6, [sp, #6, mul vl]
    ldr  p7, [sp, #7, mul vl]
    ldr  p8, [sp, #8, mul vl]
    ldr  p9, [sp, #9, mul vl]
    ldr  p10, [sp, #10, mul vl]
    ldr  p11, [sp, #11, mul vl]
    ldr  p12, [sp, #12, mul vl]
    ldr  p13, [sp, #13, mul vl]
    ldr  p14, [sp, #14, mul vl]
    ldr  p15, [sp, #15, mul vl]
    ldr  z0, [sp, #3, mul vl]
    ldr  z1, [sp, #4, mul vl]
    ldr  z2, [sp, #5, mul vl]
    ldr  z3, [sp, #6, mul vl]
    ldr  z4, [sp, #7, mul vl]
    ldr  z5, [sp, #8, mul vl]
    ldr  z6, [sp, #9, mul vl]
    ldr  z7, [sp, #10, mul vl]
    ldr  z8, [sp, #11, mul vl]
    ldr  z9, [sp, #12, mul vl]
    ldr  z10, [sp, #13, mul vl]
    ldr  z11, [sp, #14, mul vl]
    ldr  z12, [sp, #15, mul vl]
    ldr  z13, [sp, #16, mul vl]
    ldr  z14, [sp, #17, mul vl]
    ldr  z15, [sp, #18, mul vl]
    ldr  z16, [sp, #19, mul vl]
    ldr  z17, [sp, #20, mul vl]
    ldr  z18, [sp, #21, mul vl]
    ldr  z19, [sp, #22, mul vl]
    ldr  z20, [sp, #23, mul vl]
    ldr  z21, [sp, #24, mul vl]
    ldr  z22, [sp, #25, mul vl]
    ldr  z23, [sp, #26, mul vl]
    ldr  z24, [sp, #27, mul vl]
    ldr  z25, [sp, #28, mul vl]
    ldr  z26, [sp, #29, mul vl]
    ldr  z27, [sp, #30, mul vl]
    ldr  z28, [sp, #31, mul vl]
    ldr  z29, [sp, #32, mul vl]
    ldr  z30, [sp, #33, mul vl]
    ldr  z31, [sp, #34, mul vl]
    addvl sp, sp, #31
    addvl sp, sp, #4
    b    5f
4:
    ldp  q30, q31, [sp, #480]
    ldp  q28, q29, [sp, #448]
    ldp  q26, q27, [sp, #416]
    ldp  q24, q25, [sp, #384]
    ldp  q22, q23, [sp, #352]
    ldp  q20, q21, [sp, #320]
    ldp  q18, q19, [sp, #288]
    ldp  q16, q17, [sp, #256]
    ldp  q14, q15, [sp, #224]
    ldp  q12, q13, [sp, #192]
    ldp  q10, q11, [sp, #160]
    ldp  q8, q9, [sp, #128]
    ldp  q6, q7, [sp, #96]
    ldp  q4, q5, [sp, #64]
    ldp  q2, q3, [sp, #32]
    ldp  q0, q1, [sp, #0]
    add  sp, sp, #VECTORS
5:  mrs  x0, id_aa64pfr0_el1
    ubfx x1, x0, #48, #4
    cbz  x1, 6f
    ldr  x1, [sp, #SAVE_FLAGS + 24]
    msr  dit, x1
6:  ldr  x2, [sp, #SAVE_FLAGS + 16]
    ldp  x0, x1, [sp, #SAVE_FLAGS]
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
