/* Mutants of marks.c that no oracle of single cases can see, since table, marks and their naive reading
 * agree: the predicates' answers are changed for all cases at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutants.h"

enum { MAX_TABLE = 16 }; /* bytes, of one run */

static struct test_case changed[MAX_OWN_CASES];
static uint32_t n_changed;

bool forbid_all(struct test_case *to, const struct test_case *c)
{
    uint8_t *bytes = malloc(MAX_TABLE);
    uint32_t quanta = c->func_size / ARCH_PC_QUANTUM, at = 0;
    struct case_prog *progs = malloc(c->n_progs * sizeof *progs);
    if (!progs || !bytes)
        return false;
    memcpy(progs, c->progs, c->n_progs * sizeof *progs);
    for (uint32_t k = 0; k < c->n_progs; k++)
        progs[k].value = POINT_UNSAFE;
    bytes[at++] = 1; /* zig-zag of -1: from the initial -1 to -2 */
    for (; quanta >= 0x80; quanta >>= 7)
        bytes[at++] = (uint8_t)(quanta | 0x80);
    bytes[at++] = (uint8_t)quanta;
    bytes[at++] = 0;
    *to = *c;
    to->progs = progs;
    to->table = bytes;
    to->table_length = at;
    return true;
}

static uint32_t count(const struct options *o)
{
    uint32_t by_rule = 0, seen = 0;
    for (uint32_t k = 0; k < everypc_n_cases; k++)
        by_rule += everypc_cases[k]->flags & CASE_BY_RULE && everypc_cases[k]->n_expects == 0;
    for (uint32_t k = 0; k < everypc_n_cases && n_changed < MAX_OWN_CASES; k++) {
        const struct test_case *c = everypc_cases[k];
        if (!(c->flags & CASE_BY_RULE) || c->n_expects || seen++ % (by_rule / MAX_OWN_CASES + 1) != 0)
            continue;
        if (passes(o, c)) /* not those with instructions that this CPU model does not have */
            n_changed += forbid_all(&changed[n_changed], c);
    }
    return n_changed > 0;
}

static void describe(uint32_t k, struct mutant *m)
{
    (void)k;
    snprintf(m->id, sizeof m->id, "marks.all_unsafe");
    snprintf(m->what, sizeof m->what, "the predicates call every Prog unsafe: nothing is ever preempted");
    m->class = "M18";
    for (uint32_t j = 0; j < n_changed; j++)
        m->cases[m->n_cases++] = &changed[j];
}

static void nothing(uint32_t k)
{
    (void)k;
}

const struct mutant_kind marks_mutants = {"marks", count, describe, nothing, nothing, NULL, NULL};
