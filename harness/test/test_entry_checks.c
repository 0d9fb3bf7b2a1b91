/* The checks of values that a function is entered with, the return address and the frame pointer, and of what
 * else lies in LR: each finds its fault, and is silent on the sound twin of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "check_fixture.h"

/* clang-format off */
static const struct row rows[] = {
    {"LR is stored a step behind SP's move", {{0xd10083ff, 0xf90003fe, 0x910083ff, RET}, "ssss", "acca"},
        "return@4"},
    {"the same, unsafe", {{0xd10083ff, 0xf90003fe, 0x910083ff, RET}, "suss", "acca"}, ""},
    {"LR is never stored (golang/go#17381)", {{0xd10083ff, NOP, NOP, 0x910083ff, RET}, "sssss", "accca"},
        "return@4-c"},
    {"a local in the slot of LR (klauspost/compress#1176)",
        {{PUSH_LR, 0xf90003e1 /* str x1, [sp] */, NOP, 0x910083ff, RET}, "sssss", "accca"}, "return@8-c"},
    {"half of the slot is overwritten",
        {{PUSH_LR, 0xb90007e1 /* str w1, [sp, #4] */, 0x910083ff, RET}, "ssss", "acca"}, "return@8"},
    {"a local beside it",
        {{PUSH_LR, 0xf90007e1 /* str x1, [sp, #8] */, 0x910083ff, RET}, "ssss", "acca"}, ""},
    {"a local in the slot on one of two ways",
        {{PUSH_LR, 0xb4000040 /* cbz x0, c */, 0xf90003e1, POP_LR, RET}, "sssss", "accca"},
        "return@c, return@10 x30"},
    {"LR lies in the upper word of a pair",
        {{0xa9bf7bfd /* stp x29, x30, [sp, #-16]! */, 0xa8c17bfd /* ldp x29, x30, [sp], #16 */, RET}, "sss",
            "aba"}, "return@4"},
    {"LR lies in the lower word of a pair, and comes back",
        {{0xa9bf77fe /* stp x30, x29, [sp, #-16]! */, 0x94000010, 0xa8c177fe /* ldp x30, x29, [sp], #16 */,
      RET}, "ssss", "abba"}, ""},
    {"LR waits in another register",
        {{0xaa1e03f4 /* mov x20, x30 */, 0xd280003e /* mov x30, #1 */, 0xaa1403fe /* mov x30, x20 */, RET},
      "ssss", "aaaa"}, "return@8 x30"},
    {"LR is stored from another register",
        {{0xaa1e03f4, 0xf81e0ff4 /* str x20, [sp, #-32]! */, 0x94000010, POP_LR, RET}, "sssss", "aacca"}, ""},
    {"a frame record",
        {{PUSH_LR, 0xf81f83fd /* stur x29, [sp, #-8] */, 0xd10023fd /* sub x29, sp, #8 */, 0x94000010,
      0xf85f83fd /* ldur x29, [sp, #-8] */, POP_LR, RET}, "sssssss", "accccca"}, ""},
    {"FP comes back behind SP (golang/go#63830)",
        {{PUSH_LR, 0xf81f83fd, 0xd10023fd, POP_LR, 0xf85d83fd /* ldur x29, [sp, #-40] */, RET}, "ssssus",
            "acccaa"}, ""},
    {"the same at a safe PC", {{PUSH_LR, 0xf81f83fd, 0xd10023fd, POP_LR, 0xf85d83fd, RET}, "ssssss",
            "acccaa"},
        "below-sp@10, fp@10 x29"},
    {"FP of a leaf function is computed when SP is back",
        {{PUSH_LR, 0xf81f83fd, 0xd10023fd, 0x910083ff, 0xd10023fd, RET}, "ssssus", "acccaa"}, ""},
    {"the same at a safe PC", {{PUSH_LR, 0xf81f83fd, 0xd10023fd, 0x910083ff, 0xd10023fd, RET}, "ssssss",
        "acccaa"}, "fp@10 x29"},
    {"FP holds a number", {{0xd280003d /* mov x29, #1 */, NOP, RET}, "sus", "aaa"}, "fp@8 x29"},
    {"FP is saved in another register",
        {{0xaa1d03e1 /* mov x1, x29 */, 0xd280003d, 0xaa0103fd /* mov x29, x1 */, RET}, "ssus", "aaaa"}, ""},
    {"a tail call with another FP", {{0xd280003d, 0x14000040 /* b 100 */}, "ss", "aa"}, "fp@4 x29"},

    {"a pointer in LR (golang/go#80188)",
        {{PUSH_LR, 0xf940001e /* ldr x30, [x0] */, NOP, 0xf94003c1 /* ldr x1, [x30] */, POP_LR, RET},
            "ssssss",
            "acccca"}, "roots@8-c x30"},
    {"the same, unsafe", {{PUSH_LR, 0xf940001e, NOP, 0xf94003c1, POP_LR, RET}, "ssuuss", "acccca"}, ""},
    {"LR is moved to another register, and may be a number",
        {{PUSH_LR, 0xf940001e, 0xaa1e03e1 /* mov x1, x30 */, POP_LR, RET}, "sssss", "accca"}, "roots@8 x30?"},
    {"LR is moved to another register, which is gone through to memory",
        {{PUSH_LR, 0xf940001e, 0xaa1e03e1, 0xf9400022 /* ldr x2, [x1] */, POP_LR, RET}, "ssssss",
            "acccca"}, "roots@8 x30"},
    {"LR is an index", {{PUSH_LR, 0xf940001e, 0xf87e6801 /* ldr x1, [x0, x30] */, POP_LR, RET}, "sssss",
        "accca"}, "roots@8 x30?"},
    {"a number in LR that is known",
        {{PUSH_LR, 0xd280003e /* mov x30, #1 */, 0xaa1e03e1, POP_LR, RET}, "sssss", "accca"}, ""},
    {"an address in the frame",
        {{PUSH_LR, 0x910023fe /* add x30, sp, #8 */, 0xaa1e03e1, POP_LR, RET}, "sssss", "accca"}, ""},
    {"a byte in LR", {{PUSH_LR, 0x3940001e /* ldrb w30, [x0] */, 0xaa1e03e1, POP_LR, RET}, "sssss", "accca"},
        ""},
    {"LR is only compared", {{PUSH_LR, 0xf940001e, 0xb400005e /* cbz x30, 10 */, NOP, POP_LR, RET}, "ssssss",
        "acccca"}, ""},
    {"LR is only called", {{PUSH_LR, 0xf940001e, 0xd63f03c0 /* blr x30 */, POP_LR, RET}, "sssss", "accca"},
        ""},
    {"LR is restored while its value is needed no more",
        {{PUSH_LR, 0xf940001e, POP_LR, 0xaa1e03e1, RET}, "sssss", "accaa"}, ""},

    {"a call ends what another register holds",
        {{PUSH_LR, 0xaa1e03f4, 0x94000010, 0xaa1403fe, 0x910083ff, RET}, "ssssss", "acccca"},
            "return@14 x30"},
};
/* clang-format on */

static void test_rows(void **state)
{
    check_rows(*state, rows, sizeof rows / sizeof *rows);
}

/* Go 1.26.10 and 1.27.3 scan the slot of LR. What the stub saves elsewhere nobody scans, pointers that is. */
static void test_roots(void **state)
{
    struct fixture *x = *state;
    const struct made pointer = {{PUSH_LR, 0xf940001e, 0xf94003c1, POP_LR, RET}, "sssss", "accca"};
    assert_string_equal(find(x, &pointer, FILTER_NONE), "roots@8 x30");
    x->in.scans_link = true;
    assert_string_equal(find(x, &pointer, FILTER_NONE), "");

    const struct made stub = {{PUSH_LR, 0xf90007e1 /* str x1, [sp, #8] */, 0xf9000402 /* str x2, [x0, #8] */,
                               0xfd000800 /* str d0, [x0, #16] */, 0xa9010c01 /* stp x1, x3, [x0, #16] */,
                               POP_LR, RET},
                              "sssssss",
                              "accccca"};
    struct made_memory m;
    struct gobin_func f = made_function(&stub, &m);
    assert_string_equal(find_in(x, &f), "");
    f.name = "runtime.asyncPreempt";
    f.filter = FILTER_RUNTIME; /* which takes nothing out: all functions lose what it loses */
    assert_string_equal(find_in(x, &f), "roots@8 x2, roots@10 x1, roots@10 x3");
}

/* DUFFZERO gets a frame record below SP, whose frame pointer comes back by a load. */
static enum callee without_stack(void *context, uint64_t address)
{
    (void)context, (void)address;
    return CALLEE_WITHOUT_STACK;
}

static void test_record_below_sp(void **state)
{
    /* clang-format off */
    static const uint8_t code[] = {
        0x48, 0x83, 0xec, 0x18,       /* sub $0x18, %rsp */
        0x48, 0x89, 0x6c, 0x24, 0x10, /* mov %rbp, 0x10(%rsp) */
        0x48, 0x8d, 0x6c, 0x24, 0x10, /* lea 0x10(%rsp), %rbp */
        0x48, 0x89, 0x6c, 0x24, 0xf0, /* mov %rbp, -0x10(%rsp), not safe from here */
        0x48, 0x8d, 0x6c, 0x24, 0xf0, /* lea -0x10(%rsp), %rbp */
        0xe8, 0, 1, 0, 0,             /* call, and up to here */
        0x48, 0x8b, 0x6d, 0x00,       /* mov (%rbp), %rbp, likewise */
        0x90,                         /* nop */
        0x48, 0x8b, 0x6c, 0x24, 0x10, /* mov 0x10(%rsp), %rbp */
        0x48, 0x83, 0xc4, 0x18,       /* add $0x18, %rsp */
        0xc3,
    };
    /* clang-format on */
    static const uint8_t points[] = {0, 14, 1, 19, 2, 11, 0}, deltas[] = {2, 4, 48, 39, 47, 1, 0};
    static const struct surroundings with_duffzero = {.callee = without_stack};
    struct fixture *x = *state;
    struct gobin_func f = {.name = "made",
                           .entry = MADE_ENTRY,
                           .end = MADE_ENTRY + sizeof code,
                           .code = code,
                           .unsafe_point = {points, sizeof points, sizeof code, 1, PCTAB_UNSAFE_POINT},
                           .sp_delta = {deltas, sizeof deltas, sizeof code, 1, PCTAB_ANY}};
    x->around = &with_duffzero;
    assert_string_equal(find_in(x, &f), "");
    x->around = NULL;
    assert_string_equal(find_in(x, &f), "fp@21-22 rbp");
}

/* morestack comes back with LR as it was at the entry; others don't. */
static enum callee grows_stack(void *context, uint64_t address)
{
    (void)context;
    return address == MADE_ENTRY + 0x48 ? CALLEE_GROWS_STACK : CALLEE_PLAIN;
}

static void test_grows_stack(void **state)
{
    static const struct surroundings with_morestack = {.callee = grows_stack};
    struct fixture *x = *state;
    const struct made prologue = {
        {0xb4000060 /* cbz x0, c */, 0xaa1e03e3 /* mov x3, x30 */, 0x94000010 /* bl 48 */, NOP, RET},
        "sssss",
        "aaaaa"};
    assert_string_equal(find(x, &prologue, FILTER_NONE), "return@c-10 x30");
    x->around = &with_morestack;
    assert_string_equal(find(x, &prologue, FILTER_NONE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_roots, setup, teardown),
        cmocka_unit_test_setup_teardown(test_record_below_sp, setup_amd64, teardown),
        cmocka_unit_test_setup_teardown(test_grows_stack, setup, teardown),
    };
    return cmocka_run_group_tests_name("checks of what a function is entered with", tests, NULL, NULL);
}
