/* Plans shots of a plain signal at an ELF program of any language. Host only. */
#ifndef EVERYPC_LIVE_PLAIN_H
#define EVERYPC_LIVE_PLAIN_H

#include "go/flow/cfg_build.h"
#include "plan.h"
#include "symbols.h"

/* A program that is open, and the graph of one of its functions at a time. */
struct plain {
    struct image image;
    struct symbols symbols;
    struct decoder *decoder;
    struct cfg *cfg; /* of the function read last */
    struct surroundings around;
    size_t foreign; /* functions asked for that are in another instruction set */
};

bool plain_open(struct plain *p, const char *path, struct error *e);
void plain_close(struct plain *p);

/* As plan_make; plan.functions are numbers of p->symbols. By default the functions are those of a program
 * that is linked dynamically, but for names that begin with "_", mangled ones apart, and those of the
 * compiler's start files; where the C library is linked into the program, a glob or --at has to say which. */
bool plain_plan(struct plain *p, const struct plan_options *o, struct plan *out, struct error *e);

/* The function and the address of "f+0x1c", and makes p->cfg that function's. Null and one line in *e. */
const struct symbol *plain_at(struct plain *p, const char *at, uint64_t *pc, struct error *e);

#endif
