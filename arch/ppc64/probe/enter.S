/* ppc64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. Static code: addresses are absolute. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

#define TAR    815
#define VRSAVE 256

/* host_save: what C code keeps over a call */
/* r1, r2 and r14 to r31; LR in r0's place, CR in r3's, VRSAVE in r4's, FPSCR in r5's */
#define HOST_R(n)   (8 * (n))
#define HOST_OUT    HOST_R(6)
#define HOST_SCRATCH HOST_R(7)
#define HOST_VSCR   256
#define HOST_VS(n)  (272 + 16 * ((n) - 14)) /* vs14 to vs63 */
#define HOST_SIZE   (272 + 16 * 50)

/* A function that C calls by its name: through a descriptor in ELFv1. */
#if _CALL_ELF == 2
#define FUNCTION(name) .globl name; .type name, @function; name:
#else
#define FUNCTION(name) .section .opd, "aw"; .balign 8; .globl name; .type name, @function; \
    name: .quad .L##name, .TOC.@tocbase, 0; .previous; .L##name:
#endif

    .macro ADDRESS reg, symbol, offset=0
    lis  \reg, (\symbol + \offset)@ha
    addi \reg, \reg, (\symbol + \offset)@l
    .endm

/* Loads every register but r1, r3, r13 and CTR from the state at r3. */
    .macro LOAD_STATE
    li   %r4, ST_VSCR
    lxvd2x %vs32, %r3, %r4
    mtvscr %v0
    lfd  %f0, ST_FPSCR(%r3)
    mtfsf 255, %f0, 1, 0
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31, \
            32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r4, ST_VS(\n)
    lxvd2x %vs\n, %r3, %r4
    .endr
    ld   %r4, ST_LR(%r3)
    ld   %r5, ST_CR(%r3)
    ld   %r6, ST_XER(%r3)
    lwz  %r7, ST_VRSAVE(%r3)
    ld   %r8, ST_TAR(%r3)
    mtlr %r4
    mtcr %r5
    mtxer %r6
    mtspr VRSAVE, %r7
    mtspr TAR, %r8
    .irp n, 0,2,4,5,6,7,8,9,10,11,12,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld   %r\n, ST_R(\n)(%r3)
    .endr
    .endm

/* Stores every register but CTR to the state at r31, whose own value is in CTR. Changes r3 to r9, f0 and
 * v0. */
    .macro STORE_STATE
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30
    std  %r\n, ST_R(\n)(%r31)
    .endr
    mfctr %r3
    mflr %r4
    mfcr %r5
    mfxer %r6
    mfspr %r7, VRSAVE
    mfspr %r8, TAR
    li   %r9, 0
    std  %r3, ST_R(31)(%r31)
    std  %r4, ST_LR(%r31)
    std  %r5, ST_CR(%r31)
    std  %r6, ST_XER(%r31)
    stw  %r7, ST_VRSAVE(%r31)
    std  %r8, ST_TAR(%r31)
    std  %r9, ST_CTR(%r31)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31, \
            32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r4, ST_VS(\n)
    stxvd2x %vs\n, %r31, %r4
    .endr
    mffs %f0
    stfd %f0, ST_FPSCR(%r31)
    mfvscr %v0
    li   %r4, ST_VSCR
    stxvd2x %vs32, %r31, %r4
    .endm

    .machine power8
    .text
    .balign 16
FUNCTION(enter_case)
    ADDRESS %r9, host_save
    .irp n, 1,2,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    std  %r\n, HOST_R(\n)(%r9)
    .endr
    mflr %r10
    mfcr %r11
    mfspr %r12, VRSAVE
    std  %r10, HOST_R(0)(%r9)
    std  %r11, HOST_R(3)(%r9)
    std  %r12, HOST_R(4)(%r9)
    std  %r4, HOST_OUT(%r9)
    mffs %f0
    stfd %f0, HOST_R(5)(%r9)
    mfvscr %v0
    li   %r10, HOST_VSCR
    stxvd2x %vs32, %r9, %r10
    .irp n, 14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r10, HOST_VS(\n)
    stxvd2x %vs\n, %r9, %r10
    .endr
    li   %r10, HOST_SCRATCH
    stdcx. %r5, %r9, %r10       /* ends any reservation: each run begins without one */
    mtctr %r5
    ld   %r1, ST_R(1)(%r3)
    LOAD_STATE
    ld   %r3, ST_R(3)(%r3)
    bctr

/* CTR may be used: it keeps r31 until that can be stored. */
    .globl case_leave
    .hidden case_leave
case_leave:
    mtctr %r31
    lis  %r31, (host_save + HOST_OUT)@ha
    ld   %r31, (host_save + HOST_OUT)@l(%r31)
    STORE_STATE
    li   %r3, 0
    b    leave

    .globl case_abort
    .hidden case_abort
case_abort:
    li   %r3, 1
leave:
    ADDRESS %r9, host_save
    li   %r10, HOST_VSCR
    lxvd2x %vs32, %r9, %r10
    mtvscr %v0
    lfd  %f0, HOST_R(5)(%r9)
    mtfsf 255, %f0, 1, 0
    .irp n, 14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,52,53,54,55,56,57,58,59,60,61,62,63
    li   %r10, HOST_VS(\n)
    lxvd2x %vs\n, %r9, %r10
    .endr
    ld   %r10, HOST_R(0)(%r9)
    ld   %r11, HOST_R(3)(%r9)
    ld   %r12, HOST_R(4)(%r9)
    mtlr %r10
    mtcr %r11
    mtspr VRSAVE, %r12
    .irp n, 1,2,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld   %r\n, HOST_R(\n)(%r9)
    .endr
    blr

/* Nothing of the caller's has to be kept but SP, the thread pointer and the way back; that goes through
 * CTR. */
    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    mflr %r31
    ADDRESS %r3, everypc_at_call
    std  %r2, ST_R(2)(%r3)
    mr   %r3, %r1
    lis  %r2, (host_save + HOST_R(2))@ha
    ld   %r2, (host_save + HOST_R(2))@l(%r2) /* the TOC of C code */
    stdu %r1, -128(%r1)
    bl   everypc_adversary
    nop
    addi %r1, %r1, 128
    mtctr %r31
    addi %r5, %r1, -ADVERSARY_REFILL
    stdcx. %r4, 0, %r5          /* ends a reservation, as a switch to another thread would */
1:  ld   %r6, 0(%r3)
    ld   %r7, 8(%r3)
    std  %r6, 0(%r5)
    std  %r7, 8(%r5)
    addi %r3, %r3, 16
    addi %r5, %r5, 16
    cmpld %r5, %r1
    bne  1b
    ADDRESS %r3, everypc_garbage
    LOAD_STATE
    ld   %r3, ST_R(3)(%r3)
    bctr

    .globl snapshot
    .hidden snapshot
snapshot:
    mtctr %r31
    ADDRESS %r31, everypc_snapshot
    STORE_STATE
    mr   %r3, %r31
    lis  %r4, everypc_behind_snapshot@ha
    ld   %r4, everypc_behind_snapshot@l(%r4)
    mtctr %r4
    LOAD_STATE
    ld   %r3, ST_R(3)(%r3)
    bctr

    CARELESS_STUB "bl async_preempt2", "b case_leave"

    .globl spin_here, spin_done
    .hidden spin_here, spin_done
FUNCTION(spin_until_signal)
spin_here:
    b    .
spin_done:
    blr

    .bss
    .balign 16
host_save:
    .skip HOST_SIZE

    BEHIND_SNAPSHOT 8
