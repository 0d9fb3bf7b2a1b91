/* arm64: what an instruction does (harness/go/effects.h), from capstone's operands and the table of
 * effects_table.h.
 *
 * A write to W clears the upper half of X; a write to B, H, S, D, Q or to a V of 8 bytes clears what lies
 * above it, up to the end of Z (Arm ARM, B1.2.1): both are whole writes. A write to an element of V leaves
 * the other elements of V alone, and clears Z above V. */
#include <capstone/capstone.h>

#include "insn/effects_fill.h"
#include "effects_table.h"
#include "../probe/regs.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(unit_names);

enum { V_STRIDE = U_v1 - U_v0 };
_Static_assert(U_x0 == 0 && U_x30 == 30 && U_sp == 31 && U_z0 == U_v0_last + 1, "the list's order is used");

/* ---- operands ---- */

/* A register operand: its first unit, and its bytes. */
struct operand {
    int16_t unit; /* NO_UNIT: the zero register */
    uint8_t size; /* bytes that are read, or written before what lies above is cleared */
    int8_t lane;  /* of `size` bytes in V, or -1: from the bottom */
    bool vector;
};

/* clang-format off */
static const uint8_t arrangement_bytes[] = {
    [ARM64_VAS_16B] = 16, [ARM64_VAS_8B] = 8, [ARM64_VAS_4B] = 4, [ARM64_VAS_1B] = 1, [ARM64_VAS_8H] = 16,
    [ARM64_VAS_4H] = 8, [ARM64_VAS_2H] = 4, [ARM64_VAS_1H] = 2, [ARM64_VAS_4S] = 16, [ARM64_VAS_2S] = 8,
    [ARM64_VAS_1S] = 4, [ARM64_VAS_2D] = 16, [ARM64_VAS_1D] = 8, [ARM64_VAS_1Q] = 16,
};
static const uint8_t element_bytes[] = {
    [ARM64_VAS_16B] = 1, [ARM64_VAS_8B] = 1, [ARM64_VAS_4B] = 1, [ARM64_VAS_1B] = 1, [ARM64_VAS_8H] = 2,
    [ARM64_VAS_4H] = 2, [ARM64_VAS_2H] = 2, [ARM64_VAS_1H] = 2, [ARM64_VAS_4S] = 4, [ARM64_VAS_2S] = 4,
    [ARM64_VAS_1S] = 4, [ARM64_VAS_2D] = 8, [ARM64_VAS_1D] = 8, [ARM64_VAS_1Q] = 16,
};
/* clang-format on */

static uint32_t insn_word(const cs_insn *cs)
{
    return cs->bytes[0] | cs->bytes[1] << 8 | cs->bytes[2] << 16 | (uint32_t)cs->bytes[3] << 24;
}

/* DUP, INS, MOV, SMOV and UMOV of elements: capstone leaves the arrangement out in some. imm5 has the size as
 * its lowest set bit (Arm ARM, C4.1.96, Advanced SIMD copy). */
static unsigned copy_element_bytes(const cs_insn *cs)
{
    uint32_t word = insn_word(cs);
    bool vectors = (word & 0x9fe08400) == 0x0e000400, scalar = (word & 0xffe0fc00) == 0x5e000400;
    uint32_t imm5 = word >> 16 & 31;
    return (vectors || scalar) && imm5 ? imm5 & -imm5 : 0;
}

/* False for registers that this list has not: SVE's, SME's. */
static bool operand_of(const cs_insn *cs, const cs_arm64_op *op, struct operand *o)
{
    static const struct {
        uint16_t first, n;
        uint8_t size;
        bool vector;
        int16_t unit;
        /* clang-format off */
    } files[] = {
        {ARM64_REG_X0, 29, 8, false, U_x0},   {ARM64_REG_W0, 31, 4, false, U_x0},
        {ARM64_REG_FP, 1, 8, false, U_x29},
        {ARM64_REG_LR, 1, 8, false, U_x30},   {ARM64_REG_SP, 1, 8, false, U_sp},
        {ARM64_REG_WSP, 1, 4, false, U_sp},
        {ARM64_REG_XZR, 1, 8, false, NO_UNIT}, {ARM64_REG_WZR, 1, 4, false, NO_UNIT},
        {ARM64_REG_D0, 32, 8, true, U_v0},
        {ARM64_REG_V0, 32, 16, true, U_v0},   {ARM64_REG_S0, 32, 4, true, U_v0},
        {ARM64_REG_Q0, 32, 16, true, U_v0},
        {ARM64_REG_H0, 32, 2, true, U_v0},    {ARM64_REG_B0, 32, 1, true, U_v0},
    };
    /* clang-format on */
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        unsigned n = (unsigned)op->reg - files[i].first;
        if (n >= files[i].n)
            continue;
        *o = (struct operand){files[i].unit, files[i].size, -1, files[i].vector};
        if (o->unit != NO_UNIT)
            o->unit += (int16_t)(n * (o->vector ? V_STRIDE : 1));
        if (op->vas != ARM64_VAS_INVALID)
            o->size = arrangement_bytes[op->vas];
        if (op->vector_index >= 0 && o->vector) {
            unsigned size = copy_element_bytes(cs);
            /* FMOV to and from the upper half has no arrangement either. */
            o->size = (uint8_t)(size ? size : op->vas != ARM64_VAS_INVALID ? element_bytes[op->vas] : 8);
            o->lane = (int8_t)op->vector_index;
        }
        return true;
    }
    return false;
}

static int first_unit(const struct operand *o)
{
    return o->unit + (o->lane > 0 ? o->lane * o->size / 8 : 0);
}

static void reads(struct effects *fx, const struct operand *o)
{
    if (o->unit == NO_UNIT)
        return;
    fx_read(fx, first_unit(o));
    if (o->size > 8)
        fx_read(fx, first_unit(o) + 1);
}

static void writes(struct effects *fx, const struct operand *o)
{
    if (o->unit == NO_UNIT)
        return;
    int first = o->unit, last = o->vector ? o->unit + V_STRIDE - 1 : o->unit;
    for (int u = first; u <= last; u++) {
        if (o->lane >= 0 && u < o->unit + 2 && u != first_unit(o))
            continue;
        if (o->lane < 0 || u >= o->unit + 2 || o->size == 8)
            fx_write(fx, u);
        else
            fx_touch(fx, u);
    }
}

/* ---- values ---- */

static bool is_imm(const cs_arm64_op *op)
{
    return op->type == ARM64_OP_IMM;
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
        imm = ~imm;
        /* fall through */
    case ARM64_INS_MOV:
    case ARM64_INS_MOVZ:
        if (is_imm(last)) {
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
        if (!operand_of(cs, &reg, &base))
            return false;
        reads(fx, &base);
        m->base = base.unit;
        m->disp = is_post_index(d) ? 0 : op->mem.disp;
        reg.reg = op->mem.index;
        if (op->mem.index != ARM64_REG_INVALID) {
            if (!operand_of(cs, &reg, &index))
                return false;
            reads(fx, &index);
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
        m->size = (uint16_t)(n_regs * (row->flags & F_DUP ? element_bytes[d->operands[0].vas] : last->size));
    else if (last)
        m->size = (uint16_t)(last->size * (row->flags & F_PAIR ? 2 : 1));
    if (m->load || m->store)
        fx->n_mem = 1;
    struct operand first = {.unit = NO_UNIT};
    if (row->flags & F_PAIR && last && operand_of(cs, &d->operands[at - 2], &first))
        m->descending = first.unit > last->unit;
    if (!d->writeback || is_imm(op))
        return true;

    fx_write(fx, base.unit);
    const cs_arm64_op *offset = at + 1 < d->op_count ? op + 1 : NULL;
    if (!is_post_index(d)) {
        fx_value(fx, VALUE_ADD_IMM, base.unit, base.unit, op->mem.disp);
    } else if (offset && is_imm(offset)) {
        fx_value(fx, VALUE_ADD_IMM, base.unit, base.unit, offset->imm);
    } else if (offset && offset->type == ARM64_OP_REG && operand_of(cs, offset, &index)) {
        reads(fx, &index);
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

static bool operands(const cs_insn *cs, const struct insn_row *row, struct effects *fx)
{
    const cs_arm64 *d = &cs->detail->arm64;
    struct operand o[4] = {{.unit = NO_UNIT}, {.unit = NO_UNIT}, {.unit = NO_UNIT}, {.unit = NO_UNIT}},
                   last = {0};
    const char *role = row->roles;
    int n_regs = 0;
    for (int i = 0; i < d->op_count; i++) {
        const cs_arm64_op *op = &d->operands[i];
        char r = *role == '*' ? (op->type == ARM64_OP_REG ? role[-1] : role[1]) : *role;
        bool is_memory = r == 'l' || r == 's' || r == 'u' || r == 'p';
        if (op->type == ARM64_OP_MEM || (is_imm(op) && is_memory))
            return is_memory && memory(cs, row, r, i, n_regs ? &last : NULL, n_regs, fx);
        if (op->type != ARM64_OP_REG)
            continue;
        if (is_memory || r == 0 || !operand_of(cs, op, &last))
            return false;
        n_regs++;
        if (i < 4)
            o[i] = last;
        if (r != 'w')
            reads(fx, &last);
        if (r != 'r')
            writes(fx, &last);
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

static bool fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
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
            if (reg->type == ARM64_OP_REG && operand_of(cs, reg, &o) && o.unit != NO_UNIT)
                fx_mem(fx, o.unit, 0, 0, false, true);
        }
        break;
    case ARM64_INS_ORR:
    case ARM64_INS_BIC: /* the vector forms with an immediate change their destination */
        if (d->op_count == 2 && is_imm(&d->operands[1]) && operand_of(cs, &d->operands[0], &o))
            reads(fx, &o);
        break;
    case ARM64_INS_LDR:
    case ARM64_INS_LDUR:
    case ARM64_INS_LDAR:
    case ARM64_INS_LDAPR:
    case ARM64_INS_LDXR:
    case ARM64_INS_LDAXR:
        if (operand_of(cs, &d->operands[0], &o) && !o.vector && o.size == 8 && o.unit != NO_UNIT)
            fx_value(fx, VALUE_LOAD, o.unit, NO_UNIT, 0);
        break;
    default:
        break;
    }
    return true;
}

const struct effects_arch effects_arm64 = {
    .target = "arm64",
    .units = unit_names,
    .n_units = N_UNITS,
    .sp = U_sp,
    .link = U_x30,
    .general = {{UINT64_C(0xffffffff)}}, /* x0 to x30, sp */
    .sp_multiple = ARCH_STACK_ALIGN,
    .frame_pointer = ARCH_FP,
    .record_below_sp = ARCH_FP_BELOW_SP,
    .word = 8,
    .quantum = 4,
    .case_quantum = ARCH_PC_QUANTUM,
    .undefined = {0x00, 0x17, 0xa7, 0xbe}, /* Go 1.19, cmd/internal/obj/arm64/asm7.go, case 90 */
    .undefined_size = 4,
    .kept_below_sp = 8, /* the frame pointer: pushCall takes 16 bytes and writes the lower 8 */
    .capstone_arch = CS_ARCH_ARM64,
    .capstone_mode = CS_MODE_LITTLE_ENDIAN,
    .load_address = "adrp\t%1$s, %2$s\n\tadd\t%1$s, %1$s, :lo12:%2$s",
    .goroutine = U_x28,
    .call = "bl %s",
    .fill = fill,
};
