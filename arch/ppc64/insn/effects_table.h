/* ppc64: what each instruction does with its fields, by primary and extended opcode (Power ISA 3.1B, books I
 * and II). Included by effects.c. It holds what Go 1.19's compiler and assembler emit
 * (cmd/internal/obj/ppc64) and more; those of primary opcodes 4 and 60 are in effects_vector.c. */
#ifndef EVERYPC_PPC64_EFFECTS_TABLE_H
#define EVERYPC_PPC64_EFFECTS_TABLE_H

#include <stdint.h>

/* clang-format off */
enum kind {
    UNKNOWN,
    PLAIN,
    /* a value that can be followed */
    ADD_IMM, ADD_SHIFTED, OR_IMM, OR_SHIFTED, XOR_IMM, XOR_SHIFTED, ADD, SUBTRACT, OR, ROTATE_LEFT,
    /* memory: D(A) or, indexed, A + B; FULL_LOAD fills a general register */
    LOAD, FULL_LOAD, STORE, LINKED, CONDITIONAL, CACHE_ZERO,
    /* control */
    BRANCH, BRANCH_IF, BRANCH_LINK, BRANCH_COUNT, SYSCALL, TRAP_IF, TRAP_IF_IMM,
    /* special registers */
    FROM_SPECIAL, TO_SPECIAL,
    TWO_UNITS, /* a VSX register, of which all is moved */
    FLOAT,     /* may set CR1 with its last bit */
};
/* clang-format on */

/* The fields D (bits 6 to 10), A (11 to 15), B (16 to 20) and C (21 to 25): general ones, or floating point.
 */
/* clang-format off */
enum role {
    WD = 1 << 0, RD = 1 << 1, WA = 1 << 2, RA = 1 << 3, RA0 = 1 << 4 /* A, or zero for R0 */, RB = 1 << 5,
    FWD = 1 << 6, FRD = 1 << 7, FRA = 1 << 8, FRB = 1 << 9, FRC = 1 << 10,
    CRW = 1 << 11, CRR = 1 << 12, /* a field of CR changes, is used */
    CAW = 1 << 13, CAR = 1 << 14, /* the same of XER's carry, or its overflow */
    DOT = 1 << 15,                /* CR0 changes if the last bit is set */
};
/* clang-format on */
enum {
    INDEXED = 1,
    UPDATE = 2,
    SCALED = 4 /* a displacement whose low two bits are the opcode's */,
    QUAD = 8 /* low four bits */
};

struct row {
    uint16_t roles;
    uint8_t kind, size, how;
};

#define OP(n)   [n]
#define ARITH   (WD | RA | RB | DOT)
#define LOGIC   (WA | RD | RB | DOT)
#define LOGIC_1 (WA | RD | DOT)

/* By primary opcode. */
/* clang-format off */
static const struct row primary[64] = {
    OP(2) = {RA, TRAP_IF_IMM, 0, 0}, OP(3) = {RA, TRAP_IF_IMM, 0, 0}, /* tdi, twi */
    OP(7) = {WD | RA, PLAIN, 0, 0},                                  /* mulli */
    OP(8) = {WD | RA | CAW, PLAIN, 0, 0},                            /* subfic */
    OP(10) = {RA | CRW, PLAIN, 0, 0}, OP(11) = {RA | CRW, PLAIN, 0, 0}, /* cmpli, cmpi */
    OP(12) = {WD | RA | CAW, PLAIN, 0, 0}, OP(13) = {WD | RA | CAW | CRW, PLAIN, 0, 0}, /* addic, addic. */
    OP(14) = {WD | RA0, ADD_IMM, 0, 0}, OP(15) = {WD | RA0, ADD_SHIFTED, 0, 0}, /* addi, addis */
    OP(16) = {0, BRANCH_IF, 0, 0}, OP(17) = {0, SYSCALL, 0, 0}, OP(18) = {0, BRANCH, 0, 0},
    /* rlwimi, rlwinm, rlwnm */
    OP(20) = {WA | RA | RD | DOT, PLAIN, 0, 0}, OP(21) = {LOGIC_1, PLAIN, 0, 0}, OP(23)
    = {LOGIC, PLAIN, 0, 0},
    OP(24) = {WA | RD, OR_IMM, 0, 0}, OP(25) = {WA | RD, OR_SHIFTED, 0, 0},
    OP(26) = {WA | RD, XOR_IMM, 0, 0}, OP(27) = {WA | RD, XOR_SHIFTED, 0, 0},
    OP(28) = {WA | RD | CRW, PLAIN, 0, 0}, OP(29) = {WA | RD | CRW, PLAIN, 0, 0}, /* andi., andis. */
    OP(32) = {WD, LOAD, 4, 0}, OP(33) = {WD, LOAD, 4, UPDATE}, OP(34) = {WD, LOAD, 1, 0}, OP(35)
    = {WD, LOAD, 1, UPDATE},
    OP(36) = {RD, STORE, 4, 0}, OP(37) = {RD, STORE, 4, UPDATE}, OP(38) = {RD, STORE, 1, 0}, OP(39)
    = {RD, STORE, 1, UPDATE},
    OP(40) = {WD, LOAD, 2, 0}, OP(41) = {WD, LOAD, 2, UPDATE}, OP(42) = {WD, LOAD, 2, 0}, OP(43)
    = {WD, LOAD, 2, UPDATE},
    OP(44) = {RD, STORE, 2, 0}, OP(45) = {RD, STORE, 2, UPDATE},
    OP(48) = {FWD, LOAD, 4, 0}, OP(49) = {FWD, LOAD, 4, UPDATE}, OP(50) = {FWD, LOAD, 8, 0}, OP(51)
    = {FWD, LOAD, 8, UPDATE},
    OP(52) = {FRD, STORE, 4, 0}, OP(53) = {FRD, STORE, 4, UPDATE}, OP(54) = {FRD, STORE, 8, 0}, OP(55)
    = {FRD, STORE, 8, UPDATE},
};
/* clang-format on */

/* Primary opcodes 58 and 62, by the last two bits: ld, ldu, lwa; std, stdu. */
/* clang-format off */
static const struct row op58[4] = {
    OP(0) = {WD, FULL_LOAD, 8, SCALED}, OP(1) = {WD, FULL_LOAD, 8, SCALED | UPDATE}, OP(2)
    = {WD, LOAD, 4, SCALED},
};
/* clang-format on */
static const struct row op62[4] = {OP(0) = {RD, STORE, 8, SCALED}, OP(1) = {RD, STORE, 8, SCALED | UPDATE}};

/* Primary opcode 30, by bits 27 to 30: rldicl, rldicr, rldic, rldimi (each twice), rldcl, rldcr. */
/* clang-format off */
static const struct row op30[16] = {
    OP(0) = {LOGIC_1, PLAIN, 0, 0}, OP(1) = {LOGIC_1, PLAIN, 0, 0},
    OP(2) = {LOGIC_1, ROTATE_LEFT, 0, 0}, OP(3) = {LOGIC_1, ROTATE_LEFT, 0, 0},
    OP(4) = {LOGIC_1, PLAIN, 0, 0}, OP(5) = {LOGIC_1, PLAIN, 0, 0},
    OP(6) = {WA | RA | RD | DOT, PLAIN, 0, 0}, OP(7) = {WA | RA | RD | DOT, PLAIN, 0, 0},
    OP(8) = {LOGIC, PLAIN, 0, 0}, OP(9) = {LOGIC, PLAIN, 0, 0},
};
/* clang-format on */

/* Primary opcode 19, by bits 21 to 30. */
/* clang-format off */
static const struct row op19[1024] = {
    OP(0) = {CRW | CRR, PLAIN, 0, 0},                                           /* mcrf */
    /* bclr, bcctr, bctar */
    OP(16) = {0, BRANCH_LINK, 0, 0}, OP(528) = {0, BRANCH_COUNT, 0, 0}, OP(560) = {0, UNKNOWN, 0, 0},
    /* crnor, crandc, crxor */
    OP(33) = {CRW | CRR, PLAIN, 0, 0}, OP(129) = {CRW | CRR, PLAIN, 0, 0}, OP(193) = {CRW | CRR, PLAIN, 0, 0},
    OP(225) = {CRW | CRR, PLAIN, 0, 0}, OP(257) = {CRW | CRR, PLAIN, 0, 0}, OP(289)
    = {CRW | CRR, PLAIN, 0, 0},
    OP(417) = {CRW | CRR, PLAIN, 0, 0}, OP(449) = {CRW | CRR, PLAIN, 0, 0},
    OP(150) = {0, PLAIN, 0, 0},                                                 /* isync */
};
/* clang-format on */

/* Without and with overflow, which is put into XER. */
#define XO_OE(n, roles, kind) OP(n) = {roles, kind, 0, 0}, OP((n) + 512) = {(roles) | CAW, kind, 0, 0}

/* Primary opcode 31, by bits 21 to 30. */
/* clang-format off */
static const struct row op31[1024] = {
    OP(0) = {RA | RB | CRW, PLAIN, 0, 0}, OP(32) = {RA | RB | CRW, PLAIN, 0, 0}, /* cmp, cmpl */
    OP(4) = {RA | RB, TRAP_IF, 0, 0}, OP(68) = {RA | RB, TRAP_IF, 0, 0},         /* tw, td */
    /* arithmetic; the ones with a carry */
    XO_OE(266, ARITH, ADD), XO_OE(40, ARITH, SUBTRACT), XO_OE(104, WD | RA | DOT, PLAIN),
    XO_OE(10, ARITH | CAW, PLAIN), XO_OE(8, ARITH | CAW, PLAIN),
        XO_OE(138, ARITH | CAW | CAR, PLAIN),
    XO_OE(136, ARITH | CAW | CAR, PLAIN), XO_OE(202, WD | RA | DOT | CAW | CAR, PLAIN),
    XO_OE(200, WD | RA | DOT | CAW | CAR, PLAIN), XO_OE(234, WD | RA | DOT | CAW | CAR, PLAIN),
    XO_OE(232, WD | RA | DOT | CAW | CAR, PLAIN), OP(170) = {ARITH | CAW | CAR, PLAIN, 0, 0},
    XO_OE(235, ARITH, PLAIN), XO_OE(233, ARITH, PLAIN), /* mullw, mulld */
    /* mulhw, mulhwu, mulhd, mulhdu */
    OP(75) = {ARITH, PLAIN, 0, 0}, OP(11) = {ARITH, PLAIN, 0, 0}, OP(73) = {ARITH, PLAIN, 0, 0}, OP(9)
    = {ARITH, PLAIN, 0, 0},
    /* divw to divdu */
    XO_OE(491, ARITH, PLAIN), XO_OE(459, ARITH, PLAIN), XO_OE(489, ARITH, PLAIN),
        XO_OE(457, ARITH, PLAIN),
    /* divwe to divdeu */
    XO_OE(427, ARITH, PLAIN), XO_OE(395, ARITH, PLAIN), XO_OE(425, ARITH, PLAIN),
        XO_OE(393, ARITH, PLAIN),
    OP(779) = {WD | RA | RB, PLAIN, 0, 0}, OP(267) = {WD | RA | RB, PLAIN, 0, 0}, /* modsw, moduw */
    OP(777) = {WD | RA | RB, PLAIN, 0, 0}, OP(265) = {WD | RA | RB, PLAIN, 0, 0}, /* modsd, modud */
    /* logic and shifts */
    OP(28) = {LOGIC, PLAIN, 0, 0}, OP(444) = {LOGIC, OR, 0, 0}, OP(316) = {LOGIC, PLAIN, 0, 0}, OP(476)
    = {LOGIC, PLAIN, 0, 0},
    OP(124) = {LOGIC, PLAIN, 0, 0}, OP(284) = {LOGIC, PLAIN, 0, 0}, OP(60) = {LOGIC, PLAIN, 0, 0}, OP(412)
    = {LOGIC, PLAIN, 0, 0},
    OP(508) = {WA | RD | RB, PLAIN, 0, 0}, /* cmpb */
    /* extsb, extsh, extsw */
    OP(954) = {LOGIC_1, PLAIN, 0, 0}, OP(922) = {LOGIC_1, PLAIN, 0, 0}, OP(986) = {LOGIC_1, PLAIN, 0, 0},
    /* cntlz, cnttz */
    OP(26) = {LOGIC_1, PLAIN, 0, 0}, OP(58) = {LOGIC_1, PLAIN, 0, 0}, OP(538) = {LOGIC_1, PLAIN, 0, 0},
    OP(570) = {LOGIC_1, PLAIN, 0, 0},
    /* popcnt */
    OP(122) = {WA | RD, PLAIN, 0, 0}, OP(378) = {WA | RD, PLAIN, 0, 0}, OP(506) = {WA | RD, PLAIN, 0, 0},
    /* slw, sld, srw, srd */
    OP(24) = {LOGIC, PLAIN, 0, 0}, OP(27) = {LOGIC, PLAIN, 0, 0}, OP(536) = {LOGIC, PLAIN, 0, 0}, OP(539)
    = {LOGIC, PLAIN, 0, 0},
    /* sraw, srad, srawi */
    OP(792) = {LOGIC | CAW, PLAIN, 0, 0}, OP(794) = {LOGIC | CAW, PLAIN, 0, 0}, OP(824)
    = {LOGIC_1 | CAW, PLAIN, 0, 0},
    OP(826) = {LOGIC_1 | CAW, PLAIN, 0, 0}, OP(827) = {LOGIC_1 | CAW, PLAIN, 0, 0}, /* sradi */
    OP(890) = {LOGIC_1, PLAIN, 0, 0}, OP(891) = {LOGIC_1, PLAIN, 0, 0},             /* extswsli */
    /* memory: indexed */
    OP(23) = {WD, LOAD, 4, INDEXED}, OP(55) = {WD, LOAD, 4, INDEXED | UPDATE}, OP(87)
    = {WD, LOAD, 1, INDEXED}, OP(119) = {WD, LOAD, 1, INDEXED | UPDATE},
    OP(279) = {WD, LOAD, 2, INDEXED}, OP(311) = {WD, LOAD, 2, INDEXED | UPDATE}, OP(343)
    = {WD, LOAD, 2, INDEXED}, OP(375) = {WD, LOAD, 2, INDEXED | UPDATE},
    OP(341) = {WD, LOAD, 4, INDEXED}, OP(373) = {WD, LOAD, 4, INDEXED | UPDATE}, OP(21)
    = {WD, FULL_LOAD, 8, INDEXED}, OP(53) = {WD, FULL_LOAD, 8, INDEXED | UPDATE},
    OP(151) = {RD, STORE, 4, INDEXED}, OP(183) = {RD, STORE, 4, INDEXED | UPDATE}, OP(215)
    = {RD, STORE, 1, INDEXED}, OP(247) = {RD, STORE, 1, INDEXED | UPDATE},
    OP(407) = {RD, STORE, 2, INDEXED}, OP(439) = {RD, STORE, 2, INDEXED | UPDATE}, OP(149)
    = {RD, STORE, 8, INDEXED}, OP(181) = {RD, STORE, 8, INDEXED | UPDATE},
    OP(535) = {FWD, LOAD, 4, INDEXED}, OP(567) = {FWD, LOAD, 4, INDEXED | UPDATE}, OP(599)
    = {FWD, LOAD, 8, INDEXED}, OP(631) = {FWD, LOAD, 8, INDEXED | UPDATE},
    OP(663) = {FRD, STORE, 4, INDEXED}, OP(695) = {FRD, STORE, 4, INDEXED | UPDATE}, OP(727)
    = {FRD, STORE, 8, INDEXED}, OP(759) = {FRD, STORE, 8, INDEXED | UPDATE},
    /* lfiwax, lfiwzx, stfiwx */
    OP(855) = {FWD, LOAD, 4, INDEXED}, OP(887) = {FWD, LOAD, 4, INDEXED}, OP(983) = {FRD, STORE, 4, INDEXED},
    /* byte-reversed */
    OP(534) = {WD, LOAD, 4, INDEXED}, OP(790) = {WD, LOAD, 2, INDEXED}, OP(532) = {WD, LOAD, 8, INDEXED},
    OP(662) = {RD, STORE, 4, INDEXED}, OP(918) = {RD, STORE, 2, INDEXED}, OP(660) = {RD, STORE, 8, INDEXED},
    OP(52) = {WD, LINKED, 1, INDEXED}, OP(116) = {WD, LINKED, 2, INDEXED}, OP(20) = {WD, LINKED, 4, INDEXED},
    OP(84) = {WD, LINKED, 8, INDEXED},
    OP(694) = {RD | CRW, CONDITIONAL, 1, INDEXED}, OP(726) = {RD | CRW, CONDITIONAL, 2, INDEXED},
    OP(150) = {RD | CRW, CONDITIONAL, 4, INDEXED}, OP(214) = {RD | CRW, CONDITIONAL, 8, INDEXED},
    OP(1014) = {0, CACHE_ZERO, 0, INDEXED}, /* dcbz: the aligned block that the address lies in */
    /* dcbt, dcbtst, dcbf */
    OP(278) = {RA0 | RB, PLAIN, 0, 0}, OP(246) = {RA0 | RB, PLAIN, 0, 0}, OP(86) = {RA0 | RB, PLAIN, 0, 0},
    /* dcbst, icbi, sync, eieio */
    OP(54) = {RA0 | RB, PLAIN, 0, 0}, OP(982) = {RA0 | RB, PLAIN, 0, 0}, OP(598) = {0, PLAIN, 0, 0}, OP(854)
    = {0, PLAIN, 0, 0},
    /* special registers and CR */
    /* mfspr, mtspr, mftb */
    OP(339) = {WD, FROM_SPECIAL, 0, 0}, OP(467) = {RD, TO_SPECIAL, 0, 0}, OP(371) = {WD, PLAIN, 0, 0},
    /* mfcr, mtcrf, mcrxrx */
    OP(19) = {WD | CRR, PLAIN, 0, 0}, OP(144) = {RD | CRW, PLAIN, 0, 0}, OP(576) = {CRW | CAR, PLAIN, 0, 0},
    /* setb, setbc, setbcr */
    OP(128) = {WD | CRR, PLAIN, 0, 0}, OP(384) = {WD | CRR, PLAIN, 0, 0}, OP(416) = {WD | CRR, PLAIN, 0, 0},
    OP(448) = {WD | CRR, PLAIN, 0, 0}, OP(480) = {WD | CRR, PLAIN, 0, 0},
};
/* clang-format on */

/* Primary opcode 31 with VSX registers: moves to and from general ones (whose VSX register's other half is
 * undefined, so lost) and indexed loads and stores. TWO_UNITS: all 16 bytes. */
/* clang-format off */
static const struct row op31_vsx[1024] = {
    /* mfvsrd, mfvsrwz, mfvsrld */
    OP(51) = {FRD | WA, PLAIN, 0, 0}, OP(115) = {FRD | WA, PLAIN, 0, 0}, OP(307)
    = {FRD | WA, TWO_UNITS, 0, 0},
    /* mtvsrd, mtvsrwa, mtvsrwz */
    OP(179) = {FWD | RA, TWO_UNITS, 0, 0}, OP(211) = {FWD | RA, TWO_UNITS, 0, 0}, OP(243)
    = {FWD | RA, TWO_UNITS, 0, 0},
    /* mtvsrdd, mtvsrws */
    OP(435) = {FWD | RA0 | RB, TWO_UNITS, 0, 0}, OP(403) = {FWD | RA, TWO_UNITS, 0, 0},
    OP(844) = {FWD, LOAD, 16, INDEXED}, OP(780) = {FWD, LOAD, 16, INDEXED}, OP(268)
    = {FWD, LOAD, 16, INDEXED}, OP(332) = {FWD, LOAD, 8, INDEXED},
    OP(300) = {FWD, LOAD, 16, INDEXED}, OP(876) = {FWD, LOAD, 16, INDEXED}, OP(812)
    = {FWD, LOAD, 16, INDEXED}, OP(588) = {FWD, LOAD, 8, INDEXED},
    OP(524) = {FWD, LOAD, 4, INDEXED}, OP(76) = {FWD, LOAD, 4, INDEXED}, OP(12) = {FWD, LOAD, 4, INDEXED},
    OP(364) = {FWD, LOAD, 4, INDEXED},
    OP(972) = {FRD, STORE, 16, INDEXED}, OP(908) = {FRD, STORE, 16, INDEXED}, OP(396)
    = {FRD, STORE, 16, INDEXED}, OP(1004) = {FRD, STORE, 16, INDEXED},
    OP(940) = {FRD, STORE, 16, INDEXED}, OP(716) = {FRD, STORE, 8, INDEXED}, OP(652)
    = {FRD, STORE, 4, INDEXED}, OP(140) = {FRD, STORE, 4, INDEXED},
};
/* clang-format on */

/* Primary opcode 31 with vector registers (VSX registers 32 and up): lvx, lvxl, lve*x, stvx, stvxl, stve*x,
 * lvsl, lvsr. */
/* clang-format off */
static const struct row op31_vector[1024] = {
    OP(103) = {FWD, LOAD, 16, INDEXED}, OP(359) = {FWD, LOAD, 16, INDEXED}, OP(7) = {FWD, LOAD, 0, INDEXED},
    OP(39) = {FWD, LOAD, 0, INDEXED},
    OP(71) = {FWD, LOAD, 0, INDEXED}, OP(231) = {FRD, STORE, 16, INDEXED}, OP(487)
    = {FRD, STORE, 16, INDEXED}, OP(135) = {FRD, STORE, 0, INDEXED},
    OP(167) = {FRD, STORE, 0, INDEXED}, OP(199) = {FRD, STORE, 0, INDEXED},
    OP(6) = {FWD | RA0 | RB, TWO_UNITS, 0, 0}, OP(38) = {FWD | RA0 | RB, TWO_UNITS, 0, 0},
};
/* clang-format on */

/* Primary opcodes 59 (single) and 63 (double): arithmetic by bits 26 to 30. */
/* clang-format off */
static const struct row float_a[32] = {
    /* div, sub, add */
    OP(18) = {FWD | FRA | FRB, FLOAT, 0, 0}, OP(20) = {FWD | FRA | FRB, FLOAT, 0, 0}, OP(21)
    = {FWD | FRA | FRB, FLOAT, 0, 0},
    /* sqrt, sel, re */
    OP(22) = {FWD | FRB, FLOAT, 0, 0}, OP(23) = {FWD | FRA | FRB | FRC, FLOAT, 0, 0}, OP(24)
    = {FWD | FRB, FLOAT, 0, 0},
    /* mul, rsqrte */
    OP(25) = {FWD | FRA | FRC, FLOAT, 0, 0}, OP(26) = {FWD | FRB, FLOAT, 0, 0},
    OP(28) = {FWD | FRA | FRB | FRC, FLOAT, 0, 0}, OP(29) = {FWD | FRA | FRB | FRC, FLOAT, 0, 0},
    OP(30) = {FWD | FRA | FRB | FRC, FLOAT, 0, 0}, OP(31) = {FWD | FRA | FRB | FRC, FLOAT, 0, 0},
};
/* The rest of both, by bits 21 to 30. */
static const struct row float_x[1024] = {
    OP(0) = {FRA | FRB | CRW, FLOAT, 0, 0}, OP(32) = {FRA | FRB | CRW, FLOAT, 0, 0}, /* fcmpu, fcmpo */
    /* frsp, fctiw* */
    OP(12) = {FWD | FRB, FLOAT, 0, 0}, OP(14) = {FWD | FRB, FLOAT, 0, 0}, OP(15) = {FWD | FRB, FLOAT, 0, 0},
    OP(142) = {FWD | FRB, FLOAT, 0, 0}, OP(143) = {FWD | FRB, FLOAT, 0, 0},
    /* fcpsgn, fneg, fmr, fnabs, fabs */
    OP(8) = {FWD | FRA | FRB, FLOAT, 0, 0}, OP(40) = {FWD | FRB, FLOAT, 0, 0}, OP(72)
    = {FWD | FRB, FLOAT, 0, 0}, OP(136) = {FWD | FRB, FLOAT, 0, 0}, OP(264) = {FWD | FRB, FLOAT, 0, 0},
    /* frin, friz, frip, frim */
    OP(392) = {FWD | FRB, FLOAT, 0, 0}, OP(424) = {FWD | FRB, FLOAT, 0, 0}, OP(456)
    = {FWD | FRB, FLOAT, 0, 0}, OP(488) = {FWD | FRB, FLOAT, 0, 0},
    /* fctid, fctidz, fcfid */
    OP(814) = {FWD | FRB, FLOAT, 0, 0}, OP(815) = {FWD | FRB, FLOAT, 0, 0}, OP(846)
    = {FWD | FRB, FLOAT, 0, 0},
    /* fctidu, fctiduz, fcfidu */
    OP(942) = {FWD | FRB, FLOAT, 0, 0}, OP(943) = {FWD | FRB, FLOAT, 0, 0}, OP(974)
    = {FWD | FRB, FLOAT, 0, 0},
    /* mffs, mtfsf */
    OP(583) = {FWD, FROM_SPECIAL, 0, 0}, OP(711) = {FRB, TO_SPECIAL, 0, 0},
    /* mtfsb1, mtfsb0, mtfsfi */
    OP(38) = {0, TO_SPECIAL, 0, 0}, OP(70) = {0, TO_SPECIAL, 0, 0}, OP(134) = {0, TO_SPECIAL, 0, 0},
    /* mcrfs */
    OP(64) = {CRW, FROM_SPECIAL, 0, 0},
};
/* clang-format on */

#endif
