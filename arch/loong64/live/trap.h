/* loong64: what a trap does (probe/regs.h), where FP registers are, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include <stdint.h>
#include <string.h>
#include <ucontext.h>

#define ARCH_TRAP_BEHIND 0 /* the signal reports the PC of the trap */

/* Linux has no restorer here; Go's own struct has one behind the mask. Where both words are the same, all of
 * them read the same. */
#define ARCH_KERNEL_SIGACTION \
    { \
        uintptr_t handler; \
        unsigned long flags; \
        unsigned long mask[2]; \
    }
#define ARCH_NO_RESTORER 1

#define ARCH_LIVE_WORDS(X)

/* Behind the ucontext_t the kernel puts records, each with a number and its size in 16 bytes in front; the
 * last one's are 0 (Linux, arch/loongarch/include/uapi/asm/sigcontext.h). Which of them has the FP registers,
 * and in how wide slots, depends on the CPU and on what the thread used. Go saves the lowest 64 bits. */
#define ARCH_LIVE_BEHIND               1536
#define ARCH_LIVE_FP_WORDS(X)          X("f", 0, 32, 0, 8, 8)
#define ARCH_LIVE_FP_PLACE(uc, offset) live_fp_place(uc, offset)
#define ARCH_LIVE_COPY_FP(to, from)    live_copy_records(to, from)

static inline uint8_t *live_records(const ucontext_t *uc)
{
    return (uint8_t *)(uintptr_t)uc->uc_mcontext.__extcontext;
}

static inline uint8_t *live_fp_place(const ucontext_t *uc, size_t offset)
{
    static const struct {
        uint32_t number, slot; /* in words */
    } kinds[] = {{0x46505501, 1} /* FPU */, {0x53580001, 2} /* LSX */, {0x41535801, 4} /* LASX */};
    uint32_t head[2];
    for (uint8_t *at = live_records(uc); memcpy(head, at, sizeof head), head[0] && head[1]; at += head[1])
        for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (head[0] == kinds[k].number)
                return at + 16 + offset * kinds[k].slot;
    return NULL;
}

/* What has no room is left out. */
static inline void live_copy_records(ucontext_t *to, const ucontext_t *from)
{
    uint8_t *out = live_records(to), *end = (uint8_t *)to + sizeof *to + ARCH_LIVE_BEHIND - 16;
    uint32_t head[2];
    for (uint8_t *at = live_records(from); memcpy(head, at, sizeof head), head[0] && head[1];
         at += head[1], out += head[1]) {
        if (head[1] > (size_t)(end - out))
            break;
        memcpy(out, at, head[1]);
    }
    memset(out, 0, 16);
}

/* What Go counts on behind a call: the thread's register, g. */
#define ARCH_LIVE_KEPT(X) X("r2") X("r22")
#define ARCH_LIVE_G       "r22"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "r4", "r5", "r6", "r7"

#endif
