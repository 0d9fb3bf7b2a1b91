/* arm64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. What the CPU has is asked of ID_AA64PFR0_EL1,
 * which Linux lets user code read (HWCAP_CPUID). */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

    .arch armv8.4-a+sve
#define ALL16 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
#define ALL32 ALL16, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31

/* 0 if the CPU has none. */
    .macro HAS_SVE x
    mrs  \x, id_aa64pfr0_el1
    ubfx \x, \x, #32, #4
    .endm
    .macro HAS_DIT x
    mrs  \x, id_aa64pfr0_el1
    ubfx \x, \x, #48, #4
    .endm

/* Loads every register but sp, x0, x27, x30 and tpidr_el0 from the state at x0. */
    .macro LOAD_STATE
    HAS_SVE x1
    cbz  x1, 1001f
    add  x2, x0, #ST_FFR
    ldr  p0, [x2]
    wrffr p0.b
    add  x2, x0, #ST_P(0)
    .irp n, ALL16
    ldr  p\n, [x2]
    add  x2, x2, #SLOT / 8
    .endr
    add  x2, x0, #ST_Z(0)
    .irp n, ALL32
    ldr  z\n, [x2]
    add  x2, x2, #SLOT
    .endr
    b    1002f
1001:
    .irp n, ALL32
    ldr  q\n, [x0, #ST_Z(\n)]
    .endr
1002:
    HAS_DIT x1
    cbz  x1, 1003f
    ldr  x1, [x0, #ST_DIT]
    msr  dit, x1
1003:
    ldr  x1, [x0, #ST_NZCV]
    ldr  x2, [x0, #ST_FPCR]
    ldr  x3, [x0, #ST_FPSR]
    msr  nzcv, x1
    msr  fpcr, x2
    msr  fpsr, x3
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
    ldp  x2, x3, [x0, #ST_X(2)]
    ldr  x1, [x0, #ST_X(1)]
    .endm

/* Stores every register but x27 to the state at x27. Changes x0 to x3, p0 and the flags. */
    .macro STORE_STATE
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
    HAS_DIT x0
    mov  x1, #0
    cbz  x0, 1011f
    mrs  x1, dit
1011:
    mrs  x2, tpidr_el0
    stp  x1, x2, [x27, #ST_DIT]
    HAS_SVE x0
    cbz  x0, 1012f
    rdvl x0, #1
1012:
    cmp  x0, #SLOT
    b.eq 1014f
    add  x1, x27, #ST_Z(0) /* zeros behind shorter vectors */
    add  x2, x27, #STATE_SIZE
1013:
    stp  xzr, xzr, [x1], #16
    cmp  x1, x2
    b.ne 1013b
    cbz  x0, 1015f
1014:
    add  x1, x27, #ST_Z(0)
    .irp n, ALL32
    str  z\n, [x1]
    add  x1, x1, #SLOT
    .endr
    .irp n, ALL16
    str  p\n, [x1]
    add  x1, x1, #SLOT / 8
    .endr
    rdffr p0.b
    str  p0, [x1]
    b    1016f
1015:
    .irp n, ALL32
    str  q\n, [x27, #ST_Z(\n)]
    .endr
1016:
    .endm

    .text
    .balign 16
/* Before main. */
set_vector_length:
    mov  x0, #50 /* PR_SVE_SET_VL; EINVAL without SVE */
    mov  x1, #SLOT
    mov  x8, #167 /* prctl */
    svc  #0
    ret
    .section .init_array,"aw"
    .balign 8
    .8byte set_vector_length

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
    mrs  x10, tpidr_el0
    stp  x1, x10, [x9, #176]
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
    STORE_STATE
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
    ldr  x10, [x9, #184]
    msr  tpidr_el0, x10
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
    mov  x27, x30               /* which the stub loses anyway: every other register gets garbage */
    /* the caller's: Go's frames keep FP there, and its callees leave that word alone */
    ldr  x26, [sp, #-8]
    mov  x0, sp
    sub  sp, sp, #16
    bl   everypc_adversary
    add  sp, sp, #16
    sub  x1, sp, #ADVERSARY_REFILL
    mov  x2, sp
1:  ldp  x3, x4, [x0], #16
    stp  x3, x4, [x1], #16
    cmp  x1, x2
    b.ne 1b
    str  x26, [sp, #-8]
    adrp x0, everypc_garbage
    add  x0, x0, :lo12:everypc_garbage
    LOAD_STATE
    ldr  x30, [x0, #ST_X(30)]
    ldr  x0, [x0]
    br   x27

    .globl snapshot
    .hidden snapshot
snapshot:
    adrp x27, everypc_snapshot
    add  x27, x27, :lo12:everypc_snapshot
    STORE_STATE
    mov  x0, x27
    LOAD_STATE
    adrp x27, everypc_behind_snapshot
    ldr  x27, [x27, :lo12:everypc_behind_snapshot]
    ldr  x0, [x0]
    br   x27

    CARELESS_STUB "bl async_preempt2", "b case_leave"

    SPIN_FUNCTION "b .", "ret"

    .bss
    .balign 16
host_save:
    .skip 192

    BEHIND_SNAPSHOT 8
