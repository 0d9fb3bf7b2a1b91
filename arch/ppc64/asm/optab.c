/* ppc64: the operations and the optab, after Go 1.19, cmd/internal/obj/ppc64 (asm9.go, obj9.go). REGTMP is
 * R31; R0 is taken for zero. */
#include "optab.h"

/* ---- registers ---- */

/* clang-format off */
#define CR_BITS(n) \
    {"CR" #n "LT", 0, 0, REG(RC_CRBIT, 4 * n)}, {"CR" #n "GT", 0, 0, REG(RC_CRBIT, 4 * n + 1)}, \
    {"CR" #n "EQ", 0, 0, REG(RC_CRBIT, 4 * n + 2)}, {"CR" #n "SO", 0, 0, REG(RC_CRBIT, 4 * n + 3)}
static const struct reg_range regs[] = {
    {"R", 0, 32, REG(RC_R, 0)}, {"F", 0, 32, REG(RC_F, 0)}, {"V", 0, 32, REG(RC_V, 0)},
    {"VS", 0, 64, REG(RC_VS, 0)},
    {"CR", 0, 8, REG(RC_CR, 0)}, {"CR", 0, 0, PPC64_CR}, {"FPSCR", 0, 0, REG(RC_FPSCR, 0)},
    {"LR", 0, 0, PPC64_LR}, {"CTR", 0, 0, PPC64_CTR}, {"XER", 0, 0, PPC64_XER},
    {"SPR()", 0, 0, REG(RC_SPR, 0)},
    CR_BITS(0), CR_BITS(1), CR_BITS(2), CR_BITS(3), CR_BITS(4), CR_BITS(5), CR_BITS(6), CR_BITS(7),
    {0},
};
/* clang-format on */

/* ---- the optab ---- */

#define OPT_R  (R | OPTIONAL)
#define OPT_RN (RN | OPTIONAL)

/* A 32-bit constant in REGTMP. */
#define CON32(k) "{" k ":upper} %r31,{" k ":zero},{" k ":hi}; ori %r31,%r31,{" k ":lo}; "

/* clang-format off */
static const struct optab optab[] = {
    /* add, multiply: 16 bits, upper 16 bits, anything of 32 bits through REGTMP */
    {OP_ADD, "", {RZ, OPT_R, R}, "add {t},{m},{1:z}", 0},
    {OP_ADD, "", {C(C_S16), OPT_R, R}, "addi {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_UPPER), OPT_R, R}, "addis {t},{m},{1:hi}", 0},
    {OP_ADD, "", {C(C_U16), OPT_RN, RN}, "ori %r31,%r0,{1:lo}; add {t},%r31,{m}", USES_REGTMP},
    {OP_ADD, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "add {t},%r31,{m}", USES_REGTMP},
    {OP_SUB, "", {R, OPT_R, R}, "subf {t},{1},{m}", 0},
    {OP_SUB, "", {C(C_S16), OPT_R, R}, "addi {t},{m},{1}", 0},
    {OP_SUB, "", {C(C_UPPER), OPT_R, R}, "addis {t},{m},{1:hi}", 0},
    {OP_SUB, "", {C(C_U16), OPT_RN, RN}, "ori %r31,%r0,{1:lo}; add {t},%r31,{m}", USES_REGTMP},
    {OP_SUB, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "add {t},%r31,{m}", USES_REGTMP},
    {OP_ADDC, "", {RZ, OPT_R, R}, "addc {t},{m},{1:z}", 0},
    {OP_ADDC, "", {C(C_S16), OPT_R, R}, "addic {t},{m},{1}", 0},
    {OP_ADDC, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "addc {t},%r31,{m}", USES_REGTMP},
    {OP_SUBC, "", {R, OPT_R, R}, "subfc {t},{1},{m}", 0},
    {OP_SUBC, "", {R, C(C_S16), R}, "subfic {3},{1},{2}", 0},
    {OP_SUBC, "", {RN, C(C_CON32), RN}, "addis %r31,0,{2:hi}; ori %r31,%r31,{2:lo}; subfc {3},{1},%r31",
        USES_REGTMP},
    {OP_SUBC, "", {C(C_S16), OPT_R, R}, "addic {t},{m},{1}", 0},
    {OP_SUBC, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "addc {t},%r31,{m}", USES_REGTMP},
    {OP_MUL, "", {RZ, OPT_R, R}, "{op} {t},{m},{1:z}", 0},
    {OP_MUL, "", {C(C_S16), OPT_R, R}, "mulli {t},{m},{1}", 0},
    {OP_MUL, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "{op} {t},%r31,{m}", USES_REGTMP},
    {OP_RRR, "", {RZ, OPT_R, R}, "{op} {t},{m},{1:z}", 0},
    {OP_SUBF, "", {R, OPT_R, R}, "{op} {t},{1},{m}", 0},
    {OP_UNARY, "", {OPT_R, R}, "{op} {t},{1}", 0},
    {OP_REM, "", {RN, OPT_RN, R}, "{op} %r31,{m},{1}; {op2} %r31,%r31,{1}; subf {t},%r31,{m}", USES_REGTMP},
    {OP_REMU, "", {RN, OPT_RN, R},
     "divwu %r31,{m},{1}; mullw %r31,%r31,{1}; rldic %r31,%r31,0,32; subf {t},%r31,{m}", USES_REGTMP},

    /* logic: the same widths, without sign; negative 16 bits through REGTMP */
    {OP_LOGIC, "", {C(C_U16), OPT_R, R}, "{op2} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_UPPERU), OPT_R, R}, "{op3} {t},{m},{1:hi}", 0},
    {OP_LOGIC, "", {C(C_S16), OPT_RN, RN}, "addi %r31,0,{1}; {op} {t},%r31,{m}", USES_REGTMP},
    {OP_LOGIC, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "{op} {t},%r31,{m}", USES_REGTMP},
    {OP_LOGIC, "", {R, OPT_R, R}, "{op} {t},{m},{1}", 0},
    {OP_ANDCC, "", {RZ, OPT_R, R}, "{op} {t},{m},{1:z}", 0},
    {OP_ANDCC, "", {C(C_U16), OPT_R, R}, "{op2} {t},{m},{1}", 0},
    {OP_ANDCC, "", {C(C_UPPERU), OPT_R, R}, "{op3} {t},{m},{1:hi}", 0},
    {OP_ANDCC, "", {C(C_S16), OPT_RN, RN}, "addi %r31,0,{1}; {op} {t},%r31,{m}", USES_REGTMP},
    {OP_ANDCC, "", {C(C_CON32), OPT_RN, RN}, CON32("1") "{op} {t},%r31,{m}", USES_REGTMP},
    {OP_SHIFT, "", {C(C_U6), OPT_R, R}, "{op2} {t},{m},{1}", 0},
    {OP_SHIFT, "", {R, OPT_R, R}, "{op} {t},{m},{1}", 0},
    {OP_RLW, "", {C(C_U6), R, C(C_U6), C(C_U6), R}, "{op2} {5},{2},{1},{3},{4}", 0},
    {OP_RLW, "", {R, R, C(C_U6), C(C_U6), R}, "{op} {5},{2},{1},{3},{4}", 0},
    {OP_RLD, "", {C(C_U6), R, C(C_U6), R}, "{op} {4},{2},{1},{3}", 0},

    /* compare and condition register */
    {OP_CMP, "", {R, R}, "{op} 0,{1},{2}", 0},
    {OP_CMP, "", {R, R, C(C_CRF)}, "{op} {3},{1},{2}", 0},
    {OP_CMP, "", {R, C(C_S16)}, "{op2} 0,{1},{2}", 0},
    {OP_CMP, "", {R, C(C_S16), C(C_CRF)}, "{op2} {3},{1},{2}", 0},
    {OP_CMPU, "", {R, R}, "{op} 0,{1},{2}", 0},
    {OP_CMPU, "", {R, R, C(C_CRF)}, "{op} {3},{1},{2}", 0},
    {OP_CMPU, "", {R, C(C_U16)}, "{op2} 0,{1},{2}", 0},
    {OP_CMPU, "", {R, C(C_U16), C(C_CRF)}, "{op2} {3},{1},{2}", 0},
    {OP_CRRR, "", {C(C_CRBIT), C(C_CRBIT), C(C_CRBIT)}, "{op} {3},{2},{1}", 0},
    {OP_ISEL, "", {C(C_CRBIT), R, R, R}, "{op} {4},{2},{3},{1}", 0},
    {OP_SETB, "", {C(C_CRF), R}, "{op} {2},{1}", 0},

    /* constants and addresses */
    {OP_MOV, "", {C(C_S16), R}, "addi {2},0,{1}", 0},
    {OP_MOV, "", {C(C_U16), R}, "ori {2},%r0,{1}", 0},
    {OP_MOV, "", {C(C_UPPER), R}, "addis {2},0,{1:hi}", 0},
    {OP_MOV, "", {C(C_CON32), R}, "{1:upper} {2},{1:zero},{1:hi}; ori {2},{2},{1:lo}", NO_RESTART},
    {OP_MOV, "", {C(C_CON64), R}, "addis {2},0,{1:pool8}@ha; ld {2},{1:pool8}@l({2})", NO_RESTART},
    {OP_MOV, "", {C(C_POOLED), R}, "addis {2},0,{1:sym}@ha; ld {2},{1:sym}@l({2})", NO_RESTART},
    {OP_MOV, "", {C(C_SADDR), R}, "addi {2},{1:base},{1:value}", 0},
    {OP_MOV, "", {C(C_LADDR), R}, "addis {2},{1:base},{1:ha16}; addi {2},{2},{1:slo16}", NO_RESTART},
    {OP_MOV, "", {C(C_SYMADDR), R}, "addis {2},0,{1:sym}@ha; addi {2},{2},{1:sym}@l", NO_RESTART},
    {OP_MOV, "", {C(C_SYM), R}, "addis {2},0,{1:sym}@ha; {op} {2},{1:sym}@l({2})", NO_RESTART},
    {OP_MOV, "", {RN, C(C_SYM)}, "addis %r31,0,{2:sym}@ha; {op2} {1},{2:sym}@l(%r31)", USES_REGTMP},

    /* moves between registers */
    {OP_MOV, "", {R, R}, "{op3} {2},{1:from}", 0},
    {OP_MOVB, "", {R, R}, "{op3} {2},{1}", 0},
    {OP_MOV, "", {C(C_SPR), R}, "mfspr {2},{1}", 0},
    {OP_MOV, "", {R, C(C_SPR)}, "mtspr {2},{1}", 0},
    {OP_MOV, "", {C(C_CR), R}, "mfcr {2}", 0},
    {OP_MOV, "", {R, C(C_CR)}, "mtcrf 255,{1}", 0},
    {OP_MOV, "", {C(C_CRF), R}, "mfocrf {2},{1:field}", 0},
    {OP_MOV, "", {R, C(C_CRF)}, "mtocrf {2:field},{1}", 0},
    {OP_MOVFL, "", {C(C_CRF), C(C_CRF)}, "mcrf {2},{1}", 0},
    {OP_MOVFL, "", {R, C(C_CR)}, "mtcrf 255,{1}", 0},
    {OP_MOVFL, "", {R, C(C_CRF)}, "mtocrf {2:field},{1}", 0},
    {OP_MOVFL, "", {C(C_FPSCR), C(C_F)}, "mffs {2}", 0},
    {OP_MOVFL, "", {C(C_F), C(C_FPSCR)}, "mtfsf 255,{1}", 0},
    {OP_MTFSB, "", {C(C_U6)}, "{op} {1}", 0},

    /* loads and stores: a load of a general register uses that for the upper half, the others use REGTMP */
    {OP_MOV, "", {C(C_SHORT), R}, "{op} {2},{1}", 0},
    {OP_MOV, "", {C(C_INDEX), R}, "{op}x {2},{1:x}", 0},
    {OP_MOV, "", {C(C_LONG), R}, "addis {2},{1:base},{1:ha16}; {op} {2},{1:slo16}({2})", NO_RESTART},
    {OP_MOV, "", {RZ, C(C_SHORT)}, "{op2} {1:z},{2}", 0},
    {OP_MOV, "", {RZ, C(C_INDEX)}, "{op2}x {1:z},{2:x}", 0},
    {OP_MOV, "", {RN | C(C_ZERO), C(C_LONG)}, "addis %r31,{2:base},{2:ha16}; {op2} {1:z},{2:slo16}(%r31)",
        USES_REGTMP},
    {OP_MOVB, "", {C(C_SHORT), R}, "{op} {2},{1}; extsb {2},{2}", NO_RESTART},
    {OP_MOVB, "", {C(C_INDEX), R}, "{op}x {2},{1:x}; extsb {2},{2}", NO_RESTART},
    {OP_MOVB, "", {C(C_LONG), R}, "addis {2},{1:base},{1:ha16}; {op} {2},{1:slo16}({2}); extsb {2},{2}",
        NO_RESTART},
    {OP_MOVB, "", {C(C_SYM), R}, "addis {2},0,{1:sym}@ha; {op} {2},{1:sym}@l({2}); extsb {2},{2}",
        NO_RESTART},
    {OP_MOVB, "", {RZ, C(C_SHORT)}, "{op2} {1:z},{2}", 0},
    {OP_MOVB, "", {RZ, C(C_INDEX)}, "{op2}x {1:z},{2:x}", 0},
    {OP_MOVB, "", {RN | C(C_ZERO), C(C_LONG)}, "addis %r31,{2:base},{2:ha16}; {op2} {1:z},{2:slo16}(%r31)",
        USES_REGTMP},
    {OP_MOVB, "", {RN, C(C_SYM)}, "addis %r31,0,{2:sym}@ha; {op2} {1},{2:sym}@l(%r31)", USES_REGTMP},
    {OP_MOVU, "", {C(C_SHORT), R}, "{op} {2},{1}", 0},
    {OP_MOVU, "", {C(C_INDEX), R}, "{op}x {2},{1:x}", 0},
    {OP_MOVU, "", {R, C(C_SHORT)}, "{op2} {1},{2}", 0},
    {OP_MOVU, "", {R, C(C_INDEX)}, "{op2}x {1},{2:x}", 0},
    {OP_MOVBU, "", {C(C_SHORT), R}, "{op} {2},{1}; extsb {2},{2}", NO_RESTART},
    {OP_MOVBU, "", {R, C(C_SHORT)}, "{op2} {1},{2}", 0},
    {OP_MOVX, "", {X, R | C(C_F)}, "{op} {2},{1:x}", 0},
    {OP_MOVX, "", {R | C(C_F), X}, "{op2} {1},{2:x}", 0},
    {OP_FMOV, "", {C(C_SHORT), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FMOV, "", {C(C_INDEX), C(C_F)}, "{op}x {2},{1:x}", 0},
    {OP_FMOV, "", {C(C_LONG), C(C_F)}, "addis %r31,{1:base},{1:ha16}; {op} {2},{1:slo16}(%r31)", USES_REGTMP},
    {OP_FMOV, "", {C(C_SYM), C(C_F)}, "addis %r31,0,{1:sym}@ha; {op} {2},{1:sym}@l(%r31)", USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_SHORT)}, "{op2} {1},{2}", 0},
    {OP_FMOV, "", {C(C_F), C(C_INDEX)}, "{op2}x {1},{2:x}", 0},
    {OP_FMOV, "", {C(C_F), C(C_LONG)}, "addis %r31,{2:base},{2:ha16}; {op2} {1},{2:slo16}(%r31)",
        USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_SYM)}, "addis %r31,0,{2:sym}@ha; {op2} {1},{2:sym}@l(%r31)", USES_REGTMP},
    {OP_FMOV, "", {C(C_F), C(C_F)}, "fmr {2},{1}", 0},
    {OP_FMOV, "", {C(C_ZERO), C(C_F)}, "xxlxor {2:vs},{2:vs},{2:vs}", 0},
    {OP_FMOVU, "", {C(C_SHORT), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FMOVU, "", {C(C_F), C(C_SHORT)}, "{op2} {1},{2}", 0},
    {OP_LAR, "", {X, R}, "{op} {2},{1:x}", 0},
    {OP_STCCC, "", {R, X}, "{op} {1},{2:x}", 0},

    /* floating point */
    {OP_FRRR, "", {C(C_F), C(C_F) | OPTIONAL, C(C_F)}, "{op} {t},{m},{1}", 0},
    {OP_FMADD, "", {C(C_F), C(C_F), C(C_F), C(C_F)}, "{op} {4},{1},{3},{2}", 0},
    {OP_FUNARY, "", {C(C_F) | OPTIONAL, C(C_F)}, "{op} {t},{1}", 0},
    {OP_FCMP, "", {C(C_F), C(C_F)}, "{op} 0,{1},{2}", 0},
    {OP_FCMP, "", {C(C_F), C(C_F), C(C_CRF)}, "{op} {3},{1},{2}", 0},

    /* vectors */
    {OP_VRRR, "", {C(C_V), C(C_V), C(C_V)}, "{op} {3},{1},{2}", 0},
    {OP_VRRRR, "", {C(C_V), C(C_V), C(C_V), C(C_V)}, "{op} {4},{1},{2},{3}", 0},
    {OP_VRR, "", {C(C_V), C(C_V)}, "{op} {2},{1}", 0},
    {OP_VSPLTI, "", {C(C_S5), C(C_V)}, "{op} {2},{1}", 0},
    {OP_VSOI, "", {C(C_U6), C(C_V), C(C_V), C(C_V)}, "{op} {4},{2},{3},{1}", 0},
    {OP_XX3, "", {C(C_VS), C(C_VS), C(C_VS)}, "{op} {3},{1},{2}", 0},
    {OP_XX2, "", {C(C_VS), C(C_VS)}, "{op} {2},{1}", 0},
    {OP_XXPERMDI, "", {C(C_VS), C(C_VS), C(C_U6), C(C_VS)}, "{op} {4},{1},{2},{3}", 0},
    {OP_LVX, "", {X, C(C_V) | C(C_VS)}, "{op} {2},{1:x}", 0},
    {OP_LVX, "", {C(C_V) | C(C_VS), X}, "{op2} {1},{2:x}", 0},
    {OP_MVSR, "", {C(C_VS) | C(C_F), R}, "{op} {2},{1:vs}", 0},
    {OP_MVSR, "", {R, C(C_VS) | C(C_F)}, "{op} {2:vs},{1}", 0},

    /* branches and the rest */
    {OP_BCOND, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_BCOND, "", {C(C_CRF), C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_BC, "", {C(C_U6), C(C_CRBIT), C(C_TARGET)}, "{op} {1},{2},{3}", IS_BRANCH},
    {OP_BC, "", {C(C_U6), C(C_CRBIT), C(C_LR)}, "bclr {1},{2}", IS_BRANCH},
    {OP_BD, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "", {C(C_TARGET)}, "b {1}", IS_BRANCH},
    {OP_B, "", {C(C_LR)}, "blr", IS_BRANCH},
    {OP_B, "", {C(C_CTR)}, "bctr", IS_BRANCH},
    {OP_BL, "", {C(C_TARGET)}, "bl {1}", IS_BRANCH},
    {OP_BL, "", {C(C_SYM)}, "bl {1:sym}", IS_BRANCH},
    {OP_BL, "", {C(C_CTR)}, "bctrl", IS_BRANCH},
    {OP_RET, "", {0}, "blr", IS_BRANCH},
    {OP_PLAIN, "", {0}, "{op}", 0},
    {OP_WORD, "", {C(C_CON32)}, "{op} {1:word}", 0},
    {OP_PNOP, "", {0}, "8: pnop", 0},
    {0},
};
/* clang-format on */

#define ASM_ARCH(name) \
    const struct asm_arch asm_arch_##name = { \
        .target = &target_##name, \
        .sp_rules = ppc64_sp_rules, \
        .regs = regs, \
        .ops = ppc64_ops, \
        .optab = optab, \
        .classify = ppc64_classify, \
        .format = ppc64_format, \
        .unrunnable = ppc64_unrunnable, \
        .is_unsafe_point = ppc64_is_unsafe_point, \
        .is_restartable = ppc64_is_restartable, \
    }

ASM_ARCH(ppc64);
ASM_ARCH(ppc64le);
