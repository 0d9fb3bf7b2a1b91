/* x86: the trap that the agent puts in an instruction's place, and what both widths have alike. */
#ifndef EVERYPC_X86_INT3_H
#define EVERYPC_X86_INT3_H

#define ARCH_TRAP \
    { \
        0xcc \
    }                      /* INT3 */
#define ARCH_TRAP_BEHIND 1 /* the signal reports the PC behind it */

#define ARCH_LIVE_WORDS(X)

#endif
