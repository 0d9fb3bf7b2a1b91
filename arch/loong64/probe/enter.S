/* loong64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

/* Runs `insn` of each floating-point register, as a vector, and its place in a state. */
    .macro EACH_F insn, base
    .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn $xr\n, \base, ST_F(\n)
    .endr
    .endm

/* The same for the general registers but r1, r2, sp, r4 and r30. */
    .macro EACH_R insn, base
    .irp n,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,31
    \insn $r\n, \base, ST_R(\n)
    .endr
    .endm

/* Loads every register but r2, sp, r4 and r30 from the state at r4. */
    .macro LOAD_STATE
    ld.d $r1, $r4, ST_FCSR
    movgr2fcsr $fcsr0, $r1
    .irp n,0,1,2,3,4,5,6,7
    ld.d $r1, $r4, ST_FCC(\n)
    movgr2cf $fcc\n, $r1
    .endr
    EACH_F xvld, $r4
    EACH_R ld.d, $r4
    ld.d $r1, $r4, ST_R(1)
    .endm

/* Stores every register but r30 to the state at r30. Changes r1. */
    .macro STORE_STATE
    EACH_R st.d, $r30
    EACH_F xvst, $r30
    st.d $r1, $r30, ST_R(1)
    st.d $r2, $r30, ST_R(2)
    st.d $sp, $r30, ST_SP
    st.d $r4, $r30, ST_R(4)
    st.d $r0, $r30, ST_R(30)
    movfcsr2gr $r1, $fcsr0
    st.d $r1, $r30, ST_FCSR
    .irp n,0,1,2,3,4,5,6,7
    movcf2gr $r1, $fcc\n
    st.d $r1, $r30, ST_FCC(\n)
    .endr
    .endm

/* What the C caller wants back. */
    .macro EACH_SAVED rinsn, finsn, base
    .irp n,1,3,21,22,23,24,25,26,27,28,29,31
    \rinsn $r\n, \base, 8 * \n
    .endr
    .irp n,24,25,26,27,28,29,30,31
    \finsn $f\n, \base, 256 + 8 * \n
    .endr
    .endm

#define SAVED_FCSR 512
#define SAVED_OUT  520
#define SAVED_R30  528

    .text
    .balign 16
    .globl enter_case
    .type enter_case, %function
enter_case:
    la.local $r12, host_save
    EACH_SAVED st.d, fst.d, $r12
    st.d $r30, $r12, SAVED_R30
    movfcsr2gr $r13, $fcsr0
    st.d $r13, $r12, SAVED_FCSR
    st.d $r5, $r12, SAVED_OUT
    move $r30, $r6
    LOAD_STATE
    ld.d $sp, $r4, ST_SP
    ld.d $r4, $r4, ST_R(4)
    jr   $r30

    .globl case_leave
    .hidden case_leave
case_leave:
    la.local $r30, host_save
    ld.d $r30, $r30, SAVED_OUT
    STORE_STATE
    move $r4, $r0
    b    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    ori  $r4, $r0, 1
leave:
    la.local $r30, host_save
    ld.d $r5, $r30, SAVED_FCSR
    movgr2fcsr $fcsr0, $r5
    EACH_SAVED ld.d, fld.d, $r30
    ld.d $r30, $r30, SAVED_R30
    ret

/* The stub's SP may be a multiple of 8 only; C wants 16. */
    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    move $r23, $r1
    move $r24, $sp
    move $r4, $sp
    bstrins.d $sp, $r0, 3, 0
    bl   everypc_adversary
    move $sp, $r24
    addi.d $r12, $sp, -ADVERSARY_REFILL
1:  ld.d $r13, $r4, 0
    ld.d $r14, $r4, 8
    st.d $r13, $r12, 0
    st.d $r14, $r12, 8
    addi.d $r4, $r4, 16
    addi.d $r12, $r12, 16
    bne  $r12, $sp, 1b
    move $r30, $r23             /* which the stub loses anyway: every other register gets garbage */
    la.global $r4, everypc_garbage
    LOAD_STATE
    ld.d $r4, $r4, ST_R(4)
    jr   $r30

    .globl snapshot
    .hidden snapshot
snapshot:
    la.global $r30, everypc_snapshot
    STORE_STATE
    move $r4, $r30
    LOAD_STATE
    la.local $r30, everypc_behind_snapshot
    ld.d $r30, $r30, 0
    ld.d $r4, $r4, ST_R(4)
    jr   $r30

    CARELESS_STUB "bl async_preempt2", "b case_leave"

    SPIN_FUNCTION "b .", "ret"

    .bss
    .balign 16
host_save:
    .skip 544

    BEHIND_SNAPSHOT 8
