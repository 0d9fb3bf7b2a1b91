/* Counting, golden runs and the sink of failures: see run.h. */
#include "run.h"

#include <stdio.h>
#include <string.h>

#include "events.h"
#include "golden.h"

enum { MAX_REPORTED = 8 }; /* failures of one part of a case's check that are reported one by one */

void run_begin(struct run *r, const struct options *o, const struct sink *sink, const struct test_case *c,
               struct tally *t)
{
    *r = (struct run){.o = o, .sink = sink, .c = c, .t = t, .fire = o->fire};
}

void run_fail(struct run *r, uint32_t pc, uint32_t visit, const struct verdict *v)
{
    if (!oracle_is_on(r->o->without, v->oracle))
        return;
    if (v->oracle == ORACLE_PLATFORM) {
        if (r->platform_failed)
            return;
        r->platform_failed = true;
    }
    run_verdict(r, pc, PC_FAILED);
    if (r->t->failures++ == 0) {
        r->t->first = *v;
        r->t->first_pc = pc;
        r->t->first_state = r->state;
    }
    r->broken |= r->sink->first_only;
    if (r->sink->fail)
        r->sink->fail(r, pc, visit, v);
}

void run_fail_text(struct run *r, uint32_t pc, enum oracle oracle, const char *expected, const char *got)
{
    struct verdict v = {.oracle = oracle};
    snprintf(v.expected, sizeof v.expected, "%s", expected);
    snprintf(v.got, sizeof v.got, "%s", got);
    run_fail(r, pc, 1, &v);
}

void run_verdict(struct run *r, uint32_t pc, enum pc_verdict verdict)
{
    static const char order[] = {PC_FAILED,  PC_ENTRY,  PC_RESTART,    PC_RESUME, PC_STRICT,
                                 PC_REFUSED, PC_MISSED, PC_UNREPORTED, 0};
    if (pc >= r->c->n_pcs || pc >= MAX_PCS)
        return;
    char *now = &r->t->verdicts[pc];
    if (!*now || strchr(order, verdict) < strchr(order, *now))
        *now = (char)verdict;
}

bool run_is_over(const struct run *r)
{
    return r->sink->first_only && r->t->failures > 0;
}

enum outcome run_golden_shot(struct run *r, int k, struct shot *s)
{
    r->state = k;
    state_fill(&r->in, r->c, r->o->seed, k);
    return golden_run(&r->fire, r->c, &r->in, r->o->seed, k, &r->golden, s);
}

bool run_golden(struct run *r, int k)
{
    struct shot s;
    return run_golden_shot(r, k, &s) == RUN_LEFT;
}

static void fail_event(struct run *r, uint32_t pc, uint32_t visit, const struct verdict *v)
{
    const struct test_case *c = r->c;
    if (r->reported++ >= MAX_REPORTED)
        return;
    char id[240];
    uint32_t offset = pc < c->n_pcs ? c->pcs[pc].offset : 0;
    snprintf(id, sizeof id, "%s/%s@+0x%x#%d%s", EVERYPC_TARGET, c->name, (unsigned)offset, r->state, r->how);
    event_begin("fail");
    event_string("id", id);
    event_string("oracle", oracle_name(v->oracle));
    event_string("expected", v->expected);
    event_string("got", v->got);
    event_number("visit", visit);
    event_string("source", pc < c->n_pcs ? c->progs[c->pcs[pc].prog].source : c->source);
    if (pc < c->n_pcs) {
        const struct case_prog *p = &c->progs[c->pcs[pc].prog];
        event_string("prog", p->text);
        if (p->insns)
            event_string("insns", p->insns);
        event_signed("mark", p->value);
    }
    event_end(1);
}

static void strict_event(const struct case_prog *p, uint32_t pcs)
{
    event_begin("strict");
    event_string("prog", p->text);
    event_number("pcs", pcs);
    event_end(0);
}

const struct sink to_events = {fail_event, strict_event, false};
