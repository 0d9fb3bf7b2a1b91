/* arm64: what a trap does (probe/regs.h), where FP registers are, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* PSTATE: the flags. BTYPE comes and goes with branches. */
#define ARCH_LIVE_WORDS(X) X("pstate", 0xf0000000)

/* struct fpsimd_context, which comes first; Go saves the lower halves. */
#define ARCH_LIVE_FP_WORDS(X) X("v", 0, 32, 16, 8, 16)
#define ARCH_LIVE_FP(uc) \
    (*(const uint32_t *)(const void *)(uc)->uc_mcontext.__reserved == 0x46508001 \
         ? (uint8_t *)(uintptr_t)(uc)->uc_mcontext.__reserved \
         : NULL)
#define ARCH_LIVE_FP_WRITTEN(uc, offset) live_fp_written(uc, offset)

/* QEMU takes the vectors from struct sve_context, if there is one. */
static inline void live_fp_written(ucontext_t *uc, size_t offset)
{
    uint8_t *at = uc->uc_mcontext.__reserved;
    for (uint32_t head[2]; memcpy(head, at, sizeof head), head[0] && head[1]; at += head[1])
        if (head[0] == 0x53564501 && head[1] > 16)
            memcpy(at + 16 + (offset - 16) / 16 * *(uint16_t *)(void *)(at + 8),
                   (uint8_t *)ARCH_LIVE_FP(uc) + offset, 8);
}

/* What Go counts on behind a call: the platform's register, g, the frame pointer. */
#define ARCH_LIVE_KEPT(X) X("x18") X("x28") X("x29")
#define ARCH_LIVE_G       "x28"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "x0", "x1", "x2", "x3"

#endif
