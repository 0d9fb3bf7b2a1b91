/* The suite, and running a case without events: see suite.h and mutants.h. */
#include "suite.h"

#include <string.h>

#include "probe/check.h"
#include "probe/guard_cases.h"
#include "probe/wild.h"

enum { MAX_SUITE = 96, FEW_PCS = 16, SPREAD = 24, SMALL = 12 };

const struct test_case *mutants_case;

static const struct test_case *suite[MAX_SUITE];
static bool shows_no_call[MAX_SUITE]; /* as far as it was proved */
static uint32_t n_suite;

const struct test_case *idle_case(void)
{
    return guard_base();
}

bool is_crafted(const struct test_case *c)
{
    /* where architectures share one, the line is in the file that they share */
    return strstr(c->source, "/test/mutants/") || strstr(c->source, "/common/test/");
}

bool is_wrong(const struct test_case *c)
{
    const char *tail = strrchr(c->name, '_');
    return is_crafted(c) && tail && strcmp(tail, "_wrong") == 0;
}

static const struct sink until_first_failure = {.first_only = true};

void mutants_check(const struct options *o, const struct test_case *c, struct tally *t)
{
    mutants_case = c;
    wild_begin(c, o->in_place ||
                      (c->flags &
                       CASE_STAY)); /* a stray store must not change what later mutants are held against */
    check_case(o, c, &until_first_failure, t);
    wild_mend();
    wild_end();
}

bool passes(const struct options *o, const struct test_case *c)
{
    struct tally t;
    mutants_check(o, c, &t);
    return t.failures == 0;
}

bool suite_passes(const struct options *o)
{
    for (uint32_t k = 0; k < n_suite; k++)
        if (!passes(o, suite[k]))
            return false;
    return true;
}

static void add_to_suite(const struct test_case *c)
{
    for (uint32_t k = 0; k < n_suite; k++)
        if (suite[k] == c)
            return;
    if (n_suite < MAX_SUITE)
        suite[n_suite++] = c;
}

void suite_choose(void)
{
    uint32_t seen[6] = {0};
    if (guard_base())
        add_to_suite(guard_base());
    for (uint32_t k = 0; k < guard_count(); k++)
        add_to_suite(guard_case(k));
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        const struct test_case *c = everypc_cases[k];
        if (is_wrong(c))
            continue;
        if (is_crafted(c))
            add_to_suite(c);
        for (uint32_t j = 0; j < c->n_progs && c->n_pcs <= FEW_PCS; j++)
            if (c->progs[j].value >= -5 && c->progs[j].value <= -1 && seen[-c->progs[j].value]++ < 2)
                add_to_suite(c);
    }
    for (uint32_t k = 0; k < SPREAD; k++) {
        const struct test_case *c = everypc_cases[(uint64_t)k * everypc_n_cases / SPREAD];
        if (!is_wrong(c))
            add_to_suite(c);
    }
}

uint32_t suite_size(void)
{
    return n_suite;
}

const struct test_case *suite_case(uint32_t k)
{
    return suite[k];
}

bool suite_injects(uint32_t k)
{
    return !shows_no_call[k];
}

static bool is_scene(const struct test_case *c)
{
    return c != guard_base() && strncmp(c->name, "guard.", 6) == 0;
}

const struct test_case *suite_small(uint32_t k)
{
    uint32_t found = 0;
    for (uint32_t j = 0; j < n_suite && k < SMALL; j++)
        if (strncmp(suite[j]->name, "guard.", 6) != 0 && suite[j]->n_pcs <= FEW_PCS && found++ == k)
            return suite[j];
    return NULL;
}

const struct test_case *suite_prove(const struct options *o, struct verdict *v)
{
    static bool proved;
    struct options full = *o;
    uint32_t kept = 0;
    if (proved)
        return NULL;
    proved = true;
    for (uint32_t k = 0; k < n_suite; k++) {
        struct tally t;
        mutants_check(o, suite[k], &t);
        bool cant = t.failures && t.first.oracle == ORACLE_CRASH && t.shots == 0 &&
                    strncmp(t.first.got, "without any signal: signal 4 ", 29) == 0;
        *v = t.first;
        if (t.failures && !cant)
            return suite[k];
        if (cant)
            continue;
        shows_no_call[kept] = is_scene(suite[k]) || t.resumed + t.restarted + t.entry_restarted == 0;
        suite[kept++] = suite[k];
    }
    n_suite = kept;
    full.full = true;
    for (uint32_t k = 0; o->from == 0 && suite_small(k);
         k++) { /* once, however often a mutant takes the probe down */
        struct tally t;
        mutants_check(&full, suite_small(k), &t);
        *v = t.first;
        if (t.failures)
            return suite_small(k);
    }
    return NULL;
}
