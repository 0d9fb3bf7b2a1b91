/* Liveness of a run: which cases speak of it, and when they say that nobody is ever preempted; and what a
 * case needs to be one that could be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "probe/run.h"
#include "probe/truth.h"

static bool switched_off;
static uint32_t harmless_pc; /* where an injected call does no harm */

bool oracle_is_on(const char *name)
{
    return !switched_off || strcmp(name, "liveness") != 0;
}

bool truth_resumes(struct run *r, uint32_t pc)
{
    (void)r;
    return pc == harmless_pc;
}

static const struct test_case by_rule = {.flags = CASE_BY_RULE}, by_hand;

static const char *verdict_of(const struct test_case *c, enum liveness live, int cases,
                              enum liveness and_one_more)
{
    struct live_cases all = {0};
    for (int k = 0; k < cases; k++)
        liveness_count(&all, c, live);
    liveness_count(&all, c, and_one_more);
    return judge_liveness(&all).oracle;
}

static void test_a_run_that_preempts_nobody_fails(void **state)
{
    (void)state;
    assert_string_equal(verdict_of(&by_rule, LIVE_COULD, 20, LIVE_NOT), "liveness");
    assert_string_equal(verdict_of(&by_rule, LIVE_COULD, 8, LIVE_NOT), "liveness");
    switched_off = true;
    assert_null(verdict_of(&by_rule, LIVE_COULD, 20, LIVE_NOT));
    switched_off = false;
}

static void test_other_runs_pass(void **state)
{
    (void)state;
    assert_null(verdict_of(&by_rule, LIVE_COULD, 20, LIVE));
    assert_null(verdict_of(&by_rule, LIVE_COULD, 7, LIVE_NOT)); /* too few to tell */
    assert_null(verdict_of(&by_rule, LIVE_NOT, 20, LIVE_NOT));
    assert_null(verdict_of(&by_hand, LIVE_COULD, 20, LIVE_NOT)); /* their marks are no rule's */
}

/* Two Progs: PCs 0 and 1 are the first one's, PC 2 the second one. */
static const struct case_pc pcs[] = {
    {.prog = 0, .reportable = 1}, {.prog = 0, .reportable = 1}, {.prog = 1, .reportable = 1}};

static void test_only_whole_progs_count(void **state)
{
    (void)state;
    static struct run r;
    static struct test_case c;
    c = (struct test_case){.flags = CASE_BY_RULE, .pcs = pcs, .n_pcs = 3, .n_progs = 2};
    r = (struct run){.c = &c};
    r.pins.c = &c;
    harmless_pc = 2;
    assert_true(liveness_could(&r));
    harmless_pc = 0; /* inside a Prog of two instructions an assembler may forbid what does no harm */
    assert_false(liveness_could(&r));
    harmless_pc = 2;
    c.flags = 0;
    assert_false(liveness_could(&r));
    c.flags = CASE_BY_RULE;
    r.pins.c = NULL; /* free mode */
    assert_false(liveness_could(&r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_that_preempts_nobody_fails),
        cmocka_unit_test(test_other_runs_pass),
        cmocka_unit_test(test_only_whole_progs_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
