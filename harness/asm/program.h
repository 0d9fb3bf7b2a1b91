/* A program: the Progs of one case, with its name, labels and initial state, as read from a .progs file,
 * drawn at random, or taken from machine code. */
#ifndef EVERYPC_PROGRAM_H
#define EVERYPC_PROGRAM_H

#include "error.h"
#include "prog.h"

enum { MAX_PROGS = 96, MAX_LABELS = 32, MAX_INITS = 24, MAX_EXPECTS = 64, MAX_LOOPS = 8, MAX_NAME = 96 };

/* What a register holds at entry, where it is not the state's own pattern. The numbers are written to
 * cases.S and read by the probe (probe/case.h). */
enum init_kind {
    INIT_VALUE = 0,  /* the value itself */
    INIT_ARENA = 1,  /* the arena's middle plus the value */
    INIT_LEAVE = 2,  /* the address that ends the case: what a case returns to */
    INIT_STACK = 3,  /* the stack pointer at entry plus the value */
    INIT_TICKER = 4, /* a file descriptor, a read of which blocks until the next tick (probe/ticker.h) */
};

struct init {
    int reg; /* index in the architecture's register list */
    enum init_kind kind;
    int64_t value;
    int variant; /* 0: in every run; else 1 + the variant that it belongs to (probe/case.h) */
};

/* A value that the runs of a variant must end with; written to cases.S as well. */
enum expect_kind {
    EXPECT_REG = 0,   /* the low bits of a register */
    EXPECT_ARENA = 1, /* a memory cell */
};

struct expect {
    char name[16]; /* for people: w0 */
    enum expect_kind kind;
    int variant, width; /* bits: 32 or 64 */
    int where;          /* index in the register list, or bytes from the arena's middle */
    uint64_t value;
};

struct label {
    char name[32];
    int prog; /* index of the Prog that it stands before; n_progs for the end */
};

/* A loop: the PCs [start, end), bytes from the entry. Its first and last instruction run once in each round.
 */
struct loop {
    uint32_t start, end;
};

/* Where a program's machine code comes from. */
enum program_kind {
    PROGRAM_PROGS,  /* expanded from its Progs */
    PROGRAM_BYTES,  /* machine code given as bytes */
    PROGRAM_OBJECT, /* a symbol of an object that is linked in */
};

struct program {
    char name[MAX_NAME];
    const char *file;
    int line;
    enum program_kind kind;
    struct prog progs[MAX_PROGS];
    int n_progs;
    struct label labels[MAX_LABELS];
    int n_labels;
    struct init inits[MAX_INITS];
    int n_inits;
    struct expect expects[MAX_EXPECTS];
    int n_expects;
    struct loop loops[MAX_LOOPS];
    int n_loops;
    uint32_t code_size;   /* bytes, without literals */
    bool pc_relative;     /* works at its own address only */
    bool stay;            /* set by hand: fire at it in place, never in a copy */
    bool frame_pointer;   /* set by hand: it keeps frame pointers, and begins with a frame record's address in
                             the register */
    bool stack_check;     /* set by hand: it checks the simulated stack guard, and calls what stands in for
                             morestack */
    bool foreign;         /* set by hand: taken out of a binary (CASE_FOREIGN, probe/case.h) */
    bool fragment;        /* no function: its return address lies where its marks and SP moves don't say */
    const uint8_t *bytes; /* PROGRAM_BYTES: owned by the reader */
    uint32_t n_bytes;
    const uint8_t *pool; /* PROGRAM_BYTES: literals that the code reads, n_pool bytes; owned by the reader */
    uint32_t n_pool, pool_from_entry;
    char symbol[MAX_NAME]; /* PROGRAM_OBJECT */
};

/* Adds what a line says; each returns false and an error on a full program or bad text. */
bool program_add_prog(const struct asm_arch *arch, struct program *p, const char *line, const char *file,
                      int number, struct error *e);
bool program_add_label(struct program *p, const char *name, const char *file, int number, struct error *e);
/* "R1 = arena+64", "R3 = 7", "R30 = leave", "R2 = stack-16" */
bool program_add_init(const struct asm_arch *arch, struct program *p, const char *text, const char *file,
                      int number, struct error *e);

/* Sets what a word says of the whole program: STAY, FRAME_POINTER, STACK_CHECK, FRAGMENT or FOREIGN. False
 * if it is another word, or the architecture has no such thing. */
bool program_set_property(const struct asm_arch *arch, struct program *p, const char *word);

/* Resolves labels, looks every Prog up, gives memory bases that nothing sets an initial value inside
 * the arena, marks the Progs and lays out their PCs. */
bool program_assemble(const struct asm_arch *arch, struct program *p, struct error *e);

/* The part of program_assemble that gives memory bases their initial values, for machine code. */
bool program_place(const struct asm_arch *arch, struct program *p, struct error *e);

/* Makes a register hold the address that ends the case; false if it is none of the state's. */
bool program_leave_through(const struct asm_arch *arch, struct program *p, int reg);

/* The Prog that a branch operand names, or -1. */
int program_target(const struct program *p, const struct operand *a, int from);

/* The program's table into out (capacity bytes). */
bool program_encode(const struct asm_arch *arch, const struct program *p, uint8_t *out, size_t capacity,
                    size_t *length, struct error *e);

#endif
