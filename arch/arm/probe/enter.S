/* arm: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test.
 *
 * The words that it keeps lie right before its code, where they are reached relative to PC: no register is
 * free on the last steps into a case and the first out of it. They have a page of their own, since an
 * emulator retranslates code that shares a page with what is stored to. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

#define KEPT 256 /* bytes kept, at most */

/* Loads every register but sp, lr and pc from the state at r0. */
    .macro LOAD_STATE
    ldr  r1, [r0, #ST_CPSR]
    ldr  r2, [r0, #ST_FPSCR]
    msr  apsr_nzcvqg, r1
    vmsr fpscr, r2
    add  r1, r0, #ST_D(0)
    vldmia r1!, {d0-d15}
    vldmia r1, {d16-d31}
    ldmia r0, {r0-r12}
    .endm

/* Stores every register to the state at lr, whose own value is in case_lr. Changes r0 to r2. */
    .macro STORE_STATE
    stmia lr, {r0-r12}
    str  sp, [lr, #ST_SP]
    ldr  r0, case_lr
    mrs  r1, apsr
    vmrs r2, fpscr
    str  r0, [lr, #ST_LR]
    str  r1, [lr, #ST_CPSR]
    str  r2, [lr, #ST_FPSCR]
    add  r0, lr, #ST_D(0)
    vstmia r0!, {d0-d15}
    vstmia r0, {d16-d31}
    .endm

    .syntax unified
    .arch armv7-a
    .fpu neon
    .arm
    .section .enter,"awx",%progbits
    .balign 4096
    .skip 4096 - KEPT
kept:
host_regs:
    .skip 8 * 4 + 8 * 8         /* r4 to r11, d8 to d15 */
host_sp:
    .word 0
host_lr:
    .word 0
host_fpscr:
    .word 0
out:
    .word 0
entry_pc:
    .word 0
case_lr:
    .word 0
stub_lr:
    .word 0
snapshot_at:
    .word everypc_snapshot
    .globl everypc_behind_snapshot
everypc_behind_snapshot:
    .word 0
    .skip KEPT - (. - kept)

    .globl enter_case
    .type enter_case, %function
enter_case:
    adr  r3, host_regs
    stmia r3!, {r4-r11}
    vstmia r3, {d8-d15}
    vmrs r3, fpscr
    str  r3, host_fpscr
    str  sp, host_sp
    str  lr, host_lr
    str  r1, out
    str  r2, entry_pc
    ldr  sp, [r0, #ST_SP]
    ldr  lr, [r0, #ST_LR]
    clrex                       /* no reservation is left from another case */
    LOAD_STATE
    ldr  pc, entry_pc

    .globl case_leave
    .hidden case_leave
case_leave:
    str  lr, case_lr
    ldr  lr, out
    STORE_STATE
    mov  r0, #0
    b    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    mov  r0, #1
leave:
    ldr  sp, host_sp
    ldr  lr, host_lr
    ldr  r3, host_fpscr
    vmsr fpscr, r3
    adr  r3, host_regs
    ldmia r3!, {r4-r11}
    vldmia r3, {d8-d15}
    bx   lr

    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    str  lr, stub_lr
    mov  r0, sp
    mov  r4, sp
    bic  sp, sp, #7             /* C wants more than Go's stacks have */
    bl   everypc_adversary
    mov  sp, r4
    sub  r1, sp, #ADVERSARY_REFILL
1:  ldmia r0!, {r2-r5}
    stmia r1!, {r2-r5}
    cmp  r1, sp
    bne  1b
    clrex                       /* as a switch to another thread does */
    movw r0, #:lower16:everypc_garbage
    movt r0, #:upper16:everypc_garbage
    ldr  lr, [r0, #ST_LR]
    LOAD_STATE
    ldr  pc, stub_lr

    .globl snapshot
    .hidden snapshot
snapshot:
    str  lr, case_lr
    ldr  lr, snapshot_at
    STORE_STATE
    mov  r0, lr
    ldr  lr, case_lr
    LOAD_STATE
    ldr  pc, everypc_behind_snapshot

    CARELESS_STUB "bl async_preempt2", "b case_leave"

    SPIN_FUNCTION "b .", "bx lr"
    .balign 4096

    .section .note.GNU-stack,"",%progbits
