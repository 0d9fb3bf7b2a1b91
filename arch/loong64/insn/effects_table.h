/* loong64: what each instruction does with its fields (LoongArch Reference Manual, volume 1, version 1.10).
 * In order of their values; masks are prefixes, so the last row whose value is not above the word is the only
 * one that can be its own. Of the vector extensions, LSX and LASX, loads and stores, and what Go's compiler
 * emits. Included by effects.c and the test of it. */
#ifndef EVERYPC_LOONG64_EFFECTS_TABLE_H
#define EVERYPC_LOONG64_EFFECTS_TABLE_H

#include <stdint.h>

/* What is to be done beside noting the fields' roles. */
/* clang-format off */
enum kind {
    PLAIN,
    /* a value that can be followed */
    LOAD_UPPER, ADD_PC2, ADD_PC12, ADD_PC18, ADD_PAGE, ADD_IMM, ADD_IMM16, ADDW_IMM, AND_IMM, OR_IMM, XOR_IMM,
    SHIFT_LEFT, ADD, SUB, AND, OR,
    /* memory: a signed offset of 12 bits, of 14 in words, or a register; FULL_LOAD fills a general one */
    LOAD, FULL_LOAD, STORE, LOAD14, FULL_LOAD14, STORE14, LOADX, FULL_LOADX, STOREX,
    LINKED, CONDITIONAL, ATOMIC,
    /* control; BRANCH_EQ is taken where its registers are the same one */
    BRANCH16, BRANCH21, BRANCH_EQ, JUMP, CALL, JUMP_REG, SYSCALL, TRAP,
    /* BSTRINS.W or BSTRPICK.W; FCSR and its parts */
    BITS32, SET_FCSR, GET_FCSR,
};

/* R: general, F: floating point, C: condition flag, V: vector's upper half, X: LASX's. D is rd, J is rj and
 * so on. D and JW are written, DT in part; what else there is, is read. */
enum role {
    RD = 1 << 0, RDR = 1 << 1, RJ = 1 << 2, RJW = 1 << 3, RK = 1 << 4,
    FD = 1 << 5, FDT = 1 << 6, FDR = 1 << 7, FJ = 1 << 8, FK = 1 << 9, FA = 1 << 10,
    CD = 1 << 11, CJ = 1 << 12, CA = 1 << 13,
    VD = 1 << 14, VDR = 1 << 15, XD = 1 << 16, XDR = 1 << 17,
    FLAGS = 1 << 18, /* raises exception flags in fcsr */
    VJ = 1 << 19, VK = 1 << 20, CLEARS = 1 << 21, /* reads nothing where J and K are the same register */
    /* the vector's halves have nothing to do with each other: that of J goes to that of D alone */
    LANES = 1 << 22,
};

struct row {
    uint32_t value, mask;
    uint8_t kind;
    uint32_t roles;
    uint8_t size; /* bytes of memory */
};

static const struct row rows[] = {
    {0x00001000, 0xfffffc00, PLAIN, RD | RJ, 0}, /* clo.w */
    {0x00001400, 0xfffffc00, PLAIN, RD | RJ, 0}, /* clz.w */
    {0x00001800, 0xfffffc00, PLAIN, RD | RJ, 0}, /* cto.w */
    {0x00001c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* ctz.w */
    {0x00002000, 0xfffffc00, PLAIN, RD | RJ, 0}, /* clo.d */
    {0x00002400, 0xfffffc00, PLAIN, RD | RJ, 0}, /* clz.d */
    {0x00002800, 0xfffffc00, PLAIN, RD | RJ, 0}, /* cto.d */
    {0x00002c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* ctz.d */
    {0x00003000, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revb.2h */
    {0x00003400, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revb.4h */
    {0x00003800, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revb.2w */
    {0x00003c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revb.d */
    {0x00004000, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revh.2w */
    {0x00004400, 0xfffffc00, PLAIN, RD | RJ, 0}, /* revh.d */
    {0x00004800, 0xfffffc00, PLAIN, RD | RJ, 0}, /* bitrev.4b */
    {0x00004c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* bitrev.8b */
    {0x00005000, 0xfffffc00, PLAIN, RD | RJ, 0}, /* bitrev.w */
    {0x00005400, 0xfffffc00, PLAIN, RD | RJ, 0}, /* bitrev.d */
    {0x00005800, 0xfffffc00, PLAIN, RD | RJ, 0}, /* ext.w.h */
    {0x00005c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* ext.w.b */
    {0x00006000, 0xfffffc00, PLAIN, RD | RJW, 0}, /* rdtimel.w */
    {0x00006400, 0xfffffc00, PLAIN, RD | RJW, 0}, /* rdtimeh.w */
    {0x00006800, 0xfffffc00, PLAIN, RD | RJW, 0}, /* rdtime.d */
    {0x00006c00, 0xfffffc00, PLAIN, RD | RJ, 0}, /* cpucfg */
    {0x00010000, 0xffff8000, PLAIN, RJ | RK, 0}, /* asrtle.d */
    {0x00018000, 0xffff8000, PLAIN, RJ | RK, 0}, /* asrtgt.d */
    {0x00040000, 0xfffe0000, PLAIN, RD | RJ | RK, 0}, /* alsl.w */
    {0x00060000, 0xfffe0000, PLAIN, RD | RJ | RK, 0}, /* alsl.wu */
    {0x00080000, 0xfffe0000, PLAIN, RD | RJ | RK, 0}, /* bytepick.w */
    {0x000c0000, 0xfffc0000, PLAIN, RD | RJ | RK, 0}, /* bytepick.d */
    {0x00100000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* add.w */
    {0x00108000, 0xffff8000, ADD, RD | RJ | RK, 0}, /* add.d */
    {0x00110000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sub.w */
    {0x00118000, 0xffff8000, SUB, RD | RJ | RK, 0}, /* sub.d */
    {0x00120000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* slt */
    {0x00128000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sltu */
    {0x00130000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* maskeqz */
    {0x00138000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* masknez */
    {0x00140000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* nor */
    {0x00148000, 0xffff8000, AND, RD | RJ | RK, 0}, /* and */
    {0x00150000, 0xffff8000, OR, RD | RJ | RK, 0}, /* or */
    {0x00158000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* xor */
    {0x00160000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* orn */
    {0x00168000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* andn */
    {0x00170000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sll.w */
    {0x00178000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* srl.w */
    {0x00180000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sra.w */
    {0x00188000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sll.d */
    {0x00190000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* srl.d */
    {0x00198000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* sra.d */
    {0x001b0000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* rotr.w */
    {0x001b8000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* rotr.d */
    {0x001c0000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mul.w */
    {0x001c8000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulh.w */
    {0x001d0000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulh.wu */
    {0x001d8000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mul.d */
    {0x001e0000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulh.d */
    {0x001e8000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulh.du */
    {0x001f0000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulw.d.w */
    {0x001f8000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mulw.d.wu */
    {0x00200000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* div.w */
    {0x00208000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mod.w */
    {0x00210000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* div.wu */
    {0x00218000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mod.wu */
    {0x00220000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* div.d */
    {0x00228000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mod.d */
    {0x00230000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* div.du */
    {0x00238000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* mod.du */
    {0x00240000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crc.w.b.w */
    {0x00248000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crc.w.h.w */
    {0x00250000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crc.w.w.w */
    {0x00258000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crc.w.d.w */
    {0x00260000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crcc.w.b.w */
    {0x00268000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crcc.w.h.w */
    {0x00270000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crcc.w.w.w */
    {0x00278000, 0xffff8000, PLAIN, RD | RJ | RK, 0}, /* crcc.w.d.w */
    {0x002a0000, 0xffff8000, TRAP, 0, 0}, /* break */
    {0x002b0000, 0xffff8000, SYSCALL, 0, 0}, /* syscall */
    {0x002c0000, 0xfffe0000, PLAIN, RD | RJ | RK, 0}, /* alsl.d */
    {0x00408000, 0xffff8000, PLAIN, RD | RJ, 0}, /* slli.w */
    {0x00410000, 0xffff0000, SHIFT_LEFT, RD | RJ, 0}, /* slli.d */
    {0x00448000, 0xffff8000, PLAIN, RD | RJ, 0}, /* srli.w */
    {0x00450000, 0xffff0000, PLAIN, RD | RJ, 0}, /* srli.d */
    {0x00488000, 0xffff8000, PLAIN, RD | RJ, 0}, /* srai.w */
    {0x00490000, 0xffff0000, PLAIN, RD | RJ, 0}, /* srai.d */
    {0x004c8000, 0xffff8000, PLAIN, RD | RJ, 0}, /* rotri.w */
    {0x004d0000, 0xffff0000, PLAIN, RD | RJ, 0}, /* rotri.d */
    {0x00600000, 0xffe00000, BITS32, RJ, 0}, /* bstrins.w, bstrpick.w */
    {0x00800000, 0xffc00000, PLAIN, RD | RDR | RJ, 0}, /* bstrins.d */
    {0x00c00000, 0xffc00000, PLAIN, RD | RJ, 0}, /* bstrpick.d */
    {0x01008000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fadd.s */
    {0x01010000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fadd.d */
    {0x01028000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fsub.s */
    {0x01030000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fsub.d */
    {0x01048000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmul.s */
    {0x01050000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmul.d */
    {0x01068000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fdiv.s */
    {0x01070000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fdiv.d */
    {0x01088000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmax.s */
    {0x01090000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmax.d */
    {0x010a8000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmin.s */
    {0x010b0000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmin.d */
    {0x010c8000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmaxa.s */
    {0x010d0000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmaxa.d */
    {0x010e8000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmina.s */
    {0x010f0000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fmina.d */
    {0x01108000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fscaleb.s */
    {0x01110000, 0xffff8000, PLAIN, FD | FJ | FK | FLAGS, 0}, /* fscaleb.d */
    {0x01128000, 0xffff8000, PLAIN, FD | FJ | FK, 0}, /* fcopysign.s */
    {0x01130000, 0xffff8000, PLAIN, FD | FJ | FK, 0}, /* fcopysign.d */
    {0x01140400, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fabs.s */
    {0x01140800, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fabs.d */
    {0x01141400, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fneg.s */
    {0x01141800, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fneg.d */
    {0x01142400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* flogb.s */
    {0x01142800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* flogb.d */
    {0x01143400, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fclass.s */
    {0x01143800, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fclass.d */
    {0x01144400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* fsqrt.s */
    {0x01144800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* fsqrt.d */
    {0x01145400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frecip.s */
    {0x01145800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frecip.d */
    {0x01146400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frsqrt.s */
    {0x01146800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frsqrt.d */
    {0x01147400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frecipe.s */
    {0x01147800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frecipe.d */
    {0x01148400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frsqrte.s */
    {0x01148800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frsqrte.d */
    {0x01149400, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fmov.s */
    {0x01149800, 0xfffffc00, PLAIN, FD | FJ, 0}, /* fmov.d */
    {0x0114a400, 0xfffffc00, PLAIN, FDT | RJ, 0}, /* movgr2fr.w */
    {0x0114a800, 0xfffffc00, PLAIN, FD | RJ, 0}, /* movgr2fr.d */
    {0x0114ac00, 0xfffffc00, PLAIN, FDT | RJ, 0}, /* movgr2frh.w */
    {0x0114b400, 0xfffffc00, PLAIN, RD | FJ, 0}, /* movfr2gr.s */
    {0x0114b800, 0xfffffc00, PLAIN, RD | FJ, 0}, /* movfr2gr.d */
    {0x0114bc00, 0xfffffc00, PLAIN, RD | FJ, 0}, /* movfrh2gr.s */
    {0x0114c000, 0xfffffc00, SET_FCSR, RJ, 0}, /* movgr2fcsr */
    {0x0114c800, 0xfffffc00, GET_FCSR, RD, 0}, /* movfcsr2gr */
    {0x0114d000, 0xfffffc00, PLAIN, CD | FJ, 0}, /* movfr2cf */
    {0x0114d400, 0xfffffc00, PLAIN, FD | CJ, 0}, /* movcf2fr */
    {0x0114d800, 0xfffffc00, PLAIN, CD | RJ, 0}, /* movgr2cf */
    {0x0114dc00, 0xfffffc00, PLAIN, RD | CJ, 0}, /* movcf2gr */
    {0x01191800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* fcvt.s.d */
    {0x01192400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* fcvt.d.s */
    {0x011a0400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrm.w.s */
    {0x011a0800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrm.w.d */
    {0x011a2400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrm.l.s */
    {0x011a2800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrm.l.d */
    {0x011a4400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrp.w.s */
    {0x011a4800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrp.w.d */
    {0x011a6400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrp.l.s */
    {0x011a6800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrp.l.d */
    {0x011a8400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrz.w.s */
    {0x011a8800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrz.w.d */
    {0x011aa400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrz.l.s */
    {0x011aa800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrz.l.d */
    {0x011ac400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrne.w.s */
    {0x011ac800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrne.w.d */
    {0x011ae400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrne.l.s */
    {0x011ae800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftintrne.l.d */
    {0x011b0400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftint.w.s */
    {0x011b0800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftint.w.d */
    {0x011b2400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftint.l.s */
    {0x011b2800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ftint.l.d */
    {0x011d1000, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ffint.s.w */
    {0x011d1800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ffint.s.l */
    {0x011d2000, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ffint.d.w */
    {0x011d2800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* ffint.d.l */
    {0x011e4400, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frint.s */
    {0x011e4800, 0xfffffc00, PLAIN, FD | FJ | FLAGS, 0}, /* frint.d */
    {0x02000000, 0xffc00000, PLAIN, RD | RJ, 0}, /* slti */
    {0x02400000, 0xffc00000, PLAIN, RD | RJ, 0}, /* sltui */
    {0x02800000, 0xffc00000, ADDW_IMM, RD | RJ, 0}, /* addi.w */
    {0x02c00000, 0xffc00000, ADD_IMM, RD | RJ, 0}, /* addi.d */
    {0x03000000, 0xffc00000, PLAIN, RD | RJ, 0}, /* lu52i.d */
    {0x03400000, 0xffc00000, AND_IMM, RD | RJ, 0}, /* andi */
    {0x03800000, 0xffc00000, OR_IMM, RD | RJ, 0}, /* ori */
    {0x03c00000, 0xffc00000, XOR_IMM, RD | RJ, 0}, /* xori */
    {0x08100000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fmadd.s */
    {0x08200000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fmadd.d */
    {0x08500000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fmsub.s */
    {0x08600000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fmsub.d */
    {0x08900000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fnmadd.s */
    {0x08a00000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fnmadd.d */
    {0x08d00000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fnmsub.s */
    {0x08e00000, 0xfff00000, PLAIN, FD | FJ | FK | FA | FLAGS, 0}, /* fnmsub.d */
    {0x0c100000, 0xfff00000, PLAIN, CD | FJ | FK | FLAGS, 0}, /* fcmp.s */
    {0x0c200000, 0xfff00000, PLAIN, CD | FJ | FK | FLAGS, 0}, /* fcmp.d */
    {0x0d000000, 0xfffc0000, PLAIN, FD | FJ | FK | CA, 0}, /* fsel */
    {0x10000000, 0xfc000000, ADD_IMM16, RD | RJ, 0}, /* addu16i.d */
    {0x14000000, 0xfe000000, LOAD_UPPER, RD, 0}, /* lu12i.w */
    {0x16000000, 0xfe000000, PLAIN, RD | RDR, 0}, /* lu32i.d */
    {0x18000000, 0xfe000000, ADD_PC2, RD, 0}, /* pcaddi */
    {0x1a000000, 0xfe000000, ADD_PAGE, RD, 0}, /* pcalau12i */
    {0x1c000000, 0xfe000000, ADD_PC12, RD, 0}, /* pcaddu12i */
    {0x1e000000, 0xfe000000, ADD_PC18, RD, 0}, /* pcaddu18i */
    {0x20000000, 0xff000000, LINKED, RD, 4}, /* ll.w */
    {0x21000000, 0xff000000, CONDITIONAL, RD | RDR, 4}, /* sc.w */
    {0x22000000, 0xff000000, LINKED, RD, 8}, /* ll.d */
    {0x23000000, 0xff000000, CONDITIONAL, RD | RDR, 8}, /* sc.d */
    {0x24000000, 0xff000000, LOAD14, RD, 4}, /* ldptr.w */
    {0x25000000, 0xff000000, STORE14, RDR, 4}, /* stptr.w */
    {0x26000000, 0xff000000, FULL_LOAD14, RD, 8}, /* ldptr.d */
    {0x27000000, 0xff000000, STORE14, RDR, 8}, /* stptr.d */
    {0x28000000, 0xffc00000, LOAD, RD, 1}, /* ld.b */
    {0x28400000, 0xffc00000, LOAD, RD, 2}, /* ld.h */
    {0x28800000, 0xffc00000, LOAD, RD, 4}, /* ld.w */
    {0x28c00000, 0xffc00000, FULL_LOAD, RD, 8}, /* ld.d */
    {0x29000000, 0xffc00000, STORE, RDR, 1}, /* st.b */
    {0x29400000, 0xffc00000, STORE, RDR, 2}, /* st.h */
    {0x29800000, 0xffc00000, STORE, RDR, 4}, /* st.w */
    {0x29c00000, 0xffc00000, STORE, RDR, 8}, /* st.d */
    {0x2a000000, 0xffc00000, LOAD, RD, 1}, /* ld.bu */
    {0x2a400000, 0xffc00000, LOAD, RD, 2}, /* ld.hu */
    {0x2a800000, 0xffc00000, LOAD, RD, 4}, /* ld.wu */
    {0x2ac00000, 0xffc00000, PLAIN, RJ, 0}, /* preld */
    {0x2b000000, 0xffc00000, LOAD, FD, 4}, /* fld.s */
    {0x2b400000, 0xffc00000, STORE, FDR, 4}, /* fst.s */
    {0x2b800000, 0xffc00000, LOAD, FD, 8}, /* fld.d */
    {0x2bc00000, 0xffc00000, STORE, FDR, 8}, /* fst.d */
    {0x2c000000, 0xffc00000, LOAD, VD, 16}, /* vld */
    {0x2c400000, 0xffc00000, STORE, VDR, 16}, /* vst */
    {0x2c800000, 0xffc00000, LOAD, VD | XD, 32}, /* xvld */
    {0x2cc00000, 0xffc00000, STORE, VDR | XDR, 32}, /* xvst */
    {0x38000000, 0xffff8000, LOADX, RD, 1}, /* ldx.b */
    {0x38040000, 0xffff8000, LOADX, RD, 2}, /* ldx.h */
    {0x38080000, 0xffff8000, LOADX, RD, 4}, /* ldx.w */
    {0x380c0000, 0xffff8000, FULL_LOADX, RD, 8}, /* ldx.d */
    {0x38100000, 0xffff8000, STOREX, RDR, 1}, /* stx.b */
    {0x38140000, 0xffff8000, STOREX, RDR, 2}, /* stx.h */
    {0x38180000, 0xffff8000, STOREX, RDR, 4}, /* stx.w */
    {0x381c0000, 0xffff8000, STOREX, RDR, 8}, /* stx.d */
    {0x38200000, 0xffff8000, LOADX, RD, 1}, /* ldx.bu */
    {0x38240000, 0xffff8000, LOADX, RD, 2}, /* ldx.hu */
    {0x38280000, 0xffff8000, LOADX, RD, 4}, /* ldx.wu */
    {0x382c0000, 0xffff8000, PLAIN, RJ | RK, 0}, /* preldx */
    {0x38300000, 0xffff8000, LOADX, FD, 4}, /* fldx.s */
    {0x38340000, 0xffff8000, LOADX, FD, 8}, /* fldx.d */
    {0x38380000, 0xffff8000, STOREX, FDR, 4}, /* fstx.s */
    {0x383c0000, 0xffff8000, STOREX, FDR, 8}, /* fstx.d */
    {0x38400000, 0xffff8000, LOADX, VD, 16}, /* vldx */
    {0x38440000, 0xffff8000, STOREX, VDR, 16}, /* vstx */
    {0x38480000, 0xffff8000, LOADX, VD | XD, 32}, /* xvldx */
    {0x384c0000, 0xffff8000, STOREX, VDR | XDR, 32}, /* xvstx */
    {0x38580000, 0xffff8000, ATOMIC, RD | RDR | RK, 1}, /* amcas.b */
    {0x38588000, 0xffff8000, ATOMIC, RD | RDR | RK, 2}, /* amcas.h */
    {0x38590000, 0xffff8000, ATOMIC, RD | RDR | RK, 4}, /* amcas.w */
    {0x38598000, 0xffff8000, ATOMIC, RD | RDR | RK, 8}, /* amcas.d */
    {0x385a0000, 0xffff8000, ATOMIC, RD | RDR | RK, 1}, /* amcas_db.b */
    {0x385a8000, 0xffff8000, ATOMIC, RD | RDR | RK, 2}, /* amcas_db.h */
    {0x385b0000, 0xffff8000, ATOMIC, RD | RDR | RK, 4}, /* amcas_db.w */
    {0x385b8000, 0xffff8000, ATOMIC, RD | RDR | RK, 8}, /* amcas_db.d */
    {0x385c0000, 0xffff8000, ATOMIC, RD | RK, 1}, /* amswap.b */
    {0x385c8000, 0xffff8000, ATOMIC, RD | RK, 2}, /* amswap.h */
    {0x385d0000, 0xffff8000, ATOMIC, RD | RK, 1}, /* amadd.b */
    {0x385d8000, 0xffff8000, ATOMIC, RD | RK, 2}, /* amadd.h */
    {0x385e0000, 0xffff8000, ATOMIC, RD | RK, 1}, /* amswap_db.b */
    {0x385e8000, 0xffff8000, ATOMIC, RD | RK, 2}, /* amswap_db.h */
    {0x385f0000, 0xffff8000, ATOMIC, RD | RK, 1}, /* amadd_db.b */
    {0x385f8000, 0xffff8000, ATOMIC, RD | RK, 2}, /* amadd_db.h */
    {0x38600000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amswap.w */
    {0x38608000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amswap.d */
    {0x38610000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amadd.w */
    {0x38618000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amadd.d */
    {0x38620000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amand.w */
    {0x38628000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amand.d */
    {0x38630000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amor.w */
    {0x38638000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amor.d */
    {0x38640000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amxor.w */
    {0x38648000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amxor.d */
    {0x38650000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammax.w */
    {0x38658000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammax.d */
    {0x38660000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammin.w */
    {0x38668000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammin.d */
    {0x38670000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammax.wu */
    {0x38678000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammax.du */
    {0x38680000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammin.wu */
    {0x38688000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammin.du */
    {0x38690000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amswap_db.w */
    {0x38698000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amswap_db.d */
    {0x386a0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amadd_db.w */
    {0x386a8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amadd_db.d */
    {0x386b0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amand_db.w */
    {0x386b8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amand_db.d */
    {0x386c0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amor_db.w */
    {0x386c8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amor_db.d */
    {0x386d0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* amxor_db.w */
    {0x386d8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* amxor_db.d */
    {0x386e0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammax_db.w */
    {0x386e8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammax_db.d */
    {0x386f0000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammin_db.w */
    {0x386f8000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammin_db.d */
    {0x38700000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammax_db.wu */
    {0x38708000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammax_db.du */
    {0x38710000, 0xffff8000, ATOMIC, RD | RK, 4}, /* ammin_db.wu */
    {0x38718000, 0xffff8000, ATOMIC, RD | RK, 8}, /* ammin_db.du */
    {0x38720000, 0xffff8000, PLAIN, 0, 0}, /* dbar */
    {0x38728000, 0xffff8000, PLAIN, 0, 0}, /* ibar */
    {0x40000000, 0xfc000000, BRANCH21, RJ, 0}, /* beqz */
    {0x44000000, 0xfc000000, BRANCH21, RJ, 0}, /* bnez */
    {0x48000000, 0xfc000000, BRANCH21, CJ, 0}, /* bceqz, bcnez */
    {0x4c000000, 0xfc000000, JUMP_REG, RD | RJ, 0}, /* jirl */
    {0x50000000, 0xfc000000, JUMP, 0, 0}, /* b */
    {0x54000000, 0xfc000000, CALL, 0, 0}, /* bl */
    {0x58000000, 0xfc000000, BRANCH_EQ, RJ | RDR, 0}, /* beq */
    {0x5c000000, 0xfc000000, BRANCH16, RJ | RDR, 0}, /* bne */
    {0x60000000, 0xfc000000, BRANCH16, RJ | RDR, 0}, /* blt */
    {0x64000000, 0xfc000000, BRANCH_EQ, RJ | RDR, 0}, /* bge */
    {0x68000000, 0xfc000000, BRANCH16, RJ | RDR, 0}, /* bltu */
    {0x6c000000, 0xfc000000, BRANCH_EQ, RJ | RDR, 0}, /* bgeu */
    {0x71260000, 0xffff8000, PLAIN, VD | VJ | VK, 0}, /* vand.v */
    {0x71268000, 0xffff8000, PLAIN, VD | VJ | VK, 0}, /* vor.v */
    {0x71270000, 0xffff8000, PLAIN, VD | VJ | VK | CLEARS, 0}, /* vxor.v */
    {0x71278000, 0xffff8000, PLAIN, VD | VJ | VK, 0}, /* vnor.v */
    {0x729c2000, 0xfffffc00, PLAIN, LANES | VD | VJ, 0}, /* vpcnt.b */
    {0x729c2400, 0xfffffc00, PLAIN, LANES | VD | VJ, 0}, /* vpcnt.h */
    {0x729c2800, 0xfffffc00, PLAIN, LANES | VD | VJ, 0}, /* vpcnt.w */
    {0x729c2c00, 0xfffffc00, PLAIN, LANES | VD | VJ, 0}, /* vpcnt.d */
    {0x729d3400, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrint.s */
    {0x729d3800, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrint.d */
    {0x729d4400, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrm.s */
    {0x729d4800, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrm.d */
    {0x729d5400, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrp.s */
    {0x729d5800, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrp.d */
    {0x729d6400, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrz.s */
    {0x729d6800, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrz.d */
    {0x729d7400, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrne.s */
    {0x729d7800, 0xfffffc00, PLAIN, VD | VJ | FLAGS, 0}, /* vfrintrne.d */
};
/* clang-format on */

#endif
