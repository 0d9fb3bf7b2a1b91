/* The graph of functions made by hand: what is an instruction, what is data, where control goes, what is
 * known of SP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "go/flow/cfg_build.h"
#include "go/flow/liveness.h"
#include "go/flow/noreturn.h"
#include "go/flow/values.h"
#include "made_function.h"

#define RET 0xd65f03c0
#define NOP 0xd503201f

/* ---- what surrounds the functions ---- */

enum { PANIC = 0x9000, TABLE = 0x8000 };

static bool never_returns(void *context, uint64_t address)
{
    (void)context;
    return address == PANIC;
}

/* A jump table of two targets, and what is no address of the function behind it. */
static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    static const uint8_t table[3][8] = {{0x10, 0x10}, {0x14, 0x10}, {0x00, 0x50}};
    (void)context;
    return n == 8 && address >= TABLE && address <= TABLE + 16 ? table[(address - TABLE) / 8] : NULL;
}

static const struct surroundings around = {.never_returns = never_returns, .constant = constant};

struct fixture {
    struct decoder *d;
    struct cfg *cfg;
    struct made_memory m;
};

static int setup(void **state)
{
    struct error e;
    struct fixture *x = calloc(1, sizeof *x);
    x->d = decoder_open("arm64", &e);
    assert_non_null(x->d);
    x->cfg = cfg_new(decoder_arch(x->d));
    *state = x;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *x = *state;
    decoder_close(x->d);
    cfg_free(x->cfg);
    free(x);
    return 0;
}

static const struct cfg *build(void **state, const struct made *made)
{
    struct fixture *x = *state;
    struct gobin_func f = made_function(made, &x->m);
    cfg_build(x->cfg, x->d, &f, &around);
    values_follow(x->cfg);
    return x->cfg;
}

struct text {
    char text[300];
    size_t n;
    const char *between;
};

static void add_successor(void *context, int32_t successor)
{
    struct text *t = context;
    t->n += (size_t)snprintf(t->text + t->n, sizeof t->text - t->n, "%s%d", t->between, successor);
    t->between = ",";
}

/* Blocks by number: "first-last>successors", the offsets of instructions; r for a root, s for swept, ? for
 * one that goes anywhere. Valid until the next call. */
static const char *graph(const struct cfg *cfg)
{
    static struct text t;
    t.n = 0;
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        const struct block *block = &cfg->blocks[b];
        t.n += (size_t)snprintf(t.text + t.n, sizeof t.text - t.n, "%s%x-%x%s%s%s", b ? " " : "",
                                cfg_at(cfg, block->first)->offset, cfg_at(cfg, block->last)->offset,
                                block->is_root ? "r" : "", cfg_at(cfg, block->first)->swept ? "s" : "",
                                block->goes_anywhere ? "?" : "");
        t.between = ">";
        cfg_successors(cfg, block, add_successor, &t);
    }
    return t.text;
}

/* ---- tests ---- */

static const struct {
    const char *what;
    struct made f;
    const char *graph;
} rows[] = {
    {"straight", {{NOP, NOP, RET}, "sss", "aaa"}, "0-8"},
    {"a branch", {{0xb4000060 /* cbz x0, c */, NOP, NOP, RET}, "ssss", "aaaa"}, "0-0>1,2 4-8>2 c-c"},
    {"a loop", {{NOP, NOP, 0xb5ffffe0 /* cbnz x0, 4 */, RET}, "ssss", "aaaa"}, "0-0>1 4-8>2,1 c-c"},
    {"a jump to the entry, and out of the function",
     {{0xb4000040 /* cbz x0, 8 */, 0x14000400 /* b 1004 */, 0x17fffffe /* b 0 */}, "sss", "aaa"},
     "0-0>1,2 4-4 8-8>0"},
    {"calls go on", {{0x94000010 /* bl 40 */, 0xd63f0020 /* blr x1 */, RET}, "sss", "aaa"}, "0-8"},
    {"calls that don't return end a path, and what follows is swept",
     {{0x94002000 /* bl 8000, at 0x9000 */, NOP, RET}, "sss", "aaa"},
     "0-0 4-8rs"},
    {"what a trap ends",
     {{0xb4000040 /* cbz x0, 8 */, 0x00000000 /* udf */, RET}, "sss", "aaa"},
     "0-0>1,2 4-4 8-8"},
    {"literals are no instructions",
     {{0x58000040 /* ldr x0, 8 */, RET, 0x91000421, 0x91000421}, "ssss", "aaaa"},
     "0-4"},
    {"a jump table",
     {{0xd2900001 /* mov x1, #0x8000 */, 0xf860783b /* ldr x27, [x1, x0, lsl #3] */, 0xd61f0360 /* br x27 */,
       RET, NOP, RET},
      "ssssss",
      "aaaaaa"},
     "0-8>2,3 c-crs 10-10>3 14-14"},
    {"a load that is no table's",
     {{0xd2900001, 0xf860683b /* ldr x27, [x1, x0] */, 0xd61f0360, RET, NOP, RET}, "ssssss", "aaaaaa"},
     "0-8? c-crs 10-14rs"},
    {"a jump that can't be resolved",
     {{0xd61f0200 /* br x16 */, RET, NOP, RET}, "ssss", "aaaa"},
     "0-0? 4-4rs 8-crs"},
};

static void test_graphs(void **state)
{
    int wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = graph(build(state, &rows[i].f));
        if (strcmp(got, rows[i].graph) != 0) {
            print_error("%s: \"%s\", expected \"%s\"\n", rows[i].what, got, rows[i].graph);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_unknown(void **state)
{
    const struct made f = {{0x00010078 /* no instruction */, RET}, "ss", "aa"};
    const struct cfg *cfg = build(state, &f);
    assert_int_equal(cfg_at(cfg, 0)->known, INSN_INVALID);
    assert_false(cfg_at(cfg, 0)->swept);
    assert_int_equal(cfg_at(cfg, 1)->known, INSN_KNOWN);
    assert_true(cfg_at(cfg, 1)->swept);
    const struct made gather = {{0x8521c020 /* ld1w {z0.s}, p0/z, [z1.s, #4] */, RET}, "ss", "aa"};
    assert_int_equal(cfg_at(build(state, &gather), 0)->known, INSN_UNKNOWN);
}

static void test_points(void **state)
{
    const struct made f = {{NOP, NOP, NOP, NOP, NOP, RET}, "su33s5", "abbbba"};
    const struct cfg *cfg = build(state, &f);
    static const struct {
        bool allowed;
        uint32_t resume;
        int delta;
    } expected[] = {{true, 0, 0}, {false, 4, 16}, {true, 8, 16}, {true, 8, 16}, {true, 16, 16}, {true, 0, 0}};
    for (int k = 0; k < 6; k++) {
        assert_int_equal(cfg_at(cfg, k)->allowed, expected[k].allowed);
        assert_int_equal(cfg_at(cfg, k)->resume, expected[k].resume);
        assert_true(cfg_at(cfg, k)->has_delta);
        assert_int_equal(cfg_at(cfg, k)->delta, expected[k].delta);
    }
}

static void assert_sp(const struct cfg *cfg, int k, enum value_kind kind, int64_t c)
{
    assert_int_equal(cfg_at(cfg, k)->sp.kind, kind);
    assert_int_equal(cfg_at(cfg, k)->sp.c, c);
}

static void test_values(void **state)
{
    const struct made f = {{0xd2800401 /* mov x1, #0x20 */, 0xcb2163ff /* sub sp, sp, x1 */,
                            0xf90007e0 /* str x0, [sp, #8] */, 0x94000010 /* bl */,
                            0x8b2163ff /* add sp, sp, x1 */, RET},
                           "ssssss",
                           "aacccc"};
    const struct cfg *cfg = build(state, &f);
    assert_sp(cfg, 1, VALUE_SP0, 0);
    assert_sp(cfg, 2, VALUE_SP0, -32);
    assert_int_equal(cfg_at(cfg, 2)->address[0].kind, VALUE_SP0);
    assert_int_equal(cfg_at(cfg, 2)->address[0].c, -24);
    assert_sp(cfg, 4, VALUE_SP0, -32); /* over the call */
    assert_sp(cfg, 5, VALUE_ANY, 0);   /* x1 is not */
}

/* A large constant out of the function's own literals. */
static void test_literal(void **state)
{
    const struct made f = {
        {0x58000081 /* ldr x1, 10 */, 0xcb2163ff /* sub sp, sp, x1 */, NOP, RET, 0x00012340, 0},
        "ssssss",
        "aacccc"};
    assert_sp(build(state, &f), 2, VALUE_SP0, -0x12340);
}

/* At a root SP is what the table says, and what comes from there does not count against the entry's paths. */
static void test_root(void **state)
{
    const struct made f = {
        {NOP, 0x14000003 /* b 10 */, 0x910083ff /* add sp, sp, #0x20 */, NOP, RET}, "sssss", "aacaa"};
    const struct cfg *cfg = build(state, &f);
    assert_sp(cfg, 2, VALUE_SP0, -32);
    assert_sp(cfg, 3, VALUE_SP0, 0);
    const struct made other = {{NOP, 0x14000003 /* b 10 */, NOP, NOP, RET}, "sssss", "aacca"};
    cfg = build(state, &other);
    assert_sp(cfg, 3, VALUE_SP0, -32);
    assert_sp(cfg, 4, VALUE_SP0, 0);
}

/* What is needed at some root is needed at a jump that may go there. */
static void test_liveness_anywhere(void **state)
{
    const struct made f = {
        {0xd61f0200 /* br x16 */, RET, 0x91000760 /* add x0, x27, #1 */, RET}, "ssss", "aaaa"};
    const struct cfg *cfg = build(state, &f);
    struct liveness *l = liveness_new();
    struct unitset x27 = {{UINT64_C(1) << 27}};
    liveness_run(l, cfg, &x27);
    assert_true(unit_in(liveness_at(l, 0), 27));
    assert_false(unit_in(liveness_at(l, 1), 27));
    assert_true(unit_in(liveness_at(l, 2), 27));
    liveness_free(l);
}

static void test_names(void **state)
{
    (void)state;
    static const char *const end[] = {"runtime.gopanic",
                                      "runtime.panicIndex",
                                      "runtime.goPanicSliceB",
                                      "runtime.panicdivide",
                                      "runtime.panicIndex.abi0",
                                      "runtime.throw",
                                      "internal/runtime/cgroup.throw",
                                      "runtime/internal/sys.throw"};
    static const char *const go_on[] = {
        "runtime.panicCheck1",          "runtime.gopanicx",      "main.gopanic",
        "runtime.printpanics",          "runtime.throwOnGCWork", "runtime.blocksampled",
        "example.com/internal/x.throw", "internal/x.(*t).throw"};
    for (int i = 0; i < 8; i++) {
        assert_true(never_returns_name(end[i]));
        assert_false(never_returns_name(go_on[i]));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_graphs, setup, teardown),
        cmocka_unit_test_setup_teardown(test_unknown, setup, teardown),
        cmocka_unit_test_setup_teardown(test_points, setup, teardown),
        cmocka_unit_test_setup_teardown(test_values, setup, teardown),
        cmocka_unit_test_setup_teardown(test_literal, setup, teardown),
        cmocka_unit_test_setup_teardown(test_root, setup, teardown),
        cmocka_unit_test_setup_teardown(test_liveness_anywhere, setup, teardown),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests_name("the graph of a function", tests, NULL, NULL);
}
