/* loong64: the operations and the optab, after Go 1.19, cmd/internal/obj/loong64/asm.go. REGTMP is R30. Of
 * later Gos are FCC and FCSR as operands, FMADD and its like, indexed addresses, and PCALAU12I in the place
 * of 1.19's PCADDU12I, for which GNU as knows no relocation. */
#include "optab.h"

#include <stdio.h>
#include <string.h>

#include "../probe/regs.h"

/* ---- registers ---- */

/* clang-format off */
static const struct reg_range regs[] = {
    {"R", 0, 32, REG(RC_R, 0)},     {"F", 0, 32, REG(RC_F, 0)},     {"FCC", 0, 8, REG(RC_FCC, 0)},
    {"FCSR", 0, 1, REG(RC_FCSR, 0)},
    {0},
};
/* clang-format on */

/* ---- operations ---- */

enum opclass {
    OP_ADD = 1,
    OP_LOGIC,
    OP_REGS,
    OP_NEG,
    OP_SHIFT,
    OP_SHIFTV,
    OP_COUNT,
    OP_MOVV,
    OP_MOVW,
    OP_MOVWU,
    OP_MOVB,
    OP_MOVBU,
    OP_MOVHU,
    OP_LL,
    OP_SC,
    OP_AMO,
    OP_FMOV,
    OP_FALU,
    OP_FUNARY,
    OP_FMADD,
    OP_FCMP,
    OP_BRANCH2,
    OP_BRANCH1,
    OP_BRANCH0,
    OP_BFP,
    OP_JMP,
    OP_CALL,
    OP_RET,
    OP_PLAIN,
    OP_WORD
};

/* gas: on registers; with a small constant; with a large one, in REGTMP (a SUB of a constant is an ADD). Of
 * loads: the load, the store, what moves from register to register. */
/* clang-format off */
static const struct opname ops[] = {
    {"ADD", OP_ADD, {"add.w", "addi.w", "add.w"}}, {"ADDU", OP_ADD, {"add.w", "addi.w", "add.w"}},
    {"ADDV", OP_ADD, {"add.d", "addi.d", "add.d"}}, {"ADDVU", OP_ADD, {"add.d", "addi.d", "add.d"}},
    {"SUB", OP_ADD, {"sub.w", "addi.w", "add.w"}}, {"SUBU", OP_ADD, {"sub.w", "addi.w", "add.w"}},
    {"SUBV", OP_ADD, {"sub.d", "addi.d", "add.d"}}, {"SUBVU", OP_ADD, {"sub.d", "addi.d", "add.d"}},
    {"SGT", OP_ADD, {"slt", "slti", "slt"}}, {"SGTU", OP_ADD, {"sltu", "sltui", "sltu"}},
    {"AND", OP_LOGIC, {"and", "andi"}}, {"OR", OP_LOGIC, {"or", "ori"}}, {"XOR", OP_LOGIC, {"xor", "xori"}},
    {"NOR", OP_REGS, {"nor"}}, {"NEGW", OP_NEG, {"sub.w"}}, {"NEGV", OP_NEG, {"sub.d"}},
    {"SLL", OP_SHIFT, {"sll.w", "slli.w"}}, {"SRL", OP_SHIFT, {"srl.w", "srli.w"}},
    {"SRA", OP_SHIFT, {"sra.w", "srai.w"}}, {"SLLV", OP_SHIFTV, {"sll.d", "slli.d"}},
    {"SRLV", OP_SHIFTV, {"srl.d", "srli.d"}}, {"SRAV", OP_SHIFTV, {"sra.d", "srai.d"}},
    {"CLO", OP_COUNT, {"clo.w"}}, {"CLZ", OP_COUNT, {"clz.w"}},
    {"MUL", OP_REGS, {"mul.w"}}, {"MULU", OP_REGS, {"mul.w"}}, {"MULH", OP_REGS, {"mulh.w"}},
    {"MULHU", OP_REGS, {"mulh.wu"}}, {"MULV", OP_REGS, {"mul.d"}}, {"MULVU", OP_REGS, {"mul.d"}},
    {"MULHV", OP_REGS, {"mulh.d"}}, {"MULHVU", OP_REGS, {"mulh.du"}},
    {"DIV", OP_REGS, {"div.w"}}, {"DIVU", OP_REGS, {"div.wu"}}, {"DIVV", OP_REGS, {"div.d"}},
    {"DIVVU", OP_REGS, {"div.du"}}, {"REM", OP_REGS, {"mod.w"}}, {"REMU", OP_REGS, {"mod.wu"}},
    {"REMV", OP_REGS, {"mod.d"}}, {"REMVU", OP_REGS, {"mod.du"}},
    {"MASKEQZ", OP_REGS, {"maskeqz"}}, {"MASKNEZ", OP_REGS, {"masknez"}},
    {"MOVV", OP_MOVV, {"ld.d", "st.d"}}, {"MOVW", OP_MOVW, {"ld.w", "st.w"}},
    {"MOVWU", OP_MOVWU, {"ld.wu", "st.w"}}, {"MOVB", OP_MOVB, {"ld.b", "st.b"}},
    {"MOVBU", OP_MOVBU, {"ld.bu", "st.b"}}, {"MOVH", OP_MOVB, {"ld.h", "st.h"}},
    {"MOVHU", OP_MOVHU, {"ld.hu", "st.h"}},
    {"LL", OP_LL, {"ll.w"}}, {"LLV", OP_LL, {"ll.d"}}, {"SC", OP_SC, {"sc.w"}}, {"SCV", OP_SC, {"sc.d"}},
    {"AMSWAPV", OP_AMO, {"amswap.d"}}, {"AMSWAPW", OP_AMO, {"amswap.w"}},
    {"AMADDV", OP_AMO, {"amadd.d"}}, {"AMADDW", OP_AMO, {"amadd.w"}},
    {"AMANDV", OP_AMO, {"amand.d"}}, {"AMORW", OP_AMO, {"amor.w"}}, {"AMXORV", OP_AMO, {"amxor.d"}},
    {"AMMAXVU", OP_AMO, {"ammax.du"}}, {"AMMINW", OP_AMO, {"ammin.w"}},
    {"AMADDDBV", OP_AMO, {"amadd_db.d"}}, {"AMSWAPDBW", OP_AMO, {"amswap_db.w"}},
    {"MOVF", OP_FMOV, {"fld.s", "fst.s", "fmov.s"}}, {"MOVD", OP_FMOV, {"fld.d", "fst.d", "fmov.d"}},
    {"ADDF", OP_FALU, {"fadd.s"}}, {"SUBF", OP_FALU, {"fsub.s"}}, {"MULF", OP_FALU, {"fmul.s"}},
    {"DIVF", OP_FALU, {"fdiv.s"}}, {"ADDD", OP_FALU, {"fadd.d"}}, {"SUBD", OP_FALU, {"fsub.d"}},
    {"MULD", OP_FALU, {"fmul.d"}}, {"DIVD", OP_FALU, {"fdiv.d"}},
    {"ABSF", OP_FUNARY, {"fabs.s"}}, {"ABSD", OP_FUNARY, {"fabs.d"}}, {"NEGF", OP_FUNARY, {"fneg.s"}},
    {"NEGD", OP_FUNARY, {"fneg.d"}}, {"SQRTF", OP_FUNARY, {"fsqrt.s"}}, {"SQRTD", OP_FUNARY, {"fsqrt.d"}},
    {"MOVFD", OP_FUNARY, {"fcvt.d.s"}}, {"MOVDF", OP_FUNARY, {"fcvt.s.d"}},
    {"MOVWF", OP_FUNARY, {"ffint.s.w"}}, {"MOVFW", OP_FUNARY, {"ftint.w.s"}},
    {"MOVWD", OP_FUNARY, {"ffint.d.w"}}, {"MOVDW", OP_FUNARY, {"ftint.w.d"}},
    {"TRUNCFW", OP_FUNARY, {"ftintrz.w.s"}}, {"TRUNCDW", OP_FUNARY, {"ftintrz.w.d"}},
    {"MOVVF", OP_FUNARY, {"ffint.s.l"}}, {"MOVVD", OP_FUNARY, {"ffint.d.l"}},
    {"MOVFV", OP_FUNARY, {"ftint.l.s"}}, {"MOVDV", OP_FUNARY, {"ftint.l.d"}},
    {"TRUNCFV", OP_FUNARY, {"ftintrz.l.s"}}, {"TRUNCDV", OP_FUNARY, {"ftintrz.l.d"}},
    {"FMADDF", OP_FMADD, {"fmadd.s"}}, {"FMADDD", OP_FMADD, {"fmadd.d"}}, {"FNMSUBD", OP_FMADD, {"fnmsub.d"}},
    {"CMPEQF", OP_FCMP, {"fcmp.ceq.s"}}, {"CMPEQD", OP_FCMP, {"fcmp.ceq.d"}},
    {"CMPGTF", OP_FCMP, {"fcmp.slt.s"}}, {"CMPGTD", OP_FCMP, {"fcmp.slt.d"}},
    {"CMPGEF", OP_FCMP, {"fcmp.sle.s"}}, {"CMPGED", OP_FCMP, {"fcmp.sle.d"}},
    {"BEQ", OP_BRANCH2, {"beq"}}, {"BNE", OP_BRANCH2, {"bne"}}, {"BLT", OP_BRANCH2, {"blt"}},
    {"BGE", OP_BRANCH2, {"bge"}}, {"BLTU", OP_BRANCH2, {"bltu"}}, {"BGEU", OP_BRANCH2, {"bgeu"}},
    {"BLTZ", OP_BRANCH1, {"blt"}}, {"BGEZ", OP_BRANCH1, {"bge"}}, {"BGTZ", OP_BRANCH0, {"blt"}},
    {"BLEZ", OP_BRANCH0, {"bge"}}, {"BFPT", OP_BFP, {"bcnez"}}, {"BFPF", OP_BFP, {"bceqz"}},
    {"JMP", OP_JMP, {"beq"}}, {"JAL", OP_CALL, {"bl"}}, {"CALL", OP_CALL, {"bl"}}, {"RET", OP_RET, {"jirl"}},
    {"DBAR", OP_PLAIN, {"dbar 0"}}, {"NOOP", OP_PLAIN, {"andi $r0,$r0,0"}}, {"WORD", OP_WORD, {".4byte"}},
    {0},
};
/* clang-format on */

/* ---- operand classes ---- */

#define C(n) (UINT64_C(1) << (n))
enum {
    C_R,
    C_F,
    C_FCC,
    C_FCSR,
    C_ZERO,
    C_SCON,   /* 1 to 0x7ff */
    C_ADDCON, /* -0x800 to -1 */
    C_ANDCON, /* 0x800 to 0xfff */
    C_UCON,
    C_LCON,
    C_DCON,
    C_U5,
    C_U6,
    C_U32,
    C_MEM0,
    C_SOREG,
    C_LOREG,
    C_INDEXED,
    C_SACON,
    C_LACON,
    C_SYM,
    C_SYMADDR,
    C_TARGET
};
#define R     C(C_R)
#define RM    (C(C_R) | OPTIONAL)
#define F     C(C_F)
#define RZ    (C(C_R) | C(C_ZERO)) /* a constant zero is R0 */
#define C_ADD (C(C_ZERO) | C(C_SCON) | C(C_ADDCON))
#define C_AND (C(C_ZERO) | C(C_SCON) | C(C_ANDCON))

/* Offsets of one instruction lie in [-BIG, BIG): Go's name and value. */
enum { BIG = 2046 };

/* A constant as the Prog means it: SUB of one is ADD of its negative. */
static int64_t constant(const struct prog *p, const struct operand *a)
{
    return strncmp(p->op, "SUB", 3) == 0 ? (int64_t)(0 - (uint64_t)a->value) : a->value;
}

static uint64_t classify_imm(int64_t v)
{
    uint64_t c = (v >= 0 && v < 32 ? C(C_U5) : 0) | (v >= 0 && v < 64 ? C(C_U6) : 0) |
                 (v >= 0 && v <= UINT32_MAX ? C(C_U32) : 0);
    if (v != (int32_t)v)
        return c | C(C_DCON);
    if (v == 0)
        return c | C(C_ZERO);
    if (v > 0 && v <= 0xfff)
        return c | (v <= 0x7ff ? C(C_SCON) : C(C_ANDCON));
    if (v < 0 && v >= -0x800)
        return c | C(C_ADDCON);
    return c | ((v & 0xfff) == 0 ? C(C_UCON) : C(C_LCON));
}

static uint64_t classify(const struct prog *p, const struct operand *a)
{
    /* What LU12I.W and a signed 12-bit offset reach. */
    bool reaches = a->value >= INT32_MIN && a->value <= 0x7ffff7ff;
    bool small = a->value >= -BIG && a->value < BIG;
    switch (a->kind) {
    case OPERAND_REG:
        return C(C_R + REG_CLASS(a->reg) - RC_R);
    case OPERAND_IMM:
        return classify_imm(constant(p, a));
    case OPERAND_MEM:
        if (a->index)
            return a->value == 0 && a->scale <= 1 ? C(C_INDEXED) : 0;
        return (a->value == 0 ? C(C_MEM0) : 0) | (small ? C(C_SOREG) : reaches ? C(C_LOREG) : 0);
    case OPERAND_ADDR:
        return a->index || a->value != (int32_t)a->value ? 0
               : a->value >= -BIG && a->value <= BIG     ? C(C_SACON)
                                                         : C(C_LACON);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR:
        return C(C_SYMADDR);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

/* ---- formats ---- */

static bool format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    static const char *const prefix[] = {"", "r", "f", "fcc", "fcsr"};
    long long v = a->kind == OPERAND_IMM ? constant(p, a) : a->value;
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0) {
        if (a->reg == LOONG64_SP || REG_CLASS(a->reg) == RC_FCSR)
            snprintf(out, n, a->reg == LOONG64_SP ? "sp" : "fcsr");
        else
            snprintf(out, n, "%s%d", prefix[REG_CLASS(a->reg)], REG_NUMBER(a->reg));
    } else if (a->kind == OPERAND_REG && !*fmt)
        snprintf(out, n, "$%s%d", prefix[REG_CLASS(a->reg)], REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_MEM && !*fmt && a->index)
        snprintf(out, n, "$r%d,$r%d", REG_NUMBER(a->reg), REG_NUMBER(a->index));
    else if (a->kind == OPERAND_MEM && !*fmt)
        snprintf(out, n, "$r%d,%lld", REG_NUMBER(a->reg), v);
    else if (a->kind == OPERAND_IMM && !*fmt)
        snprintf(out, n, v ? "%lld" : "$r0", v);
    else if (strcmp(fmt, "value") == 0)
        snprintf(out, n, "%lld", v);
    else if (strcmp(fmt, "base") == 0)
        snprintf(out, n, "$r%d", REG_NUMBER(a->reg));
    /* LU12I.W takes a signed number */
    else if (strcmp(fmt, "hi20") == 0)
        snprintf(out, n, "%lld", (long long)(int32_t)v >> 12);
    else if (strcmp(fmt, "ha20") == 0) /* so that adding the signed lo12 gives the constant */
        snprintf(out, n, "%lld", ((((v + 0x800) >> 12) & 0xfffff) ^ 0x80000) - 0x80000);
    else if (strcmp(fmt, "lo12") == 0)
        snprintf(out, n, "%lld", ((v & 0xfff) ^ 0x800) - 0x800);
    else if (strcmp(fmt, "u12") == 0)
        snprintf(out, n, "0x%llx", (unsigned long long)v & 0xfff);
    else if (strcmp(fmt, "mid20") == 0)
        snprintf(out, n, "%lld", (long long)((v >> 32 & 0xfffff) ^ 0x80000) - 0x80000);
    else if (strcmp(fmt, "top12") == 0)
        snprintf(out, n, "%lld", v >> 52);
    else if (strcmp(fmt, "spare") == 0) /* bits of a word that a byte or halfword leaves */
        snprintf(out, n, "%d", p->op[3] == 'B' ? 24 : 16);
    else
        return false;
    return true;
}

/* ---- the optab ---- */

#define TMP       "$r30"
#define CONST_TMP "lu12i.w $r30,{1:hi20}; ori $r30,$r30,{1:u12}"
#define WIDE(r) \
    "lu12i.w " r ",{1:hi20}; ori " r "," r ",{1:u12}; lu32i.d " r ",{1:mid20}; lu52i.d " r "," r ",{1:" \
    "top12}"
/* Loads and stores: small, large and symbolic addresses. */
/* clang-format off */
#define MEMORY(op, reg, source) \
    {op, "", {C(C_SOREG), reg}, "{op} {2},{1}", 0}, \
    {op, "", {C(C_LOREG), reg}, "lu12i.w $r30,{1:ha20}; add.d $r30,$r30,{1:base}; {op} {2},$r30,{1:lo12}", \
        USES_REGTMP}, \
    {op, "", {C(C_SYM), reg}, "pcalau12i $r30,%pc_hi20({1:sym}); {op} {2},$r30,%pc_lo12({1:sym})", \
        USES_REGTMP | PC_RELATIVE}, \
    {op, "", {source, C(C_SOREG)}, "{op2} {1},{2}", 0}, \
    {op, "", {source, C(C_LOREG)}, \
        "lu12i.w $r30,{2:ha20}; add.d $r30,$r30,{2:base}; {op2} {1},$r30,{2:lo12}", USES_REGTMP}, \
    {op, "", {source, C(C_SYM)}, "pcalau12i $r30,%pc_hi20({2:sym}); {op2} {1},$r30,%pc_lo12({2:sym})", \
        USES_REGTMP | PC_RELATIVE}
/* Constants and addresses. */
#define MOVES(op) \
    {op, "", {C(C_ADDCON) | C(C_SCON), R}, "addi.d {2},$r0,{1}", 0}, \
    {op, "", {C(C_ANDCON), R}, "ori {2},$r0,{1}", 0}, \
    {op, "", {C(C_UCON), R}, "lu12i.w {2},{1:hi20}", 0}, \
    {op, "", {C(C_LCON), R}, "lu12i.w {2},{1:hi20}; ori {2},{2},{1:u12}", NO_RESTART}, \
    {op, "", {C(C_SACON), R}, "addi.d {2},{1:base},{1:value}", 0}, \
    {op, "", {C(C_LACON), R}, CONST_TMP "; add.d {2},{1:base},$r30", USES_REGTMP}, \
    {op, "", {C(C_SYMADDR), R}, "pcalau12i {2},%pc_hi20({1:sym}); addi.d {2},{2},%pc_lo12({1:sym})", \
        NO_RESTART | PC_RELATIVE}

static const struct optab optab[] = {
    /* 12 bits lie in the instruction; else the constant goes through REGTMP */
    {OP_ADD, "", {R, RM, R}, "{op} {t},{m},{1}", 0},
    {OP_ADD, "", {C_ADD, RM, R}, "{op2} {t},{m},{1:value}", 0},
    {OP_ADD, "", {C(C_ANDCON), RM, R}, "ori $r30,$r0,{1}; {op3} {t},{m},$r30", USES_REGTMP},
    {OP_ADD, "", {C(C_UCON), RM, R}, "lu12i.w $r30,{1:hi20}; {op3} {t},{m},$r30", USES_REGTMP},
    {OP_ADD, "", {C(C_LCON), RM, R}, CONST_TMP "; {op3} {t},{m},$r30", USES_REGTMP},
    {OP_ADD, "", {C(C_DCON), RM, R}, WIDE(TMP) "; {op3} {t},{m},$r30", USES_REGTMP},
    {OP_LOGIC, "", {R, RM, R}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C_AND, RM, R}, "{op2} {t},{m},{1:value}", 0},
    {OP_LOGIC, "", {C(C_ADDCON), RM, R}, "addi.w $r30,$r0,{1}; {op} {t},{m},$r30", USES_REGTMP},
    {OP_LOGIC, "", {C(C_UCON), RM, R}, "lu12i.w $r30,{1:hi20}; {op} {t},{m},$r30", USES_REGTMP},
    {OP_LOGIC, "", {C(C_LCON), RM, R}, CONST_TMP "; {op} {t},{m},$r30", USES_REGTMP},
    {OP_REGS, "", {R, RM, R}, "{op} {t},{m},{1}", 0},
    {OP_NEG, "", {R, R}, "{op} {2},$r0,{1}", 0},
    {OP_SHIFT, "", {C(C_U5), RM, R}, "{op2} {t},{m},{1:value}", 0},
    {OP_SHIFT, "", {R, RM, R}, "{op} {t},{m},{1}", 0},
    {OP_SHIFTV, "", {C(C_U6), RM, R}, "{op2} {t},{m},{1:value}", 0},
    {OP_SHIFTV, "", {R, RM, R}, "{op} {t},{m},{1}", 0},
    {OP_COUNT, "", {R, R}, "{op} {2},{1}", 0},

    /* moves between registers */
    {OP_MOVV, "", {RZ, R}, "or {2},{1},$r0", 0},
    {OP_MOVV, "", {R, F}, "movgr2fr.d {2},{1}", 0},
    {OP_MOVV, "", {F, R}, "movfr2gr.d {2},{1}", 0},
    {OP_MOVV, "", {C(C_FCC), R}, "movcf2gr {2},{1}", 0},
    {OP_MOVV, "", {R, C(C_FCC)}, "movgr2cf {2},{1}", 0},
    {OP_MOVV, "", {C(C_FCSR), R}, "movfcsr2gr {2},{1}", 0},
    {OP_MOVV, "", {R, C(C_FCSR)}, "movgr2fcsr {2},{1}", 0},
    {OP_MOVV, "", {F, C(C_FCC)}, "movfr2cf {2},{1}", 0},
    {OP_MOVV, "", {C(C_FCC), F}, "movcf2fr {2},{1}", 0},
    MOVES(OP_MOVV),
    {OP_MOVV, "", {C(C_DCON), R}, WIDE("{2}"), NO_RESTART},
    {OP_MOVW, "", {RZ, R}, "sll.w {2},{1},$r0", 0},
    {OP_MOVW, "", {R, F}, "movgr2fr.w {2},{1}", 0},
    {OP_MOVW, "", {F, R}, "movfr2gr.s {2},{1}", 0},
    MOVES(OP_MOVW),
    {OP_MOVW, "", {C(C_ADDCON) | C(C_SCON), F}, "addi.w $r30,$r0,{1}; movgr2fr.w {2},$r30", USES_REGTMP},
    {OP_MOVW, "", {C(C_ANDCON), F}, "ori $r30,$r0,{1}; movgr2fr.w {2},$r30", USES_REGTMP},
    {OP_MOVWU, "", {R, R}, "slli.d {2},{1},32; srli.d {2},{2},32", NO_RESTART},
    {OP_MOVB, "", {R, R}, "slli.w {2},{1},{1:spare}; srai.w {2},{2},{1:spare}", NO_RESTART},
    {OP_MOVBU, "", {R, R}, "andi {2},{1},0xff", 0},
    {OP_MOVHU, "", {R, R}, "bstrpick.d {2},{1},15,0", 0},
    {OP_FMOV, "", {F, F}, "{op3} {2},{1}", 0},

    /* loads and stores, exclusives and atomics */
    MEMORY(OP_MOVV, R, RZ),
    MEMORY(OP_MOVW, R, RZ),
    MEMORY(OP_MOVWU, R, RZ),
    MEMORY(OP_MOVB, R, RZ),
    MEMORY(OP_MOVBU, R, RZ),
    MEMORY(OP_MOVHU, R, RZ),
    MEMORY(OP_FMOV, F, F),
    {OP_MOVV, "", {C(C_INDEXED), R}, "ldx.d {2},{1}", 0},
    {OP_MOVV, "", {R, C(C_INDEXED)}, "stx.d {1},{2}", 0},
    {OP_LL, "", {C(C_MEM0), R}, "{op} {2},{1:base},0", 0},
    {OP_SC, "", {R, C(C_MEM0)}, "{op} {1},{2:base},0", 0},
    {OP_AMO, "", {R, C(C_MEM0), R}, "{op} {3},{1},{2:base}", 0},

    /* floating point */
    {OP_FALU, "", {F, F | OPTIONAL, F}, "{op} {t},{m},{1}", 0},
    {OP_FUNARY, "", {F, F}, "{op} {2},{1}", 0},
    {OP_FMADD, "", {F, F, F, F}, "{op} {4},{3},{2},{1}", 0},
    {OP_FCMP, "", {F, F}, "{op} $fcc0,{2},{1}", 0},
    {OP_FCMP, "", {F, F, C(C_FCC)}, "{op} {3},{2},{1}", 0},

    /* branches */
    {OP_BRANCH2, "", {R, R, C(C_TARGET)}, "{op} {1},{2},{3}", IS_BRANCH},
    {OP_BRANCH2, "", {R, C(C_TARGET)}, "{op} {1},$r0,{2}", IS_BRANCH},
    {OP_BRANCH1, "", {R, C(C_TARGET)}, "{op} {1},$r0,{2}", IS_BRANCH},
    {OP_BRANCH0, "", {R, C(C_TARGET)}, "{op} $r0,{1},{2}", IS_BRANCH},
    {OP_BFP, "", {C(C_TARGET)}, "{op} $fcc0,{1}", IS_BRANCH},
    {OP_BFP, "", {C(C_FCC), C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_JMP, "", {C(C_TARGET)}, "{op} $r0,$r0,{1}", IS_BRANCH},
    {OP_JMP, "", {C(C_MEM0)}, "jirl $r0,{1:base},0", IS_BRANCH},
    {OP_CALL, "", {C(C_TARGET)}, "{op} {1}", IS_BRANCH | PC_RELATIVE},
    {OP_CALL, "", {C(C_SYM)}, "{op} {1:sym}", IS_BRANCH | PC_RELATIVE},
    {OP_CALL, "", {C(C_MEM0)}, "jirl $r1,{1:base},0", IS_BRANCH | PC_RELATIVE},
    {OP_RET, "", {0}, "{op} $r0,$r1,0", IS_BRANCH},
    {OP_PLAIN, "", {0}, "{op}", 0},
    {OP_WORD, "", {C(C_U32)}, "{op} {1:value}", 0},
    {0},
};
/* clang-format on */

const struct asm_arch asm_arch_loong64 = {
    .target = &target_loong64,
    .sp_rules = loong64_sp_rules,
    .regs = regs,
    .ops = ops,
    .optab = optab,
    .classify = classify,
    .format = format,
    .is_unsafe_point = loong64_is_unsafe_point,
    .is_restartable = loong64_is_restartable,
};
