/* arm64: the operations and the optab, after Go 1.19, cmd/internal/obj/arm64/asm7.go. REGTMP is R27.
 * Instructions come out in the form that Go's assembler picks; what it rejects, this may accept. */
#include "optab.h"

/* ---- registers ---- */

static const struct reg_range regs[] = {
    {"R", 0, 31, REG(RC_R, 0)},
    {"RSP", 0, 0, ARM64_RSP},
    {"ZR", 0, 0, ARM64_ZR},
    {"F", 0, 32, REG(RC_F, 0)},
    {0},
};

/* ---- the optab ---- */

#define R     (C(C_R) | C(C_ZR) | C(C_ZERO))
#define RORSP (C(C_R) | C(C_RSP))
#define MOVED (C(C_MOVED) | C(C_ZR) | C(C_ZERO)) /* what a MOV stores */
#define UNIT  C(C_UNIT)

/* clang-format off */
static const struct optab optab[] = {
    /* ADD, SUB, CMP, CMN turn a negative constant into the opposite operation (obj7.go progedit). Then: 12
     * bits, 12 bits shifted, 24 bits in two additions,
         anything through REGTMP. SP never moves in two steps: between them no
     * SP-delta table is right. Go's did until 1.23.11 (golang/go#73259). */
    {OP_ADD, "", {C(C_NADDCON), RORSP | OPTIONAL, RORSP}, "{op2} {t},{m},#{1:neg}", 0},
    {OP_ADD, "", {C(C_NADDCON2), RORSP | OPTIONAL, C(C_R)},
     "{op2} {t},{m},{1:nlo12}; {op2} {t},{t},{1:nhi12}", NO_RESTART},
    {OP_ADD, "", {C(C_NCON), RORSP | OPTIONAL, RORSP}, "@con {1:tmp},{1:neg}; {op2} {t},{m},{1:tmp}",
        USES_REGTMP},
    {OP_ADD, "", {C(C_ADDCON), RORSP | OPTIONAL, RORSP}, "{op} {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_ADDCON2), RORSP | OPTIONAL, C(C_R)}, "{op} {t},{m},{1:lo12}; {op} {t},{t},{1:hi12}",
        NO_RESTART},
    {OP_ADD, "", {C(C_CON), RORSP | OPTIONAL, RORSP}, "@con {1:tmp},{1:con}; {op} {t},{m},{1:tmp}",
        USES_REGTMP},
    {OP_ADD, "", {R | C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_ADD, "", {R, RORSP | OPTIONAL, RORSP}, "{op} {t},{m},{1}", 0},
    {OP_ADDS, "", {C(C_ADDCON), RORSP | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_ADDS, "", {C(C_CON), RORSP | OPTIONAL, R}, "@con {1:tmp},{1:con}; {op} {t},{m},{1:tmp}", USES_REGTMP},
    {OP_ADDS, "", {R | C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_ADDS, "", {R, C(C_RSP), R}, "{op} {t},{m},{1}", 0},
    {OP_CMP, "", {C(C_NADDCON), RORSP}, "{op2} {2},#{1:neg}", 0},
    {OP_CMP, "", {C(C_NCON), RORSP}, "@con {1:tmp},{1:neg}; {op2} {2},{1:tmp}", USES_REGTMP},
    {OP_CMP, "", {C(C_ADDCON), RORSP}, "{op} {2},{1}", 0},
    {OP_CMP, "", {C(C_CON), RORSP}, "@con {1:tmp},{1:con}; {op} {2},{1:tmp}", USES_REGTMP},
    {OP_CMP, "", {R | C(C_SHIFTED), R}, "{op} {2},{1}", 0},
    {OP_CMP, "", {R, C(C_RSP)}, "{op} {2},{1}", 0},

    /* logic: a bit mask, anything through REGTMP */
    {OP_LOGIC, "", {C(C_BITCON), R | OPTIONAL, R | C(C_RSP)}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_CON), R | OPTIONAL, R}, "@con {1:tmp},{1:con}; {op} {t},{m},{1:tmp}", USES_REGTMP},
    {OP_LOGIC, "", {R | C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_TST, "", {C(C_BITCON), R}, "{op} {2},{1}", 0},
    {OP_TST, "", {C(C_CON), R}, "@con {1:tmp},{1:con}; {op} {2},{1:tmp}", USES_REGTMP},
    {OP_TST, "", {R | C(C_SHIFTED), R}, "{op} {2},{1}", 0},

    /* arithmetic on registers */
    {OP_RRR, "", {R | C(C_SHIFTED), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_SHIFT, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_SHIFT, "", {C(C_U6), R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_REM, "", {R, R | OPTIONAL, R}, "{op} {1:tmp},{m},{1}; msub {t},{1:tmp},{1},{m}", USES_REGTMP},
    {OP_MULL, "", {R, R | OPTIONAL, R}, "{op} {t:x},{m:w},{1:w}", 0},
    {OP_MADD, "", {R, R, R, R}, "{op} {4},{3},{1},{2}", 0},
    {OP_MADDL, "", {R, R, R, R}, "{op} {4:x},{3:w},{1:w},{2:x}", 0},
    {OP_RR, "", {R | C(C_SHIFTED), R}, "{op} {2},{1}", 0},
    {OP_EXTEND, "", {R, R}, "{op} {2:x},{1:w}", 0},
    {OP_CRC, "", {R, R | OPTIONAL, R}, "{op} {t:w},{m:w},{1}", 0},
    {OP_BITS, "", {C(C_U6), R, C(C_U6) | C(C_CON), R}, "{op} {4},{2},#{1:value},#{3:value}", 0},
    {OP_EXTR, "", {C(C_U6), R, R, R}, "{op} {4},{3},{2},#{1:value}", 0},
    {OP_CSEL, "", {C(C_WORD), R, R, R}, "{op} {4},{2},{3},{1}", 0},
    {OP_CINC, "", {C(C_WORD), R, R}, "{op} {3},{2},{1}", 0},
    {OP_CSET, "", {C(C_WORD), R}, "{op} {2},{1}", 0},
    {OP_CCMP, "", {C(C_WORD), R, C(C_U6), C(C_U6)}, "{op} {2},#{3:value},#{4:value},{1}", 0},
    {OP_CCMP, "", {C(C_WORD), R, R, C(C_U6)}, "{op} {2},{3},#{4:value},{1}", 0},

    /* constants, addresses, moves between registers */
    {OP_MOV, "", {C(C_CON), C(C_R)}, "@con {2:st},{1:con}", NO_RESTART},
    {OP_MOV, "", {C(C_BITCON), C(C_RSP)}, "orr {2},xzr,{1}", 0},
    {OP_MOV, "", {C(C_ADDR12), RORSP}, "add {2},{1:base},#{1:value}", 0},
    {OP_MOV, "", {C(C_NADDR12), RORSP}, "sub {2},{1:base},#{1:neg}", 0},
    {OP_MOV, "", {C(C_ADDR24), C(C_R)}, "add {2},{1:base},{1:hi12}; add {2},{2},{1:lo12}", NO_RESTART},
    {OP_MOV, "", {C(C_ADDRBIG), RORSP}, "ldr x27,{1:pool8}; add {2},{1:base},x27,uxtx", USES_REGTMP},
    {OP_MOV, "", {C(C_SYMADDR), C(C_R)}, "adrp {2},{1:sym}; add {2},{2},:lo12:{1:sym}",
        NO_RESTART | PC_RELATIVE},
    {OP_MOV, "", {MOVED | C(C_R) | C(C_F), C(C_R) | C(C_F)}, "{op3} {2:to},{1:from}", 0},
    {OP_MOV, "", {RORSP, RORSP}, "{op3} {2},{1}", 0},

    /* Loads and stores: in one; the offset in two additions (Go enters it in the pool all the same); through
     * the pool; pre- and post-indexed; symbols. */
    {OP_MOV, "", {UNIT, C(C_MOVED)}, "{op} {2:ld},{1}", 0},
    {OP_MOV, "", {C(C_SPLIT), C(C_MOVED)},
     "add x27,{1:base},{1:shi}; {op} {2:ld},[x27,{1:slo}] // {1:pool4}", USES_REGTMP},
    {OP_MOV, "", {C(C_BIG), C(C_MOVED)}, "{1:lit}; {op} {2:ld},[{1:base},x27]", USES_REGTMP},
    {OP_MOV, ".P", {C(C_S9), C(C_MOVED)}, "{op} {2:ld},[{1:base}],#{1:value}", 0},
    {OP_MOV, ".W", {C(C_S9), C(C_MOVED)}, "{op} {2:ld},[{1:base},#{1:value}]!", 0},
    {OP_MOV, "", {C(C_SYM), C(C_MOVED)},
     "adrp x27,{1:sym}; add x27,x27,:lo12:{1:sym}; {op} {2:ld},[x27]", USES_REGTMP | PC_RELATIVE},
    {OP_MOV, "", {MOVED, UNIT}, "{op2} {1:st},{2}", 0},
    {OP_MOV, "", {MOVED, C(C_SPLIT)}, "add x27,{2:base},{2:shi}; {op2} {1:st},[x27,{2:slo}] // {2:pool4}",
        USES_REGTMP},
    {OP_MOV, "", {MOVED, C(C_BIG)}, "{2:lit}; {op2} {1:st},[{2:base},x27]", USES_REGTMP},
    {OP_MOV, ".P", {MOVED, C(C_S9)}, "{op2} {1:st},[{2:base}],#{2:value}", 0},
    {OP_MOV, ".W", {MOVED, C(C_S9)}, "{op2} {1:st},[{2:base},#{2:value}]!", 0},
    {OP_MOV, "", {MOVED, C(C_SYM)},
     "adrp x27,{2:sym}; add x27,x27,:lo12:{2:sym}; {op2} {1:st},[x27]", USES_REGTMP | PC_RELATIVE},

    /* pairs */
    {OP_LDP, "", {C(C_P7), C(C_PAIR)}, "{op} {2:lda},{2:ldb},{1}", 0},
    {OP_LDP, "", {C(C_P12), C(C_PAIR)}, "add x27,{1:base},#{1:value}; {op} {2:lda},{2:ldb},[x27]",
        USES_REGTMP},
    {OP_LDP, "", {C(C_NP12), C(C_PAIR)}, "sub x27,{1:base},#{1:neg}; {op} {2:lda},{2:ldb},[x27]",
        USES_REGTMP},
    {OP_LDP, "", {C(C_BIG), C(C_PAIR)}, "{1:lit}; add x27,{1:base},x27,uxtx; {op} {2:lda},{2:ldb},[x27]",
        USES_REGTMP},
    {OP_LDP, ".P", {C(C_P7), C(C_PAIR)}, "{op} {2:lda},{2:ldb},[{1:base}],#{1:value}", 0},
    {OP_LDP, ".W", {C(C_P7), C(C_PAIR)}, "{op} {2:lda},{2:ldb},[{1:base},#{1:value}]!", 0},
    {OP_LDP, "", {C(C_SYM), C(C_PAIR)},
     "adrp x27,{1:sym}; add x27,x27,:lo12:{1:sym}; {op} {2:lda},{2:ldb},[x27]", USES_REGTMP | PC_RELATIVE},
    {OP_STP, "", {C(C_PAIR), C(C_P7)}, "{op} {1:lda},{1:ldb},{2}", 0},
    {OP_STP, "", {C(C_PAIR), C(C_P12)}, "add x27,{2:base},#{2:value}; {op} {1:lda},{1:ldb},[x27]",
        USES_REGTMP},
    {OP_STP, "", {C(C_PAIR), C(C_NP12)}, "sub x27,{2:base},#{2:neg}; {op} {1:lda},{1:ldb},[x27]",
        USES_REGTMP},
    {OP_STP, "", {C(C_PAIR), C(C_BIG)}, "{2:lit}; add x27,{2:base},x27,uxtx; {op} {1:lda},{1:ldb},[x27]",
        USES_REGTMP},
    {OP_STP, ".P", {C(C_PAIR), C(C_P7)}, "{op} {1:lda},{1:ldb},[{2:base}],#{2:value}", 0},
    {OP_STP, ".W", {C(C_PAIR), C(C_P7)}, "{op} {1:lda},{1:ldb},[{2:base},#{2:value}]!", 0},
    {OP_STP, "", {C(C_PAIR), C(C_SYM)},
     "adrp x27,{2:sym}; add x27,x27,:lo12:{2:sym}; {op} {1:lda},{1:ldb},[x27]", USES_REGTMP | PC_RELATIVE},

    /* floating point and vectors */
    {OP_FFF, "", {C(C_F), C(C_F) | OPTIONAL, C(C_F)}, "{op} {t},{m},{1}", 0},
    {OP_FFFF, "", {C(C_F), C(C_F), C(C_F), C(C_F)}, "{op} {4},{3},{1},{2}", 0},
    {OP_FF, "", {C(C_F), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FCMP, "", {C(C_F), C(C_F)}, "{op} {2},{1}", 0},
    {OP_FCSEL, "", {C(C_WORD), C(C_F), C(C_F), C(C_F)}, "{op} {4},{2},{3},{1}", 0},
    {OP_FCCMP, "", {C(C_WORD), C(C_F), C(C_F), C(C_U6)}, "{op} {3},{2},#{4:value},{1}", 0},
    {OP_FROM_F, "", {C(C_F), R}, "{op} {2:x},{1}", 0},
    {OP_FROM_FW, "", {C(C_F), R}, "{op} {2:w},{1}", 0},
    {OP_TO_F, "", {R, C(C_F)}, "{op} {2},{1:x}", 0},
    {OP_TO_FW, "", {R, C(C_F)}, "{op} {2},{1:w}", 0},
    {OP_FCVT_SD, "", {C(C_F), C(C_F)}, "{op} {2:d},{1:s}", 0},
    {OP_FCVT_DS, "", {C(C_F), C(C_F)}, "{op} {2:s},{1:d}", 0},
    {OP_VVV, "", {C(C_ARRANGED), C(C_ARRANGED), C(C_ARRANGED)}, "{op} {3},{2},{1}", 0},
    {OP_VV, "", {C(C_ARRANGED), C(C_ARRANGED)}, "{op} {2},{1}", 0},

    /* branches, exclusives, atomics, system registers */
    {OP_BCOND, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "", {C(C_ZOREG)}, "br {1:base}", IS_BRANCH},
    {OP_BL, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH | PC_RELATIVE},
    {OP_CBZ, "", {R, C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_TBZ, "", {C(C_U6), R, C(C_TARGET)}, "{op} {2},#{1:value},{3}", IS_BRANCH},
    {OP_RET, "", {C(C_ZOREG)}, "ret {1:base}", IS_BRANCH},
    {OP_LOADX, "", {C(C_ZOREG), R}, "{op} {2},[{1:base}]", 0},
    {OP_STOREX, "", {R, C(C_ZOREG), R}, "{op} {3:w},{1},[{2:base}]", 0},
    {OP_STLR, "", {R, C(C_ZOREG)}, "{op} {1},[{2:base}]", 0},
    {OP_ATOMIC, "", {R, C(C_ZOREG), R}, "{op} {1},{3},[{2:base}]", 0},
    {OP_MRS, "", {C(C_WORD), R}, "{op} {2},{1}", 0},
    {OP_MSR, "", {R, C(C_WORD)}, "{op} {2},{1}", 0},
    {OP_DMB, "", {C(C_U6)}, "{op} #{1:value}", 0},
    {OP_CLREX, "", {0}, "{op}", 0},
    {OP_NOOP, "", {0}, "{op}", 0},
    {0},
};
/* clang-format on */

const struct asm_arch asm_arch_arm64 = {
    .target = &target_arm64,
    .sp_rules = arm64_sp_rules,
    .regs = regs,
    .ops = arm64_ops,
    .optab = optab,
    .classify = arm64_classify,
    .format = arm64_format,
    .macro = arm64_macro,
    .is_unsafe_point = arm64_is_unsafe_point,
    .is_restartable = arm64_is_restartable,
};
