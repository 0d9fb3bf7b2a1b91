/* arm: the registers that the fields of an instruction's word name. */
#include "../probe/regs.h"

#include "insn/effects_fill.h"
#include "effects_word.h"

struct field {
    int unit, n;
};

/* A floating-point register from its four bits and the one kept elsewhere; singles are halves of D0 to D15.
 */
static struct field fp_field(uint32_t four, uint32_t one, bool is_double)
{
    return is_double ? (struct field){arm_double(one << 4 | four), 2}
                     : (struct field){arm_single(four << 1 | one), 1};
}

static struct field field_of(uint32_t word, char name)
{
    bool is_double = bits(word, 8, 1);
    switch (name) {
    case 'd':
        return (struct field){general(reg_d(word)), 1};
    case 'e':
        return (struct field){general((reg_d(word) + 1) & 15), 1};
    case 'n':
        return (struct field){general(reg_n(word)), 1};
    case 'm':
        return (struct field){general(reg_m(word)), 1};
    case 'f':
        return (struct field){general((reg_m(word) + 1) & 15), 1};
    case 's':
        return (struct field){general(bits(word, 8, 4)), 1};
    case 'D':
        return fp_field(reg_d(word), bits(word, 22, 1), is_double);
    case 'O':
        return fp_field(reg_d(word), bits(word, 22, 1), !is_double);
    case 'F':
        return fp_field(reg_d(word), bits(word, 22, 1), false);
    case 'N':
        return fp_field(reg_n(word), bits(word, 7, 1), is_double);
    case 'H':
        return (struct field){fp_field(reg_n(word), bits(word, 7, 1), true).unit + (int)bits(word, 21, 1), 1};
    case 'M':
        return fp_field(reg_m(word), bits(word, 5, 1), is_double);
    default:
        return fp_field(reg_m(word), bits(word, 5, 1), false); /* G */
    }
}

/* The second operand of data processing, of which nothing is written. */
static void read_second(uint32_t word, struct effects *fx)
{
    if (bits(word, 25, 1))
        return;
    fx_read(fx, general(reg_m(word)));
    if (bits(word, 4, 1))
        fx_read(fx, general(bits(word, 8, 4)));
    else if (bits(word, 5, 7) == 3) /* RRX */
        fx_read(fx, U_cpsr);
}

void arm_fields(const char *roles, uint32_t word, struct effects *fx)
{
    for (; *roles; roles += 2) {
        if (roles[1] == 'o') {
            read_second(word, fx);
            continue;
        }
        struct field f = field_of(word, roles[1]);
        for (int k = 0; k < f.n; k++) {
            fx_read(fx, *roles == 'w' ? NO_UNIT : f.unit + k);
            fx_write(fx, *roles == 'r' ? NO_UNIT : f.unit + k);
        }
    }
}
