/* A binary's functions as graphs, one at a time. */
#ifndef EVERYPC_LIVE_READING_H
#define EVERYPC_LIVE_READING_H

#include "go/flow/cfg_build.h"

/* Functions that plans ask for by name. */
enum reading_name {
    NAME_ASYNC_PREEMPT,
    NAME_GC,
    NAME_CALLERS,
    NAME_WAKEP,
    NAME_SCHEDULE,
    NAME_PREEMPTONE,
    NAME_PREEMPTALL,
    NAME_MAIN,
    NAME_TEST_RUNNER,
    NAME_SIGPROCMASK,
    NAME_SIGACTION,
    NAME_CLONE,
    NAME_CGO, /* what C calls Go by: with cgo alone */
    N_NAMES,
};

struct reading {
    const struct gobin *bin;
    size_t named[N_NAMES]; /* their numbers; SIZE_MAX: there is none */
    struct decoder *decoder;
    struct cfg *cfg; /* of the function read last */
    struct surroundings around;
};

bool reading_open(const struct gobin *bin, struct reading *r, struct error *e);
void reading_close(struct reading *r);

/* Fills *f with the first function of that name that has code; SIZE_MAX if there is none. Its number. Of a
 * system call it is the assembly, not what the linker put around it for callers with another ABI. */
size_t reading_named(const struct reading *r, enum reading_name name, struct gobin_func *f);
const char *reading_name_text(enum reading_name name);
/* "main.f+0x1c": how long the name is, and the offset. */
bool reading_place(const char *at, size_t *length, uint64_t *offset, struct error *e);
/* "main.f+0x1c", or an address in hexadecimal: the function's number and the PC. False and an error for what
 * is not that, or not there. */
bool reading_at(const struct gobin *bin, const char *at, size_t *i, uint64_t *pc, struct error *e);
/* Makes r->cfg that function's, with what the tables say. */
void reading_graph(struct reading *r, const struct gobin_func *f);

#endif
