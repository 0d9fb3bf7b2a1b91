/* 386: the injected call. Entered with the resume PC at [SP] (push_call.c); changes nothing at all. Go 1.19
 * saves neither x87, MXCSR nor what is wider than XMM; this saves all that XCR0 has, up to ZMM and opmask. */

#define XSAVE_MASK_AT xsave_mask
#include "x86/common/probe/xsave.inc"

    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    pushfl                              /* before any arithmetic */
    pushl %eax
    pushl %ecx
    pushl %edx
    pushl %ebx
    pushl %ebp
    pushl %esi
    pushl %edi
    movl  %esp, %ebx
    subl  $XSAVE_AREA + 4, %esp
    andl  $-64, %esp
    movl  %ebx, XSAVE_AREA(%esp)        /* no register survives the call but esp */
    cld
    cmpl  $0, XSAVE_MASK_AT
    je    detect
detected:
    xorl  %edx, %edx
    movl  XSAVE_MASK_AT, %eax
    cmpl  $NO_XSAVE, %eax
    je    1f
    /* of the header; XRSTOR does not look at the rest (SDM vol. 1, 13.8.1) */
    .irp  n,0,4,8,12,16,20
    movl  %edx, 512 + \n(%esp)
    .endr
    xsave (%esp)
    jmp   2f
1:  fxsave (%esp)
2:  call  async_preempt2
    xorl  %edx, %edx
    movl  XSAVE_MASK_AT, %eax
    cmpl  $NO_XSAVE, %eax
    je    3f
    xrstor (%esp)
    jmp   4f
3:  fxrstor (%esp)
4:  movl  XSAVE_AREA(%esp), %esp
    popl  %edi
    popl  %esi
    popl  %ebp
    popl  %ebx
    popl  %edx
    popl  %ecx
    popl  %eax
    popfl                               /* after the last arithmetic */
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
