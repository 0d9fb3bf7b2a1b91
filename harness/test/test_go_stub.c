/* Taking a stub out of a binary: what becomes of its calls, literals and walks through g, and which code
 * can't be moved. */
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

enum { MAX_WORDS = 16 };

/* Words of code, little-endian; the call is to the function behind the stub. */
struct words {
    uint32_t w[MAX_WORDS];
    int n;
};

struct got {
    bool ok;
    enum go_stub_data data;
    unsigned flags;
    struct error e;
    char text[8000];
};

static const struct go_stub_setting plain;

/* Function 0 is the stub, 1 what it calls, 2 four words of zeros. */
static struct go_image write_image(uint16_t machine, const struct words *code, const char *callee)
{
    static const uint8_t no_sp[] = {2, 4, 0};
    uint8_t bytes[4 * MAX_WORDS];
    for (int i = 0; i < 4 * code->n; i++)
        bytes[i] = (uint8_t)(code->w[i / 4] >> 8 * (i % 4));
    struct go_func funcs[] = {{.name = "runtime.asyncPreempt", .size = 4 * (uint32_t)code->n, .code = bytes},
                              {.name = callee, .size = 16},
                              {.name = "runtime.zeros", .size = 16}};
    for (int i = 0; i < 3; i++)
        funcs[i].pcsp = (struct go_table){no_sp, sizeof no_sp};
    struct go_options o = {.layout = GO_1_18,
                           .machine = machine,
                           .wide = machine != EM_ARM,
                           .quantum = machine == EM_X86_64 ? 1 : 4,
                           .version = "go1.27.3"};
    return go_image_write(&o, funcs, 3);
}

static uint64_t entry_of(const struct go_image *image, size_t k)
{
    struct error e;
    struct gobin_func f;
    struct gobin *bin = gobin_open_memory("image", image->bytes, image->n, &e);
    if (!bin)
        fail_msg("%s", e.text);
    gobin_func(bin, k, &f);
    gobin_close(bin);
    return f.entry;
}

static const struct got *take(uint16_t machine, const struct words *code, const char *callee,
                              struct go_stub_setting setting)
{
    static struct got g;
    struct go_image image = write_image(machine, code, callee);
    memset(&g, 0, sizeof g);
    struct gobin *bin = gobin_open_memory("image", image.bytes, image.n, &g.e);
    if (!bin)
        fail_msg("%s", g.e.text);
    FILE *out = fmemopen(g.text, sizeof g.text, "w");
    struct go_stub_asks asks = {STUB_NO_DATA, 0};
    g.ok = go_stub_write(bin, &setting, out, &asks, &g.e);
    g.data = asks.data;
    g.flags = asks.flags;
    fclose(out);
    gobin_close(bin);
    free(image.bytes);
    return &g;
}

/* ---- arm64 ---- */

#define STORE_LR    0xf81f0ffe /* str x30, [sp, #-16]! */
#define LOAD_M      0xf9401b80 /* ldr x0, [x28, #48] */
#define LOAD_P      0xf9406800 /* ldr x0, [x0, #208] */
#define OFFSET      0xd286bd1b /* mov x27, #0x35e8 */
#define ADD_P       0x8b1b0000 /* add x0, x0, x27 */
#define SAVE        0x4c9f2000 /* st1 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0], #64 */
#define LOAD_C      0xf95bf400 /* ldr x0, [x0, #0x37e8] */
#define RESTORE     0x4cdf2000 /* ld1 {v0.16b, v1.16b, v2.16b, v3.16b}, [x0], #64 */
#define LOAD_LR     0xf84107fe /* ldr x30, [sp], #16 */
#define RET         0xd65f03c0
#define CALL(at, n) (0x94000000 | ((n) - (at))) /* word number `at` of n, to what is behind them */

static const struct got *take_arm64(const struct words *code)
{
    return take(EM_AARCH64, code, "runtime.asyncPreempt2", plain);
}

static void test_the_call_goes_to_the_adversary(void **state)
{
    (void)state;
    const struct got *g = take_arm64(&(struct words){{STORE_LR, CALL(1, 4), LOAD_LR, RET}, 4});
    assert_true(g->ok);
    assert_int_equal(g->data, STUB_NO_DATA);
    assert_non_null(strstr(g->text, "\tbl async_preempt2\t"));
    assert_null(strstr(g->text, "stub_p"));
}

/* The p that the stub gets: scratch at 0x35e8, and at 0x37e8 its address. */
static void test_walks_through_g_end_in_a_p_of_the_stubs(void **state)
{
    (void)state;
    const struct got *g =
        take_arm64(&(struct words){{STORE_LR, LOAD_M, LOAD_P, OFFSET, ADD_P, SAVE, CALL(6, 13), LOAD_M,
                                    LOAD_P, LOAD_C, RESTORE, LOAD_LR, RET},
                                   13});
    assert_true(g->ok);
    const char *first = strstr(g->text, "\tadrp\tx0, stub_p\n\tadd\tx0, x0, :lo12:stub_p\t");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "\tadrp\tx0, stub_p\n"));
    assert_null(strstr(g->text, "[x28"));
    assert_non_null(strstr(g->text, "stub_p:\n\t.skip\t14312\n\t.8byte\tstub_p + 13800\n"));
}

static void test_other_ways_through_g_are_refused(void **state)
{
    static const struct {
        struct words code;
        const char *says;
        /* clang-format off */
    } rows[] = {
        {{{STORE_LR, LOAD_M, ADD_P, CALL(3, 6), LOAD_LR, RET}, 6},
            "+0x8: it uses g in an unknown way"},
        {{{STORE_LR, LOAD_M, LOAD_P, SAVE, CALL(4, 7), LOAD_LR, RET}, 7},
            "but not to find where registers are saved and restored"},
        {{{STORE_LR, LOAD_M, LOAD_P, RESTORE, CALL(4, 7), LOAD_LR, RET}, 7},
            "+0xc: it reads p in an unknown way"},
        {{{STORE_LR, CALL(1, 5), LOAD_M, LOAD_LR, RET}, 5},
            "+0xc: it uses g in an unknown way"},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct got *g = take_arm64(&rows[i].code);
        assert_false(g->ok);
        if (!strstr(g->e.text, rows[i].says))
            fail_msg("\"%s\" is not in \"%s\"", rows[i].says, g->e.text);
    }
}

static void test_other_calls_are_refused(void **state)
{
    (void)state;
    const struct got *g =
        take(EM_AARCH64, &(struct words){{STORE_LR, CALL(1, 4), LOAD_LR, RET}, 4}, "runtime.other", plain);
    assert_false(g->ok);
    assert_non_null(strstr(g->e.text, "it calls something other than asyncPreempt2"));
}

/* ---- arm ---- */

/* Asks a byte that is zero in the file: ldr r11, [pc, #16]; ldrb r0, [r11]; cmp r0, #0; bl; ldr pc, [sp], #4;
 * and the literal. */
static void test_a_zero_from_the_linker_is_a_constant(void **state)
{
    (void)state;
    struct words code = {{0xe52de004, 0xe59fb00c, 0xe5db0000, 0xe3500000, 0xeb000001, 0xe49df004, 0}, 7};
    struct go_image image = write_image(EM_ARM, &code, "runtime.asyncPreempt2");
    code.w[6] = (uint32_t)entry_of(&image, 2);
    free(image.bytes);
    const struct got *g = take(EM_ARM, &code, "runtime.asyncPreempt2", plain);
    if (!g->ok)
        fail_msg("%s", g->e.text);
    assert_int_equal(g->data, STUB_CONSTANTS);
    assert_non_null(strstr(g->text, "stub_data_0:\n\t.byte\t0x00,"));
    g = take(EM_ARM, &code, "runtime.asyncPreempt2", (struct go_stub_setting){.switched = true});
    assert_true(g->ok);
    assert_non_null(strstr(g->text, "stub_data_0:\n\t.byte\t0x01,"));
}

/* ---- amd64 ---- */

/* clang-format off */
#define LOAD_G_AMD64 0x64, 0x4c, 0x8b, 0x34, 0x25, 0xf8, 0xff, 0xff, 0xff /* mov %fs:-8, %r14 */
#define LOAD_P_AMD64 0x49, 0x8b, 0x46, 0x30, 0x48, 0x8b, 0x80, 0xd0, 0, 0, 0 /* of m, then of p to %rax */
#define AVX512       0x06, 0xf1 /* the beginning of an instruction that is not known */
static const uint8_t amd64_code[] = {
    LOAD_G_AMD64, LOAD_P_AMD64,
    0x0f, 0x11, 0x00,          /* movups %xmm0, (%rax) */
    0xeb, 0x02, AVX512,        /* jmp over it */
    0xe8, 0x18, 0, 0, 0,       /* call of what is behind the code */
    LOAD_P_AMD64,
    0x48, 0x8b, 0x80, 0, 4, 0, 0, /* mov 0x400(%rax), %rax */
    0x0f, 0x10, 0x00,          /* movups (%rax), %xmm0 */
    0xc3, 0x90, 0x90,
};
/* clang-format on */
enum { LAST_AMD64 = sizeof amd64_code - 3, DEAD_AMD64 = 25 };

static const struct got *take_amd64(const uint8_t *code)
{
    struct words w = {.n = sizeof amd64_code / 4};
    for (size_t i = 0; i < sizeof amd64_code; i++)
        w.w[i / 4] |= (uint32_t)code[i] << 8 * (i % 4);
    return take(EM_X86_64, &w, "runtime.asyncPreempt2", plain);
}

/* What takes the place of loads has as many bytes, and what would be saved on another CPU its own. */
static void test_g_from_the_threads_storage_and_dead_code(void **state)
{
    (void)state;
    const struct got *g = take_amd64(amd64_code);
    if (!g->ok)
        fail_msg("%s", g->e.text);
    const char *of_g = strstr(g->text, ".org\t1b + 9, 0x90\n");
    assert_non_null(of_g);
    const char *of_p = strstr(of_g, "leaq\tstub_p(%rip), %rax");
    assert_non_null(of_p);
    assert_non_null(strstr(of_p, ".org\t1b + 11, 0x90\n"));
    assert_non_null(strstr(of_p, "\t.byte\t0x06,0xf1\t/* never reached */\n"));
    assert_non_null(strstr(of_p, "\tcall async_preempt2\t"));
}

static void test_a_jump_back_to_what_was_passed_over_is_refused(void **state)
{
    (void)state;
    uint8_t code[sizeof amd64_code];
    memcpy(code, amd64_code, sizeof code);
    code[LAST_AMD64] = 0xeb;
    code[LAST_AMD64 + 1] = (uint8_t)(DEAD_AMD64 - (LAST_AMD64 + 2));
    const struct got *g = take_amd64(code);
    assert_false(g->ok);
    assert_non_null(strstr(g->e.text, "+0x35: it jumps back to code that nothing before leads to"));
}

/* clang-format off */
#define ASK(rel) 0x80, 0x3d, rel, 0, 0, 0, 1 /* cmpb $1, rel(%rip) */
static const uint8_t asking_code[] = {
    ASK(0x70), 0x74, 0x0b,     /* is it there? je to the first ud2 */
    ASK(0x60), 0x74, 0x04,     /* and that? je to the second one */
    0xeb, 0x04,                /* jmp to the call */
    0x0f, 0x0b, 0x0f, 0x0b,    /* ud2; ud2 */
    0xe8, 0x05, 0, 0, 0,       /* call of what is behind the code */
    0xc3, 0x90, 0x90, 0x90, 0x90,
};
/* clang-format on */

/* The rarest is asked for first: of one flag, the second one is set. Code for others is not reached. */
static void test_flags_of_the_cpu_choose_the_way(void **state)
{
    (void)state;
    struct words w = {.n = sizeof asking_code / 4};
    for (size_t i = 0; i < sizeof asking_code; i++)
        w.w[i / 4] |= (uint32_t)asking_code[i] << 8 * (i % 4);
    for (unsigned flags = 0; flags < 3; flags++) {
        struct go_stub_setting setting = {.flags = flags};
        const struct got *g = take(EM_X86_64, &w, "runtime.asyncPreempt2", setting);
        assert_int_equal(g->ok, flags == 0); /* what a flag leads to does not return */
        if (!g->ok)
            continue;
        assert_int_equal(g->flags, 2);
        assert_non_null(strstr(g->text, "cmpb\t$1, stub_flag_1(%rip)\n\t.org\t1b + 7, 0x90\n"));
        assert_non_null(strstr(g->text, "\t.byte\t0x0f,0x0b,0x0f,0x0b\t/* never reached */\n"));
        assert_non_null(strstr(g->text, "stub_flag_1:\n\t.byte\t0\n"));
    }
}

/* ---- loong64 ---- */

#define L_RET          0x4c000020
#define L_BREAK        0x002a0000
#define L_CALL(at, n)  (0x54000000 | ((n) - (at)) << 10)
#define L_ADDRESS      0x1a00003e                    /* pcalau12i $r30, 1 */
#define L_FLAG(offset) (0x2a0003c5 | (offset) << 10) /* ld.bu $r5, $r30, offset */
#define L_BNEZ(words)  (0x440000a0 | (words) << 10)  /* bnez $r5, . + words */
#define L_B(words)     (0x50000000 | (words) << 10)
#define L_LOAD_M       0x28c0c2c4 /* ld.d $r4, $r22, 48 */
#define L_LOAD_P       0x28c34084 /* ld.d $r4, $r4, 208 */

/* It asks in two instructions; code that is not reached stays as it is. */
static void test_flags_that_are_loaded_choose_the_way(void **state)
{
    (void)state;
    static const struct words code = {{L_ADDRESS, L_FLAG(0x10), L_BNEZ(5), L_ADDRESS, L_FLAG(0x11), L_BNEZ(3),
                                       L_B(3), L_BREAK, L_BREAK, L_CALL(9, 11), L_RET},
                                      11};
    for (unsigned flags = 0; flags < 3; flags++) {
        struct go_stub_setting setting = {.flags = flags};
        const struct got *g = take(EM_LOONGARCH, &code, "runtime.asyncPreempt2", setting);
        assert_int_equal(g->ok, flags == 0); /* what a flag leads to does not return */
        if (!g->ok)
            continue;
        assert_int_equal(g->flags, 2);
        assert_non_null(strstr(g->text, "1:\tpcalau12i\t$r30, %pc_hi20(stub_flag_1)\n\tld.bu\t$r5, $r30, "
                                        "%pc_lo12(stub_flag_1)\n\t.org\t1b + 8, 0x90\n"));
        assert_non_null(strstr(g->text, "\t.byte\t0x00,0x00,0x2a,0x00,0x00,0x00,0x2a,0x00\t/* never "
                                        "reached */\n"));
        assert_non_null(strstr(g->text, "stub_flag_1:\n\t.byte\t0\n"));
    }
}

/* Offsets are made in two steps, or added to in the constant's own register. */
static void test_a_walk_by_way_of_a_constants_register(void **state)
{
    (void)state;
    const struct got *g =
        take(EM_LOONGARCH,
             &(struct words){{L_LOAD_M, L_LOAD_P, 0x1400007e,                /* lu12i.w $r30, 3 */
                              0x0397a3de,                                    /* ori $r30, $r30, 0x5e8 */
                              0x0010f884,                                    /* add.d $r4, $r4, $r30 */
                              0x2bc00080,                                    /* fst.d $f0, $r4, 0 */
                              L_CALL(6, 14), L_LOAD_M, L_LOAD_P, 0x1400009e, /* lu12i.w $r30, 4 */
                              0x001093de,                                    /* add.d $r30, $r30, $r4 */
                              0x28e7a3c4,                                    /* ld.d $r4, $r30, -1560 */
                              0x2b800080,                                    /* fld.d $f0, $r4, 0 */
                              L_RET},
                             14},
             "runtime.asyncPreempt2", plain);
    if (!g->ok)
        fail_msg("%s", g->e.text);
    assert_non_null(strstr(g->text, "stub_p:\n\t.skip\t14824\n\t.8byte\tstub_p + 13800\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_call_goes_to_the_adversary),
        cmocka_unit_test(test_walks_through_g_end_in_a_p_of_the_stubs),
        cmocka_unit_test(test_other_ways_through_g_are_refused),
        cmocka_unit_test(test_other_calls_are_refused),
        cmocka_unit_test(test_a_zero_from_the_linker_is_a_constant),
        cmocka_unit_test(test_g_from_the_threads_storage_and_dead_code),
        cmocka_unit_test(test_flags_of_the_cpu_choose_the_way),
        cmocka_unit_test(test_flags_that_are_loaded_choose_the_way),
        cmocka_unit_test(test_a_walk_by_way_of_a_constants_register),
        cmocka_unit_test(test_a_jump_back_to_what_was_passed_over_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
