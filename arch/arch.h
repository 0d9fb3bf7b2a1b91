/* clang-format off */
/* THE CONTRACT: what a port of everypc provides. A port is two folders, arch/<arch>/ and cases/<arch>/, and
 * a word in the Makefile's ARCHES; nothing else names the architecture. It is built in tiers, each of use
 * without the next; what is missing, <target>.lacks says (harness/build.mk). arch/README.md has the order of
 * the steps.
 *
 * Tier 1: `make check` fires and checks.
 *
 *   target.mk     The targets of the folder, a family in all its byte orders and widths: cross compiler,
 *                 QEMU, packages. For RUNNER=system also <target>.guest (QEMU's system mode with its machine
 *                 and $(BY_INSNS)), .console, .kernel (Debian's package, architecture and suite),
 *                 .guest_packages and, if need be, .kernel_options; or .no_guest, why there is none.
 *   target.c      struct target (target.h) of each: what the tools on the host know of it.
 *   probe/        The guest, in C and GNU as:
 *     regs.h        The register list, once, for C and assembly:
 *                     ARCH_REGS(X)      X(name, offset, size, kind, mask) for each register of a state
 *                                       (reg_kind.h)
 *                     ARCH_SPARED(X)    X(name, from, mask, sparing, why) for what the adversary can't turn
 *                                       over
 *                     STATE_SIZE        bytes of a state, a multiple of 16
 *                   and the facts that the guest shares with the host:
 *                     ARCH_SPIN         bytes of a branch-to-self, an array initialiser in memory order
 *                     ARCH_TRAP         the same of an instruction that raises a signal, no longer than the
 *                                       shortest one, 4 bytes at most: SIGTRAP, or what live/trap.h says
 *                     ARCH_PC_QUANTUM   bytes, of the PC-value tables
 *                     ARCH_STACK_ALIGN  bytes that SP is a multiple of wherever a signal may land
 *                     ARCH_HALF_CALL    bytes from a call to its return address, where a signal may report a
 *                                       call that has already written the link register (MIPS, with its
 *                                       delay slots: 8); else 0
 *                     ARCH_LINK         the register that calls write, by its name in the list; undefined
 *                                       where they push
 *                     ARCH_UNIT_BYTES   bytes of a register that are kept or lost, read or written as one
 *                                       (insn/effects.h): 8, or 4 where halves of doubles are registers
 *                                       (a REG_UPPER is one whatever its size)
 *                     ARCH_CALL_RULES(X) only where async_preempt2 stores registers to everypc_at_call first
 *                                       of all, for rules of the ABI on calls: X(rule, ST_ offset, mask,
 *                                       kept) says that the stub must call with those bits of the word
 *                                       there as the interrupted code had them, or with kept 0, clear
 *                     ARCH_CODE_WRITTEN(from, to) only where the compiler's __builtin___clear_cache does not
 *                                       do it: makes written code visible to what fetches instructions
 *                     ARCH_CLEAR_AT_ENTRY only where the ABI wants flags clear at a call: bits of the flags
 *                                       (REG_FLAGS) that no initial state sets, though they are compared
 *                     ARCH_ABI          only where a system's C functions are called otherwise than enter.S
 *                                       does: the attribute of those that it calls or is called by
 *                     ARCH_FP           only where Go keeps frame pointers: the register's name, a string
 *                     ARCH_FP_BELOW_SP  with it: how many bytes below SP a live frame record may begin
 *     mcontext.h    The signal context, as static inline functions: ctx_pc, ctx_set_pc, ctx_sp, ctx_set_sp;
 *                   ctx_lr and ctx_set_lr with ARCH_LINK; ctx_regtmp where there is a REGTMP; ctx_fp with
 *                   ARCH_FP. ARCH_CTX_WORDS(X): X(name, first, n, offset, bytes) for n registers name<first>,
 *                   name<first+1>, ... of the context, or with n = 0 for one whose name has no number: how
 *                   reports call what push_call must leave alone. Where a signal loses registers that its
 *                   frame still holds: ARCH_CTX_MEND 1 and ctx_mend, which every handler calls first. Where
 *                   it does not leave registers as the kernel's ABI has them: ARCH_HANDLER_ENTRY(), which
 *                   every handler executes before anything else.
 *     frame.h       frame_rule: what push_call must have done, said a second time, as data, for the oracle.
 *                   frame_reg and frame_set_reg: a register of the context that the rule names.
 *                   common/probe/frame_word.h serves where one word is pushed.
 *     tls.h         tls_pointer and tls_set_pointer, both async-signal-safe; tls_low and tls_high: the
 *                   addresses where thread-local storage begins and ends, TCB included, if the program's
 *                   variables take `segment` bytes. common/probe/tls_*.h have most of it.
 *     case.inc      Around each case: CASE_PRELUDE sets REGTMP to a constant; CASE_PAD is as many harmless
 *                   instructions as a spin is longer than the shortest instruction; CASE_LEAVE goes to
 *                   case_leave. Directives that every case needs come first in it.
 *     enter.S       Not under test: enter_case, case_leave, case_abort, async_preempt2, snapshot,
 *                   careless_stub, spin_until_signal (below). It ends with common/probe/enter_tail.inc.
 *     push_call.c   Under test: push_call.
 *     preempt.S     Under test: async_preempt.
 *   asm/          The assembler, on the host (asm/prog.h):
 *     optab.c       struct asm_arch of each target: the operations, the operand classes, the optab.
 *     sp.c          Which Progs move SP, and by what: struct sp_rule.
 *     marks.c       Under test: is_unsafe_point and is_restartable.
 *   cases/<arch>/ random.tmpl: lines that random programs are made of (asm/grid.h). cross.tmpl: what each
 *                 operation of an abstract program becomes (asm/lower.h). Grids (.progs) and hand-written
 *                 code (.S) as one likes.
 *
 * Tier 2: `make mutants` measures how good the checks are; make test takes the lies.
 *
 *   probe/call.inc      System calls that block (common/probe/call_cases.inc).
 *   probe/tls.inc       g in thread-local storage, read or written in two steps
 *                       (common/probe/tls_cases.inc).
 *   test/mutants/       Code with right and with wrong marks (common/test/pairs.inc), in a file that is named
 *                       after the port's first target, as the cases in it are.
 *   test/tails.S        Wrong ends of an injected call (common/test/tails.inc).
 *   test/lies.S         Cases whose tables lie, each with the oracle that must say so; lies-full/ for
 *                       DEPTH=full.
 *   test/classes.tsv    Classes of mutants that have none here, and why; equivalent.tsv: survivors argued by
 *                       hand.
 *   test/port.json      What the tests expect of the port (scripts/tests/ports.py).
 *
 * Tier 3: `make check-go` reads binaries.
 *
 *   insn/effects.c      struct effects_arch of each target (insn/effects.h): what instructions do.
 *   insn/measure.S      A case for a binary's own stub, which is run to see what it loses.
 *   test/effects.c      Rows of instructions and what they are said to do; instructions/<target>.tsv: those
 *                       that `make effects-match` runs; differences.tsv: where not the tables are wrong.
 *   test/planted/       Functions with faults that the checks must find; foreign/: sequences out of real
 *                       binaries.
 *
 * Tier 4: `everypc live` fires at programs that run, with their own runtime.
 *
 *   live/trap.h         How the kernel reports ARCH_TRAP, which stands in an instruction's place here, too;
 *                       what the kernel's structures look like; what Go counts on behind a call.
 *   live/start.S        The agent's entry, its system calls, the way into the program and into its signal
 *                       handler. harness/live/agent/start.h lists both files' names.
 *
 * What is under test never shares code with what tests it, nor with another port's: one file each,
 * comparable with Go's. Whoever calls everypc may put his own push_call.c, preempt.S or marks.c in place of
 * a port's (SUT=dir).
 *
 * Code addresses are char arrays in C (`extern const char name[]`), since a function pointer is not a code
 * address everywhere (ELFv1 descriptors).
 */
/* clang-format on */
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

#ifndef ARCH_ABI
#define ARCH_ABI
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
ARCH_ABI int enter_case(const struct state *in, struct state *out, uintptr_t entry);
extern const char case_leave[], case_abort[];

/* What async_preempt calls: calls everypc_adversary(sp) with the stack pointer it was called with, copies the
 * ADVERSARY_REFILL bytes that this points to to the memory below that stack pointer, loads every register
 * but SP, the thread's and REGTMP from everypc_garbage, flags, FP control and link register included, and
 * returns. */
extern const char async_preempt2[];
ARCH_ABI const void *everypc_adversary(uintptr_t sp);
extern struct state everypc_garbage;

/* Stores every register, as they are, to everypc_snapshot, then goes on at everypc_behind_snapshot, with
 * REGTMP alone lost. */
extern const char snapshot[];
extern struct state everypc_snapshot;
/* What async_preempt2 was called with, where ARCH_CALL_RULES asks for it; the rest stays zero. */
extern struct state everypc_at_call;
extern uintptr_t everypc_behind_snapshot;

/* A stub that keeps nothing: calls async_preempt2 and goes to case_leave. */
extern const char careless_stub[];

/* A function that spins at its label spin_here until a signal handler moves the PC to spin_done. The spin
 * reads and writes no register, so that enter_case can enter there as well (platform.c). */
void spin_until_signal(void);
extern const char spin_here[], spin_done[];

#endif
