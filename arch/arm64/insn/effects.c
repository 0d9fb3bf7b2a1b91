/* arm64: what an instruction does (insn/effects.h), from capstone's operands and the table of
 * effects_table.h.
 *
 * A write to W clears the upper half of X; a write to B, H, S, D, Q or to a V of 8 bytes clears what lies
 * above it, up to the end of Z (Arm ARM, B1.2.1): both are whole writes. A write to an element of V leaves
 * the other elements of V alone, and clears Z above V. */
#include <capstone/capstone.h>

#include "effects_operands.h"
#include "effects_sve.h"
#include "effects_table.h"

DEFINE_UNIT_NAMES(unit_names);

_Static_assert(U_x0 == 0 && U_x30 == 30 && U_sp == 31 && U_z0 == U_v0_last + 1, "the list's order is used");

/* ---- values ---- */

static bool is_imm(const cs_arm64_op *op)
{
    return op->type == ARM64_OP_IMM;
}

/* Of MOVZ and MOVN (Arm ARM, C4.1.92, Move wide), whose constant and id capstone takes from the alias, if
 * there is one. */
static bool is_move_wide(const cs_insn *cs, int64_t *constant)
{
    uint32_t word = insn_word(cs), opc = word >> 29 & 3;
    if ((word & 0x1f800000) != 0x12800000 || opc & 1)
        return false;
    uint64_t value = (uint64_t)(word >> 5 & 0xffff) << (word >> 21 & 3) * 16;
    value = opc ? value : ~value;
    *constant = (int64_t)(word >> 31 ? value : (uint32_t)value);
    return true;
}

/* o: the three operands, those that are no registers with NO_UNIT and size 0. */
static void follow(const cs_insn *cs, struct effects *fx, const struct operand *o)
{
    const cs_arm64 *d = &cs->detail->arm64;
    const cs_arm64_op *op = d->operands, *last = &op[d->op_count - 1];
    if (d->op_count == 0 || o[0].unit == NO_UNIT || o[0].vector)
        return;
    unsigned shift = last->shift.type == ARM64_SFT_LSL ? last->shift.value : 0;
    int64_t imm = is_imm(last) ? (int64_t)((uint64_t)last->imm << shift) : 0;
    bool wide = o[0].size == 8,
         plain = last->shift.type == ARM64_SFT_INVALID && last->ext == ARM64_EXT_INVALID;
    switch (cs->id) {
    case ARM64_INS_ADR:
    case ARM64_INS_ADRP:
        fx_value(fx, VALUE_CONST, o[0].unit, NO_UNIT, imm);
        return;
    case ARM64_INS_MOVN:
    case ARM64_INS_MOV:
    case ARM64_INS_MOVZ:
        if (is_move_wide(cs, &imm)) {
            fx_value(fx, VALUE_CONST, o[0].unit, NO_UNIT, imm);
        } else if (is_imm(last)) {
            fx_value(fx, VALUE_CONST, o[0].unit, NO_UNIT, wide ? imm : (int64_t)(uint32_t)imm);
        } else if (o[1].vector) {
            return;
        } else if (o[1].unit == NO_UNIT) {
            fx_value(fx, VALUE_CONST, o[0].unit, NO_UNIT, 0);
        } else {
            fx_value(fx, wide ? VALUE_ADD_IMM : VALUE_AND_IMM, o[0].unit, o[1].unit, wide ? 0 : 0xffffffff);
        }
        return;
    case ARM64_INS_MOVK:
        if (wide) {
            fx_value(fx, VALUE_INSERT, o[0].unit, o[0].unit, last->imm);
            fx->value[0].shift = (uint8_t)last->shift.value;
        }
        return;
    default:
        break;
    }
    /* clang-format off */
    static const uint8_t with_imm[ARM64_INS_ENDING] = {
        [ARM64_INS_ADD] = VALUE_ADD_IMM, [ARM64_INS_ADDS] = VALUE_ADD_IMM, [ARM64_INS_SUB] = VALUE_ADD_IMM,
        [ARM64_INS_SUBS] = VALUE_ADD_IMM, [ARM64_INS_AND] = VALUE_AND_IMM, [ARM64_INS_ANDS] = VALUE_AND_IMM,
        [ARM64_INS_ORR] = VALUE_OR_IMM, [ARM64_INS_EOR] = VALUE_XOR_IMM, [ARM64_INS_LSL] = VALUE_SHL_IMM,
    };
    static const uint8_t with_reg[ARM64_INS_ENDING] = {
        [ARM64_INS_ADD] = VALUE_ADD, [ARM64_INS_ADDS] = VALUE_ADD, [ARM64_INS_SUB] = VALUE_SUB,
        [ARM64_INS_SUBS] = VALUE_SUB,
    };
    /* clang-format on */
    bool subtract = cs->id == ARM64_INS_SUB || cs->id == ARM64_INS_SUBS;
    if (!wide || d->op_count != 3 || o[1].unit == NO_UNIT)
        return;
    if (with_imm[cs->id] != VALUE_NONE && is_imm(last))
        fx_value(fx, with_imm[cs->id], o[0].unit, o[1].unit, subtract ? -imm : imm);
    else if (with_reg[cs->id] != VALUE_NONE && plain && o[2].unit != NO_UNIT)
        fx_value2(fx, with_reg[cs->id], o[0].unit, o[1].unit, o[2].unit);
}

/* ---- memory ---- */

static bool is_post_index(const cs_arm64 *d)
{
    return d->writeback && d->post_index;
}

/* The memory operand at op[at]; `last` and `n_regs` describe the registers in front of it. */
static bool memory(const cs_insn *cs, const struct insn_row *row, char role, int at,
                   const struct operand *last, int n_regs, struct effects *fx)
{
    const cs_arm64 *d = &cs->detail->arm64;
    const cs_arm64_op *op = &d->operands[at];
    struct effect_mem *m = &fx->mem[0];
    struct operand base = {.unit = NO_UNIT}, index = {.unit = NO_UNIT};
    if (is_imm(op)) {
        m->disp = op->imm;
    } else {
        cs_arm64_op reg = {.vector_index = -1, .reg = op->mem.base};
        if (!arm64_operand(cs, &reg, &base))
            return false;
        arm64_reads(fx, &base);
        m->base = base.unit;
        m->disp = is_post_index(d) ? 0 : op->mem.disp;
        reg.reg = op->mem.index;
        if (op->mem.index != ARM64_REG_INVALID) {
            if (!arm64_operand(cs, &reg, &index))
                return false;
            arm64_reads(fx, &index);
            m->index = index.unit;
            bool extended =
                op->ext != ARM64_EXT_INVALID && op->ext != ARM64_EXT_UXTX && op->ext != ARM64_EXT_SXTX;
            m->scale = extended ? 0 : (uint8_t)(1 << (op->shift.type == ARM64_SFT_LSL ? op->shift.value : 0));
        }
    }
    m->load = role == 'l' || role == 'u';
    m->store = role == 's' || role == 'u';
    if (row->size)
        m->size = row->size;
    else if (row->flags & F_LIST)
        m->size =
            (uint16_t)(n_regs * (row->flags & F_DUP ? arm64_element_bytes[d->operands[0].vas] : last->size));
    else if (last)
        m->size = (uint16_t)(last->size * (row->flags & F_PAIR ? 2 : 1));
    if (m->load || m->store)
        fx->n_mem = 1;
    else
        *m = (struct effect_mem){.base = NO_UNIT, .index = NO_UNIT};
    struct operand first = {.unit = NO_UNIT};
    if (row->flags & F_PAIR && last && arm64_operand(cs, &d->operands[at - 2], &first))
        m->descending = first.unit > last->unit;
    if (!d->writeback || is_imm(op))
        return true;

    fx_write(fx, base.unit);
    const cs_arm64_op *offset = at + 1 < d->op_count ? op + 1 : NULL;
    if (!is_post_index(d)) {
        fx_value(fx, VALUE_ADD_IMM, base.unit, base.unit, op->mem.disp);
    } else if (offset && is_imm(offset)) {
        fx_value(fx, VALUE_ADD_IMM, base.unit, base.unit, offset->imm);
    } else if (offset && offset->type == ARM64_OP_REG && arm64_operand(cs, offset, &index)) {
        arm64_reads(fx, &index);
        fx_value2(fx, VALUE_ADD, base.unit, base.unit, index.unit);
    }
    return true;
}

/* ---- system registers ---- */

static void system_register(const cs_insn *cs, struct effects *fx)
{
    bool write = cs->id == ARM64_INS_MSR;
    const cs_arm64 *d = &cs->detail->arm64;
    int unit = NO_UNIT;
    for (int i = 0; i < d->op_count; i++) {
        if (d->operands[i].type == ARM64_OP_PSTATE && d->operands[i].pstate == ARM64_PSTATE_DIT)
            unit = U_dit;
        if (d->operands[i].type != ARM64_OP_SYS && d->operands[i].type != ARM64_OP_REG_MRS &&
            d->operands[i].type != ARM64_OP_REG_MSR)
            continue;
        switch ((unsigned)d->operands[i].reg) {
        case ARM64_SYSREG_NZCV:
            unit = U_nzcv;
            break;
        case ARM64_SYSREG_FPCR:
            unit = U_fpcr;
            break;
        case ARM64_SYSREG_FPSR:
            unit = U_fpsr;
            break;
        case ARM64_SYSREG_DIT:
            unit = U_dit;
            break;
        case ARM64_SYSREG_TPIDR_EL0:
            unit = U_tpidr_el0;
            break;
        default:
            break; /* what the machine is, and counters */
        }
    }
    if (unit == U_tpidr_el0 && !write)
        fx->flags |= READS_TLS;
    if (unit == NO_UNIT)
        return;
    if (write)
        fx_write(fx, unit);
    else
        fx_read(fx, unit);
}

/* Of a system call: its number and arguments, and what Linux may change: the result, and what SVE has beyond
 * V (Documentation/arm64/sve.rst). */
static void system_call(struct effects *fx)
{
    for (int u = U_x0; u < U_x0 + 6; u++) /* arguments; the number */
        fx_read(fx, u);
    fx_read(fx, U_x8);
    fx_write(fx, U_x0);
    for (int n = 0; n < 32; n++)
        for (int u = U_z0; u <= U_z0_last; u++)
            fx_touch(fx, u + n * V_STRIDE);
    for (int u = U_p0; u <= U_p15; u++)
        fx_touch(fx, u);
    fx_touch(fx, U_ffr);
}

/* ---- the whole ---- */

/* Of the element that a list of registers loads or stores capstone gives the last one alone the index. */
static int list_index(const struct insn_row *row, const cs_arm64 *d)
{
    int index = -1;
    for (int i = 0; row->flags & F_LIST && i < d->op_count; i++)
        if (d->operands[i].type == ARM64_OP_REG && d->operands[i].vector_index >= 0)
            index = d->operands[i].vector_index;
    return index;
}

static bool operands(const cs_insn *cs, const struct insn_row *row, struct effects *fx)
{
    const cs_arm64 *d = &cs->detail->arm64;
    struct operand o[4] = {{.unit = NO_UNIT}, {.unit = NO_UNIT}, {.unit = NO_UNIT}, {.unit = NO_UNIT}},
                   last = {0};
    const char *role = row->roles;
    int n_regs = 0, index = list_index(row, d);
    for (int i = 0; i < d->op_count; i++) {
        const cs_arm64_op *op = &d->operands[i];
        cs_arm64_op reg = *op;
        char r = *role == '*' ? (op->type == ARM64_OP_REG ? role[-1] : role[1]) : *role;
        bool is_memory = r == 'l' || r == 's' || r == 'u' || r == 'p';
        if (op->type == ARM64_OP_MEM || (is_imm(op) && is_memory))
            return is_memory && memory(cs, row, r, i, n_regs ? &last : NULL, n_regs, fx);
        if (op->type != ARM64_OP_REG)
            continue;
        if (index >= 0)
            reg.vector_index = index;
        if (is_memory || r == 0 || !arm64_operand(cs, &reg, &last))
            return false;
        n_regs++;
        if (i < 4)
            o[i] = last;
        if (r != 'w')
            arm64_reads(fx, &last);
        if (r != 'r')
            arm64_writes(fx, &last);
        if (*role != '*')
            role++;
    }
    follow(cs, fx, o);
    return true;
}

static void control_flow(const cs_insn *cs, const struct insn_row *row, struct effects *fx)
{
    const cs_arm64 *d = &cs->detail->arm64;
    fx->flow = row->flow;
    if (row->flow == FLOW_NEXT)
        return;
    if (cs->id == ARM64_INS_B && d->cc != ARM64_CC_INVALID && d->cc != ARM64_CC_AL && d->cc != ARM64_CC_NV) {
        fx->flow = FLOW_BRANCH;
        fx_read(fx, U_nzcv);
    }
    if (fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH || fx->flow == FLOW_CALL)
        fx->target = (uint64_t)d->operands[d->op_count - 1].imm;
    if (fx->flow == FLOW_CALL || fx->flow == FLOW_CALL_REG)
        fx_write(fx, U_x30);
    if (fx->flow == FLOW_RET && d->op_count == 0)
        fx_read(fx, U_x30);
}

/* Those that say where they are, and so are not kept from one place to the next, without capstone. */
static bool fill_word(uint32_t word, struct effects *fx)
{
    int64_t far = (int32_t)(word << 6) >> 4;
    int32_t near = ((int32_t)(word << 8) >> 13) * 4, nearest = ((int32_t)(word << 13) >> 18) * 4;
    uint32_t reg = word & 31;
    int unit = reg == 31 ? NO_UNIT : U_x0 + (int)reg;
    if ((word & 0x7c000000) == 0x14000000) { /* B, BL */
        fx->flow = word >> 31 ? FLOW_CALL : FLOW_JUMP;
        fx->target = fx->pc + (uint64_t)far;
        if (word >> 31)
            fx_write(fx, U_x30);
    } else if ((word & 0xff000010) == 0x54000000 && (word & 15) < 14) { /* B.cond */
        fx->flow = FLOW_BRANCH;
        fx->target = fx->pc + (uint64_t)(int64_t)near;
        fx_read(fx, U_nzcv);
    } else if ((word & 0x7c000000) == 0x34000000) { /* CBZ, CBNZ; TBZ, TBNZ */
        fx->flow = FLOW_BRANCH;
        fx->target = fx->pc + (uint64_t)(int64_t)(word >> 25 & 1 ? nearest : near);
        fx_read(fx, unit);
    } else if ((word & 0x9f000000) == 0x90000000) { /* ADRP */
        int64_t pages = near + (word >> 29 & 3);
        fx_write(fx, unit);
        fx_value(fx, VALUE_CONST, unit, NO_UNIT, (int64_t)(fx->pc & ~UINT64_C(0xfff)) + pages * 0x1000);
    } else {
        return false;
    }
    return true;
}

static bool fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
    if (arm64_is_sve(cs))
        return arm64_sve(cs, fx);
    const struct insn_row *row = cs->id < ARM64_INS_ENDING ? &arm64_insns[cs->id] : NULL;
    if (!row || !row->roles || !operands(cs, row, fx))
        return false;
    control_flow(cs, row, fx);
    if (row->flags & F_NZCV_R)
        fx_read(fx, U_nzcv);
    if (row->flags & F_NZCV_W)
        fx_write(fx, U_nzcv);
    if (row->flags & F_FPSR)
        fx_touch(fx, U_fpsr);
    if (row->flags & F_LL)
        fx->flags |= IS_LL;
    if (row->flags & F_SC)
        fx->flags |= IS_SC;
    if (fx->n_mem && fx->mem[0].load && fx->mem[0].store)
        fx->flags |= IS_ATOMIC;

    const cs_arm64 *d = &cs->detail->arm64;
    struct operand o;
    switch (cs->id) {
    case ARM64_INS_MRS:
    case ARM64_INS_MSR:
        system_register(cs, fx);
        break;
    case ARM64_INS_SVC:
        system_call(fx);
        break;
    case ARM64_INS_DC: /* DC ZVA stores a block whose size the machine chooses; the others store nothing */
        if (d->operands[0].type == ARM64_OP_SYS && d->operands[0].sys == ARM64_DC_ZVA) {
            const cs_arm64_op *reg = &d->operands[d->op_count - 1];
            if (reg->type == ARM64_OP_REG && arm64_operand(cs, reg, &o) && o.unit != NO_UNIT)
                fx_mem(fx, o.unit, 0, 0, false, true);
        }
        break;
    case ARM64_INS_ORR:
    case ARM64_INS_BIC: /* the vector forms with an immediate change their destination */
        if (d->op_count == 2 && is_imm(&d->operands[1]) && arm64_operand(cs, &d->operands[0], &o))
            arm64_reads(fx, &o);
        break;
    case ARM64_INS_LDR:
    case ARM64_INS_LDUR:
    case ARM64_INS_LDAR:
    case ARM64_INS_LDAPR:
    case ARM64_INS_LDXR:
    case ARM64_INS_LDAXR:
        if (arm64_operand(cs, &d->operands[0], &o) && !o.vector && o.size == 8 && o.unit != NO_UNIT)
            fx_value(fx, VALUE_LOAD, o.unit, NO_UNIT, 0);
        break;
    default:
        break;
    }
    return true;
}

const struct effects_arch effects_arm64 = {
    EFFECTS_OF_REGS(unit_names),
    .target = &target_arm64,
    .general = {{UINT64_C(0xffffffff)}},   /* x0 to x30, sp */
    .undefined = {0x00, 0x17, 0xa7, 0xbe}, /* Go 1.19, cmd/internal/obj/arm64/asm7.go, case 90 */
    .undefined_size = 4,
    .kept_below_sp = 8, /* the frame pointer: pushCall takes 16 bytes and writes the lower 8 */
    .load_address = "adrp\t%1$s, %2$s\n\tadd\t%1$s, %1$s, :lo12:%2$s",
    .goroutine = U_x28,
    .call = "bl %s",
    .fill = fill,
    .fill_word = fill_word,
    .of_words = true,
    .addresses = {{0x1f000000, 0x10000000}}, /* ADR, ADRP */
};
