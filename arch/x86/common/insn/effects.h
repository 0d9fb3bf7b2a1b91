/* x86: what an instruction's row says of it (table.c), and what it doesn't. */
#ifndef EVERYPC_X86_EFFECTS_H
#define EVERYPC_X86_EFFECTS_H

#include <capstone/capstone.h>
#include <stdint.h>

#include "insn/effects_fill.h"

/* clang-format off */
enum x86_flag {
    F_FLAGS_R = 1 << 0,  /* reads the status flags */
    F_FLAGS_W = 1 << 1,  /* changes some of them */
    F_FLAGS   = 1 << 2,  /* leaves nothing of them: sets each, or calls it undefined and changes it in fact */
    F_SHIFT   = 1 << 3,  /* sets them unless the count, its last operand, is zero */
    F_SSE     = 1 << 4,  /* adds exceptions to MXCSR */
    F_MXCSR_R = 1 << 5,
    F_MXCSR_W = 1 << 6,  /* wholly, as the control words below */
    F_X87     = 1 << 7,  /* works on the x87 stack: see x87() */
    F_FCW_R   = 1 << 8,
    F_FCW_W   = 1 << 9,
    F_FSW_R   = 1 << 10,
    F_VEX     = 1 << 11, /* a write to a vector register zeroes what is above of it, up to ZMM's end */
    /* a scalar that keeps the register's rest only between registers: a load zeroes it */
    F_MERGE   = 1 << 12,
    F_MOVE    = 1 << 14, /* bytes as they are (IS_MOVE) */
    F_SAME    = 1 << 13, /* the result does not depend on the sources if they are one register */
    F_XMM0_R  = 1 << 15, /* reads XMM0, which is no operand of capstone's */
};
/* clang-format on */

/* What the operands don't say; and what becomes of values. Each is a function in how.c. */
/* clang-format off */
enum x86_how {
    HOW_OPERANDS, /* nothing */
    HOW_MOV, HOW_MOVZX, HOW_LEA, HOW_XCHG,
    HOW_ADD, HOW_SUB, HOW_INC, HOW_DEC, HOW_AND, HOW_OR, HOW_XOR, HOW_SHL,
    HOW_MUL, HOW_DIV, HOW_STRING, HOW_BIT, HOW_VZERO, HOW_INT,
    HOW_PUSH, HOW_POP, HOW_PUSHA, HOW_POPA, HOW_PUSHF, HOW_POPF, HOW_LEAVE, HOW_CALL, HOW_RET, HOW_JUMP,
    N_HOWS,
};
/* clang-format on */

/* General registers by their units, which begin both lists; bits of x86_row.in, out and touch. */
enum x86_gpr { AX, BX, CX, DX, SI, DI, BP, SP, R8, R9, R10, R11 };
#define GPR(n) (1 << (n))

/* Roles are those of all operands in order; immediates may have any or none.
 *   w  written  r  read  x  read and written  c  written in part, or only if a condition holds  -  not
 *      accessed
 * After a role, how much of a vector register; nothing: as much as the operand has.
 *   s  its low 4 bytes  d  its low 8  h  the 8 after them */
struct x86_row {
    const char *roles; /* null: not known */
    uint16_t flags;    /* enum x86_flag */
    uint8_t flow, how; /* enum flow, enum x86_how */
    uint16_t in, out;  /* implied general registers: read, written wholly, in part or maybe */
    uint16_t touch;
};

extern const struct x86_row x86_rows[X86_INS_ENDING]; /* table.c */

/* ---- registers ---- */

enum x86_class {
    CLASS_UNKNOWN,
    CLASS_GPR,
    CLASS_VECTOR,
    CLASS_CONTROL,
    CLASS_MASK,
    CLASS_X87,
    CLASS_NONE /* no unit of its own */
};
struct reg_unit {
    uint8_t class, size; /* bytes */
    int16_t unit;
};

/* What the register lists of 32 and 64 bits have at other places: units. FS and GS both stand for the unit of
 * the thread's address: each system leads to a thread's own memory by one of them (Windows, amd64: GS; 386:
 * FS; macOS: GS), and nothing that Go compiles uses the other one. */
enum { VECTOR_UNITS = 5 /* four of YMM, then ZMM's upper half */ };
struct x86_units {
    const struct reg_unit *regs; /* by capstone's ids */
    int16_t eflags, mxcsr, fcw, fsw, ftw;
    int16_t x87, x87_end;   /* the first unit, and that behind the last one */
    int16_t vectors, masks; /* first units */
    int n_low;              /* vector registers that instructions without EVEX can name */
    int16_t tls;
    uint32_t word; /* bytes of a general register */
};

static inline const struct reg_unit *reg_of(const struct x86_units *x86, const cs_x86_op *op)
{
    return &x86->regs[op->reg];
}

/* Of a vector register's units, how many it has by this name: XMM, YMM or ZMM. */
static inline int vector_units(const struct reg_unit *r)
{
    return r->size == 64 ? VECTOR_UNITS : r->size / 8;
}

/* The unit of an operand that is a whole general register, else NO_UNIT. */
static inline int whole(const struct x86_units *x86, const cs_x86_op *op)
{
    const struct reg_unit *r = reg_of(x86, op);
    return op->type == X86_OP_REG && r->class == CLASS_GPR && r->size == x86->word ? r->unit : NO_UNIT;
}

/* The general register or control unit, whose `size` bytes are written: 4 bytes clear the upper half of 8. */
static inline void write_unit(struct effects *fx, int unit, unsigned size)
{
    if (size >= 4)
        fx_write(fx, unit);
    else
        fx_touch(fx, unit);
}

/* enum x86_how, as functions (how.c). */
extern void (*const x86_hows[N_HOWS])(const struct x86_units *x86, const cs_insn *cs, struct effects *fx);

/* A memory operand, and what its address reads. */
void x86_memory(const struct x86_units *x86, const cs_insn *cs, const cs_x86_op *op, bool load, bool store,
                struct effects *fx);
/* The units of a vector register that a lane names: from `first`; returns how many. */
int x86_lane_units(const struct reg_unit *r, char lane, int *first);
/* Of a vector register a lane, or with 0 all that it has by this name. */
void x86_read_reg(const struct reg_unit *r, char lane, struct effects *fx);

/* AVX-512 (evex.c): whether the instruction has its encoding, and what it does. */
bool x86_is_evex(const struct x86_units *x86, const cs_insn *cs);
bool x86_fill_evex(const struct x86_units *x86, const cs_insn *cs, struct effects *fx);

/* Completes *fx as struct effects_arch says. False: an instruction that the table does not know. */
bool x86_fill(const struct x86_units *x86, const cs_insn *cs, struct effects *fx);

/* ---- for the list of registers and its units ---- */

#define REG_1(r, n)     [X86_REG_##r] = {CLASS_GPR, 1, X86_UNIT(n)},
#define REG_BYTES(l, n) REG_1(l##L, n) REG_1(l##H, n)
#define REG_2(r, n)     [X86_REG_##r] = {CLASS_GPR, 2, X86_UNIT(n)},
#define REG_4(r, n)     [X86_REG_##r] = {CLASS_GPR, 4, X86_UNIT(n)},
#define REG_8(r, unit)  [X86_REG_##r] = {CLASS_GPR, 8, unit},
#define REG_VECTOR(n) \
    [X86_REG_XMM##n] = {CLASS_VECTOR, 16, U_y##n}, [X86_REG_YMM##n] = {CLASS_VECTOR, 32, U_y##n}, \
    [X86_REG_ZMM##n] = {CLASS_VECTOR, 64, U_y##n},
#define REG_MASK(n)    [X86_REG_K##n] = {CLASS_MASK, 8, U_k##n},
#define REG_MMX(n)     [X86_REG_MM##n] = {CLASS_X87, 8, NO_UNIT},
#define REG_NO_UNIT(r) [X86_REG_##r] = {CLASS_NONE, 0, NO_UNIT},

/* clang-format off */
#define X86_UNITS(regs_, word_, tls_, n_low_) { \
    .regs = regs_, .eflags = U_eflags, .mxcsr = U_mxcsr, .fcw = U_fcw, .fsw = U_fsw, .ftw = U_ftw, \
    .x87 = U_st0, .x87_end = U_st7se_last + 1, .vectors = U_y0, .masks = U_k0, .n_low = n_low_, \
    .tls = tls_, .word = word_}
/* clang-format on */
#define X86_CHECK_UNITS \
    _Static_assert((int)U_z0 == U_y0 + VECTOR_UNITS - 1 && U_z0_last == U_z0 && U_k7 == U_k0 + 7 && \
                       (int)X86_UNIT(ax) == (int)AX && (int)X86_UNIT(sp) == (int)SP, \
                   "unit numbers")

#endif
