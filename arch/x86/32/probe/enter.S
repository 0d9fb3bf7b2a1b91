/* 386: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"
#include "tls.inc"

#define FX(n)    fx_image + (n)
#define HAVE_AVX have_avx
#define EACH_Y   .irp n,0,1,2,3,4,5,6,7
#include "x86/common/probe/enter.inc"

/* Loads every register but esp and, last, eax from the state at eax. Uses the stack, before the flags are
 * set. */
    .macro LOAD_STATE
    LOAD_FP %eax
    pushl ST_FLAGS(%eax)
    popfl
    movl  ST_EBX(%eax), %ebx
    movl  ST_ECX(%eax), %ecx
    movl  ST_EDX(%eax), %edx
    movl  ST_ESI(%eax), %esi
    movl  ST_EDI(%eax), %edi
    movl  ST_EBP(%eax), %ebp
    .endm

/* Stores every register to the state whose address `address`, an instruction, puts in eax. The stack is the
 * host's then. */
    .macro STORE_STATE address:vararg
    movl  %eax, leave_eax
    movl  %esp, leave_esp
    movl  host_esp, %esp            /* below it is free: nothing of the case lies there */
    pushfl
    \address
    movl  %ebx, ST_EBX(%eax)
    movl  %ecx, ST_ECX(%eax)
    movl  %edx, ST_EDX(%eax)
    movl  %esi, ST_ESI(%eax)
    movl  %edi, ST_EDI(%eax)
    movl  %ebp, ST_EBP(%eax)
    movl  leave_eax, %ecx
    movl  %ecx, ST_EAX(%eax)
    movl  leave_esp, %ecx
    movl  %ecx, ST_ESP(%eax)
    popl  ST_FLAGS(%eax)
    TLS_BASE                        /* to ecx */
    movl  %ecx, ST_GS(%eax)
    STORE_FP %eax
    .endm

    .text
    .balign 16
    .globl enter_case
    .type enter_case, @function
enter_case:
    movl  %ebx, host_ebx
    movl  %ebp, host_ebp
    movl  %esi, host_esi
    movl  %edi, host_edi
    movl  %esp, host_esp
    stmxcsr host_mxcsr
    fnstcw host_fcw
    movl  8(%esp), %eax
    movl  %eax, out_state
    movl  12(%esp), %eax
    movl  %eax, entry
    DETECT_AVX
    movl  4(%esp), %eax
    LOAD_STATE
    movl  ST_ESP(%eax), %esp
    movl  ST_EAX(%eax), %eax
    jmp   *entry

    .globl case_leave
    .hidden case_leave
case_leave:
    STORE_STATE movl  out_state, %eax
    xorl  %eax, %eax
    jmp   back

    .globl case_abort
    .hidden case_abort
case_abort:
    movl  $1, %eax
back:
    movl  host_esp, %esp
    C_FP  host_fcw, host_mxcsr
    movl  host_ebx, %ebx
    movl  host_ebp, %ebp
    movl  host_esi, %esi
    movl  host_edi, %edi
    ret

    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    movl  %esp, %ebx
    stmxcsr everypc_at_call + ST_MXCSR
    fnstcw everypc_at_call + ST_FCW
    leal  4(%ebx), %edx
    andl  $-16, %esp
    pushfl
    popl  everypc_at_call + ST_FLAGS
    cld
    subl  $16, %esp
    movl  %edx, (%esp)
    call  everypc_adversary
    movl  %ebx, %esp
    popl  stub_return
    movl  %eax, %esi
    leal  -ADVERSARY_REFILL(%esp), %edi
    movl  $ADVERSARY_REFILL / 4, %ecx
    rep   movsl
    movl  %esp, stub_esp
    movl  host_esp, %esp      /* below the stub's nothing may be written any more */
    movl  $everypc_garbage, %eax
    LOAD_STATE
    movl  stub_esp, %esp
    movl  ST_EAX(%eax), %eax
    jmp   *stub_return

    .globl snapshot
    .hidden snapshot
snapshot:
    STORE_STATE movl  $everypc_snapshot, %eax
    LOAD_STATE
    movl  ST_ESP(%eax), %esp
    movl  ST_EAX(%eax), %eax
    jmp   *everypc_behind_snapshot

    CARELESS_STUB "call async_preempt2", "jmp case_leave"

    SPIN_FUNCTION "jmp .", "ret"

    .bss
    .balign 16
fx_image:    .skip 512
host_ebx:    .skip 4
host_ebp:    .skip 4
host_esi:    .skip 4
host_edi:    .skip 4
host_esp:    .skip 4
host_mxcsr:  .skip 4
host_fcw:    .skip 4
out_state:   .skip 4
entry:       .skip 4
leave_eax:   .skip 4
leave_esp:   .skip 4
stub_return: .skip 4
stub_esp:    .skip 4
have_avx:    .skip 4

    BEHIND_SNAPSHOT 4
