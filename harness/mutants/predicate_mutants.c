/* Mutants of the marking predicates. The cases come with the table and the marks of the mutated predicate, so
 * that the oracle of the decision sees nothing wrong: what is left is what the registers and the memory say.
 */
#include "predicate_alternatives.h"

#include <stdio.h>
#include <stdlib.h>

#include "mutants.h"

static struct test_case *changed;

static uint32_t n_of(uint32_t predicate)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < everypc_n_alternatives; k++)
        n += everypc_alternatives[k].predicate == predicate;
    return n;
}

/* The k-th predicate that changes anything. */
static uint32_t nth(uint32_t k)
{
    uint32_t p = 0;
    while (n_of(p) == 0 || k-- > 0)
        p++;
    return p;
}

static uint32_t count(const struct options *o)
{
    uint32_t n = 0;
    (void)o;
    changed = calloc(everypc_n_alternatives + 1, sizeof *changed);
    for (uint32_t p = 0; changed && p < everypc_n_predicates; p++)
        n += n_of(p) > 0;
    return n;
}

static void describe(uint32_t k, struct mutant *m)
{
    uint32_t p = nth(k);
    snprintf(m->id, sizeof m->id, "predicate.%s", everypc_predicates[p].name);
    for (char *c = m->id; *c; c++)
        if (*c == ' ')
            *c = '_';
    snprintf(m->what, sizeof m->what, "the marking predicates do not see: %s", everypc_predicates[p].name);
    m->class = everypc_predicates[p].class;
    for (uint32_t j = 0; j < everypc_n_alternatives; j++) {
        const struct predicate_alternative *a = &everypc_alternatives[j];
        if (a->predicate != p)
            continue;
        changed[j] = *a->c;
        changed[j].table = a->table;
        changed[j].table_length = a->table_length;
        changed[j].progs = a->progs;
        if (m->n_cases < MAX_OWN_CASES)
            m->cases[m->n_cases++] = &changed[j];
    }
}

/* A survivor that only lets restart what was unsafe: each of its cases took a signal at each such PC, and
 * ended well. */
static bool argue(const struct options *o, uint32_t k, char *why, size_t n)
{
    uint32_t cases = 0;
    (void)o;
    for (uint32_t j = 0; j < everypc_n_alternatives; j++) {
        const struct predicate_alternative *a = &everypc_alternatives[j];
        if (a->predicate != nth(k))
            continue;
        cases++;
        for (uint32_t p = 0; p < a->c->n_progs; p++)
            if (a->progs[p].value != a->c->progs[p].value &&
                (a->c->progs[p].value != POINT_UNSAFE ||
                 (a->progs[p].value != POINT_RESTART_1 && a->progs[p].value != POINT_RESTART_2)))
                return false;
    }
    snprintf(
        why, n,
        "an expansion through REGTMP writes it first, so what it held is lost without a signal too, as all "
        "%u cases"
        " that it lets restart confirm",
        (unsigned)cases);
    return true;
}

static void nothing(uint32_t k)
{
    (void)k;
}

const struct mutant_kind predicate_mutants = {"predicate", count, describe, nothing, nothing, NULL, argue};
