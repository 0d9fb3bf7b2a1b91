/* ppc64: what an instruction does (insn/effects.h). The fields come from
 * its word (Power ISA, book I, 1.6), and what is done with them from the tables.
 *
 * An FPR is the first half of the VSX register of its number; an instruction that writes one leaves the other
 * half undefined, and so that is lost as well. CR is one unit, of which a comparison changes a part. */

#include "effects_table.h"
#include "effects_vector.h"
#include "effects_word.h"

DEFINE_UNIT_NAMES(units);
_Static_assert(U_r31 - U_r0 == 31 && U_vs63 - U_vs0 == 126, "registers are in order");

/* ---- memory ---- */

/* The VSX register that a row's floating-point field D names, and whether both halves move. */
struct wide {
    uint32_t number;
    bool all;
};

static int64_t displacement(uint32_t word, unsigned how)
{
    int16_t d = (int16_t)(word & 0xffff);
    return how & QUAD ? d & ~15 : how & SCALED ? d & ~3 : d;
}

static void memory(struct effects *fx, const struct row *row, uint32_t word, bool load, bool store)
{
    uint32_t a = bits(word, 11, 15);
    int base = a || row->how & UPDATE ? gpr(a) : NO_UNIT;
    int64_t d = row->how & INDEXED ? 0 : displacement(word, row->how);
    if (row->how & INDEXED && base == NO_UNIT) {
        fx_mem(fx, gpr(bits(word, 16, 20)), 0, row->size, load, store);
    } else {
        fx_mem(fx, base, d, row->size, load, store);
        if (row->how & INDEXED) {
            fx->mem[fx->n_mem - 1].index = (int16_t)gpr(bits(word, 16, 20));
            fx->mem[fx->n_mem - 1].scale = 1;
            fx_read(fx, gpr(bits(word, 16, 20)));
        }
    }
    if (!(row->how & UPDATE))
        return;
    fx_write(fx, base);
    if (row->how & INDEXED)
        fx_value2(fx, VALUE_ADD, base, base, gpr(bits(word, 16, 20)));
    else
        fx_value(fx, VALUE_ADD_IMM, base, base, d);
}

/* ---- values ---- */

static void note_value(struct effects *fx, enum kind kind, uint32_t word)
{
    uint32_t d = bits(word, 6, 10), a = bits(word, 11, 15), b = bits(word, 16, 20);
    int64_t low = (int16_t)(word & 0xffff), u = word & 0xffff;
    switch (kind) {
    case ADD_IMM:
    case ADD_SHIFTED:
        low *= kind == ADD_SHIFTED ? 65536 : 1;
        fx_value(fx, a ? VALUE_ADD_IMM : VALUE_CONST, gpr(d), a ? gpr(a) : NO_UNIT, low);
        break;
    case OR_IMM:
        fx_value(fx, VALUE_OR_IMM, gpr(a), gpr(d), u);
        break;
    case OR_SHIFTED:
        fx_value(fx, VALUE_OR_IMM, gpr(a), gpr(d), u << 16);
        break;
    case XOR_IMM:
        fx_value(fx, VALUE_XOR_IMM, gpr(a), gpr(d), u);
        break;
    case XOR_SHIFTED:
        fx_value(fx, VALUE_XOR_IMM, gpr(a), gpr(d), u << 16);
        break;
    case ADD:
        fx_value2(fx, VALUE_ADD, gpr(d), gpr(a), gpr(b));
        break;
    case SUBTRACT:
        fx_value2(fx, VALUE_SUB, gpr(d), gpr(b), gpr(a));
        break;
    case OR:
        if (d == b)
            fx_value(fx, VALUE_ADD_IMM, gpr(a), gpr(d), 0);
        break;
    case ROTATE_LEFT: { /* RLDICR with the mask of a shift: SLDI; with no rotation: the low bits cleared */
        uint32_t shift = bits(word, 16, 20) | bits(word, 30, 30) << 5,
                 end = bits(word, 21, 25) | bits(word, 26, 26) << 5;
        if (shift == 0)
            fx_value(fx, VALUE_AND_IMM, gpr(a), gpr(d), (int64_t)(~UINT64_C(0) << (63 - end)));
        else if (end == 63 - shift)
            fx_value(fx, VALUE_SHL_IMM, gpr(a), gpr(d), shift);
        break;
    }
    case FULL_LOAD:
        fx_value(fx, VALUE_LOAD, gpr(d), NO_UNIT, 0);
        break;
    default:
        break;
    }
}

/* ---- rows ---- */

static void read_wide(struct effects *fx, uint32_t number, bool all)
{
    fx_read(fx, vsr(number));
    if (all)
        fx_read(fx, vsr(number) + 1);
}

static void write_wide(struct effects *fx, uint32_t number)
{
    fx_write(fx, vsr(number));
    fx_write(fx, vsr(number) + 1);
}

static void note_roles(struct effects *fx, unsigned roles, uint32_t word, struct wide d)
{
    uint32_t a = bits(word, 11, 15);
    if (roles & RD)
        fx_read(fx, gpr(bits(word, 6, 10)));
    if (roles & RA || (roles & RA0 && a))
        fx_read(fx, gpr(a));
    if (roles & RB)
        fx_read(fx, gpr(bits(word, 16, 20)));
    if (roles & FRD)
        read_wide(fx, d.number, d.all);
    if (roles & FRA)
        fx_read(fx, vsr(a));
    if (roles & FRB)
        fx_read(fx, vsr(bits(word, 16, 20)));
    if (roles & FRC)
        fx_read(fx, vsr(bits(word, 21, 25)));
    if (roles & CRR)
        fx_read(fx, U_cr);
    if (roles & CAR)
        fx_read(fx, U_xer);
    if (roles & WD)
        fx_write(fx, gpr(bits(word, 6, 10)));
    if (roles & WA)
        fx_write(fx, gpr(a));
    if (roles & FWD)
        write_wide(fx, d.number);
    if (roles & CRW || (roles & DOT && word & 1))
        fx_touch(fx, U_cr);
    if (roles & CAW)
        fx_touch(fx, U_xer);
}

/* Loads and stores; others access no memory. */
static void note_access(struct effects *fx, const struct row *row, uint32_t word)
{
    switch ((enum kind)row->kind) {
    case LOAD:
    case FULL_LOAD:
        memory(fx, row, word, true, false);
        break;
    case STORE:
    case CACHE_ZERO:
        memory(fx, row, word, false, true);
        break;
    case LINKED:
        memory(fx, row, word, true, false);
        fx->flags |= IS_LL;
        break;
    case CONDITIONAL:
        memory(fx, row, word, false, true);
        fx->flags |= IS_SC;
        break;
    default:
        break;
    }
}

/* mcrfs clears what it copies. mffs and those that share its opcode tell by field A whether they change
 * something, and whether by a register. */
static void from_fpscr(struct effects *fx, const struct row *row, uint32_t word)
{
    enum { MFFS = 0, MFFSCDRN = 20, MFFSCRN = 22, MFFSL = 24 };
    uint32_t which = bits(word, 11, 15);
    fx_read(fx, U_fpscr);
    if (row->roles & CRW || (which != MFFS && which != MFFSL))
        fx_touch(fx, U_fpscr);
    if (row->roles & FWD && (which == MFFSCDRN || which == MFFSCRN))
        fx_read(fx, vsr(bits(word, 16, 20)));
}

static bool apply(struct effects *fx, const struct row *row, uint32_t word, struct wide d)
{
    note_roles(fx, row->roles, word, d);
    note_value(fx, row->kind, word);
    note_access(fx, row, word);
    switch ((enum kind)row->kind) {
    case UNKNOWN:
        return false;
    case BRANCH:
        ppc64_branch_to(fx, word, (int32_t)((word & 0x03fffffc) << 6) >> 6, FLOW_JUMP);
        break;
    case BRANCH_IF:
        ppc64_branch_if(fx, word);
        break;
    case BRANCH_LINK:
        ppc64_branch_reg(fx, word, U_lr, FLOW_RET);
        break;
    case BRANCH_COUNT:
        ppc64_branch_reg(fx, word, U_ctr, FLOW_JUMP_REG);
        break;
    case SYSCALL:
        ppc64_syscall(fx);
        break;
    case TRAP_IF:
    case TRAP_IF_IMM:
        fx->flow = bits(word, 6, 10) == 31 ? FLOW_STOP : FLOW_NEXT;
        break;
    case FROM_SPECIAL:
        if (row->roles & WD)
            ppc64_special(fx, word, false);
        else
            from_fpscr(fx, row, word);
        break;
    case TO_SPECIAL:
        if (row->roles & RD)
            ppc64_special(fx, word, true);
        else
            fx_touch(fx, U_fpscr);
        break;
    case FLOAT:
        fx_touch(fx, U_fpscr);
        if (word & 1)
            fx_touch(fx, U_cr);
        break;
    default:
        break;
    }
    if (unit_in(&fx->reads, gpr(TLS_POINTER)))
        fx->flags |= READS_TLS;
    return true;
}

/* Primary opcode 31: first the rows of VSX registers, whose last bit is the register's sixth, then those of
 * vectors. ISEL has its condition among the bits of the extended opcode. */
static bool extended_31(struct effects *fx, uint32_t word)
{
    uint32_t xo = bits(word, 21, 30), d = bits(word, 6, 10);
    if ((xo & 31) == 15) {
        static const struct row isel = {WD | RA0 | RB | CRR, PLAIN, 0, 0};
        return apply(fx, &isel, word, (struct wide){0, false});
    }
    if (xo == 316 && d == bits(word, 16, 20)) { /* xor of a register and itself: zero, whatever it held */
        fx_write(fx, gpr(bits(word, 11, 15)));
        fx_value(fx, VALUE_CONST, gpr(bits(word, 11, 15)), NO_UNIT, 0);
        if (word & 1)
            fx_touch(fx, U_cr);
        return true;
    }
    const struct row *vsx = &op31_vsx[xo], *vector = &op31_vector[xo];
    if (vsx->kind != UNKNOWN)
        return apply(fx, vsx, word,
                     (struct wide){d | (word & 1) << 5, vsx->kind == TWO_UNITS || vsx->size == 16});
    if (vector->kind != UNKNOWN)
        return apply(fx, vector, word, (struct wide){d + FIRST_VECTOR, true});
    return apply(fx, &op31[xo], word, (struct wide){d, false});
}

/* lxv, stxv: an offset of 16 bytes' multiples, and the register's sixth bit beside the opcode. */
static bool vsx_offset(struct effects *fx, uint32_t word)
{
    static const struct row load = {FWD, LOAD, 16, QUAD}, store = {FRD, STORE, 16, QUAD};
    uint32_t number = bits(word, 6, 10) | bits(word, 28, 28) << 5;
    if (bits(word, 29, 31) == 1)
        return apply(fx, &load, word, (struct wide){number, true});
    if (bits(word, 29, 31) == 5)
        return apply(fx, &store, word, (struct wide){number, true});
    return false;
}

/* Of single precision, of what the longer extended opcodes say, there are conversions from integers alone;
 * other words with primary opcode 59 are decimal or of the matrix unit. */
static const struct row *float_row(uint32_t word)
{
    enum { SINGLE = 59, FCFIDS = 846, FCFIDUS = 974 };
    static const struct row unknown = {0, UNKNOWN, 0, 0};
    const struct row *a = &float_a[bits(word, 26, 30)];
    uint32_t xo = bits(word, 21, 30);
    if (a->kind != UNKNOWN)
        return a;
    return word >> 26 == SINGLE && xo != FCFIDS && xo != FCFIDUS ? &unknown : &float_x[xo];
}

static bool fill_word(uint32_t word, struct effects *fx)
{
    struct wide d = {bits(word, 6, 10), false};
    switch (word >> 26) {
    case 4:
        return ppc64_vector(fx, word);
    case 19:
        return apply(fx, &op19[bits(word, 21, 30)], word, d);
    case 30:
        return apply(fx, &op30[bits(word, 27, 30)], word, d);
    case 31:
        return extended_31(fx, word);
    case 58:
        return apply(fx, &op58[word & 3], word, d);
    case 62:
        return apply(fx, &op62[word & 3], word, d);
    case 59:
    case 63:
        return apply(fx, float_row(word), word, d);
    case 60:
        return ppc64_vsx(fx, word);
    case 61:
        return vsx_offset(fx, word);
    default:
        return apply(fx, &primary[word >> 26], word, d);
    }
}

/* clang-format off */
#define EFFECTS(name) \
    const struct effects_arch effects_##name = { \
        EFFECTS_OF_REGS(units), \
        .target = &target_##name, \
        .spoken = {{U_xer, 0x7fffffff}}, \
        /* SO goes into CR at every comparison, and nothing compiled sets it */ \
        .general = {{(UINT64_C(1) << (U_lr + 1)) - 1}}, \
        .zeros = {{UINT64_C(1) << U_r0}}, /* R0: Go 1.19, cmd/internal/obj/ppc64/a.out.go, REGZERO */ \
        .undefined_size = 4, /* zeros: Go 1.19, cmd/internal/obj/ppc64/asm9.go, case 78 */ \
        .call = "bl %s", \
        .fill_word = fill_word, \
    }
/* clang-format on */
EFFECTS(ppc64);
EFFECTS(ppc64le);
