/* What ppc64's instructions do: encodings by GNU as, effects by the Power ISA: each way to move SP, R0 as
 * zero in addresses and ADDI, record forms, CTR, VSX registers' halves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ppc64/insn/effects_table.h"
#include "ppc64/insn/effects_vector_table.h"
#include "ppc64/insn/effects_word.h"
#include "test/effects_rows.h"
#include "test/listed.h"

static const struct effects_row rows[] = {
    {"3821ffd0", "addi r1, r1, -0x30", "next; r r1; w r1; r1=r1-0x30"},
    {"f821ffd1", "stdu r1, -0x30(r1)", "next; r r1; w r1; store 8 [r1-48]; r1=r1-0x30"},
    {"fbe1ffd1", "stdu r31, -0x30(r1)", "next; r r1 r31; w r1; store 8 [r1-48]; r1=r1-0x30"},
    {"3fe10002", "addis r31, r1, 2", "next; r r1; w r31; r31=r1+0x20000"},
    {"383f1234", "addi r1, r31, 0x1234", "next; r r31; w r1; r1=r31+0x1234"},
    {"3860fffb", "li r3, -5", "next; w r3; r3=0xfffffffffffffffb"},
    {"3c601234", "lis r3, 0x1234", "next; w r3; r3=0x12340000"},
    {"60635678", "ori r3, r3, 0x5678", "next; r r3; w r3; r3=r3|0x5678"},
    {"64639abc", "oris r3, r3, 0x9abc", "next; r r3; w r3; r3=r3|0x9abc0000"},
    {"69c90001", "xori r9, r14, 1", "next; r r14; w r9; r9=r14^0x1"},
    {"7c3f0b78", "mr r31, r1", "next; r r1; w r31; r31=r1+0x0"},
    {"7fe1fb78", "mr r1, r31", "next; r r31; w r1; r1=r31+0x0"},
    {"7c21fa14", "add r1, r1, r31", "next; r r1 r31; w r1; r1=r1+r31"},
    {"7c3f0850", "subf r1, r31, r1", "next; r r1 r31; w r1; r1=r1-r31"},
    {"78702ea4", "sldi r16, r3, 5", "next; r r3; w r16; r16=r3<<0x5"},
    {"786806e4", "rldicr r8, r3, 0, 0x3b", "next; r r3; w r8; r8=r3&0xfffffffffffffff0"},
    {"78a6d182", "rldicl r6, r5, 0x3a, 6", "next; r r5; w r6"},
    {"78a5442c", "rldimi r5, r5, 8, 0x30", "next; r r5; w r5"},
    {"54661eb8", "rlwinm r6, r3, 3, 0x1a, 0x1c", "next; r r3; w r6"},
    {"50661eb8", "rlwimi r6, r3, 3, 0x1a, 0x1c", "next; r r3 r6; w r6"},
    {"38600005", "li r3, 5", "next; w r3; r3=0x5"},
    {"eade0010", "ld r22, 0x10(r30)", "next; r r30; w r22; load 8 [r30+16]; r22=mem"},
    {"eac00010", "ld r22, 0x10(0)", "next; w r22; load 8 [0x10]; r22=mem"},
    {"e9880009", "ldu r12, 8(r8)", "next; r r8; w r8 r12; load 8 [r8+8]; r12=mem; r8=r8+0x8"},
    {"7d0a402a", "ldx r8, r10, r8", "next; r r8 r10; w r8; load 8 [r10+r8*1]; r8=mem"},
    {"7d00402a", "ldx r8, 0, r8", "next; r r8; w r8; load 8 [r8]; r8=mem"},
    {"e8a30006", "lwa r5, 4(r3)", "next; r r3; w r5; load 4 [r3+4]"},
    {"80a30004", "lwz r5, 4(r3)", "next; r r3; w r5; load 4 [r3+4]"},
    {"7cc518ae", "lbzx r6, r5, r3", "next; r r3 r5; w r6; load 1 [r5+r3*1]"},
    {"7cc51aee", "lhaux r6, r5, r3", "next; r r3 r5; w r5 r6; load 2 [r5+r3*1]; r5=r5+r3"},
    {"f8610020", "std r3, 0x20(r1)", "next; r r1 r3; store 8 [r1+32]"},
    {"90610020", "stw r3, 0x20(r1)", "next; r r1 r3; store 4 [r1+32]"},
    {"7c61216a", "stdux r3, r1, r4", "next; r r1 r3 r4; w r1; store 8 [r1+r4*1]; r1=r1+r4"},
    {"9941003f", "stb r10, 0x3f(r1)", "next; r r1 r10; store 1 [r1+63]"},
    {"c8030008", "lfd f0, 8(r3)", "next; r r3; w vs0.0 vs0.1; load 8 [r3+8]"},
    {"d0010008", "stfs f0, 8(r1)", "next; r r1 vs0.0; store 4 [r1+8]"},
    {"7c042c2e", "lfsx f0, r4, r5", "next; r r4 r5; w vs0.0 vs0.1; load 4 [r4+r5*1]"},
    {"7fe018a8", "ldarx r31, 0, r3", "next, LL; r r3; w r31; load 8 [r3]"},
    {"7fe34828", "lwarx r31, r3, r9", "next, LL; r r3 r9; w r31; load 4 [r3+r9*1]"},
    {"7c8019ad", "stdcx. r4, 0, r3", "next, SC; r r3 r4; p cr; store 8 [r3]"},
    {"7c001fec", "dcbz 0, r3", "next; r r3; store 0 [r3]"},
    {"7c9f3039", "and. r31, r4, r6", "next; r r4 r6; w r31; p cr"},
    {"71080004", "andi. r8, r8, 4", "next; r r8; w r8; p cr"},
    {"21070001", "subfic r8, r7, 1", "next; r r7; w r8; p xer"},
    {"7c642814", "addc r3, r4, r5", "next; r r4 r5; w r3; p xer"},
    {"7c642914", "adde r3, r4, r5", "next; r r4 r5 xer; w r3; p xer"},
    {"7c640194", "addze r3, r4", "next; r r4 xer; w r3; p xer"},
    {"7e0300d0", "neg r16, r3", "next; r r3; w r16"},
    {"7c8420f8", "nor r4, r4, r4", "next; r r4; w r4"},
    {"7ce439d2", "mulld r7, r4, r7", "next; r r4 r7; w r7"},
    {"7d083b92", "divdu r8, r8, r7", "next; r r7 r8; w r8"},
    {"7c240000", "cmpd r4, r0", "next; r r0 r4; p cr"},
    {"2b240010", "cmpldi cr6, r4, 0x10", "next; r r4; p cr"},
    {"7c6763f8", "cmpb r7, r3, r12", "next; r r3 r12; w r7"},
    {"7d4a009e", "isel r10, r10, r0, cr0eq", "next; r r0 r10 cr; w r10"},
    {"7d40509e", "isel r10, 0, r10, cr0eq", "next; r r10 cr; w r10"},
    {"7d6b03f4", "popcntd r11, r11", "next; r r11; w r11"},
    {"7ca60074", "cntlzd r6, r5", "next; r r5; w r6"},
    {"7c6407b4", "extsw r4, r3", "next; r r3; w r4"},
    {"7ca53634", "srad r5, r5, r6", "next; r r5 r6; w r5; p xer"},
    {"7ca802a6", "mflr r5", "next; r lr; w r5; r5=lr+0x0"},
    {"7fe803a6", "mtlr r31", "next; r r31; w lr; lr=r31+0x0"},
    {"7cc903a6", "mtctr r6", "next; r r6; w ctr"},
    {"7cc902a6", "mfctr r6", "next; r ctr; w r6"},
    {"7fe103a6", "mtxer r31", "next; r r31; w xer"},
    {"7fe00026", "mfcr r31", "next; r cr; w r31"},
    {"7feff120", "mtcrf 0xff, r31", "next; r r31; p cr"},
    {"48000020", "b 0x20", "jump 0x20"},
    {"48000021", "bl 0x20", "call 0x20; w lr"},
    {"41820020", "beq 0x20", "branch 0x20; r cr"},
    {"4200fff8", "bdnz 0xfffffffffffffff8", "branch 0xfffffffffffffff8; r ctr; w ctr"},
    {"4e800020", "blr", "return; r lr"},
    {"4d820020", "beqlr", "return, conditional; r lr cr"},
    {"4e800420", "bctr", "jump reg; r ctr"},
    {"4e800421", "bctrl", "call reg; r ctr; w lr"},
    {"429f0005", "bdnzl 4", "next; w lr"},
    {"44000002", "sc", "next; r r0 r3 r4 r5 r6 r7 r8; w r3; p r0 r4 r5 r6 r7 r8 r9 r10 r11 r12 ctr cr xer"},
    {"7fe00008", "trap", "stop; r r0"},
    {"7c0004ac", "sync", "next"},
    {"4c00012c", "isync", "next"},
    {"fc40102a", "fadd f2, f0, f2", "next; r vs0.0 vs2.0; w vs2.0 vs2.1; p fpscr"},
    {"fca0107a", "fmadd f5, f0, f1, f2", "next; r vs0.0 vs1.0 vs2.0; w vs5.0 vs5.1; p fpscr"},
    {"fc000800", "fcmpu cr0, f0, f1", "next; r vs0.0 vs1.0; p cr fpscr"},
    {"fcc02890", "fmr f6, f5", "next; r vs5.0; w vs6.0 vs6.1; p fpscr"},
    {"fc00069c", "fcfid f0, f0", "next; r vs0.0; w vs0.0 vs0.1; p fpscr"},
    {"fc00048e", "mffs f0", "next; r fpscr; w vs0.0 vs0.1"},
    {"fdfe058e", "mtfsf 0xff, f0", "next; r vs0.0; p fpscr"},
    {"7c050067", "mfvsrd r5, v0", "next; r vs32.0; w r5"},
    {"7c250167", "mtvsrd v1, r5", "next; r r5; w vs33.0 vs33.1"},
    {"f00004d7", "xxlxor v0, v0, v0", "next; w vs32.0 vs32.1"},
    {"7c004699", "lxvd2x v0, 0, r8", "next; r r8; w vs32.0 vs32.1; load 16 [r8]"},
    {"7c00a799", "stxvd2x v0, 0, r20", "next; r r20 vs32.0 vs32.1; store 16 [r20]"},
    {"7c8040ce", "lvx v4, 0, r8", "next; r r8; w vs36.0 vs36.1; load 16 [r8]"},
    {"11663c84", "vor v11, v6, v7", "next; r vs38.0 vs38.1 vs39.0 vs39.1; w vs43.0 vs43.1; p vscr"},
    {"e86d0008", "ld r3, 8(r13)", "next, TLS; r r13; w r3; load 8 [r13+8]; r3=mem"},
    {"7c832008", "tweq r3, r4", "next; r r3 r4"},
    {"7c000278", "xor r0, r0, r0", "next; w r0; r0=0x0"},
    /* fields that are something else than in most, by primary opcode: 31, 63, 59, 4, 60 */
    {"7c642e14", "", "next; r r4 r5; w r3; p xer; r3=r4+r5"}, /* addo r3,r4,r5 */
    {"7c642c50", "", "next; r r4 r5; w r3; p xer; r3=r5-r4"}, /* subfo r3,r4,r5 */
    {"7c642dd2", "", "next; r r4 r5; w r3; p xer"},           /* mulldo r3,r4,r5 */
    {"7c642f16", "", "next; r r4 r5; w r3; p xer"},           /* divweuo r3,r4,r5 */
    {"7c86380e", "lvebx v4, r6, r7", "next; r r6 r7; w vs36.0 vs36.1; load 0 [r6+r7*1]"},
    {"fc8c0080", "mcrfs cr1, cr3", "next; r fpscr; p cr fpscr"},
    {"fc963c8e", "mffscrn f4, f7", "next; r fpscr vs7.0; w vs4.0 vs4.1; p fpscr"},
    {"fc98048e", "mffsl f4", "next; r fpscr; w vs4.0 vs4.1"},
    {"fc80048e", "mffs f4", "next; r fpscr; w vs4.0 vs4.1"},
    {"ec20179c", "fcfidus f1, f2", "next; r vs2.0; w vs1.0 vs1.1; p fpscr"},
    {"ec86391e", "", "invalid"}, /* dmxvi4ger8 a1,vs38,vs39 */
    {"10863a17", "",
     "next; r vs38.0 vs38.1 vs39.0 vs39.1 vs40.0 vs40.1; w vs36.0 vs36.1; p vscr"}, /* vmsumcud v4,v6,v7,v8 */
    {"10863a18", "",
     "next; r r8 vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"},         /* vextdubvlx v4,v6,v7,r8 */
    {"10903e42", "", "next; r r7 vs48.0 vs48.1; w vs36.0 vs36.1; p vscr"},       /* mtvsrbm v4,r7 */
    {"10906e42", "", "next, TLS; r r13 vs48.0 vs48.1; w vs36.0 vs36.1; p vscr"}, /* mtvsrbm v4,r13 */
    {"10883e42", "", "next; r vs39.0 vs39.1 vs40.0 vs40.1; w r4"},               /* vextractbm r4,v7 */
    {"10803e42", "", "next; r vs32.0 vs32.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"}, /* vexpandbm v4,v7 */
    {"10993e42", "", "next; r vs39.0 vs39.1 vs57.0 vs57.1; w r4"},                    /* vcntmbb r4,v7,1 */
    {"10803e02", "vclzlsbb r4, v7", "next; r vs32.0 vs32.1 vs39.0 vs39.1; w r4"},
    {"1086398d", "", "next; r r7 vs38.0 vs38.1; w vs36.0 vs36.1; p vscr"},    /* vclrlb v4,v6,r7 */
    {"10863a0f", "", "next; r r6 r7 vs36.0 vs36.1; w vs36.0 vs36.1; p vscr"}, /* vinsblx v4,r6,r7 */
    {"1086380f", "",
     "next; r r6 vs36.0 vs36.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"}, /* vinsbvlx v4,r6,v7 */
    {"108638cf", "", "next; r r7 vs36.0 vs36.1 vs38.0 vs38.1; w vs36.0 vs36.1; p vscr"}, /* vinsw v4,r7,6 */
    {"10863b0d", "vinsertb v4, v7, 6",
     "next; r vs36.0 vs36.1 vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"},
    {"10863885", "vrlwmi v4, v6, v7",
     "next; r vs36.0 vs36.1 vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"},
    {"10863e0d", "vextublx r4, r6, v7", "next; r r6 vs39.0 vs39.1; w r4"},
    {"10863ccc", "", "next; r vs38.0 vs38.1 vs39.0 vs39.1; w r4"},      /* vgnb r4,v7,6 */
    {"10863901", "", "next; r vs38.0 vs38.1 vs39.0 vs39.1; p cr vscr"}, /* vcmpuq cr1,v6,v7 */
    {"10863e01", "",
     "next; r vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p cr vscr"}, /* bcdadd. v4,v6,v7,1 */
    {"10803c0d", "", "next; r vs32.0 vs32.1 vs39.0 vs39.1; w vs36.0 vs36.1; p cr vscr"}, /* vstribl. v4,v7 */
    {"10863c06", "vcmpequb. v4, v6, v7", "next; r vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p cr vscr"},
    {"10863806", "vcmpequb v4, v6, v7", "next; r vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"},
    {"10863a2c", "vsldoi v4, v6, v7, 8", "next; r vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p vscr"},
    {"106429b3", "maddld r3, r4, r5, r6", "next; r r4 r5 r6; w r3"},
    {"10800604", "mfvscr v4", "next; r vscr vs32.0 vs32.1; w vs36.0 vs36.1"},
    {"f0863b0b", "xvmaddadp v4, vs6, v7",
     "next; r vs6.0 vs6.1 vs36.0 vs36.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
    {"f0863c0b", "xsnmaddasp v4, f6, v7",
     "next; r vs6.0 vs6.1 vs36.0 vs36.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
    {"f08638d3", "xxperm v4, vs6, v7",
     "next; r vs6.0 vs6.1 vs36.0 vs36.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
    {"f0863ad7", "xxinsertw v4, v7, 6",
     "next; r vs36.0 vs36.1 vs38.0 vs38.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
    {"f0863f2d", "xsiexpdp v4, r6, r7", "next; r r6 r7; w vs36.0 vs36.1; p fpscr"},
    {"f0863f1b", "xvcmpeqdp. v4, vs6, v7", "next; r vs6.0 vs6.1 vs39.0 vs39.1; w vs36.0 vs36.1; p cr fpscr"},
    {"f0863daa", "xststdcdp cr1, v7, 6", "next; r vs6.0 vs6.1 vs39.0 vs39.1; p cr fpscr"},
    {"f0823f6e", "", "next; r vs34.0 vs34.1 vs39.0 vs39.1; p cr fpscr"}, /* xvtlsbb cr1,vs39 */
    {"f08639da", "xscmpexpdp cr1, f6, v7", "next; r vs6.0 vs6.1 vs39.0 vs39.1; p cr fpscr"},
    {"f0863bea", "xvtdivdp cr1, vs6, v7", "next; r vs6.0 vs6.1 vs39.0 vs39.1; p cr fpscr"},
    {"f0803baa", "xvtsqrtdp cr1, v7", "next; r vs0.0 vs0.1 vs39.0 vs39.1; p cr fpscr"},
    {"f0803baf", "xvrdpic v4, v7", "next; r vs32.0 vs32.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
    {"f0803d6e", "xsxexpdp r4, v7", "next; r vs32.0 vs32.1 vs39.0 vs39.1; w r4; p fpscr"},
    {"f0903d6f", "xscvhpdp v4, v7", "next; r vs39.0 vs39.1 vs48.0 vs48.1; w vs36.0 vs36.1; p fpscr"},
    {"f0813f29", "",
     "next; r vs1.0 vs1.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"}, /* xxgenpcvbm vs36,v7,1 */
    {"f0863a33", "xxsel v4, vs6, v7, vs8",
     "next; r vs6.0 vs6.1 vs8.0 vs8.1 vs39.0 vs39.1; w vs36.0 vs36.1; p fpscr"},
};

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("ppc64", rows, sizeof rows / sizeof *rows), 0);
}

/* ---- each row of the tables is executed by effects-match ---- */

enum { ANY = 64, MAX_ROWS = 2048 };

/* Which bits of a word with that primary opcode are the row's number. */
/* clang-format off */
#define TABLE(name, first, last, one, other) \
    {#name, name, NULL, sizeof name / sizeof *name, first, last, {one, other}}
#define VECTORS(name, first, last, primary) \
    {#name, NULL, name, sizeof name / sizeof *name, first, last, {primary, primary}}
static const struct {
    const char *name;
    const struct row *rows;
    const uint16_t *roles;
    uint32_t n;
    int first, last;
    uint32_t primary[2];
} tables[] = {
    TABLE(primary, 0, 5, ANY, ANY),
    TABLE(op19, 21, 30, 19, 19), TABLE(op30, 27, 30, 30, 30),
    TABLE(op31, 21, 30, 31, 31), TABLE(op31_vsx, 21, 30, 31, 31), TABLE(op31_vector, 21, 30, 31, 31),
    TABLE(op58, 30, 31, 58, 58), TABLE(op62, 30, 31, 62, 62),
    TABLE(float_a, 26, 30, 59, 63), TABLE(float_x, 21, 30, 59, 63),
    VECTORS(op4, 21, 31, 4), VECTORS(op4_long, 26, 31, 4), VECTORS(op60, 21, 28, 60),
};
/* clang-format on */
enum { N_TABLES = sizeof tables / sizeof *tables };
static bool listed[N_TABLES][MAX_ROWS];

static void mark_rows(void *big_endian, const uint8_t *bytes, size_t size)
{
    assert_int_equal(size, 4);
    uint32_t word = listed_word(bytes, *(const bool *)big_endian);
    for (size_t i = 0; i < N_TABLES; i++)
        for (int k = 0; k < 2; k++)
            if (tables[i].primary[k] == ANY || tables[i].primary[k] == word >> 26)
                listed[i][bits(word, tables[i].first, tables[i].last)] = true;
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    int missing = 0;
    each_listed("arch/ppc64/test/instructions/ppc64.tsv", mark_rows, &(bool){true});
    each_listed("arch/ppc64/test/instructions/ppc64le.tsv", mark_rows, &(bool){false});
    for (size_t i = 0; i < N_TABLES; i++)
        for (uint32_t n = 0; n < tables[i].n; n++) {
            bool is_row = tables[i].rows ? tables[i].rows[n].kind != UNKNOWN : tables[i].roles[n] != 0;
            if (!is_row || listed[i][n])
                continue;
            print_message("%s[%u] is in no list of instructions\n", tables[i].name, n);
            missing++;
        }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_each_row_is_executed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
