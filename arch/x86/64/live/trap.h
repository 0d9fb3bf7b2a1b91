/* amd64: the agent's trap, and what Go counts on. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#include "x86/common/live/int3.h"

/* FXSAVE's area: XMM0 to XMM15, in two words each. */
#define ARCH_LIVE_FP_WORDS(X) X("y", 0, 16, 160, 8, 16) X("y", 0, 16, 168, 8, 16)
#define ARCH_LIVE_FP(uc)      ((uc)->uc_mcontext.fpregs)
#define ARCH_LIVE_COPY_FP(to, from) \
    do { \
        if (ARCH_LIVE_FP(from)) { \
            memcpy(&(to)->__fpregs_mem, ARCH_LIVE_FP(from), sizeof(to)->__fpregs_mem); \
            (to)->uc_mcontext.fpregs = &(to)->__fpregs_mem; \
        } \
    } while (0)

/* What Go's own code counts on behind a call: the frame pointer, g, X15, which is zero. */
#define ARCH_LIVE_KEPT(X) X("rbp") X("r14") X("y15")
#define ARCH_LIVE_G       "r14"

/* In which registers Go passes the first arguments, since it passes any so. */
#define ARCH_LIVE_ARGUMENTS "rax", "rbx", "rcx", "rdi"

#endif
