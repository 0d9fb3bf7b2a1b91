/* Where the loops lie that every shot goes through. An emulator chains jumps within a page of code; for each
 * that leaves its page it looks up the target, which costs more than the rest of a short loop's turn. */
#ifndef EVERYPC_IN_PAGE_H
#define EVERYPC_IN_PAGE_H

/* Of a function of at most so many bytes, a power of two: it lies in one page. */
#define IN_PAGE(bytes) __attribute__((aligned(bytes)))

#endif
