/* Progs, and what an architecture's assembler tables say of them. Host only.
 *
 * A Prog is one line in Go assembler syntax. It is parsed (parse.c), looked up in the architecture's
 * optab (oplook.c), which expands it to GNU assembler instructions, marked (pctab/mark.c) with the
 * architecture's predicates, and written out (emit.c).
 */
#ifndef EVERYPC_PROG_H
#define EVERYPC_PROG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "target.h"

/* A register: class and number. Classes are the architecture's own, from 1. */
#define REG(class, number) ((class) << 8 | (number))
#define REG_CLASS(reg)     ((reg) >> 8)
#define REG_NUMBER(reg)    ((reg)&0xff)
enum { NO_REG = 0 };

enum operand_kind {
    OPERAND_NONE,
    OPERAND_REG,      /* R1 */
    OPERAND_IMM,      /* $0x1234 */
    OPERAND_MEM,      /* 8(R1), (R1)(R2*4) */
    OPERAND_ADDR,     /* $8(R1): the address, not what lies there */
    OPERAND_SYM,      /* g(SB), g+8(SB) */
    OPERAND_SYM_ADDR, /* $g(SB) */
    OPERAND_PAIR,     /* (R1, R2) */
    OPERAND_LIST,     /* [R1,R2-R4] */
    OPERAND_SHIFTED,  /* R1<<5, R1>>5, R1->5, R1@>5 */
    OPERAND_TARGET,   /* a label, 2(PC), or an absolute PC in a listing */
    OPERAND_SPECIAL,  /* a bare word that is neither register nor label: EQ, CR0LT */
};

struct operand {
    enum operand_kind kind;
    int reg;          /* REG, MEM and ADDR base, first of PAIR, SHIFTED */
    int index, scale; /* MEM: index register and scale; scale 0 where none was written */
    int reg2;         /* second of PAIR */
    int64_t value;    /* IMM; offset of MEM, ADDR, SYM; shift amount; PC-relative Progs of TARGET */
    uint32_t regset;  /* LIST: a bit a register number */
    char shift[3];    /* SHIFTED: "<<", ">>", "->", "@>" */
    char name[32];    /* SYM and SYM_ADDR without (SB); TARGET's label; SPECIAL's word */
    bool absolute;    /* TARGET: `value` is a PC in a listing */
};

enum { MAX_ARGS = 6, MAX_INSNS = 16, MAX_LINE = 160 };

/* One machine instruction of a Prog, as GNU assembler text. */
struct insn {
    char text[112];
    uint8_t size;       /* bytes */
    bool in_delay_slot; /* executed with the branch before it, or behind a prefix: its PC is never reported */
    bool is_jump;       /* disassembled ones only: a jump or branch, no call */
};

struct optab;
struct asm_arch;

struct prog {
    char text[MAX_LINE]; /* as written, white space folded */
    char op[16];         /* ADD */
    char suffix[12];     /* ".P", ".EQ", or "" */
    struct operand arg[MAX_ARGS];
    int n_args;
    const char *file; /* borrowed from the reader; lives as long as the program */
    int line;
    bool has_pcdata; /* PCDATA $0, $v stands before it */
    int32_t pcdata;
    bool has_spadj; /* SPADJ $n stands before it: it moves SP down by so many bytes, whatever its operands are
                     */
    int32_t spadj;
    int call; /* enum case_call of probe/case.h: BLOCKS stands behind it */

    /* from oplook */
    const struct asm_arch *arch;
    const struct optab *entry;
    struct insn insn[MAX_INSNS];
    int n_insns;
    uint32_t pc, size; /* bytes from the function's entry */

    /* from the marking pass */
    int32_t value;
    /* at its PCs: bytes that SP has moved down since the entry, or SP_DELTA_UNKNOWN */
    int32_t sp_delta;
};

/* ---- what an architecture provides ---- */

/* A run of registers that share a prefix: {"R", 0, 31, REG(C_R, 0)} is R0 to R30. A count of 0 is a
 * single name without a number: {"RSP", 0, 0, REG(C_R, 31)}. */
struct reg_range {
    const char *prefix;
    int first, count, reg;
};

/* An operation's name in Go's syntax, its operation class (the key of the optab) and up to three GNU
 * mnemonics, which templates call {op}, {op2} and {op3}. */
struct opname {
    const char *go;
    int opclass;
    const char *gas[3];
};

/* An optab entry: Progs of this operation class whose operands are of these classes expand to this
 * template. Entries are tried in order, the first that fits wins.
 *
 * A template is a list of machine instructions, set apart by ';'. In it
 *   {1} {2} ...  are operands, {t} the last one, {m} the second of three or more, else the last;
 *   {1:fmt}      an operand in the architecture's format `fmt`;
 *   {op}         the mnemonic;
 *   ~insn        an instruction in the delay slot of the one before it;
 *   N: insn      an instruction of N bytes, where the architecture's are not all of one size;
 *   @macro a,b   as many instructions as the architecture's `macro` function makes of it.
 */
/* clang-format off */
enum optab_flag {
    USES_REGTMP = 1 << 0, /* the expansion writes REGTMP */
    NO_RESTART  = 1 << 1, /* longer than one instruction and not through REGTMP: Go's NOTUSETMP */
    PC_RELATIVE = 1 << 2, /* the code works at one address only: no copies of it */
    IS_BRANCH   = 1 << 3, /* may go elsewhere than to the next instruction */
    /* traps on some operands: registers that nothing sets get values that are none of them */
    MAY_TRAP    = 1 << 4,
    IS_PREFIX   = 1 << 5, /* the next Prog's instruction begins with it: that Prog's PC is never reported */
};
/* clang-format on */
/* An operand class set that also matches a missing operand: the middle one of ADD R1, [R2,] R3. */
#define OPTIONAL (UINT64_C(1) << 63)

struct optab {
    int opclass;
    const char *suffix; /* "" none, "*" any, else exact */
    uint64_t arg[MAX_ARGS];
    const char *text;
    unsigned flags;
};

/* How Progs of an operation move SP, where their operands are of this shape; of several rules the first that
 * fits. A Prog whose last operand is SP and that matches no rule sets SP to an unknown value. */
enum sp_shape {
    SP_ADD,     /* ADD $n, [RSP,] RSP: down by `bytes` times n, -1 or 1 */
    SP_ADDR,    /* MOVD $-16(RSP), RSP */
    SP_LEA,     /* LEAQ -16(SP), SP */
    SP_INDEXED, /* MOVD.W R30, -16(RSP): by the offset */
    SP_LIST,    /* MOVM.DB.W [R1,R2], (R13): down by `bytes` for each register */
    SP_PUSH,    /* PUSHQ AX, POPQ AX: down by `bytes` */
    SP_CALL,    /* a call that pushes `bytes` for its callee */
    SP_JUMP,    /* never goes on to the next Prog */
    SP_READ,    /* reads its last operand only */
};

struct sp_rule {
    const char *op;     /* "MOVDU"; "CMP*" is all that begins with CMP */
    const char *suffix; /* exact; null: none */
    enum sp_shape shape;
    int32_t bytes;
};

struct asm_arch {
    const struct target *target;
    const struct sp_rule *sp_rules; /* ended by a null op */
    const char *nop;                /* the shortest instruction that does nothing; null: "nop" */
    /* Where accesses to thread-local storage differ from target to target: the text of the thread pointer, of
     * g's distance from it, and of g in one step. Null elsewhere. */
    const char *tls_base, *tls_offset, *tls_direct;
    const char *stub_nop;   /* the same for a stub's code, where that may have instructions shorter than a
                               case's; else null */
    uint32_t stub_nop_size; /* bytes */
    const struct reg_range *regs;
    const struct opname *ops;
    const struct optab *optab;

    /* The classes that an operand belongs to, a bit each. */
    uint64_t (*classify)(const struct prog *p, const struct operand *a);
    /* Writes operand `a` in the given format ("" is the plain one). False: no such format. */
    bool (*format)(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n);
    /* Appends the instructions of a macro; may be null. `args` is the text behind the name, with its
     * placeholders filled in. False: no such macro. */
    bool (*macro)(struct prog *p, const char *name, const char *args);
    /* The size of an instruction whose template says '?:'; may be null. */
    uint32_t (*size)(const struct prog *p, const char *text);
    /* Makes a short branch long whose target lies `distance` bytes behind its end, and answers whether it
     * did; null where branches are of one size. */
    bool (*relax)(struct prog *p, int64_t distance);
    /* The registers, ended by NO_REG, that hold addresses although no operand names them; may be null. */
    const int *(*implicit_bases)(const struct prog *p);
    /* Why a Prog of Go's can't run in user mode on the CPU that is emulated, or null; may be null. */
    const char *(*unrunnable)(const struct prog *p);
    /* The marking predicates (marks.c); either may be null. They are handed a struct prog. */
    bool (*is_unsafe_point)(const void *prog);
    bool (*is_restartable)(const void *prog);
};

/* The architecture of a target, or null. */
const struct asm_arch *asm_arch_find(const char *target);
extern const struct asm_arch *const asm_arches[]; /* null-terminated */

/* ---- for templates, formats and macros ---- */

/* Appends an instruction to the Prog; `size` 0 stands for the architecture's fixed size. */
__attribute__((format(printf, 3, 4))) void prog_add(struct prog *p, uint32_t size, const char *fmt, ...);
/* A label of the literal that the function's pool holds for this value (4 or 8 bytes). */
void literal_label(int64_t value, int size, char *out, size_t n);
/* The same for the address of a symbol. */
void literal_symbol_label(const char *symbol, int64_t offset, int size, char *out, size_t n);

#endif
