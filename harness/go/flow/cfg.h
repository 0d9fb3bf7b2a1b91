/* A function's instructions, basic blocks and edges, with what its tables say at each instruction. Host only.
 * cfg_build.h makes it, values.h follows SP and the general registers through it. */
#ifndef EVERYPC_GO_CFG_H
#define EVERYPC_GO_CFG_H

#include <stdbool.h>
#include <stdint.h>

#include "insn/effects.h"
#include "go/binary/gobin.h"

enum { NO_INDEX = -1 };

/* What is known of a general register's value at a PC. */
/* clang-format off */
enum value_kind {
    VALUE_UNREACHED, /* no path has come here yet */
    VALUE_ANY,
    VALUE_NUMBER, /* c */
    VALUE_SP0,    /* what SP was at the function's entry, plus c */
    /* what SP was at the entry, plus one number or another: paths that differ have met; c is 0 */
    VALUE_SP0_OR,
    /* that, rounded down to a multiple of some power of two; c is 0 */
    VALUE_SP0_ROUNDED,
};
/* clang-format on */
struct value {
    enum value_kind kind;
    int64_t c;
};

enum known_as { INSN_KNOWN, INSN_UNKNOWN, INSN_INVALID };

/* An instruction, and the runtime's view of a signal before it. */
struct insn {
    struct effects fx;
    uint32_t offset; /* bytes from the function's entry */
    uint32_t end;    /* of the instruction, likewise */
    int32_t block;
    uint8_t known;      /* enum known_as; what is not INSN_KNOWN has no effects and goes nowhere */
    bool swept;         /* found in a gap, not by following control */
    bool in_delay_slot; /* a signal is never reported here */
    bool call_ends; /* a call is done after this instruction: itself, or the one whose delay slot this is */
    /* The tables' word. */
    bool allowed;    /* the table of unsafe points allows an injected call here; the filter may not */
    int8_t point;    /* enum unsafe_point */
    uint8_t filter;  /* enum gobin_filter */
    uint32_t resume; /* where the injected call returns to, if allowed: an offset */
    bool has_delta;
    int32_t delta; /* SP delta, bytes, if the table has one here */
    /* What values_follow finds (values.h). */
    struct value sp;                      /* before the instruction */
    struct value address[MAX_EFFECT_MEM]; /* of its memory operands */
};

/* A sequence that is entered at its first and left after its last instruction (calls apart). */
struct block {
    int32_t first, last;    /* instructions, by cfg_at */
    int32_t successor[2];   /* blocks, NO_INDEX if none; more of them are in `table` */
    int32_t table, n_table; /* of a resolved jump table: into cfg.targets */
    bool is_root;           /* control comes here from outside of this graph; not set for the entry */
    bool goes_anywhere; /* to an address that could not be resolved: to any root, or out of the function */
};

/* An instruction that calls. */
static inline bool effects_call(const struct effects *fx)
{
    return fx->flow == FLOW_CALL || fx->flow == FLOW_CALL_REG;
}

/* What a callee does to its caller's state. */
/* clang-format off */
enum callee {
    CALLEE_PLAIN,
    CALLEE_GROWS_STACK,   /* comes back with the link register as it was at the function's entry */
    CALLEE_WITHOUT_STACK, /* leaves the words below SP alone */
};
/* clang-format on */

/* What lies outside the function. */
struct surroundings {
    void *context;
    /* The function at an address never returns to its caller. */
    bool (*never_returns)(void *context, uint64_t address);
    /* n bytes at an address that never change, or null. */
    const uint8_t *(*constant)(void *context, uint64_t address, size_t n);
    const struct gobin *bin; /* for filters; may be null if the function has no inlining tree */
    bool big_endian;
    /* What the function at an address is; null if all are plain. */
    enum callee (*callee)(void *context, uint64_t address);
};

struct cfg {
    const struct effects_arch *arch;
    struct gobin_func func;
    const struct surroundings *around;
    struct insn *insns; /* in the order they were found */
    int32_t n_insns;
    int32_t *order;       /* by offset; n_insns */
    struct block *blocks; /* by offset; 0 holds the entry */
    int32_t n_blocks;
    int32_t *targets; /* blocks, of resolved jump tables */
    int32_t n_targets;
    int32_t
        n_unresolved; /* jumps through a register that no jump table was found for: tail calls among them */
    struct cfg_memory *memory;
    uint64_t serial; /* counts what cfg_build has made in it */
};

/* The instruction that is number k by offset. */
static inline struct insn *cfg_at(const struct cfg *cfg, int32_t k)
{
    return &cfg->insns[cfg->order[k]];
}

/* The number, by offset, of the instruction that begins there, or NO_INDEX. */
int32_t cfg_find(const struct cfg *cfg, uint32_t offset);

/* Its text, "mnemonic operands", cut to fit; `out` is left alone if there is none. */
void cfg_text(const struct cfg *cfg, struct decoder *d, const struct insn *insn, char *out, size_t size);

/* Calls visit for each successor of a block, roots included where it goes anywhere. */
typedef void edge_visitor(void *context, int32_t successor);
void cfg_successors(const struct cfg *cfg, const struct block *b, edge_visitor *visit, void *context);

#endif
