/* amd64: the injected call. Entered with the resume PC at [SP] (push_call.c); changes nothing at all. Go 1.19
 * saves neither x87, MXCSR nor what is wider than XMM; this saves all that XCR0 has, up to ZMM and opmask. */

#define XSAVE_MASK_AT xsave_mask(%rip)
#include "x86/common/probe/xsave.inc"

    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    pushfq                              /* before any arithmetic */
    pushq %rbp
    pushq %rax
    pushq %rcx
    pushq %rdx
    pushq %rbx
    pushq %rsi
    pushq %rdi
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq  %rsp, %rbx
    subq  $XSAVE_AREA + 8, %rsp
    andq  $-64, %rsp
    movq  %rbx, XSAVE_AREA(%rsp)        /* no register survives the call but rsp */
    cld
    cmpl  $0, XSAVE_MASK_AT
    je    detect
detected:
    xorl  %edx, %edx
    movl  XSAVE_MASK_AT, %eax
    cmpl  $NO_XSAVE, %eax
    je    1f
    /* of the header; XRSTOR does not look at the rest (SDM vol. 1, 13.8.1) */
    .irp  n,0,8,16
    movq  %rdx, 512 + \n(%rsp)
    .endr
    xsave64 (%rsp)
    jmp   2f
1:  fxsave64 (%rsp)
2:  call  async_preempt2
    xorl  %edx, %edx
    movl  XSAVE_MASK_AT, %eax
    cmpl  $NO_XSAVE, %eax
    je    3f
    xrstor64 (%rsp)
    jmp   4f
3:  fxrstor64 (%rsp)
4:  movq  XSAVE_AREA(%rsp), %rsp
    popq  %r15
    popq  %r14
    popq  %r13
    popq  %r12
    popq  %r11
    popq  %r10
    popq  %r9
    popq  %r8
    popq  %rdi
    popq  %rsi
    popq  %rbx
    popq  %rdx
    popq  %rcx
    popq  %rax
    popq  %rbp
    popfq                               /* after the last arithmetic */
    ret

/* Once: what there is to save. */
detect:
    DETECT_XSAVE detected
async_preempt_end:

    .bss
    .balign 4
xsave_mask:
    .skip 4

    .section .note.GNU-stack,"",@progbits
