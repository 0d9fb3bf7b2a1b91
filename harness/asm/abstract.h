/* Abstract programs: integer operations on a few variables and memory cells, which mean the same on every
 * target. They are drawn at random, lowered to Progs (lower.h), and evaluated here in plain C.
 *
 * Nothing of 32 bits ever depends on anything of 64: what is left when a 32-bit target drops the 64-bit
 * operations ends with the same 32-bit values. Each program is run from ABSTRACT_VARIANTS sets of initial
 * values, and every operation is reached from one of them at least, so that every PC can take its signal. */
#ifndef EVERYPC_ABSTRACT_H
#define EVERYPC_ABSTRACT_H

#include <stdbool.h>
#include <stdint.h>

enum {
    ABSTRACT_VARS = 4,     /* of 32 bits, w0 to w3, and as many of 64, x0 to x3 */
    ABSTRACT_CELLS = 8,    /* in the arena, of 32 bits and as many of 64 */
    ABSTRACT_VARIANTS = 2, /* probe/case.h: CASE_VARIANTS */
    ABSTRACT_LENGTH = 28,  /* operations at most: lowered, they must fit into MAX_PROGS */
    ABSTRACT_MAX_OPS = 80, /* while it is drawn */
};

/* X(operation, name, its operands, the widths that it comes in). Operands: a and b are read, d is written, k
 * is a constant, h and o its upper and lower half, m a memory cell, l a label. BIG's constant has 64 bits,
 * the others' 32, sign-extended. EXT* sign-extend or (U) zero-extend a part of a; WIDEN* extend a 32-bit
 * variable. SHL, SHR and SAR shift by k; SAR keeps the sign. Bxx go to the label if a is equal to, not equal
 * to, less than, not less than b (U: unsigned) or k. JOIN ends what a branch skips; LOOP and END are around
 * what is run k times. */
/* clang-format off */
#define ABSTRACT_OPS(X) \
    X(AB_ADD, "ADD", "abd", AB_BOTH) X(AB_SUB, "SUB", "abd", AB_BOTH) X(AB_AND, "AND", "abd", AB_BOTH) \
    X(AB_OR, "OR", "abd", AB_BOTH) X(AB_XOR, "XOR", "abd", AB_BOTH) X(AB_MUL, "MUL", "abd", AB_BOTH) \
    X(AB_ADDK, "ADDK", "kad", AB_BOTH) X(AB_SUBK, "SUBK", "kad", AB_BOTH) X(AB_ANDK, "ANDK", "kad", AB_BOTH) \
    X(AB_ORK, "ORK", "kad", AB_BOTH) X(AB_XORK, "XORK", "kad", AB_BOTH) X(AB_MULK, "MULK", "kad", AB_BOTH) \
    X(AB_SHL, "SHL", "kad", AB_BOTH) X(AB_SHR, "SHR", "kad", AB_BOTH) X(AB_SAR, "SAR", "kad", AB_BOTH) \
    X(AB_NEG, "NEG", "ad", AB_BOTH) X(AB_MOVE, "MOVE", "ad", AB_BOTH) \
    X(AB_CONST, "CONST", "kd", AB_BOTH) X(AB_BIG, "BIG", "khod", AB_64) \
    X(AB_EXTB, "EXTB", "ad", AB_BOTH) X(AB_EXTBU, "EXTBU", "ad", AB_BOTH) \
    X(AB_EXTH, "EXTH", "ad", AB_BOTH) X(AB_EXTHU, "EXTHU", "ad", AB_BOTH) \
    X(AB_WIDEN, "WIDEN", "ad", AB_64) X(AB_WIDENU, "WIDENU", "ad", AB_64) \
    X(AB_LOAD, "LOAD", "md", AB_BOTH) X(AB_STORE, "STORE", "am", AB_BOTH) \
    X(AB_BEQ, "BEQ", "abl", AB_BOTH) X(AB_BNE, "BNE", "abl", AB_BOTH) \
    X(AB_BLT, "BLT", "abl", AB_BOTH) X(AB_BGE, "BGE", "abl", AB_BOTH) \
    X(AB_BLTU, "BLTU", "abl", AB_BOTH) X(AB_BGEU, "BGEU", "abl", AB_BOTH) \
    X(AB_BLTK, "BLTK", "akl", AB_BOTH) X(AB_BGEK, "BGEK", "akl", AB_BOTH) \
    X(AB_JOIN, "JOIN", "l", AB_NONE) X(AB_LOOP, "LOOP", "k", AB_NONE) X(AB_END, "END", "l", AB_NONE)
/* clang-format on */

enum abstract_widths {
    AB_NONE, /* control flow: belongs to no width, and its name has none */
    AB_64,   /* 64 bits only */
    AB_BOTH,
};

#define ABSTRACT_ENUM(op, name, operands, widths) op,
enum abstract_opcode { ABSTRACT_OPS(ABSTRACT_ENUM) ABSTRACT_N_OPCODES };

struct abstract_opinfo {
    const char *name, *operands;
    enum abstract_widths widths;
};
extern const struct abstract_opinfo abstract_info[ABSTRACT_N_OPCODES];

struct abstract_op {
    enum abstract_opcode op;
    int width;   /* 32 or 64: the variables that it works on; dropped where the width is */
    int a, b, d; /* numbers of variables */
    int64_t k;
    int cell, reach; /* of memory: which, and a random number that picks the base it is reached from */
    int label;
};

struct abstract {
    uint32_t w[ABSTRACT_VARIANTS][ABSTRACT_VARS]; /* initial values */
    uint64_t x[ABSTRACT_VARIANTS][ABSTRACT_VARS];
    struct abstract_op op[ABSTRACT_MAX_OPS];
    int n_ops;
};

/* What a run ends with. */
struct abstract_end {
    uint32_t w[ABSTRACT_VARS], cell32[ABSTRACT_CELLS];
    uint64_t x[ABSTRACT_VARS], cell64[ABSTRACT_CELLS];
    uint32_t written32, written64; /* a bit for each cell that was written: the others hold anything */
    int reached[ABSTRACT_MAX_OPS]; /* how often each operation was */
};

/* A value of so many bits in a variable, which holds it sign-extended. */
static inline uint64_t abstract_extend(uint64_t v, int bits)
{
    uint64_t sign = UINT64_C(1) << (bits - 1);
    v &= sign << 1 ? (sign << 1) - 1 : UINT64_MAX;
    return (v ^ sign) - sign;
}

static inline bool abstract_is_branch(enum abstract_opcode op)
{
    return op >= AB_BEQ && op <= AB_BGEK;
}

/* Offset of a cell from the arena's middle, in bytes. */
int abstract_cell_offset(int width, int cell);

/* Program `k` of the seed, the same everywhere. */
void abstract_generate(uint64_t seed, int k, struct abstract *p);

/* Runs it from one of its sets of initial values; `narrow` leaves the 64-bit operations out. */
void abstract_run(const struct abstract *p, int variant, bool narrow, struct abstract_end *end);

#endif
