/* loong64: what an instruction does (insn/effects.h), from its word's fields and the table. */
#include "../probe/regs.h"

#include "insn/effects_fill.h"

#include "effects_table.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(units);
_Static_assert(U_r31 - U_r1 == 30 && U_f31 - U_f0 == 31 * 4 && U_fcc7 - U_fcc0 == 7,
               "registers are in order");

enum { RA = 1, TP = 2, A0 = 4, A7 = 11, T0 = 12, T8 = 20 }; /* register numbers, as in the fields */

static int general(uint32_t n)
{
    return n ? U_r1 + (int)n - 1 : NO_UNIT;
}

static uint32_t bits(uint32_t word, int low, int n)
{
    return word >> low & ((1u << n) - 1);
}

/* The field of n bits from bit `low` on, as a signed number. */
static int64_t signed_bits(uint32_t word, int low, int n)
{
    return (int64_t)((uint64_t)word << (64 - low - n)) >> (64 - n);
}

/* Distances of branches, in bytes. */
static int64_t distance16(uint32_t word)
{
    return signed_bits(word, 10, 16) * 4;
}

static int64_t distance21(uint32_t word)
{
    return (signed_bits(word, 0, 5) * 65536 + bits(word, 10, 16)) * 4;
}

static int64_t distance26(uint32_t word)
{
    return (signed_bits(word, 0, 10) * 65536 + bits(word, 10, 16)) * 4;
}

/* ---- what is more than reads and writes ---- */

static void set_target(struct effects *fx, enum flow flow, int64_t distance)
{
    fx->flow = (uint8_t)flow;
    fx->target = fx->pc + (uint64_t)distance;
}

/* R31 is a link register too, of morestack; but a jump through it may be any other, so it counts as one. */
static void jump_reg(struct effects *fx, uint32_t word)
{
    if (bits(word, 0, 5))
        fx->flow = FLOW_CALL_REG;
    else
        fx->flow = bits(word, 5, 5) == RA && distance16(word) == 0 ? FLOW_RET : FLOW_JUMP_REG;
}

/* Linux: the number in A7, arguments in A0 to A6; A0 and T0 to T8 change. */
static void syscall_effects(struct effects *fx)
{
    for (uint32_t n = A0; n <= A7; n++)
        fx_read(fx, general(n));
    for (uint32_t n = T0; n <= T8; n++)
        fx_touch(fx, general(n));
    fx_write(fx, general(A0));
}

/* FCSR1 to FCSR3 are parts of FCSR0. */
static bool set_fcsr(struct effects *fx, uint32_t word)
{
    if (bits(word, 0, 5) == 0)
        fx_write(fx, U_fcsr);
    else
        fx_touch(fx, U_fcsr);
    return bits(word, 0, 5) < 4;
}

/* ---- the table's rows ---- */

static void note_reads(struct effects *fx, uint32_t roles, uint32_t word)
{
    int d = (int)bits(word, 0, 5), j = (int)bits(word, 5, 5), k = (int)bits(word, 10, 5),
        a = (int)bits(word, 15, 5);
    const struct {
        enum role role;
        int unit;
    } reads[] = {{RDR, general((uint32_t)d)}, {RJ, general((uint32_t)j)}, {RK, general((uint32_t)k)},
                 {FDR, U_f0 + 4 * d},         {FJ, U_f0 + 4 * j},         {FK, U_f0 + 4 * k},
                 {FA, U_f0 + 4 * a},          {CJ, U_fcc0 + j % 8},       {CA, U_fcc0 + a % 8},
                 {VDR, U_f0 + 4 * d},         {VDR, U_f0 + 4 * d + 1},    {XDR, U_f0 + 4 * d + 2},
                 {XDR, U_f0 + 4 * d + 3},     {VJ, U_f0 + 4 * j},         {VJ, U_f0 + 4 * j + 1},
                 {VK, U_f0 + 4 * k},          {VK, U_f0 + 4 * k + 1}};
    if ((roles & CLEARS) && j == k) /* its own XOR */
        return;
    int kept = (roles & LANES) && j == d ? U_f0 + 4 * d + 1 : NO_UNIT;
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (roles & reads[i].role && reads[i].unit != kept)
            fx_read(fx, reads[i].unit);
}

static void note_writes(struct effects *fx, uint32_t roles, uint32_t word)
{
    int d = (int)bits(word, 0, 5);
    bool in_place = (roles & LANES) && bits(word, 5, 5) == bits(word, 0, 5);
    if (roles & RD)
        fx_write(fx, general((uint32_t)d));
    if (roles & RJW)
        fx_write(fx, general(bits(word, 5, 5)));
    if (roles & (FD | VD))
        fx_write(fx, U_f0 + 4 * d);
    if (roles & FDT)
        fx_touch(fx, U_f0 + 4 * d);
    if (roles & VD && in_place) /* who does not use it afterwards did not use it */
        fx_touch(fx, U_f0 + 4 * d + 1);
    else if (roles & VD)
        fx_write(fx, U_f0 + 4 * d + 1);
    for (int part = 2; part < 4 && roles & VD; part++) { /* LSX leaves LASX's upper half undefined */
        if (roles & XD)
            fx_write(fx, U_f0 + 4 * d + part);
        else
            fx_touch(fx, U_f0 + 4 * d + part);
    }
    if (roles & CD)
        fx_write(fx, U_fcc0 + d % 8);
    if (roles & FLAGS)
        fx_touch(fx, U_fcsr);
}

static void note_value(struct effects *fx, enum kind kind, uint32_t word)
{
    int d = general(bits(word, 0, 5)), j = general(bits(word, 5, 5)), k = general(bits(word, 10, 5));
    int64_t imm12 = signed_bits(word, 10, 12), imm20 = signed_bits(word, 5, 20), pc = (int64_t)fx->pc;
    const struct {
        enum kind kind;
        enum value_op op;
        int64_t imm;
    } constants[] = {{LOAD_UPPER, VALUE_CONST, imm20 * 4096},
                     {ADD_PC2, VALUE_CONST, pc + imm20 * 4},
                     {ADD_PC12, VALUE_CONST, pc + imm20 * 4096},
                     {ADD_PC18, VALUE_CONST, pc + imm20 * 262144},
                     {ADD_PAGE, VALUE_CONST, (pc + imm20 * 4096) & -4096},
                     {ADD_IMM, VALUE_ADD_IMM, imm12},
                     {ADD_IMM16, VALUE_ADD_IMM, signed_bits(word, 10, 16) * 65536},
                     {ADDW_IMM, VALUE_ADD32_IMM, imm12},
                     {AND_IMM, VALUE_AND_IMM, bits(word, 10, 12)},
                     {OR_IMM, VALUE_OR_IMM, bits(word, 10, 12)},
                     {XOR_IMM, VALUE_XOR_IMM, bits(word, 10, 12)},
                     {SHIFT_LEFT, VALUE_SHL_IMM, bits(word, 10, 6)}};
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (constants[i].kind == kind)
            fx_value(fx, constants[i].op, d, constants[i].op == VALUE_CONST ? NO_UNIT : j, constants[i].imm);
    if (kind == ADD || kind == SUB || (kind == OR && (j == NO_UNIT || k == NO_UNIT)))
        fx_value2(fx, kind == SUB ? VALUE_SUB : VALUE_ADD, d, j, k);
    if (kind == AND && j != NO_UNIT && k != NO_UNIT)
        fx_value2(fx, VALUE_AND, d, j, k);
    if (kind == FULL_LOAD || kind == FULL_LOAD14 || kind == FULL_LOADX)
        fx_value(fx, VALUE_LOAD, d, NO_UNIT, 0);
}

/* Whether it is an access to memory. */
static bool note_memory(struct effects *fx, const struct row *row, uint32_t word)
{
    int j = general(bits(word, 5, 5)), k = general(bits(word, 10, 5));
    int64_t imm12 = signed_bits(word, 10, 12), imm14 = signed_bits(word, 10, 14) * 4;
    switch ((enum kind)row->kind) {
    case LOAD:
    case FULL_LOAD:
    case STORE:
        fx_mem(fx, j, imm12, row->size, row->kind != STORE, row->kind == STORE);
        return true;
    case LOAD14:
    case FULL_LOAD14:
    case STORE14:
        fx_mem(fx, j, imm14, row->size, row->kind != STORE14, row->kind == STORE14);
        return true;
    case LOADX:
    case FULL_LOADX:
    case STOREX:
        fx_mem(fx, j, 0, row->size, row->kind != STOREX, row->kind == STOREX);
        fx_read(fx, k);
        fx->mem[0].index = (int16_t)k;
        fx->mem[0].scale = 1;
        return true;
    case LINKED:
    case CONDITIONAL:
        fx_mem(fx, j, imm14, row->size, row->kind == LINKED, row->kind == CONDITIONAL);
        fx->flags |= row->kind == LINKED ? IS_LL : IS_SC;
        return true;
    case ATOMIC:
        fx_mem(fx, j, 0, row->size, true, true);
        fx->flags |= IS_ATOMIC;
        return true;
    default:
        return false;
    }
}

/* The rest. False: no such instruction. */
static bool note_control(struct effects *fx, const struct row *row, uint32_t word)
{
    bool same = bits(word, 0, 5) == bits(word, 5, 5);
    switch ((enum kind)row->kind) {
    case BRANCH16:
        set_target(fx, FLOW_BRANCH, distance16(word));
        return true;
    case BRANCH_EQ:
        set_target(fx, same ? FLOW_JUMP : FLOW_BRANCH, distance16(word));
        return true;
    case BRANCH21:
        set_target(fx, FLOW_BRANCH, distance21(word));
        return true;
    case JUMP:
        set_target(fx, FLOW_JUMP, distance26(word));
        return true;
    case CALL:
        set_target(fx, FLOW_CALL, distance26(word));
        fx_write(fx, general(RA));
        return true;
    case JUMP_REG:
        jump_reg(fx, word);
        return true;
    case SYSCALL:
        syscall_effects(fx);
        return true;
    case TRAP:
        fx->flow = FLOW_STOP;
        return true;
    case BITS32:
        if (!bits(word, 15, 1)) /* it inserts */
            fx_read(fx, general(bits(word, 0, 5)));
        fx_write(fx, general(bits(word, 0, 5)));
        return true;
    case SET_FCSR:
        return set_fcsr(fx, word);
    case GET_FCSR:
        fx_read(fx, U_fcsr);
        return bits(word, 5, 5) < 4;
    default:
        return true;
    }
}

static const struct row *find(uint32_t word)
{
    size_t low = 0, high = sizeof rows / sizeof *rows;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (rows[middle].value <= word)
            low = middle;
        else
            high = middle;
    }
    return (word & rows[low].mask) == rows[low].value ? &rows[low] : NULL;
}

static bool fill_word(uint32_t word, struct effects *fx)
{
    const struct row *row = find(word);
    if (!row)
        return false;
    note_reads(fx, row->roles, word);
    note_writes(fx, row->roles, word);
    note_value(fx, (enum kind)row->kind, word);
    if (row->kind >= ADD_PC2 && row->kind <= ADD_PAGE)
        fx->flags |= MAKES_ADDRESS;
    bool known = note_memory(fx, row, word) || note_control(fx, row, word);
    if (unit_in(&fx->reads, general(TP)))
        fx->flags |= READS_TLS;
    return known;
}

const struct effects_arch effects_loong64 = {
    EFFECTS_OF_REGS(units),
    .target = &target_loong64,
    .general = {{(UINT64_C(2) << U_r31) - (UINT64_C(1) << U_r1)}},
    .load_address = "pcalau12i\t$%1$s, %%pc_hi20(%2$s)\n\taddi.d\t$%1$s, $%1$s, %%pc_lo12(%2$s)",
    .goroutine = U_r22,
    .ask_flag = "pcalau12i\t$%2$s, %%pc_hi20(%1$s)\n\tld.bu\t$%3$s, $%2$s, %%pc_lo12(%1$s)",
    .flag_branch = {3, 0xfc, {0x44, 0x44}}, /* BNEZ */
    .call = "bl %s",
    .fill_word = fill_word,
};
