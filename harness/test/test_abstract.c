/* Abstract programs: what they mean, that they are the same everywhere, and that every target can lower them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "asm/abstract.h"
#include "asm/literals.h"
#include "asm/lower.h"
#include "probe/case.h"

_Static_assert((int)ABSTRACT_VARIANTS == (int)CASE_VARIANTS,
               "the probe has as many variants as the programs");

enum { MANY = 500 };

/* ---- evaluation ---- */

/* One operation on variables 0 and 1, into 2. */
static uint64_t value_of(enum abstract_opcode op, int width, uint64_t a, uint64_t b, int64_t k)
{
    struct abstract p = {.n_ops = 1, .op = {{.op = op, .width = width, .a = 0, .b = 1, .d = 2, .k = k}}};
    struct abstract_end end;
    p.w[0][0] = (uint32_t)a;
    p.w[0][1] = (uint32_t)b;
    p.x[0][0] = a;
    p.x[0][1] = b;
    abstract_run(&p, 0, false, &end);
    return width == 32 ? end.w[2] : end.x[2];
}

static void test_operations(void **state)
{
    (void)state;
    static const struct {
        enum abstract_opcode op;
        int width;
        uint64_t a, b;
        int64_t k;
        uint64_t expected;
    } rows[] = {
        {AB_ADD, 32, 0xffffffff, 2, 0, 1},
        {AB_ADD, 64, 0xffffffff, 2, 0, 0x100000001},
        {AB_SUB, 32, 1, 3, 0, 0xfffffffe},
        {AB_SUB, 64, 1, 3, 0, UINT64_MAX - 1},
        {AB_AND, 32, 0xf0f0f0f0, 0xffff0000, 0, 0xf0f00000},
        {AB_OR, 64, 1, UINT64_C(1) << 63, 0, UINT64_C(0x8000000000000001)},
        {AB_XOR, 32, 0xffffffff, 0x0f, 0, 0xfffffff0},
        {AB_MUL, 32, 0x80000001, 0x80000001, 0, 1},
        {AB_MUL, 64, 0x80000001, 0x80000001, 0, UINT64_C(0x4000000100000001)},
        {AB_ADDK, 32, 5, 0, -7, 0xfffffffe},
        {AB_ADDK, 64, 5, 0, -7, UINT64_MAX - 1},
        {AB_SUBK, 32, 5, 0, -0x80000000ll, 0x80000005},
        {AB_SUBK, 64, 5, 0, -0x80000000ll, 0x80000005},
        {AB_ANDK, 64, UINT64_MAX, 0, -0x1000, UINT64_C(0xfffffffffffff000)},
        {AB_ORK, 64, 0, 0, -1, UINT64_MAX},
        {AB_XORK, 32, 0x1234, 0, -1, 0xffffedcb},
        {AB_MULK, 32, 3, 0, -2, 0xfffffffa},
        {AB_SHL, 32, 0x80000001, 0, 1, 2},
        {AB_SHL, 64, 0x80000001, 0, 32, UINT64_C(0x8000000100000000)},
        {AB_SHR, 32, 0x80000000, 0, 31, 1},
        {AB_SHR, 64, UINT64_C(1) << 63, 0, 63, 1},
        {AB_SAR, 32, 0x80000000, 0, 31, 0xffffffff},
        {AB_SAR, 64, UINT64_C(1) << 63, 0, 62, UINT64_MAX - 1},
        {AB_SAR, 64, UINT64_C(1) << 62, 0, 61, 2},
        {AB_NEG, 32, 0x80000000, 0, 0, 0x80000000},
        {AB_NEG, 64, 1, 0, 0, UINT64_MAX},
        {AB_MOVE, 32, 7, 0, 0, 7},
        {AB_CONST, 32, 0, 0, -5, 0xfffffffb},
        {AB_CONST, 64, 0, 0, -5, UINT64_MAX - 4},
        {AB_BIG, 64, 0, 0, 0x123456789abcdef0, 0x123456789abcdef0},
        {AB_EXTB, 32, 0x180, 0, 0, 0xffffff80},
        {AB_EXTBU, 32, 0x180, 0, 0, 0x80},
        {AB_EXTH, 64, 0x18000, 0, 0, UINT64_C(0xffffffffffff8000)},
        {AB_EXTHU, 64, 0x18000, 0, 0, 0x8000},
        {AB_WIDEN, 64, 0x80000000, 0, 0, UINT64_C(0xffffffff80000000)},
        {AB_WIDENU, 64, 0x80000000, 0, 0, 0x80000000},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        uint64_t got = value_of(rows[k].op, rows[k].width, rows[k].a, rows[k].b, rows[k].k);
        if (got != rows[k].expected)
            fail_msg("row %zu: %s%d gives 0x%llx", k, abstract_info[rows[k].op].name, rows[k].width,
                     (unsigned long long)got);
    }
}

/* Whether the branch is taken: it skips an operation that leaves a trace. */
static bool is_taken(enum abstract_opcode op, int width, uint64_t a, uint64_t b, int64_t k)
{
    struct abstract p = {
        .n_ops = 3,
        .op = {{.op = op, .width = width, .a = 0, .b = 1, .k = k},
               {.op = AB_CONST, .width = width, .d = 3, .k = 1},
               {.op = AB_JOIN, .width = width}},
    };
    struct abstract_end end;
    p.w[0][0] = (uint32_t)a;
    p.w[0][1] = (uint32_t)b;
    p.x[0][0] = a;
    p.x[0][1] = b;
    abstract_run(&p, 0, false, &end);
    assert_int_equal(end.reached[1], width == 32 ? end.w[3] : end.x[3]);
    return end.reached[1] == 0;
}

static void test_branches(void **state)
{
    (void)state;
    for (int width = 32; width <= 64; width += 32) {
        uint64_t minus = width == 32 ? 0xffffffff : UINT64_MAX;
        assert_true(is_taken(AB_BEQ, width, 5, 5, 0) && !is_taken(AB_BEQ, width, 5, 6, 0));
        assert_true(is_taken(AB_BNE, width, 5, 6, 0) && !is_taken(AB_BNE, width, 5, 5, 0));
        assert_true(is_taken(AB_BLT, width, minus, 1, 0) && !is_taken(AB_BLT, width, 1, minus, 0));
        assert_true(is_taken(AB_BGE, width, 1, minus, 0) && is_taken(AB_BGE, width, 1, 1, 0));
        assert_true(is_taken(AB_BLTU, width, 1, minus, 0) && !is_taken(AB_BLTU, width, minus, 1, 0));
        assert_true(is_taken(AB_BGEU, width, minus, 1, 0) && is_taken(AB_BGEU, width, 1, 1, 0));
        assert_true(is_taken(AB_BLTK, width, minus, 0, 0) && !is_taken(AB_BLTK, width, minus, 0, -1));
        assert_true(is_taken(AB_BGEK, width, minus, 0, -1) && !is_taken(AB_BGEK, width, minus, 0, 0));
    }
}

/* w0 = 1; three times: w0 += w0, except that it is stored and loaded where it is less than 4. */
static void test_loop_and_memory(void **state)
{
    (void)state;
    struct abstract p = {
        .w = {{1}, {3}},
        .n_ops = 7,
        .op = {{.op = AB_LOOP, .width = 32, .k = 3, .label = 0},
               {.op = AB_ADD, .width = 32, .a = 0, .b = 0, .d = 0},
               {.op = AB_BGEK, .width = 32, .a = 0, .k = 4, .label = 1},
               {.op = AB_STORE, .width = 32, .a = 0, .cell = 6},
               {.op = AB_LOAD, .width = 32, .cell = 6, .d = 1},
               {.op = AB_JOIN, .width = 32, .label = 1},
               {.op = AB_END, .width = 32, .label = 0}},
    };
    struct abstract_end end;
    abstract_run(&p, 0, true, &end);
    assert_int_equal(end.w[0], 8);
    assert_int_equal(end.w[1], 2);
    assert_int_equal(end.written32, 1 << 6);
    assert_int_equal(end.cell32[6], 2);
    assert_int_equal(end.reached[1], 3);
    assert_int_equal(end.reached[3], 1);
    abstract_run(&p, 1, true, &end);
    assert_int_equal(end.w[0], 24);
    assert_int_equal(end.written32, 0);
}

/* ---- generation ---- */

static uint64_t mix(uint64_t h, uint64_t v)
{
    return (h ^ v) * UINT64_C(0x100000001b3);
}

static uint64_t end_hash(const struct abstract_end *end, bool narrow)
{
    uint64_t h = mix(end->written32, narrow ? 0 : end->written64);
    for (int k = 0; k < ABSTRACT_VARS; k++)
        h = mix(mix(h, end->w[k]), narrow ? 0 : end->x[k]);
    for (int k = 0; k < ABSTRACT_CELLS; k++)
        h = mix(mix(h, end->cell32[k]), narrow ? 0 : end->cell64[k]);
    return h;
}

static uint64_t seed_hash(uint64_t seed)
{
    uint64_t h = 0;
    for (int k = 0; k < 40; k++) {
        struct abstract p;
        struct abstract_end end;
        abstract_generate(seed, k, &p);
        for (int j = 0; j < p.n_ops; j++)
            h = mix(mix(mix(h, p.op[j].op), (uint64_t)p.op[j].k), (uint64_t)p.op[j].reach);
        for (int v = 0; v < ABSTRACT_VARIANTS; v++) {
            abstract_run(&p, v, false, &end);
            h = mix(h, end_hash(&end, false));
        }
    }
    return h;
}

/* The number changes only with the generator: it is the same on every machine. */
static void test_same_everywhere(void **state)
{
    (void)state;
    assert_true(seed_hash(1) == seed_hash(1));
    assert_true(seed_hash(1) != seed_hash(2));
    if (seed_hash(1) != UINT64_C(0xba182c83b6129fad))
        fail_msg("seed 1 gives 0x%llx", (unsigned long long)seed_hash(1));
}

/* What is left without the 64-bit operations ends with the same 32-bit values. */
static void test_narrow(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < MANY; seed++) {
        struct abstract p;
        struct abstract_end full, narrow;
        abstract_generate(seed, (int)(seed % 40), &p);
        for (int v = 0; v < ABSTRACT_VARIANTS; v++) {
            abstract_run(&p, v, false, &full);
            abstract_run(&p, v, true, &narrow);
            if (end_hash(&full, true) != end_hash(&narrow, true))
                fail_msg("seed %d, variant %d: the 32-bit subset ends otherwise", (int)seed, v);
        }
    }
}

/* Programs reach all of their operations, and together have them all, every branch both taken and not. */
static void test_generator_reaches(void **state)
{
    (void)state;
    int seen[ABSTRACT_N_OPCODES][2] = {{0}}, skipped[ABSTRACT_N_OPCODES] = {0};
    for (uint64_t seed = 0; seed < MANY; seed++) {
        struct abstract p;
        struct abstract_end end[ABSTRACT_VARIANTS];
        abstract_generate(seed, (int)(seed % 40), &p);
        assert_in_range(p.n_ops, 1, ABSTRACT_LENGTH);
        for (int v = 0; v < ABSTRACT_VARIANTS; v++)
            abstract_run(&p, v, true, &end[v]);
        for (int k = 0; k < p.n_ops; k++) {
            const struct abstract_op *o = &p.op[k];
            seen[o->op][o->width == 64]++;
            if (o->width == 64)
                continue;
            assert_true(end[0].reached[k] + end[1].reached[k] > 0);
            if (o->op >= AB_BEQ && o->op <= AB_BGEK)
                skipped[o->op] +=
                    end[0].reached[k + 1] + end[1].reached[k + 1] < end[0].reached[k] + end[1].reached[k];
        }
    }
    for (int op = 0; op < ABSTRACT_N_OPCODES; op++) {
        assert_true(seen[op][1] || abstract_info[op].widths == AB_NONE);
        assert_true(seen[op][0] || abstract_info[op].widths == AB_64);
        assert_true(skipped[op] || op < AB_BEQ || op > AB_BGEK);
    }
}

/* ---- lowering ---- */

struct target_template {
    const char *target, *path;
};
#define TEMPLATE(target, path) {#target, EVERYPC_SOURCE_DIR "/" #path},
static const struct target_template templates[] = {CROSS_TEMPLATES};

struct lowered {
    const struct asm_arch *arch;
    const struct lowering *l;
    struct program *p;
};

static void check_lowers(struct lowered *s, const struct abstract *a)
{
    struct error e = {""};
    *s->p = (struct program){.name = "test", .file = "test", .line = 1};
    literals_begin("t");
    if (!lower(s->arch, s->l, a, s->p, &e))
        fail_msg("%s: %s", s->arch->target->name, e.text);
}

/* One operation on these variables, with what must stand around it. */
static void check_op(struct lowered *s, const struct abstract_op *o)
{
    struct abstract a = {.n_ops = 0};
    if (o->op == AB_END)
        return; /* comes with its LOOP */
    a.op[a.n_ops++] = *o;
    a.op[a.n_ops++] = (struct abstract_op){.op = AB_MOVE, .width = 32, .d = 1};
    if (o->op >= AB_BEQ && o->op <= AB_BGEK)
        a.op[a.n_ops++] = (struct abstract_op){.op = AB_JOIN, .width = o->width};
    if (o->op == AB_LOOP)
        a.op[a.n_ops++] = (struct abstract_op){.op = AB_END, .width = 32};
    check_lowers(s, &a);
}

static int64_t constant(enum abstract_opcode op, int width, int n)
{
    static const int64_t constants[] = {0,          1,           -1,         0x7f,         0x800,    -0x801,
                                        0x7fff,     0xffff,      -0x8001,    0x10000,      0xfff000, 0x123456,
                                        0x12345678, -0x12345678, 0x7fffffff, -0x80000000ll};
    if (op == AB_SHL || op == AB_SHR || op == AB_SAR)
        return n % 2 ? width - 1 : 1;
    if (op == AB_BIG)
        return (int64_t)((uint64_t)constants[n] * UINT64_C(0x123456789abcdef1));
    return op == AB_LOOP ? 4 : constants[n];
}

/* Every operation, with each pattern of equal operands, kind of constant, cell and base. */
static void check_target(struct lowered *s)
{
    static const int vars[][3] = {{0, 1, 2}, {0, 0, 1}, {0, 1, 0}, {0, 1, 1}, {3, 3, 3}};
    for (int op = 0; op < ABSTRACT_N_OPCODES; op++)
        for (int width = 32; width <= (lowering_is_wide(s->l) ? 64 : 32); width += 32)
            for (int n = 0; n < 16; n++) {
                if (width == 32 ? abstract_info[op].widths == AB_64 : abstract_info[op].widths == AB_NONE)
                    continue;
                const int *v = vars[n % 5];
                struct abstract_op o = {.op = (enum abstract_opcode)op,
                                        .width = width,
                                        .a = v[0],
                                        .b = v[1],
                                        .d = v[2],
                                        .k = constant((enum abstract_opcode)op, width, n),
                                        .cell = n % ABSTRACT_CELLS,
                                        .reach = n / 2};
                check_op(s, &o);
            }
}

static void test_lowering(void **state)
{
    (void)state;
    struct error e = {""};
    struct lowered s = {.p = calloc(1, sizeof *s.p)};
    assert_non_null(s.p);
    for (size_t k = 0; k < sizeof templates / sizeof *templates; k++) {
        struct lowering *l = lowering_read(templates[k].path, &e);
        if (!l)
            fail_msg("%s", e.text);
        s.arch = asm_arch_find(templates[k].target);
        s.l = l;
        check_target(&s);
        for (int j = 0; j < 20; j++) {
            struct abstract a;
            abstract_generate(7, j, &a);
            check_lowers(&s, &a);
        }
        lowering_free(l);
    }
    free(s.p);
}

/* A temporary cross.tmpl. */
static const char *file_of(const char *text)
{
    static char path[] = "/tmp/everypc-cross.XXXXXX";
    strcpy(path + sizeof path - 7, "XXXXXX");
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    return path;
}

static void test_bad_templates(void **state)
{
    (void)state;
    static const struct {
        const char *text, *error;
    } rows[] = {
        {"WORDS R1 R2 R3\n", "expected 4 registers"},
        {"BASE R1\n", "expected BASE"},
        {"ADD32 %a, %b, %d\n", "expected an operation = Progs"},
        {"BASE R1 = 0\n", "no WORDS"},
        {"WORDS R1 R2 R3 R4\nBASE R5 = 0\nADD32 %a, %b, %d = ADD %a\n", "no line for SUB32"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct error e = {""};
        const char *path = file_of(rows[k].text);
        assert_null(lowering_read(path, &e));
        if (!strstr(e.text, rows[k].error))
            fail_msg("row %zu: %s", k, e.text);
        remove(path);
    }
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations),
        cmocka_unit_test(test_branches),
        cmocka_unit_test(test_loop_and_memory),
        cmocka_unit_test(test_same_everywhere),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_generator_reaches),
        cmocka_unit_test(test_lowering),
        cmocka_unit_test(test_bad_templates),
    };
    /* clang-format on */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
