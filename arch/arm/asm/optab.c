/* arm: the operations and the optab, after Go 1.19, cmd/internal/obj/arm/asm5.go, for GOARM=5: no MOVW and
 * MOVT of 16 bits, no VFPv3 constants. REGTMP is R11, the floating-point one F15. Fn is Dn, or S2n where it
 * is single. */
#include "optab.h"

#include <stdio.h>
#include <string.h>

/* ---- registers ---- */

/* clang-format off */
static const struct reg_range regs[] = {
    {"R", 0, 16, REG(RC_R, 0)},   {"F", 0, 16, REG(RC_F, 0)},   {"CPSR", 0, 0, ARM_CPSR},
    {"FPSR", 0, 0, ARM_FPSR},     {"FPCR", 0, 0, ARM_FPCR},     {0},
};
/* clang-format on */

/* ---- operand classes ---- */

#define C(n) (UINT64_C(1) << (n))
enum {
    C_R = 0,
    C_PLAIN,
    C_SEXT8,
    C_ZEXT8,
    C_SEXT16,
    C_ZEXT16,
    C_F,
    C_CPSR,
    C_FCR,
    C_SHIFT,
    C_ROTATED,
    C_RCON,
    C_NCON,
    C_RCON2A,
    C_RCON2S,
    C_CON,
    C_U5,
    C_LIST,
    C_PAIR,
    C_ZOREG,
    C_NEAR,
    C_LOREG,
    C_RACON,
    C_LACON,
    C_SYM,
    C_SYMADDR,
    C_TARGET
};
#define R C(C_R)
#define F C(C_F)

/* The suffixes that an operation takes beside a condition. */
static const char *legal_suffixes(const struct opname *o)
{
    switch (o->opclass) {
    case OP_ARITH:
    case OP_SHIFT:
    case OP_MVN:
    case OP_MUL:
    case OP_MULL:
    case OP_MULA:
        return ".S";
    case OP_MOVE:
        return strcmp(o->go, "MOVW") == 0 ? ".S.P.W" : ".P.W";
    case OP_MOVM:
        return ".P.W.U.IA.IB.DA.DB";
    case OP_FTOI:
    case OP_ITOF:
        return ".U";
    default:
        return "";
    }
}

static bool suffixes_are_legal(const struct prog *p, const struct opname *o)
{
    for (const char *s = p->suffix; s && *s == '.'; s = strchr(s + 1, '.')) {
        char one[12];
        snprintf(one, sizeof one, "%.*s", (int)strcspn(s + 1, "."), s + 1);
        if (!arm_has_suffix(legal_suffixes(o), one) && strcmp(arm_condition(p->suffix), one) != 0)
            return false;
    }
    return true;
}

static uint64_t classify_imm(const struct prog *p, const struct opname *o, int64_t value)
{
    uint32_t v = (uint32_t)value, a, b;
    uint64_t c = C(C_CON);
    if (value < INT32_MIN || value > UINT32_MAX)
        return 0;
    if (v < 32 && (v > 0 || (strcmp(p->op, "SRL") != 0 && strcmp(p->op, "SRA") != 0)))
        c |= C(C_U5);
    if (arm_rotated8(v))
        return c | C(C_RCON);
    if (arm_rotated8(~v))
        return c | C(C_NCON);
    if (o->opclass != OP_ARITH ||
        arm_has_suffix(p->suffix, "S")) /* the halves of a split one would set the flags */
        return c;
    if (p->arg[p->n_args - 1].kind == OPERAND_REG && p->arg[p->n_args - 1].reg == ARM_SP)
        return c; /* unlike Go: half-way between two steps of SP no SP-delta table is right (golang/go#73259
                     is arm64's) */
    if (o->gas[1] && arm_split_sum(v, &a, &b))
        return c | C(C_RCON2A);
    return o->gas[2] && arm_split_difference(v, &a, &b) ? c | C(C_RCON2S) : c;
}

/* The greatest offset of this operation's load or store: 12 bits for words, bytes and all stores of bytes, 8
 * for halfwords and loads of signed bytes, 8 and two zeros for floating point. */
static int64_t max_offset(const struct opname *o, bool store)
{
    const char *access = o->gas[store];
    if (o->opclass == OP_FMOV)
        return 1020;
    return strcmp(access, "ldr") == 0 || strcmp(access, "str") == 0 || strcmp(access + 3, "b") == 0 ? 4095
                                                                                                    : 255;
}

static uint64_t classify_mem(const struct prog *p, const struct opname *o, const struct operand *a)
{
    int64_t v = a->value < 0 ? -a->value : a->value;
    bool store = a == &p->arg[p->n_args - 1];
    if (o->opclass != OP_MOVE && o->opclass != OP_FMOV)
        return (v == 0 && !a->index ? C(C_ZOREG) : 0) | (v <= 4095 && !a->index ? C(C_NEAR) : 0);
    int64_t max = max_offset(o, store);
    if (a->index) /* halfwords shift no index */
        return o->opclass == OP_MOVE && v == 0 && (a->scale <= 1 || max == 4095) ? C(C_NEAR) : 0;
    return C(C_LOREG) | (v <= max && (o->opclass == OP_MOVE || v % 4 == 0) ? C(C_NEAR) : 0);
}

/* How a move between registers extends. */
static uint64_t extension(const char *op)
{
    /* clang-format off */
    static const struct { const char *op; int class; } moves[] = {
        {"MOVBS", C_SEXT8}, {"MOVBU", C_ZEXT8}, {"MOVHS", C_SEXT16}, {"MOVHU", C_ZEXT16},
    };
    /* clang-format on */
    for (size_t k = 0; k < sizeof moves / sizeof *moves; k++)
        if (strcmp(moves[k].op, op) == 0)
            return C(moves[k].class);
    return C(C_PLAIN); /* MOVB and MOVH too: their upper bits don't count */
}

static uint64_t classify_reg(const struct opname *o, int reg)
{
    if (reg == ARM_CPSR)
        return C(C_CPSR);
    if (REG_CLASS(reg) == RC_R)
        return R | extension(o->go);
    return REG_CLASS(reg) == RC_F ? F : C(C_FCR);
}

static uint64_t classify_shifted(const struct opname *o, const struct operand *a)
{
    if (o->opclass == OP_XTA || (o->opclass == OP_MOVE && strcmp(o->go, "MOVW") != 0))
        return a->shift[0] == '@' && !a->index && a->value >= 0 && a->value < 32 && a->value % 8 == 0
                   ? C(C_ROTATED)
                   : 0;
    return C(C_SHIFT);
}

static uint64_t classify(const struct prog *p, const struct operand *a)
{
    const struct opname *o = arm_opname(p->op);
    if (!o || !suffixes_are_legal(p, o))
        return 0;
    bool word = o->opclass != OP_MOVE || strcmp(o->go, "MOVW") == 0;
    switch (a->kind) {
    case OPERAND_REG:
        return classify_reg(o, a->reg);
    case OPERAND_IMM:
        return word ? classify_imm(p, o, a->value) : 0;
    case OPERAND_MEM:
        return classify_mem(p, o, a);
    case OPERAND_ADDR:
        return C(C_LACON) | (arm_rotated8((uint32_t)(a->value < 0 ? -a->value : a->value)) ? C(C_RACON) : 0);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR:
        return C(C_SYMADDR);
    case OPERAND_PAIR:
        return C(C_PAIR);
    case OPERAND_LIST:
        return C(C_LIST);
    case OPERAND_SHIFTED:
        return classify_shifted(o, a);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

/* ---- the optab ---- */

/* clang-format off */
static const struct optab optab[] = {
    /* arithmetic and logic: 8 rotated bits, their complement, two of them, anything through REGTMP,
     * registers */
    {OP_ARITH, "*", {C(C_RCON), R | OPTIONAL, R}, "{op}{t:sc} {t},{m},{1}", 0},
    {OP_ARITH, "*", {C(C_NCON), R | OPTIONAL, R}, "mvn{t:c} r11,{1:not}; {op}{t:sc} {t},{m},r11",
        USES_REGTMP},
    {OP_ARITH, "*", {C(C_RCON2A), R | OPTIONAL, R}, "{op}{t:c} {t},{m},{1:sum1}; {op2}{t:c} {t},{t},{1:sum2}",
        NO_RESTART},
    {OP_ARITH, "*", {C(C_RCON2S), R | OPTIONAL, R}, "{op}{t:c} {t},{m},{1:dif1}; {op3}{t:c} {t},{t},{1:dif2}",
        NO_RESTART},
    {OP_ARITH, "*", {C(C_CON), R | OPTIONAL, R}, "ldr{t:c} r11,{1:pool4}; {op}{t:sc} {t},{m},r11",
        USES_REGTMP},
    {OP_ARITH, "*", {R | C(C_SHIFT), R | OPTIONAL, R}, "{op}{t:sc} {t},{m},{1}", 0},
    {OP_CMP, "*", {R | C(C_SHIFT) | C(C_RCON), R}, "{op}{t:c} {2},{1}", 0},
    {OP_CMP, "*", {C(C_NCON), R}, "mvn{t:c} r11,{1:not}; {op}{t:c} {2},r11", USES_REGTMP},
    {OP_CMP, "*", {C(C_CON), R}, "ldr{t:c} r11,{1:pool4}; {op}{t:c} {2},r11", USES_REGTMP},
    {OP_SHIFT, "*", {R | C(C_U5), R | OPTIONAL, R}, "{op}{t:sc} {t},{m},{1}", 0},
    {OP_MVN, "*", {R | C(C_SHIFT) | C(C_RCON), R}, "{op}{t:sc} {2},{1}", 0},
    {OP_MVN, "*", {C(C_NCON), R}, "mov{t:sc} {2},{1:not}", 0},
    {OP_MVN, "*", {C(C_CON), R}, "ldr{t:c} r11,{1:pool4}; {op}{t:sc} {2},r11", USES_REGTMP},

    /* constants, addresses, registers */
    {OP_MOVE, "*", {C(C_SHIFT) | C(C_RCON), R}, "mov{t:sc} {2},{1}", 0},
    {OP_MOVE, "*", {C(C_NCON), R}, "mvn{t:c} {2},{1:not}", 0},
    {OP_MOVE, "*", {C(C_CON) | C(C_SYMADDR), R}, "ldr{t:c} {2},{1:pool4}", 0},
    {OP_MOVE, "*", {C(C_RACON), R}, "{1:addop}{t:sc} {2},{1:base},{1:abs}", 0},
    {OP_MOVE, "*", {C(C_LACON), R}, "ldr{t:c} r11,{1:pool4}; add{t:sc} {2},{1:base},r11", USES_REGTMP},
    {OP_MOVE, "*", {C(C_PLAIN), R}, "mov{t:sc} {2},{1}", 0},
    {OP_MOVE, "*", {C(C_ZEXT8), R}, "and{t:c} {2},{1},#0xff", 0},
    {OP_MOVE, "*", {C(C_SEXT8), R}, "lsl{t:c} {2},{1},#24; asr{t:c} {2},{2},#24", NO_RESTART},
    {OP_MOVE, "*", {C(C_SEXT16), R}, "lsl{t:c} {2},{1},#16; asr{t:c} {2},{2},#16", NO_RESTART},
    {OP_MOVE, "*", {C(C_ZEXT16), R}, "lsl{t:c} {2},{1},#16; lsr{t:c} {2},{2},#16", NO_RESTART},
    {OP_MOVE, "*", {C(C_ROTATED), R}, "{op3}{t:c} {2},{1}", 0},
    {OP_XTA, "*", {C(C_ROTATED), R | OPTIONAL, R}, "{op}{t:c} {t},{m},{1}", 0},
    {OP_MOVE, "*", {C(C_CPSR), R}, "mrs{t:c} {2},cpsr", 0},
    {OP_MOVE, "*", {R, C(C_CPSR)}, "msr{t:c} cpsr_fs,{1}", 0},
    {OP_MOVE, "*", {C(C_FCR), R}, "vmrs{t:c} {2},fpscr", 0},
    {OP_MOVE, "*", {R, C(C_FCR)}, "vmsr{t:c} fpscr,{1}", 0},
    {OP_MOVE, "*", {R, F}, "vmov{t:c}.32 {2}[0],{1}", 0},
    {OP_MOVE, "*", {F, R}, "vmov{t:c}.32 {2},{1}[0]", 0},

    /* loads and stores */
    {OP_MOVE, "*", {C(C_NEAR), R}, "{op}{t:c} {2},{1}", 0},
    {OP_MOVE, "*", {C(C_LOREG), R}, "ldr{t:c} r11,{1:pool4}; {op}{t:c} {2},{1:tmp}", USES_REGTMP},
    {OP_MOVE, "*", {C(C_SYM), R}, "ldr{t:c} r11,{1:pool4}; {op}{t:c} {2},[r11]", USES_REGTMP},
    {OP_MOVE, "*", {R, C(C_NEAR)}, "{op2}{t:c} {1},{2}", 0},
    {OP_MOVE, "*", {R, C(C_LOREG)}, "ldr{t:c} r11,{2:pool4}; {op2}{t:c} {1},{2:tmp}", USES_REGTMP},
    {OP_MOVE, "*", {R, C(C_SYM)}, "ldr{t:c} r11,{2:pool4}; {op2}{t:c} {1},[r11]", USES_REGTMP},
    {OP_MOVM, "*", {C(C_ZOREG), C(C_LIST)}, "{op}{t:mode}{t:c} {1:base}{t:back},{2}", 0},
    {OP_MOVM, "*", {C(C_LIST), C(C_ZOREG)}, "{op2}{t:mode}{t:c} {2:base}{t:back},{1}", 0},
    {OP_LDREX, "*", {C(C_ZOREG), R}, "{op}{t:c} {2},[{1:base}]", 0},
    {OP_STREX, "*", {C(C_ZOREG), R, R}, "{op}{t:c} {3},{2},[{1:base}]", 0},
    {OP_LDREXD, "*", {C(C_ZOREG), R}, "{op}{t:c} {2},{2:next},[{1:base}]", 0},
    {OP_STREXD, "*", {C(C_ZOREG), R, R}, "{op}{t:c} {3},{2},{2:next},[{1:base}]", 0},
    {OP_PLD, "", {C(C_NEAR)}, "{op} {1}", 0},

    /* multiplication and division, bit fields */
    {OP_MUL, "*", {R, R | OPTIONAL, R}, "{op}{t:sc} {t},{t:mul1},{t:mul2}", 0},
    {OP_DIV, "*", {R, R | OPTIONAL, R}, "{op}{t:c} {t},{m},{1}", 0},
    {OP_MULL, "*", {R, R, C(C_PAIR)}, "{op}{t:sc} {3:b},{3:a},{2},{1}", 0},
    {OP_MULA, "*", {R, R, R, R}, "{op}{t:sc} {4},{2},{1},{3}", 0},
    {OP_BFX, "*", {C(C_CON), C(C_U5), R | OPTIONAL, R}, "{op}{t:c} {t},{t:source},{2},{1}", 0},
    {OP_BFC, "*", {C(C_CON), C(C_U5), R}, "{op}{t:c} {t},{2},{1}", 0},
    {OP_UNARY, "*", {R, R}, "{op}{t:c} {2},{1}", 0},

    /* floating point; a conversion to or from a general register goes through F15 */
    {OP_FMOV, "*", {C(C_NEAR), F}, "{op}{t:c} {2:fp},{1}", 0},
    {OP_FMOV, "*", {C(C_LOREG), F},
        "ldr{t:c} r11,{1:pool4}; add{t:c} r11,r11,{1:base}; {op}{t:c} {2:fp},[r11]", USES_REGTMP},
    {OP_FMOV, "*", {C(C_SYM), F}, "ldr{t:c} r11,{1:pool4}; {op}{t:c} {2:fp},[r11]", USES_REGTMP},
    {OP_FMOV, "*", {F, C(C_NEAR)}, "{op2}{t:c} {1:fp},{2}", 0},
    {OP_FMOV, "*", {F, C(C_LOREG)},
        "ldr{t:c} r11,{2:pool4}; add{t:c} r11,r11,{2:base}; {op2}{t:c} {1:fp},[r11]", USES_REGTMP},
    {OP_FMOV, "*", {F, C(C_SYM)}, "ldr{t:c} r11,{2:pool4}; {op2}{t:c} {1:fp},[r11]", USES_REGTMP},
    {OP_FMOV, "*", {F, F}, "vmov{t:c}.{t:ft} {2:fp},{1:fp}", 0},
    {OP_FARITH, "*", {F, F | OPTIONAL, F}, "{op}{t:c}.{t:ft} {t:fp},{m:fp},{1:fp}", 0},
    {OP_FMLA, "*", {F, F, F}, "{op}{t:c}.{t:ft} {3:fp},{2:fp},{1:fp}", 0},
    {OP_FUNARY, "*", {F, F}, "{op}{t:c}.{t:ft} {2:fp},{1:fp}", 0},
    {OP_FCVT, "*", {F, F}, "{op}{t:c}.{op2} {2:other},{1:fp}", 0},
    {OP_FCMP, "*", {F, F}, "{op}{t:c}.{t:ft} {2:fp},{1:fp}; vmrs{t:c} apsr_nzcv,fpscr", NO_RESTART},
    {OP_FCMP, "*", {F}, "{op}{t:c}.{t:ft} {1:fp},#0; vmrs{t:c} apsr_nzcv,fpscr", NO_RESTART},
    {OP_FTOI, "*", {F, F}, "{op}{t:c}.{t:it}.{t:ft} {2:s},{1:fp}", 0},
    {OP_FTOI, "*", {F, R}, "{op}{t:c}.{t:it}.{t:ft} s30,{1:fp}; vmov{t:c}.32 {2},d15[0]", NO_RESTART},
    {OP_ITOF, "*", {F, F}, "{op}{t:c}.{t:ft}.{t:it} {2:fp},{1:s}", 0},
    {OP_ITOF, "*", {R, F}, "vmov{t:c}.32 d15[0],{1}; {op}{t:c}.{t:ft}.{t:it} {2:fp},s30", NO_RESTART},

    /* branches, data in the code */
    {OP_BCOND, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH},
    {OP_B, "*", {C(C_ZOREG)}, "add{t:c} pc,{1:base},#0", IS_BRANCH},
    {OP_BL, "*", {C(C_TARGET)}, "{op}{t:c} {1}", IS_BRANCH | PC_RELATIVE},
    {OP_RET, "", {0}, "add pc,lr,#0", IS_BRANCH},
    {OP_WORD, "", {C(C_CON)}, "{op} {1:word}", 0},
    {0},
};
/* clang-format on */

const struct asm_arch asm_arch_arm = {
    .target = &target_arm,
    .sp_rules = arm_sp_rules,
    .regs = regs,
    .ops = arm_ops,
    .optab = optab,
    .classify = classify,
    .format = arm_format,
    .is_unsafe_point = arm_is_unsafe_point,
    .is_restartable = arm_is_restartable,
};
