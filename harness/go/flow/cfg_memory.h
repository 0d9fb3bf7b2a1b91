/* What a graph's making works in, and keeps from one function to the next. For the files that make it. */
#ifndef EVERYPC_GO_CFG_MEMORY_H
#define EVERYPC_GO_CFG_MEMORY_H

#include "cfg.h"

/* A jump through a register: n of cfg_memory.table_targets, none if no table was found for it. */
struct jump {
    int32_t insn; /* in the order found */
    int32_t first, n;
};

struct value_memory; /* values.c */

struct cfg_memory {
    size_t insn_capacity, order_capacity, block_capacity, target_capacity;
    int32_t *map; /* by quantum: an instruction, in the order found, or a negative number (cfg_build.c) */
    size_t map_capacity;
    uint32_t
        *stack; /* offsets still to be followed, each as often as control goes there; the last one first */
    size_t n_stack, stack_capacity;
    int32_t *number; /* of an instruction in the order found: its place by offset */
    size_t number_capacity;
    struct jump *jumps;
    size_t n_jumps, jump_capacity;
    uint32_t *table_targets; /* offsets */
    size_t n_table_targets, table_target_capacity;
    /* Where the straight run of instructions that is being followed began, in the order found. */
    int32_t run_start;
    struct value_memory *values;
};

static inline uint32_t cfg_size(const struct cfg *cfg)
{
    return (uint32_t)(cfg->func.end - cfg->func.entry);
}

static inline int32_t *cfg_slot(const struct cfg *cfg, uint32_t offset)
{
    return &cfg->memory->map[offset / cfg->arch->target->quantum];
}

/* The instruction that begins there, in the order found, or NO_INDEX. */
int32_t cfg_found_at(const struct cfg *cfg, uint64_t offset);
/* Control never goes on after such an instruction, wherever that lies. */
bool cfg_ends_path(const struct cfg *cfg, const struct effects *fx);

#endif
