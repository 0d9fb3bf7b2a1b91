/* arm64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "regs.h"

/* Loads every register but sp, x0, x27 and x30 from the state at x0. */
    .macro LOAD_STATE
    ldr  x1, [x0, #ST_NZCV]
    ldr  x2, [x0, #ST_FPCR]
    ldr  x3, [x0, #ST_FPSR]
    msr  nzcv, x1
    msr  fpcr, x2
    msr  fpsr, x3
    ldp  q0, q1, [x0, #ST_V(0)]
    ldp  q2, q3, [x0, #ST_V(2)]
    ldp  q4, q5, [x0, #ST_V(4)]
    ldp  q6, q7, [x0, #ST_V(6)]
    ldp  q8, q9, [x0, #ST_V(8)]
    ldp  q10, q11, [x0, #ST_V(10)]
    ldp  q12, q13, [x0, #ST_V(12)]
    ldp  q14, q15, [x0, #ST_V(14)]
    ldp  q16, q17, [x0, #ST_V(16)]
    ldp  q18, q19, [x0, #ST_V(18)]
    ldp  q20, q21, [x0, #ST_V(20)]
    ldp  q22, q23, [x0, #ST_V(22)]
    ldp  q24, q25, [x0, #ST_V(24)]
    ldp  q26, q27, [x0, #ST_V(26)]
    ldp  q28, q29, [x0, #ST_V(28)]
    ldp  q30, q31, [x0, #ST_V(30)]
    ldp  x2, x3, [x0, #ST_X(2)]
    ldp  x4, x5, [x0, #ST_X(4)]
    ldp  x6, x7, [x0, #ST_X(6)]
    ldp  x8, x9, [x0, #ST_X(8)]
    ldp  x10, x11, [x0, #ST_X(10)]
    ldp  x12, x13, [x0, #ST_X(12)]
    ldp  x14, x15, [x0, #ST_X(14)]
    ldp  x16, x17, [x0, #ST_X(16)]
    ldp  x18, x19, [x0, #ST_X(18)]
    ldp  x20, x21, [x0, #ST_X(20)]
    ldp  x22, x23, [x0, #ST_X(22)]
    ldp  x24, x25, [x0, #ST_X(24)]
    ldr  x26, [x0, #ST_X(26)]
    ldp  x28, x29, [x0, #ST_X(28)]
    ldr  x1, [x0, #ST_X(1)]
    .endm
    .text
    .balign 16
    .globl enter_case
    .type enter_case, %function
enter_case:
    adrp x9, host_save
    add  x9, x9, :lo12:host_save
    stp  x19, x20, [x9]
    stp  x21, x22, [x9, #16]
    stp  x23, x24, [x9, #32]
    stp  x25, x26, [x9, #48]
    stp  x27, x28, [x9, #64]
    stp  x29, x30, [x9, #80]
    stp  d8, d9, [x9, #96]
    stp  d10, d11, [x9, #112]
    stp  d12, d13, [x9, #128]
    stp  d14, d15, [x9, #144]
    mov  x10, sp
    mrs  x11, fpcr
    stp  x10, x11, [x9, #160]
    str  x1, [x9, #176]
    ldr  x10, [x0, #ST_SP]
    mov  sp, x10
    mov  x27, x2
    LOAD_STATE
    ldr  x30, [x0, #ST_X(30)]
    ldr  x0, [x0]
    br   x27

    .globl case_leave
    .hidden case_leave
case_leave:
    adrp x27, host_save
    add  x27, x27, :lo12:host_save
    ldr  x27, [x27, #176]
    stp  x0, x1, [x27]
    stp  x2, x3, [x27, #ST_X(2)]
    stp  x4, x5, [x27, #ST_X(4)]
    stp  x6, x7, [x27, #ST_X(6)]
    stp  x8, x9, [x27, #ST_X(8)]
    stp  x10, x11, [x27, #ST_X(10)]
    stp  x12, x13, [x27, #ST_X(12)]
    stp  x14, x15, [x27, #ST_X(14)]
    stp  x16, x17, [x27, #ST_X(16)]
    stp  x18, x19, [x27, #ST_X(18)]
    stp  x20, x21, [x27, #ST_X(20)]
    stp  x22, x23, [x27, #ST_X(22)]
    stp  x24, x25, [x27, #ST_X(24)]
    str  x26, [x27, #ST_X(26)]
    str  xzr, [x27, #ST_X(27)]
    stp  x28, x29, [x27, #ST_X(28)]
    str  x30, [x27, #ST_X(30)]
    mov  x0, sp
    mrs  x1, nzcv
    mrs  x2, fpcr
    mrs  x3, fpsr
    str  x0, [x27, #ST_SP]
    str  x1, [x27, #ST_NZCV]
    str  x2, [x27, #ST_FPCR]
    str  x3, [x27, #ST_FPSR]
    stp  q0, q1, [x27, #ST_V(0)]
    stp  q2, q3, [x27, #ST_V(2)]
    stp  q4, q5, [x27, #ST_V(4)]
    stp  q6, q7, [x27, #ST_V(6)]
    stp  q8, q9, [x27, #ST_V(8)]
    stp  q10, q11, [x27, #ST_V(10)]
    stp  q12, q13, [x27, #ST_V(12)]
    stp  q14, q15, [x27, #ST_V(14)]
    stp  q16, q17, [x27, #ST_V(16)]
    stp  q18, q19, [x27, #ST_V(18)]
    stp  q20, q21, [x27, #ST_V(20)]
    stp  q22, q23, [x27, #ST_V(22)]
    stp  q24, q25, [x27, #ST_V(24)]
    stp  q26, q27, [x27, #ST_V(26)]
    stp  q28, q29, [x27, #ST_V(28)]
    stp  q30, q31, [x27, #ST_V(30)]
    mov  w0, #0
    b    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    mov  w0, #1
leave:
    adrp x9, host_save
    add  x9, x9, :lo12:host_save
    ldp  x10, x11, [x9, #160]
    mov  sp, x10
    msr  fpcr, x11
    ldp  x19, x20, [x9]
    ldp  x21, x22, [x9, #16]
    ldp  x23, x24, [x9, #32]
    ldp  x25, x26, [x9, #48]
    ldp  x27, x28, [x9, #64]
    ldp  x29, x30, [x9, #80]
    ldp  d8, d9, [x9, #96]
    ldp  d10, d11, [x9, #112]
    ldp  d12, d13, [x9, #128]
    ldp  d14, d15, [x9, #144]
    ret

    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    mov  x0, sp
    stp  x29, x30, [sp, #-16]!
    bl   everypc_adversary
    ldp  x29, x30, [sp], #16
    adrp x0, everypc_garbage
    add  x0, x0, :lo12:everypc_garbage
    ldr  x27, [x0, #ST_X(27)]
    sub  x1, sp, #512
1:  stp  x27, x27, [x1], #16
    mov  x2, sp
    cmp  x1, x2
    b.ne 1b
    LOAD_STATE
    ldr  x0, [x0]
    ret

    .globl spin_until_signal, spin_here, spin_done
    .type spin_until_signal, %function
    .hidden spin_here, spin_done
spin_until_signal:
spin_here:
    b    .
spin_done:
    ret

    .bss
    .balign 16
host_save:
    .skip 192

    .section .note.GNU-stack,"",%progbits
