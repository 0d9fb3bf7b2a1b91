/* Arithmetic on sums (sum.h): a result that is not such a sum is unknown. */
#include "sum.h"

struct sum sum_unknown(void)
{
    return (struct sum){.a = NO_UNIT, .b = NO_UNIT};
}

struct sum sum_number(int64_t c)
{
    return (struct sum){SUM_CONST, false, NO_UNIT, NO_UNIT, 1, c};
}

struct sum sum_add(struct sum x, struct sum y, int scale)
{
    if (x.kind == SUM_UNKNOWN || y.kind == SUM_UNKNOWN || (y.kind == SUM_CONST && scale == 0))
        return sum_unknown();
    if (y.kind == SUM_CONST) {
        x.c += y.c * scale;
        x.relative |= y.relative;
        return x.relative && x.kind == SUM_ROOTS ? sum_unknown() : x;
    }
    if (y.b != NO_UNIT || x.b != NO_UNIT || y.relative)
        return sum_unknown();
    if (x.kind == SUM_CONST && scale == 1) {
        y.c += x.c;
        return x.relative ? (struct sum){SUM_CONST, true, NO_UNIT, y.a, 1, y.c} : y;
    }
    x.b = y.a;
    x.scale = (uint8_t)scale;
    x.c += y.c * scale;
    return x;
}

struct sum sum_of_constants(const struct effect_value *v, struct sum x)
{
    if (x.kind != SUM_CONST || x.relative)
        return sum_unknown();
    switch (v->op) {
    case VALUE_ADD32_IMM:
        return sum_number((int32_t)(uint32_t)(x.c + v->imm));
    case VALUE_AND_IMM:
        return sum_number(x.c & v->imm);
    case VALUE_OR_IMM:
        return sum_number(x.c | v->imm);
    case VALUE_XOR_IMM:
        return sum_number(x.c ^ v->imm);
    case VALUE_SHL_IMM:
        return v->imm >= 0 && v->imm < 64 ? sum_number((int64_t)((uint64_t)x.c << v->imm)) : sum_unknown();
    case VALUE_INSERT:
        return sum_number(
            (int64_t)(((uint64_t)x.c & ~(UINT64_C(0xffff) << v->shift)) | (uint64_t)v->imm << v->shift));
    default:
        return sum_unknown();
    }
}
