/* x86: what each instruction does with its operands, by capstone's instruction id, after Intel's SDM, volume
 * 2: what Go's assembler has names for, up to AVX2. Without gathers and privileged instructions; AVX-512 is
 * evex.c's, but for its masks.
 * Capstone's own lists are not used: they know neither which part of a vector register is meant nor what is
 * left of the flags.
 *
 * Of flags that the SDM calls undefined every processor and QEMU sets something, except after DIV, BT and
 * rotations. */

#include "effects.h"

#define ROW(id, ...) [X86_INS_##id] = {__VA_ARGS__},

/* Instructions that differ in nothing but their name. */
#define NOTHING(id)   ROW(id, "--")
#define STOP(id)      ROW(id, "-", .flow = FLOW_STOP)
#define BRANCH(id)    ROW(id, "", F_FLAGS_R, FLOW_BRANCH, HOW_JUMP)
#define COND(cc)      BRANCH(J##cc) ROW(SET##cc, "w", F_FLAGS_R) ROW(CMOV##cc, "cr", F_FLAGS_R)
#define ROTATE(id)    ROW(id, "xr", F_FLAGS_W)
#define BIT(id, role) ROW(id, role "r", F_FLAGS_W, .how = HOW_BIT)
/* BMI: three operands, and the flags or not. */
#define BMI(id)   ROW(id, "wrr")
#define BMI_F(id) ROW(id, "wrr", F_FLAGS)
#define STRING(id, roles, registers, ...) \
    ROW(id, roles, .how = HOW_STRING, .in = registers, .out = registers, __VA_ARGS__)
#define STRINGS(op, ...) STRING(op##B, __VA_ARGS__) STRING(op##W, __VA_ARGS__) STRING(op##Q, __VA_ARGS__)

/* Vectors; a name with V has one source more, and zeroes the upper half. */
#define MOVES(id)         ROW(id, "wr") ROW(V##id, "wr", F_VEX)
#define COPIES(id)        ROW(id, "wr", F_MOVE) ROW(V##id, "wr", F_VEX | F_MOVE)
#define V1(id)            ROW(id, "wr") ROW(V##id, "wrr", F_VEX) /* one source, and maybe an immediate */
#define V2(id)            ROW(id, "xrr") ROW(V##id, "wrrr", F_VEX)
#define V2_XMM0(id)       ROW(id, "xr", F_XMM0_R) ROW(V##id, "wrrr", F_VEX)
#define V2_SAME(id)       ROW(id, "xr", F_SAME) ROW(V##id, "wrr", F_SAME | F_VEX)
#define PART(id)          ROW(id, "cr") ROW(V##id, "wrr", F_VEX)
#define LOW8(id)          ROW(id, "wrd") ROW(V##id, "wr", F_VEX)
#define SIZES_BWDQ(m, id) m(id##B) m(id##W) m(id##D) m(id##Q)
#define SIZES_BWD(m, id)  m(id##B) m(id##W) m(id##D)
#define SIZES_WDQ(m, id)  m(id##W) m(id##D) m(id##Q)
#define FLOATS(m, id)     m(id##PS) m(id##PD)
/* Floating point that may raise exceptions: packed and scalar, of two sources and of one. */
#define FP_PACKED2(id) ROW(id, "xr", F_SSE) ROW(V##id, "wrr", F_SSE | F_VEX)
#define FP_PACKED1(id) ROW(id, "wr", F_SSE) ROW(V##id, "wr", F_SSE | F_VEX)
/* clang-format off */
#define FP2(id) \
    FP_PACKED2(id##PS) FP_PACKED2(id##PD) ROW(id##SS, "xsrs", F_SSE) ROW(id##SD, "xdrd", F_SSE) \
    ROW(V##id##SS, "wrrs", F_SSE | F_VEX) ROW(V##id##SD, "wrrd", F_SSE | F_VEX)
#define FP1(id) \
    FP_PACKED1(id##PS) FP_PACKED1(id##PD) ROW(id##SS, "wsrs", F_SSE) ROW(id##SD, "wdrd", F_SSE) \
    ROW(V##id##SS, "wrrs", F_SSE | F_VEX) ROW(V##id##SD, "wrrd", F_SSE | F_VEX)
/* clang-format on */
#define FP_CONVERT(id, roles, vroles) ROW(id, roles, F_SSE) ROW(V##id, vroles, F_SSE | F_VEX)
#define FP_COMPARE(id, roles)         ROW(id, roles, F_SSE | F_FLAGS) ROW(V##id, roles, F_SSE | F_FLAGS)
/* clang-format off */
#define FMA_FORM(id) \
    ROW(id##PS, "xrr", F_SSE | F_VEX) ROW(id##PD, "xrr", F_SSE | F_VEX) \
    ROW(id##SS, "xsrsrs", F_SSE | F_VEX) ROW(id##SD, "xdrdrd", F_SSE | F_VEX)
/* clang-format on */
#define FMA(op) FMA_FORM(VF##op##132) FMA_FORM(VF##op##213) FMA_FORM(VF##op##231)

#define MASK_MOVE(id)  ROW(id, "wr", F_MOVE)
#define MASK_NOT(id)   ROW(id, "wr")
#define MASK2(id)      ROW(id, "wrr")
#define MASK2_SAME(id) ROW(id, "wrr", F_SAME)
#define MASK_TEST(id)  ROW(id, "rr", F_FLAGS)

/* The x87 stack; its registers among the operands need no role. */
#define X87(id)         ROW(id, "--", F_X87)
#define X87_LOAD(id)    ROW(id, "r-", F_X87)
#define X87_STORE(id)   ROW(id, "w-", F_X87)
#define X87_OP(op)      X87_LOAD(F##op) X87_LOAD(FI##op)
#define X87_CMOV(cc)    ROW(FCMOV##cc, "--", F_X87 | F_FLAGS_R)
#define X87_COMPARE(id) ROW(id, "--", F_X87 | F_FLAGS_W)

/* clang-format off */
const struct x86_row x86_rows[X86_INS_ENDING] = {
    /* Control flow. */
    ROW(JMP, "r", .flow = FLOW_JUMP, .how = HOW_JUMP) ROW(CALL, "r", .flow = FLOW_CALL, .how = HOW_CALL)
    ROW(RET, "-", .flow = FLOW_RET, .how = HOW_RET)
    COND(A) COND(AE) COND(B) COND(BE) COND(E) COND(G) COND(GE) COND(L) COND(LE) COND(NE) COND(NO) COND(NP)
    COND(NS)
    COND(O) COND(P) COND(S)
    ROW(JCXZ, "", .flow = FLOW_BRANCH, .how = HOW_JUMP, .in = GPR(CX))
    ROW(JECXZ, "", .flow = FLOW_BRANCH, .how = HOW_JUMP, .in = GPR(CX))
    ROW(JRCXZ, "", .flow = FLOW_BRANCH, .how = HOW_JUMP, .in = GPR(CX))
    ROW(LOOP, "", .flow = FLOW_BRANCH, .how = HOW_JUMP, .in = GPR(CX), .out = GPR(CX))
    ROW(LOOPE, "", F_FLAGS_R, FLOW_BRANCH, HOW_JUMP, GPR(CX), GPR(CX))
    ROW(LOOPNE, "", F_FLAGS_R, FLOW_BRANCH, HOW_JUMP, GPR(CX), GPR(CX))
    STOP(INT3) STOP(INT1) STOP(UD0) STOP(UD1) STOP(UD2) STOP(HLT)
    /* Linux keeps all other registers; R11 gets the flags, RCX the return address. */
    ROW(SYSCALL, "", F_FLAGS_R, .in = GPR(AX) | GPR(DI) | GPR(SI) | GPR(DX) | GPR(R10) | GPR(R8) | GPR(R9),
        .out = GPR(AX) | GPR(CX) | GPR(R11))
    ROW(INT, "-", .how = HOW_INT, .in = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX) | GPR(SI) | GPR(DI) | GPR(BP),
        .out = GPR(AX))
    NOTHING(NOP) NOTHING(PAUSE) NOTHING(MFENCE) NOTHING(LFENCE) NOTHING(SFENCE) NOTHING(ENDBR32)
    NOTHING(ENDBR64)
    NOTHING(PREFETCH) NOTHING(PREFETCHW) NOTHING(PREFETCHNTA) NOTHING(PREFETCHT0) NOTHING(PREFETCHT1)
    NOTHING(PREFETCHT2)
    NOTHING(CLFLUSH) NOTHING(CLFLUSHOPT) NOTHING(WAIT)

    /* The stack. */
    ROW(PUSH, "r", F_MOVE, .how = HOW_PUSH) ROW(POP, "w", F_MOVE, .how = HOW_POP)
    ROW(LEAVE, "", .how = HOW_LEAVE)
    ROW(PUSHAL, "", .how = HOW_PUSHA, .in = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX) | GPR(SI) | GPR(DI)
        | GPR(BP))
    ROW(POPAL, "", .how = HOW_POPA, .out = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX) | GPR(SI) | GPR(DI)
        | GPR(BP))
    ROW(PUSHF, "", F_FLAGS_R | F_MOVE, .how = HOW_PUSHF) ROW(PUSHFD, "", F_FLAGS_R | F_MOVE, .how = HOW_PUSHF)
    ROW(PUSHFQ, "", F_FLAGS_R | F_MOVE, .how = HOW_PUSHF) ROW(POPF, "", F_FLAGS | F_MOVE, .how = HOW_POPF)
    ROW(POPFD, "", F_FLAGS | F_MOVE, .how = HOW_POPF) ROW(POPFQ, "", F_FLAGS | F_MOVE, .how = HOW_POPF)

    /* General registers. */
    ROW(MOV, "wr", F_MOVE, .how = HOW_MOV) ROW(MOVABS, "wr", F_MOVE, .how = HOW_MOV)
    ROW(MOVZX, "wr", .how = HOW_MOVZX)
    ROW(MOVSX, "wr")
    ROW(MOVSXD, "wr") ROW(MOVBE, "wr") ROW(MOVNTI, "wr") ROW(LEA, "w-", .how = HOW_LEA)
    ROW(XCHG, "xx", .how = HOW_XCHG)
    ROW(BSWAP, "x") ROW(CBW, "", .in = GPR(AX), .touch = GPR(AX))
    ROW(CWD, "", .in = GPR(AX), .touch = GPR(DX))
    ROW(CWDE, "", .in = GPR(AX), .out = GPR(AX)) ROW(CDQE, "", .in = GPR(AX), .out = GPR(AX))
    ROW(CDQ, "", .in = GPR(AX), .out = GPR(DX)) ROW(CQO, "", .in = GPR(AX), .out = GPR(DX))
    ROW(ADD, "xr", F_FLAGS, .how = HOW_ADD) ROW(SUB, "xr", F_FLAGS | F_SAME, .how = HOW_SUB)
    ROW(ADC, "xr", F_FLAGS_R | F_FLAGS) ROW(SBB, "xr", F_FLAGS_R | F_FLAGS | F_SAME) ROW(CMP, "rr", F_FLAGS)
    ROW(INC, "x", F_FLAGS_W, .how = HOW_INC) ROW(DEC, "x", F_FLAGS_W, .how = HOW_DEC) ROW(NEG, "x", F_FLAGS)
    ROW(NOT, "x") ROW(AND, "xr", F_FLAGS, .how = HOW_AND) ROW(OR, "xr", F_FLAGS, .how = HOW_OR)
    ROW(XOR, "xr", F_FLAGS | F_SAME, .how = HOW_XOR) ROW(TEST, "rr", F_FLAGS)
    ROW(SHL, "xr", F_SHIFT, .how = HOW_SHL) ROW(SAL, "xr", F_SHIFT, .how = HOW_SHL) ROW(SHR, "xr", F_SHIFT)
    ROW(SAR, "xr", F_SHIFT) ROW(SHLD, "xrr", F_SHIFT) ROW(SHRD, "xrr", F_SHIFT)
    ROTATE(ROL) ROTATE(ROR) ROW(RCL, "xr", F_FLAGS_R | F_FLAGS_W) ROW(RCR, "xr", F_FLAGS_R | F_FLAGS_W)
    /* of one operand: see roles_of() */
    ROW(MUL, "r", F_FLAGS, .how = HOW_MUL) ROW(IMUL, "r", F_FLAGS, .how = HOW_MUL)
    ROW(DIV, "r", F_FLAGS_W, .how = HOW_DIV) ROW(IDIV, "r", F_FLAGS_W, .how = HOW_DIV)
    BIT(BT, "r") BIT(BTC, "x") BIT(BTR, "x") BIT(BTS, "x")
    ROW(BSF, "cr", F_FLAGS) ROW(BSR, "cr", F_FLAGS) /* a source of zero leaves the destination as it is */
    ROW(POPCNT, "wr", F_FLAGS) ROW(LZCNT, "wr", F_FLAGS) ROW(TZCNT, "wr", F_FLAGS)
    ROW(XADD, "xx", F_FLAGS) ROW(CMPXCHG, "xr", F_FLAGS, .in = GPR(AX), .touch = GPR(AX))
    ROW(CMPXCHG8B, "x", F_FLAGS_W, .in = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX), .touch = GPR(AX) | GPR(DX))
    ROW(CMPXCHG16B, "x", F_FLAGS_W, .in = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX), .touch = GPR(AX) | GPR(DX))
    ROW(LAHF, "", F_FLAGS_R, .touch = GPR(AX)) ROW(SAHF, "", F_FLAGS_W, .in = GPR(AX))
    ROW(CLC, "", F_FLAGS_W) ROW(STC, "", F_FLAGS_W) ROW(CMC, "", F_FLAGS_R | F_FLAGS_W)
    NOTHING(CLD) NOTHING(STD) /* DF is none of the status flags: between functions it is always clear */
    BMI_F(ANDN) BMI_F(BEXTR) BMI_F(BLSI) BMI_F(BLSMSK) BMI_F(BLSR) BMI_F(BZHI) BMI(PDEP) BMI(PEXT) BMI(RORX)
    BMI(SARX)
    BMI(SHLX) BMI(SHRX) ROW(MULX, "wwr", .in = GPR(DX)) ROW(ADCX, "xr", F_FLAGS_R | F_FLAGS_W)
    ROW(ADOX, "xr", F_FLAGS_R | F_FLAGS_W) ROW(CRC32, "xr")
    ROW(RDRAND, "w", F_FLAGS) ROW(RDSEED, "w", F_FLAGS) ROW(RDTSC, "", .out = GPR(AX) | GPR(DX))
    ROW(RDTSCP, "", .out = GPR(AX) | GPR(CX) | GPR(DX))
    ROW(XGETBV, "", .in = GPR(CX), .out = GPR(AX) | GPR(DX))
    ROW(CPUID, "", .in = GPR(AX) | GPR(CX), .out = GPR(AX) | GPR(BX) | GPR(CX) | GPR(DX))

    /* Strings. MOVSD and CMPSD are also names of SSE: see row_of(). */
    STRINGS(MOVS, "wr", GPR(SI) | GPR(DI)) STRINGS(CMPS, "rr", GPR(SI) | GPR(DI), .flags = F_FLAGS)
    STRINGS(STOS, "wr", GPR(DI)) STRING(STOSD, "wr", GPR(DI)) STRINGS(LODS, "wr", GPR(SI))
    STRING(LODSD, "wr", GPR(SI))
    STRINGS(SCAS, "rr", GPR(DI), .flags = F_FLAGS) STRING(SCASD, "rr", GPR(DI), .flags = F_FLAGS)

    /* Vectors: moves. */
    COPIES(MOVAPS) COPIES(MOVAPD) COPIES(MOVUPS) COPIES(MOVUPD) COPIES(MOVDQA) COPIES(MOVDQU) MOVES(LDDQU)
    COPIES(MOVNTDQ)
    COPIES(MOVNTDQA) COPIES(MOVNTPS) COPIES(MOVNTPD) MOVES(MOVSHDUP) MOVES(MOVSLDUP) MOVES(MOVMSKPS)
    MOVES(MOVMSKPD)
    MOVES(PMOVMSKB) LOW8(MOVD) LOW8(MOVQ) LOW8(MOVDDUP)
    ROW(MOVSS, "wsrs", F_MERGE) ROW(MOVSD, "wdrd", F_MERGE) ROW(VMOVSS, "wrr", F_VEX)
    ROW(VMOVSD, "wrr", F_VEX)
    ROW(MOVLPS, "wdrd") ROW(MOVLPD, "wdrd") ROW(MOVHPS, "whrh") ROW(MOVHPD, "whrh") ROW(MOVHLPS, "wdrh")
    ROW(MOVLHPS, "whrd") ROW(VMOVLPS, "wrr", F_VEX) ROW(VMOVLPD, "wrr", F_VEX) ROW(VMOVHPS, "wrr", F_VEX)
    ROW(VMOVHPD, "wrr", F_VEX) ROW(VMOVHLPS, "wrr", F_VEX) ROW(VMOVLHPS, "wrr", F_VEX)
    SIZES_BWDQ(PART, PINSR) PART(INSERTPS) SIZES_BWDQ(MOVES, PEXTR) MOVES(EXTRACTPS)
    ROW(VZEROUPPER, "", .how = HOW_VZERO) ROW(VZEROALL, "", .how = HOW_VZERO)
    ROW(LDMXCSR, "r", F_MXCSR_W | F_MOVE) ROW(VLDMXCSR, "r", F_MXCSR_W | F_MOVE)
    ROW(STMXCSR, "w", F_MXCSR_R | F_MOVE)
    ROW(VSTMXCSR, "w", F_MXCSR_R | F_MOVE)

    /* Vectors of integers. */
    V2(PAND) V2(POR) V2_SAME(PXOR) V2_SAME(PANDN) FLOATS(V2, AND) FLOATS(V2, OR) FLOATS(V2_SAME, XOR)
    FLOATS(V2_SAME, ANDN)
    SIZES_BWDQ(V2, PADD) SIZES_BWDQ(V2_SAME, PSUB) SIZES_BWDQ(V2_SAME, PCMPEQ) SIZES_BWDQ(V2_SAME, PCMPGT)
    V2(PADDSB) V2(PADDSW) V2(PADDUSB) V2(PADDUSW) V2(PSUBSB) V2(PSUBSW) V2(PSUBUSB) V2(PSUBUSW) V2(PAVGB)
    V2(PAVGW)
    V2(PMULLW) V2(PMULLD) V2(PMULHW) V2(PMULHUW) V2(PMULHRSW) V2(PMULUDQ) V2(PMULDQ) V2(PMADDWD) V2(PMADDUBSW)
    V2(PSADBW)
    SIZES_BWD(V2, PMAXS) SIZES_BWD(V2, PMAXU) SIZES_BWD(V2, PMINS) SIZES_BWD(V2, PMINU) SIZES_BWD(V2, PSIGN)
    SIZES_BWD(V1, PABS) V2(PHADDW) V2(PHADDD) V2(PHADDSW) V2(PHSUBW) V2(PHSUBD) V2(PHSUBSW) V1(PHMINPOSUW)
    SIZES_WDQ(V2, PSLL) SIZES_WDQ(V2, PSRL) V2(PSRAW) V2(PSRAD) V2(PSLLDQ) V2(PSRLDQ)
    V2(PACKSSWB) V2(PACKSSDW) V2(PACKUSWB) V2(PACKUSDW) V2(PALIGNR) V2(PSHUFB) V1(PSHUFD) V1(PSHUFHW)
    V1(PSHUFLW)
    V2(PUNPCKHBW) V2(PUNPCKHWD) V2(PUNPCKHDQ) V2(PUNPCKHQDQ) V2(PUNPCKLBW) V2(PUNPCKLWD) V2(PUNPCKLDQ)
    V2(PUNPCKLQDQ)
    V2(PBLENDW) V2_XMM0(PBLENDVB) V2(MPSADBW) FLOATS(V2, SHUF) FLOATS(V2, UNPCKH) FLOATS(V2, UNPCKL)
    FLOATS(V2, BLEND)
    FLOATS(V2_XMM0, BLENDV) LOW8(PMOVSXBW) LOW8(PMOVSXBD) LOW8(PMOVSXBQ) LOW8(PMOVSXWD) LOW8(PMOVSXWQ)
    LOW8(PMOVSXDQ)
    LOW8(PMOVZXBW) LOW8(PMOVZXBD) LOW8(PMOVZXBQ) LOW8(PMOVZXWD) LOW8(PMOVZXWQ) LOW8(PMOVZXDQ)
    ROW(PTEST, "rr", F_FLAGS) ROW(VPTEST, "rr", F_FLAGS) ROW(VTESTPS, "rr", F_FLAGS)
    ROW(VTESTPD, "rr", F_FLAGS)
    ROW(PCMPESTRI, "rr", F_FLAGS, .in = GPR(AX) | GPR(DX), .out = GPR(CX))
    ROW(PCMPISTRI, "rr", F_FLAGS, .out = GPR(CX))
    V2(PCLMULQDQ) V2(AESENC) V2(AESENCLAST) V2(AESDEC) V2(AESDECLAST) V1(AESIMC) V1(AESKEYGENASSIST)
    ROW(SHA1MSG1, "xr") ROW(SHA1MSG2, "xr") ROW(SHA1NEXTE, "xr") ROW(SHA1RNDS4, "xr") ROW(SHA256MSG1, "xr")
    ROW(SHA256MSG2, "xr") ROW(SHA256RNDS2, "xr", F_XMM0_R)

    /* AVX and AVX2 alone. */
    ROW(VBROADCASTF128, "wr", F_VEX) ROW(VBROADCASTI128, "wr", F_VEX) ROW(VBROADCASTSS, "wrs", F_VEX)
    ROW(VBROADCASTSD, "wrd", F_VEX) ROW(VPBROADCASTB, "wrd", F_VEX) ROW(VPBROADCASTW, "wrd", F_VEX)
    ROW(VPBROADCASTD, "wrd", F_VEX) ROW(VPBROADCASTQ, "wrd", F_VEX) ROW(VINSERTF128, "wrr", F_VEX)
    ROW(VINSERTI128, "wrr", F_VEX) ROW(VEXTRACTF128, "wr", F_VEX) ROW(VEXTRACTI128, "wr", F_VEX)
    ROW(VPERM2F128, "wrr", F_VEX) ROW(VPERM2I128, "wrr", F_VEX) ROW(VPERMD, "wrr", F_VEX)
    ROW(VPERMPS, "wrr", F_VEX)
    ROW(VPERMQ, "wr", F_VEX) ROW(VPERMPD, "wr", F_VEX) ROW(VPERMILPS, "wrr", F_VEX)
    ROW(VPERMILPD, "wrr", F_VEX)
    ROW(VPBLENDD, "wrr", F_VEX) ROW(VPSLLVD, "wrr", F_VEX) ROW(VPSLLVQ, "wrr", F_VEX)
    ROW(VPSRLVD, "wrr", F_VEX)
    ROW(VPSRLVQ, "wrr", F_VEX) ROW(VPSRAVD, "wrr", F_VEX)
    FMA(MADD) FMA(MSUB) FMA(NMADD) FMA(NMSUB)

    /* Masks of AVX-512. Its vectors are evex.c's. */
    SIZES_BWDQ(MASK_MOVE, KMOV) SIZES_BWDQ(MASK_NOT, KNOT) SIZES_BWDQ(MASK2, KAND) SIZES_BWDQ(MASK2, KOR)
    SIZES_BWDQ(MASK2_SAME, KANDN) SIZES_BWDQ(MASK2_SAME, KXOR) SIZES_BWDQ(MASK2_SAME, KXNOR)
    SIZES_BWDQ(MASK2, KADD) SIZES_BWDQ(MASK2, KSHIFTL) SIZES_BWDQ(MASK2, KSHIFTR)
    SIZES_BWDQ(MASK_TEST, KORTEST) SIZES_BWDQ(MASK_TEST, KTEST)
    MASK2(KUNPCKBW) MASK2(KUNPCKWD) MASK2(KUNPCKDQ)

    /* Floating point. For comparisons see compare_id(). */
    FP2(ADD) FP2(SUB) FP2(MUL) FP2(DIV) FP2(MIN) FP2(MAX) FP2(CMP) FP1(SQRT) FP1(ROUND)
    FLOATS(FP_PACKED2, ADDSUB)
    FLOATS(FP_PACKED2, HADD) FLOATS(FP_PACKED2, HSUB) FLOATS(FP_PACKED2, DP)
    ROW(RCPSS, "wsrs") ROW(RSQRTSS, "wsrs") ROW(RCPPS, "wr") ROW(RSQRTPS, "wr")
    FP_COMPARE(UCOMISS, "rsrs") FP_COMPARE(UCOMISD, "rdrd") FP_COMPARE(COMISS, "rsrs")
    FP_COMPARE(COMISD, "rdrd")
    FP_CONVERT(CVTSI2SS, "wsr", "wrr") FP_CONVERT(CVTSI2SD, "wdr", "wrr") FP_CONVERT(CVTSS2SD, "wdrs", "wrrs")
    FP_CONVERT(CVTSD2SS, "wsrd", "wrrd") FP_CONVERT(CVTSS2SI, "wrs", "wrs") FP_CONVERT(CVTSD2SI, "wrd", "wrd")
    FP_CONVERT(CVTTSS2SI, "wrs", "wrs") FP_CONVERT(CVTTSD2SI, "wrd", "wrd") FP_CONVERT(CVTPS2PD, "wrd", "wr")
    FP_CONVERT(CVTPD2PS, "wr", "wr") FP_CONVERT(CVTDQ2PS, "wr", "wr") FP_CONVERT(CVTDQ2PD, "wrd", "wr")
    FP_CONVERT(CVTPS2DQ, "wr", "wr") FP_CONVERT(CVTPD2DQ, "wr", "wr") FP_CONVERT(CVTTPS2DQ, "wr", "wr")
    FP_CONVERT(CVTTPD2DQ, "wr", "wr")

    /* x87. */
    /* FADDP is an FADD to capstone */
    X87_OP(ADD) X87_OP(SUB) X87_OP(SUBR) X87_OP(MUL) X87_OP(DIV) X87_OP(DIVR)
    X87(FSUBP) X87(FSUBRP) X87(FMULP) X87(FDIVP) X87(FDIVRP)
    X87_LOAD(FLD) X87_LOAD(FILD) X87_LOAD(FBLD) X87_STORE(FST) X87_STORE(FSTP) X87_STORE(FIST)
    X87_STORE(FISTP)
    X87_STORE(FISTTP) X87_STORE(FBSTP) X87(FLD1) X87(FLDZ) X87(FLDPI) X87(FLDL2E) X87(FLDL2T) X87(FLDLG2)
    X87(FLDLN2)
    X87(FXCH) X87(FABS) X87(FCHS) X87(FSQRT) X87(FRNDINT) X87(FSCALE) X87(FPREM) X87(FPREM1) X87(FXTRACT)
    X87(F2XM1)
    X87(FYL2X) X87(FYL2XP1) X87(FSIN) X87(FCOS) X87(FSINCOS) X87(FPTAN) X87(FPATAN) X87(FXAM) X87(FTST)
    X87_LOAD(FCOM)
    X87_LOAD(FCOMP) X87(FCOMPP) X87(FUCOM) X87(FUCOMP) X87(FUCOMPP) X87_LOAD(FICOM) X87_LOAD(FICOMP)
    X87(FINCSTP)
    X87(FDECSTP) X87(FFREE) X87(FFREEP) X87(FNCLEX) X87(EMMS) NOTHING(FNOP)
    X87_COMPARE(FCOMI) X87_COMPARE(FCOMPI) X87_COMPARE(FUCOMI) X87_COMPARE(FUCOMPI)
    X87_CMOV(B) X87_CMOV(BE) X87_CMOV(E) X87_CMOV(NB) X87_CMOV(NBE) X87_CMOV(NE) X87_CMOV(NU) X87_CMOV(U)
    ROW(FNINIT, "", F_X87 | F_FCW_W) ROW(FLDCW, "r", F_FCW_W) ROW(FNSTCW, "w", F_FCW_R)
    ROW(FNSTSW, "w", F_FSW_R)
    ROW(FLDENV, "r", F_X87 | F_FCW_W) ROW(FNSTENV, "w", F_X87 | F_FCW_R)
};
/* clang-format on */
