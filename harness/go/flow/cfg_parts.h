/* What the parts of the graph's making share. */
#ifndef EVERYPC_CFG_PARTS_H
#define EVERYPC_CFG_PARTS_H

#include "cfg.h"

/* A jump through a register: n of cfg_memory.table_targets, none if no table was found for it. */
struct jump {
    int32_t insn; /* in the order found */
    int32_t first, n;
};

struct value_memory; /* values.c */

struct cfg_memory {
    size_t insn_capacity, order_capacity, block_capacity, target_capacity;
    int32_t *map; /* by quantum: an instruction, in the order found, or what else is there */
    size_t map_capacity;
    uint32_t *stack; /* offsets that are still to be followed */
    size_t n_stack, stack_capacity;
    int32_t *number; /* of an instruction in the order found: its place by offset */
    size_t number_capacity;
    struct jump *jumps;
    size_t n_jumps, jump_capacity;
    uint32_t *table_targets; /* offsets */
    size_t n_table_targets, table_target_capacity;
    int32_t run_start; /* where the straight run of instructions began that is being followed, in the order
                          found */
    struct value_memory *values;
};

/* Notes the jump at an instruction, the last that was found or the one in front of its delay slot, and
 * resolves it where the run up to it says which table it goes through. Valid until the next call. */
struct jump *jump_add(struct cfg *cfg, int32_t insn);

/* Fills the tables' part of each instruction. */
void points_read(struct cfg *cfg);

/* Values of the general registers, by number among them. */
enum { MAX_GENERAL = 64 };
struct values {
    struct value of[MAX_GENERAL];
};
struct value_memory *values_new(const struct effects_arch *arch);
void values_free(struct value_memory *m);
/* What is known where nothing is but what Go's code holds to everywhere. */
struct values values_unknown(const struct cfg *cfg);
/* The number of a general register among them, NO_INDEX for other units and NO_UNIT. */
int values_number(const struct cfg *cfg, int unit);
/* Notes SP and the addresses of memory operands in *insn and takes *state over it. */
void values_step(const struct cfg *cfg, struct insn *insn, struct values *state);

#endif
