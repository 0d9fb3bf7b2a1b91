/* riscv64: the operations and the optab, after Go 1.19, cmd/internal/obj/riscv/obj.go. REGTMP is X31. A few
 * operations are of later Gos: CSR*, FCVT with a rounding suffix, FP loads from a symbol. */
#include "optab.h"

#include <stdio.h>
#include <string.h>

#include "../probe/regs.h"

/* ---- registers ---- */

/* clang-format off */
static const struct reg_range regs[] = {
    {"X", 0, 32, REG(RC_X, 0)},   {"F", 0, 32, REG(RC_F, 0)},   {"ZERO", 0, 0, RISCV64_ZERO},
    {"LR", 0, 0, REG(RC_X, 1)},   {"SP", 0, 0, RISCV64_SP},     {"GP", 0, 0, REG(RC_X, 3)},
    {"TP", 0, 0, REG(RC_X, 4)},   {"CTXT", 0, 0, REG(RC_X, 26)}, {"TMP", 0, 0, RISCV64_REGTMP},
    {0},
};
/* clang-format on */

/* ---- operations ---- */

enum opclass {
    OP_ADD = 1,
    OP_LOGIC,
    OP_SLT,
    OP_SHIFT,
    OP_SHIFTW,
    OP_ADDW,
    OP_ALU,
    OP_UNARY,
    OP_UPPER,
    OP_AUIPC,
    OP_MOV,
    OP_MOVX,
    OP_EXT,
    OP_FMOV,
    OP_LR,
    OP_AMO,
    OP_FALU,
    OP_FROUND,
    OP_FUNARY,
    OP_FSQRT,
    OP_FMADD,
    OP_FCMP,
    OP_FNE,
    OP_FCVT,
    OP_FROM_INT,
    OP_FROM_INT32,
    OP_TO_INT,
    OP_MV_TO_INT,
    OP_CSR,
    OP_CSRI,
    OP_BCMP,
    OP_BZERO,
    OP_JMP,
    OP_JAL,
    OP_JALR,
    OP_CALL,
    OP_RET,
    OP_FENCE,
    OP_WORD
};

/* gas: the mnemonic; the immediate one, or the store of a load; what moves or extends from register to
 * register */
/* clang-format off */
static const struct opname ops[] = {
    {"ADD", OP_ADD, {"add", "addi"}},     {"ADDI", OP_ADD, {NULL, "addi"}},
    {"AND", OP_LOGIC, {"and", "andi", "and"}}, {"ANDI", OP_LOGIC, {NULL, "andi", "and"}},
    {"OR", OP_LOGIC, {"or", "ori", "or"}},    {"ORI", OP_LOGIC, {NULL, "ori", "or"}},
    {"XOR", OP_LOGIC, {"xor", "xori", "xor"}}, {"XORI", OP_LOGIC, {NULL, "xori", "xor"}},
    {"SLT", OP_SLT, {"slt", "slti"}},     {"SLTI", OP_SLT, {NULL, "slti"}},
    {"SLTU", OP_SLT, {"sltu", "sltiu"}},  {"SLTIU", OP_SLT, {NULL, "sltiu"}},
    {"SLL", OP_SHIFT, {"sll", "slli"}},   {"SLLI", OP_SHIFT, {NULL, "slli"}},
    {"SRL", OP_SHIFT, {"srl", "srli"}},   {"SRLI", OP_SHIFT, {NULL, "srli"}},
    {"SRA", OP_SHIFT, {"sra", "srai"}},   {"SRAI", OP_SHIFT, {NULL, "srai"}},
    {"SLLW", OP_SHIFTW, {"sllw", "slliw"}}, {"SLLIW", OP_SHIFTW, {NULL, "slliw"}},
    {"SRLW", OP_SHIFTW, {"srlw", "srliw"}}, {"SRLIW", OP_SHIFTW, {NULL, "srliw"}},
    {"SRAW", OP_SHIFTW, {"sraw", "sraiw"}}, {"SRAIW", OP_SHIFTW, {NULL, "sraiw"}},
    {"ADDW", OP_ADDW, {"addw", "addiw"}}, {"ADDIW", OP_ADDW, {NULL, "addiw"}},
    {"SUB", OP_ALU, {"sub"}}, {"SUBW", OP_ALU, {"subw"}},
    {"MUL", OP_ALU, {"mul"}}, {"MULH", OP_ALU, {"mulh"}}, {"MULHU", OP_ALU, {"mulhu"}},
    {"MULHSU", OP_ALU, {"mulhsu"}},
    {"MULW", OP_ALU, {"mulw"}}, {"DIV", OP_ALU, {"div"}}, {"DIVU", OP_ALU, {"divu"}},
    {"REM", OP_ALU, {"rem"}},
    {"REMU", OP_ALU, {"remu"}}, {"DIVW", OP_ALU, {"divw"}}, {"DIVUW", OP_ALU, {"divuw"}},
    {"REMW", OP_ALU, {"remw"}},
    {"REMUW", OP_ALU, {"remuw"}},
    {"NEG", OP_UNARY, {"neg"}}, {"NEGW", OP_UNARY, {"negw"}}, {"SEQZ", OP_UNARY, {"seqz"}},
    {"SNEZ", OP_UNARY, {"snez"}},
    {"NOT", OP_UNARY, {"not"}}, {"LUI", OP_UPPER, {"lui"}}, {"AUIPC", OP_AUIPC, {"auipc"}},
    {"MOV", OP_MOV, {"ld", "sd", "mv"}}, {"MOVW", OP_MOVX, {"lw", "sw", "sext.w"}},
    {"MOVBU", OP_MOVX, {"lbu", NULL, "zext.b"}},
    {"MOVB", OP_EXT, {"lb", "sb", "srai"}}, {"MOVH", OP_EXT, {"lh", "sh", "srai"}},
    {"MOVHU", OP_EXT, {"lhu", NULL, "srli"}}, {"MOVWU", OP_EXT, {"lwu", NULL, "srli"}},
    {"LD", OP_MOVX, {"ld"}}, {"LW", OP_MOVX, {"lw"}}, {"LWU", OP_MOVX, {"lwu"}}, {"LH", OP_MOVX, {"lh"}},
    {"LHU", OP_MOVX, {"lhu"}}, {"LB", OP_MOVX, {"lb"}}, {"LBU", OP_MOVX, {"lbu"}},
    {"SD", OP_MOVX, {NULL, "sd"}}, {"SW", OP_MOVX, {NULL, "sw"}}, {"SH", OP_MOVX, {NULL, "sh"}},
    {"SB", OP_MOVX, {NULL, "sb"}},
    {"MOVD", OP_FMOV, {"fld", "fsd", "fmv.d"}}, {"MOVF", OP_FMOV, {"flw", "fsw", "fmv.s"}},
    {"FLD", OP_FMOV, {"fld"}}, {"FLW", OP_FMOV, {"flw"}}, {"FSD", OP_FMOV, {NULL, "fsd"}},
    {"FSW", OP_FMOV, {NULL, "fsw"}},
    {"LRW", OP_LR, {"lr.w"}}, {"LRD", OP_LR, {"lr.d"}}, {"SCW", OP_AMO, {"sc.w"}}, {"SCD", OP_AMO, {"sc.d"}},
    {"AMOSWAPW", OP_AMO, {"amoswap.w"}}, {"AMOSWAPD", OP_AMO, {"amoswap.d"}},
    {"AMOADDW", OP_AMO, {"amoadd.w"}}, {"AMOADDD", OP_AMO, {"amoadd.d"}},
    {"AMOANDW", OP_AMO, {"amoand.w"}}, {"AMOANDD", OP_AMO, {"amoand.d"}},
    {"AMOORW", OP_AMO, {"amoor.w"}}, {"AMOORD", OP_AMO, {"amoor.d"}},
    {"AMOXORW", OP_AMO, {"amoxor.w"}}, {"AMOXORD", OP_AMO, {"amoxor.d"}},
    {"AMOMAXW", OP_AMO, {"amomax.w"}}, {"AMOMAXD", OP_AMO, {"amomax.d"}},
    {"AMOMAXUW", OP_AMO, {"amomaxu.w"}}, {"AMOMAXUD", OP_AMO, {"amomaxu.d"}},
    {"AMOMINW", OP_AMO, {"amomin.w"}}, {"AMOMIND", OP_AMO, {"amomin.d"}},
    {"AMOMINUW", OP_AMO, {"amominu.w"}}, {"AMOMINUD", OP_AMO, {"amominu.d"}},
    {"FADDD", OP_FROUND, {"fadd.d"}}, {"FSUBD", OP_FROUND, {"fsub.d"}}, {"FMULD", OP_FROUND, {"fmul.d"}},
    {"FDIVD", OP_FROUND, {"fdiv.d"}}, {"FADDS", OP_FROUND, {"fadd.s"}}, {"FSUBS", OP_FROUND, {"fsub.s"}},
    {"FMULS", OP_FROUND, {"fmul.s"}}, {"FDIVS", OP_FROUND, {"fdiv.s"}},
    {"FMIND", OP_FALU, {"fmin.d"}}, {"FMAXD", OP_FALU, {"fmax.d"}}, {"FMINS", OP_FALU, {"fmin.s"}},
    {"FMAXS", OP_FALU, {"fmax.s"}}, {"FSGNJD", OP_FALU, {"fsgnj.d"}}, {"FSGNJND", OP_FALU, {"fsgnjn.d"}},
    {"FSGNJXD", OP_FALU, {"fsgnjx.d"}}, {"FSGNJS", OP_FALU, {"fsgnj.s"}}, {"FSGNJNS", OP_FALU, {"fsgnjn.s"}},
    {"FSGNJXS", OP_FALU, {"fsgnjx.s"}},
    {"FNEGD", OP_FUNARY, {"fneg.d"}}, {"FNEGS", OP_FUNARY, {"fneg.s"}}, {"FABSD", OP_FUNARY, {"fabs.d"}},
    {"FABSS", OP_FUNARY, {"fabs.s"}}, {"FSQRTD", OP_FSQRT, {"fsqrt.d"}}, {"FSQRTS", OP_FSQRT, {"fsqrt.s"}},
    {"FMADDD", OP_FMADD, {"fmadd.d"}}, {"FMSUBD", OP_FMADD, {"fmsub.d"}}, {"FNMADDD", OP_FMADD, {"fnmadd.d"}},
    {"FNMSUBD", OP_FMADD, {"fnmsub.d"}}, {"FMADDS", OP_FMADD, {"fmadd.s"}}, {"FMSUBS", OP_FMADD, {"fmsub.s"}},
    {"FNMADDS", OP_FMADD, {"fnmadd.s"}}, {"FNMSUBS", OP_FMADD, {"fnmsub.s"}},
    {"FEQD", OP_FCMP, {"feq.d"}}, {"FLTD", OP_FCMP, {"flt.d"}}, {"FLED", OP_FCMP, {"fle.d"}},
    {"FEQS", OP_FCMP, {"feq.s"}}, {"FLTS", OP_FCMP, {"flt.s"}}, {"FLES", OP_FCMP, {"fle.s"}},
    {"FNED", OP_FNE, {"feq.d"}}, {"FNES", OP_FNE, {"feq.s"}},
    {"FCVTSD", OP_FSQRT, {"fcvt.s.d"}}, {"FCVTDS", OP_FCVT, {"fcvt.d.s"}},
    {"FCVTDW", OP_FROM_INT32, {"fcvt.d.w"}}, {"FCVTDWU", OP_FROM_INT32, {"fcvt.d.wu"}},
    {"FCVTDL", OP_FROM_INT, {"fcvt.d.l"}}, {"FCVTDLU", OP_FROM_INT, {"fcvt.d.lu"}},
    {"FCVTSW", OP_FROM_INT, {"fcvt.s.w"}}, {"FCVTSWU", OP_FROM_INT, {"fcvt.s.wu"}},
    {"FCVTSL", OP_FROM_INT, {"fcvt.s.l"}}, {"FCVTSLU", OP_FROM_INT, {"fcvt.s.lu"}},
    {"FCVTWD", OP_TO_INT, {"fcvt.w.d"}}, {"FCVTWUD", OP_TO_INT, {"fcvt.wu.d"}},
    {"FCVTLD", OP_TO_INT, {"fcvt.l.d"}},
    {"FCVTLUD", OP_TO_INT, {"fcvt.lu.d"}}, {"FCVTWS", OP_TO_INT, {"fcvt.w.s"}},
    {"FCVTWUS", OP_TO_INT, {"fcvt.wu.s"}},
    {"FCVTLS", OP_TO_INT, {"fcvt.l.s"}}, {"FCVTLUS", OP_TO_INT, {"fcvt.lu.s"}},
    {"FMVDX", OP_FROM_INT32, {"fmv.d.x"}}, {"FMVWX", OP_FROM_INT32, {"fmv.w.x"}},
    {"FMVXD", OP_MV_TO_INT, {"fmv.x.d"}},
    {"FMVXW", OP_MV_TO_INT, {"fmv.x.w"}}, {"FCLASSD", OP_MV_TO_INT, {"fclass.d"}},
    {"FCLASSS", OP_MV_TO_INT, {"fclass.s"}},
    {"CSRRW", OP_CSR, {"csrrw"}}, {"CSRRS", OP_CSR, {"csrrs"}}, {"CSRRC", OP_CSR, {"csrrc"}},
    {"CSRRWI", OP_CSRI, {"csrrwi"}}, {"CSRRSI", OP_CSRI, {"csrrsi"}}, {"CSRRCI", OP_CSRI, {"csrrci"}},
    {"BEQ", OP_BCMP, {"beq"}}, {"BNE", OP_BCMP, {"bne"}}, {"BLT", OP_BCMP, {"blt"}},
    {"BGE", OP_BCMP, {"bge"}},
    {"BLTU", OP_BCMP, {"bltu"}}, {"BGEU", OP_BCMP, {"bgeu"}}, {"BGT", OP_BCMP, {"bgt"}},
    {"BLE", OP_BCMP, {"ble"}},
    {"BGTU", OP_BCMP, {"bgtu"}}, {"BLEU", OP_BCMP, {"bleu"}},
    {"BEQZ", OP_BZERO, {"beqz"}}, {"BNEZ", OP_BZERO, {"bnez"}}, {"BLTZ", OP_BZERO, {"bltz"}},
    {"BGEZ", OP_BZERO, {"bgez"}},
    {"BGTZ", OP_BZERO, {"bgtz"}}, {"BLEZ", OP_BZERO, {"blez"}},
    {"JMP", OP_JMP, {"jal", "jalr"}}, {"JAL", OP_JAL, {"jal"}}, {"JALR", OP_JALR, {"jalr"}},
    {"CALL", OP_CALL, {"jal", "jalr"}},
    {"RET", OP_RET, {"jalr"}}, {"FENCE", OP_FENCE, {"fence"}}, {"WORD", OP_WORD, {".4byte"}},
    {0},
};
/* clang-format on */

/* ---- operand classes ---- */

#define C(n) (UINT64_C(1) << (n))
enum {
    C_X = 0,
    C_NOT_SP,
    C_ZERO,
    C_F,
    C_S12,
    C_TWO_S12,
    C_HI20,
    C_S32,
    C_IMM,
    C_U5,
    C_U6,
    C_S20,
    C_U32,
    C_MEM0,
    C_MEM12,
    C_MEM32,
    C_ADDR12,
    C_ADDR_TWO,
    C_ADDR_HI20,
    C_ADDR32,
    C_SYM,
    C_SYMADDR,
    C_TARGET,
    C_CSR
};
#define X  C(C_X)
#define XM (C(C_X) | OPTIONAL)
#define F  C(C_F)

static bool fits_signed(int64_t v, int bits)
{
    return v >= -(INT64_C(1) << (bits - 1)) && v < INT64_C(1) << (bits - 1);
}

/* What a constant takes: one 12-bit immediate, two of them added, LUI alone, LUI and ADDIW. */
static uint64_t shape(int64_t v, int s12, int two, int hi20, int s32)
{
    return (fits_signed(v, 12) ? C(s12) : 0) | (v >= -4096 && v <= 4094 ? C(two) : 0) |
           (fits_signed(v, 32) && (v & 0xfff) == 0 ? C(hi20) : 0) | (fits_signed(v, 32) ? C(s32) : 0);
}

static uint64_t classify(const struct prog *p, const struct operand *a)
{
    int64_t v = a->value;
    (void)p;
    switch (a->kind) {
    case OPERAND_REG:
        if (REG_CLASS(a->reg) == RC_F)
            return C(C_F);
        return C(C_X) | (a->reg == RISCV64_SP ? 0 : C(C_NOT_SP)) | (a->reg == RISCV64_ZERO ? C(C_ZERO) : 0);
    case OPERAND_IMM:
        return shape(v, C_S12, C_TWO_S12, C_HI20, C_S32) | C(C_IMM) | (v >= 0 && v < 32 ? C(C_U5) : 0) |
               (v >= 0 && v < 64 ? C(C_U6) : 0) | (fits_signed(v, 20) ? C(C_S20) : 0) |
               (v >= 0 && v <= UINT32_MAX ? C(C_U32) : 0);
    case OPERAND_MEM:
        if (a->index)
            return 0;
        return (v == 0 ? C(C_MEM0) : 0) | (fits_signed(v, 12) ? C(C_MEM12) : 0) |
               (fits_signed(v, 32) ? C(C_MEM32) : 0);
    case OPERAND_ADDR:
        return a->index ? 0 : shape(v, C_ADDR12, C_ADDR_TWO, C_ADDR_HI20, C_ADDR32);
    case OPERAND_SYM:
        return C(C_SYM);
    case OPERAND_SYM_ADDR:
        return C(C_SYMADDR);
    case OPERAND_TARGET:
        return C(C_TARGET);
    case OPERAND_SPECIAL:
        return C(C_CSR);
    default:
        return 0;
    }
}

/* ---- formats ---- */

static bool format(const struct prog *p, const struct operand *a, const char *fmt, char *out, size_t n)
{
    long long v = a->value;
    char letter = REG_CLASS(a->reg) == RC_F ? 'f' : 'x';
    if (a->kind == OPERAND_REG && strcmp(fmt, "state") == 0)
        snprintf(out, n, a->reg == RISCV64_SP ? "sp" : "%c%d", letter, REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_REG && !*fmt)
        snprintf(out, n, "%c%d", letter, REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_MEM && !*fmt)
        snprintf(out, n, "%lld(x%d)", v, REG_NUMBER(a->reg));
    else if (a->kind == OPERAND_IMM && !*fmt)
        snprintf(out, n, "%lld", v);
    else if (strcmp(fmt, "base") == 0)
        snprintf(out, n, "x%d", REG_NUMBER(a->reg));
    else if (strcmp(fmt, "hi20") == 0) /* of LUI, so that adding the signed lo12 gives the constant */
        snprintf(out, n, "0x%llx", (unsigned long long)(v + 0x800) >> 12 & 0xfffff);
    else if (strcmp(fmt, "lo12") == 0)
        snprintf(out, n, "%lld", ((v & 0xfff) ^ 0x800) - 0x800);
    else if (strcmp(fmt, "u20") == 0)
        snprintf(out, n, "0x%llx", (unsigned long long)v & 0xfffff);
    else if (strcmp(fmt, "half") == 0)
        snprintf(out, n, "%lld", v / 2);
    else if (strcmp(fmt, "rest") == 0)
        snprintf(out, n, "%lld", v - v / 2);
    else if (strcmp(fmt, "ext") == 0) /* bits above the part that MOVB, MOVH and MOVW keep */
        snprintf(out, n, "%d", p->op[3] == 'B' ? 56 : p->op[3] == 'H' ? 48 : 32);
    else if (strcmp(fmt, "rm") ==
             0) { /* conversions to integers round to zero unless a suffix says otherwise */
        const char *rm = *p->suffix ? p->suffix + 1 : "RTZ";
        snprintf(out, n, "%c%c%c", rm[0] | 0x20, rm[1] | 0x20, rm[2] | 0x20);
    } else if (strcmp(fmt, "csr") == 0) {
        size_t k = 0;
        for (; a->name[k] && k + 1 < n; k++)
            out[k] = (char)(a->name[k] | 0x20);
        out[k] = 0;
    } else
        return false;
    return true;
}

/* ---- the optab ---- */

/* LUI and ADDIW into REGTMP; the ADD of a long offset to its base. */
#define CONST_TMP    "lui x31,{1:hi20}; addiw x31,x31,{1:lo12}; "
#define PCREL_TMP(k) "4:1: auipc x31,%pcrel_hi({" #k ":sym}); "
/* Loads and stores of an operation class to or from registers of a class. */
/* clang-format off */
#define MEMORY(op, reg) \
    {op, "", {C(C_MEM12), reg}, "{op} {2},{1}", 0}, \
    {op, "", {C(C_MEM32), reg}, "lui x31,{1:hi20}; add x31,x31,{1:base}; {op} {2},{1:lo12}(x31)", \
        USES_REGTMP}, \
    {op, "", {reg, C(C_MEM12)}, "{op2} {1},{2}", 0}, \
    {op, "", {reg, C(C_MEM32)}, "lui x31,{2:hi20}; add x31,x31,{2:base}; {op2} {1},{2:lo12}(x31)", \
        USES_REGTMP}, \
    {op, "", {reg, C(C_SYM)}, PCREL_TMP(2) "{op2} {1},%pcrel_lo(1b)(x31)", USES_REGTMP | PC_RELATIVE}
#define SYM_LOAD(op) \
    {op, "", {C(C_SYM), X}, "4:1: auipc {2},%pcrel_hi({1:sym}); {op} {2},%pcrel_lo(1b)({2})", \
        NO_RESTART | PC_RELATIVE}

static const struct optab optab[] = {
    /* ADD: 12 bits, two times 12 bits unless SP would be half adjusted between them, anything through
     * REGTMP */
    {OP_ADD, "", {C(C_S12), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_TWO_S12), XM, C(C_NOT_SP)}, "{op2} {t},{m},{1:half}; {op2} {t},{t},{1:rest}",
        NO_RESTART},
    {OP_ADD, "", {C(C_HI20), XM, X}, "lui x31,{1:hi20}; add {t},{m},x31", USES_REGTMP},
    {OP_ADD, "", {C(C_S32), XM, X}, CONST_TMP "add {t},{m},x31", USES_REGTMP},
    {OP_ADD, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_S12), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_LOGIC, "", {C(C_HI20), XM, X}, "lui x31,{1:hi20}; {op3} {t},{m},x31", USES_REGTMP},
    {OP_LOGIC, "", {C(C_S32), XM, X}, CONST_TMP "{op3} {t},{m},x31", USES_REGTMP},
    {OP_LOGIC, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_SLT, "", {C(C_S12), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_SLT, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_SHIFT, "", {C(C_U6), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_SHIFT, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_SHIFTW, "", {C(C_U5), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_SHIFTW, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_ADDW, "", {C(C_S12), XM, X}, "{op2} {t},{m},{1}", 0},
    {OP_ADDW, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_ALU, "", {X, XM, X}, "{op} {t},{m},{1}", 0},
    {OP_UNARY, "", {X, XM}, "{op} {t},{1}", 0},
    {OP_UPPER, "", {C(C_S20), X}, "{op} {2},{1:u20}", 0},
    {OP_AUIPC, "", {C(C_S20), X}, "{op} {2},{1:u20}", PC_RELATIVE},

    /* MOV: constants, addresses, registers, memory */
    {OP_MOV, "", {C(C_S12), X}, "addi {2},x0,{1}", 0},
    {OP_MOV, "", {C(C_HI20), X}, "lui {2},{1:hi20}", 0},
    {OP_MOV, "", {C(C_S32), X}, "lui {2},{1:hi20}; addiw {2},{2},{1:lo12}", NO_RESTART},
    {OP_MOV, "", {C(C_IMM), X}, "4:1: auipc {2},%pcrel_hi({1:pool8}); ld {2},%pcrel_lo(1b)({2})", NO_RESTART},
    {OP_MOV, "", {C(C_ADDR12), X}, "addi {2},{1:base},{1:value}", 0},
    {OP_MOV, "", {C(C_ADDR_TWO), C(C_NOT_SP)}, "addi {2},{1:base},{1:half}; addi {2},{2},{1:rest}",
        NO_RESTART},
    {OP_MOV, "", {C(C_ADDR_HI20), X}, "lui x31,{1:hi20}; add {2},{1:base},x31", USES_REGTMP},
    {OP_MOV, "", {C(C_ADDR32), X}, CONST_TMP "add {2},{1:base},x31", USES_REGTMP},
    {OP_MOV, "", {C(C_SYMADDR), X}, "4:1: auipc {2},%pcrel_hi({1:sym}); addi {2},{2},%pcrel_lo(1b)",
     NO_RESTART | PC_RELATIVE},
    {OP_MOV, "", {X, X}, "{op3} {2},{1}", 0},
    {OP_MOVX, "", {X, X}, "{op3} {2},{1}", 0},
    {OP_EXT, "", {X, X}, "slli {2},{1},{1:ext}; {op3} {2},{2},{1:ext}", NO_RESTART},
    {OP_FMOV, "", {F, F}, "{op3} {2},{1}", 0},
    MEMORY(OP_MOV, X),
    MEMORY(OP_MOVX, X),
    MEMORY(OP_EXT, X),
    MEMORY(OP_FMOV, F),
    SYM_LOAD(OP_MOV),
    SYM_LOAD(OP_MOVX),
    SYM_LOAD(OP_EXT),
    {OP_FMOV, "", {C(C_SYM), F}, PCREL_TMP(1) "{op} {2},%pcrel_lo(1b)(x31)", USES_REGTMP | PC_RELATIVE},

    /* exclusives and atomics, with Go's acquire bit */
    {OP_LR, "", {C(C_MEM0), X}, "{op}.aq {2},({1:base})", 0},
    {OP_AMO, "", {X, C(C_MEM0), X}, "{op}.aq {3},{1},({2:base})", 0},

    /* floating point: the rounding mode is in the instruction, to nearest but in conversions to integers */
    {OP_FROUND, "", {F, F, F}, "{op} {3},{2},{1},rne", 0},
    {OP_FALU, "", {F, F, F}, "{op} {3},{2},{1}", 0},
    {OP_FUNARY, "", {F, F}, "{op} {2},{1}", 0},
    {OP_FSQRT, "", {F, F}, "{op} {2},{1},rne", 0},
    {OP_FMADD, "", {F, F, F, F}, "{op} {4},{1},{2},{3},rne", 0},
    {OP_FCMP, "", {F, F, X}, "{op} {3},{2},{1}", 0},
    {OP_FNE, "", {F, F, X}, "{op} {3},{2},{1}; xori {3},{3},1", NO_RESTART},
    {OP_FCVT, "", {F, F}, "{op} {2},{1}", 0},
    {OP_FROM_INT, "", {X, F}, "{op} {2},{1},rne", 0},
    {OP_FROM_INT32, "", {X, F}, "{op} {2},{1}", 0},
    {OP_TO_INT, "*", {F, X}, "{op} {2},{1},{1:rm}", 0},
    {OP_MV_TO_INT, "", {F, X}, "{op} {2},{1}", 0},
    {OP_CSR, "", {X, C(C_CSR), X}, "{op} {3},{2:csr},{1}", 0},
    {OP_CSRI, "", {C(C_U5), C(C_CSR), X}, "{op} {3},{2:csr},{1}", 0},

    /* branches; what writes a link register works at its own address only */
    {OP_BCMP, "", {X, X, C(C_TARGET)}, "{op} {1},{2},{3}", IS_BRANCH},
    {OP_BZERO, "", {X, C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_JMP, "", {C(C_TARGET)}, "{op} x0,{1}", IS_BRANCH},
    {OP_JMP, "", {C(C_MEM12)}, "{op2} x0,{1}", IS_BRANCH},
    {OP_JAL, "", {C(C_ZERO), C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH},
    {OP_JAL, "", {X, C(C_TARGET)}, "{op} {1},{2}", IS_BRANCH | PC_RELATIVE},
    {OP_JAL, "", {X, C(C_SYM)}, "{op} {1},{2:sym}", IS_BRANCH | PC_RELATIVE},
    {OP_JALR, "", {C(C_ZERO), X}, "{op} {1},0({2})", IS_BRANCH},
    {OP_JALR, "", {C(C_ZERO), C(C_MEM12)}, "{op} {1},{2}", IS_BRANCH},
    {OP_JALR, "", {X, X}, "{op} {1},0({2})", IS_BRANCH | PC_RELATIVE},
    {OP_JALR, "", {X, C(C_MEM12)}, "{op} {1},{2}", IS_BRANCH | PC_RELATIVE},
    {OP_CALL, "", {X}, "{op2} x1,0({1})", IS_BRANCH | PC_RELATIVE},
    {OP_RET, "", {0}, "{op} x0,0(x1)", IS_BRANCH},
    {OP_FENCE, "", {0}, "{op} iorw,iorw", 0},
    {OP_WORD, "", {C(C_U32)}, "{op} {1}", 0},
    {0},
};
/* clang-format on */

const struct asm_arch asm_arch_riscv64 = {
    .target = &target_riscv64,
    .sp_rules = riscv64_sp_rules,
    .stub_nop = ".2byte 1", /* c.nop: a Go binary's stub may be compressed */
    .stub_nop_size = 2,
    .regs = regs,
    .ops = ops,
    .optab = optab,
    .classify = classify,
    .format = format,
    .is_unsafe_point = riscv64_is_unsafe_point,
    .is_restartable = riscv64_is_restartable,
};
