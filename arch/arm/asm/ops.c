/* arm: the operations, in Go's names. */
#include "optab.h"

#include <string.h>

/* gas: the mnemonic. ARITH: then its second half where a constant is added in two parts, and where it is
 * taken off. MOVE: load, store, extension. Floating point: {op2} is the types of a conversion, {op3} the
 * width of its registers. */
/* clang-format off */
const struct opname arm_ops[] = {
    {"ADD", OP_ARITH, {"add", "add", "sub"}}, {"SUB", OP_ARITH, {"sub", "sub", "add"}},
    {"RSB", OP_ARITH, {"rsb", "add", "sub"}}, {"ADC", OP_ARITH, {"adc", "add", "sub"}},
    {"SBC", OP_ARITH, {"sbc", "sub", "add"}}, {"RSC", OP_ARITH, {"rsc", "add", "sub"}},
    {"ORR", OP_ARITH, {"orr", "orr"}}, {"EOR", OP_ARITH, {"eor", "eor"}}, {"BIC", OP_ARITH, {"bic", "bic"}},
    {"AND", OP_ARITH, {"and"}},
    {"CMP", OP_CMP, {"cmp"}},   {"CMN", OP_CMP, {"cmn"}},   {"TST", OP_CMP, {"tst"}},
    {"TEQ", OP_CMP, {"teq"}},
    {"SLL", OP_SHIFT, {"lsl"}}, {"SRL", OP_SHIFT, {"lsr"}}, {"SRA", OP_SHIFT, {"asr"}},
    {"MVN", OP_MVN, {"mvn"}},
    {"MOVW", OP_MOVE, {"ldr", "str"}},
    {"MOVB", OP_MOVE, {"ldrsb", "strb", "sxtb"}},  {"MOVBS", OP_MOVE, {"ldrsb", "strb", "sxtb"}},
    {"MOVBU", OP_MOVE, {"ldrb", "strb", "uxtb"}},
    {"MOVH", OP_MOVE, {"ldrsh", "strh", "sxth"}},  {"MOVHS", OP_MOVE, {"ldrsh", "strh", "sxth"}},
    {"MOVHU", OP_MOVE, {"ldrh", "strh", "uxth"}},
    {"XTAB", OP_XTA, {"sxtab"}}, {"XTAH", OP_XTA, {"sxtah"}}, {"XTABU", OP_XTA, {"uxtab"}},
    {"XTAHU", OP_XTA, {"uxtah"}},
    {"MUL", OP_MUL, {"mul"}},       {"MULU", OP_MUL, {"mul"}},
    {"DIVHW", OP_DIV, {"sdiv"}},    {"DIVUHW", OP_DIV, {"udiv"}},   {"MMUL", OP_DIV, {"smmul"}},
    {"MULBB", OP_DIV, {"smulbb"}},  {"MULWB", OP_DIV, {"smulwb"}},  {"MULWT", OP_DIV, {"smulwt"}},
    {"MULL", OP_MULL, {"smull"}},   {"MULLU", OP_MULL, {"umull"}},
    {"MULAL", OP_MULL, {"smlal"}},  {"MULALU", OP_MULL, {"umlal"}},
    {"MULA", OP_MULA, {"mla"}},     {"MULS", OP_MULA, {"mls"}},     {"MMULA", OP_MULA, {"smmla"}},
    {"MMULS", OP_MULA, {"smmls"}},  {"MULABB", OP_MULA, {"smlabb"}}, {"MULAWB", OP_MULA, {"smlawb"}},
    {"MULAWT", OP_MULA, {"smlawt"}},
    {"BFX", OP_BFX, {"sbfx"}},      {"BFXU", OP_BFX, {"ubfx"}},     {"BFI", OP_BFX, {"bfi"}},
    {"BFC", OP_BFC, {"bfc"}},
    {"CLZ", OP_UNARY, {"clz"}},     {"REV", OP_UNARY, {"rev"}},     {"REV16", OP_UNARY, {"rev16"}},
    {"REVSH", OP_UNARY, {"revsh"}}, {"RBIT", OP_UNARY, {"rbit"}},
    {"MOVM", OP_MOVM, {"ldm", "stm"}},
    {"MOVF", OP_FMOV, {"vldr", "vstr", "s"}},      {"MOVD", OP_FMOV, {"vldr", "vstr", "d"}},
    {"ADDF", OP_FARITH, {"vadd", NULL, "s"}},      {"ADDD", OP_FARITH, {"vadd", NULL, "d"}},
    {"SUBF", OP_FARITH, {"vsub", NULL, "s"}},      {"SUBD", OP_FARITH, {"vsub", NULL, "d"}},
    {"MULF", OP_FARITH, {"vmul", NULL, "s"}},      {"MULD", OP_FARITH, {"vmul", NULL, "d"}},
    {"NMULF", OP_FARITH, {"vnmul", NULL, "s"}},    {"NMULD", OP_FARITH, {"vnmul", NULL, "d"}},
    {"DIVF", OP_FARITH, {"vdiv", NULL, "s"}},      {"DIVD", OP_FARITH, {"vdiv", NULL, "d"}},
    {"MULAF", OP_FMLA, {"vmla", NULL, "s"}},       {"MULAD", OP_FMLA, {"vmla", NULL, "d"}},
    {"MULSF", OP_FMLA, {"vmls", NULL, "s"}},       {"MULSD", OP_FMLA, {"vmls", NULL, "d"}},
    {"NMULAD", OP_FMLA, {"vnmla", NULL, "d"}},     {"NMULSD", OP_FMLA, {"vnmls", NULL, "d"}},
    {"FMULAF", OP_FMLA, {"vfma", NULL, "s"}},      {"FMULAD", OP_FMLA, {"vfma", NULL, "d"}},
    {"FMULSD", OP_FMLA, {"vfms", NULL, "d"}},      {"FNMULAD", OP_FMLA, {"vfnma", NULL, "d"}},
    {"NEGF", OP_FUNARY, {"vneg", NULL, "s"}},      {"NEGD", OP_FUNARY, {"vneg", NULL, "d"}},
    {"ABSF", OP_FUNARY, {"vabs", NULL, "s"}},      {"ABSD", OP_FUNARY, {"vabs", NULL, "d"}},
    {"SQRTF", OP_FUNARY, {"vsqrt", NULL, "s"}},    {"SQRTD", OP_FUNARY, {"vsqrt", NULL, "d"}},
    {"MOVFD", OP_FCVT, {"vcvt", "f64.f32", "s"}},  {"MOVDF", OP_FCVT, {"vcvt", "f32.f64", "d"}},
    {"CMPF", OP_FCMP, {"vcmpe", NULL, "s"}},       {"CMPD", OP_FCMP, {"vcmpe", NULL, "d"}},
    {"MOVFW", OP_FTOI, {"vcvt", NULL, "s"}},       {"MOVDW", OP_FTOI, {"vcvt", NULL, "d"}},
    {"MOVWF", OP_ITOF, {"vcvt", NULL, "s"}},       {"MOVWD", OP_ITOF, {"vcvt", NULL, "d"}},
    {"BEQ", OP_BCOND, {"beq"}}, {"BNE", OP_BCOND, {"bne"}}, {"BCS", OP_BCOND, {"bcs"}},
    {"BHS", OP_BCOND, {"bhs"}},
    {"BCC", OP_BCOND, {"bcc"}}, {"BLO", OP_BCOND, {"blo"}}, {"BMI", OP_BCOND, {"bmi"}},
    {"BPL", OP_BCOND, {"bpl"}},
    {"BVS", OP_BCOND, {"bvs"}}, {"BVC", OP_BCOND, {"bvc"}}, {"BHI", OP_BCOND, {"bhi"}},
    {"BLS", OP_BCOND, {"bls"}},
    {"BGE", OP_BCOND, {"bge"}}, {"BLT", OP_BCOND, {"blt"}}, {"BGT", OP_BCOND, {"bgt"}},
    {"BLE", OP_BCOND, {"ble"}},
    {"B", OP_B, {"b"}}, {"JMP", OP_B, {"b"}}, {"BL", OP_BL, {"bl"}}, {"CALL", OP_BL, {"bl"}},
    {"RET", OP_RET, {"add"}},
    {"LDREX", OP_LDREX, {"ldrex"}}, {"STREX", OP_STREX, {"strex"}},
    {"LDREXD", OP_LDREXD, {"ldrexd"}}, {"STREXD", OP_STREXD, {"strexd"}},
    {"PLD", OP_PLD, {"pld"}}, {"WORD", OP_WORD, {".inst"}},
    {0},
};
/* clang-format on */

const struct opname *arm_opname(const char *op)
{
    for (const struct opname *o = arm_ops; o->go; o++)
        if (strcmp(o->go, op) == 0)
            return o;
    return NULL;
}
