/* What work that is done apart (process.c) changes about memory itself, and what is undone behind it: pages
 * that it maps are given back, and the access to others is what it was. No one else's than this folder's. */
#ifndef EVERYPC_UNDO_H
#define EVERYPC_UNDO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ucontext.h>

/* From here on changes are written down. Where the work begins in them; one may begin inside another. */
uint32_t undo_begin(void);
/* Undoes all changes since. */
void undo_end(uint32_t begun);

/* Changes that are about to be made (memory.c), of which nothing is written down outside of such work: */
void undo_map(void *at, size_t bytes, bool all_of_it); /* by VirtualAlloc; all_of_it: of address space, too */
void undo_protect(void *at, size_t bytes, DWORD before);
/* Whether memory may be given back: not what was there before the work began, as it is needed behind it. */
bool undo_unmap(void *at);

#endif
