/* ppc64: of instructions on vectors those that have other fields than a target and two sources (Power
 * ISA 3.1B, book I, chapters 6 and 7), by extended opcode. Included by effects_vector.c. */
#ifndef EVERYPC_PPC64_EFFECTS_VECTOR_TABLE_H
#define EVERYPC_PPC64_EFFECTS_VECTOR_TABLE_H

#include <stdint.h>

/* What a field is, where it is not a register of the vectors that is written (D) or read (A and B). */
enum {
    A_GENERAL = 1 << 0,
    B_GENERAL = 1 << 1,
    B_VECTOR = 1 << 2, /* of the upper 32 registers */
    C_GENERAL = 1 << 3,
    C_VECTOR = 1 << 4,
    D_GENERAL = 1 << 5,
    D_CR = 1 << 6,    /* a field of CR, which is set */
    D_KEEPS = 1 << 7, /* it is read as well, or keeps what is not written */
    SETS_CR = 1 << 8, /* field 6 of it */
};
enum { LONG_FORMS = 20 }; /* from this form on bits 26 to 31 are all of the opcode, before it bits 21 to 31 */

#define OP(n)         [n]
#define SIGNED(n, is) OP(n) = (is), OP((n) + 512) = (is) /* with either preferred sign */

/* clang-format off */
static const uint16_t op4_long[64] = {
    OP(23) = C_VECTOR, /* vmsumcud */
    /* vextdubvlx to vextddvrx */
    OP(24) = C_GENERAL, OP(25) = C_GENERAL, OP(26) = C_GENERAL, OP(27) = C_GENERAL, OP(28) = C_GENERAL,
    OP(29) = C_GENERAL, OP(30) = C_GENERAL, OP(31) = C_GENERAL,
    OP(32) = C_VECTOR, OP(33) = C_VECTOR, OP(34) = C_VECTOR, OP(35) = C_VECTOR, OP(36) = C_VECTOR,
    OP(37) = C_VECTOR, OP(38) = C_VECTOR, OP(39) = C_VECTOR, OP(40) = C_VECTOR, OP(41) = C_VECTOR,
    OP(42) = C_VECTOR, OP(43) = C_VECTOR, OP(44) = 0 /* vsldoi */, OP(45) = C_VECTOR, OP(46) = C_VECTOR,
    OP(47) = C_VECTOR,
    /* maddhd, maddhdu, maddld */
    OP(48) = A_GENERAL | B_GENERAL | C_GENERAL | D_GENERAL,
    OP(49) = A_GENERAL | B_GENERAL | C_GENERAL | D_GENERAL,
    OP(51) = A_GENERAL | B_GENERAL | C_GENERAL | D_GENERAL,
    OP(59) = C_VECTOR, OP(60) = C_VECTOR, OP(61) = C_VECTOR, OP(62) = C_VECTOR, OP(63) = C_VECTOR,
};
static const uint16_t op4[2048] = {
    /* vrlqmi, vrlwmi, vrldmi */
    OP(69) = D_KEEPS, OP(133) = D_KEEPS, OP(197) = D_KEEPS,
    /* vinsbvlx, vinshvlx, vinswvlx, vinsbvrx, vinshvrx, vinswvrx */
    OP(15) = A_GENERAL | D_KEEPS, OP(79) = A_GENERAL | D_KEEPS, OP(143) = A_GENERAL | D_KEEPS,
    OP(271) = A_GENERAL | D_KEEPS, OP(335) = A_GENERAL | D_KEEPS, OP(399) = A_GENERAL | D_KEEPS,
    /* vinsblx to vinsdlx, vinsbrx to vinsdrx */
    OP(527) = A_GENERAL | B_GENERAL | D_KEEPS, OP(591) = A_GENERAL | B_GENERAL | D_KEEPS,
    OP(655) = A_GENERAL | B_GENERAL | D_KEEPS, OP(719) = A_GENERAL | B_GENERAL | D_KEEPS,
    OP(783) = A_GENERAL | B_GENERAL | D_KEEPS, OP(847) = A_GENERAL | B_GENERAL | D_KEEPS,
    OP(911) = A_GENERAL | B_GENERAL | D_KEEPS, OP(975) = A_GENERAL | B_GENERAL | D_KEEPS,
    /* vinsw, vinsd; vinsertb to vinsertd */
    OP(207) = B_GENERAL | D_KEEPS, OP(463) = B_GENERAL | D_KEEPS,
    OP(781) = D_KEEPS, OP(845) = D_KEEPS, OP(909) = D_KEEPS, OP(973) = D_KEEPS,
    /* vclrlb, vclrrb; vgnb */
    OP(397) = B_GENERAL, OP(461) = B_GENERAL, OP(1228) = D_GENERAL,
    /* vextublx, vextuhlx, vextuwlx, vextubrx, vextuhrx, vextuwrx */
    OP(1549) = A_GENERAL | D_GENERAL, OP(1613) = A_GENERAL | D_GENERAL, OP(1677) = A_GENERAL | D_GENERAL,
    OP(1805) = A_GENERAL | D_GENERAL, OP(1869) = A_GENERAL | D_GENERAL, OP(1933) = A_GENERAL | D_GENERAL,
    /* vcmpuq, vcmpsq; vstribl. and the like */
    OP(257) = D_CR, OP(321) = D_CR, OP(1037) = SETS_CR,
    /* bcdcpsgn., bcdus., bcdutrunc.; bcdadd., bcdsub., bcds., bcdtrunc., conversions, bcdsr. */
    OP(833) = SETS_CR, OP(1153) = SETS_CR, OP(1345) = SETS_CR,
    SIGNED(1025, SETS_CR), SIGNED(1089, SETS_CR), SIGNED(1217, SETS_CR), SIGNED(1281, SETS_CR),
    SIGNED(1409, SETS_CR), SIGNED(1473, SETS_CR),
};
/* By bits 21 to 28; multiply-add, xsmaddasp to xvnmsubmdp, has 1 in the last three of them. */
static const uint16_t op60[256] = {
    /* xscmpudp, xscmpodp, xscmpexpdp; xstdivdp, xvtdivsp, xvtdivdp */
    OP(35) = D_CR, OP(43) = D_CR, OP(59) = D_CR, OP(61) = D_CR, OP(93) = D_CR, OP(125) = D_CR,
    /* xvcmpeqsp., xvcmpgtsp., xvcmpgesp., and of doubles */
    OP(195) = SETS_CR, OP(203) = SETS_CR, OP(211) = SETS_CR,
    OP(227) = SETS_CR, OP(235) = SETS_CR, OP(243) = SETS_CR,
    OP(26) = D_KEEPS, OP(58) = D_KEEPS, /* xxperm, xxpermr */
};
/* clang-format on */

#endif
