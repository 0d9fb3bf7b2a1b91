/* What opening a binary needs to know of its functions; the rest of funcs.c is in gobin.h. */
#ifndef EVERYPC_GO_FUNCS_H
#define EVERYPC_GO_FUNCS_H

#include "gobin_fields.h"

/* The offset from go:func.* of function i's inlining tree; false if it has none. */
bool func_inl_offset(const struct gobin *bin, uint64_t i, uint64_t *offset);
/* A PC-value table by its offset in pctab; an empty one, which says -1 everywhere, for offset 0 and for a
 * damaged one, which f->damage then names. */
struct pctab func_table(const struct gobin *bin, struct gobin_func *f, const char *name, uint64_t offset,
                        enum pctab_kind kind);
/* Fills bin->no_pointers. The bases are known. */
void find_no_pointers(struct gobin *bin);

#endif
