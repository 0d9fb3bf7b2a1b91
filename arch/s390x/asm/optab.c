/* s390x: the optab, after Go 1.19, cmd/internal/obj/s390x/asmz.go. REGTMP is R10, REGTMP2 R11.
 * Left out: MOVD $big(Rb)(Ri), where Go loses the index, and constants that Go takes for negative (AND
 * $0xffffffff). */
#include "optab.h"

#include "../probe/regs.h"

#define R      (C(C_R))
#define F      (C(C_F))
#define V      (C(C_V))
#define OPT(c) ((c) | OPTIONAL)

/* A memory operand's three forms: 20 bits, more through REGTMP, more with an index register. `n` is its
 * number. */
#define FAR_MEM(n)     "6: lgfi %r10,{" n ":value}; "
#define FAR_INDEXED(n) FAR_MEM(n) "4: la %r10,0(%r10,{" n ":index}); "
/* clang-format off */
#define LOADS(op, class) \
    {op, "", {C(C_MX20), class}, "6: {op} {2},{1}", 0}, \
    {op, "", {C(C_MBIG), class}, FAR_MEM("1") "6: {op} {2},0(%r10,{1:base})", USES_REGTMP}, \
    {op, "", {C(C_MXBIG), class}, FAR_INDEXED("1") "6: {op} {2},0(%r10,{1:base})", USES_REGTMP}
#define STORES(op, class) \
    {op, "", {class, C(C_MX20)}, "6: {op2} {1},{2}", 0}, \
    {op, "", {class, C(C_MBIG)}, FAR_MEM("2") "6: {op2} {1},0(%r10,{2:base})", USES_REGTMP}, \
    {op, "", {class, C(C_MXBIG)}, FAR_INDEXED("2") "6: {op2} {1},0(%r10,{2:base})", USES_REGTMP}
/* The same where 12 bits have a shorter form, and the long one's name ends in y. */
#define SHORT_LOADS(op, class) \
    {op, "", {C(C_MX12), class}, "4: {op} {2},{1}", 0}, \
    {op, "", {C(C_MX20), class}, "6: {op}y {2},{1}", 0}, \
    {op, "", {C(C_MBIG), class}, FAR_MEM("1") "4: {op} {2},0(%r10,{1:base})", USES_REGTMP}, \
    {op, "", {C(C_MXBIG), class}, FAR_INDEXED("1") "4: {op} {2},0(%r10,{1:base})", USES_REGTMP}
#define SHORT_STORES(op, class) \
    {op, "", {class, C(C_MX12)}, "4: {op2} {1},{2}", 0}, \
    {op, "", {class, C(C_MX20)}, "6: {op2}y {1},{2}", 0}, \
    {op, "", {class, C(C_MBIG)}, FAR_MEM("2") "4: {op2} {1},0(%r10,{2:base})", USES_REGTMP}, \
    {op, "", {class, C(C_MXBIG)}, FAR_INDEXED("2") "4: {op2} {1},0(%r10,{2:base})", USES_REGTMP}
/* op rx, ry: rx = rx op ry, with a third operand that must first be moved */
#define IN_PLACE(op, insn, commutes) \
    {op, "", {R, R}, "4: " insn " {2},{1}", 0}, \
    {op, "", {R, C(C_SAME), R}, "4: " insn " {3},{1}", 0}, \
    {op, "", {C(C_SAME), R, R}, commutes, 0}, \
    {op, "", {R, R, R}, "4: lgr {3},{2}; 4: " insn " {3},{1}", 0}
#define DIVIDE(op, before, result) \
    {op, "", {R, OPT(R), R}, before "4: lgr %r11,{m}; 4: {op} %r10,{1}; 4: lgr {t}," result, \
        USES_REGTMP | MAY_TRAP}
/* clang-format on */
/* Storage to storage: a far destination goes through REGTMP, a far source through R11. */
#define DEST_FAR   "4: lgr %r10,{3:base}; 6: agfi %r10,{3:value}; "
#define SOURCE_FAR "4: lgr %r11,{2:base}; 6: agfi %r11,{2:value}; "

/* clang-format off */
static const struct optab optab[] = {
    /* moves: registers, constants, addresses, symbols */
    {OP_MOVD, "", {R, R}, "4: {op3} {2},{1}", 0},
    {OP_MOVI, "", {R, R}, "4: {op3} {2},{1}", 0},
    {OP_MOVB, "", {R, R}, "4: {op3} {2},{1}", 0},
    {OP_MOVREV, "", {R, R}, "4: {op3} {2},{1}", 0},
    {OP_MOVI, "", {C(C_AR), R}, "4: ear {2},{1}", 0},
    {OP_MOVI, "", {R, C(C_AR)}, "4: sar {2},{1}", 0},
    {OP_MOVD, "", {C(C_MOVCON), R}, "@con {1:value},{2}", 0},
    {OP_MOVD, "", {C(C_CON), R}, "6: lgrl {2},{1:pool8}", 0},
    {OP_MOVD, "", {C(C_LITERAL), R}, "6: lgrl {2},{1:literal}", 0},
    {OP_MOVI, "", {C(C_CON), R}, "@con {1:value},{2}", 0},
    {OP_MOVB, "", {C(C_CON), R}, "@con {1:value},{2}", 0},
    {OP_MOVD, "", {C(C_A12), R}, "4: la {2},{1}", 0},
    {OP_MOVD, "", {C(C_A20), R}, "6: lay {2},{1}", 0},
    {OP_MOVD, "", {C(C_ABIG), R}, "6: lgfi %r10,{1:value}; 4: la {2},0({1:base},%r10)", USES_REGTMP},
    {OP_MOVD, "", {C(C_SYMADDR), R}, "6: larl {2},{1:sym}", PC_RELATIVE},
    {OP_MOVD, "", {C(C_SYMADDRODD), R}, "6: larl {2},{1:even}; 4: la {2},1({2},0)", PC_RELATIVE},
    {OP_MOVD, "", {C(C_SYM), R}, "6: lgrl {2},{1:sym}", PC_RELATIVE},
    {OP_MOVD, "", {C(C_SYMODD), R}, "6: larl %r10,{1:even}; 6: lg {2},1(%r10,0)", USES_REGTMP | PC_RELATIVE},
    {OP_MOVD, "", {R, C(C_SYM)}, "6: stgrl {1},{2:sym}", PC_RELATIVE},
    {OP_MOVI, "", {C(C_SYM), R}, "6: {op}rl {2},{1:sym}", PC_RELATIVE},
    {OP_MOVI, "", {R, C(C_SYM)}, "6: {op2}rl {1},{2:sym}", PC_RELATIVE},
    {OP_MOVB, "", {C(C_SYM), R}, "6: larl %r10,{1:sym}; 6: {op} {2},0(%r10)", USES_REGTMP | PC_RELATIVE},
    {OP_MOVB, "", {C(C_SYMODD), R}, "6: larl %r10,{1:even}; 6: {op} {2},1(%r10)", USES_REGTMP | PC_RELATIVE},
    {OP_MOVB, "", {R, C(C_SYM)}, "6: larl %r10,{2:sym}; 4: stc {1},0(%r10)", USES_REGTMP | PC_RELATIVE},
    {OP_MOVB, "", {R, C(C_SYMODD)}, "6: larl %r10,{2:even}; 4: stc {1},1(%r10)", USES_REGTMP | PC_RELATIVE},

    /* moves: memory */
    LOADS(OP_MOVD, R), LOADS(OP_MOVI, R), LOADS(OP_MOVB, R), LOADS(OP_MOVREV, R),
    STORES(OP_MOVD, R), SHORT_STORES(OP_MOVI, R), SHORT_STORES(OP_MOVB, R), STORES(OP_MOVREV, R),
    {OP_MOVD, "", {C(C_S16), C(C_M12)}, "6: {1:mvi} {2},{1}", 0},
    {OP_MOVD, "", {C(C_S16), C(C_M20)}, "6: lay %r10,{2}; 6: {1:mvi} 0(%r10),{1}", USES_REGTMP},
    {OP_MOVD, "", {C(C_S16), C(C_MBIG)}, FAR_MEM("2") "4: la %r10,0(%r10,{2:base}); 6: {1:mvi} 0(%r10),{1}",
        USES_REGTMP},
    {OP_MOVI, "", {C(C_S16), C(C_M12)}, "6: {1:mvi} {2},{1}", 0},
    {OP_MOVI, "", {C(C_S16), C(C_M20)}, "6: lay %r10,{2}; 6: {1:mvi} 0(%r10),{1}", USES_REGTMP},
    {OP_MOVI, "", {C(C_S16), C(C_MBIG)}, FAR_MEM("2") "4: la %r10,0(%r10,{2:base}); 6: {1:mvi} 0(%r10),{1}",
        USES_REGTMP},
    {OP_MOVB, "", {C(C_S16), C(C_M12)}, "4: mvi {2},{1:u8}", 0},
    /* Go asks for REGTMP before it sees that MVIY does without: marked unsafe all the same */
    {OP_MOVB, "", {C(C_S16), C(C_M20)}, "6: mviy {2},{1:u8}", USES_REGTMP},
    {OP_MOVB, "", {C(C_S16), C(C_MBIG)}, FAR_MEM("2") "4: la %r10,0(%r10,{2:base}); 4: mvi 0(%r10),{1:u8}",
        USES_REGTMP},
    {OP_FMOV, "", {F, F}, "2: ldr {2},{1}", 0},
    {OP_FMOV, "", {C(C_ZERO), F}, "4: {op3} {2}", 0},
    {OP_FMOV, "", {C(C_LITERAL), F}, "6: larl %r10,{1:literal}; 4: {op} {2},0(%r10)", USES_REGTMP},
    {OP_FMOV, "", {C(C_SYM), F}, "6: larl %r10,{1:sym}; 4: {op} {2},0(%r10)", USES_REGTMP | PC_RELATIVE},
    {OP_FMOV, "", {F, C(C_SYM)}, "6: larl %r10,{2:sym}; 4: {op2} {1},0(%r10)", USES_REGTMP | PC_RELATIVE},
    SHORT_LOADS(OP_FMOV, F), SHORT_STORES(OP_FMOV, F),

    /* addition, subtraction, multiplication */
    {OP_ADD, "", {R, OPT(R), R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_S16), OPT(C(C_SAME)), R}, "4: {op}hi {t},{1}", 0},
    {OP_ADD, "", {C(C_S16), R, R}, "6: {op}hik {t},{m},{1}", 0},
    {OP_ADD, "", {C(C_S32), OPT(C(C_SAME)), R}, "6: {op}fi {t},{1}", 0},
    {OP_ADD, "", {C(C_S32), R, R}, "4: lgr {t},{m}; 6: {op}fi {t},{1}", 0},
    {OP_SUB, "", {R, R}, "4: {op}r {2},{1}", 0},
    {OP_SUB, "", {R, R, R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_SUB, "", {C(C_NEGS16), OPT(C(C_SAME)), R}, "4: aghi {t},{1:neg}", 0},
    {OP_SUB, "", {C(C_NEGS16), R, R}, "6: aghik {t},{m},{1:neg}", 0},
    {OP_SUB, "", {C(C_NEGS32), OPT(C(C_SAME)), R}, "6: agfi {t},{1:neg}", 0},
    {OP_SUB, "", {C(C_NEGS32), R, R}, "4: lgr {t},{m}; 6: agfi {t},{1:neg}", 0},
    {OP_SUB, "", {C(C_S32), OPT(R), R}, "6: lgfi %r10,{1}; 4: slgrk {t},{m},%r10", USES_REGTMP},
    LOADS(OP_ADD, R), LOADS(OP_SUB, R),
    {OP_ADDW, "", {R, OPT(C(C_SAME)), R}, "2: {op}r {t},{1}", 0},
    {OP_ADDW, "", {R, R, R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_ADDW, "", {C(C_S16), OPT(C(C_SAME)), R}, "4: {op}hi {t},{1}", 0},
    {OP_ADDW, "", {C(C_S16), R, R}, "6: {op}hik {t},{m},{1}", 0},
    {OP_ADDW, "", {C(C_S32), OPT(C(C_SAME)), R}, "6: {op}fi {t},{1}", 0},
    {OP_ADDW, "", {C(C_S32), R, R}, "2: lr {t},{m}; 6: {op}fi {t},{1}", 0},
    {OP_SUBW, "", {R, R}, "2: {op}r {2},{1}", 0},
    {OP_SUBW, "", {R, R, R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_SUBW, "", {C(C_W32), OPT(C(C_SAME)), R}, "6: slfi {t},{1:u32}", 0},
    {OP_SUBW, "", {C(C_W32), R, R}, "2: lr {t},{m}; 6: slfi {t},{1:u32}", 0},
    SHORT_LOADS(OP_ADDW, R), SHORT_LOADS(OP_SUBW, R),
    {OP_ADDC, "", {R, OPT(R), R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_ADDC, "", {C(C_S16), OPT(R), R}, "6: alghsik {t},{m},{1}", 0},
    {OP_ADDC, "", {C(C_U32), OPT(C(C_SAME)), R}, "6: {op}fi {t},{1:u32}", 0},
    {OP_ADDC, "", {C(C_U32), R, R}, "4: lgr {t},{m}; 6: {op}fi {t},{1:u32}", 0},
    {OP_SUBC, "", {R, R}, "4: {op}r {2},{1}", 0},
    {OP_SUBC, "", {R, R, R}, "4: {op}rk {t},{m},{1}", 0},
    {OP_SUBC, "", {C(C_NEGS16), OPT(R), R}, "6: alghsik {t},{m},{1:neg}", 0},
    LOADS(OP_ADDC, R), LOADS(OP_SUBC, R),
    IN_PLACE(OP_ADDE, "{op}", "4: {op} {3},{2}"),
    {OP_SUBE, "", {R, OPT(C(C_SAME)), R}, "4: {op}r {t},{1}", 0},
    {OP_SUBE, "", {C(C_SAME), R, R}, "4: lgr %r10,{1}; 4: lgr {3},{2}; 4: {op}r {3},%r10", USES_REGTMP},
    {OP_SUBE, "", {R, R, R}, "4: lgr {3},{2}; 4: {op}r {3},{1}", 0},
    LOADS(OP_SUBE, R),
    IN_PLACE(OP_MULL, "{op}r", "4: {op}r {3},{2}"),
    {OP_MULL, "", {C(C_S16), OPT(C(C_SAME)), R}, "4: mghi {t},{1}", 0},
    {OP_MULL, "", {C(C_S16), R, R}, "4: lgr {t},{m}; 4: mghi {t},{1}", 0},
    {OP_MULL, "", {C(C_S32), OPT(C(C_SAME)), R}, "6: {op}fi {t},{1}", 0},
    {OP_MULL, "", {C(C_S32), R, R}, "4: lgr {t},{m}; 6: {op}fi {t},{1}", 0},
    LOADS(OP_MULL, R),
    IN_PLACE(OP_MULLW, "msgfr", "4: msgfr {3},{2}"),
    {OP_MULLW, "", {C(C_S16), OPT(C(C_SAME)), R}, "4: mhi {t},{1}", 0},
    {OP_MULLW, "", {C(C_S16), R, R}, "2: lr {t},{m}; 4: mhi {t},{1}", 0},
    {OP_MULLW, "", {C(C_S32), OPT(C(C_SAME)), R}, "6: {op}fi {t},{1}", 0},
    {OP_MULLW, "", {C(C_S32), R, R}, "2: lr {t},{m}; 6: {op}fi {t},{1}", 0},
    SHORT_LOADS(OP_MULLW, R),
    {OP_UNARY, "", {R | F, R | F}, "4: {op} {2},{1}", 0},
    {OP_UNARY, "", {R}, "4: {op} {1},{1}", 0},
    {OP_EVEN, "", {R, C(C_EVEN)}, "4: {op} {2},{1}", 0},
    DIVIDE(OP_DIV, "", "%r11"), DIVIDE(OP_DIVU, "4: lghi %r10,0; ", "%r11"),
    DIVIDE(OP_MOD, "", "%r10"), DIVIDE(OP_MODU, "4: lghi %r10,0; ", "%r10"),
    {OP_MULHDU, "", {R, OPT(R), R}, "4: lgr %r11,{m}; 4: {op} %r10,{1}; 4: lgr {t},%r10", USES_REGTMP},
    {OP_MULHD, "", {R, OPT(R), R},
     "4: lgr %r11,{m}; 4: {op} %r10,{1}; 6: srag %r11,{1},63; 4: ngr %r11,{m}; 4: sgr %r10,%r11; "
     "6: srag %r11,{m},63; 4: ngr %r11,{1}; 4: sgrk {t},%r10,%r11", USES_REGTMP},

    /* logic, shifts */
    {OP_AND, "", {C(C_N16), R}, "4: nill {2},{1:lo16}", 0},
    {OP_AND, "", {C(C_N32), R}, "6: nilf {2},{1:u32}", 0},
    {OP_OR, "", {C(C_U16), R}, "4: oill {2},{1}", 0},
    {OP_OR, "", {C(C_U32), R}, "6: oilf {2},{1:u32}", 0},
    {OP_XOR, "", {C(C_U32), R}, "6: xilf {2},{1:u32}", 0},
#define LOGIC(op) \
    {op, "", {C(C_S32), R}, "6: lgfi %r10,{1}; 4: {op}r {2},%r10", USES_REGTMP}, \
    {op, "", {R, R}, "4: {op}r {2},{1}", 0}, \
    {op, "", {R, R, R}, "4: {op}rk {3},{1},{2}", 0}, \
    LOADS(op, R)
    LOGIC(OP_AND), LOGIC(OP_OR), LOGIC(OP_XOR),
    {OP_ANDW, "", {C(C_HIONES), R}, "4: nill {2},{1:lo16}", 0},
    {OP_ANDW, "", {C(C_LOONES), R}, "4: nilh {2},{1:hi16}", 0},
    {OP_ORW, "", {C(C_HIZERO), R}, "4: oill {2},{1:lo16}", 0},
    {OP_ORW, "", {C(C_LOZERO), R}, "4: oilh {2},{1:hi16}", 0},
#define LOGICW(op) \
    {op, "", {C(C_W32), R}, "6: {op}ilf {2},{1:u32}", 0}, \
    {op, "", {R, R}, "2: {op}r {2},{1}", 0}, \
    {op, "", {R, R, R}, "4: {op}rk {3},{1},{2}", 0}, \
    SHORT_LOADS(op, R)
    LOGICW(OP_ANDW), LOGICW(OP_ORW), LOGICW(OP_XORW),
    {OP_SHIFT, "", {C(C_U16), OPT(R), R}, "6: {op} {t},{m},{1}", 0},
    {OP_SHIFT, "", {R, OPT(R), R}, "6: {op} {t},{m},0({1})", 0},
    {OP_ROTATE, "", {C(C_U8), C(C_U8), C(C_U8), R, R}, "6: {op} {5},{4},{1},{2},{3}", 0},

    /* comparison, condition code */
    {OP_CMP, "", {R, R}, "4: {op}r {1},{2}", 0},
    {OP_CMP, "", {R, C(C_S16)}, "4: {op}hi {1},{2}", 0},
    {OP_CMP, "", {R, C(C_S32)}, "6: {op}fi {1},{2}", 0},
    {OP_CMPU, "", {R, R}, "4: {op}r {1},{2}", 0},
    {OP_CMPU, "", {R, C(C_U32)}, "6: {op}fi {1},{2:u32}", 0},
    {OP_CMPW, "", {R, R}, "2: {op}r {1},{2}", 0},
    {OP_CMPW, "", {R, C(C_S16)}, "4: {op}hi {1},{2}", 0},
    {OP_CMPW, "", {R, C(C_S32)}, "6: {op}fi {1},{2}", 0},
    {OP_CMPWU, "", {R, R}, "2: {op}r {1},{2}", 0},
    {OP_CMPWU, "", {R, C(C_U32)}, "6: {op}fi {1},{2:u32}", 0},
    {OP_COMPARE, "", {F, F}, "4: {op} {1},{2}", 0},
    {OP_TM, "", {R, C(C_U16)}, "4: {op} {1},{2}", 0},
    {OP_IPM, "", {R}, "4: {op} {1}", 0},
    {OP_SPM, "", {R}, "2: {op} {1}", 0},
    {OP_LOC, "", {R, R}, "4: locgr {2},{1},{op}", 0},

    /* floating point */
    {OP_FARITH, "", {F, F}, "4: {op} {2},{1}", 0},
    {OP_FARITH, "", {V, V}, "6: {op} {2},{1}", 0},
    {OP_FMADD, "", {F, F, F}, "4: {op} {3},{1},{2}", 0},
    {OP_FROM_INT, "", {R, F}, "4: {op} {2},0,{1},0", 0},
    {OP_TO_INT, "", {F, R}, "4: {op} {2},5,{1},0", 0},
    {OP_FROUND, "", {C(C_U8), F, F}, "4: {op} {3},{1},{2}", 0},
    {OP_FCLASS, "", {F, C(C_U16)}, "6: {op} {1},{2}", 0},

    /* storage to storage, multiple, interlocked */
    {OP_SS, "", {C(C_LEN), C(C_M12), C(C_M12)}, "6: {op} {3:ss},{2}", 0},
    {OP_SS, "", {C(C_LEN), C(C_MSAME), C(C_MFAR)}, DEST_FAR "6: {op} 0({1},%r10),0(%r10)", USES_REGTMP},
    {OP_SS, "", {C(C_LEN), C(C_M12), C(C_MFAR)}, DEST_FAR "6: {op} 0({1},%r10),{2}", USES_REGTMP},
    {OP_SS, "", {C(C_LEN), C(C_MFAR), C(C_M12)}, SOURCE_FAR "6: {op} {3:ss},0(%r11)", 0},
    {OP_SS, "", {C(C_LEN), C(C_MFAR), C(C_MFAR)}, DEST_FAR SOURCE_FAR "6: {op} 0({1},%r10),0(%r11)",
        USES_REGTMP},
    {OP_CLC, "", {C(C_LEN), C(C_M12), C(C_M12)}, "6: {op} {2:ss},{3}", 0},
    {OP_CLC, "", {C(C_LEN), C(C_MSAME), C(C_MFAR)}, DEST_FAR "6: {op} 0({1},%r10),0(%r10)", USES_REGTMP},
    {OP_CLC, "", {C(C_LEN), C(C_M12), C(C_MFAR)}, DEST_FAR "6: {op} {2:ss},0(%r10)", USES_REGTMP},
    {OP_CLC, "", {C(C_LEN), C(C_MFAR), C(C_M12)}, SOURCE_FAR "6: {op} 0({1},%r11),{3}", 0},
    {OP_CLC, "", {C(C_LEN), C(C_MFAR), C(C_MFAR)}, DEST_FAR SOURCE_FAR "6: {op} 0({1},%r11),0(%r10)",
        USES_REGTMP},
    {OP_CLEAR, "", {C(C_CON), C(C_CLEAR12)}, "@clear {1:value},{2:value},{2:base}", 0},
    {OP_CLEAR, "", {C(C_CON), C(C_M20) | C(C_MBIG)}, "@clear {1:value},{2:value},{2:base}", USES_REGTMP},
#define FAR_BASE(n) "4: lgr %r10,{" n ":base}; 6: agfi %r10,{" n ":value}; "
    {OP_LM, "", {C(C_M20), R, R}, "6: {op} {2},{3},{1}", 0},
    {OP_LM, "", {C(C_MBIG), R, R}, FAR_BASE("1") "6: {op} {2},{3},0(%r10)", USES_REGTMP},
    {OP_STM, "", {R, R, C(C_M20)}, "6: {op} {1},{2},{3}", 0},
    {OP_STM, "", {R, R, C(C_MBIG)}, FAR_BASE("3") "6: {op} {1},{2},0(%r10)", USES_REGTMP},
    {OP_LMY, "", {C(C_M12), R, R}, "4: {op} {2},{3},{1}", 0},
    {OP_LMY, "", {C(C_M20), R, R}, "6: {op}y {2},{3},{1}", 0},
    {OP_LMY, "", {C(C_MBIG), R, R}, FAR_BASE("1") "4: {op} {2},{3},0(%r10)", USES_REGTMP},
    {OP_STMY, "", {R, R, C(C_M12)}, "4: {op} {1},{2},{3}", 0},
    {OP_STMY, "", {R, R, C(C_M20)}, "6: {op}y {1},{2},{3}", 0},
    {OP_STMY, "", {R, R, C(C_MBIG)}, FAR_BASE("3") "4: {op} {1},{2},0(%r10)", USES_REGTMP},
    {OP_LOADOP, "", {R, R, C(C_M20)}, "6: {op} {2},{1},{3}", 0},
    {OP_CS, "", {R, R, C(C_M12)}, "4: {op} {1},{2},{3}", 0},
    {OP_CSG, "", {R, R, C(C_M12)}, "6: {op} {1},{2},{3}", 0},
    {OP_LA, "", {C(C_MX12), R}, "4: {op} {2},{1}", 0},
    {OP_LAY, "", {C(C_MX20), R}, "6: {op} {2},{1}", 0},

    /* branches */
    {OP_BCOND, "", {C(C_TARGET)}, "4: brc {op},{1}", IS_BRANCH},
    {OP_B, "", {C(C_TARGET)}, "4: {op} {1}", IS_BRANCH},
    {OP_B, "", {R | C(C_MEM0)}, "2: br {1:base}", IS_BRANCH},
    {OP_RET, "", {0}, "2: br %r14", IS_BRANCH},
    {OP_CALL, "", {C(C_SYM)}, "6: {op} %r14,{1:sym}", IS_BRANCH | PC_RELATIVE},
    {OP_CALL, "", {C(C_TARGET)}, "6: {op} %r14,{1}", IS_BRANCH | PC_RELATIVE},
    {OP_CALL, "", {R | C(C_MEM0)}, "2: basr %r14,{1:base}", IS_BRANCH | PC_RELATIVE},
    {OP_CMPB, "", {R, R, C(C_TARGET)}, "6: cgrj {1},{2},{op},{3}", IS_BRANCH},
    {OP_CMPB, "", {R, C(C_S8), C(C_TARGET)}, "6: cgij {1},{2},{op},{3}", IS_BRANCH},
    {OP_CMPUB, "", {R, R, C(C_TARGET)}, "6: clgrj {1},{2},{op},{3}", IS_BRANCH},
    {OP_CMPUB, "", {R, C(C_U8), C(C_TARGET)}, "6: clgij {1},{2},{op},{3}", IS_BRANCH},
    {OP_COUNT, "", {R, C(C_TARGET)}, "4: {op} {1},{2}", IS_BRANCH},
    {OP_FIXED2, "", {0}, "2: {op}", 0},
    {OP_UNDEF, "", {0}, "~4: {op}", 0}, /* never executed, so that no signal reports it */

    /* vectors */
    {OP_VLOAD, "", {C(C_MX12), V}, "6: {op} {2},{1}", 0},
    {OP_VSTORE, "", {V, C(C_MX12)}, "6: {op} {1},{2}", 0},
    {OP_VLM, "", {C(C_M12), V, V}, "6: {op} {2},{3},{1}", 0},
    {OP_VSTM, "", {V, V, C(C_M12)}, "6: {op} {1},{2},{3}", 0},
    {OP_VARITH, "", {V, OPT(V), V}, "6: {op} {t},{1},{m}", 0},
    {OP_VSUB, "", {V, OPT(V), V}, "6: {op} {t},{m},{1}", 0},
    {OP_VELEMENT, "", {C(C_U8), R | V, R | V}, "6: {op} {3},{2},{1}", 0},
    {OP_VSET, "", {V}, "6: {op} {1}", 0},
    {0},
};
/* clang-format on */

const struct asm_arch asm_arch_s390x = {
    .target = &target_s390x,
    .sp_rules = s390x_sp_rules,
    .nop = "nopr",
    .regs = s390x_regs,
    .ops = s390x_ops,
    .optab = optab,
    .classify = s390x_classify,
    .format = s390x_format,
    .macro = s390x_macro,
    .is_unsafe_point = s390x_is_unsafe_point,
};
