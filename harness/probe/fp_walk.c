/* Walking the frame-pointer chain: see fp_walk.h. */
#include "fp_walk.h"

#include <string.h>

#include "arch.h"
#include "case_memory.h"
#include "mcontext.h"
#include "registers.h"

#ifdef ARCH_FP

enum { MAX_FRAMES = 16 }; /* a longer chain goes in a circle */

bool fp_walk(const struct test_case *c, const ucontext_t *uc, uintptr_t at_entry, uintptr_t *astray)
{
    uintptr_t low = ctx_sp(uc) - ARCH_FP_BELOW_SP, high = (uintptr_t)case_stack + STACK_SIZE - sizeof low;
    uintptr_t fp = ctx_fp(uc);
    for (int k = 0; k < MAX_FRAMES && (c->flags & CASE_FRAME_POINTER) && fp != at_entry; k++) {
        *astray = fp;
        if (fp < low || fp < (uintptr_t)case_stack || fp > high || fp % sizeof fp != 0)
            return false;
        low = fp + sizeof fp; /* callers' records lie above */
        fp = *(const uintptr_t *)fp;
    }
    return fp == at_entry || !(c->flags & CASE_FRAME_POINTER);
}

uintptr_t state_fp(const struct state *s)
{
    static const struct state_reg *reg; /* looked for once */
    uintptr_t fp;
    if (!reg)
        reg = register_named(ARCH_FP);
    memcpy(&fp, s->bytes + reg->offset, sizeof fp);
    return fp;
}

#else

bool fp_walk(const struct test_case *c, const ucontext_t *uc, uintptr_t at_entry, uintptr_t *astray)
{
    (void)c;
    (void)uc;
    (void)at_entry;
    (void)astray;
    return true; /* the assembler takes no case that keeps one (struct asm_arch, fp) */
}

uintptr_t state_fp(const struct state *s)
{
    (void)s;
    return 0;
}

#endif
