/* riscv64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

    .option norelax

/* Runs `insn` n,offset(base) for each floating-point register. */
    .macro EACH_F insn, base
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn f\n, ST_F(\n)(\base)
    .endr
    .endm

/* The same for the general registers but x1, sp, tp, x10 and x31. */
    .macro EACH_X insn, base
    .irp n,3,5,6,7,8,9,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    \insn x\n, ST_X(\n)(\base)
    .endr
    .endm

/* Loads every register but sp, tp, x10 and x31 from the state at x10. */
    .macro LOAD_STATE
    ld   x1, ST_FCSR(x10)
    fscsr x1
    EACH_F fld, x10
    EACH_X ld, x10
    ld   x1, ST_X(1)(x10)
    .endm

/* Stores every register but x31 to the state at x31. Changes x1. */
    .macro STORE_STATE
    EACH_X sd, x31
    EACH_F fsd, x31
    sd   x1, ST_X(1)(x31)
    sd   x2, ST_SP(x31)
    sd   x4, ST_X(4)(x31)
    sd   x10, ST_X(10)(x31)
    sd   x0, ST_X(31)(x31)
    frcsr x1
    sd   x1, ST_FCSR(x31)
    .endm

/* What the C caller wants back. */
    .macro EACH_SAVED xinsn, finsn, base
    .irp n,8,9,18,19,20,21,22,23,24,25,26,27
    \xinsn x\n, 8 * \n(\base)
    \finsn f\n, 256 + 8 * \n(\base)
    .endr
    \xinsn x1, 8(\base)
    \xinsn x2, 16(\base)
    \xinsn x3, 24(\base)
    .endm

#define SAVED_FCSR 512
#define SAVED_OUT  520

    .text
    .balign 16
    .globl enter_case
    .type enter_case, %function
enter_case:
    la   x31, host_save
    EACH_SAVED sd, fsd, x31
    frcsr x5
    sd   x5, SAVED_FCSR(x31)
    sd   x11, SAVED_OUT(x31)
    mv   x31, x12
    LOAD_STATE
    ld   x2, ST_SP(x10)
    ld   x10, ST_X(10)(x10)
    jr   x31

    .globl case_leave
    .hidden case_leave
case_leave:
    la   x31, host_save
    ld   x31, SAVED_OUT(x31)
    STORE_STATE
    li   x10, 0
    j    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    li   x10, 1
leave:
    la   x31, host_save
    ld   x5, SAVED_FCSR(x31)
    fscsr x5
    EACH_SAVED ld, fld, x31
    ret

/* The stub's SP may be a multiple of 8 only; C wants 16. */
    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    la   x10, everypc_at_call
    sd   x3, ST_X(3)(x10)
    mv   x8, x1
    mv   x9, sp
    mv   x10, sp
    andi sp, sp, -16
    call everypc_adversary
    mv   sp, x9
    addi x5, sp, -ADVERSARY_REFILL
1:  ld   x6, 0(x10)
    ld   x7, 8(x10)
    sd   x6, 0(x5)
    sd   x7, 8(x5)
    addi x10, x10, 16
    addi x5, x5, 16
    bne  x5, sp, 1b
    mv   x31, x8                /* which the stub loses anyway: every other register gets garbage */
    la   x10, everypc_garbage
    LOAD_STATE
    ld   x10, ST_X(10)(x10)
    jr   x31

    .globl snapshot
    .hidden snapshot
snapshot:
    la   x31, everypc_snapshot
    STORE_STATE
    mv   x10, x31
    LOAD_STATE
    la   x31, everypc_behind_snapshot
    ld   x31, 0(x31)
    ld   x10, ST_X(10)(x10)
    jr   x31

    CARELESS_STUB "call async_preempt2", "j case_leave"

    .option norvc
    SPIN_FUNCTION "j .", "ret"

    .bss
    .balign 16
host_save:
    .skip 528

    BEHIND_SNAPSHOT 8
