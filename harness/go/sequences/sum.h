/* An address or a number in a sequence, as a sum of what registers held before it: of none, one or two
 * of them and a constant. */
#ifndef EVERYPC_GO_SUM_H
#define EVERYPC_GO_SUM_H

#include "insn/effects.h"

enum sum_kind { SUM_UNKNOWN, SUM_CONST, SUM_ROOTS };
struct sum {
    enum sum_kind kind;
    bool relative; /* CONST: moves with the PC */
    int16_t a, b;  /* units, as they were before the sequence; NO_UNIT */
    uint8_t scale; /* of b; 0: small */
    int64_t c;
};

struct sum sum_unknown(void);
struct sum sum_number(int64_t c);
/* x + y * scale; a scale of 0 is unknown. */
struct sum sum_add(struct sum x, struct sum y, int scale);
/* What an instruction with an immediate makes of a constant, addition apart. */
struct sum sum_of_constants(const struct effect_value *v, struct sum x);

#endif
