/* clang-format off */
/* What an architecture provides for the agent, in arch/<arch>/live/:
 *
 *   trap.h    ARCH_TRAP_BEHIND  how many bytes behind ARCH_TRAP (arch.h) the signal reports the PC
 *             ARCH_TRAP_SIGNAL  only where it raises another signal
 *             ARCH_KERNEL_SIGACTION  only where rt_sigaction(2) has another struct than kernel.h
 *             ARCH_NO_RESTORER  only where the kernel always brings its own; then there is no agent_restorer
 *             ARCH_MMAP_BY_BLOCK  only where mmap(2) takes a block of arguments
 *             ARCH_SIGSET_SIZE  only where a signal set is not 8 bytes
 *             ARCH_LIVE_WORDS(X)  X(word, mask): of words of ARCH_CTX_WORDS, which bits the injected call
 *                               must keep, where not all: 0 for registers that Go's stub neither saves nor
 *                               changes. REGTMP is known from the register list
 *             ARCH_LIVE_FP_NAME only where ARCH_CTX_WORDS call FP registers otherwise than the register list
 *             ARCH_LIVE_FP_WORDS(X)  only where FP registers are not among ARCH_CTX_WORDS: X(name, first,
 *                               count, offset, bytes, stride), as there, of what Go's stub saves; offsets are
 *                               from the address that follows
 *             ARCH_LIVE_FP(uc)  where the context has them: an address, or null if the kernel left them out
 *             ARCH_LIVE_FP_PLACE(uc, offset)  instead, only where words lie elsewhere than at that offset:
 *                               the word's address, or null
 *             ARCH_LIVE_FP_WRITTEN(uc, offset)  only where the context has them twice: the word there is new
 *             ARCH_LIVE_COPY_FP(to, from)  only where that lies outside of the ucontext_t: puts it inside, or
 *                               behind it
 *             ARCH_LIVE_BEHIND  only with the latter: how many bytes of room it needs there
 *             ARCH_LIVE_KEPT(X) X(register): what Go's compiled code counts on behind a call, SP apart: g,
 *                               the frame pointer, registers with a fixed value
 *             ARCH_LIVE_G       which of them is g, a string; undefined where g is in thread-local storage
 *             ARCH_LIVE_TLS_G() there, g as a program without cgo keeps it
 *             ARCH_LIVE_ARGUMENTS  the first four argument registers of Go's ABIInternal, strings; only
 *                               where Go passes any in registers
 *             ARCH_LIVE_ARGUMENTS_AT  only where arguments on the stack don't follow the link register's
 *                               slot, or SP: bytes from SP
 *   start.S   the functions below
 *
 * <target>.live in target.mk are further flags of the compiler.
 */
/* clang-format on */
#ifndef EVERYPC_LIVE_START_H
#define EVERYPC_LIVE_START_H

#include <stdint.h>

/* Where the kernel enters the agent: calls agent_main with the initial stack pointer. */
void _start(void);
_Noreturn void agent_main(uintptr_t *sp);

/* Leaves the agent for a program: its initial stack, its entry as the ELF header says, and what was added to
 * its addresses. On ELFv1 the entry is that of a descriptor, which is not relocated yet. */
_Noreturn void agent_enter(uintptr_t sp, uintptr_t entry, uintptr_t bias);

/* A system call with up to six arguments. Returns -errno where it fails. Touches no thread-local storage. */
long agent_syscall(long number, long a, long b, long c, long d, long e, long f);

/* Calls a signal handler as the kernel does. Handlers may change any register but the stack pointer, since
 * the kernel restores all of them; this function keeps those that the ABI says. The kernel leaves those of
 * the interrupted code alone, and without cgo Go's handler takes g from there: where g is in a register, this
 * function loads it from the context. */
void agent_call_handler(uintptr_t handler, int number, void *info, void *context);

/* Calls rt_sigreturn(2), where the kernel wants one of the program's own. */
void agent_restorer(void);

#endif
