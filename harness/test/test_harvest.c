/* Sequences taken out of binaries: which count as the same, where their memory operands go, and what cases
 * they become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "go/flow/cfg_build.h"
#include "go/sequences/harvest.h"
#include "go/sequences/fingerprint.h"
#include "go/sequences/place.h"
#include "go/sequences/runnable.h"
#include "go_image.h"
#include "made_function.h"

struct fixture {
    struct decoder *decoder;
    struct cfg *cfg;
    struct made_memory memory;
    struct gobin_func f;
};

static const uint8_t literals[] = {0x40, 0, 0, 0, 0, 0, 0, 0};
static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    (void)context;
    (void)address;
    return n <= sizeof literals ? literals : NULL;
}

static const struct surroundings around = {.constant = constant};

static int setup(void **state)
{
    struct error e;
    struct fixture *x = calloc(1, sizeof *x);
    x->decoder = decoder_open("arm64", &e);
    assert_non_null(x->decoder);
    x->cfg = cfg_new(decoder_arch(x->decoder));
    *state = x;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *x = *state;
    cfg_free(x->cfg);
    decoder_close(x->decoder);
    free(x);
    return 0;
}

/* The first n of some words, as a sequence of a function that has them all. */
static struct sequence sequence_of(struct fixture *x, const uint32_t *words, int n)
{
    static const char points[] = "ssssssssssssssss", deltas[] = "aaaaaaaaaaaaaaaa";
    struct made made = {.points = points + MADE_WORDS - n, .deltas = deltas + MADE_WORDS - n};
    memcpy(made.words, words, (size_t)n * sizeof *words);
    x->f = made_function(&made, &x->memory);
    cfg_build(x->cfg, x->decoder, &x->f, &around);
    assert_int_equal(x->cfg->n_insns, n);
    return (struct sequence){x->cfg, x->decoder, 0, n};
}

/* ---- shape ---- */

static uint64_t shape_of(struct fixture *x, uint32_t a, uint32_t b)
{
    struct sequence s = sequence_of(x, (uint32_t[]){a, b, 0xd65f03c0}, 3);
    s.n = 2;
    return sequence_shape(&s);
}

static void test_shape(void **state)
{
    struct fixture *x = *state;
    uint64_t same = shape_of(x, 0xd282469b /* mov x27, #0x1234 */, 0x8b1b0022 /* add x2, x1, x27 */);
    assert_int_equal(shape_of(x, 0xd28acf04 /* mov x4, #0x5678 */, 0x8b0400a6 /* add x6, x5, x4 */), same);
    assert_int_not_equal(shape_of(x, 0xd282469b, 0x8b1b0021 /* add x1, x1, x27 */), same);
    assert_int_not_equal(shape_of(x, 0xd282469b, 0x8b020022 /* add x2, x1, x2 */), same);
    assert_int_not_equal(shape_of(x, 0xd282469b, 0xcb1b0022 /* sub x2, x1, x27 */), same);
    assert_int_not_equal(shape_of(x, 0xd282469b, 0x8b3b63e2 /* add x2, sp, x27 */), same);
}

/* ---- runnable ---- */

static void test_runnable(void **state)
{
    static const struct {
        uint32_t word;
        bool runs;
    } rows[] = {{0x14000001 /* b */, false},
                {0x54000020 /* b.eq */, false},
                {0x94000010 /* bl */, false},
                {0xd65f03c0 /* ret */, false},
                {0xd4000001 /* svc #0 */, false},
                {0xc85ffc20 /* ldaxr x0, [x1] */, false},
                {0xc802fc20 /* stlxr w2, x0, [x1] */, false},
                {0xd53bd040 /* mrs x0, tpidr_el0 */, false},
                {0xffffffff, false},
                {0xf9400020 /* ldr x0, [x1] */, true},
                {0xd503201f /* nop */, true}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *why;
        struct sequence s = sequence_of(*state, (uint32_t[]){0xd503201f, rows[i].word, 0xd65f03c0}, 3);
        s.n = 2;
        assert_int_equal(sequence_runnable(&s, &why), rows[i].runs ? 2 : 1);
        assert_int_equal(!why, rows[i].runs);
    }
}

/* ---- placing ---- */

struct place_row {
    const char *what;
    uint32_t words[4];
    int n;
    const char *placed; /* initial values, or "at N: why" */
};

/* clang-format off */
static const struct place_row place_rows[] = {
    {"a base", {0xf9400822 /* ldr x2, [x1, #0x10] */}, 1, "x1 = arena-16; "},
    {"two of a base", {0xf9400822, 0xf9008022 /* str x2, [x1, #0x100] */}, 2, "x1 = arena-128; "},
    {"too far apart", {0xf9400822, 0xf9080022 /* str x2, [x1, #0x1000] */}, 2,
        "at 1: its operands lie too far apart"},
    {"an index", {0xf8627823 /* ldr x3, [x1, x2, lsl #3] */}, 1, "x1 = arena-128; x2 = 16; "},
    {"an index that is a constant", {0xd2800202 /* mov x2, #0x10 */, 0xf8627823}, 2, "x1 = arena-128; "},
    {"an index that is a pointer as well", {0xf9400043 /* ldr x3, [x2] */, 0xf8627823}, 2,
        "at 1: its index is also a pointer"},
    {"a base through REGTMP", {0x9140403b /* add x27, x1, #0x10, lsl #12 */,
        0xf9401362 /* ldr x2, [x27, #0x20] */}, 2,
     "x1 = arena-65568; "},
    {"on the stack", {0xf90007e1 /* str x1, [sp, #8] */}, 1, ""},
    {"high on the stack", {0x914007fb /* add x27, sp, #1, lsl #12 */, 0xa9007f7f /* stp xzr, xzr, [x27] */},
        2, "sp = stack-3872; "},
    {"SP goes up", {0x914007ff /* add sp, sp, #1, lsl #12 */}, 1, "sp = stack-4096; "},
    {"SP goes up behind an operand", {0xf90007e1, 0x914007ff}, 2,
        "at 0: its operands lie too far apart on the stack"},
    {"SP out of memory", {0xf9400020, 0x9100001f /* mov sp, x0 */}, 2,
        "at 1: it moves SP by an unknown amount"},
    {"a pointer out of memory", {0xf9400020, 0xf9400001 /* ldr x1, [x0] */}, 2,
        "at 1: its address comes out of memory or arithmetic"},
    {"an address far from the code", {0xb0008000 /* adrp x0, #0x1001000 */,
        0xf9400401 /* ldr x1, [x0, #8] */}, 2, ""},
    {"too far", {0xb0018000, 0xf9400401}, 2, "at 1: its data is too near to its code or too far from it"},
    {"too near for a store", {0x90000400 /* adrp x0, #0x81000 */, 0xf9000401}, 2,
        "at 1: its data is too near to its code or too far from it"},
    {"a literal", {0x5800041b /* ldr x27, #0x80 */, 0xf87b6822 /* ldr x2, [x1, x27] */}, 2,
        "x1 = arena-64; literal 0x1080; "},
    {"a literal too near", {0x5800009b /* ldr x27, #0x10 */}, 1,
        "at 0: its literal is too near or too far"},
};
/* clang-format on */

static const char *placed(struct fixture *x, const struct place_row *row)
{
    static char text[300];
    uint32_t words[5] = {0};
    memcpy(words, row->words, sizeof row->words);
    words[row->n] = 0xd65f03c0;
    struct sequence s = sequence_of(x, words, row->n + 1);
    struct placement p;
    s.n = row->n;
    if (!sequence_place(&s, &p)) {
        snprintf(text, sizeof text, "at %d: %s", (int)p.bad, p.why);
        return text;
    }
    int at = 0;
    *text = 0;
    for (int i = 0; i < p.n_inits; i++) {
        const char *reg = x->cfg->arch->units[p.init[i].unit].reg;
        int value = (int)p.init[i].value;
        switch (p.init[i].place) {
        case PLACE_ARENA:
            at += sprintf(text + at, "%s = arena%+d; ", reg, value);
            break;
        case PLACE_STACK:
            at += sprintf(text + at, "%s = stack%+d; ", reg, value);
            break;
        default:
            at += sprintf(text + at, "%s = %d; ", reg, value);
        }
    }
    for (int i = 0; i < p.n_literals; i++)
        at += sprintf(text + at, "literal 0x%x; ", (unsigned)p.literal[i].address);
    return text;
}

static void test_place(void **state)
{
    for (size_t i = 0; i < sizeof place_rows / sizeof *place_rows; i++) {
        const char *got = placed(*state, &place_rows[i]);
        if (strcmp(got, place_rows[i].placed) != 0)
            fail_msg("%s: expected \"%s\", got \"%s\"", place_rows[i].what, place_rows[i].placed, got);
    }
}

/* ---- the whole ---- */

#define WORD(w) (w) & 0xff, (w) >> 8 & 0xff, (w) >> 16 & 0xff, (w) >> 24 & 0xff

static void test_harvest(void **state)
{
    (void)state;
    /* Two ranges of one shape, a range that is another, an address; a frame in between. */
    /* clang-format off */
    static const uint8_t code[] = {
        WORD(0xd10083ffu), WORD(0xd282469bu), WORD(0x8b1b0022u), WORD(0xd28acf1bu), WORD(0x8b1b0064u),
            WORD(0xd282469bu),
        WORD(0xcb1b0022u), WORD(0x910083ffu), WORD(0xd65f03c0u)};
    static const uint8_t points[] = {0, 1, 3, 2, 1, 2, 2, 2, 3, 2, 0};
    static const uint8_t deltas[] = {2, 1, 0x40, 7, 0x3f, 1, 0};
    const struct go_func f = {.name = "main.f", .size = sizeof code, .code = code,
        .pcsp = {deltas, sizeof deltas},
                              .unsafe_point = {points, sizeof points}};
    const struct go_options o = {.layout = GO_1_18, .machine = 183 /* EM_AARCH64 */, .wide = true,
        .quantum = 4, .version = "go1.19.8"};
    struct go_image img = go_image_write(&o, &f, 1);
    struct error e;
    struct gobin *bin = gobin_open_memory("made", img.bytes, img.n, &e);
    assert_non_null(bin);
    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    struct harvest h;
    const struct harvest_options options = {.blocks = 10};
    assert_true(harvest_write(bin, &options, out, &h, &e));
    fclose(out);
    uint64_t ranges = 0, shapes = 0;
    for (size_t i = 0; i < h.n; i++)
        if (h.entries[i].kind == HARVEST_RESTART) {
            ranges += h.entries[i].count;
            shapes++;
            assert_string_equal(h.entries[i].function, "main.f");
        }
    assert_int_equal(ranges, 3);
    assert_int_equal(shapes, 2);
    assert_non_null(strstr(text,
        "\tCASE\trestart.0\n\tFOREIGN\n\tPROG\t-3, \"mov x27, #0x1234\"\n\t.byte\t0x9b,0x46,0x82,0xd2\n"
                                 "\tPROG\t-3, \"add x2, x1, x27\"\n\t.byte\t0x22,0x00,0x1b,0x8b\n"
                                 "\tEND_CASE restart.0\n"));
    assert_null(strstr(text, "mov x27, #0x5678\"\n\t.byte\t0x1b,0xcf,0x8a,0xd2\n"
                             "\tPROG\t-4, \"add x4, x3, x27\"\n\t.byte\t0x64,0x00,0x1b,0x8b\n"
                             "\tEND_CASE restart"));
    assert_non_null(strstr(text, "\tCASE\tblock."));
    assert_non_null(strstr(text, "\tSPADJ\t32\n"));
    harvest_free(&h);
    free(text);
    gobin_close(bin);
    free(img.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_shape, setup, teardown),
        cmocka_unit_test_setup_teardown(test_runnable, setup, teardown),
        cmocka_unit_test_setup_teardown(test_place, setup, teardown),
        cmocka_unit_test(test_harvest),
    };
    /* clang-format on */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
