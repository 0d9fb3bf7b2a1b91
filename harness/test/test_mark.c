/* Tests of the marking pass: its rules one by one, the values that the real Go 1.19.8 gave, and every short
 * program against a second reading of Go's algorithm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "pctab/mark.h"
#include "go_progs.h"

/* A Prog is a string here: 'u' in it means unsafe, 'r' restartable. */
static bool is_unsafe(const void *prog)
{
    return strchr(prog, 'u') != NULL;
}

static bool is_restartable(const void *prog)
{
    return strchr(prog, 'r') != NULL;
}

enum { NONE = 99, MAX = 10 }; /* NONE: no PCDATA before the Prog */

struct rule {
    const char *what;
    struct {
        int pcdata;
        const char *prog;
        int value;
    } p[MAX];
};

/* clang-format off */
static const struct rule rules[] = {
    {"a plain Prog is safe", {{NONE, "-", -1}}},
    {"an unsafe Prog, and back", {{NONE, "-", -1}, {NONE, "u", -2}, {NONE, "-", -1}}},
    {"unsafe neighbours", {{NONE, "u", -2}, {NONE, "u", -2}, {NONE, "-", -1}}},
    {"unsafe to the end", {{NONE, "-", -1}, {NONE, "u", -2}}},
    {"a restartable Prog, and back", {{NONE, "r", -3}, {NONE, "-", -1}}},
    {"adjacent restartables alternate", {{NONE, "r", -3}, {NONE, "r", -4}, {NONE, "r", -3}, {NONE, "r", -4}}},
    {"the turns go on across a gap",
     {{NONE, "r", -3}, {NONE, "-", -1}, {NONE, "r", -4}, {NONE, "-", -1}, {NONE, "r", -3}}},
    {"the turns go on across unsafe Progs", {{NONE, "r", -3}, {NONE, "u", -2}, {NONE, "r", -4}}},
    {"unsafe beats restartable and takes no turn",
     {{NONE, "r", -3}, {NONE, "ur", -2}, {NONE, "r", -4}, {NONE, "-", -1}}},
    {"unsafe by hand: nothing is marked, no turn is taken",
     {{-2, "-", -2}, {NONE, "r", -2}, {NONE, "u", -2}, {-1, "r", -3}, {NONE, "-", -1}}},
    {"unsafe by hand after a restartable Prog", {{NONE, "r", -3}, {-2, "r", -2}, {-1, "r", -4}}},
    {"entry restart by hand lasts until -1", {{-5, "-", -5}, {NONE, "-", -5}, {-1, "-", -1}}},
    {"unsafe inside entry restart goes back to it",
        {{-5, "-", -5}, {NONE, "u", -2}, {NONE, "-", -5}, {-1, "-", -1}}},
    {"restartable inside entry restart goes back to it", {{-5, "r", -3}, {NONE, "r", -4}, {NONE, "-", -5}}},
    {"a new value by hand inside an unsafe run", {{NONE, "u", -2}, {-5, "u", -2}, {NONE, "-", -5}}},
    {"a new value by hand right behind a restartable Prog", {{NONE, "r", -3}, {-5, "-", -5}, {-1, "-", -1}}},
    {"restart by hand is one range of many Progs",
        {{NONE, "-", -1}, {-3, "-", -3}, {NONE, "-", -3}, {-1, "-", -1}}},
    {"restart by hand takes no turn (Go: the ranges merge)", {{-3, "-", -3}, {-1, "r", -3}, {NONE, "r", -4}}},
};
/* clang-format on */

static size_t fill(struct mark_prog *progs, const struct rule *rule)
{
    size_t n = 0;
    for (; n < MAX && rule->p[n].prog; n++)
        progs[n] = (struct mark_prog){.has_pcdata = rule->p[n].pcdata != NONE,
                                      .pcdata = rule->p[n].pcdata,
                                      .prog = rule->p[n].prog,
                                      .value = 77};
    return n;
}

static void each_rule(void **state)
{
    struct mark_prog progs[MAX];
    (void)state;

    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++) {
        size_t n = fill(progs, &rules[r]);
        mark_unsafe_points(progs, n, is_unsafe, is_restartable);
        for (size_t i = 0; i < n; i++)
            if (progs[i].value != rules[r].p[i].value)
                fail_msg("%s: Prog %zu is %d, not %d", rules[r].what, i, progs[i].value, rules[r].p[i].value);
    }
}

static void null_predicates(void **state)
{
    struct mark_prog progs[] = {
        {.prog = "u"},
        {.prog = "r"},
        {.prog = "ur"},
        {.has_pcdata = true, .pcdata = -5, .prog = "ur"},
    };
    (void)state;

    mark_unsafe_points(progs, 4, NULL, is_restartable);
    assert_int_equal(progs[0].value, -1);
    assert_int_equal(progs[1].value, -3);
    assert_int_equal(progs[2].value, -4);
    mark_unsafe_points(progs, 4, is_unsafe, NULL);
    assert_int_equal(progs[0].value, -2);
    assert_int_equal(progs[1].value, -1);
    assert_int_equal(progs[2].value, -2);
    mark_unsafe_points(progs, 4, NULL, NULL);
    assert_int_equal(progs[2].value, -1);
    assert_int_equal(progs[3].value, -5);
}

/* What the predicates said in Go can be read off its values; the pass must then give the same values. */
static struct go_prog go[GO_PROGS];

static bool go_unsafe(const void *prog)
{
    return ((const struct go_prog *)prog)->value == POINT_UNSAFE;
}

static bool go_restartable(const void *prog)
{
    int32_t value = ((const struct go_prog *)prog)->value;
    return value == POINT_RESTART_1 || value == POINT_RESTART_2;
}

static void as_the_go_assembler(void **state)
{
    static struct mark_prog progs[GO_PROGS];
    (void)state;

    go_progs_read(go);
    for (size_t i = 0; i < GO_PROGS; i++)
        progs[i].prog = &go[i];
    for (size_t i = 0, end; i < GO_PROGS; i = end) {
        end = go_progs_end(go, i);
        mark_unsafe_points(progs + i, end - i, go_unsafe, go_restartable);
    }
    for (size_t i = 0; i < GO_PROGS; i++)
        if (progs[i].value != go[i].value)
            fail_msg("%s, %s: %d, in Go %d", go[i].arch, go[i].text, progs[i].value, go[i].value);
}

/* The second reading: PCDATAs really are put between the Progs, with the look-ahead that Go has, and the
 * list is then read from the front. An item is a Prog's index, or PCDATA + value. */
enum { PCDATA = 1000 };

static void mark_by_insertion(const struct mark_prog *progs, size_t n, int32_t *values)
{
    int in[2 * MAX], out[6 * MAX];
    size_t n_in = 0, n_out = 0;
    int prev_pcdata = -1, prev_restart = 0;

    for (size_t i = 0; i < n; i++) {
        if (progs[i].has_pcdata)
            in[n_in++] = PCDATA + progs[i].pcdata;
        in[n_in++] = (int)i;
    }
#define IS(predicate, item) ((item) < PCDATA - 100 && predicate(progs[item].prog))
    for (size_t i = 0; i < n_in; i++) {
        if (in[i] >= PCDATA - 100) {
            prev_pcdata = in[i] - PCDATA;
            out[n_out++] = in[i];
        } else if (prev_pcdata == -2) {
            out[n_out++] = in[i];
        } else if (IS(is_unsafe, in[i])) {
            out[n_out++] = PCDATA - 2;
            out[n_out++] = in[i];
            while (i + 1 < n_in && IS(is_unsafe, in[i + 1]))
                out[n_out++] = in[++i];
            if (i + 1 < n_in)
                out[n_out++] = PCDATA + prev_pcdata;
        } else if (IS(is_restartable, in[i])) {
            prev_restart = prev_restart == -3 ? -4 : -3;
            out[n_out++] = PCDATA + prev_restart;
            out[n_out++] = in[i];
            if (i + 1 < n_in && !IS(is_restartable, in[i + 1]))
                out[n_out++] = PCDATA + prev_pcdata;
        } else {
            out[n_out++] = in[i];
        }
    }
#undef IS
    int value = -1;
    for (size_t i = 0; i < n_out; i++) {
        if (out[i] >= PCDATA - 100)
            value = out[i] - PCDATA;
        else
            values[out[i]] = value;
    }
}

/* Each Prog is one of four kinds, behind one of six PCDATAs: all 24^4 programs of four Progs, whose
 * beginnings are all the shorter ones. */
static void every_short_program(void **state)
{
    static const char *const kinds[] = {"-", "u", "r", "ur"};
    static const int pcdata[] = {NONE, -1, -2, -3, -4, -5};
    struct mark_prog progs[4];
    int32_t expected[4];
    (void)state;

    for (unsigned program = 0; program < 24 * 24 * 24 * 24; program++) {
        unsigned digits = program;
        for (size_t i = 0; i < 4; i++, digits /= 24) {
            int before = pcdata[digits % 24 / 4];
            progs[i] =
                (struct mark_prog){.has_pcdata = before != NONE, .pcdata = before, .prog = kinds[digits % 4]};
        }
        mark_by_insertion(progs, 4, expected);
        mark_unsafe_points(progs, 4, is_unsafe, is_restartable);
        for (size_t i = 0; i < 4; i++)
            if (progs[i].value != expected[i])
                fail_msg("program %u, Prog %zu: %d, not %d", program, i, progs[i].value, expected[i]);
    }
}

static void assert_encodes(const struct mark_prog *progs, size_t n, uint32_t quantum, const uint8_t *bytes,
                           size_t length)
{
    uint8_t out[64];
    size_t got = 77;

    assert_int_equal(mark_encode(progs, n, quantum, out, sizeof out, &got), PCTAB_OK);
    assert_int_equal(got, length);
    assert_memory_equal(out, bytes, length);
}

static void encodes_marks(void **state)
{
    /* -1 for 1 quantum; -2 for 1+1; -3 for 2; -4 for 1; -1 for 1. A Prog of size 0 changes nothing.
     * Changes 0, -1, -1, -1, +3 are 00 01 01 01 06 in zig-zag. */
    /* clang-format off */
    const struct mark_prog progs[] = {
        {.pc = 0, .size = 4, .value = -1},  {.pc = 4, .size = 4, .value = -2},
        {.pc = 8, .size = 0, .value = -5},
        {.pc = 8, .size = 4, .value = -2},  {.pc = 12, .size = 8, .value = -3},
        {.pc = 20, .size = 4, .value = -4},
        {.pc = 24, .size = 4, .value = -1},
    };
    /* clang-format on */
    (void)state;

    assert_encodes(progs, 7, 4, (const uint8_t[]){0, 1, 1, 2, 1, 2, 1, 1, 6, 1, 0}, 11);
    assert_encodes(progs, 1, 4, (const uint8_t[]){0}, 0); /* all safe: no table */
    assert_encodes(progs, 0, 4, (const uint8_t[]){0}, 0);
}

static void encoding_errors(void **state)
{
    const struct mark_prog gap[] = {{.pc = 0, .size = 4, .value = -2}, {.pc = 8, .size = 4, .value = -2}};
    const struct mark_prog wraps[] = {{.pc = 0, .size = 4, .value = -2},
                                      {.pc = 4, .size = UINT32_MAX - 3, .value = -1}};
    const struct mark_prog odd[] = {{.pc = 0, .size = 6, .value = -2}};
    const struct mark_prog by_hand[] = {{.pc = 0, .size = 4, .value = 7}};
    uint8_t out[8];
    size_t length = 77;
    (void)state;

    assert_int_equal(mark_encode(gap, 2, 4, out, sizeof out, &length), PCTAB_NOT_MONOTONIC);
    assert_int_equal(length, 0);
    assert_int_equal(mark_encode(wraps, 2, 4, out, sizeof out, &length), PCTAB_NOT_MONOTONIC);
    assert_int_equal(mark_encode(odd, 1, 4, out, sizeof out, &length), PCTAB_MISALIGNED);
    assert_int_equal(mark_encode(odd, 1, 2, out, sizeof out, &length), PCTAB_OK);
    assert_int_equal(length, 3);
    assert_int_equal(mark_encode(odd, 1, 2, out, 2, &length), PCTAB_NO_SPACE);
    assert_int_equal(length, 0);
    assert_int_equal(mark_encode(by_hand, 1, 4, out, sizeof out, &length), PCTAB_OUT_OF_RANGE);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule),
        cmocka_unit_test(null_predicates),
        cmocka_unit_test(as_the_go_assembler),
        cmocka_unit_test(every_short_program),
        cmocka_unit_test(encodes_marks),
        cmocka_unit_test(encoding_errors),
    };
    /* clang-format on */
    return cmocka_run_group_tests_name("mark", tests, NULL, NULL);
}
