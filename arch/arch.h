/* What an architecture provides to the probe. This is the whole interface; a port is one folder arch/<arch>/
 * with these files, and nothing outside it knows the architecture's name.
 *
 *   target.mk    The targets of the folder: cross compiler, QEMU, packages (see the Makefile).
 *   regs.h       The register list, once, for C and assembly: constants and
 *                  ARCH_REGS(X)   X(name, offset, size, kind, mask) for each register of a state,
 *                  ARCH_SPARED(X) X(name, from, mask, sparing, why) for what the adversary can't turn over
 * (enum sparing), STATE_SIZE     bytes of a state, a multiple of 16, ARCH_SPIN      bytes of a
 * branch-to-self, as an array initialiser in memory order, ARCH_PC_QUANTUM  bytes, of the PC-value tables,
 *                  ARCH_STACK_ALIGN  what the stack pointer is a multiple of wherever a signal may land,
 *                  ARCH_HALF_CALL  distance from a call to its return address where a signal may report a
 * call that has already written the link register (MIPS: 8), else 0, ARCH_REG_LINK  1 where calls write a
 * link register, 0 where they push, ARCH_UNIT_BYTES  bytes of a register that are kept or lost, read or
 * written as one (harness/go/effects.h): 8, or 4 where halves of doubles are registers, ARCH_FP,
 * ARCH_FP_BELOW_SP  where Go keeps frame pointers: the register's name, and how many bytes below SP a live
 * frame record may begin. mcontext.h   The signal context, as static inline functions: ctx_pc, ctx_set_pc,
 * ctx_sp, ctx_set_sp, ctx_lr, ctx_set_lr (where there is one), ctx_regtmp (where there is one), ctx_fp (where
 * there is ARCH_FP). and where a signal loses registers that the frame still holds: ARCH_CTX_MEND 1 and
 * ctx_mend, which every signal handler calls first. Where a signal does not leave registers as the kernel's
 * ABI has them: ARCH_HANDLER_ENTRY(), which every signal handler executes first of all. frame.h frame_rule:
 * what push_call must have done, said a second time as data, for the oracle. case.inc     For GNU as:
 * CASE_PRELUDE sets REGTMP to a constant; CASE_PAD is as many harmless instructions as a spin is longer than
 * the shortest instruction; CASE_LEAVE goes to case_leave. Directives that every case needs come first in it.
 *   tls.h        The thread pointer, and where the C library keeps what it finds by it: tls_pointer,
 * tls_set_pointer, both async-signal-safe; tls_low, tls_high: the addresses where thread-local storage begins
 * and ends, TCB included, if the program's variables take `segment` bytes. The files of generic/ have the
 * latter two. enter.S      Not under test, see below: enter_case, case_leave, case_abort, async_preempt2,
 * spin_here. push_call.c  Under test: push_call. preempt.S    Under test: async_preempt. optab.c      Host:
 * struct asm_arch, the operations and the optab (harness/asm/prog.h). sp.c         Host: which Progs move SP,
 * and by what (harness/asm/prog.h, struct sp_rule). marks.c      Host, under test: is_unsafe_point and
 * is_restartable.
 *
 * Code addresses are char arrays in C (`extern const char name[]`), since a function pointer is no code
 * address everywhere (ELFv1 descriptors).
 */
#ifndef EVERYPC_ARCH_H
#define EVERYPC_ARCH_H

#include <stdint.h>
#include <ucontext.h>

#include "common/probe/refill.h"
#include "regs.h"

#include "reg_kind.h"

/* Whether calls write a link register. */
#ifdef ARCH_LINK
#define ARCH_REG_LINK 1
#else
#define ARCH_REG_LINK 0
#endif

/* ---- registers ---- */

/* Every register of a case, at the offsets of ARCH_REGS; in the target's byte order. */
struct state {
    _Alignas(16) uint8_t bytes[STATE_SIZE];
};

struct state_reg {
    const char *name;
    uint16_t offset, size; /* bytes */
    enum reg_kind kind;
    uint64_t mask; /* of registers of at most 8 bytes: the bits that are filled and compared */
};

/* ---- what push_call must have done (frame.h) ---- */

enum frame_value {
    FRAME_RESUME_PC, /* the resume PC */
    FRAME_OLD_LR,    /* the interrupted link register */
    FRAME_REG,       /* another interrupted register, `reg` in the register list */
};

struct frame_rule {
    uint32_t sp_drop; /* bytes that the stack pointer moves down */
    int n_slots;
    struct {
        uint32_t offset; /* bytes from the new stack pointer */
        enum frame_value value;
        int ucontext_reg; /* FRAME_REG: which, for frame_reg() of frame.h */
        uint16_t state;   /* FRAME_OLD_LR, FRAME_REG: the register's offset in struct state */
    } slot[4];
    int resume_in_lr; /* 1: the link register holds the resume PC; 0: slot[0] does */
    int target_reg;   /* a register that must hold the address of the call, for frame_reg(); 0: none */
    uint32_t spare;   /* offset of a pushed word that nothing may count on: it is overwritten; 0: none */
};

/* ---- under test ---- */

/* Makes the interrupted thread call target_pc as if the instruction at resume_pc had called it. Must be
 * async-signal-safe; called on the signal stack. Layout: Go 1.19, runtime/signal_<arch>.go pushCall. */
void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc);

/* The injected call: saves every register, calls async_preempt2, restores, and goes to the resume PC. May
 * change REGTMP (ppc64: CTR) and nothing else. Go 1.19, runtime/preempt_<arch>.s, made complete. */
extern const char async_preempt[], async_preempt_end[];

/* ---- not under test (enter.S) ---- */

/* Loads every register from *in, its stack pointer included, and goes to `entry`; when the case reaches
 * case_leave, stores every register to *out and returns 0. After case_abort it returns 1, *out untouched. */
int enter_case(const struct state *in, struct state *out, uintptr_t entry);
extern const char case_leave[], case_abort[];

/* What async_preempt calls: calls everypc_adversary(sp) with the stack pointer it was called with, copies the
 * ADVERSARY_REFILL bytes that this points to to the memory below that stack pointer, loads every register but
 * SP, the thread's and REGTMP from everypc_garbage, flags, FP control and link register included, and
 * returns. */
extern const char async_preempt2[];
const void *everypc_adversary(uintptr_t sp);
extern struct state everypc_garbage;

/* Stores every register, as they are, to everypc_snapshot, then goes on at everypc_behind_snapshot, with
 * REGTMP alone lost. */
extern const char snapshot[];
extern struct state everypc_snapshot;
extern uintptr_t everypc_behind_snapshot;

/* A stub that keeps nothing: calls async_preempt2 and goes to case_leave. */
extern const char careless_stub[];

/* A function that spins at its label spin_here until a signal handler moves the PC to spin_done. The spin
 * reads and writes no register, so that enter_case can enter there as well (platform.c). */
void spin_until_signal(void);
extern const char spin_here[], spin_done[];

#endif
