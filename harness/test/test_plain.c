/* Plans of a plain signal, at this test's own program: its functions by its symbols, their PCs, and what is
 * refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "live/plan/plain.h"

#define SELF "/proc/self/exe"

/* What is planned for. */
__attribute__((noinline)) int sample_function(int n);
int sample_function(int n)
{
    int sum = 0;
    for (int i = 0; i < n; i++)
        sum += i * n;
    return sum;
}

static struct plain opened(void)
{
    struct plain p;
    struct error e;
    if (!plain_open(&p, SELF, &e))
        fail_msg("%s", e.text);
    return p;
}

static bool make(struct plain *p, const char *glob, const char *at, struct plan *out, struct error *e)
{
    const char *globs[] = {glob, NULL}, *places[] = {at, NULL};
    p->around.context = p; /* it has moved */
    struct plan_options options = {
        .functions = globs, .at = at ? places : NULL, .visits = (uint64_t[]){1}, .n_visits = 1, .signal = 10};
    return plain_plan(p, &options, out, e);
}

static void test_a_function(void **state)
{
    (void)state;
    struct plain p = opened();
    struct plan plan;
    struct error e;
    assert_int_equal(sample_function(3), 9);
    assert_true(make(&p, "sample_*", NULL, &plan, &e));
    assert_int_equal(plan.n_functions, 1);
    const struct symbol *s = &p.symbols.all[plan.functions[0]];
    assert_string_equal(s->name, "sample_function");
    assert_int_equal(plan.head.signal, 10);
    assert_int_equal(plan.head.n_pcs, plan.n);
    assert_true(plan.head.async_preempt == 0 && plan.head.sigtable == 0 && plan.head.n_functions == 0);
    assert_true(plan.head.n_visits == 1 && plan.head.visits[0] == 1 && !plan.head.every);
    assert_true(plan.n > 5 && plan.pcs[0].pc == s->entry && plan.pcs[plan.n - 1].pc < s->end);
    for (size_t i = 0; i < plan.n; i++) {
        assert_true(i == 0 || plan.pcs[i].pc >= plan.pcs[i - 1].pc + plan.pcs[i - 1].size);
        assert_true((plan.pcs[i].role & ROLE_FIRE) && plan.pcs[i].resume == 0);
    }
    plan_free(&plan);
    plain_close(&p);
}

static size_t fired_at(const struct plan *plan)
{
    size_t n = 0;
    for (size_t i = 0; i < plan->n; i++)
        n += plan->pcs[i].role & ROLE_FIRE;
    return n;
}

static void test_one_pc(void **state)
{
    (void)state;
    struct plain p = opened();
    struct plan plan;
    struct error e;
    assert_true(make(&p, NULL, "sample_function+0x0", &plan, &e));
    assert_int_equal(fired_at(&plan), 1);
    plan_free(&plan);
    assert_false(make(&p, NULL, "sample_function+0x100000", &plan, &e));
    assert_false(make(&p, NULL, "sample_function", &plan, &e));
    assert_false(make(&p, NULL, "no_such_function+0x0", &plan, &e));
    assert_non_null(strstr(e.text, "no such function"));
    plain_close(&p);
}

static bool is_planned(const struct plain *p, const struct plan *plan, const char *name)
{
    for (size_t i = 0; i < plan->n_functions; i++)
        if (strcmp(p->symbols.all[plan->functions[i]].name, name) == 0)
            return true;
    return false;
}

static void test_the_default(void **state)
{
    (void)state;
    struct plain p = opened();
    struct plan plan;
    struct error e;
    assert_true(make(&p, NULL, NULL, &plan, &e));
    assert_true(is_planned(&p, &plan, "main") && is_planned(&p, &plan, "sample_function"));
    assert_false(is_planned(&p, &plan, "_start") || is_planned(&p, &plan, "frame_dummy"));
    plan_free(&plan);
    assert_false(make(&p, "no_such_*", NULL, &plan, &e));
    assert_non_null(strstr(e.text, "no function that was asked for"));
    plain_close(&p);
}

/* As a file says it whose functions are in another instruction set. */
static void test_another_instruction_set(void **state)
{
    (void)state;
    struct plain p = opened();
    struct plan plan;
    struct error e;
    for (size_t i = 0; i < p.symbols.n; i++)
        p.symbols.all[i].foreign = true;
    assert_false(make(&p, "sample_*", NULL, &plan, &e));
    assert_non_null(strstr(e.text, "another instruction set"));
    assert_false(make(&p, NULL, "sample_function+0x0", &plan, &e));
    plain_close(&p);
}

static void test_what_is_no_program(void **state)
{
    (void)state;
    struct plain p;
    struct error e;
    assert_false(plain_open(&p, "/nowhere", &e));
    assert_false(plain_open(&p, "/dev/null", &e));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_function),         cmocka_unit_test(test_one_pc),
        cmocka_unit_test(test_the_default),        cmocka_unit_test(test_another_instruction_set),
        cmocka_unit_test(test_what_is_no_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
