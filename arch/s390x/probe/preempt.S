/* s390x: the injected call. Entered with the old LR at 0(r15) and the resume PC in LR (push_call.c); the
 * return goes through r10, which is lost. Go 1.19 saves neither FPC, the access registers, r13 nor vectors
 * beyond f0 to f15; this does. cc is taken before anything can write it. Go pops its frame with an addition,
 * which writes cc, and so reads cc and PC below SP afterwards; LA writes no cc, and nothing is ever read or
 * written below SP here. */

#define SAVE_PC   0
#define SAVE_FPC  12
#define SAVE_A2   16                 /* a2 to a15 */
#define SAVE_R0   72                 /* r0 to r13 */
#define SAVE_V    (SAVE_R0 + 14 * 8) /* v0 to v31 */
#define FRAME     (SAVE_V + 32 * 16) /* 696 */

    .machine "z13"
    .text
    .balign 16
    .globl async_preempt, async_preempt_end
    .hidden async_preempt, async_preempt_end
async_preempt:
    ipm  %r10
    lay  %r15, -FRAME(%r15)
    stg  %r14, SAVE_PC(%r15)
    stfpc SAVE_FPC(%r15)
    stam %a2, %a15, SAVE_A2(%r15)
    stmg %r0, %r13, SAVE_R0(%r15)
    vstm %v0, %v15, SAVE_V(%r15)
    vstm %v16, %v31, SAVE_V + 256(%r15)
    brasl %r14, async_preempt2
    vlm  %v16, %v31, SAVE_V + 256(%r15)
    vlm  %v0, %v15, SAVE_V(%r15)
    lmg  %r0, %r13, SAVE_R0(%r15)
    lam  %a2, %a15, SAVE_A2(%r15)
    lfpc SAVE_FPC(%r15)
    spm  %r10                        /* cc, and the program mask that IPM took with it: LMG brought it back */
    lg   %r14, FRAME(%r15)           /* the interrupted LR, from push_call */
    lg   %r10, SAVE_PC(%r15)
    la   %r15, FRAME + 8(%r15)
    br   %r10
async_preempt_end:

    .section .note.GNU-stack,"",%progbits
