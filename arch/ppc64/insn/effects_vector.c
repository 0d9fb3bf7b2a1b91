/* ppc64: instructions on vectors, of primary opcodes 4 (VX registers, which are VSX registers 32 and up) and
 * 60 (all of those). Of most the fields are the target and two sources; all are taken for sources, which can
 * only keep a register alive longer. The tables have those of which a field is something else. */
#include "effects_vector.h"

#include "effects_vector_table.h"

/* Where field A is part of the opcode. */
static unsigned roles_of_op4(uint32_t word)
{
    uint32_t a = bits(word, 11, 15), form = bits(word, 26, 31), xo = bits(word, 21, 31);
    if (form >= LONG_FORMS)
        return op4_long[form];
    if (xo == 1538) /* vclzlsbb, vctzlsbb; vnegw and more */
        return a < 2 ? D_GENERAL : 0;
    if (xo == 1602) /* vexpandbm; vextractbm; mtvsrbm; vcntmbb, and of wider elements */
        return a < 8 ? 0 : a < 16 || a >= 24 ? D_GENERAL : B_GENERAL;
    if ((form == 6 || form == 7) && bits(word, 21, 21)) /* comparisons */
        return SETS_CR;
    return op4[xo];
}

static unsigned roles_of_op60(uint32_t word)
{
    uint32_t a = bits(word, 11, 15), xo = bits(word, 21, 28);
    if (bits(word, 26, 27) == 3) /* xxsel */
        return C_VECTOR;
    if ((xo & 7) == 1)
        return D_KEEPS;
    /* With one source or none, or general ones. */
    switch (bits(word, 21, 29)) {
    case 106: /* xstsqrtdp, xvtsqrtsp, xvtsqrtdp */
    case 170:
    case 234:
    case 298: /* xststdcsp, xststdcdp */
    case 362:
        return D_CR;
    case 181: /* xxinsertw */
        return D_KEEPS;
    case 347: /* xsxexpdp, xsxsigdp; xscvhpdp and the like */
        return a < 2 ? D_GENERAL : 0;
    case 475: /* xvtlsbb; xvxexpdp and more */
        return a == 2 ? D_CR : 0;
    case 458: /* xxgenpcvbm, xxgenpcvhm; xxgenpcvwm, xxgenpcvdm */
    case 474:
        return B_VECTOR;
    case 459: /* xsiexpdp */
        return A_GENERAL | B_GENERAL;
    default:
        return op60[xo];
    }
}

static void read_wide(struct effects *fx, uint32_t number)
{
    fx_read(fx, vsr(number));
    fx_read(fx, vsr(number) + 1);
}

/* The numbers are those of VSX registers. */
static void note_fields(struct effects *fx, uint32_t word, unsigned roles, const uint32_t number[4])
{
    const uint32_t d = number[0], *sources = number + 1;
    static const unsigned general[] = {A_GENERAL, B_GENERAL, C_GENERAL};
    for (int i = 0; i < 3; i++)
        if (roles & general[i])
            fx_read(fx, gpr(bits(word, 11 + 5 * i, 15 + 5 * i)));
        else if (i < 2 || roles & C_VECTOR)
            read_wide(fx, sources[i]);
    if (unit_in(&fx->reads, gpr(TLS_POINTER)))
        fx->flags |= READS_TLS;
    if (roles & D_KEEPS)
        read_wide(fx, d);
    if (roles & (D_CR | SETS_CR))
        fx_touch(fx, U_cr);
    if (roles & D_GENERAL)
        fx_write(fx, gpr(bits(word, 6, 10)));
    else if (!(roles & D_CR)) {
        fx_write(fx, vsr(d));
        fx_write(fx, vsr(d) + 1);
    }
}

bool ppc64_vector(struct effects *fx, uint32_t word)
{
    const uint32_t number[] = {FIRST_VECTOR + bits(word, 6, 10), FIRST_VECTOR + bits(word, 11, 15),
                               FIRST_VECTOR + bits(word, 16, 20), FIRST_VECTOR + bits(word, 21, 25)};
    unsigned roles = roles_of_op4(word);
    note_fields(fx, word, roles, number);
    if (bits(word, 21, 31) == 1540) /* mfvscr */
        fx_read(fx, U_vscr);
    else if (!(roles & D_GENERAL))
        fx_touch(fx, U_vscr);
    return true;
}

bool ppc64_vsx(struct effects *fx, uint32_t word)
{
    enum { XXLXOR = 154 };
    unsigned roles = roles_of_op60(word);
    uint32_t b = bits(word, 16, 20);
    const uint32_t number[] = {bits(word, 6, 10) | bits(word, 31, 31) << 5,
                               bits(word, 11, 15) | bits(word, 29, 29) << 5,
                               roles & B_VECTOR ? FIRST_VECTOR + b : b | bits(word, 30, 30) << 5,
                               bits(word, 21, 25) | bits(word, 28, 28) << 5};
    if (bits(word, 21, 28) == XXLXOR && number[1] == number[2]) { /* zero, whatever it held */
        fx_write(fx, vsr(number[0]));
        fx_write(fx, vsr(number[0]) + 1);
        return true;
    }
    note_fields(fx, word, roles, number);
    fx_touch(fx, U_fpscr);
    return true;
}
