/* x86: what a trap does (probe/x86.h), for both widths. */
#ifndef EVERYPC_X86_INT3_H
#define EVERYPC_X86_INT3_H

#define ARCH_TRAP_BEHIND 1 /* the signal reports the PC behind it */

#define ARCH_LIVE_WORDS(X)

#endif
