/* The values of general registers, as far as they can be followed: SP and copies of it, constants, and what
 * is computed from these. */
#ifndef EVERYPC_GO_VALUES_H
#define EVERYPC_GO_VALUES_H

#include "cfg.h"

/* Follows SP and the general registers from the entry: fills sp and address of every instruction. At a root,
 * SP is taken to be what the table says. */
void values_follow(struct cfg *cfg);

/* The register that Go keeps frame pointers in, or NO_UNIT. */
int values_frame_pointer(const struct cfg *cfg);

/* ---- for the making of the graph ---- */

/* Values by number among the general registers. */
enum { MAX_GENERAL = 64, MAX_SAVED = 2 };
struct values {
    struct value of[MAX_GENERAL];
    /* Stack words that the frame pointer was stored to while it was an address relative to SP, as around
     * DUFFZERO. An entry whose value is VALUE_UNREACHED is free. */
    struct {
        int64_t at; /* bytes from the entry's SP */
        struct value value;
    } saved[MAX_SAVED];
};

struct value_memory *values_new(const struct effects_arch *arch);
void values_free(struct value_memory *m);
/* What is known anywhere: only what Go's code keeps to everywhere. */
struct values values_unknown(const struct cfg *cfg);
/* The number of a general register among them, NO_INDEX for other units and NO_UNIT. */
int values_number(const struct cfg *cfg, int unit);
/* Those at a block's start, once they are followed. */
const struct values *values_at(const struct cfg *cfg, int32_t block);
/* Notes SP and the addresses of memory operands in *insn and takes *state over it. */
void values_step(const struct cfg *cfg, struct insn *insn, struct values *state);

#endif
