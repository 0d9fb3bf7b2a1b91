/* Each check finds its fault in a function made by hand, and is silent on the sound twin of it. Those of what
 * a function is entered with are in test_entry_checks.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "check_fixture.h"

/* clang-format off */
static const struct row rows[] = {
    /* x27 is lost, as it is in Go. */
    {"a lost register is live at a safe PC",
        {{0xf940001b /* ldr x27, [x0] */, 0x8b020361 /* add x1, x27, x2 */, RET}, "usu", "aaa"},
     "clobber@4 x27"},
    {"the same, unsafe", {{0xf940001b, 0x8b020361, RET}, "uus", "aaa"}, ""},
    {"live over several PCs", {{0xf940001b, NOP, NOP, 0x8b020361, RET}, "sssss", "aaaaa"}, "clobber@4-c x27"},
    {"written again before it is read", {{0xf940001b, 0xf940001b, 0x8b020361, RET}, "ssus", "aaaa"}, ""},
    {"a range that writes it first", {{0xf940001b, 0x8b020361, RET}, "33s", "aaa"}, ""},
    {"a range behind its write", {{0xf940001b, NOP, 0x8b020361, RET}, "u33s", "aaaa"}, "clobber@4-8 x27"},
    {"live around a loop", {{0xf940001b, NOP, 0x8b020361, 0xb5ffffc0 /* cbnz x0, 4 */, RET}, "uuuss",
        "aaaaa"}, "clobber@c x27"},
    {"a call ends its life", {{0xf940001b, 0x94000010 /* bl 44 */, 0x8b020361, RET}, "ssuu", "aaaa"}, ""},
    {"an upper half is lost, the lower is read",
        {{0x6d400400 /* ldp d0, d1, [x0] */, 0x1e612800 /* fadd d0, d0, d1 */, RET}, "sss", "aaa"}, ""},
    {"an upper half is lost and read", {{0x3dc00000 /* ldr q0, [x0] */, 0x3d800020 /* str q0, [x1] */, RET},
        "sss", "aaa"},
     "clobber@4 v0"},

    {"SP as the table says", {{PUSH_LR, NOP, 0x910083ff, RET}, "ssss", "acca"}, ""},
    {"two steps, the second unsafe", {{PUSH_LR, 0x910043ff /* add sp, sp, #0x10 */, 0x910043ff, RET},
        "ssus", "acca"}, ""},
    {"SP comes back in two steps (golang/go#73259)",
        {{PUSH_LR, 0x910043ff, 0x910043ff, RET}, "ssss", "acca"}, "sp@8 sp"},
    {"by a constant in registers, and back by SP's copy",
     {{0xd280041b /* mov x27, #0x20 */, 0xcb3b63f4 /* sub x20, sp, x27 */, 0xf900029e /* str x30, [x20] */,
       0x9100029f /* mov sp, x20 */, NOP, 0x910083ff, RET}, "uuuusss", "aaaacca"}, ""},
    {"the same, its table a step late", {{0xd280041b, 0xcb3b63f4, 0xf900029e, 0x9100029f, NOP, 0x910083ff,
            RET},
        "uuuusss", "aaaaaca"}, "sp@10 sp"},
    {"pre-index and post-index",
        {{0xf81e0ffe /* str x30, [sp, #-32]! */, NOP, 0xf84207fe /* ldr x30, [sp], #32 */, RET}, "ssss",
            "acca"}, ""},
    {"paths that differ meet", {{0xb4000040 /* cbz x0, 8 */, 0xd10083ff, NOP, 0x910083ff, RET}, "sssss",
        "aacca"}, "sp@8-10 sp"},
    {"the same, unsafe", {{0xb4000040, 0xd10083ff, NOP, 0x910083ff, RET}, "ssuuu", "aacca"}, ""},
    {"a range is looked at from its start", {{PUSH_LR, NOP, NOP, 0x910083ff, RET}, "s33ss", "accca"}, ""},
    {"SP moves in a range", {{0xd10043ff /* sub sp, sp, #0x10 */, 0xd10043ff, 0x910083ff, RET}, "33ss",
        "abca"},
     "sp@4 sp, restart@4 sp, return@8"},

    {"SP is rounded down by a mask",
        {{PUSH_LR, 0x910003f0 /* mov x16, sp */, 0x927ae61f /* and sp, x16, #-64 */, 0xaa0103e2 /* mov x2,
            x1 */,
      RET}, "sssss", "acccc"}, "sp@c-10 sp"},
    {"the same, unsafe, and SP comes back from a copy",
        {{PUSH_LR, 0x910003f0, 0x927ae61f, 0x9100021f /* mov sp, x16 */, POP_LR, RET}, "sssuss", "acccca"},
            ""},
    {"a mask that SP is a multiple of",
        {{PUSH_LR, 0x910003f0, 0x927cee1f /* and sp, x16, #-16 */, NOP, POP_LR, RET}, "ssssss", "acccca"},
            ""},
    {"the low bits of SP are no SP",
        {{PUSH_LR, 0x910003f0, 0x92401610 /* and x16, x16, #63 */, 0xcb3063ff /* sub sp, sp, x16 */, NOP,
            RET},
            "sssuuu", "acccca"}, ""},

    {"LR below SP before SP moves",
        {{0xf81e03fe /* stur x30, [sp, #-32] */, 0xd10083ff, 0xf94003fe /* ldr x30, [sp] */,
      0x910083ff, RET}, "sssss", "aacca"}, "below-sp@4"},
    {"the same, unsafe in between", {{0xf81e03fe, 0xd10083ff, 0xf94003fe, 0x910083ff, RET}, "susss", "aacca"},
        ""},
    {"loaded behind SP's move",
        {{0xd10083ff, 0xf90003fe /* str x30, [sp] */, 0x910083ff, 0xf85e03fe /* ldur x30, [sp, #-32] */, RET},
      "susss", "accaa"}, "below-sp@c"},
    {"the word that pushCall leaves alone",
        {{0xf81f83fd /* stur x29, [sp, #-8] */, NOP, 0xf85f83fd /* ldur x29, [sp, #-8] */, RET},
      "ssss", "aaaa"}, ""},
    {"that word lives over a call", {{0xf81d83fd /* stur x29, [sp, #-40] */, PUSH_LR, 0x94000010 /* bl */,
      0xf85f83fd, POP_LR, RET}, "ssssss", "aaccca"}, "below-sp@4"},
    {"others don't",
        {{0xf81d03f3 /* stur x19, [sp, #-48] */, PUSH_LR, 0x94000010,
            0xf85f03f3 /* ldur x19, [sp, #-16] */,
      POP_LR, RET}, "sssuss", "aaccca"}, ""},
    {"halves of a word, each stored before it is loaded",
        {{0xb81f03e1 /* stur w1, [sp, #-16] */, 0xb85f03e2 /* ldur w2, [sp, #-16] */, RET}, "sus", "aaa"},
     ""},
    {"a half that is needed", {{0xb81f03e1, NOP, 0xb85f03e2, RET}, "ssus", "aaaa"}, "below-sp@4"},
    {"stored below SP and never needed", {{0xf81e03fe, NOP, NOP, RET}, "ssss", "aaaa"}, ""},

    {"a sound range",
        {{0x9000001b /* adrp x27 */, 0x9100237b /* add x27, x27, #8 */, 0xf9400360 /* ldr x0, [x27] */, RET},
            "333s", "aaaa"}, ""},
    {"a range that changes its input",
        {{0x91000421 /* add x1, x1, #1 */, 0x91000821 /* add x1, x1, #2 */, RET}, "33s", "aaa"},
     "restart@4 x1"},
    {"two ranges", {{0x91000421, 0x91000821, RET}, "34s", "aaa"}, ""},
    {"a range that stores twice", {{0xf9000020 /* str x0, [x1] */, 0xf9000040 /* str x0, [x2] */, RET}, "33s",
        "aaa"}, "restart@4"},
    {"a range that stores at last", {{0x9000001b, 0xf9000360 /* str x0, [x27] */, RET}, "33s", "aaa"}, ""},
    {"branched into", {{0xb4000040 /* cbz x0, 8 */, 0x9000001b, 0xf9400360, RET}, "u33s", "aaaa"},
        "restart@8"},
    {"branched to its start", {{0xb4000020 /* cbz x0, 4 */, 0x9000001b, 0xf9400360, RET}, "u33s", "aaaa"},
        ""},
    {"control leaves in the middle", {{0xb4000060 /* cbz x0, c */, NOP, NOP, RET}, "333s", "aaaa"},
        "restart@0"},
    {"a branch ends it", {{0x9000001b, 0xb400003b /* cbz x27, 8 */, RET}, "33s", "aaa"}, ""},
    {"as long as the runtime takes it", {{NOP, NOP, NOP, NOP, NOP, NOP, RET}, "333333s", "aaaaaaa"}, ""},
    {"too long", {{NOP, NOP, NOP, NOP, NOP, NOP, NOP, RET}, "3333333s", "aaaaaaaa"}, "restart@18"},

    {"back to the entry", {{0xd2800021 /* mov x1, #1 */, NOP, NOP, RET}, "s55s", "aaaa"}, ""},
    {"back to the entry, which reads what was changed", {{0x91000421, NOP, NOP, RET}, "s55s", "aaaa"},
        "restart@4-8 x1"},
    {"back to the entry behind a store", {{0xf9000020, NOP, NOP, RET}, "s55s", "aaaa"}, "restart@4-8"},
    {"stored on the way back to the entry",
        {{0xb4000060 /* cbz x0, c */, NOP, RET, 0xf9000020, 0x17fffffc /* b 0 */}, "55suu", "aaaaa"}, ""},
    {"back to the entry behind flags that it sets first",
        {{0xeb01001f /* cmp x0, x1 */, 0x54000040 /* b.eq c */, RET, RET}, "55ss", "aaaa"}, ""},
    {"back to the entry, which reads the flags that were changed",
        {{0x54000060 /* b.eq c */, 0xeb01001f, NOP, RET}, "ss5s", "aaaa"}, "restart@8 nzcv"},
    {"back to the entry with SP moved", {{0xd10083ff, NOP, 0x910083ff, RET}, "s5ss", "acca"},
        "sp@4 sp, restart@4 sp, return@8"},

    {"the thread's address is kept",
        {{0xd53bd040 /* mrs x0, tpidr_el0 */, 0xf9400801 /* ldr x1, [x0, #16] */, RET}, "sss", "aaa"},
        "tls@4 x0"},
    {"what is loaded by it may be", {{0xd53bd040, 0xf9400801, 0x91000421, RET}, "suss", "aaaa"}, ""},
    {"a copy is kept",
        {{0xd53bd040, 0x91000402 /* add x2, x0, #1 */, NOP, 0xf9400841 /* ldr x1, [x2, #16] */, RET}, "uusus",
            "aaaaa"}, "tls@8 x2"},
    {"read and restarted", {{0xd53bd040, 0xf9400801, RET}, "33s", "aaa"}, ""},

    {"LL and SC, again if it fails",
     {{0x885ffc20 /* ldaxr w0, [x1] */, 0x11000400 /* add w0, w0, #1 */, 0x8802fc20 /* stlxr w2, w0, [x1] */,
       0x35ffffa2 /* cbnz w2, 0 */, RET}, "sssss", "aaaaa"}, ""},
    {"LL and SC, once", {{0x885ffc20, 0x11000400, 0x8802fc20, RET}, "ssss", "aaaa"}, "llsc@4-8"},
    {"LL and SC once, unsafe", {{0x885ffc20, 0x11000400, 0x8802fc20, RET}, "suus", "aaaa"}, ""},
};
/* clang-format on */

static void test_rows(void **state)
{
    check_rows(*state, rows, sizeof rows / sizeof *rows);
}

/* SP from a register that nobody followed: no finding, and it does not go unseen. */
static void test_sp_unknown(void **state)
{
    struct fixture *x = *state;
    const struct made from_register = {{NOP, 0x9100005f /* mov sp, x2 */, NOP, RET}, "ssss", "aaaa"};
    x->findings.sp_unknown = 0;
    assert_string_equal(find(x, &from_register, FILTER_NONE), "");
    assert_int_equal(x->findings.sp_unknown, 2);
}

/* How long a vector is no code says: not even behind the ADDVL that takes back what another one made room
 * for. */
static void test_sp_behind_addvl(void **state)
{
    struct fixture *x = *state;
    const struct made by_vectors = {
        {0x043f57ff /* addvl sp, sp, #-1 */, NOP, 0x043f503f /* addvl sp, sp, #1 */, RET}, "ssss", "aaaa"};
    x->findings.sp_unknown = 0;
    assert_string_equal(find(x, &by_vectors, FILTER_NONE), "");
    assert_int_equal(x->findings.sp_unknown, 3);
}

/* What is wrong where no call may be injected is counted. */
static void test_sp_loose(void **state)
{
    struct fixture *x = *state;
    const struct made loose = {{PUSH_LR, NOP, 0x910083ff, RET}, "suss", "aaca"};
    x->findings.sp_loose = 0;
    assert_string_equal(find(x, &loose, FILTER_NONE), "");
    assert_int_equal(x->findings.sp_loose, 1);
}

/* %fs:0 is the thread's address; %fs:-8 is g, which goes with the goroutine. */
static void test_thread_of_x86(void **state)
{
    static const uint8_t address[] = {0x64,
                                      0x48,
                                      0x8b,
                                      0x04,
                                      0x25,
                                      0,
                                      0,
                                      0,
                                      0 /* mov %fs:0, %rax */,
                                      0x48,
                                      0x8b,
                                      0x40,
                                      0xf8 /* mov -8(%rax), %rax */,
                                      0x48,
                                      0x89,
                                      0x03 /* mov %rax, (%rbx) */,
                                      0xc3};
    static const uint8_t g[] = {0x64, 0x48, 0x8b,
                                0x04, 0x25, 0xf8,
                                0xff, 0xff, 0xff /* mov %fs:-8, %rax */,
                                0x48, 0x89, 0x03 /* mov %rax, (%rbx) */,
                                0xc3};
    struct gobin_func f = {.name = "made",
                           .entry = MADE_ENTRY,
                           .end = MADE_ENTRY + sizeof address,
                           .code = address,
                           .unsafe_point = {.func_size = sizeof address, .quantum = 1}};
    assert_string_equal(find_in(*state, &f), "tls@9 rax");
    f.code = g;
    f.end = MADE_ENTRY + sizeof g;
    f.unsafe_point.func_size = sizeof g;
    assert_string_equal(find_in(*state, &f), "");
}

/* A push and what the call pushes: x86's SP delta leaves the caller's return address out. */
static void test_sp_of_x86(void **state)
{
    static const uint8_t code[] = {0x55 /* push %rbp */,
                                   0xe8,
                                   0,
                                   1,
                                   0,
                                   0 /* call */,
                                   0x48,
                                   0x83,
                                   0xec,
                                   0x08 /* sub $8, %rsp */,
                                   0x48,
                                   0x83,
                                   0xc4,
                                   0x08 /* add $8, %rsp */,
                                   0x5d /* pop %rbp */,
                                   0xc3};
    static const uint8_t sound[] = {2, 1, 16, 9, 16, 4, 15, 1, 15, 1, 0},
                         late[] = {2, 1, 16, 10, 16, 3, 15, 1, 15, 1, 0};
    struct gobin_func f = {.name = "made",
                           .entry = MADE_ENTRY,
                           .end = MADE_ENTRY + sizeof code,
                           .code = code,
                           .unsafe_point = {.func_size = sizeof code, .quantum = 1},
                           .sp_delta = {sound, sizeof sound, sizeof code, 1, PCTAB_ANY}};
    assert_string_equal(find_in(*state, &f), "");
    f.sp_delta.bytes = late;
    assert_string_equal(find_in(*state, &f), "sp@a rsp");
}

/* A delay slot is executed before its branch goes on, and no signal is reported there. */
static void test_delay_slot(void **state)
{
    const struct made slot = {{0x10800003 /* beq $4, $0, 10 */, 0x27bdfff0 /* addiu $sp, $sp, -16 */,
                               0xafbf0000 /* sw $ra, 0($sp) */, 0x00000000,
                               0x27bd0010 /* addiu $sp, $sp, 16 */, 0x03e00008 /* jr $ra */, 0},
                              "ssusuus",
                              "aabbbaa"};
    assert_string_equal(find(*state, &slot, FILTER_NONE), "");
    assert_false(cfg_at(((struct fixture *)*state)->cfg, 1)->allowed);
    const struct made early = {
        {0x10800003, 0x27bdfff0, 0xafbf0000, 0, 0x27bd0010, 0x03e00008, 0}, "ssusuus", "abbbbaa"};
    assert_string_equal(find(*state, &early, FILTER_NONE), "");
    const struct made wrong = {
        {0x10800003, 0x27bdfff0, 0xafbf0000, 0, 0x27bd0010, 0x03e00008, 0}, "ssusuus", "aabaaaa"};
    assert_string_equal(find(*state, &wrong, FILTER_NONE), "sp@c r29");
    /* The call writes LR before its delay slot is executed. */
    const struct made call = {{0x0c000010 /* jal 40 */, 0xafbffffc /* sw $ra, -4($sp) */,
                               0x8fbffffc /* lw $ra, -4($sp) */, 0x03e00008, 0},
                              "suuss",
                              "aaaaa"};
    assert_string_equal(find(*state, &call, FILTER_NONE), "return@c r31");
}

/* A predicated instruction may leave SP alone. */
static void test_conditional(void **state)
{
    struct fixture *x = *state;
    const struct made f = {
        {0xe52de010 /* str lr, [sp, #-16]! */, 0x124dd010 /* subne sp, sp, #16 */, 0xe12fff1e /* bx lr */},
        "sss",
        "aba"};
    x->findings.sp_unknown = 0;
    assert_string_equal(find(x, &f, FILTER_NONE), "");
    assert_int_equal(x->findings.sp_unknown, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sp_unknown, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sp_behind_addvl, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sp_loose, setup, teardown),
        cmocka_unit_test_setup_teardown(test_thread_of_x86, setup_amd64, teardown),
        cmocka_unit_test_setup_teardown(test_sp_of_x86, setup_amd64, teardown),
        cmocka_unit_test_setup_teardown(test_delay_slot, setup_mips, teardown),
        cmocka_unit_test_setup_teardown(test_conditional, setup_arm, teardown),
    };
    return cmocka_run_group_tests_name("checks of compiled functions", tests, NULL, NULL);
}
