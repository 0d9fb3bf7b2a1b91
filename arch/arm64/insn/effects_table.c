/* arm64: the table of effects_table.h, after the Arm ARM (DDI 0487), chapters C6 and C7: A64 without SVE,
 * which is in effects_sve.c, and without pointer authentication, memory tags and other extensions that Go's
 * assembler has no names for. Capstone's own list of what operands are read and written is wrong for aliases
 * (CMP, LSL, UBFX), atomics and lists, so it is not used. */
#include "effects_table.h"

#include <capstone/capstone.h>

#include "insn/effects.h"

#define ROW(id, ...) [ARM64_INS_##id] = {__VA_ARGS__},

/* Instructions that differ in nothing but their name. */
#define RRR(id)     ROW(id, "wrr")
#define RR(id)      ROW(id, "wr")
#define RMW2(id)    ROW(id, "xr")
#define RMW3(id)    ROW(id, "xrr")
#define RRRR(id)    ROW(id, "wrrr")
#define FLAGS(id)   ROW(id, "wrr", .flags = F_NZCV_W)
#define CARRY(id)   ROW(id, "wrr", .flags = F_NZCV_R) ROW(id##S, "wrr", .flags = F_NZCV_R | F_NZCV_W)
#define CMP(id)     ROW(id, "rr", .flags = F_NZCV_W)
#define CSEL(id)    ROW(id, "wrr", .flags = F_NZCV_R)
#define FP3(id)     ROW(id, "wrr", .flags = F_FPSR)
#define FP2(id)     ROW(id, "wr", .flags = F_FPSR)
#define FP4(id)     ROW(id, "wrrr", .flags = F_FPSR)
#define FMA(id)     ROW(id, "xrr", .flags = F_FPSR)
#define FCMP(id)    ROW(id, "rr", .flags = F_FPSR | F_NZCV_W)
#define NOTHING(id) ROW(id, "")

/* The sizes of a memory access: by register, byte, halfword. */
/* clang-format off */
#define SIZES(id, roles, ...) \
    ROW(id, roles, __VA_ARGS__) ROW(id##B, roles, .size = 1, __VA_ARGS__) \
    ROW(id##H, roles, .size = 2, __VA_ARGS__)
#define LOADS(id) \
    SIZES(id, "wl", .flow = FLOW_NEXT) ROW(id##SB, "wl", .size = 1) ROW(id##SH, "wl", .size = 2) \
    ROW(id##SW, "wl", .size = 4)
/* Atomics in their four memory orders. */
#define ORDERS(id, roles) \
    SIZES(id, roles, .flow = FLOW_NEXT) SIZES(id##A, roles, .flow = FLOW_NEXT) \
    SIZES(id##AL, roles, .flow = FLOW_NEXT) \
    SIZES(id##L, roles, .flow = FLOW_NEXT)
#define ATOMIC(op) ORDERS(LD##op, "rwu") SIZES(ST##op, "ru", .flow = FLOW_NEXT) \
    SIZES(ST##op##L, "ru", .flow = FLOW_NEXT)
#define STRUCTURE(n) \
    ROW(LD##n, "w*l", .flags = F_LIST) ROW(LD##n##R, "w*l", .flags = F_LIST | F_DUP) \
    ROW(ST##n, "r*s", .flags = F_LIST)
/* clang-format on */
/* Two halves: those with a 2 read the upper halves of their sources. */
#define LONG(id)    RRR(id) RRR(id##2)
#define LONG2(id)   RR(id) RR(id##2)
#define ACCUM(id)   RMW3(id) RMW3(id##2)
#define NARROW(id)  RR(id) RMW2(id##2) /* XTN2 leaves the lower half alone */
#define NARROW3(id) RRR(id) RMW3(id##2)
#define NARROWQ(id) FP2(id) ROW(id##2, "xr", .flags = F_FPSR)

/* clang-format off */
const struct insn_row arm64_insns[ARM64_INS_ENDING] = {
    /* Control flow. */
    ROW(B, "", .flow = FLOW_JUMP) ROW(BL, "", .flow = FLOW_CALL)
    ROW(BR, "r", .flow = FLOW_JUMP_REG) ROW(BLR, "r", .flow = FLOW_CALL_REG) ROW(RET, "r", .flow = FLOW_RET)
    ROW(CBZ, "r", .flow = FLOW_BRANCH) ROW(CBNZ, "r", .flow = FLOW_BRANCH)
    ROW(TBZ, "r", .flow = FLOW_BRANCH) ROW(TBNZ, "r", .flow = FLOW_BRANCH)
    ROW(UDF, "", .flow = FLOW_STOP) ROW(BRK, "", .flow = FLOW_STOP) ROW(HLT, "", .flow = FLOW_STOP)
    NOTHING(SVC)
    NOTHING(NOP) NOTHING(YIELD) NOTHING(WFE) NOTHING(WFI) NOTHING(SEV) NOTHING(SEVL) NOTHING(HINT)
    NOTHING(BTI)
    NOTHING(CSDB) NOTHING(DMB) NOTHING(DSB) NOTHING(ISB) NOTHING(SB) NOTHING(CLREX)
    ROW(MRS, "w") ROW(MSR, "r")
    ROW(DC, "r") ROW(IC, "r")

    /* General registers. */
    RRR(ADD) FLAGS(ADDS) RRR(SUB) FLAGS(SUBS) CARRY(ADC) CARRY(SBC) RRR(AND) FLAGS(ANDS) RRR(ORR) RRR(EOR)
    RRR(BIC)
    FLAGS(BICS) RRR(ORN) RRR(EON) CMP(CMP) CMP(CMN) CMP(TST)
    RR(NEG) ROW(NEGS, "wr", .flags = F_NZCV_W) ROW(NGC, "wr", .flags = F_NZCV_R)
    ROW(NGCS, "wr", .flags = F_NZCV_R | F_NZCV_W) RR(MVN) RR(MOV) RR(MOVZ) RR(MOVN) ROW(MOVK, "x")
    ROW(ADR, "w") ROW(ADRP, "w")
    RRR(LSL) RRR(LSR) RRR(ASR) RRR(ROR) RRR(EXTR) RRR(MUL) RRR(MNEG) RRRR(MADD) RRRR(MSUB) RRR(SMULH)
    RRR(UMULH)
    RRR(SMNEGL) RRR(UMNEGL) RRRR(SMADDL) RRRR(UMADDL) RRRR(SMSUBL) RRRR(UMSUBL) RRR(SDIV) RRR(UDIV)
    RR(SBFX) RR(UBFX) RR(SBFIZ) RR(UBFIZ) ROW(BFI, "xr") ROW(BFXIL, "xr") ROW(BFM, "xr") RR(SBFM) RR(UBFM)
    RR(SXTB) RR(SXTH) RR(SXTW) RR(UXTB) RR(UXTH) RR(UXTW) RR(CLS) RR(CLZ) RR(RBIT) RR(REV) RR(REV16) RR(REV32)
    RR(REV64)
    CSEL(CSEL) CSEL(CSINC) CSEL(CSINV) CSEL(CSNEG) ROW(CINC, "wr", .flags = F_NZCV_R)
    ROW(CINV, "wr", .flags = F_NZCV_R) ROW(CNEG, "wr", .flags = F_NZCV_R) ROW(CSET, "w", .flags = F_NZCV_R)
    ROW(CSETM, "w", .flags = F_NZCV_R) ROW(CCMP, "rr", .flags = F_NZCV_R | F_NZCV_W)
    ROW(CCMN, "rr", .flags = F_NZCV_R | F_NZCV_W)
    RRR(CRC32B) RRR(CRC32H) RRR(CRC32W) RRR(CRC32X) RRR(CRC32CB) RRR(CRC32CH) RRR(CRC32CW) RRR(CRC32CX)

    /* Loads and stores. */
    LOADS(LDR) LOADS(LDUR) LOADS(LDTR) SIZES(STR, "rs", .flow = FLOW_NEXT)
    SIZES(STUR, "rs", .flow = FLOW_NEXT)
    SIZES(STTR, "rs", .flow = FLOW_NEXT) SIZES(LDAR, "wl", .flow = FLOW_NEXT)
    SIZES(LDAPR, "wl", .flow = FLOW_NEXT)
    SIZES(STLR, "rs", .flow = FLOW_NEXT)
    ROW(LDP, "wwl", .flags = F_PAIR) ROW(LDNP, "wwl", .flags = F_PAIR) ROW(STP, "rrs", .flags = F_PAIR)
    ROW(STNP, "rrs", .flags = F_PAIR) ROW(LDPSW, "wwl", .size = 8) ROW(PRFM, "p") ROW(PRFUM, "p")
    SIZES(LDXR, "wl", .flags = F_LL) SIZES(LDAXR, "wl", .flags = F_LL) SIZES(STXR, "wrs", .flags = F_SC)
    SIZES(STLXR, "wrs", .flags = F_SC) ROW(LDXP, "wwl", .flags = F_LL | F_PAIR)
    ROW(LDAXP, "wwl", .flags = F_LL | F_PAIR) ROW(STXP, "wrrs", .flags = F_SC | F_PAIR)
    ROW(STLXP, "wrrs", .flags = F_SC | F_PAIR)
    ATOMIC(ADD) ATOMIC(CLR) ATOMIC(EOR) ATOMIC(SET) ATOMIC(SMAX) ATOMIC(SMIN) ATOMIC(UMAX) ATOMIC(UMIN)
    ORDERS(SWP, "rwu") ORDERS(CAS, "xru") ROW(CASP, "xxrru", .flags = F_PAIR)
    ROW(CASPA, "xxrru", .flags = F_PAIR)
    ROW(CASPAL, "xxrru", .flags = F_PAIR) ROW(CASPL, "xxrru", .flags = F_PAIR)
    STRUCTURE(1) STRUCTURE(2) STRUCTURE(3) STRUCTURE(4)

    /* Floating point. */
    FP3(FADD) FP3(FSUB) FP3(FMUL) FP3(FNMUL) FP3(FDIV) FP3(FMAX) FP3(FMIN) FP3(FMAXNM) FP3(FMINNM) FP3(FMULX)
    FP3(FABD)
    FP4(FMADD) FP4(FMSUB) FP4(FNMADD) FP4(FNMSUB) FMA(FMLA) FMA(FMLS) FP2(FSQRT) RR(FABS) RR(FNEG) RR(FMOV)
    FP2(FCVT) FP2(FCVTAS) FP2(FCVTAU) FP2(FCVTMS) FP2(FCVTMU) FP2(FCVTNS) FP2(FCVTNU) FP2(FCVTPS) FP2(FCVTPU)
    FP2(FCVTZS) FP2(FCVTZU) FP2(FCVTL) FP2(FCVTL2) NARROWQ(FCVTN) NARROWQ(FCVTXN) FP2(SCVTF) FP2(UCVTF)
    ROW(FJCVTZS, "wr", .flags = F_FPSR | F_NZCV_W)
    FP2(FRINTA) FP2(FRINTI) FP2(FRINTM) FP2(FRINTN) FP2(FRINTP) FP2(FRINTX) FP2(FRINTZ) FP2(FRECPE)
    FP2(FRSQRTE)
    FP3(FRECPS) FP3(FRSQRTS) FP2(FRECPX) FP3(FADDP) FP3(FMAXP) FP3(FMINP) FP3(FMAXNMP) FP3(FMINNMP) FP2(FMAXV)
    FP2(FMINV) FP2(FMAXNMV) FP2(FMINNMV) FP3(FCMEQ) FP3(FCMGE) FP3(FCMGT) FP3(FCMLE) FP3(FCMLT) FP3(FACGE)
    FP3(FACGT)
    FCMP(FCMP) FCMP(FCMPE) ROW(FCCMP, "rr", .flags = F_FPSR | F_NZCV_R | F_NZCV_W)
    ROW(FCCMPE, "rr", .flags = F_FPSR | F_NZCV_R | F_NZCV_W) CSEL(FCSEL)

    /* Vectors of integers. */
    RR(ABS) RRR(ADDP) RR(ADDV) RRR(CMEQ) RRR(CMGE) RRR(CMGT) RRR(CMHI) RRR(CMHS) RRR(CMLE) RRR(CMLT)
    RRR(CMTST) RR(CNT)
    RR(DUP) RR(INS) RRR(EXT) RMW3(MLA) RMW3(MLS) ROW(MOVI, "w") ROW(MVNI, "w") RR(NOT) RRR(PMUL) LONG(PMULL)
    RRR(SABD) RRR(UABD) RMW3(SABA) RMW3(UABA) RRR(SHADD) RRR(UHADD) RRR(SHSUB) RRR(UHSUB) RRR(SRHADD)
    RRR(URHADD)
    RRR(SMAX) RRR(SMIN) RRR(UMAX) RRR(UMIN) RRR(SMAXP) RRR(SMINP) RRR(UMAXP) RRR(UMINP) RR(SMAXV) RR(SMINV)
    RR(UMAXV)
    RR(UMINV) RR(SADDLV) RR(UADDLV) RR(SADDLP) RR(UADDLP) RMW2(SADALP) RMW2(UADALP) RR(SMOV) RR(UMOV)
    LONG(SADDL) LONG(UADDL) LONG(SSUBL) LONG(USUBL) LONG(SADDW) LONG(UADDW) LONG(SSUBW) LONG(USUBW)
    LONG(SABDL)
    LONG(UABDL) LONG(SMULL) LONG(UMULL) ACCUM(SMLAL) ACCUM(UMLAL) ACCUM(SMLSL) ACCUM(UMLSL) ACCUM(SABAL)
    ACCUM(UABAL)
    NARROW(XTN) NARROW(SHRN) NARROW(RSHRN) NARROW3(ADDHN) NARROW3(SUBHN) NARROW3(RADDHN) NARROW3(RSUBHN)
    NARROWQ(SQXTN) NARROWQ(UQXTN) NARROWQ(SQXTUN) NARROWQ(SQSHRN) NARROWQ(UQSHRN) NARROWQ(SQSHRUN)
    NARROWQ(SQRSHRN)
    NARROWQ(UQRSHRN) NARROWQ(SQRSHRUN) LONG2(SXTL) LONG2(UXTL) LONG2(SSHLL) LONG2(USHLL) LONG2(SHLL)
    RR(SHL) RR(SSHR) RR(USHR) RR(SRSHR) RR(URSHR) RMW2(SSRA) RMW2(USRA) RMW2(SRSRA) RMW2(URSRA) RMW2(SLI)
    RMW2(SRI)
    RRR(SSHL) RRR(USHL) RRR(SRSHL) RRR(URSHL) FP3(SQSHL) FP3(UQSHL) FP3(SQRSHL) FP3(UQRSHL) FP2(SQSHLU)
    FP3(SQADD)
    FP3(UQADD) FP3(SQSUB) FP3(UQSUB) FP2(SQABS) FP2(SQNEG) FP3(SQDMULH) FP3(SQRDMULH)
    ROW(SUQADD, "xr", .flags = F_FPSR) ROW(USQADD, "xr", .flags = F_FPSR) RR(URECPE) RR(URSQRTE)
    RRR(TRN1) RRR(TRN2) RRR(UZP1) RRR(UZP2) RRR(ZIP1) RRR(ZIP2) ROW(TBL, "wr*") ROW(TBX, "xr*")
    RMW3(BSL) RMW3(BIT) RMW3(BIF) RMW3(SDOT) RMW3(UDOT)

    /* Cryptography. */
    RMW2(AESD) RMW2(AESE) RR(AESMC) RR(AESIMC) RMW3(SHA1C) RMW3(SHA1M) RMW3(SHA1P) RR(SHA1H) RMW3(SHA1SU0)
    RMW2(SHA1SU1) RMW3(SHA256H) RMW3(SHA256H2) RMW2(SHA256SU0) RMW3(SHA256SU1) RMW3(SHA512H) RMW3(SHA512H2)
    RMW2(SHA512SU0) RMW3(SHA512SU1) RRRR(EOR3) RRRR(BCAX) RRR(RAX1) RRR(XAR)
};
/* clang-format on */
