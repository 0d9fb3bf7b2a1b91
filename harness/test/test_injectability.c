/* Injectability: which cases of a run count, when they show that nothing is ever preempted, and what a case
 * needs to be one that could be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "probe/injectability.h"
#include "probe/run.h"
#include "probe/truth.h"

static uint32_t harmless_pc; /* where an injected call does no harm */

bool truth_resumes(struct run *r, uint32_t pc)
{
    (void)r;
    return pc == harmless_pc;
}

static const struct test_case by_rule = {.flags = CASE_BY_RULE}, by_hand;

static enum oracle verdict_without(oracle_set without, const struct test_case *c, enum injectability i,
                                   int cases, enum injectability and_one_more)
{
    struct injectable_cases all = {0};
    for (int k = 0; k < cases; k++)
        injectable_count(&all, c, i);
    injectable_count(&all, c, and_one_more);
    return judge_liveness(without, &all).oracle;
}

static enum oracle verdict_of(const struct test_case *c, enum injectability i, int cases,
                              enum injectability and_one_more)
{
    return verdict_without(0, c, i, cases, and_one_more);
}

static void test_a_run_that_never_preempts_fails(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(&by_rule, INJECTABLE, 20, NOT_INJECTED), ORACLE_LIVENESS);
    assert_int_equal(verdict_of(&by_rule, INJECTABLE, 8, NOT_INJECTED), ORACLE_LIVENESS);
    assert_int_equal(verdict_without(only_oracle(ORACLE_LIVENESS), &by_rule, INJECTABLE, 20, NOT_INJECTED),
                     NO_ORACLE);
}

static void test_other_runs_pass(void **state)
{
    (void)state;
    assert_int_equal(verdict_of(&by_rule, INJECTABLE, 20, INJECTED), NO_ORACLE);
    assert_int_equal(verdict_of(&by_rule, INJECTABLE, 7, NOT_INJECTED), NO_ORACLE); /* too few to judge by */
    assert_int_equal(verdict_of(&by_rule, NOT_INJECTED, 20, NOT_INJECTED), NO_ORACLE);
    assert_int_equal(verdict_of(&by_hand, INJECTABLE, 20, NOT_INJECTED),
                     NO_ORACLE); /* their marks were set by hand */
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
    assert_true(could_be_injected(&r));
    harmless_pc = 0; /* inside a Prog of two instructions an assembler may forbid what does no harm */
    assert_false(could_be_injected(&r));
    harmless_pc = 2;
    c.flags = 0;
    assert_false(could_be_injected(&r));
    c.flags = CASE_BY_RULE;
    r.pins.c = NULL; /* free mode */
    assert_false(could_be_injected(&r));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_run_that_never_preempts_fails),
        cmocka_unit_test(test_other_runs_pass),
        cmocka_unit_test(test_only_whole_progs_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
