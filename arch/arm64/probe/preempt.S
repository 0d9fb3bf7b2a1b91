/* arm64: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c); the
 * return goes through x27, which is lost. Go 1.19 saves neither R18, FPCR, DIT nor more than the low halves
 * of F0 to F31; this saves all, and Z, P and FFR in their place on a CPU that has them (ID_AA64PFR0_EL1,
 * which Linux lets user code read). */

    .arch armv8.4-a+sve
/* LR, pad, x but x27 and x30, nzcv fpcr fpsr dit; the vectors lie below */
#define FRAME      (16 + 30 * 8 + 4 * 8)
#define SAVE_FLAGS (16 + 30 * 8)
#define VECTORS    (32 * 16)
#define ALL_P      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
#define ALL_Z      ALL_P, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31

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
    .irp n, ALL_Z
    str  z\n, [sp, #\n + 3, mul vl]
    .endr
    .irp n, ALL_P
    str  p\n, [sp, #\n, mul vl]
    .endr
    rdffr p0.b
    str  p0, [sp, #16, mul vl]
    b    3f
2:  sub  sp, sp, #VECTORS
    .irp n, ALL_Z
    str  q\n, [sp, #16 * \n]
    .endr
3:  bl   async_preempt2
    mrs  x0, id_aa64pfr0_el1
    ubfx x1, x0, #32, #4
    cbz  x1, 4f
    ldr  p0, [sp, #16, mul vl]
    wrffr p0.b
    .irp n, ALL_P
    ldr  p\n, [sp, #\n, mul vl]
    .endr
    .irp n, ALL_Z
    ldr  z\n, [sp, #\n + 3, mul vl]
    .endr
    addvl sp, sp, #31
    addvl sp, sp, #4
    b    5f
4:
    .irp n, ALL_Z
    ldr  q\n, [sp, #16 * \n]
    .endr
    add  sp, sp, #VECTORS
5:
    ubfx x1, x0, #48, #4        /* x0 is still the feature register */
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
