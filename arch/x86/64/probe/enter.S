/* amd64: into a case and out of it, with every register, and the adversary's garbage. Shares the register
 * list's offsets (regs.h) and nothing with the code under test. */
#include "common/probe/enter_tail.inc"
#include "common/probe/refill.h"
#include "regs.h"
#include "tls.inc"

#define FX(n)    fx_image + (n)(%rip)
#define HAVE_AVX have_avx(%rip)
#define EACH_Y   .irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15
#define EACH_Z   .irp n,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31 /* those that AVX-512 alone has */
#include "x86/common/probe/enter.inc"

/* Loads every register but rsp and, last, rax from the state at rax. Uses the stack, before the flags are
 * set. */
    .macro LOAD_STATE
    LOAD_FP %rax
    pushq ST_FLAGS(%rax)
    popfq
    movq  ST_RBX(%rax), %rbx
    movq  ST_RCX(%rax), %rcx
    movq  ST_RDX(%rax), %rdx
    movq  ST_RSI(%rax), %rsi
    movq  ST_RDI(%rax), %rdi
    movq  ST_RBP(%rax), %rbp
    .irp n,8,9,10,11,12,13,14,15
    movq  ST_R(\n)(%rax), %r\n
    .endr
    .endm

/* Stores every register to the state whose address `address`, an instruction, puts in rax. The stack is the
 * host's then. */
    .macro STORE_STATE address:vararg
    movq  %rax, leave_rax(%rip)
    movq  %rsp, leave_rsp(%rip)
    movq  host_rsp(%rip), %rsp      /* below it is free: nothing of the case lies there */
    pushfq
    \address
    movq  %rbx, ST_RBX(%rax)
    movq  %rcx, ST_RCX(%rax)
    movq  %rdx, ST_RDX(%rax)
    movq  %rsi, ST_RSI(%rax)
    movq  %rdi, ST_RDI(%rax)
    movq  %rbp, ST_RBP(%rax)
    .irp n,8,9,10,11,12,13,14,15
    movq  %r\n, ST_R(\n)(%rax)
    .endr
    movq  leave_rax(%rip), %rcx
    movq  %rcx, ST_RAX(%rax)
    movq  leave_rsp(%rip), %rcx
    movq  %rcx, ST_RSP(%rax)
    popq  ST_FLAGS(%rax)
    TLS_BASE                        /* to rcx */
    movq  %rcx, ST_FS(%rax)
    STORE_FP %rax
    .endm

    .text
    .balign 16
    .globl enter_case
    .type enter_case, @function
enter_case:
    movq  %rbx, host_rbx(%rip)
    movq  %rbp, host_rbp(%rip)
    movq  %rsp, host_rsp(%rip)
    movq  %r12, host_r12(%rip)
    movq  %r13, host_r13(%rip)
    movq  %r14, host_r14(%rip)
    movq  %r15, host_r15(%rip)
    stmxcsr host_mxcsr(%rip)
    fnstcw host_fcw(%rip)
    movq  %rsi, out_state(%rip)
    movq  %rdx, entry(%rip)
    DETECT_AVX
    movq  %rdi, %rax
    LOAD_STATE
    movq  ST_RSP(%rax), %rsp
    movq  ST_RAX(%rax), %rax
    jmp   *entry(%rip)

    .globl case_leave
    .hidden case_leave
case_leave:
    STORE_STATE movq  out_state(%rip), %rax
    xorl  %eax, %eax
    jmp   back

    .globl case_abort
    .hidden case_abort
case_abort:
    movl  $1, %eax
back:
    movq  host_rsp(%rip), %rsp
    C_FP  host_fcw(%rip), host_mxcsr(%rip)
    movq  host_rbx(%rip), %rbx
    movq  host_rbp(%rip), %rbp
    movq  host_r12(%rip), %r12
    movq  host_r13(%rip), %r13
    movq  host_r14(%rip), %r14
    movq  host_r15(%rip), %r15
    ret

    .globl async_preempt2
    .hidden async_preempt2
async_preempt2:
    movq  %rsp, %rbx
    andq  $-16, %rsp
    pushfq
    popq  ST_FLAGS + everypc_at_call(%rip)
    cld
    stmxcsr ST_MXCSR + everypc_at_call(%rip)
    fnstcw ST_FCW + everypc_at_call(%rip)
    leaq  8(%rbx), %rdi
    call  everypc_adversary
    movq  %rbx, %rsp
    popq  stub_return(%rip)
    movq  %rax, %rsi
    leaq  -ADVERSARY_REFILL(%rsp), %rdi
    movl  $ADVERSARY_REFILL / 8, %ecx
    rep   movsq
    movq  %rsp, stub_rsp(%rip)
    movq  host_rsp(%rip), %rsp      /* below the stub's nothing may be written any more */
    leaq  everypc_garbage(%rip), %rax
    LOAD_STATE
    movq  stub_rsp(%rip), %rsp
    movq  ST_RAX(%rax), %rax
    jmp   *stub_return(%rip)

    .globl snapshot
    .hidden snapshot
snapshot:
    STORE_STATE leaq  everypc_snapshot(%rip), %rax
    LOAD_STATE
    movq  ST_RSP(%rax), %rsp
    movq  ST_RAX(%rax), %rax
    jmp   *everypc_behind_snapshot(%rip)

    CARELESS_STUB "call async_preempt2", "jmp case_leave"

    SPIN_FUNCTION "jmp .", "ret"

    .bss
    .balign 16
fx_image:    .skip 512
host_rbx:    .skip 8
host_rbp:    .skip 8
host_rsp:    .skip 8
host_r12:    .skip 8
host_r13:    .skip 8
host_r14:    .skip 8
host_r15:    .skip 8
host_mxcsr:  .skip 4
host_fcw:    .skip 4
out_state:   .skip 8
entry:       .skip 8
leave_rax:   .skip 8
leave_rsp:   .skip 8
stub_return: .skip 8
stub_rsp:    .skip 8
have_avx:    .skip 8

    BEHIND_SNAPSHOT 8
