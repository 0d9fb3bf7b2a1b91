/* Running mutants: each is applied, held against its cases until the first failure, and reverted. What
 * became of it is reported as if it were a case (begin, mutant, case), so that the driver's care for dying
 * probes serves here too. */
#include <stdio.h>
#include <string.h>

#include "probe/clock.h"
#include "probe/events.h"
#include "probe/fire.h"
#include "probe/system.h"
#include "hold.h"
#include "suite.h"

enum { MUTANT_MS = 500 }; /* CPU time that a run may take */

/* The stub's first: they are what a fresh probe is for. What goes wrong in the injected call may write
 * anywhere: such mutants get a process of their own. */
static const struct {
    const struct mutant_kind *kind;
    bool apart;
} kinds[] = {
    {&stub_mutants, true},      {&tail_mutants, true},       {&frame_mutants, true},
    {&push_mutants, true},      {&decision_mutants, false},  {&table_mutants, false},
    {&sp_table_mutants, false}, {&predicate_mutants, false}, {&marks_mutants, false},
    {&case_mutants, false},     {&lowering_mutants, false},  {&platform_mutants, false},
    {&suspend_mutants, false},
};
enum { N_KINDS = sizeof kinds / sizeof *kinds };

/* A mutant that nothing else places belongs to the class of the register that it lost. */
static const char *class_of(const struct mutant *m, const struct death *d)
{
    if (m->class)
        return m->class;
    if (!d->c || d->t.first.oracle != ORACLE_STATE)
        return "M13";
    size_t n = strcspn(d->t.first.expected, "=+-");
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        if (strlen(r->name) != n || strncmp(r->name, d->t.first.expected, n) != 0)
            continue;
        return r->kind == REG_FLAGS || r->kind == REG_FPCTL ? "M14"
               : r->kind == REG_SP                          ? "M31"
               : r->kind == REG_ZERO                        ? "M33"
                                                            : "M13";
    }
    return "M13";
}

static void mutant_event(const struct mutant *m, const struct death *d, const struct death *also,
                         const char *why, bool equivalent, uint64_t ns)
{
    char text[400];
    event_begin("mutant");
    event_string("id", m->id);
    event_string("class", class_of(m, d));
    event_string("what", m->what);
    event_string("status", d->c ? "killed" : equivalent ? "equivalent" : "survived");
    if (d->c) {
        const struct test_case *c = d->c;
        event_string("oracle", oracle_name(d->t.first.oracle));
        event_string("case", c->name);
        if (d->t.first_pc < c->n_pcs) {
            snprintf(text, sizeof text, "+0x%x", c->pcs[d->t.first_pc].offset);
            event_string("pc", text);
        }
        snprintf(text, sizeof text, "expected %s, got %s", d->t.first.expected, d->t.first.got);
        event_string("why", text);
        event_string("also", also->c ? oracle_name(also->t.first.oracle) : "");
    } else {
        event_string("why", why);
    }
    event_number("us", ns / 1000);
    event_end(0);
}

/* An end of the run that no mutant is to blame for. */
static int broken(const char *id, const char *what, const struct test_case *c, const struct verdict *v)
{
    event_begin("fail");
    event_string("id", id);
    event_string("oracle", oracle_name(v->oracle));
    event_string("expected", what);
    event_string("got", v->got);
    event_string("case", c->name);
    event_end(1);
    return 3;
}

/* Whether only the wrong oracle noticed it. */
static bool is_misjudged(const struct mutant *m, const struct death *d)
{
    return d->c && m->only && m->only != d->t.first.oracle;
}

/* What is done apart. */
struct work {
    const struct mutants_options *o;
    const struct mutant_kind *kind;
    uint32_t k;
    const struct mutant *m;
};

static int come_there(const void *data)
{
    const struct work *w = data;
    return !fire_begin() || w->kind->is_reached(&w->o->probe, w->k);
}

/* Whether a run comes to what the mutant changes, in a process of its own: what a stub does once only must
 * not have been done yet. */
static bool comes_there(const struct mutants_options *o, const struct mutant_kind *kind, uint32_t k)
{
    const struct work work = {o, kind, k, NULL};
    struct apart a = system_apart(come_there, &work);
    return a.lost || a.status != 0;
}

/* Holds it against the oracles, the slow ones if no other kills it and no argument is needed to let it be;
 * then again without the one that killed it, at the same depth. Why it lives, if it does, in `why`. */
static void judge(const struct mutants_options *o, const struct mutant_kind *kind, uint32_t k,
                  const struct mutant *m, struct death *d, struct death *also, char *why, size_t n)
{
    bool deep = false;
    bool reached = !kind->is_reached || !o->fresh || comes_there(o, kind, k);
    kind->apply(k);
    hold_quick(&o->probe, m, o->probe.without, d);
    if (!d->c && kind->is_reached && !o->fresh)
        reached = comes_there(o, kind, k);
    if (!d->c && !reached)
        snprintf(why, n, "unreached: a branch to itself in its place hangs no run on this CPU model");
    if (!d->c && reached) {
        hold_deep(&o->probe, m, o->probe.without, d);
        deep = true;
    }
    *also = *d;
    also->c = NULL;
    if (d->c && !o->probe.without)
        (deep ? hold_deep : hold_quick)(&o->probe, m, only_oracle(d->t.first.oracle), also);
    kind->revert(k);
}

static bool run_mutant(const struct mutants_options *o, const struct mutant_kind *kind, uint32_t k,
                       const struct mutant *m)
{
    struct death d = {0}, also = {0};
    char why[200] = "";
    uint64_t begun = now_ns();
    judge(o, kind, k, m, &d, &also, why, sizeof why);
    uint64_t ns = now_ns() - begun;
    bool equivalent = !d.c && (*why || (kind->argue && kind->argue(&o->probe, k, why, sizeof why)));
    if (is_misjudged(m, &d)) {
        snprintf(why, sizeof why, "killed by %s, though only %s may blame it", oracle_name(d.t.first.oracle),
                 oracle_name(m->only));
        d.c = NULL;
    }
    mutant_event(m, &d, &also, why, equivalent, ns);
    struct tally t;
    if (!d.c || m->n_cases || o->fresh) /* what a fresh stub got wrong once may stay with it */
        return true;
    mutants_check(&o->probe, d.c, &t);
    return t.failures == 0 ||
           broken(m->id, "the case passes again once the mutant is gone", d.c, &t.first) == 0;
}

static void begin_one(uint32_t index, const struct mutant *m)
{
    event_begin("begin");
    event_number("index", index);
    event_string("case", m->id);
    event_number("pcs", 0);
    event_string("class", m->class ? m->class : "M13");
    event_string("what", m->what);
    event_end(1);
}

static void end_one(uint32_t index, const char *id, uint32_t failures)
{
    static const char *const counts[] = {"pcs",     "reportable", "covered",         "shots",
                                         "resumed", "restarted",  "entry_restarted", "refused"};
    event_begin("case");
    event_number("index", index);
    event_string("case", id);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
        event_number(counts[k], 0);
    event_number("failures", failures);
    event_end(1);
}

static bool is_asked(const struct mutants_options *o, const struct mutant *m)
{
    static const char *const of_registers[] = {"M13", "M14", "M31", "M33"}; /* what class_of may say */
    bool asked = system_matches(o->mutant, m->id) || (m->class && system_matches(o->mutant, m->class));
    for (size_t k = 0; !m->class && k < sizeof of_registers / sizeof *of_registers; k++)
        asked |= strcmp(o->mutant, of_registers[k]) == 0;
    return asked;
}

/* Calls `each` for every mutant of this run, in order, with its index among all that are asked for. */
static uint32_t each_mutant(const struct mutants_options *o, const uint32_t *n,
                            bool (*each)(const struct mutants_options *, int kind, uint32_t k, uint32_t index,
                                         const struct mutant *))
{
    uint32_t asked = 0, mine = 0;
    for (int j = 0; j < N_KINDS; j++)
        for (uint32_t k = 0; k < n[j]; k++) {
            struct mutant m = {.class = NULL};
            kinds[j].kind->describe(k, &m);
            if (!is_asked(o, &m) || asked++ % o->probe.shards != o->probe.shard - 1)
                continue;
            mine++;
            if (each && asked - 1 >= o->probe.from && !each(o, j, k, asked - 1, &m))
                return mine;
        }
    return mine;
}

static void lost_event(const struct mutant *m, int signal)
{
    char why[80];
    snprintf(why, sizeof why, "took its process down: signal %d (%s)", signal, system_signal_name(signal));
    event_begin("mutant");
    event_string("id", m->id);
    event_string("class", m->class ? m->class : "M13");
    event_string("what", m->what);
    event_string("status", "killed");
    event_string("oracle", "crash");
    event_string("case", "");
    event_string("why", why);
    event_string("also", "crash"); /* with it switched off the process is lost all the same */
    event_number("us", 0);
    event_end(1);
}

static int run_it(const void *data)
{
    const struct work *w = data;
    return !(fire_begin() && run_mutant(w->o, w->kind, w->k, w->m));
}

static bool run_apart(const struct mutants_options *o, const struct mutant_kind *kind, uint32_t k,
                      const struct mutant *m)
{
    const struct work work = {o, kind, k, m};
    struct apart a = system_apart(run_it, &work);
    if (!a.lost)
        return a.status == 0;
    if (a.signal)
        lost_event(m, a.signal);
    return a.signal != 0;
}

/* Before the first mutant, or behind one that took the probe down before the next that is held against it. */
static bool proves_suite(const struct mutants_options *o, const struct mutant *m)
{
    struct verdict v;
    const struct test_case *bad = o->fresh || (m && m->n_cases) ? NULL : suite_prove(&o->probe, &v);
    return !bad || broken("-", "a case that passes without any mutant", bad, &v) == 0;
}

static bool one(const struct mutants_options *o, int kind, uint32_t k, uint32_t index, const struct mutant *m)
{
    begin_one(index, m);
    bool ok = proves_suite(o, m) && (kinds[kind].apart ? run_apart : run_mutant)(o, kinds[kind].kind, k, m);
    end_one(index, m->id, !ok);
    return ok;
}

/* To the driver, which takes a probe that is silent for long for one that hangs, though a run of it is ended
 * by the probe itself: an event each second, as long as runs end. */
static void say_alive(void)
{
    static uint64_t said;
    if (now_ns() - said < 1000000000u)
        return;
    event_begin("alive");
    event_end(1);
    said = now_ns();
}

int mutants_run(const struct options *options)
{
    struct mutants_options o = *(const struct mutants_options *)options;
    uint32_t n[N_KINDS];
    uint64_t begun = now_ns();
    o.probe.fire.patience_ms = MUTANT_MS;
    hooks.ran = say_alive;
    suite_choose();
    for (int j = 0; j < N_KINDS; j++)
        n[j] = o.fresh && j > 0 ? 0 : kinds[j].kind->count(&o.probe); /* counting takes injections */
    event_begin("start");
    event_number("schema", 1);
    event_string("target", EVERYPC_TARGET);
    event_number("cases", each_mutant(&o, n, NULL));
    event_end(1);
    if (o.probe.from == 0 && !proves_suite(&o, NULL))
        return 3;
    each_mutant(&o, n, one);
    event_begin("end");
    event_number("shots", 0);
    event_number("wall_ns", now_ns() - begun);
    event_number("shot_ns", 0);
    event_number("floor_ns", 0);
    event_number("early", fire_early());
    event_end(1);
    return 0;
}
