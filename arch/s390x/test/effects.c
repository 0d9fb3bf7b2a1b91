/* What s390x's instructions do: encodings by GNU as, effects by z/Architecture Principles of Operation: each
 * way to move SP, register 0 as no base, even-odd pairs, 32-bit operations that leave the upper half, masks
 * of branches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test/effects_rows.h"

static const struct effects_row rows[] = {
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
    {"e70030000806", "vl %v16, 0(%r3)", "unknown"},
    {"b9820011", "xgr %r1, %r1", "next; w r1 cc; r1=0x0"},
    {"b9e92012", "sgrk %r1, %r2, %r2", "next; w r1 cc; r1=0x0"},
    {"c68000000080", "exrl %r8, 0x100", "next; r r8"},
    {"0707", "bcr 0, %r7", "next"},
};

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("s390x", rows, sizeof rows / sizeof *rows), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
