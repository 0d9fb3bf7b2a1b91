/* What arm's instructions do: encodings by GNU as, effects by the Arm ARM. Each way to move SP and to return,
 * literal pools, predicates, shifted operands, write-back, lists, singles as halves of doubles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "arm/insn/effects_table.h"
#include "test/effects_rows.h"
#include "test/listed.h"

/* clang-format off */
static const struct effects_row rows[] = {
    /* SP */
    {"10d04de2", "sub sp, sp, #0x10", "next; r sp; w sp; sp=sp-0x10"},
    {"01da8de2", "add sp, sp, #0x1000", "next; r sp; w sp; sp=sp+0x1000"},
    {"0bd08de0", "add sp, sp, fp", "next; r r11 sp; w sp; sp=sp+r11"},
    {"0bd04de0", "sub sp, sp, fp", "next; r r11 sp; w sp; sp=sp-r11"},
    {"04408de2", "add r4, sp, #4", "next; r sp; w r4; r4=sp+0x4"},
    {"0d40a0e1", "mov r4, sp", "next; r sp; w r4; r4=sp+0x0"},
    {"07d0a0e1", "mov sp, r7", "next; r r7; w sp; sp=r7+0x0"},
    {"07d0cde3", "bic sp, sp, #7", "next; r sp; w sp; sp=sp&0xfffffffffffffff8"},
    {"0fd20de2", "and sp, sp, #0xf0000000", "next; r sp; w sp; sp=sp&0xf0000000"},
    {"10e02de5", "str lr, [sp, #-0x10]!", "next; r sp lr; w sp; store 4 [sp-16]; sp=sp-0x10"},
    {"0be0ade7", "str lr, [sp, fp]!", "next; r r11 sp lr; w sp; store 4 [sp+r11*1]; sp=sp+r11"},
    {"04000de4", "str r0, [sp], #-4", "next; r r0 sp; w sp; store 4 [sp]; sp=sp-0x4"},
    {"04e09de4", "pop {lr}", "next; r sp; w sp lr; load 4 [sp]; sp=sp+0x4; lr=mem"},
    {"0b409de6", "ldr r4, [sp], fp", "next; r r11 sp; w r4 sp; load 4 [sp]; sp=sp+r11; r4=mem"},
    {"0b401de6", "ldr r4, [sp], -fp", "next; r r11 sp; w r4 sp; load 4 [sp]; sp=sp-r11; r4=mem"},
    {"30402de9", "push {r4, r5, lr}", "next; r r4 r5 sp lr; w sp; store 12 [sp-12]; sp=sp-0xc"},
    {"3000bde8", "pop {r4, r5}", "next; r sp; w r4 r5 sp; load 8 [sp]; sp=sp+0x8"},
    {"00402de9", "stmdb sp!, {lr}", "next; r sp lr; w sp; store 4 [sp-4]; sp=sp-0x4"},
    {"43008de9", "stmib sp, {r0, r1, r6}", "next; r r0 r1 r6 sp; store 12 [sp+4]"},
    {"0c0011e8", "ldmda r1, {r2, r3}", "next; r r1; w r2 r3; load 8 [r1-4]"},
    {"08d090e5", "ldr sp, [r0, #8]", "next; r r0; w sp; load 4 [r0+8]; sp=mem"},
    {"048b2ded", "vpush {d8, d9}", "next; r sp d8.0 d8.1 d9.0 d9.1; w sp; store 16 [sp-16]; sp=sp-0x10"},
    /* returns and jumps */
    {"10f09de4", "ldr pc, [sp], #0x10", "return; r sp; w sp; load 4 [sp]; sp=sp+0x10"},
    {"0bf09de6", "ldr pc, [sp], fp", "return; r r11 sp; w sp; load 4 [sp]; sp=sp+r11"},
    {"1080bde8", "pop {r4, pc}", "return; r sp; w r4 sp; load 8 [sp]; sp=sp+0x8"},
    {"00f08ee2", "add pc, lr, #0", "return; r lr"},
    {"0ef0a0e1", "mov pc, lr", "return; r lr"},
    {"1eff2fe1", "bx lr", "return; r lr"},
    {"13ff2fe1", "bx r3", "jump reg; r r3"},
    {"03f0a0e1", "mov pc, r3", "jump reg; r r3"},
    {"04f091e5", "ldr pc, [r1, #4]", "jump reg; r r1; load 4 [r1+4]"},
    {"01f19fe7", "ldr pc, [pc, r1, lsl #2]", "jump reg; r r1; load 4 [+r1*4+8]"},
    {"00f09fe5", "ldr pc, [pc]", "jump reg; load 4 [0x8]"},
    {"01f08fe0", "add pc, pc, r1", "jump reg; r r1"},
    {"048091e8", "ldm r1, {r2, pc}", "jump reg; r r1; w r2; load 8 [r1]"},
    {"020000ea", "b #0x10", "jump 0x10"},
    {"feffff1a", "bne #0", "branch 0x0; r cpsr"},
    {"020000eb", "bl #0x10", "call 0x10; w lr"},
    {"0200009b", "blls #0x10", "call 0x10, conditional; r cpsr; p lr"},
    {"37ff2fe1", "blx r7", "call reg; r r7; w lr"},
    {"f0def0e7", "udf #0xde0", "stop"},
    {"700020e1", "bkpt #0", "stop"},
    {"000000ef", "svc #0", "next; r r0 r1 r2 r3 r4 r5 r6 r7; w r0"},
    {"04f09d14", "popne {pc}", "return, conditional; r sp cpsr; p sp; load 4 [sp]"},
    {"1eff2f01", "bxeq lr", "return, conditional; r lr cpsr"},
    /* literal pools, PC */
    {"10b09fe5", "ldr fp, [pc, #0x10]", "next; w r11; load 4 [0x18]; r11=mem"},
    {"04b01fe5", "ldr fp, [pc, #-4]", "next; w r11; load 4 [0x4]; r11=mem"},
    {"10008fe2", "add r0, pc, #0x10", "next; w r0; r0=0x18"},
    {"020f8fe2", "add r0, pc, #2, #30", "next; w r0; r0=0x10"},
    {"08104fe2", "sub r1, pc, #8", "next; w r1; r1=0x0"},
    {"0f10a0e1", "mov r1, pc", "next; w r1; r1=0x8"},
    {"02108fe0", "add r1, pc, r2", "next; r r2; w r1"},
    {"045b9fed", "vldr d5, [pc, #0x10]", "next; w d5.0 d5.1; load 8 [0x18]"},
    /* constants */
    {"ff14a0e3", "mov r1, #0xff000000", "next; w r1; r1=0xff000000"},
    {"0010e0e3", "mvn r1, #0", "next; w r1; r1=0xffffffff"},
    {"41020fe3", "movw r0, #0xf241", "next; w r0; r0=0xf241"},
    {"120340e3", "movt r0, #0x312", "next; r r0; w r0; r0=r0@16:0x312"},
    {"ff0080e3", "orr r0, r0, #0xff", "next; r r0; w r0; r0=r0|0xff"},
    {"010020e2", "eor r0, r0, #1", "next; r r0; w r0; r0=r0^0x1"},
    {"8101a0e1", "lsl r0, r1, #3", "next; r r1; w r0; r0=r1<<0x3"},
    {"a101a0e1", "lsr r0, r1, #3", "next; r r1; w r0"},
    {"017066e2", "rsb r7, r6, #1", "next; r r6; w r7"},
    {"057066e0", "rsb r7, r6, r5", "next; r r5 r6; w r7"},
    /* shifted operands */
    {"053184e0", "add r3, r4, r5, lsl #2", "next; r r4 r5; w r3"},
    {"333285e1", "orr r3, r5, r3, lsr r2", "next; r r2 r3 r5; w r3"},
    {"6320a0e1", "rrx r2, r3", "next; r r3 cpsr; w r2"},
    {"130210e1", "tst r0, r3, lsl r2", "next; r r0 r2 r3; p cpsr"},
    {"a10152e1", "cmp r2, r1, lsr #3", "next; r r1 r2; w cpsr"},
    /* flags */
    {"01005de1", "cmp sp, r1", "next; r r1 sp; w cpsr"},
    {"000071e1", "cmn r1, r0", "next; r r0 r1; w cpsr"},
    {"010031e3", "teq r1, #1", "next; r r1; p cpsr"},
    {"011091e2", "adds r1, r1, #1", "next; r r1; w r1 cpsr; r1=r1+0x1"},
    {"010050e0", "subs r0, r0, r1", "next; r r0 r1; w r0 cpsr; r0=r0-r1"},
    {"072011e2", "ands r2, r1, #7", "next; r r1; w r2; p cpsr; r2=r1&0x7"},
    {"0020b0e1", "movs r2, r0", "next; r r0; w r2; p cpsr; r2=r0+0x0"},
    {"0320a2e0", "adc r2, r2, r3", "next; r r2 r3 cpsr; w r2"},
    {"0050d5e2", "sbcs r5, r5, #0", "next; r r5 cpsr; w r5 cpsr"},
    {"0080e0e2", "rsc r8, r0, #0", "next; r r0 cpsr; w r8"},
    {"00000fe1", "mrs r0, apsr", "next; r cpsr; w r0"},
    {"00f028e1", "msr apsr_nzcvq, r0", "next; r r0; w cpsr"},
    {"0180a003", "moveq r8, #1", "next, conditional; r cpsr; p r8"},
    {"02008110", "addne r0, r1, r2", "next, conditional; r r1 r2 cpsr; p r0"},
    {"00000000", "andeq r0, r0, r0", "next, conditional; r r0 cpsr; p r0"},
    {"007091d5", "ldrle r7, [r1]", "next, conditional; r r1 cpsr; p r7; load 4 [r1]"},
    {"00808885", "strhi r8, [r8]", "next, conditional; r r8 cpsr; store 4 [r8]"},
    /* memory */
    {"0030d4e5", "ldrb r3, [r4]", "next; r r4; w r3; load 1 [r4]"},
    {"003293e7", "ldr r3, [r3, r0, lsl #4]", "next; r r0 r3; w r3; load 4 [r3+r0*16]; r3=mem"},
    {"003013e7", "ldr r3, [r3, -r0]", "next; r r0 r3; w r3; load 4 [r3+r0*0]; r3=mem"},
    {"401183e7", "str r1, [r3, r0, asr #2]", "next; r r0 r1 r3; store 4 [r3+r0*0]"},
    {"b230f1e1", "ldrh r3, [r1, #2]!", "next; r r1; w r1 r3; load 2 [r1+2]; r1=r1+0x2"},
    {"b220c1e0", "strh r2, [r1], #2", "next; r r1 r2; w r1; store 2 [r1]; r1=r1+0x2"},
    {"d23091e1", "ldrsb r3, [r1, r2]", "next; r r1 r2; w r3; load 1 [r1+r2*1]"},
    {"f23051e0", "ldrsh r3, [r1], #-2", "next; r r1; w r1 r3; load 2 [r1]; r1=r1-0x2"},
    {"d840c3e1", "ldrd r4, r5, [r3, #8]", "next; r r3; w r4 r5; load 8 [r3+8]"},
    {"f040c3e1", "strd r4, r5, [r3]", "next; r r3 r4 r5; store 8 [r3]"},
    {"1e00bbe8", "ldm fp!, {r1, r2, r3, r4}", "next; r r11; w r1 r2 r3 r4 r11; load 16 [r11]; r11=r11+0x10"},
    {"0f00a8e8", "stm r8!, {r0, r1, r2, r3}", "next; r r0 r1 r2 r3 r8; w r8; store 16 [r8]; r8=r8+0x10"},
    /* atomics, threads */
    {"9f0f91e1", "ldrex r0, [r1]", "next, LL; r r1; w r0; load 4 [r1]; r0=mem"},
    {"930f81e1", "strex r0, r3, [r1]", "next, SC; r r1 r3; w r0; store 4 [r1]"},
    {"9f6fb1e1", "ldrexd r6, r7, [r1]", "next, LL; r r1; w r6 r7; load 8 [r1]"},
    {"940fa1e1", "strexd r0, r4, r5, [r1]", "next, SC; r r1 r4 r5; w r0; store 8 [r1]"},
    {"9f0fd1e1", "ldrexb r0, [r1]", "next, LL; r r1; w r0; load 1 [r1]"},
    {"930001e1", "swp r0, r3, [r1]", "next, atomic; r r1 r3; w r0; update 4 [r1]; r0=mem"},
    {"1ff07ff5", "clrex", "next"},
    {"5bf07ff5", "dmb ish", "next"},
    {"700f1dee", "mrc p15, #0, r0, c13, c0, #3", "next, TLS; w r0"},
    {"ba0f07ee", "mcr p15, #0, r0, c7, c10, #5", "next; r r0"},
    {"00f0d1f5", "pld [r1]", "next"},
    {"00f020e3", "nop", "next"},
    /* multiplication and media */
    {"920402e0", "mul r2, r2, r4", "next; r r2 r4; w r2"},
    {"973220e0", "mla r0, r7, r2, r3", "next; r r2 r3 r7; w r0"},
    {"973260e0", "mls r0, r7, r2, r3", "next; r r2 r3 r7; w r0"},
    {"95b382e0", "umull fp, r2, r5, r3", "next; r r3 r5; w r2 r11"},
    {"95b3a2e0", "umlal fp, r2, r5, r3", "next; r r2 r3 r5 r11; w r2 r11"},
    {"810260e1", "smulbb r0, r1, r2", "next; r r1 r2; w r0"},
    {"c03b20e1", "smlawt r0, r0, fp, r3", "next; r r0 r3 r11; w r0; p cpsr"},
    {"11f250e7", "smmul r0, r1, r2", "next; r r1 r2; w r0"},
    {"143f6fe1", "clz r3, r4", "next; r r4; w r3"},
    {"343fbfe6", "rev r3, r4", "next; r r4; w r3"},
    {"343fffe6", "rbit r3, r4", "next; r r4; w r3"},
    {"7430afe6", "sxtb r3, r4", "next; r r4; w r3"},
    {"7430f5e6", "uxtah r3, r5, r4", "next; r r4 r5; w r3"},
    {"d431e3e7", "ubfx r3, r4, #3, #4", "next; r r4; w r3"},
    {"9431c6e7", "bfi r3, r4, #3, #4", "next; r r3 r4; w r3"},
    {"9f31c6e7", "bfc r3, #3, #4", "next; r r3; w r3"},
    {"11f032e7", "udiv r2, r1, r0", "next; r r0 r1; w r2"},
    {"1210a4e6", "ssat r1, #5, r2", "next; r r2; w r1; p cpsr"},
    {"521003e1", "qadd r1, r2, r3", "next; r r2 r3; w r1; p cpsr"},
    /* floating point */
    {"0f0b9ded", "vldr d0, [sp, #0x3c]", "next; r sp; w d0.0 d0.1; load 8 [sp+60]"},
    {"010added", "vldr s1, [sp, #4]", "next; r sp; w d0.1; load 4 [sp+4]"},
    {"02fb01ed", "vstr d15, [r1, #-8]", "next; r r1 d15.0 d15.1; store 8 [r1-8]"},
    {"080ba0ec", "vstmia r0!, {d0, d1, d2, d3}",
        "next; r r0 d0.0 d0.1 d1.0 d1.1 d2.0 d2.1 d3.0 d3.1; w r0; store 32 [r0]; r0=r0+0x20"},
    {"060bb8ec", "vldmia r8!, {d0, d1, d2}",
        "next; r r8; w r8 d0.0 d0.1 d1.0 d1.1 d2.0 d2.1; load 24 [r8]; r8=r8+0x18"},
    {"030ad8ec", "vldmia r8, {s1, s2, s3}", "next; r r8; w d0.1 d1.0 d1.1; load 12 [r8]"},
    {"020b31ee", "vadd.f64 d0, d1, d2", "next; r d1.0 d1.1 d2.0 d2.1; w d0.0 d0.1; p fpscr"},
    {"210a71ee", "vadd.f32 s1, s2, s3", "next; r d1.0 d1.1; w d0.1; p fpscr"},
    {"020b01ee", "vmla.f64 d0, d1, d2", "next; r d0.0 d0.1 d1.0 d1.1 d2.0 d2.1; w d0.0 d0.1; p fpscr"},
    {"020ba1ee", "vfma.f64 d0, d1, d2", "next; r d0.0 d0.1 d1.0 d1.1 d2.0 d2.1; w d0.0 d0.1; p fpscr"},
    {"610bb0ee", "vmov.f64 d0, d17", "next; r d17.0 d17.1; w d0.0 d0.1"},
    {"000bb7ee", "vmov.f64 d0, #1.000000e+00", "next; w d0.0 d0.1"},
    {"410bb1ee", "vneg.f64 d0, d1", "next; r d1.0 d1.1; w d0.0 d0.1"},
    {"c10bb1ee", "vsqrt.f64 d0, d1", "next; r d1.0 d1.1; w d0.0 d0.1; p fpscr"},
    {"410bb4ee", "vcmp.f64 d0, d1", "next; r d0.0 d0.1 d1.0 d1.1; p fpscr"},
    {"400bb5ee", "vcmp.f64 d0, #0", "next; r d0.0 d0.1; p fpscr"},
    {"10faf1ee", "vmrs apsr_nzcv, fpscr", "next; r fpscr; w cpsr"},
    {"100af1ee", "vmrs r0, fpscr", "next; r fpscr; w r0"},
    {"100ae1ee", "vmsr fpscr, r0", "next; r r0; w fpscr"},
    {"cf0ab7ee", "vcvt.f64.f32 d0, s30", "next; r d15.0; w d0.0 d0.1; p fpscr"},
    {"e4fbb7ee", "vcvt.f32.f64 s30, d20", "next; r d20.0 d20.1; w d15.0; p fpscr"},
    {"cf1bb8ee", "vcvt.f64.s32 d1, s30", "next; r d15.0; w d1.0 d1.1; p fpscr"},
    {"c0fbbcee", "vcvt.u32.f64 s30, d0", "next; r d0.0 d0.1; w d15.0; p fpscr"},
    {"ee1bbaee", "vcvt.f64.s32 d1, d1, #3", "next; r d1.0 d1.1; w d1.0 d1.1; p fpscr"},
    {"104a00ee", "vmov s0, r4", "next; r r4; w d0.0"},
    {"904a11ee", "vmov r4, s3", "next; r d1.1; w r4"},
    {"103b2fee", "vmov.32 d15[1], r3", "next; r r3; w d15.1"},
    {"103b1fee", "vmov.32 r3, d15[0]", "next; r d15.0; w r3"},
    {"112b43ec", "vmov d1, r2, r3", "next; r r2 r3; w d1.0 d1.1"},
    {"112b53ec", "vmov r2, r3, d1", "next; r d1.0 d1.1; w r2 r3"},
    {"112a43ec", "vmov s2, s3, r2, r3", "next; r r2 r3; w d1.0 d1.1"},
    /* not in the table: Advanced SIMD, parallel arithmetic, ARMv8's loads and stores */
    {"400d00f2", "vadd.f32 q0, q0, q0", "unknown"},
    {"131f12e6", "sadd16 r1, r2, r3", "unknown"},
    {"9f3c95e1", "lda r3, [r5]", "unknown"},
    {"93fc85e1", "stl r3, [r5]", "unknown"},
    {"943e85e1", "stlex r3, r4, [r5]", "unknown"},
    /* what Go means by UNDEF, which capstone does not decode */
    {"fdbcfaf7", "", "invalid"},
};
/* clang-format on */

static void test_arm(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("arm", rows, sizeof rows / sizeof *rows), 0);
}

/* ---- each row of the table is executed by effects-match ---- */

enum { MAX_ROWS = 256 };
static bool listed[2][MAX_ROWS]; /* by whether the row is one of those with a condition */

/* Only what is always executed counts: under a condition nothing is killed, and no value is followed. */
static void mark_row(void *context, const uint8_t *bytes, size_t size)
{
    (void)context;
    assert_int_equal(size, 4);
    uint32_t word = listed_word(bytes, false), condition = word >> 28;
    bool has_condition = condition < 15, is_always = condition >= 14;
    const struct arm_row *rows_of = has_condition ? arm_rows : arm_unconditional_rows, *row = rows_of;
    while ((word & row->mask) != row->value)
        row++;
    listed[has_condition][row - rows_of] |= is_always;
}

/* How many rows are in no list; prints each. The last one has no mask. */
static int rows_missing(const struct arm_row *table, const bool *is_listed)
{
    int missing = 0;
    for (int i = 0; table[i].mask; i++) {
        assert_true(i < MAX_ROWS);
        if (!table[i].roles || is_listed[i])
            continue;
        print_message("the row of %#x under the mask %#x is in no list of instructions\n", table[i].value,
                      table[i].mask);
        missing++;
    }
    return missing;
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    each_listed("arch/arm/test/instructions/arm.tsv", mark_row, NULL);
    int missing = rows_missing(arm_rows, listed[true]);
    missing += rows_missing(arm_unconditional_rows, listed[false]);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_arm),
                                       cmocka_unit_test(test_each_row_is_executed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
