/* What arm64's instructions do: encodings by GNU as, effects by the Arm ARM. Elements of vectors, writes that
 * clear what lies above them, every way to move SP, and the aliases and lists that capstone describes
 * wrongly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "arm64/insn/effects_table.h"
#include "test/effects_rows.h"
#include "test/listed.h"

/* clang-format off */
static const struct effects_row rows[] = {
    {"ff4300d1", "sub sp, sp, #0x10", "next; r sp; w sp; sp=sp-0x10"},
    {"f44340d1", "sub x20, sp, #0x10, lsl #12", "next; r sp; w x20; x20=sp-0x10000"},
    {"ff633b8b", "add sp, sp, x27", "next; r x27 sp; w sp; sp=sp+x27"},
    {"fd030091", "mov x29, sp", "next; r sp; w x29; x29=sp+0x0"},
    {"fe0f1cf8", "str x30, [sp, #-0x40]!", "next; r x30 sp; w sp; store 8 [sp-64]; sp=sp-0x40"},
    {"fe0744f8", "ldr x30, [sp], #0x40", "next; r sp; w x30 sp; load 8 [sp]; sp=sp+0x40; x30=mem"},
    {"fdfb7fa9", "ldp x29, x30, [sp, #-8]", "next; r sp; w x29 x30; load 16 [sp-8]"},
    {"400481a8", "stp x0, x1, [x2], #0x10", "next; r x0 x1 x2; w x2; store 16 [x2]; x2=x2+0x10"},
    {"4002a0f2", "movk x0, #0x12, lsl #16", "next; r x0; w x0; x0=x0@16:0x12"},
    {"0300a0d2", "movz x3, #0, lsl #16", "next; w x3; x3=0x0"},
    {"0000a092", "movn x0, #0, lsl #16", "next; w x0; x0=0xffffffffffffffff"},
    {"0000a012", "movn w0, #0, lsl #16", "next; w x0; x0=0xffffffff"},
    {"20008012", "mov w0, #-2", "next; w x0; x0=0xfffffffe"},
    {"203c184e", "mov x0, v1.d[1]", "next; r v1.1; w x0"},
    {"011c184e", "mov v1.d[1], x0", "next; r x0; w v1.1 z1.0 z1.1"},
    {"011c0c4e", "mov v1.s[1], w0", "next; r x0; w z1.0 z1.1; p v1.0"},
    {"41640c6e", "mov v1.s[1], v2.s[3]", "next; r v2.1; w z1.0 z1.1; p v1.0"},
    {"20d862fc", "ldr d0, [x1, w2, sxtw #3]", "next; r x1 x2; w v0.0 v0.1 z0.0 z0.1; load 8 [x1+x2*0]"},
    {"207862f8", "ldr x0, [x1, x2, lsl #3]", "next; r x1 x2; w x0; load 8 [x1+x2*8]; x0=mem"},
    {"40d03bd5", "mrs x0, tpidr_el0", "next, TLS; r tpidr_el0; w x0"},
    {"00421bd5", "msr nzcv, x0", "next; r x0; w nzcv"},
    {"5f4103d5", "msr dit, #1", "next; w dit"},
    {"01443bd5", "mrs x1, fpcr", "next; r fpcr; w x1"},
    {"23740bd5", "dc zva, x3", "next; r x3; store 0 [x3]"},
    {"417ca0c8", "cas x0, x1, [x2]", "next, atomic; r x0 x1 x2; w x0; update 8 [x2]"},
    {"4100e0b8", "ldaddal w0, w1, [x2]", "next, atomic; r x0 x2; w x1; update 4 [x2]"},
    {"41fc00c8", "stlxr w0, x1, [x2]", "next, SC; r x1 x2; w x0; store 8 [x2]"},
    {"00a0df4c", "ld1 {v0.16b, v1.16b}, [x0], #32",
     "next; r x0; w x0 v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1; load 32 [x0]; x0=x0+0x20"},
    {"000c400d", "ld1 {v0.b}[3], [x0]", "next; r x0; w z0.0 z0.1; p v0.0; load 1 [x0]"},
    {"e148600d", "ld2 {v1.h, v2.h}[1], [x7]",
     "next; r x7; w z1.0 z1.1 z2.0 z2.1; p v1.0 v2.0; load 4 [x7]"},
    {"e1a4004d", "st3 {v1.d, v2.d, v3.d}[1], [x7]", "next; r x7 v1.1 v2.1 v3.1; store 24 [x7]"},
    {"00e0ff4d", "ld4r {v0.16b, v1.16b, v2.16b, v3.16b}, [x0], #4",
     "next; r x0; w x0 v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1 v2.0 v2.1 z2.0 z2.1 v3.0 v3.1 z3.0 z3.1; "
     "load 4 [x0]"},
    {"2070820c", "st1 {v0.8b}, [x1], x2", "next; r x1 x2 v0.0; w x1; store 8 [x1]; x1=x1+x2"},
    {"1f0001eb", "cmp x0, x1", "next; r x0 x1; w nzcv"},
    {"00106e1e", "fmov d0, #1.00000000", "next; w v0.0 v0.1 z0.0 z0.1"},
    {"0820601e", "fcmp d0, #0.0", "next; r v0.0; w nzcv; p fpsr"},
    {"e003012a", "mov w0, w1", "next; r x1; w x0; x0=x1&0xffffffff"},
    {"00000054", "b.eq #0", "branch 0x0; r nzcv"},
    {"000000b4", "cbz x0, #0", "branch 0x0; r x0"},
    {"2020034e", "tbl v0.16b, {v1.16b, v2.16b}, v3.16b",
     "next; r v1.0 v1.1 v2.0 v2.1 v3.0 v3.1; w v0.0 v0.1 z0.0 z0.1"},
    {"2014004f", "orr v0.4s, #1", "next; r v0.0 v0.1; w v0.0 v0.1 z0.0 z0.1"},
    {"000041fa", "ccmp x0, x1, #0, eq", "next; r x0 x1 nzcv; w nzcv"},
    {"00000058", "ldr x0, #0", "next; w x0; load 8 [0x0]; x0=mem"},
    {"000080f9", "prfm pldl1keep, [x0]", "next; r x0"},
    {"8046a292", "mov x0, #-0x12340001", "next; w x0; x0=0xffffffffedcbffff"},
    {"1fec7c92", "and sp, x0, #0xfffffffffffffff0", "next; r x0; w sp; sp=x0&0xfffffffffffffff0"},
    {"20c0228b", "add x0, x1, w2, sxtw", "next; r x1 x2; w x0"},
    {"ffff7f91", "add sp, sp, #0xfff, lsl #12", "next; r sp; w sp; sp=sp+0xfff000"},
    {"20fcdfc8", "ldar x0, [x1]", "next; r x1; w x0; load 8 [x1]; x0=mem"},
    {"827c2048", "casp x0, x1, x2, x3, [x4]", "next, atomic; r x0 x1 x2 x3 x4; w x0 x1; update 16 [x4]"},
    {"2040025e", "sha256h q0, q1, v2.4s", "next; r v0.0 v0.1 v1.0 v1.1 v2.0 v2.1; w v0.0 v0.1 z0.0 z0.1"},
    {"003d070e", "umov w0, v8.b[3]", "next; r v8.0; w x0"},
    {"002d1e4e", "smov x0, v8.h[7]", "next; r v8.1; w x0"},
    {"200480b9", "ldrsw x0, [x1, #4]", "next; r x1; w x0; load 4 [x1+4]"},
    {"20fc9f88", "stlr w0, [x1]", "next; r x0 x1; store 4 [x1]"},
    {"c0035fd6", "ret", "return; r x30"},
    {"60035fd6", "ret x27", "return; r x27"},
    {"60031fd6", "br x27", "jump reg; r x27"},
    {"20003fd6", "blr x1", "call reg; r x1; w x30"},
    {"2028214e", "xtn2 v0.16b, v1.8h", "next; r v0.0 v0.1 v1.0 v1.1; w v0.0 v0.1 z0.0 z0.1"},
    {"00000000", "udf #0", "stop"},
    {"10000094", "bl #0x40", "call 0x40; w x30"},
    {"f0ffff17", "b #0xffffffffffffffc0", "jump 0xffffffffffffffc0"},
    {"43002837", "tbnz w3, #5, #8", "branch 0x8; r x3"},
    {"200020d4", "brk #1", "stop"},
    {"1f2003d5", "nop", "next"},
    {"21000010", "adr x1, #4", "next; w x1; x1=0x4"},
    {"01000090", "adrp x1, #0", "next; w x1; x1=0x0"},
    {"200c02cb", "sub x0, x1, x2, lsl #3", "next; r x1 x2; w x0"},
    {"830005ab", "adds x3, x4, x5", "next; r x4 x5; w x3 nzcv; x3=x4+x5"},
    {"83001fba", "adcs x3, x4, xzr", "next; r x4 nzcv; w x3 nzcv"},
    {"e00301cb", "neg x0, x1", "next; r x1; w x0"},
    {"20f07dd3", "lsl x0, x1, #3", "next; r x1; w x0; x0=x1<<0x3"},
    {"201843d3", "ubfx x0, x1, #3, #4", "next; r x1; w x0"},
    {"200c7db3", "bfi x0, x1, #3, #4", "next; r x0 x1; w x0"},
    {"201c40b2", "orr x0, x1, #0xff", "next; r x1; w x0; x0=x1|0xff"},
    {"201c40d2", "eor x0, x1, #0xff", "next; r x1; w x0; x0=x1^0xff"},
    {"e0179f9a", "cset x0, eq", "next; r nzcv; w x0"},
    {"2010829a", "csel x0, x1, x2, ne", "next; r x1 x2 nzcv; w x0"},
    {"7f7f00a9", "stp xzr, xzr, [x27]", "next; r x27; store 16 [x27]"},
    {"fd831ff8", "stur x29, [sp, #-8]", "next; r x29 sp; store 8 [sp-8]"},
    {"200c4039", "ldrb w0, [x1, #3]", "next; r x1; w x0; load 1 [x1+3]"},
    {"20682278", "strh w0, [x1, x2]", "next; r x0 x1 x2; store 2 [x1+x2*1]"},
    {"20fc5f88", "ldaxr w0, [x1]", "next, LL; r x1; w x0; load 4 [x1]"},
    {"40847fc8", "ldaxp x0, x1, [x2]", "next, LL; r x2; w x0 x1; load 16 [x2]"},
    {"610820c8", "stxp w0, x1, x2, [x3]", "next, SC; r x1 x2 x3; w x0; store 16 [x3]"},
    {"0004406d", "ldp d0, d1, [x0]", "next; r x0; w v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1; load 16 [x0]"},
    {"2000803d", "str q0, [x1]", "next; r x1 v0.0 v0.1; store 16 [x1]"},
    {"200040bd", "ldr s0, [x1]", "next; r x1; w v0.0 v0.1 z0.0 z0.1; load 4 [x1]"},
    {"200c421f", "fmadd d0, d1, d2, d3", "next; r v1.0 v2.0 v3.0; w v0.0 v0.1 z0.0 z0.1; p fpsr"},
    {"20cc224e", "fmla v0.4s, v1.4s, v2.4s",
        "next; r v0.0 v0.1 v1.0 v1.1 v2.0 v2.1; w v0.0 v0.1 z0.0 z0.1; p fpsr"},
    {"2000629e", "scvtf d0, x1", "next; r x1; w v0.0 v0.1 z0.0 z0.1; p fpsr"},
    {"2000789e", "fcvtzs x0, d1", "next; r v1.0; w x0; p fpsr"},
    {"2000669e", "fmov x0, d1", "next; r v1.0; w x0"},
    {"2000af9e", "fmov v0.d[1], x1", "next; r x1; w v0.1 z0.0 z0.1"},
    {"200c014e", "dup v0.16b, w1", "next; r x1; w v0.0 v0.1 z0.0 z0.1"},
    {"2038306e", "uaddlv h0, v1.16b", "next; r v1.0 v1.1; w v0.0 v0.1 z0.0 z0.1"},
    {"200c621e", "fcsel d0, d1, d2, eq", "next; r nzcv v1.0 v2.0; w v0.0 v0.1 z0.0 z0.1"},
    {"2048284e", "aese v0.16b, v1.16b", "next; r v0.0 v0.1 v1.0 v1.1; w v0.0 v0.1 z0.0 z0.1"},
    {"00e4004f", "movi v0.16b, #0", "next; w v0.0 v0.1 z0.0 z0.1"},
    {"204cc29a", "crc32x w0, w1, x2", "next; r x1 x2; w x0"},
    {"bf3b03d5", "dmb ish", "next"},
    {"5f3f03d5", "clrex", "next"},
    {"7f030091", "mov sp, x27", "next; r x27; w sp; sp=x27+0x0"},
    {"00008012", "mov w0, #-1", "next; w x0; x0=0xffffffff"},
    {"e00321aa", "mvn x0, x1", "next; r x1; w x0"},
    {"200c029b", "madd x0, x1, x2, x3", "next; r x1 x2 x3; w x0"},
    {"200cc0da", "rev x0, x1", "next; r x1; w x0"},
    {"1f0040f2", "tst x0, #1", "next; r x0; w nzcv"},
    {"201000f1", "subs x0, x1, #4", "next; r x1; w x0 nzcv; x0=x1-0x4"},
    {"fb074091", "add x27, sp, #1, lsl #12", "next; r sp; w x27; x27=sp+0x1000"},
    {"2018a24f", "fmla v0.4s, v1.4s, v2.s[3]",
        "next; r v0.0 v0.1 v1.0 v1.1 v2.1; w v0.0 v0.1 z0.0 z0.1; p fpsr"},
    {"2088724f", "mul v0.8h, v1.8h, v2.h[7]", "next; r v1.0 v1.1 v2.1; w v0.0 v0.1 z0.0 z0.1"},
    /* SVE is not in the table; the second is no instruction. */
    /* SVE. An index that counts 0 times: what is added can't be said. */
    {"ff573f04", "addvl sp, sp, #0xffffffffffffffff", "next; r sp; w sp"},
    {"60506104", "addpl x0, x1, #3", "next; r x1; w x0"},
    {"2250bf04", "rdvl x2, #1", "next; w x2"},
    {"e3e32004", "cntb x3", "next; w x3"},
    {"e4e33004", "incb x4", "next; r x4; w x4"},
    {"e0e31825", "ptrue p0.b", "next; w p0"},
    {"011ce125", "whilelo p1.d, x0, x1", "next; r x0 x1; w nzcv p1"},
    {"004001a4", "ld1b {z0.b}, p0/z, [x0, x1]", "next; r x0 x1 p0; w v0.0 v0.1 z0.0 z0.1; load 0 [x0+x1*0]"},
    {"00a0e1a5", "ld1d {z0.d}, p0/z, [x0, #1, mul vl]",
        "next; r x0 p0; w v0.0 v0.1 z0.0 z0.1; load 0 [x0+x0*0]"},
    {"41e040e5", "st1w {z1.s}, p0, [x2]", "next; r x2 v1.0 v1.1 z1.0 z1.1 p0; store 0 [x2]"},
    {"e04b80e5", "str z0, [sp, #2, mul vl]", "next; r sp v0.0 v0.1 z0.0 z0.1; store 0 [sp+sp*0]"},
    {"20048085", "ldr p0, [x1, #1, mul vl]", "next; r x1; w p0; load 0 [x1+x1*0]"},
    {"20002204", "add z0.b, z1.b, z2.b",
        "next; r v1.0 v1.1 z1.0 z1.1 v2.0 v2.1 z2.0 z2.1; w v0.0 v0.1 z0.0 z0.1"},
    {"20008004", "add z0.s, p0/m, z0.s, z1.s",
        "next; r v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1 p0; w v0.0 v0.1 z0.0 z0.1"},
    {"2038e005", "mov z0.d, x1", "next; r x1; w v0.0 v0.1 z0.0 z0.1"},
    {"2020d865", "fadda d0, p0, d0, z1.d",
        "next; r v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1 p0; w v0.0 v0.1 z0.0 z0.1; p fpsr"},
    {"20a0e105", "lastb x0, p0, z1.d", "next; r v1.0 v1.1 z1.0 z1.1 p0; w x0"},
    {"00402185", "ld1w {z0.s}, p0/z, [x0, z1.s, uxtw #2]",
        "next; r x0 v1.0 v1.1 z1.0 z1.1 p0; w v0.0 v0.1 z0.0 z0.1; load 0 [x0+v1.0*0]"},
    {"00a40124", "cmpeq p0.b, p1/z, z0.b, z1.b",
        "next; r v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1 p1; w nzcv p0"},
    {"20c05025", "ptest p0, p1.b", "next; r p0 p1; w nzcv"},
    {"20802025", "cntp x0, p0, p1.b", "next; r p0 p1; w x0"},
    {"20400204", "mla z0.b, p0/m, z1.b, z2.b",
        "next; r v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1 v2.0 v2.1 z2.0 z2.1 p0; w v0.0 v0.1 z0.0 z0.1"},
    {"20bc2004", "movprfx z0, z1", "next; r v1.0 v1.1 z1.0 z1.1; w v0.0 v0.1 z0.0 z0.1"},
    {"00e020a4", "ld2b {z0.b, z1.b}, p0/z, [x0]",
        "next; r x0 p0; w v0.0 v0.1 z0.0 z0.1 v1.0 v1.1 z1.0 z1.1; load 0 [x0]"},
    {"00902c25", "setffr", "next; w ffr"},
    {"00601fa4", "ldff1b {z0.b}, p0/z, [x0]", "next; r x0 p0 ffr; w v0.0 v0.1 z0.0 z0.1 ffr; load 0 [x0]"},
    {"204ca204", "index z0.s, w1, w2", "next; r x1 x2; w v0.0 v0.1 z0.0 z0.1"},
    {"2038e405", "insr z0.d, x1", "next; r x1 v0.0 v0.1 z0.0 z0.1; w v0.0 v0.1 z0.0 z0.1"},
    {"20c02185", "ld1w {z0.s}, p0/z, [z1.s, #4]", "unknown"}, /* capstone has no memory operand here */
    {"78000100", "", "invalid"},
    {"0017a7be", "undef", "stop"}, /* Go's UNDEF */
};
/* clang-format on */

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("arm64", rows, sizeof rows / sizeof *rows), 0);
}

/* The kernel may drop what SVE has beyond V. */
static void test_system_call(void **state)
{
    (void)state;
    struct error e;
    struct decoder *d = decoder_open("arm64", &e);
    assert_non_null(d);
    struct effects fx;
    const uint8_t svc[] = {0x01, 0x00, 0x00, 0xd4};
    assert_int_equal(decoder_insn(d, svc, sizeof svc, 0, &fx), DECODED);
    assert_int_equal(fx.flow, FLOW_NEXT);
    char name[32];
    for (int u = 0; u < decoder_arch(d)->n_units; u++) {
        unit_text(decoder_arch(d), u, name);
        bool lost = strcmp(name, "x0") == 0 || name[0] == 'z' || name[0] == 'p' || strcmp(name, "ffr") == 0;
        assert_int_equal(unit_in(&fx.writes, u), lost);
    }
    decoder_close(d);
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    /* clang-format off */
    bool listed[ARM64_INS_ENDING] = { /* of which capstone 5 has only aliases */
        [ARM64_INS_BFM] = true, [ARM64_INS_SBFM] = true, [ARM64_INS_UBFM] = true, [ARM64_INS_INS] = true,
        [ARM64_INS_NOT] = true, [ARM64_INS_SXTL] = true, [ARM64_INS_SXTL2] = true, [ARM64_INS_UXTL] = true,
        [ARM64_INS_UXTL2] = true, [ARM64_INS_UXTW] = true, [ARM64_INS_MOVZ] = true, [ARM64_INS_MOVN] = true,
    };
    /* clang-format on */
    int missing = 0;
    mark_listed(CS_ARCH_ARM64, CS_MODE_ARM, "arch/arm64/test/instructions/arm64.tsv", listed);
    for (unsigned id = 0; id < ARM64_INS_ENDING; id++)
        if (arm64_insns[id].roles && arm64_insns[id].flow == FLOW_NEXT && !listed[id])
            missing += not_listed(CS_ARCH_ARM64, CS_MODE_ARM, id);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_each_row_is_executed),
        cmocka_unit_test(test_system_call),
    };
    return cmocka_run_group_tests_name("effects: arm64", tests, NULL, NULL);
}
