/* s390x: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

#define HOST_R6   0   /* r6 to r15 */
#define HOST_F8   80  /* f8 to f15 */
#define HOST_FPC  144
#define HOST_OUT  152

/* Loads every register but r10, r14, r15, a0 and a1 from the state at \base. The order matters: nothing
 * behind SPM writes cc, and \base comes last. */
    .macro LOAD_STATE base, low, high
    lam  %a2, %a15, ST_A(2)(%r\base)
    lfpc ST_FPC(%r\base)
    vlm  %v0, %v15, ST_V(0)(%r\base)
    vlm  %v16, %v31, ST_V(16)(%r\base)
    l    %r0, ST_CC(%r\base)
    spm  %r0
    lmg  %r0, %r\low, 0(%r\base)
    lmg  %r\high, %r9, ST_R(\high)(%r\base)
    lmg  %r11, %r13, ST_R(11)(%r\base)
    .endm

/* Stores every register but r10 to the state at r10. Changes r0. */
    .macro STORE_STATE
    stmg %r0, %r15, 0(%r10)
    lghi %r0, 0
    stg  %r0, ST_R(10)(%r10)
    ipm  %r0
    st   %r0, ST_CC(%r10)
    stfpc ST_FPC(%r10)
    stam %a0, %a15, ST_A(0)(%r10)
    vstm %v0, %v15, ST_V(0)(%r10)
    vstm %v16, %v31, ST_V(16)(%r10)
    .endm

    .machine "z13"
    .text
    .balign 16
    .globl enter_case
    .type enter_case, %function
enter_case:
    larl %r1, host_save
    stmg %r6, %r15, HOST_R6(%r1)
    std  %f8, HOST_F8(%r1)
    std  %f9, HOST_F8 + 8(%r1)
    std  %f10, HOST_F8 + 16(%r1)
    std  %f11, HOST_F8 + 24(%r1)
    std  %f12, HOST_F8 + 32(%r1)
    std  %f13, HOST_F8 + 40(%r1)
    std  %f14, HOST_F8 + 48(%r1)
    std  %f15, HOST_F8 + 56(%r1)
    stfpc HOST_FPC(%r1)
    stg  %r3, HOST_OUT(%r1)
    lgr  %r10, %r4
    LOAD_STATE 2, 1, 3
    lmg  %r14, %r15, ST_R(14)(%r2)
    lg   %r2, ST_R(2)(%r2)
    br   %r10

    .globl case_leave
    .hidden case_leave
case_leave:
    larl %r10, host_save
    lg   %r10, HOST_OUT(%r10)
    STORE_STATE
    lghi %r2, 0
    j    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    lghi %r2, 1
leave:
    larl %r1, host_save
    lfpc HOST_FPC(%r1)
    ld   %f8, HOST_F8(%r1)
    ld   %f9, HOST_F8 + 8(%r1)
    ld   %f10, HOST_F8 + 16(%r1)
    ld   %f11, HOST_F8 + 24(%r1)
    ld   %f12, HOST_F8 + 32(%r1)
    ld   %f13, HOST_F8 + 40(%r1)
    ld   %f14, HOST_F8 + 48(%r1)
    ld   %f15, HOST_F8 + 56(%r1)
    lmg  %r6, %r15, HOST_R6(%r1)
    br   %r14

    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    lgr  %r10, %r14                  /* which the stub loses anyway: every other register gets garbage */
    lgr  %r2, %r15
    lay  %r15, -160(%r15)            /* the callee's save area (ELF ABI) */
    brasl %r14, everypc_adversary
    la   %r15, 160(%r15)
    lay  %r1, -ADVERSARY_REFILL(%r15)
    .irp n, 0,256,512,768
    mvc  \n(256, %r1), \n(%r2)
    .endr
    larl %r1, everypc_garbage
    LOAD_STATE 1, 0, 2
    lg   %r14, ST_R(14)(%r1)
    lg   %r1, ST_R(1)(%r1)
    br   %r10

    .globl snapshot
    .hidden snapshot
snapshot:
    larl %r10, everypc_snapshot
    STORE_STATE
    lgr  %r2, %r10
    LOAD_STATE 2, 1, 3
    lgrl %r10, everypc_behind_snapshot
    lg   %r2, ST_R(2)(%r2)
    br   %r10

    CARELESS_STUB "brasl %r14, async_preempt2", "j case_leave"

    SPIN_FUNCTION "j .", "br %r14"

    .bss
    .balign 16
host_save:
    .skip 160
    .if ADVERSARY_REFILL != 1024
    .error "async_preempt2 moves 1024 bytes"
    .endif

    BEHIND_SNAPSHOT 8
