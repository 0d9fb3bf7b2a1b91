/* arm: the injected call. Entered with the old LR at [SP] and the resume PC in LR (push_call.c). The return
 * loads PC and pops both frames in one instruction, so no register is lost and nothing below SP is read. Go
 * 1.19 saves neither R10 (its g) nor D16 to D31; this does. */

#define FRAME      (4 + 13 * 4 + 2 * 4 + 32 * 8) /* 320: LR, r0 to r12, cpsr fpscr, d */
#define SAVE_CPSR  (4 + 13 * 4)
#define SAVE_FPSCR (SAVE_CPSR + 4)
#define SAVE_D     (SAVE_FPSCR + 4)

    .syntax unified
    .arch armv7-a
    .fpu neon
    .arm
    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    str  lr, [sp, #-FRAME]!
    stmib sp, {r0-r12}
    mrs  r0, apsr
    vmrs r1, fpscr
    str  r0, [sp, #SAVE_CPSR]
    str  r1, [sp, #SAVE_FPSCR]
    add  r2, sp, #SAVE_D
    vstmia r2!, {d0-d15}
    vstmia r2, {d16-d31}
    bl   async_preempt2
    add  r2, sp, #SAVE_D
    vldmia r2!, {d0-d15}
    vldmia r2, {d16-d31}
    ldr  r0, [sp, #SAVE_CPSR]
    ldr  r1, [sp, #SAVE_FPSCR]
    msr  apsr_nzcvqg, r0
    vmsr fpscr, r1
    ldmib sp, {r0-r12}
    ldr  lr, [sp, #FRAME]       /* the interrupted LR, from push_call */
    ldr  pc, [sp], #FRAME + 4   /* the resume PC */
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
