/* Reading what a stub loses: registers that come back from where they were saved, and each way in which they
 * don't. amd64's, with AVX-512's registers, as Go 1.26 and later save them by way of p. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <elf.h>
#include <string.h>

#include "go/sequences/stub.h"
#include "go_image.h"
#include "reg_kind.h"

/* clang-format off */
#define LOAD_G 0x64, 0x4c, 0x8b, 0x34, 0x25, 0xf8, 0xff, 0xff, 0xff      /* mov %fs:-8, %r14 */
#define LOAD_P 0x49, 0x8b, 0x46, 0x30, 0x48, 0x8b, 0x80, 0xd0, 0, 0, 0   /* of m, then of p to %rax */
static const uint8_t sound[] = {
    0x9c, 0x50, 0x41, 0x56,                                  /* pushfq; push %rax; push %r14 */
    LOAD_G, LOAD_P,
    0x62, 0xf1, 0xfe, 0x48, 0x7f, 0x08,                      /* vmovdqu64 %zmm1, (%rax) */
    0x62, 0xe1, 0xfe, 0x48, 0x7f, 0x48, 0x02,                /* vmovdqu64 %zmm17, 0x80(%rax) */
    0xc4, 0xe1, 0xf8, 0x91, 0x88, 0xc0, 0, 0, 0,             /* kmovq %k1, 0xc0(%rax) */
    0x90, 0x90, 0x90,
    0xe8, 0x31, 0, 0, 0,                                     /* call of what is behind the code */
    LOAD_P,
    0x48, 0x8b, 0x80, 0, 4, 0, 0,                            /* mov 0x400(%rax), %rax */
    0xc4, 0xe1, 0xf8, 0x90, 0x88, 0xc0, 0, 0, 0,             /* kmovq 0xc0(%rax), %k1 */
    0x62, 0xe1, 0xfe, 0x48, 0x6f, 0x48, 0x02,                /* vmovdqu64 0x80(%rax), %zmm17 */
    0x62, 0xf1, 0xfe, 0x48, 0x6f, 0x08,                      /* vmovdqu64 (%rax), %zmm1 */
    0x41, 0x5e, 0x58, 0x9d, 0xc3,                            /* pop %r14; pop %rax; popfq; ret */
    0x90, 0x90, 0x90, 0x90,
};
enum {
    SAVE_Z1 = 24, SAVE_K1 = 37, SPARE = 46, CALL = 49, REST = CALL + 5 + 11 + 7, LOAD_K1 = REST,
    LOAD_Z17 = REST + 9, LOAD_Z1 = LOAD_Z17 + 7, POPS = LOAD_Z1 + 6, SIZE = sizeof sound,
};
/* clang-format on */

struct change {
    int at, n;
    uint8_t bytes[9];
};

struct read {
    bool ok;
    struct unitset lost;
    const struct effects_arch *arch;
    struct error e;
};

/* Reads the sound stub with a change in it. */
static const struct read *read_with(const struct change *change)
{
    static const uint8_t no_sp[] = {2, 4, 0};
    static struct read got;
    uint8_t code[SIZE];
    memcpy(code, sound, SIZE);
    if (change)
        memcpy(code + change->at, change->bytes, (size_t)change->n);
    code[CALL + 1] = SIZE - (CALL + 5);
    struct go_func funcs[] = {{.name = "runtime.asyncPreempt", .size = SIZE, .code = code},
                              {.name = "runtime.asyncPreempt2", .size = 16}};
    for (int i = 0; i < 2; i++)
        funcs[i].pcsp = (struct go_table){no_sp, sizeof no_sp};
    struct go_options o = {
        .layout = GO_1_18, .machine = EM_X86_64, .wide = true, .quantum = 1, .version = "go1.27.4"};
    struct go_image image = go_image_write(&o, funcs, 2);
    struct gobin *bin = gobin_open_memory("image", image.bytes, image.n, &got.e);
    if (!bin)
        fail_msg("%s", got.e.text);
    got.ok = go_stub_read(bin, &(struct go_stub_setting){.flags = 0}, &got.lost, &got.arch, &got.e);
    gobin_close(bin);
    free(image.bytes);
    return &got;
}

/* Whether all units of a register are lost, or with `part` >= 0 that one. */
static bool loses(const struct read *got, const char *reg, int part)
{
    bool all = true, any = false;
    for (int u = 0; u < got->arch->n_units; u++)
        if (strcmp(got->arch->units[u].reg, reg) == 0 && (part < 0 || got->arch->units[u].part == part)) {
            all &= unit_in(&got->lost, u);
            any = true;
        }
    assert_true(any);
    return all;
}

/* The registers that the stub saves, and how many of these words' are lost. */
static void expect_lost(const struct change *change, const char *const *lost)
{
    static const char *const saved[] = {"rax", "r14", "eflags", "y1", "z1", "y17", "z17", "k1"};
    const struct read *got = read_with(change);
    if (!got->ok)
        fail_msg("%s", got->e.text);
    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++) {
        bool is = false;
        for (const char *const *name = lost; *name; name++)
            is |= strcmp(*name, saved[i]) == 0;
        if (loses(got, saved[i], -1) != is)
            fail_msg("%s: %s", saved[i], is ? "is lost" : "comes back");
    }
    static const char *const others[] = {"rbx", "r15", "mxcsr", "y0", "z0", "y16", "k0", "k7", "st0"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_true(loses(got, others[i], -1));
}
#define EXPECT_LOST(change, ...) expect_lost(change, (const char *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

static void test_what_is_saved_comes_back(void **state)
{
    (void)state;
    EXPECT_LOST(NULL);
    const struct read *got = read_with(NULL);
    for (int u = 0; u < got->arch->n_units; u++)
        if (u == got->arch->sp || got->arch->units[u].kind == REG_THREAD)
            assert_false(unit_in(&got->lost, u));
}

static void test_a_part_of_a_mask(void **state)
{
    (void)state;
    static const struct change word_saved = {SAVE_K1, 9, {0xc5, 0xf8, 0x91, 0x88, 0xc0, 0, 0, 0, 0x90}},
                               word_loaded = {LOAD_K1, 9, {0xc5, 0xf8, 0x90, 0x88, 0xc0, 0, 0, 0, 0x90}};
    EXPECT_LOST(&word_saved, "k1");
    EXPECT_LOST(&word_loaded, "k1");
}

static void test_an_upper_half(void **state)
{
    (void)state;
    static const struct change ymm_saved = {SAVE_Z1, 6, {0xc5, 0xfe, 0x7f, 0x08, 0x66, 0x90}},
                               ymm_loaded = {LOAD_Z1, 6, {0xc5, 0xfe, 0x6f, 0x08, 0x66, 0x90}};
    EXPECT_LOST(&ymm_saved, "z1");
    EXPECT_LOST(&ymm_loaded, "z1");
}

static void test_the_wrong_place_or_register(void **state)
{
    (void)state;
    static const struct change elsewhere = {LOAD_Z17, 7, {0x62, 0xe1, 0xfe, 0x48, 0x6f, 0x48, 0x01}},
                               another = {LOAD_Z1, 6, {0x62, 0xf1, 0xfe, 0x48, 0x6f, 0x10}},
                               overlapping = {LOAD_Z1, 6, {0x62, 0xe1, 0xfe, 0x48, 0x6f, 0x08}};
    EXPECT_LOST(&elsewhere, "y17", "z17");
    EXPECT_LOST(&another, "y1", "z1");
    EXPECT_LOST(&overlapping, "y1", "z1", "y17", "z17");
}

static void test_what_a_mask_leaves_out(void **state)
{
    (void)state;
    static const struct change saved = {SAVE_Z1, 6, {0x62, 0xf1, 0xfe, 0x49, 0x7f, 0x08}},
                               loaded = {LOAD_Z1, 6, {0x62, 0xf1, 0xfe, 0x49, 0x6f, 0x08}};
    EXPECT_LOST(&saved, "y1", "z1");
    EXPECT_LOST(&loaded, "y1", "z1");
}

/* Of the same bytes, but not as they are: vsqrtps; movbe. */
static void test_what_is_no_move(void **state)
{
    (void)state;
    static const struct change root = {LOAD_Z1, 6, {0x62, 0xf1, 0x7c, 0x48, 0x51, 0x08}};
    EXPECT_LOST(&root, "y1", "z1");
}

static void test_pops_in_another_order(void **state)
{
    (void)state;
    static const struct change flags_first = {POPS + 2, 2, {0x9d, 0x58}};
    EXPECT_LOST(&flags_first, "rax", "eflags");
}

/* Arithmetic behind popfq. */
static void test_flags_that_change_again(void **state)
{
    (void)state;
    static const struct change moved = {POPS + 2, 6, {0x58, 0x9d, 0x48, 0x85, 0xc0, 0xc3}};
    EXPECT_LOST(&moved, "eflags");
}

static void test_what_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct change change;
        const char *why;
    } rows[] = {
        {{POPS + 2, 1, {0x90}}, "its stack pointer does not come back"},
        {{SPARE, 3, {0x48, 0x89, 0x0b}}, "+0x2e: it stores to where it can't be followed"},
        {{SPARE, 2, {0x74, 0x00}}, "+0x2e: where it goes on can't be followed"},
        {{SPARE, 3, {0x48, 0x89, 0xcc}}, "where its stack pointer is can't be followed"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct read *got = read_with(&rows[i].change);
        assert_false(got->ok);
        if (!strstr(got->e.text, rows[i].why))
            fail_msg("%s, not %s", got->e.text, rows[i].why);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_saved_comes_back),
        cmocka_unit_test(test_a_part_of_a_mask),
        cmocka_unit_test(test_an_upper_half),
        cmocka_unit_test(test_the_wrong_place_or_register),
        cmocka_unit_test(test_what_a_mask_leaves_out),
        cmocka_unit_test(test_what_is_no_move),
        cmocka_unit_test(test_pops_in_another_order),
        cmocka_unit_test(test_flags_that_change_again),
        cmocka_unit_test(test_what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
