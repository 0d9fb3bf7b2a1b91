/* 386: the trap that the agent puts in an instruction's place: INT3. */
#ifndef EVERYPC_TRAP_H
#define EVERYPC_TRAP_H

#define ARCH_TRAP \
    { \
        0xcc \
    }
#define ARCH_TRAP_BEHIND 1 /* the signal reports the PC behind it */

#define ARCH_LIVE_WORDS(X)

/* Go counts on nothing behind a call. g is in thread-local storage. */
#define ARCH_LIVE_KEPT(X)

#endif
