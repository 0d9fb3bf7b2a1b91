/* Plans the shots at a Go program: which PCs, and what its tables say of each. Host only. */
#ifndef EVERYPC_LIVE_PLAN_H
#define EVERYPC_LIVE_PLAN_H

#include "asm/error.h"
#include "go/binary/gobin.h"
#include "live/shots.h"

struct plan_options {
    const char *const *functions; /* globs; null-terminated; none: choose.h's default */
    const char *const *at;        /* single PCs, "main.f+0x1c", instead; null-terminated, or null */
    const uint64_t *visits;       /* to fire at of each PC, from 1, in order; n_visits, MAX_VISITS at most */
    size_t n_visits;
    bool every;             /* fire at each visit instead */
    uint64_t inside;        /* INSIDE_... */
    uint64_t signal;        /* fire this plain signal, by its number on the target; 0: the runtime's */
    unsigned shard, shards; /* of n shards, the PCs of this one, from 1; 0 of 0: all */
    uint64_t seed;          /* not 0: which PCs are in a shard is drawn by it */
    bool only_these; /* no traps at functions that the agent executes (live/agent/masks.h): a PC where the
                      * program blocks the traps' signal ends it */
};

enum { N_RESERVED = 8 };

struct plan {
    struct shots_head head;
    struct shots_pc *pcs;
    size_t n, capacity;
    uint32_t *functions; /* those planned, by their numbers in the binary; shots_pc.function is an index */
    size_t n_functions;
    struct shots_function *all; /* the program's, head.n_functions */
    uint64_t to_fire;           /* PCs of any shard so far */
    uint8_t *tables;            /* head.n_table_bytes */
    struct liveness *liveness;  /* of the function added last (scratch.h) */
    size_t swept; /* instructions that control was not seen to reach: they may be data, and are left out */
    struct reserved {
        size_t function; /* its number in the binary */
        const char *why;
    } reserved[N_RESERVED]; /* functions that were chosen, and have no shot (reserved.h) */
    size_t n_reserved;
    size_t unknown; /* instructions that the decoder does not know, likewise */
};

/* Fills *out; plan_free frees it. False and one line in *e: no function matches, or the binary lacks what a
 * request of the runtime needs (symbols, DWARF). */
bool plan_make(const struct gobin *bin, const struct plan_options *options, struct plan *out,
               struct error *e);
void plan_free(struct plan *p);

/* Writes it for the agent, in the target's byte order. */
bool plan_write(const struct gobin *bin, const struct plan *p, const char *path, struct error *e);
bool plan_write_as(bool big_endian, const struct plan *p, const char *path, struct error *e);

/* For those that make plans: what is fired at in a function. */
struct choice {
    bool fire;
    const uint64_t *only; /* these PCs alone; n_only 0: all */
    size_t n_only;
    const struct plan_options *options;
};
/* Adds a function's PCs, all that control reaches. False without memory. */
struct cfg;
bool plan_add_graph(struct plan *p, const struct cfg *cfg, const struct choice *c);
/* What the options say. */
struct shots_head plan_head(const struct plan_options *options);
/* Adds one. False without memory. */
bool plan_add_pc(struct plan *p, const struct shots_pc *pc);
/* The same of function i of the binary. */
struct reading;
bool plan_add_function(struct plan *p, struct reading *r, size_t i, const struct choice *c);
/* Whether one is among some. */
bool plan_has(const uint64_t *some, size_t n, uint64_t one);
/* Puts the PCs in order. */
void plan_close(struct plan *p);

#endif
