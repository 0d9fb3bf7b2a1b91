/* arm64: register operands, as units: which a capstone operand is, and what reading or writing it does. */
#include "effects_operands.h"

/* clang-format off */
static const uint8_t arrangement_bytes[] = {
    [ARM64_VAS_16B] = 16, [ARM64_VAS_8B] = 8, [ARM64_VAS_4B] = 4, [ARM64_VAS_1B] = 1, [ARM64_VAS_8H] = 16,
    [ARM64_VAS_4H] = 8, [ARM64_VAS_2H] = 4, [ARM64_VAS_1H] = 2, [ARM64_VAS_4S] = 16, [ARM64_VAS_2S] = 8,
    [ARM64_VAS_1S] = 4, [ARM64_VAS_2D] = 16, [ARM64_VAS_1D] = 8, [ARM64_VAS_1Q] = 16,
};
const uint8_t arm64_element_bytes[] = {
    [ARM64_VAS_16B] = 1, [ARM64_VAS_8B] = 1, [ARM64_VAS_4B] = 1, [ARM64_VAS_1B] = 1, [ARM64_VAS_8H] = 2,
    [ARM64_VAS_4H] = 2, [ARM64_VAS_2H] = 2, [ARM64_VAS_1H] = 2, [ARM64_VAS_4S] = 4, [ARM64_VAS_2S] = 4,
    [ARM64_VAS_1S] = 4, [ARM64_VAS_2D] = 8, [ARM64_VAS_1D] = 8, [ARM64_VAS_1Q] = 16,
};
/* clang-format on */

/* DUP, INS, MOV, SMOV and UMOV of elements: capstone leaves the arrangement out in some. imm5 has the size as
 * its lowest set bit (Arm ARM, C4.1.96, Advanced SIMD copy). */
static unsigned copy_element_bytes(const cs_insn *cs)
{
    uint32_t word = insn_word(cs);
    bool vectors = (word & 0x9fe08400) == 0x0e000400, scalar = (word & 0xffe0fc00) == 0x5e000400;
    uint32_t imm5 = word >> 16 & 31;
    return (vectors || scalar) && imm5 ? imm5 & -imm5 : 0;
}

bool arm64_operand(const cs_insn *cs, const cs_arm64_op *op, struct operand *o)
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
            o->size = (uint8_t)(size                           ? size
                                : op->vas != ARM64_VAS_INVALID ? arm64_element_bytes[op->vas]
                                                               : 8);
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

void arm64_reads(struct effects *fx, const struct operand *o)
{
    if (o->unit == NO_UNIT)
        return;
    fx_read(fx, first_unit(o));
    if (o->size > 8)
        fx_read(fx, first_unit(o) + 1);
}

void arm64_writes(struct effects *fx, const struct operand *o)
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
