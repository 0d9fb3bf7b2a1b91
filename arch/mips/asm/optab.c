/* mips: the operations and the optab, after Go 1.19, cmd/internal/obj/mips/asm0.go. REGTMP is R23. The
 * targets differ in their list of operations; the optab is one. */
#include "optab.h"

#include <stdio.h>
#include <string.h>

/* ---- registers ---- */

static const struct reg_range regs[] = {
    {"R", 0, 32, REG(RC_R, 0)},
    {"RSB", 0, 0, REG(RC_R, 28)}, /* what mips64 calls R28 in listings */
    {"F", 0, 32, REG(RC_F, 0)},
    {"HI", 0, 0, MIPS_HI},
    {"LO", 0, 0, MIPS_LO},
    {"FCR31", 0, 0, MIPS_FCR31},
    {0},
};

/* ---- operations ---- */

enum opclass {
    OP_ADD = 1,
    OP_ADD_TRAP,
    OP_LOGIC,
    OP_REGS,
    OP_NEG,
    OP_SHIFT,
    OP_COUNT,
    OP_CMOV,
    OP_CMOVF,
    OP_MULDIV,
    OP_MULDIVV,
    OP_WORD,
    OP_HALF_WORD,
    OP_MOVWU,
    OP_MOVB,
    OP_MOVBU,
    OP_UNALIGNED,
    OP_LL,
    OP_SC,
    OP_MOVF,
    OP_MOVD_BE,
    OP_MOVD_LE,
    OP_FARITH,
    OP_FUNARY,
    OP_FCMP,
    OP_BRANCH2,
    OP_BRANCH1,
    OP_BRANCH_LINK,
    OP_BFP,
    OP_JMP,
    OP_JAL,
    OP_RET,
    OP_PLAIN
};

/* What every target has; `add` adds addresses (GNU as takes a constant there too).
 * OP_ADD: on registers, with a small constant, and what a large one is added with (a SUB of a constant is an
 * ADD). Loads and stores: the load, the store, the address addition. OP_WORD moves whole registers,
 * OP_HALF_WORD the lower half of 64 bits. */
/* clang-format off */
#define COMMON_OPS(add) \
    {"ADD", OP_ADD_TRAP, {"add", "addi", "add"}}, {"ADDU", OP_ADD, {"addu", "addiu", "addu"}}, \
    {"SUB", OP_ADD_TRAP, {"sub", "addi", "add"}}, {"SUBU", OP_ADD, {"subu", "addiu", "addu"}}, \
    {"SGT", OP_ADD, {"slt", "slti", "slt"}}, {"SGTU", OP_ADD, {"sltu", "sltiu", "sltu"}}, \
    {"AND", OP_LOGIC, {"and", "andi"}}, {"OR", OP_LOGIC, {"or", "ori"}}, {"XOR", OP_LOGIC, {"xor", "xori"}}, \
    {"NOR", OP_REGS, {"nor"}}, {"NEGW", OP_NEG, {"subu"}}, \
    {"SLL", OP_SHIFT, {"sllv", "sll"}}, {"SRL", OP_SHIFT, {"srlv", "srl"}}, \
    {"SRA", OP_SHIFT, {"srav", "sra"}}, \
    {"CLZ", OP_COUNT, {"clz"}}, {"CLO", OP_COUNT, {"clo"}}, \
    {"CMOVN", OP_CMOV, {"movn"}}, {"CMOVZ", OP_CMOV, {"movz"}}, \
    {"CMOVT", OP_CMOVF, {"movt"}}, {"CMOVF", OP_CMOVF, {"movf"}}, \
    {"MUL", OP_MULDIV, {"mult "}}, {"MULU", OP_MULDIV, {"multu "}}, {"DIV", OP_MULDIV, {"div $0,"}}, \
    {"DIVU", OP_MULDIV, {"divu $0,"}}, {"REM", OP_MULDIV, {"div $0,"}}, {"REMU", OP_MULDIV, {"divu $0,"}}, \
    {"MOVH", OP_MOVB, {"lh", "sh", add}}, {"MOVHU", OP_MOVBU, {"lhu", "sh", add}}, \
    {"MOVB", OP_MOVB, {"lb", "sb", add}}, {"MOVBU", OP_MOVBU, {"lbu", "sb", add}}, \
    {"MOVWL", OP_UNALIGNED, {"lwl", "swl"}}, {"MOVWR", OP_UNALIGNED, {"lwr", "swr"}}, \
    {"LL", OP_LL, {"ll"}}, {"SC", OP_SC, {NULL, "sc", add}}, \
    {"MOVF", OP_MOVF, {"lwc1", "swc1", add}}, \
    {"ADDF", OP_FARITH, {"add.s"}}, {"SUBF", OP_FARITH, {"sub.s"}}, {"MULF", OP_FARITH, {"mul.s"}}, \
    {"DIVF", OP_FARITH, {"div.s"}}, {"ADDD", OP_FARITH, {"add.d"}}, {"SUBD", OP_FARITH, {"sub.d"}}, \
    {"MULD", OP_FARITH, {"mul.d"}}, {"DIVD", OP_FARITH, {"div.d"}}, \
    {"ABSF", OP_FUNARY, {"abs.s"}}, {"ABSD", OP_FUNARY, {"abs.d"}}, {"NEGF", OP_FUNARY, {"neg.s"}}, \
    {"NEGD", OP_FUNARY, {"neg.d"}}, {"SQRTF", OP_FUNARY, {"sqrt.s"}}, {"SQRTD", OP_FUNARY, {"sqrt.d"}}, \
    {"MOVFD", OP_FUNARY, {"cvt.d.s"}}, {"MOVDF", OP_FUNARY, {"cvt.s.d"}}, {"MOVWF", OP_FUNARY, {"cvt.s.w"}}, \
    {"MOVFW", OP_FUNARY, {"cvt.w.s"}}, {"MOVWD", OP_FUNARY, {"cvt.d.w"}}, {"MOVDW", OP_FUNARY, {"cvt.w.d"}}, \
    {"TRUNCFW", OP_FUNARY, {"trunc.w.s"}}, {"TRUNCDW", OP_FUNARY, {"trunc.w.d"}}, \
    {"CMPEQF", OP_FCMP, {"c.eq.s"}}, {"CMPEQD", OP_FCMP, {"c.eq.d"}}, {"CMPGTF", OP_FCMP, {"c.lt.s"}}, \
    {"CMPGTD", OP_FCMP, {"c.lt.d"}}, {"CMPGEF", OP_FCMP, {"c.le.s"}}, {"CMPGED", OP_FCMP, {"c.le.d"}}, \
    {"BEQ", OP_BRANCH2, {"beq"}}, {"BNE", OP_BRANCH2, {"bne"}}, {"BLEZ", OP_BRANCH1, {"blez"}}, \
    {"BGEZ", OP_BRANCH1, {"bgez"}}, {"BGTZ", OP_BRANCH1, {"bgtz"}}, {"BLTZ", OP_BRANCH1, {"bltz"}}, \
    {"BGEZAL", OP_BRANCH_LINK, {"bgezal"}}, {"BLTZAL", OP_BRANCH_LINK, {"bltzal"}}, \
    {"BFPT", OP_BFP, {"bc1t"}}, \
    {"BFPF", OP_BFP, {"bc1f"}}, {"JMP", OP_JMP, {"b"}}, {"JAL", OP_JAL, {"jal"}}, \
    {"CALL", OP_JAL, {"jal"}}, {"RET", OP_RET, {"jr"}}, {"NOOP", OP_PLAIN, {"nop"}}, \
    {"SYNC", OP_PLAIN, {"sync"}}
/* clang-format on */

static const struct opname ops_mips[] = {
    COMMON_OPS("addu"), {"MOVW", OP_WORD, {"lw", "sw", "addu"}}, {"MOVD", OP_MOVD_BE, {"mov.d"}}, {0}};

static const struct opname ops_mipsle[] = {
    COMMON_OPS("addu"), {"MOVW", OP_WORD, {"lw", "sw", "addu"}}, {"MOVD", OP_MOVD_LE, {"mov.d"}}, {0}};

/* clang-format off */
#define OPS_64 \
    COMMON_OPS("daddu"), {"MOVW", OP_HALF_WORD, {"lw", "sw", "daddu"}}, \
    {"MOVD", OP_MOVF, {"ldc1", "sdc1", "daddu"}}, \
    {"ADDV", OP_ADD_TRAP, {"dadd", "daddi", "dadd"}}, {"ADDVU", OP_ADD, {"daddu", "daddiu", "daddu"}}, \
    {"SUBV", OP_ADD_TRAP, {"dsub", "daddi", "dadd"}}, {"SUBVU", OP_ADD, {"dsubu", "daddiu", "daddu"}}, \
    {"NEGV", OP_NEG, {"dsubu"}}, {"SLLV", OP_SHIFT, {"dsllv", "dsll", "dsll32"}}, \
    {"SRLV", OP_SHIFT, {"dsrlv", "dsrl", "dsrl32"}}, {"SRAV", OP_SHIFT, {"dsrav", "dsra", "dsra32"}}, \
    {"MULV", OP_MULDIVV, {"dmult "}}, {"MULVU", OP_MULDIVV, {"dmultu "}}, \
    {"DIVV", OP_MULDIVV, {"ddiv $0,"}}, \
    {"DIVVU", OP_MULDIVV, {"ddivu $0,"}}, {"REMV", OP_MULDIVV, {"ddiv $0,"}}, \
    {"REMVU", OP_MULDIVV, {"ddivu $0,"}}, \
    {"MOVV", OP_WORD, {"ld", "sd", "daddu"}}, {"MOVWU", OP_MOVWU, {"lwu", "sw", "daddu"}}, \
    {"MOVVL", OP_UNALIGNED, {"ldl", "sdl"}}, {"MOVVR", OP_UNALIGNED, {"ldr", "sdr"}}, \
    {"LLV", OP_LL, {"lld"}}, {"SCV", OP_SC, {NULL, "scd", "daddu"}}, \
    {"MOVVF", OP_FUNARY, {"cvt.s.l"}}, {"MOVVD", OP_FUNARY, {"cvt.d.l"}}, {"MOVFV", OP_FUNARY, {"cvt.l.s"}}, \
    {"MOVDV", OP_FUNARY, {"cvt.l.d"}}, {"TRUNCFV", OP_FUNARY, {"trunc.l.s"}}, \
    {"TRUNCDV", OP_FUNARY, {"trunc.l.d"}}, {0}
/* clang-format on */
static const struct opname ops_mips64[] = {OPS_64}, ops_mips64le[] = {OPS_64};

/* ---- operand classes ---- */

#define C(n) (UINT64_C(1) << (n))
enum {
    C_R,
    C_F,
    C_FV,
    C_HI,
    C_LO,
    C_FCR,
    C_ZERO,
    C_SCON,
    C_ADDCON,
    C_ANDCON,
    C_UCON,
    C_LCON,
    C_SH31,
    C_SH63,
    C_ZOREG,
    C_SOREG,
    C_DOREG,
    C_LOREG,
    C_SACON,
    C_LACON,
    C_SYM32,
    C_SYM64,
    C_ADDR32,
    C_ADDR64,
    C_TARGET
};
#define R  C(C_R)
#define F  C(C_F)
#define RZ (C(C_R) | C(C_ZERO)) /* a constant zero is R0 */

/* Offsets of one instruction lie in [-BIG, BIG): Go's name and value. */
enum { BIG = 32766 };

/* A constant as the Prog means it: SUB of one is ADD of its negative. */
static int64_t constant(const struct prog *p, const struct operand *a)
{
    return strncmp(p->op, "SUB", 3) == 0 ? (int64_t)(0 - (uint64_t)a->value) : a->value;
}

static uint64_t classify_imm(int64_t v)
{
    uint64_t c = (v >= 0 && v < 32 ? C(C_SH31) : 0) | (v >= 32 && v < 64 ? C(C_SH63) : 0);
    if (v == 0)
        return c | C(C_ZERO);
    if (v > 0 && v <= 0x7fff)
        return c | C(C_SCON);
    if (v > 0 && v <= 0xffff)
        return c | C(C_ANDCON);
    if (v < 0 && v >= -0x8000)
        return C(C_ADDCON);
    return c | ((v & 0xffff) == 0 ? C(C_UCON) : C(C_LCON));
}

static uint64_t classify_mem(int64_t v)
{
    uint64_t c = v == 0 ? C(C_ZOREG) : 0;
    if (v >= -BIG && v < BIG - 4)
        c |= C(C_DOREG);
    return c | (v >= -BIG && v < BIG ? C(C_SOREG) : C(C_LOREG));
}

static uint64_t classify(const struct prog *p, const struct operand *a, bool wide)
{
    /* What two 16-bit halves make: Go takes more and drops the rest. The lower one of an offset is signed. */
    int64_t most = !wide ? UINT32_MAX : a->kind == OPERAND_MEM ? 0x7fff7fff : INT32_MAX;
    bool reaches = a->value >= INT32_MIN && a->value <= most;
    switch (a->kind) {
    case OPERAND_REG:
        if (REG_CLASS(a->reg) == RC_R)
            return R;
        if (REG_CLASS(a->reg) == RC_F)
            return strcmp(p->op, "MOVV") == 0 ? C(C_FV) : F;
        return a->reg == MIPS_HI ? C(C_HI) : a->reg == MIPS_LO ? C(C_LO) : C(C_FCR);
    case OPERAND_IMM:
        return reaches ? classify_imm(constant(p, a)) : 0;
    case OPERAND_MEM:
        return reaches && !a->index ? classify_mem(a->value) : 0;
    case OPERAND_ADDR:
        return !reaches ? 0 : a->value >= -BIG && a->value <= BIG ? C(C_SACON) : C(C_LACON);
    case OPERAND_SYM:
        return wide ? C(C_SYM64) : C(C_SYM32);
    case OPERAND_SYM_ADDR:
        return wide ? C(C_ADDR64) : C(C_ADDR32);
    case OPERAND_TARGET:
        return C(C_TARGET);
    default:
        return 0;
    }
}

static uint64_t classify32(const struct prog *p, const struct operand *a)
{
    return classify(p, a, false);
}

static uint64_t classify64(const struct prog *p, const struct operand *a)
{
    return classify(p, a, true);
}

/* ---- formats ---- */

static void reg_text(int reg, const char *r, const char *f, char *out, size_t n)
{
    static const char *const special[] = {"hi", "lo", "fcr31"};
    if (REG_CLASS(reg) == RC_SPECIAL)
        snprintf(out, n, "%s", special[REG_NUMBER(reg)]);
    else
        snprintf(out, n, "%s%d", REG_CLASS(reg) == RC_F ? f : r, REG_NUMBER(reg));
}

static bool format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    bool byte = p->op[3] == 'B';
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0)
        reg_text(a->reg, "r", "f", out, n);
    else if (a->kind == OPERAND_REG && !*fmt)
        reg_text(a->reg, "$", "$f", out, n);
    else if (a->kind == OPERAND_REG && strcmp(fmt, "next") == 0) /* the other half of a pair */
        reg_text(a->reg + 1, "$", "$f", out, n);
    else if (a->kind == OPERAND_MEM && (!*fmt || strcmp(fmt, "plus4") == 0))
        snprintf(out, n, "%lld($%d)", (long long)a->value + (*fmt ? 4 : 0), REG_NUMBER(a->reg));
    else if (strcmp(fmt, "base") == 0)
        snprintf(out, n, "$%d", REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_IMM && !*fmt)
        snprintf(out, n, a->value ? "%lld" : "$0", (long long)constant(p, a));
    else if (a->kind == OPERAND_IMM && strcmp(fmt, "shift") == 0)
        snprintf(out, n, "%d", (int)a->value & 31);
    else if (a->kind == OPERAND_IMM && strcmp(fmt, "lo16") == 0)
        snprintf(out, n, "0x%x", (unsigned)(constant(p, a) & 0xffff));
    else if (a->kind == OPERAND_IMM && strcmp(fmt, "hi16") == 0)
        snprintf(out, n, "0x%x", (unsigned)(constant(p, a) >> 16 & 0xffff));
    else if (strcmp(fmt, "spare") == 0) /* bits of a register that a byte or halfword leaves */
        snprintf(out, n, "%d", byte ? 24 : 16);
    else if (strcmp(fmt, "dot") == 0)
        snprintf(out, n, p->op[3] == 'D' ? ".d" : ".s");
    else if (strcmp(fmt, "mask") == 0)
        snprintf(out, n, "0x%x", byte ? 0xff : 0xffff);
    else
        return false;
    return true;
}

/* ---- the optab ---- */

#define CONSTANT    "lui $23,{1:hi16}; ori $23,$23,{1:lo16}"
#define LOAD_BIG    "lui $23,{1:ha16}; {op3} $23,$23,{1:base}; {op} {2},{1:slo16}($23)"
#define STORE_BIG   "lui $23,{2:ha16}; {op3} $23,$23,{2:base}; {op2} {1},{2:slo16}($23)"
#define LOAD_SYM32  "lui $23,%hi({1:sym}); {op} {2},%lo({1:sym})($23)"
#define LOAD_SYM64  "lui $23,%hi({1:sym}); daddu $23,$23,$28; {op} {2},%lo({1:sym})($23)"
#define STORE_SYM32 "lui $23,%hi({2:sym}); {op2} {1},%lo({2:sym})($23)"
#define STORE_SYM64 "lui $23,%hi({2:sym}); daddu $23,$23,$28; {op2} {1},%lo({2:sym})($23)"

/* Loads and stores of a class: small, large and symbolic addresses. */
/* clang-format off */
#define MEMORY(class, reg, source) \
    {class, "", {C(C_SOREG), reg}, "{op} {2},{1}", 0}, \
    {class, "", {C(C_LOREG), reg}, LOAD_BIG, USES_REGTMP}, \
    {class, "", {C(C_SYM32), reg}, LOAD_SYM32, USES_REGTMP}, \
    {class, "", {C(C_SYM64), reg}, LOAD_SYM64, USES_REGTMP}, \
    {class, "", {source, C(C_SOREG)}, "{op2} {1},{2}", 0}, \
    {class, "", {source, C(C_LOREG)}, STORE_BIG, USES_REGTMP}, \
    {class, "", {source, C(C_SYM32)}, STORE_SYM32, USES_REGTMP}, \
    {class, "", {source, C(C_SYM64)}, STORE_SYM64, USES_REGTMP}
/* clang-format on */

/* Constants, addresses, HI, LO and FCR31: the same for both widths of move. */
/* clang-format off */
#define MOVES(class) \
    {class, "", {C(C_SCON) | C(C_ADDCON), R}, "{op3} {2},$0,{1}", 0}, \
    {class, "", {C(C_ANDCON), R}, "ori {2},$0,{1}", 0}, \
    {class, "", {C(C_UCON), R}, "lui {2},{1:hi16}", 0}, \
    {class, "", {C(C_LCON), R}, "lui {2},{1:hi16}; ori {2},{2},{1:lo16}", NO_RESTART}, \
    {class, "", {C(C_SACON), R}, "{op3} {2},{1:base},{1:value}", 0}, \
    {class, "", {C(C_LACON), R}, CONSTANT "; {op3} {2},{1:base},$23", USES_REGTMP}, \
    {class, "", {C(C_ADDR32), R}, "lui {2},%hi({1:sym}); addiu {2},{2},%lo({1:sym})", NO_RESTART}, \
    {class, "", {C(C_ADDR64), R}, "lui {2},%hi({1:sym}); daddu {2},{2},$28; daddiu {2},{2},%lo({1:sym})", \
        NO_RESTART}, \
    {class, "", {C(C_HI), R}, "mfhi {2}", 0}, \
    {class, "", {C(C_LO), R}, "mflo {2}", 0}, \
    {class, "", {R, C(C_HI)}, "mthi {1}", 0}, \
    {class, "", {R, C(C_LO)}, "mtlo {1}", 0}, \
    {class, "", {C(C_FCR), R}, "cfc1 {2},$31", 0}, \
    {class, "", {R, C(C_FCR)}, "ctc1 {1},$31", 0}, \
    {class, "", {RZ, F}, "mtc1 {1},{2}", 0}, \
    {class, "", {F, R}, "mfc1 {2},{1}", 0}
/* clang-format on */

/* 16 bits lie in the instruction; else the constant goes through REGTMP, in one instruction where one is
 * enough. */
/* clang-format off */
#define ARITHMETIC(class, flags) \
    {class, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", flags}, \
    {class, "", {C(C_ZERO), R | OPTIONAL, R}, "{op3} {t},{m},$0", flags}, \
    {class, "", {C(C_SCON) | C(C_ADDCON), R | OPTIONAL, R}, "{op2} {t},{m},{1}", flags}, \
    {class, "", {C(C_ANDCON), R | OPTIONAL, R}, "ori $23,$0,{1}; {op3} {t},{m},$23", USES_REGTMP | flags}, \
    {class, "", {C(C_UCON), R | OPTIONAL, R}, "lui $23,{1:hi16}; {op3} {t},{m},$23", USES_REGTMP | flags}, \
    {class, "", {C(C_LCON), R | OPTIONAL, R}, CONSTANT "; {op3} {t},{m},$23", USES_REGTMP | flags}
/* clang-format on */

static const struct optab optab[] = {
    ARITHMETIC(OP_ADD, 0),
    ARITHMETIC(OP_ADD_TRAP, MAY_TRAP),
    {OP_LOGIC, "", {RZ, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_SCON) | C(C_ANDCON), R | OPTIONAL, R}, "{op2} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_ADDCON), R | OPTIONAL, R}, "addiu $23,$0,{1}; {op} {t},{m},$23", USES_REGTMP},
    {OP_LOGIC, "", {C(C_UCON), R | OPTIONAL, R}, "lui $23,{1:hi16}; {op} {t},{m},$23", USES_REGTMP},
    {OP_LOGIC, "", {C(C_LCON), R | OPTIONAL, R}, CONSTANT "; {op} {t},{m},$23", USES_REGTMP},
    {OP_REGS, "", {RZ, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_NEG, "", {R, R}, "{op} {2},$0,{1}", 0},
    {OP_SHIFT, "", {C(C_SH31), R | OPTIONAL, R}, "{op2} {t},{m},{1:shift}", 0},
    {OP_SHIFT, "", {C(C_SH63), R | OPTIONAL, R}, "{op3} {t},{m},{1:shift}", 0},
    {OP_SHIFT, "", {R, R | OPTIONAL, R}, "{op} {t},{m},{1}", 0},
    {OP_COUNT, "", {R, R}, "{op} {2},{1}", 0},
    {OP_CMOV, "", {R, R, R}, "{op} {3},{2},{1}", 0},
    {OP_CMOVF, "", {R, R}, "{op} {2},{1},$fcc0", 0},
    {OP_MULDIV, "", {R, R}, "{op}{2},{1}", 0},
    {OP_MULDIV, "", {R, R, R}, "mul {3},{2},{1}", 0}, /* whatever the operation: asmout's case 22 */
    {OP_MULDIVV, "", {R, R}, "{op}{2},{1}", 0},

    /* moves between registers */
    {OP_WORD, "", {RZ, R}, "or {2},$0,{1}", 0},
    {OP_WORD, "", {RZ, C(C_FV)}, "dmtc1 {1},{2}", 0},
    {OP_WORD, "", {C(C_FV), R}, "dmfc1 {2},{1}", 0},
    MOVES(OP_WORD),
    {OP_HALF_WORD, "", {RZ, R}, "sllv {2},{1},$0", 0},
    MOVES(OP_HALF_WORD),
    {OP_HALF_WORD, "", {C(C_SCON) | C(C_ADDCON), F}, "addiu $23,$0,{1}; mtc1 $23,{2}", USES_REGTMP},
    {OP_HALF_WORD, "", {C(C_ANDCON), F}, "ori $23,$0,{1}; mtc1 $23,{2}", USES_REGTMP},
    {OP_MOVWU, "", {R, R}, "dsll32 {2},{1},0; dsrl32 {2},{2},0", NO_RESTART},
    {OP_MOVB, "", {R, R}, "sll {2},{1},{1:spare}; sra {2},{2},{1:spare}", NO_RESTART},
    {OP_MOVBU, "", {R, R}, "andi {2},{1},{1:mask}", 0},

    /* loads and stores */
    MEMORY(OP_WORD, R, RZ),
    MEMORY(OP_HALF_WORD, R, RZ),
    MEMORY(OP_MOVWU, R, RZ),
    MEMORY(OP_MOVB, R, RZ),
    MEMORY(OP_MOVBU, R, RZ),
    {OP_UNALIGNED, "", {C(C_SOREG), R}, "{op} {2},{1}", 0},
    {OP_UNALIGNED, "", {RZ, C(C_SOREG)}, "{op2} {1},{2}", 0},
    {OP_LL, "", {C(C_SOREG), R}, "{op} {2},{1}", 0},
    {OP_SC, "", {R, C(C_SOREG)}, "{op2} {1},{2}", 0},
    {OP_SC, "", {R, C(C_LOREG)}, STORE_BIG, USES_REGTMP},

    /* floating point; a double on 32 bits is two words */
    MEMORY(OP_MOVF, F, F),
    {OP_MOVF, "", {F, F}, "mov{1:dot} {2},{1}", 0},
    {OP_MOVD_BE, "", {F, F}, "{op} {2},{1}", 0},
    {OP_MOVD_BE, "", {C(C_DOREG), F}, "lwc1 {2},{1:plus4}; lwc1 {2:next},{1}", NO_RESTART},
    {OP_MOVD_BE, "", {F, C(C_DOREG)}, "swc1 {1},{2:plus4}; swc1 {1:next},{2}", NO_RESTART},
    {OP_MOVD_LE, "", {F, F}, "{op} {2},{1}", 0},
    {OP_MOVD_LE, "", {C(C_DOREG), F}, "lwc1 {2},{1}; lwc1 {2:next},{1:plus4}", NO_RESTART},
    {OP_MOVD_LE, "", {F, C(C_DOREG)}, "swc1 {1},{2}; swc1 {1:next},{2:plus4}", NO_RESTART},
    {OP_FARITH, "", {F, F | OPTIONAL, F}, "{op} {t},{m},{1}", 0},
    {OP_FUNARY, "", {F, F}, "{op} {2},{1}", 0},
    {OP_FCMP, "", {F, F}, "{op} {2},{1}", 0},

    /* branches, each with its delay slot: a Prog of its own in Go, which its assembler adds */
    {OP_BRANCH2, "", {R, R, C(C_TARGET)}, "{op} {1},{2},{3}; ~nop", IS_BRANCH},
    {OP_BRANCH2, "", {R, C(C_TARGET)}, "{op} {1},$0,{2}; ~nop", IS_BRANCH},
    {OP_BRANCH1, "", {R, C(C_TARGET)}, "{op} {1},{2}; ~nop", IS_BRANCH},
    {OP_BRANCH_LINK, "", {R, C(C_TARGET)}, "{op} {1},{2}; ~nop", IS_BRANCH | PC_RELATIVE},
    {OP_BFP, "", {C(C_TARGET)}, "{op} {1}; ~nop", IS_BRANCH | NO_RESTART},
    {OP_JMP, "", {C(C_TARGET)}, "{op} {1}; ~nop", IS_BRANCH},
    {OP_JMP, "", {C(C_ZOREG)}, "jr {1:base}; ~nop", IS_BRANCH},
    {OP_JAL, "", {C(C_TARGET)}, "{op} {1}; ~nop", IS_BRANCH | PC_RELATIVE},
    {OP_JAL, "", {C(C_SYM32) | C(C_SYM64)}, "{op} {1:sym}; ~nop", IS_BRANCH | PC_RELATIVE},
    {OP_JAL, "", {C(C_ZOREG)}, "jalr $31,{1:base}; ~nop", IS_BRANCH | PC_RELATIVE},
    {OP_RET, "", {0}, "{op} $31; ~nop", IS_BRANCH},
    {OP_PLAIN, "", {0}, "{op}", 0},
    {0},
};

#define ARCH(name, bits) \
    const struct asm_arch asm_arch_##name = { \
        .target = &target_##name, \
        .sp_rules = mips_sp_rules, \
        .regs = regs, \
        .ops = ops_##name, \
        .optab = optab, \
        .classify = classify##bits, \
        .format = format, \
        .is_unsafe_point = mips_is_unsafe_point, \
        .is_restartable = mips_is_restartable, \
    }

ARCH(mips, 32);
ARCH(mipsle, 32);
ARCH(mips64, 64);
ARCH(mips64le, 64);
