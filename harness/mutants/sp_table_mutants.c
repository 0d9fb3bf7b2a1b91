/* Mutants of SP-delta tables: each boundary moved by a quantum, each value replaced. The handler never reads
 * these tables, so only the oracle that holds SP against them can notice. Tables that say the same as
 * another one wherever a call is injected or resumes are left out, and counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probe/expectation.h"
#include "arch.h"
#include "mutants.h"
#include "said.h"

enum { MAX_RUNS = 64, MAX_BYTES = 11 * MAX_RUNS + 1, MAX_MUTANTS = 1200, MAX_CASES = 60 };

static struct sp_mutant {
    const struct test_case *original;
    uint8_t bytes[MAX_BYTES];
    uint32_t length, number; /* the number within its case */
    char what[64];
    struct test_case mutated;
} * all;
static uint32_t n_all, n_cases;
static struct left_out left_out;

/* The case under way. */
static struct {
    const struct test_case *c;
    struct pc_run run[MAX_RUNS];
    uint32_t n_runs, n_kept;
    struct said said;
} now;

static int32_t value_at(const uint8_t *bytes, uint32_t length, uintptr_t pc)
{
    struct pctab t = {bytes, length, now.c->func_size, ARCH_PC_QUANTUM, PCTAB_ANY};
    struct pc_run run;
    return pctab_lookup(&t, (uint32_t)pc, &run) == PCTAB_OK ? run.value : INT32_MIN;
}

/* What a table says at every PC where the call is injected, and where it resumes. */
static uint64_t meaning(const uint8_t *bytes, uint32_t length)
{
    uint64_t h = 14695981039346656037u;
    for (uint32_t k = 0; k < now.c->n_pcs; k++) {
        struct expectation e = expected_decision(now.c, k, 0);
        if (!now.c->pcs[k].reportable || !e.inject)
            continue;
        h = (h ^ (uint32_t)value_at(bytes, length, now.c->pcs[k].offset)) * UINT64_C(0x100000001b3);
        h = (h ^ (uint32_t)value_at(bytes, length, e.resume_pc - (uintptr_t)now.c->entry)) *
            UINT64_C(0x100000001b3);
    }
    return h;
}

/* A changed list of runs; runs that became empty fall away. */
static void try(const struct pc_run *runs, const char *fmt, unsigned a, int b)
{
    struct pc_run kept[MAX_RUNS];
    size_t n = 0, length;
    struct sp_mutant *m = &all[n_all];
    for (uint32_t k = 0; k < now.n_runs; k++)
        if (runs[k].end > runs[k].start)
            kept[n++] = runs[k];
    if (n_all == MAX_MUTANTS ||
        pctab_encode_sp_delta(kept, n, ARCH_PC_QUANTUM, m->bytes, sizeof m->bytes, &length) != PCTAB_OK)
        return;
    if (!said_new(&now.said, meaning(m->bytes, (uint32_t)length), &left_out))
        return;
    m->original = now.c;
    m->length = (uint32_t)length;
    m->number = now.n_kept++;
    snprintf(m->what, sizeof m->what, fmt, a, b);
    n_all++;
}

static void mutate(void)
{
    struct pc_run runs[MAX_RUNS];
    for (uint32_t k = 0; k < now.n_runs; k++) {
        const int32_t values[] = {0, SP_DELTA_UNKNOWN, -now.run[k].value, now.run[k].value + ARCH_STACK_ALIGN,
                                  now.run[k].value - ARCH_STACK_ALIGN};
        for (size_t j = 0; j < sizeof values / sizeof *values && now.run[k].value != SP_DELTA_UNKNOWN; j++) {
            memcpy(runs, now.run, sizeof runs);
            runs[k].value = values[j];
            if (values[j] != now.run[k].value)
                try(runs, "range +0x%x becomes %d", now.run[k].start, values[j]);
        }
        for (int by = -ARCH_PC_QUANTUM; k > 0 && by <= ARCH_PC_QUANTUM; by += 2 * ARCH_PC_QUANTUM) {
            memcpy(runs, now.run, sizeof runs);
            runs[k - 1].end = runs[k].start = (uint32_t)((int)runs[k].start + by);
            try(runs, "boundary +0x%x moved by %d", now.run[k].start, by);
        }
    }
}

/* Whether the case has a frame, and its table can be taken apart. */
static bool take_apart(const struct test_case *c)
{
    struct pctab t = {c->sp_table, c->sp_table_length, c->func_size, ARCH_PC_QUANTUM, PCTAB_ANY};
    struct pctab_iter it;
    enum pctab_error error;
    bool has_frame = false;
    now.c = c;
    now.n_runs = now.n_kept = 0;
    for (pctab_begin(&it, &t); pctab_next(&it, &error);) {
        if (now.n_runs == MAX_RUNS)
            return false;
        now.run[now.n_runs++] = it.run;
        has_frame |= it.run.value != 0 && it.run.value != SP_DELTA_UNKNOWN;
    }
    said_begin(&now.said, meaning(c->sp_table, c->sp_table_length));
    return has_frame && !(c->flags & CASE_SP_WRITE);
}

static uint32_t count(const struct options *o)
{
    all = calloc(MAX_MUTANTS + 1, sizeof *all);
    if (!all)
        abort();
    for (uint32_t k = 0; k < everypc_n_cases && n_cases < MAX_CASES; k++) {
        const struct test_case *c = everypc_cases[k];
        if (is_wrong(c) || !take_apart(c))
            continue;
        n_cases++;
        mutate();
    }
    if (o->shard == 1 && o->from == 0)
        left_out_event("sp_table", &left_out, n_cases, everypc_n_cases);
    return n_all;
}

static void describe(uint32_t k, struct mutant *m)
{
    struct sp_mutant *t = &all[k];
    snprintf(m->id, sizeof m->id, "sp_table.%s.%u", t->original->name, (unsigned)t->number);
    snprintf(m->what, sizeof m->what, "SP-delta table of %s: %s", t->original->name, t->what);
    m->class = "M9";
    t->mutated = *t->original;
    t->mutated.sp_table = t->bytes;
    t->mutated.sp_table_length = t->length;
    m->cases[m->n_cases++] = &t->mutated;
}

static void nothing(uint32_t k)
{
    (void)k;
}

const struct mutant_kind sp_table_mutants = {"sp_table", count, describe, nothing, nothing, NULL, NULL};
