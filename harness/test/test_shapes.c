/* Shapes of code: what of an instruction's text is left, and how shapes are counted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "made_function.h"
#include "go/flow/cfg_build.h"
#include "go/sequences/shapes.h"

static void assert_shape(const char *expected, const char *first, const char *second)
{
    struct shape_text s = {0};
    shape_append(&s, first);
    if (second)
        shape_append(&s, second);
    assert_string_equal(s.text, expected);
}

static void numbers_go_and_registers_get_letters(void **state)
{
    (void)state;
    assert_shape("add sp, sp, #, lsl #", "add sp, sp, #0x13, lsl #12", NULL);
    assert_shape("adrp x.a, #; ldr x.b, [x.a, #]", "adrp x27, #0x112000", "ldr x2, [x27, #-8]");
    assert_shape("add x.a, x.a, x.b", "add x5, x5, x9", NULL);
    assert_shape("lw $t.a, #($sp)", "lw $t0, -0x10($sp)", NULL);
    assert_shape("mov rax, qword ptr [rsp + r.a*#]", "mov rax, qword ptr [rsp + r12*8]", NULL);
    assert_shape("add v.a.16b, v.b.16b, v.b.16b", "add v0.16b, v1.16b, v1.16b", NULL);
    assert_shape("ret", "ret", NULL);
}

static void a_text_that_is_too_long_is_cut(void **state)
{
    (void)state;
    struct shape_text s = {0};
    for (int i = 0; i < 200; i++)
        shape_append(&s, "ldr x1, [x2, x3, x4, x5, x6, x7, x8, x9, x10, x11]");
    assert_int_equal(strlen(s.text), sizeof s.text - 1);
    assert_int_equal(s.n_names, MAX_SHAPE_NAMES);
}

struct text {
    char text[500];
    size_t n;
};

/* "code n: PCs by kind" */
static void add_shape(void *context, const struct shape_count *shape)
{
    struct text *t = context;
    t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, "%s %d:", shape->code, (int)shape->n);
    for (int kind = 0; kind < N_PC_KINDS; kind++)
        t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, " %d", (int)shape->pcs[kind]);
    t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, "\n");
}

/* A restart range is one shape, all else an instruction each; two functions' shapes add up. */
static void shapes_are_counted(void **state)
{
    static const struct made made = {{0xd282469b /* movz x27, #0x1234 */, 0x8b1b0021 /* add x1, x1, x27 */,
                                      0x91000421 /* add x1, x1, #1 */, 0x91000842 /* add x2, x2, #2 */,
                                      0xd65f03c0 /* ret */},
                                     "33sus",
                                     "aaaaa"};
    static const struct surroundings around = {0};
    struct made_memory m;
    struct error e;
    struct text out = {0};
    (void)state;
    struct gobin_func f = made_function(&made, &m);
    struct decoder *d = decoder_open("arm64", &e);
    assert_non_null(d);
    struct cfg *cfg = cfg_new(decoder_arch(d));
    struct shapes *s = shapes_new(), *sum = shapes_new();
    cfg_build(cfg, d, &f, &around);
    shapes_count(s, cfg, d);
    shapes_add(sum, s);
    shapes_add(sum, s);
    shapes_each(sum, add_shape, &out);
    /* safe, unsafe, restart, restart at entry, filtered */
    assert_string_equal(out.text, "add x.a, x.a, # 4: 2 2 0 0 0\n"
                                  "mov x.a, #; add x.b, x.b, x.a 2: 0 0 4 0 0\n"
                                  "ret 2: 2 0 0 0 0\n");
    shapes_free(s);
    shapes_free(sum);
    cfg_free(cfg);
    decoder_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_go_and_registers_get_letters),
        cmocka_unit_test(a_text_that_is_too_long_is_cut),
        cmocka_unit_test(shapes_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
