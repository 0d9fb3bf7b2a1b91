/* The cases as the host assembler lays them out in cases.S (asm/emit.c) and the probe reads them.
 * Both sides include this file; every field is a pointer, 32 or 16 bits, in an order that needs no padding.
 */
#ifndef EVERYPC_CASE_H
#define EVERYPC_CASE_H

#include <stdint.h>

/* clang-format off */
enum case_flag {
    CASE_STAY = 1, /* works at its own address only: fire at it in place, never in a copy */
    /* writes SP otherwise than by a constant (Go's SPWRITE): its SP-delta table may say "unknown" */
    CASE_SP_WRITE = 2,
    /* keeps frame pointers, and begins with a frame record's address in the register (fp_walk.h) */
    CASE_FRAME_POINTER = 4,
    CASE_STACK_CHECK = 8,   /* checks the simulated stack guard, as a prologue does (stack_check.h) */
    CASE_BY_RULE = 16,      /* all its marks are the marking predicates', none was set by hand */
    /* taken out of a binary: memory is mapped where it faults (maps.h), and an initial state from which it
     * does not come to its end is left out */
    CASE_FOREIGN = 32,
    /* no function, but Progs that may stand anywhere in one: its return address is not looked for (oracle
     * "return") */
    CASE_FRAGMENT = 64,
    CASE_BLOCKS = 128, /* blocks in a system call, where signals reach it too (blocked.h) */
};
/* clang-format on */

/* No PC to hop to: the PC is in no loop. */
#define NO_HOP 0xffff

/* What a signal makes of a system call that blocks. */
enum case_call {
    NO_CALL,
    CALL_EINTR,   /* breaks it off: the PC is behind it */
    CALL_RESTART, /* the kernel begins it again: the PC is at it */
};

/* A PC: the start of a machine instruction. Offsets are bytes from the entry. */
struct case_pc {
    uint16_t offset;     /* where the cross assembler put it */
    uint16_t promised;   /* where the optab said it would be */
    uint16_t prog;       /* index of its Prog */
    uint16_t hop;        /* index of another PC of its innermost loop, run once in each round; or NO_HOP */
    uint16_t reportable; /* 0: a signal never reports it (a delay slot) */
    uint16_t call;       /* enum case_call, of the instruction here */
};

/* A Prog and its mark as the marking pass left it, unencoded: the oracle's side of the table. */
struct case_prog {
    const char *text;
    const char *insns;  /* its machine instructions as text, one a line; may be null */
    const char *source; /* "file:line" */
    int32_t value;      /* enum unsafe_point */
    uint32_t offset;    /* promised */
};

/* A case may have two sets of initial values: state k begins with set k % CASE_VARIANTS. */
enum { CASE_VARIANTS = 2 };

enum case_init_kind {
    CASE_INIT_VALUE,
    CASE_INIT_ARENA,
    CASE_INIT_LEAVE,
    CASE_INIT_STACK,
    CASE_INIT_TICKER,
};

struct case_init {
    uint32_t reg; /* index in the register list */
    uint32_t kind;
    uint32_t low, high; /* the value's halves */
    uint32_t variant;   /* 0: in every state; else 1 + the number of its set */
};

enum case_expect_kind { CASE_EXPECT_REG, CASE_EXPECT_ARENA };

/* A value that the case must end with: what the oracle "cross" asks for. */
struct case_expect {
    const char *name; /* of the variable or memory cell */
    uint32_t kind;
    uint32_t where;   /* index in the register list, or bytes from the arena's middle */
    uint32_t width;   /* bits, 32 or 64: the low ones of a register */
    uint32_t variant; /* number of the set of initial values that it belongs to */
    uint32_t low, high;
};

struct test_case {
    const char *name;
    const char *source;      /* "file:line" */
    const uint8_t *code;     /* what a copy begins with: the prelude that sets REGTMP */
    const uint8_t *entry;    /* the first instruction of the case */
    const uint8_t *end;      /* behind its last instruction */
    const uint8_t *leave;    /* where it comes to its end: behind some padding, so that a pin at the last
                                instruction overwrites nothing else */
    const uint8_t *limit;    /* behind its literals: what a copy ends with */
    const uint8_t *table;    /* the encoded PC-value table of the marks */
    const uint8_t *sp_table; /* the encoded SP-delta table */
    const struct case_pc *pcs;
    const struct case_prog *progs;
    const struct case_init *inits;
    const struct case_expect *expects;
    uint32_t n_pcs, n_progs, n_inits, n_expects;
    uint32_t table_length, sp_table_length; /* bytes */
    uint32_t func_size;                     /* bytes, as the optab promised */
    uint32_t flags;                         /* enum case_flag */
};

extern const struct test_case *const everypc_cases[];
extern const uint32_t everypc_n_cases;
/* What the assembler left out, as pairs of strings: what, why; ended by a null. */
extern const char *const everypc_skipped[];

#endif
