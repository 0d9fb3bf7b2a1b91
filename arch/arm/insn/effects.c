/* arm: what an instruction does (insn/effects.h), from its word and the table of effects_table.h. ARM
 * mode.
 *
 * CPSR is one unit, of which N, Z, C and V count: what sets them leaves nothing of it, though Q and GE stay,
 * which only saturating and parallel arithmetic touch. FPSCR is never left with nothing, since rounding modes
 * stay.
 *
 * A predicated instruction is described as if its condition held, except that it kills nothing and that no
 * value is followed through it. */
#include "../probe/regs.h"

#include "insn/effects_fill.h"
#include "effects_table.h"
#include "effects_word.h"

DEFINE_UNIT_NAMES(unit_names);
_Static_assert(U_r0 == 0 && U_sp == 13 && U_lr == 14 && U_d31 == U_d0 + 2 * 31, "the list's order is used");

enum { COND_ALWAYS = 14, COND_NONE = 15 };

/* ---- data processing ---- */

/* A rotated 8-bit immediate (A5.2.4). */
static uint32_t immediate(uint32_t word)
{
    uint32_t value = bits(word, 0, 8), by = 2 * bits(word, 8, 4);
    return by ? value >> by | value << (32 - by) : value;
}

/* dst = n op an immediate, n op m, or only the second operand. The PC among them is a constant. */
static void data_value(enum arm_data op, uint32_t word, struct effects *fx)
{
    bool is_imm = bits(word, 25, 1), plain = !is_imm && bits(word, 4, 8) == 0;
    int d = general(reg_d(word)), n = general(reg_n(word)), m = general(reg_m(word));
    uint32_t imm = is_imm ? immediate(word) : 0, shift = bits(word, 7, 5);
    if (op == DATA_MOV && plain)
        fx_value(fx, m == NO_UNIT ? VALUE_CONST : VALUE_ADD_IMM, d, m, m == NO_UNIT ? pc_value(fx) : 0);
    else if (op == DATA_MOV && !is_imm && m != NO_UNIT && bits(word, 4, 3) == 0)
        fx_value(fx, VALUE_SHL_IMM, d, m, shift);
    else if (is_imm && (op == DATA_MOV || op == DATA_MVN))
        fx_value(fx, VALUE_CONST, d, NO_UNIT, op == DATA_MOV ? imm : ~imm);
    else if (is_imm && (op == DATA_ADD || op == DATA_SUB)) {
        int64_t by = op == DATA_ADD ? (int64_t)imm : -(int64_t)imm;
        fx_value(fx, n == NO_UNIT ? VALUE_CONST : VALUE_ADD_IMM, d, n,
                 n == NO_UNIT ? (uint32_t)(pc_value(fx) + by) : by);
    } else if (is_imm && n != NO_UNIT && (op == DATA_AND || op == DATA_BIC))
        fx_value(fx, VALUE_AND_IMM, d, n, op == DATA_AND ? (int64_t)imm : ~(int64_t)imm);
    else if (is_imm && n != NO_UNIT && (op == DATA_OR || op == DATA_XOR))
        fx_value(fx, op == DATA_OR ? VALUE_OR_IMM : VALUE_XOR_IMM, d, n, imm);
    else if (plain && n != NO_UNIT && m != NO_UNIT && (op == DATA_ADD || op == DATA_SUB))
        fx_value2(fx, op == DATA_ADD ? VALUE_ADD : VALUE_SUB, d, n, m);
}

/* Go returns from a function without a frame by ADD PC, LR, #0. */
static void how_data(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    bool is_imm = bits(word, 25, 1);
    bool from_lr = (row->op == DATA_ADD && is_imm && bits(word, 0, 12) == 0 && reg_n(word) == U_lr) ||
                   (row->op == DATA_MOV && !is_imm && bits(word, 0, 12) == U_lr);
    if (reg_d(word) == PC)
        fx->flow = from_lr ? FLOW_RET : FLOW_JUMP_REG;
    else
        data_value(row->op, word, fx);
}

/* ---- the rest ---- */

static void how_fields(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row, (void)word, (void)fx;
}

static uint32_t imm16(uint32_t word)
{
    return bits(word, 16, 4) << 12 | bits(word, 0, 12);
}

static void how_movw(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    fx_value(fx, VALUE_CONST, general(reg_d(word)), NO_UNIT, imm16(word));
}

static void how_movt(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    int d = general(reg_d(word));
    fx_value(fx, VALUE_INSERT, d, d, imm16(word));
    if (d != NO_UNIT)
        fx->value[fx->n_values - 1].shift = 16;
}

/* Bit 19 is for N, Z, C, V and Q, bit 18 for GE; with bit 22 it is another register. */
static void how_msr(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    if (bits(word, 22, 1))
        return;
    if (bits(word, 19, 1))
        fx_write(fx, U_cpsr);
    else if (bits(word, 18, 1))
        fx_touch(fx, U_cpsr);
}

/* The arguments of Linux's system calls are r0 to r6, the number is r7. */
static void how_svc(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row, (void)word;
    for (int r = U_r0; r <= U_r7; r++)
        fx_read(fx, r);
    fx_write(fx, U_r0);
}

static void how_branch(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    fx->target = (uint32_t)(pc_value(fx) + (int32_t)(word << 8) / 64);
    if (row->flow == FLOW_CALL)
        fx_write(fx, U_lr);
    else if (word >> 28 != COND_ALWAYS)
        fx->flow = FLOW_BRANCH;
}

static void how_bx(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    if (row->flow == FLOW_CALL_REG)
        fx_write(fx, U_lr);
    else if (reg_m(word) == U_lr)
        fx->flow = FLOW_RET;
}

/* clang-format off */
static arm_how_fn *const hows[N_HOWS] = {
    [HOW_FIELDS] = how_fields, [HOW_DATA] = how_data, [HOW_MOVW] = how_movw, [HOW_MOVT] = how_movt,
        [HOW_MSR] = how_msr,
    [HOW_SVC] = how_svc, [HOW_BRANCH] = how_branch, [HOW_BX] = how_bx, [HOW_LOAD_STORE] = arm_load_store,
    [HOW_EXTRA] = arm_extra, [HOW_MULTIPLE] = arm_multiple, [HOW_EXCLUSIVE] = arm_exclusive,
    [HOW_VFP_LOAD_STORE] = arm_vfp_load_store, [HOW_VFP_MULTIPLE] = arm_vfp_multiple,
        [HOW_VFP_PAIR] = arm_vfp_pair,
};
/* clang-format on */

static void controls(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    unsigned f = row->flags;
    if (f & F_S && !bits(word, 20, 1))
        f &= ~(unsigned)(F_NZCV | F_NZ);
    fx_read(fx, f & F_NZCV_R ? U_cpsr : NO_UNIT);
    fx_write(fx, f & F_NZCV ? U_cpsr : NO_UNIT);
    fx_touch(fx, f & F_NZ ? U_cpsr : NO_UNIT);
    fx_read(fx, f & F_FPSCR_R ? U_fpscr : NO_UNIT);
    fx_write(fx, f & F_FPSCR_W ? U_fpscr : NO_UNIT);
    fx_touch(fx, f & F_FPSCR ? U_fpscr : NO_UNIT);
    fx->flags |= (f & F_LL ? IS_LL : 0) | (f & F_SC ? IS_SC : 0) | (f & F_ATOMIC ? IS_ATOMIC : 0) |
                 (f & F_TLS ? READS_TLS : 0);
}

static void predicate(struct effects *fx)
{
    fx_read(fx, U_cpsr);
    if (fx->flow == FLOW_BRANCH)
        return;
    fx->flags |= IS_CONDITIONAL;
    fx->kills = (struct unitset){{0}};
    fx->n_values = 0;
}

static bool fill_word(uint32_t word, struct effects *fx)
{
    uint32_t cond = word >> 28;
    const struct arm_row *row = cond == COND_NONE ? arm_unconditional_rows : arm_rows;
    while ((word & row->mask) != row->value)
        row++;
    if (!row->roles)
        return false;
    fx->flow = row->flow;
    arm_fields(row->roles, word, fx);
    controls(row, word, fx);
    hows[row->how](row, word, fx);
    if (cond < COND_ALWAYS)
        predicate(fx);
    return true;
}

/* clang-format off */
const struct effects_arch effects_arm = {
    EFFECTS_OF_REGS(unit_names),
    .target = &target_arm,
    .general = {{0x7fff}},
    /* goarm, goarmsoftfp: cmd/link/internal/ld/lib.go, loadlib, of Go 1.19 and 1.27 */
    .stub_data_is_linked = true,
    .spoken = {{U_cpsr, 0xf0000000}}, /* N, Z, C, V; Q and GE are not followed */
    .call = "bl %s",
    .fill_word = fill_word,
};
/* clang-format on */
