/* mips: what an instruction does (insn/effects.h), for the four targets: from a word's fields and the opcode
 * maps of effects_table.h. */
#include "effects_msa.h"
#include "effects_table.h"
#include "effects_units.h"

DEFINE_UNIT_NAMES(units);
_Static_assert(U_r1 == 0 && U_r25 == 24 && U_r31 - U_r28 == 3 && U_f31 - U_f0 == 31,
               "registers are in order");

struct fields {
    uint32_t rs, rt, rd, sa; /* numbers */
    uint32_t function;
    int64_t offset; /* sign-extended immediate */
};

static struct fields fields_of(uint32_t word)
{
    return (struct fields){word >> 21 & 31, word >> 16 & 31, word >> 11 & 31,
                           word >> 6 & 31,  word & 63,       (int16_t)word};
}

/* r26 and r27 are the kernel's, and not in the register list: no program can rely on them. */
static bool is_listed(uint32_t n)
{
    return n != 26 && n != 27;
}

/* ---- floating point ---- */

/* A double in the upper half of a pair is not a register; what a processor does with it is undefined. */
/* Where words have 4 bytes (FR=0) a double is a pair of registers. */
static void fp_read(struct effects *fx, const struct target *t, uint32_t n, bool is_double)
{
    bool pair = is_double && t->word == 4;
    fx_read(fx, U_f0 + (int)(pair ? n & ~1u : n));
    if (pair)
        fx_read(fx, U_f0 + (int)(n | 1));
}

/* What a single leaves in the upper half of its register is unpredictable: processors may keep it. */
static void fp_write(struct effects *fx, const struct target *t, uint32_t n, bool is_double)
{
    bool pair = is_double && t->word == 4;
    if (t->word == 8 && !is_double)
        fx_touch(fx, U_f0 + (int)n);
    else
        fx_write(fx, U_f0 + (int)(pair ? n & ~1u : n));
    if (pair)
        fx_write(fx, U_f0 + (int)(n | 1));
}

/* ---- roles ---- */

struct use {
    enum role role;
    int unit;
};

static void note_reads(struct effects *fx, const struct target *t, const struct fields *f, uint32_t roles)
{
    const struct use uses[] = {
        {RS, general(f->rs)}, {RT, general(f->rt)}, {HI, U_hi}, {LO, U_lo}, {FLAG, U_fcr31}};
    for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
        if (roles & uses[i].role)
            fx_read(fx, uses[i].unit);
    if (roles & FS)
        fp_read(fx, t, f->rd, roles & DOUBLE_FROM);
    if (roles & FT)
        fp_read(fx, t, f->rt, roles & DOUBLE_FROM);
}

static void note_writes(struct effects *fx, const struct target *t, const struct fields *f, uint32_t roles)
{
    const struct use whole[] = {
        {TO_RT, general(f->rt)}, {TO_RD, general(f->rd)}, {TO_HI, U_hi}, {TO_LO, U_lo}};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (roles & whole[i].role)
            fx_write(fx, whole[i].unit);
    const struct use partial[] = {{HILO_LOST, U_hi}, {HILO_LOST, U_lo}, {RAISES, U_fcr31}};
    for (size_t i = 0; i < sizeof partial / sizeof *partial; i++)
        if (roles & partial[i].role)
            fx_touch(fx, partial[i].unit);
    if (roles & TO_FS)
        fp_write(fx, t, f->rd, roles & DOUBLE_TO);
    if (roles & TO_FT)
        fp_write(fx, t, f->rt, roles & DOUBLE_TO);
    if (roles & TO_FD)
        fp_write(fx, t, f->sa, roles & DOUBLE_TO);
}

/* ---- values ---- */

/* A sum of 32 bits. On mips64 it can be followed only where one side is zero: then it is a sign extension. */
static void sum32(struct effects *fx, const struct target *t, enum value_op op, int rd, int rs, int rt)
{
    if (t->word == 4)
        fx_value2(fx, op, rd, rs, rt);
    else if (rt == NO_UNIT)
        fx_value(fx, VALUE_ADD32_IMM, rd, rs, 0);
    else if (rs == NO_UNIT && op == VALUE_ADD)
        fx_value(fx, VALUE_ADD32_IMM, rd, rt, 0);
}

static void note_value(struct effects *fx, const struct target *t, const struct fields *f, enum kind kind)
{
    int rs = general(f->rs), rt = general(f->rt), rd = general(f->rd);
    int64_t unsigned_imm = (uint16_t)f->offset;
    switch (kind) {
    case LOAD_UPPER:
        fx_value(fx, VALUE_CONST, rt, NO_UNIT, f->offset * 0x10000);
        break;
    case ADD_IMM32:
        fx_value(fx, t->word == 8 ? VALUE_ADD32_IMM : VALUE_ADD_IMM, rt, rs, f->offset);
        break;
    case ADD_IMM64:
        fx_value(fx, VALUE_ADD_IMM, rt, rs, f->offset);
        break;
    case AND_IMM:
        fx_value(fx, VALUE_AND_IMM, rt, rs, unsigned_imm);
        break;
    case OR_IMM:
        fx_value(fx, VALUE_OR_IMM, rt, rs, unsigned_imm);
        break;
    case XOR_IMM:
        fx_value(fx, VALUE_XOR_IMM, rt, rs, unsigned_imm);
        break;
    case ADD32:
        sum32(fx, t, VALUE_ADD, rd, rs, rt);
        break;
    case SUB32:
        sum32(fx, t, VALUE_SUB, rd, rs, rt);
        break;
    case ADD64:
        fx_value2(fx, VALUE_ADD, rd, rs, rt);
        break;
    case SUB64:
        fx_value2(fx, VALUE_SUB, rd, rs, rt);
        break;
    case OR: /* a move, where one side is zero */
        if (rs == NO_UNIT || rt == NO_UNIT)
            fx_value2(fx, VALUE_ADD, rd, rs, rt);
        break;
    case AND:
        if (rs != NO_UNIT && rt != NO_UNIT)
            fx_value2(fx, VALUE_AND, rd, rs, rt);
        break;
    case SHIFT32: /* by 0 it is a move, on mips64 a sign extension */
        if (t->word == 4)
            fx_value(fx, VALUE_SHL_IMM, rd, rt, f->sa);
        else if (f->sa == 0)
            fx_value(fx, VALUE_ADD32_IMM, rd, rt, 0);
        break;
    case SHIFT64:
        fx_value(fx, VALUE_SHL_IMM, rd, rt, f->sa);
        break;
    case SHIFT64_32:
        fx_value(fx, VALUE_SHL_IMM, rd, rt, f->sa + 32);
        break;
    default:
        break;
    }
}

/* ---- memory ---- */

static void note_memory(struct effects *fx, const struct target *t, const struct fields *f,
                        const struct row *row)
{
    int base = general(f->rs);
    switch ((enum kind)row->kind) {
    case LOAD:
        fx_mem(fx, base, f->offset, row->size, true, false);
        if (row->roles & TO_RT && row->size == (t->word == 8 ? 8 : 4))
            fx_value(fx, VALUE_LOAD, general(f->rt), NO_UNIT, 0);
        break;
    case STORE:
        fx_mem(fx, base, f->offset, row->size, false, true);
        break;
    case LOAD_PART:
        fx_mem(fx, base, f->offset, 0, true, false);
        break;
    case STORE_PART:
        fx_mem(fx, base, f->offset, 0, false, true);
        break;
    case LINKED:
        fx_mem(fx, base, f->offset, row->size, true, false);
        fx->flags |= IS_LL;
        break;
    case CONDITIONAL:
        fx_mem(fx, base, f->offset, row->size, false, true);
        fx->flags |= IS_SC;
        break;
    default:
        break;
    }
}

/* ---- control ---- */

enum { LINK = 31, USER_LOCAL = 29, FCCR = 25, FEXR = 26, FENR = 28, FCSR = 31 };
enum { BGEZAL = 17 }; /* of REGIMM */

static void set_flow(struct effects *fx, enum flow flow, uint64_t target)
{
    fx->flow = (uint8_t)flow;
    fx->target = target;
    fx->flags |= HAS_DELAY_SLOT;
}

/* Linux, all three ABIs at once: the number in r2, arguments in r4 to r9, of o32 also on the stack; results
 * in r2 and r3, an error flag in r7; r1, r8 to r15, r24, r25, HI and LO are not kept
 * (arch/mips/include/asm/stackframe.h, SAVE_SOME; glibc's sysdep.h). */
static void syscall_effects(struct effects *fx)
{
    fx_read(fx, general(2));
    for (uint32_t n = 4; n <= 9; n++)
        fx_read(fx, general(n));
    fx_read(fx, U_r29);
    fx_write(fx, general(2));
    fx_write(fx, general(7));
    fx_touch(fx, general(1));
    fx_touch(fx, general(3));
    for (uint32_t n = 8; n <= 15; n++)
        fx_touch(fx, general(n));
    fx_touch(fx, general(24));
    fx_touch(fx, general(25));
    fx_touch(fx, U_hi);
    fx_touch(fx, U_lo);
}

static bool note_flow(struct effects *fx, const struct fields *f, enum kind kind, uint32_t word)
{
    uint64_t slot = fx->pc + 4, near = slot + (uint64_t)(f->offset * 4);
    uint64_t far = (slot & ~UINT64_C(0xfffffff)) | (word & 0x3ffffff) << 2;
    switch (kind) {
    case BRANCH:
        set_flow(fx, FLOW_BRANCH, near);
        break;
    case BRANCH_IF_EQUAL:
        set_flow(fx, f->rs == f->rt ? FLOW_JUMP : FLOW_BRANCH, near);
        break;
    case BRANCH_IF_ZERO:
        set_flow(fx, f->rs == 0 ? FLOW_JUMP : FLOW_BRANCH, near);
        break;
    case BRANCH_LINK: /* taken or not, it links; BAL is taken */
        set_flow(fx, FLOW_CALL, near);
        fx_touch(fx, general(LINK));
        if (f->rt == BGEZAL && f->rs == 0)
            fx_write(fx, general(LINK));
        else
            fx->flags |= IS_CONDITIONAL;
        break;
    case BRANCH_FLAG:
        if (f->rt & 2) /* likely */
            return false;
        set_flow(fx, FLOW_BRANCH, near);
        break;
    case JUMP:
        set_flow(fx, FLOW_JUMP, far);
        break;
    case JUMP_LINK:
        set_flow(fx, FLOW_CALL, far);
        fx_write(fx, general(LINK));
        break;
    case JUMP_REG:
        set_flow(fx, f->rs == LINK ? FLOW_RET : FLOW_JUMP_REG, 0);
        break;
    case JUMP_REG_LINK:
        set_flow(fx, f->rd == 0 ? FLOW_JUMP_REG : FLOW_CALL_REG, 0);
        break;
    case SYSCALL:
        syscall_effects(fx);
        break;
    case TRAP:
        fx->flow = FLOW_STOP;
        break;
    case TRAP_IF_EQUAL:
        fx->flow = f->rs == f->rt ? FLOW_STOP : FLOW_NEXT;
        break;
    default:
        break;
    }
    return true;
}

/* CFC1 and CTC1. Registers 25, 26 and 28 are views of FCR31; 0 says which processor it is. An exception that
 * one of the two views of causes and enables says is raised if the other one, which stays, does so, too. */
static bool control_effects(struct effects *fx, const struct fields *f, uint32_t roles)
{
    bool is_write = roles & RT;
    if (f->rd == 0)
        return !is_write;
    if (f->rd != FCCR && f->rd != FEXR && f->rd != FENR && f->rd != FCSR)
        return false;
    if (!is_write)
        fx_read(fx, U_fcr31);
    else if (f->rd == FCSR)
        fx_write(fx, U_fcr31);
    else
        fx_touch(fx, U_fcr31);
    if (is_write && (f->rd == FEXR || f->rd == FENR))
        fx_read(fx, U_fcr31);
    return true;
}

/* ---- the instruction ---- */

static bool is_wide(uint32_t word, const struct fields *f)
{
    switch (word >> 26) {
    case 0:
        return wide_special >> f->function & 1;
    case 28:
        return wide_special2 >> f->function & 1;
    case 31:
        return wide_special3 >> f->function & 1;
    case 17:
        return f->rs < 16 && wide_cop1_moves >> f->rs & 1;
    default:
        return wide_opcodes >> (word >> 26) & 1;
    }
}

/* Its row; for floating-point arithmetic with the format's width in place. */
static struct row find_row(uint32_t word, const struct fields *f)
{
    enum { S = 16, D = 17, W = 20, L = 21 };
    switch (word >> 26) {
    case 0:
        return special[f->function];
    case 1:
        return regimm[f->rt];
    case 28:
        return special2[f->function];
    case 31:
        return special3[f->function];
    case 17:
        break;
    default:
        return opcodes[word >> 26];
    }
    if (f->rs < S)
        return cop1_moves[f->rs];
    if (f->rs >= 24) /* BZ and BNZ of MSA, by the size of elements */
        return (struct row){BRANCH, 0, FT | DOUBLE_FROM};
    struct row row = cop1[f->function];
    bool is_double = f->rs == D || f->rs == L;
    if (!is_double && f->rs != S && f->rs != W)
        return (struct row){UNKNOWN, 0, 0};
    if (is_double)
        row.roles |= DOUBLE_FROM | (row.roles & SINGLE_TO ? 0 : DOUBLE_TO);
    return row;
}

static bool fill(const struct target *t, uint32_t word, struct effects *fx)
{
    const struct fields f = fields_of(word);
    const struct row row = find_row(word, &f);
    if (word >> 26 == MSA)
        return mips_msa(word, fx);
    if (t->word == 4 && is_wide(word, &f))
        return false;
    if (row.kind == UNKNOWN || (row.roles & RS && !is_listed(f.rs)) ||
        (row.roles & (RT | TO_RT) && !is_listed(f.rt)) || (row.roles & TO_RD && !is_listed(f.rd)))
        return false;
    note_reads(fx, t, &f, row.roles);
    note_writes(fx, t, &f, row.roles);
    note_value(fx, t, &f, row.kind);
    note_memory(fx, t, &f, &row);
    if (row.kind == MOVE_IF) {
        fx->flags |= IS_CONDITIONAL;
        fx->kills = (struct unitset){{0}};
    }
    if (row.kind == HARDWARE && f.rd == USER_LOCAL)
        fx->flags |= READS_TLS;
    if (row.kind == CONTROL)
        return control_effects(fx, &f, row.roles);
    return note_flow(fx, &f, row.kind, word);
}

/* ---- the targets ---- */

#define ARCH(name) \
    static bool fill_##name(uint32_t word, struct effects *fx) \
    { \
        return fill(&target_##name, word, fx); \
    } \
    const struct effects_arch effects_##name = { \
        EFFECTS_OF_REGS(units), .target = &target_##name, .general = {{(UINT64_C(2) << U_r31) - 1}}, \
        .call = "jal %s",       .fill_word = fill_##name, \
    };

ARCH(mips)
ARCH(mipsle)
ARCH(mips64)
ARCH(mips64le)
