/* mips: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"

    .set noreorder
    .set noat
    .set oddspreg
    .option pic0

#ifdef __mips64
#define PUT  sd
#define GET  ld
#define FPUT sdc1
#define FGET ldc1
#define PADDI daddiu
#else
#define PUT  sw
#define GET  lw
#define FPUT swc1
#define FGET lwc1
#define PADDI addiu
#endif

/* host_save: words that enter_case keeps for the way back. */
#define HS(k)    (ST_WORD * (k))
#define HS_OUT   HS(12)
#define HS_FCR31 HS(13)
#define HS_LINK  HS(14) /* a word to end a load-linked with */
#define HS_F     HS(16)
#define HS_SIZE  HS(32)

    .macro ADDRESS reg, symbol
    lui  \reg, %hi(\symbol)
    PADDI \reg, \reg, %lo(\symbol)
    .endm

    .macro EACH_F insn, at
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \insn $f\n, ST_F(\n)(\at)
    .endr
    .endm

/* Those that neither address the state nor the code: all but r4, r23, r29 and r31. */
    .macro EACH_R insn, at
    .irp n, 1,2,3,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,24,25,28,30
    \insn $\n, ST_R(\n)(\at)
    .endr
    .endm

/* No load-linked of earlier code makes a store-conditional of the case succeed. */
    .macro END_LINK at, scratch
    ll   \scratch, HS_LINK(\at)
    sc   \scratch, HS_LINK(\at)
    .endm

/* Loads every register but r4, r23, r29 and r31 from the state at r4. */
    .macro LOAD_STATE
    lw   $8, ST_FCR31($4)
    GET  $9, ST_HI($4)
    GET  $10, ST_LO($4)
    ctc1 $8, $31
    mthi $9
    mtlo $10
    EACH_F FGET, $4
    EACH_R GET, $4
    .endm

/* Stores every register but r23 to the state at r23. Changes r8 to r10. */
    .macro STORE_STATE
    EACH_R PUT, $23
    PUT  $4, ST_R(4)($23)
    PUT  $0, ST_R(23)($23)
    PUT  $29, ST_R(29)($23)
    PUT  $31, ST_R(31)($23)
    mfhi $8
    mflo $9
    cfc1 $10, $31
    PUT  $8, ST_HI($23)
    PUT  $9, ST_LO($23)
    sw   $10, ST_FCR31($23)
    EACH_F FPUT, $23
    .endm

    .text
    .balign 16
    .globl enter_case
    .type enter_case, %function
enter_case:
    ADDRESS $8, host_save
    PUT  $16, HS(0)($8)
    PUT  $17, HS(1)($8)
    PUT  $18, HS(2)($8)
    PUT  $19, HS(3)($8)
    PUT  $20, HS(4)($8)
    PUT  $21, HS(5)($8)
    PUT  $22, HS(6)($8)
    PUT  $23, HS(7)($8)
    PUT  $28, HS(8)($8)
    PUT  $29, HS(9)($8)
    PUT  $30, HS(10)($8)
    PUT  $31, HS(11)($8)
    PUT  $5, HS_OUT($8)
    cfc1 $9, $31
    sw   $9, HS_FCR31($8)
    .irp n, 20,21,22,23,24,25,26,27,28,29,30,31
    FPUT $f\n, HS_F + HS(\n - 20)($8)
    .endr
    END_LINK $8, $9
    move $23, $6
    LOAD_STATE
    GET  $29, ST_R(29)($4)
    GET  $31, ST_R(31)($4)
    jr   $23
    GET  $4, ST_R(4)($4)

    .globl case_leave
    .hidden case_leave
case_leave:
    lui  $23, %hi(host_save + HS_OUT)
    GET  $23, %lo(host_save + HS_OUT)($23)
    STORE_STATE
    b    leave
    move $2, $0

    .globl case_abort
    .hidden case_abort
case_abort:
    li   $2, 1
leave:
    ADDRESS $8, host_save
    lw   $9, HS_FCR31($8)
    ctc1 $9, $31
    .irp n, 20,21,22,23,24,25,26,27,28,29,30,31
    FGET $f\n, HS_F + HS(\n - 20)($8)
    .endr
    GET  $16, HS(0)($8)
    GET  $17, HS(1)($8)
    GET  $18, HS(2)($8)
    GET  $19, HS(3)($8)
    GET  $20, HS(4)($8)
    GET  $21, HS(5)($8)
    GET  $22, HS(6)($8)
    GET  $23, HS(7)($8)
    GET  $28, HS(8)($8)
    GET  $29, HS(9)($8)
    GET  $30, HS(10)($8)
    GET  $31, HS(11)($8)
    jr   $31
    nop

/* The stack of a case is aligned to a word only, that of a C function to 16 bytes, with 16 for its arguments
 * (o32); C code finds its own address in r25. */
    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    move $23, $31               /* which the stub loses anyway: every other register gets garbage */
    move $16, $29
    li   $8, -16
    and  $29, $29, $8
    PADDI $29, $29, -32
    ADDRESS $25, everypc_adversary
    jalr $25
    move $4, $16
    move $29, $16
    ADDRESS $4, host_save
    END_LINK $4, $8
    PADDI $8, $29, -ADVERSARY_REFILL
1:  GET  $9, 0($2)
    GET  $10, ST_WORD($2)
    PUT  $9, 0($8)
    PUT  $10, ST_WORD($8)
    PADDI $8, $8, 2 * ST_WORD
    bne  $8, $29, 1b
    PADDI $2, $2, 2 * ST_WORD
    ADDRESS $4, everypc_garbage
    LOAD_STATE
    GET  $31, ST_R(31)($4)
    jr   $23
    GET  $4, ST_R(4)($4)

    .globl snapshot
    .hidden snapshot
snapshot:
    ADDRESS $23, everypc_snapshot
    STORE_STATE
    move $4, $23
    LOAD_STATE
    lui  $23, %hi(everypc_behind_snapshot)
    GET  $23, %lo(everypc_behind_snapshot)($23)
    jr   $23
    GET  $4, ST_R(4)($4)

    CARELESS_STUB "jal async_preempt2; nop", "j case_leave; nop"

    SPIN_FUNCTION "b .; nop", "jr $31; nop"

    .bss
    .balign 16
host_save:
    .skip HS_SIZE

    BEHIND_SNAPSHOT ST_WORD
