/* What s390x's instructions do: encodings by GNU as, effects by z/Architecture Principles of Operation: each
 * way to move SP, register 0 as no base, even-odd pairs, 32-bit operations that leave the upper half, masks
 * of branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test/effects_rows.h"
#include "test/listed.h"

#include "../insn/effects_fields.h"
#include "../insn/effects_vector.h"

static const struct effects_row cases[] = {
    {"a5f7ffc0", "nill %r15, 0xffc0", "next; r r15; w r15 cc; r15=r15&0xffffffffffffffc0"},
    {"c0fb7fffffc0", "nilf %r15, 0x7fffffc0", "next; r r15; w cc; p r15; r15=r15&0xffffffff7fffffc0"},
    {"b98000f1", "ngr %r15, %r1", "next; r r1 r15; w r15 cc; r15=r15&r1"},
    {"a7fbffe8", "aghi %r15, -0x18", "next; r r15; w r15 cc; r15=r15-0x18"},
    {"ec1ffff000d9", "aghik %r1, %r15, -0x10", "next; r r15; w r1 cc; r1=r15-0x10"},
    {"c2f800012345", "agfi %r15, 0x12345", "next; r r15; w r15 cc; r15=r15+0x12345"},
    {"e3f0ffe8ff71", "lay %r15, -0x18(%r15)", "next; r r15; w r15; r15=r15-0x18"},
    {"e3f0f000ff71", "lay %r15, -0x1000(%r15)", "next; r r15; w r15; r15=r15-0x1000"},
    {"4130f008", "la %r3, 8(%r15)", "next; r r15; w r3; r3=r15+0x8"},
    {"414f4070", "la %r4, 0x70(%r15, %r4)", "next; r r4 r15; w r4"},
    {"41456000", "la %r4, 0(%r5, %r6)", "next; r r5 r6; w r4; r4=r6+r5"},
    {"b90400bf", "lgr %r11, %r15", "next; r r15; w r11; r11=r15+0x0"},
    {"b90400fb", "lgr %r15, %r11", "next; r r11; w r15; r15=r11+0x0"},
    {"a7a9fffb", "lghi %r10, -5", "next; w r10; r10=0xfffffffffffffffb"},
    {"c0a112345678", "lgfi %r10, 0x12345678", "next; w r10; r10=0x12345678"},
    {"a51e0040", "llilh %r1, 0x40", "next; w r1; r1=0x400000"},
    {"c01effffffff", "llihf %r1, 0xffffffff", "next; w r1; r1=0xffffffff00000000"},
    {"c04faaaaaaab", "llilf %r4, 0xaaaaaaab", "next; w r4; r4=0xaaaaaaab"},
    {"b90800fa", "agr %r15, %r10", "next; r r10 r15; w r15 cc; r15=r15+r10"},
    {"b9e9a0ff", "sgrk %r15, %r15, %r10", "next; r r10 r15; w r15 cc; r15=r15-r10"},
    {"c00000000080", "larl %r0, 0x100", "next; w r0; r0=0x100"},
    {"c01912345678", "iilf %r1, 0x12345678", "next; p r1"},
    {"c01812345678", "iihf %r1, 0x12345678", "next; p r1"},
    {"e3e0ffe8ff24", "stg %r14, -0x18(%r15)", "next; r r14 r15; store 8 [r15-24]"},
    {"e3e0f0000004", "lg %r14, 0(%r15)", "next; r r15; w r14; load 8 [r15]; r14=mem"},
    {"e31b80000004", "lg %r1, 0(%r11, %r8)", "next; r r8 r11; w r1; load 8 [r8+r11*1]; r1=mem"},
    {"e31b80000004", "lg %r1, 0(%r11, %r8)", "next; r r8 r11; w r1; load 8 [r8+r11*1]; r1=mem"},
    {"e31000200024", "stg %r1, 0x20", "next; r r1; store 8 [0x20]"},
    {"58203004", "l %r2, 4(%r3)", "next; r r3; p r2; load 4 [r3+4]"},
    {"e32030040016", "llgf %r2, 4(%r3)", "next; r r3; w r2; load 4 [r3+4]"},
    {"e32340040090", "llgc %r2, 4(%r3, %r4)", "next; r r3 r4; w r2; load 1 [r4+r3*1+4]"},
    {"50203004", "st %r2, 4(%r3)", "next; r r2 r3; store 4 [r3+4]"},
    {"42203000", "stc %r2, 0(%r3)", "next; r r2 r3; store 1 [r3]"},
    {"6010f008", "std %f1, 8(%r15)", "next; r r15 v1.0; store 8 [r15+8]"},
    {"6810f008", "ld %f1, 8(%r15)", "next; r r15; w v1.0; load 8 [r15+8]"},
    {"7810f008", "le %f1, 8(%r15)", "next; r r15; p v1.0; load 4 [r15+8]"},
    {"eb68f0300024", "stmg %r6, %r8, 0x30(%r15)", "next; r r6 r7 r8 r15; store 24 [r15+48]"},
    {"ebe120000004", "lmg %r14, %r1, 0(%r2)", "next; r r2; w r0 r1 r14 r15; load 32 [r2]"},
    {"98123000", "lm %r1, %r2, 0(%r3)", "next; r r3; p r1 r2; load 8 [r3]"},
    {"e548f0100010", "mvghi 0x10(%r15), 0x10", "next; r r15; store 8 [r15+16]"},
    {"92014018", "mvi 0x18(%r4), 1", "next; r r4; store 1 [r4+24]"},
    {"d21f10002008", "mvc 0(0x20, %r1), 8(%r2)", "next; r r1 r2; store 32 [r1]; load 32 [r2+8]"},
    {"d71f10001000", "xc 0(0x20, %r1), 0(%r1)", "next; r r1; w cc; update 32 [r1]; load 32 [r1]"},
    {"d5ff30005000", "clc 0(0x100, %r3), 0(%r5)", "next; r r3 r5; w cc; load 256 [r3]; load 256 [r5]"},
    {"ba076000", "cs %r0, %r7, 0(%r6)", "next, atomic; r r0 r6 r7; w cc; p r0; update 4 [r6]"},
    {"eb0120000030", "csg %r0, %r1, 0(%r2)", "next, atomic; r r0 r1 r2; w r0 cc; update 8 [r2]"},
    {"eb15100000e8", "laag %r1, %r5, 0(%r1)", "next, atomic; r r1 r5; w r1 cc; update 8 [r1]"},
    {"c44800000800", "lgrl %r4, 0x1000", "next; w r4; load 8 [0x1000]; r4=mem"},
    {"c44b00000800", "stgrl %r4, 0x1000", "next; r r4; store 8 [0x1000]"},
    {"b98600ac", "mlgr %r10, %r12", "next; r r11 r12; w r10 r11"},
    {"b90d00a1", "dsgr %r10, %r1", "next; r r1 r11; w r10 r11"},
    {"b98700a4", "dlgr %r10, %r4", "next; r r4 r10 r11; w r10 r11"},
    {"b99700a1", "dlr %r10, %r1", "next; r r1 r10 r11; p r10 r11"},
    {"b983000c", "flogr %r0, %r12", "next; r r12; w r0 r1 cc"},
    {"b24f0040", "ear %r4, %a0", "next, TLS; r a0; p r4"},
    {"b24f0042", "ear %r4, %a2", "next; r a2; p r4"},
    {"eb450020000d", "sllg %r4, %r5, 0x20", "next; r r5; w r4; r4=r5<<0x20"},
    {"eb451000000d", "sllg %r4, %r5, 0(%r1)", "next; r r1 r5; w r4"},
    {"eb12003f000a", "srag %r1, %r2, 0x3f", "next; r r2; w r1 cc"},
    {"ec893dbd0355", "risbg %r8, %r9, 0x3d, 0xbd, 3", "next; r r9; w r8 cc"},
    {"ec893d3d0355", "risbg %r8, %r9, 0x3d, 0x3d, 3", "next; r r8 r9; w r8 cc"},
    {"ec013b3c0357", "rxsbg %r0, %r1, 0x3b, 0x3c, 3", "next; r r0 r1; w r0 cc"},
    {"b9e2809b", "locgre %r9, %r11", "next, conditional; r r11 cc; p r9"},
    {"b22200a0", "ipm %r10", "next; r r10 cc; p r10"},
    {"b2b01000", "stfle 0(%r1)", "next; r r0 r1; w cc; p r0; store 0 [r1]"},
    {"a7a03000", "tmlh %r10, 0x3000", "next; r r10; w cc"},
    {"1a45", "ar %r4, %r5", "next; r r4 r5; w cc; p r4"},
    {"b9f83030", "ark %r3, %r0, %r3", "next; r r0 r3; w cc; p r3"},
    {"b9200001", "cgr %r0, %r1", "next; r r0 r1; w cc"},
    {"ec04004a047c", "cgijl %r0, 4, 0x94", "branch 0x94; r r0"},
    {"ec03fff08064", "cgrje %r0, %r3, -0x20", "branch 0xffffffffffffffe0; r r0 r3"},
    {"c0e500000328", "brasl %r14, 0x650", "call 0x650; w r14"},
    {"0de3", "basr %r14, %r3", "call reg; r r3; w r14"},
    {"07fe", "br %r14", "return; r r14"},
    {"07fa", "br %r10", "jump reg; r r10"},
    {"0700", "bcr 0, %r0", "next"},
    {"077e", "bner %r14", "return, conditional; r r14 cc"},
    {"a7f40010", "j 0x20", "jump 0x20"},
    {"c0f400000010", "jg 0x20", "jump 0x20"},
    {"a7840010", "je 0x20", "branch 0x20; r cc"},
    {"a717fffc", "brctg %r1, -8", "branch 0xfffffffffffffff8; r r1; w r1"},
    {"0a00", "svc 0", "next; r r1 r2 r3 r4 r5 r6 r7; w r2"},
    {"01ff", "trap2", "stop"},
    {"b31a0010", "adbr %f1, %f0", "next; r v0.0 v1.0; w cc v1.0; p fpc"},
    {"b31e1023", "madbr %f1, %f2, %f3", "next; r v1.0 v2.0 v3.0; w v1.0; p fpc"},
    {"b3190001", "cdbr %f0, %f1", "next; r v0.0 v1.0; w cc; p fpc"},
    {"b3a95001", "cgdbr %r0, 5, %f1", "next; r v1.0; w r0 cc; p fpc"},
    {"b3a50002", "cdgbr %f0, %r2", "next; r r2; w v0.0; p fpc"},
    {"b3c10014", "ldgr %f1, %r4", "next; r r4; w v1.0; p fpc"},
    {"b3cd0041", "lgdr %r4, %f1", "next; r v1.0; w r4; p fpc"},
    {"b3750010", "lzdr %f1", "next; w v1.0; p fpc"},
    {"b3120000", "ltdbr %f0, %f0", "next; r v0.0; w cc v0.0; p fpc"},
    {"b25e0012", "srst %r1, %r2", "next; r r0 r1 r2; w r1 r2 cc; update 0 [r1]; load 0 [r2]"},
    {"e70030000806", "vl %v16, 0(%r3)", "next; r r3; w v16.0 v16.1; load 16 [r3]"},
    {"e723400830e3", "wfadb %f2, %f3, %f4", "next; r v3.0 v4.0; w v2.0 v2.1; p fpc"},
    {"e704200830e7", "wfmdb %f0, %f4, %f2", "next; r v2.0 v4.0; w v0.0 v0.1; p fpc"},
    {"e722201830e8", "wfcedbs %f2, %f2, %f2", "next; r v2.0; w cc v2.0 v2.1; p fpc"},
    {"e712000030cb", "wfcdb %f1, %f2", "next; r v1.0 v2.0; w cc; p fpc"},
    {"e712000040cb", "wfcxb %v1, %v2", "next; r v1.0 v1.1 v2.0 v2.1; w cc; p fpc"},
    {"e700101830ee", "wfmindb %f0, %f0, %f1, 1", "next; r v0.0 v1.0; w v0.0 v0.1; p fpc"},
    {"e702101830ee", "wfmindb %f0, %f2, %f1, 1", "next; r v1.0 v2.0; w v0.0 v0.1; p fpc"},
    {"e702101030ee", "vfmindb %v0, %v2, %v1, 1", "next; r v1.0 v1.1 v2.0 v2.1; w v0.0 v0.1; p fpc"},
    {"e702101840ee", "wfminxb %v0, %v2, %v1, 1", "next; r v1.0 v1.1 v2.0 v2.1; w v0.0 v0.1; p fpc"},
    {"e7040308208f", "wfmadb %f0, %f4, %f0, %f2", "next; r v0.0 v2.0 v4.0; w v0.0 v0.1; p fpc"},
    {"e7040300208f", "vfmadb %v0, %v4, %v0, %v2",
     "next; r v0.0 v0.1 v2.0 v2.1 v4.0 v4.1; w v0.0 v0.1; p fpc"},
    {"e7040408208f", "wfmaxb %v0, %v4, %v0, %v2",
     "next; r v0.0 v0.1 v2.0 v2.1 v4.0 v4.1; w v0.0 v0.1; p fpc"},
    {"e712000830ce", "wfsqdb %f1, %f2", "next; r v2.0; w v1.0 v1.1; p fpc"},
    {"e712000830cc", "wflcdb %f1, %f2", "next; r v2.0; w v1.0; p v1.1"},
    {"e7120018304a", "wftcidb %f1, %f2, 1", "next; r v2.0; w cc v1.0; p v1.1"},
    {"ed004000201e", "madb %f2, %f0, 0(%r4)", "next; r r4 v0.0 v2.0; w v2.0; p fpc; load 8 [r4]"},
    {"ed3090a00024", "lde %f3, 0xa0(%r9)", "next; r r9; w v3.0; p fpc; load 4 [r9+160]"},
    {"b92d4024", "kmctr %r2, %r4, %r4", "next; r r0 r1 r2 r4 r5; w r2 r4 r5 cc; update 0 [r2]; load 0 [r4]"},
    {"b9296024", "kma %r2, %r6, %r4",
     "next; r r0 r1 r2 r4 r5 r6 r7; w r2 r4 r5 r6 r7 cc; update 0 [r2]; load 0 [r4]"},
    {"e71230100013", "vgef %v1, 0x10(%v2, %r3), 0", "next; r r3 v2.0 v2.1; p v1.0 v1.1; load 0 [r3+16]"},
    {"e7123010101b", "vscef %v1, 0x10(%v2, %r3), 1", "next; r r3 v1.0 v1.1 v2.0 v2.1; store 0 [r3+16]"},
    {"e71230040072", "verimb %v1, %v2, %v3, 4", "next; r v2.0 v2.1 v3.0 v3.1; p v1.0 v1.1"},
    {"e60000000034", "vpkz %v0, 0, 0", "unknown"},
    {"b9820011", "xgr %r1, %r1", "next; w r1 cc; r1=0x0"},
    {"b9e92012", "sgrk %r1, %r2, %r2", "next; w r1 cc; r1=0x0"},
    {"c68000000080", "exrl %r8, 0x100",
     "next; r r0 r1 r2 r3 r4 r5 r6 r7 r8 r9 r10 r11 r12 r13 r14 r15; p cc"},
    {"0707", "bcr 0, %r7", "next"},
    /* the distinct-operands family, carries, masks, vectors */
    {"ec1ffff000db", "alghsik %r1, %r15, -0x10", "next; r r15; w r1 cc; r1=r15-0x10"},
    {"ec12fff000da", "alhsik %r1, %r2, -0x10", "next; r r2; w cc; p r1"},
    {"e31020080088", "alcg %r1, 8(%r2)", "next; r r1 r2 cc; w r1 cc; load 8 [r2+8]"},
    {"e31230080089", "slbg %r1, 8(%r2, %r3)", "next; r r1 r2 r3 cc; w r1 cc; load 8 [r3+r2*1+8]"},
    {"ed1000000011", "tcdb %f1, 0", "next; r v1.0; w cc; p fpc"},
    {"b3180012", "kdbr %f1, %f2", "next; r v1.0 v2.0; w cc; p fpc"},
    {"0410", "spm %r1", "next; r r1; w cc"},
    {"e71230100006", "vl %v1, 0x10(%r2, %r3)", "next; r r2 r3; w v1.0 v1.1; load 16 [r3+r2*1+16]"},
    {"e710f000080e", "vst %v17, 0(%r15)", "next; r r15 v17.0 v17.1; store 16 [r15]"},
    {"e73450080037", "vll %v3, %r4, 8(%r5)", "next; r r4 r5; w v3.0 v3.1; load 0 [r5+8]"},
    {"e7345008003f", "vstl %v3, %r4, 8(%r5)", "next; r r4 r5 v3.0 v3.1; store 0 [r5+8]"},
    {"e70120000c36", "vlm %v16, %v17, 0(%r2)", "next; r r2; w v16.0 v16.1 v17.0 v17.1; load 32 [r2]"},
    {"e7ef20080c3e", "vstm %v30, %v31, 8(%r2)", "next; r r2 v30.0 v30.1 v31.0 v31.1; store 32 [r2+8]"},
    {"e71200030022", "vlvgb %v1, %r2, 3", "next; r r2; p v1.0 v1.1"},
    {"e71200013421", "vlgvg %r1, %v18, 1", "next; r v18.0 v18.1; w r1"},
    {"e70230000062", "vlvgp %v0, %r2, %r3", "next; r r2 r3; w v0.0 v0.1"},
    {"e7f000000844", "vzero %v31", "next; w v31.0 v31.1"},
    {"e72000050042", "vleig %v2, 5, 0", "next; p v2.0 v2.1"},
    {"e7110003044d", "vrepb %v1, %v17, 3", "next; r v17.0 v17.1; w v1.0 v1.1"},
    {"e712301002f8", "vceqbs %v1, %v2, %v19", "next; r v2.0 v2.1 v19.0 v19.1; w cc v1.0 v1.1"},
    {"e712300000f8", "vceqb %v1, %v2, %v3", "next; r v2.0 v2.1 v3.0 v3.1; w v1.0 v1.1"},
    {"e7123000418c", "vperm %v1, %v2, %v3, %v20", "next; r v2.0 v2.1 v3.0 v3.1 v20.0 v20.1; w v1.0 v1.1"},
    {"e712330040bc", "vgfmag %v1, %v2, %v3, %v4", "next; r v2.0 v2.1 v3.0 v3.1 v4.0 v4.1; w v1.0 v1.1"},
    {"e7111000026d", "vx %v1, %v1, %v17", "next; r v1.0 v1.1 v17.0 v17.1; w v1.0 v1.1"},
    {"e71020081002", "vleg %v1, 8(%r2), 1", "next; r r2; p v1.0 v1.1; load 8 [r2+8]"},
    {"e7102008100a", "vsteg %v1, 8(%r2), 1", "next; r r2 v1.0 v1.1; store 8 [r2+8]"},
    {"e71240033030", "veslg %v1, %v2, 3(%r4)", "next; r r4 v2.0 v2.1; w v1.0 v1.1"},
    {"e712000000d8", "vtm %v1, %v2", "next; r v1.0 v1.1 v2.0 v2.1; w cc"},
    {"e71230100080", "vfeebs %v1, %v2, %v3", "next; r v2.0 v2.1 v3.0 v3.1; w cc v1.0 v1.1"},
    {"e71020083005", "vlrepg %v1, 8(%r2)", "next; r r2; w v1.0 v1.1; load 0 [r2+8]"},
    /* a short result in a vector of which the rest stays; counts of branches */
    {"e7120018204a", "wftcisb %f1, %f2, 1", "next; r v2.0; w cc; p v1.0 v1.1"},
    {"e712000820cc", "wflcsb %f1, %f2", "next; r v2.0; p v1.0 v1.1"},
    {"b9ed6042", "msgrkc %r4, %r2, %r6", "next; r r2 r6; w r4 cc"},
    {"c04612351235", "xihf %r4, 0x12351235", "next; r r4; w cc; p r4"},
    {"b9415042", "cfdtr %r4, 5, %f2, 0", "next; r v2.0; w cc; p r4 fpc"},
    {"b9460042", "bctgr %r4, %r2", "jump reg, conditional; r r2 r4; p r4"},
    {"b946004e", "bctgr %r4, %r14", "return, conditional; r r4 r14; p r4"},
    {"b9460040", "bctgr %r4, %r0", "next; r r0 r4; p r4"},
};

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("s390x", cases, sizeof cases / sizeof *cases), 0);
}

/* ---- each row of the tables is executed by effects-match ---- */

enum { ALL_OPCODES = 0x10000 };

/* Of those that no list has: what can't be executed, or not by this QEMU. */
/* clang-format off */
static const uint16_t not_executed[] = {
    0xb27c,                                 /* STCKF: another result each time */
    0xb929, 0xb92a, 0xb92b, 0xb92d, 0xb93a, /* KMA, KMF, KMO, KMCTR, KDSA: a block at register 1's address */
    0xb941,                                 /* CFDTR: QEMU has no decimal floating point */
    0xc402, 0xc405, 0xc407, 0xc40d,         /* LLHRL, LHRL, STHRL, LRL: memory at a fixed address */
    0xe712,                                 /* VGEG: addresses from a vector */
};
/* clang-format on */

static void mark_row(void *context, const uint8_t *bytes, size_t size)
{
    bool *listed = context;
    (void)size;
    listed[s390x_opcode(bytes)] = true;
}

static int report(unsigned opcode, const bool *listed)
{
    if (listed[opcode])
        return 0;
    print_message("opcode 0x%04x is in no list of instructions\n", opcode);
    return 1;
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    static bool listed[ALL_OPCODES];
    int missing = 0;
    for (size_t k = 0; k < sizeof not_executed / sizeof *not_executed; k++)
        listed[not_executed[k]] = true;
    each_listed("arch/s390x/test/instructions/s390x.tsv", mark_row, listed);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        missing += report(rows[k].opcode, listed);
    for (unsigned last = 0; last < 256; last++) {
        struct effects fx = {0};
        const uint8_t vector[6] = {[0] = 0xe7, [5] = (uint8_t)last};
        if (s390x_vector(vector, &fx))
            missing += report(s390x_opcode(vector), listed);
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_each_row_is_executed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
