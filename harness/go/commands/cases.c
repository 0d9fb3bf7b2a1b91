/* everypc-go cases: are the tables of a probe's cases sound? By the checks of compiled code, without running
 * the probe. JSON lines: findings in the order of the cases, a summary at the end. */
#include "command.h"
#include "go/binary/probe_cases.h"
#include "go/checks/checker.h"
#include "go/checks/checks.h"
#include "json_lines.h"
#include "report.h"

#include <fnmatch.h>
#include <getopt.h>
#include <string.h>
#include <time.h>

struct options {
    const char *only; /* a pattern of cases' names, or null */
    bool alternatives, tables;
};

struct static_run {
    const struct options *options;
    struct probe_cases cases;
    struct checker checker;
    struct check_summary sum;
    uint64_t n;
};

/* An injected call loses REGTMP alone; whether the stub under test loses more, only a run says. */
static struct lost lost_regtmp(const struct effects_arch *arch)
{
    struct lost lost = lost_nothing(arch);
    for (int u = 0; u < arch->n_units; u++)
        if (strcmp(arch->units[u].reg, arch->target->regtmp) == 0)
            unit_add(&lost.units, u);
    return lost;
}

/* The checks that a case is held to: a part of a function has no return address, and frame pointers are kept
 * where the case says so. */
static unsigned checks_of(const struct probe_case *c)
{
    unsigned checks = (1u << N_CHECKS) - 1;
    if (c->flags & CASE_FRAGMENT)
        checks &= ~(1u << CHECK_RETURN);
    if (!(c->flags & CASE_FRAME_POINTER))
        checks &= ~(1u << CHECK_FP);
    return checks;
}

static void print_finding(struct static_run *r, const struct probe_case *c, const struct finding *f,
                          const char *mutant)
{
    const struct cfg *cfg = r->checker.cfg;
    struct probe_prog prog = probe_cases_prog_at(&r->cases, c, cfg_at(cfg, f->first)->offset);
    json_t *o = report_found(cfg, r->checker.decoder, f);
    json_t *offsets = json_array();
    for (int32_t k = f->first; k <= f->last; k++)
        if (!cfg_at(cfg, k)->in_delay_slot)
            json_array_append_new(offsets, json_integer(cfg_at(cfg, k)->offset));
    json_object_set_new(o, "offsets", offsets);
    json_object_set_new(o, "prog", json_text(prog.text));
    json_object_set_new(o, "source", json_text(*prog.source ? prog.source : c->source));
    if (mutant)
        json_object_set_new(o, "mutant", json_text(mutant));
    print_line("finding", o);
}

static bool is_wanted(const struct static_run *r, const struct probe_case *c)
{
    return !r->options->only || fnmatch(r->options->only, c->func.name, 0) == 0;
}

static void check(struct static_run *r, const struct probe_case *c, const char *mutant)
{
    if (!checker_run(&r->checker, &c->func, checks_of(c)))
        return;
    summary_count(&r->sum, r->checker.cfg, r->checker.decoder, &r->checker.findings);
    for (size_t i = 0; i < r->checker.findings.n; i++)
        if (finding_is_violation(&r->checker.findings.list[i]))
            print_finding(r, c, &r->checker.findings.list[i], mutant);
    r->n++;
}

/* {"case": {...}}: its Progs as [offset, mark, text, source], and the runs of its SP-delta table as [start,
 * value]. */
static void print_tables(struct static_run *r, const struct probe_case *c, const char *mutant)
{
    json_t *progs = json_array();
    for (uint32_t k = 0; k < c->n_progs; k++) {
        struct probe_prog prog = probe_cases_prog(&r->cases, c, k);
        json_array_append_new(progs, json_pack("[I,i,o,o]", (json_int_t)prog.offset, (int)prog.value,
                                               json_text(prog.text), json_text(prog.source)));
    }
    json_t *o = json_pack("{s:o,s:o,s:I,s:o,s:o}", "name", json_text(c->func.name), "source",
                          json_text(c->source), "size", (json_int_t)(c->func.end - c->func.entry), "progs",
                          progs, "deltas", report_deltas(&c->func.sp_delta));
    if (mutant)
        json_object_set_new(o, "mutant", json_text(mutant));
    print_line("case", o);
    r->n++;
}

static bool check_all(struct static_run *r, struct error *e)
{
    struct probe_case c;
    const char *mutant = NULL;
    size_t n = r->options->alternatives ? r->cases.n_alternatives : r->cases.n;
    for (size_t i = 0; i < n; i++) {
        if (!(r->options->alternatives ? probe_cases_alternative(&r->cases, i, &c, &mutant, e)
                                       : probe_cases_get(&r->cases, i, &c, e)))
            return false;
        if (!is_wanted(r, &c))
            continue;
        if (r->options->tables)
            print_tables(r, &c, mutant);
        else
            check(r, &c, mutant);
    }
    return true;
}

static void print_summary(struct static_run *r, double seconds)
{
    const struct check_summary *s = &r->sum;
    summary_sort(&r->sum);
    json_t *o =
        json_pack("{s:s,s:I,s:I,s:o,s:o,s:o,s:I,s:I,s:f}", "target", r->cases.image.target->name, "cases",
                  (json_int_t)r->n, "instructions", (json_int_t)s->instructions, "pcs", report_kinds(s->pcs),
                  "violations", report_counts(check_names, s->violations, N_CHECKS), "unknown",
                  report_unknown(s), "sp_unknown", (json_int_t)s->sp_unknown, "unresolved_jumps",
                  (json_int_t)s->unresolved_jumps, "seconds", seconds);
    print_line("summary", o);
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    return probe_cases_bytes(context, address, n);
}

static int finish(struct static_run *r, struct error *e)
{
    struct timespec begin, end;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (!check_all(r, e))
        return failure(e->text);
    clock_gettime(CLOCK_MONOTONIC, &end);
    print_summary(r, (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
    for (int c = 0; c < N_CHECKS; c++)
        if (r->sum.violations[c])
            return EXIT_FINDINGS;
    return EXIT_DONE;
}

static int check_probe(const char *path, const struct options *o)
{
    struct error e;
    struct static_run r = {.options = o};
    int code = EXIT_USAGE;
    if (!probe_cases_open(&r.cases, path, &e)) {
        probe_cases_close(&r.cases);
        return failure(e.text);
    }
    const char *target = r.cases.image.target->name;
    struct surroundings around = {
        .context = &r.cases, .constant = constant, .big_endian = r.cases.image.target->big_endian};
    struct decoder *d = decoder_open(target, &e);
    struct lost lost = d ? lost_regtmp(decoder_arch(d)) : (struct lost){0};
    if (d && checker_open(&r.checker, target, &around, &lost, false, &e)) {
        r.checker.input.thread_cell = r.cases.thread_cell;
        code = finish(&r, &e);
    } else {
        failure(e.text);
    }
    checker_close(&r.checker);
    decoder_close(d);
    summary_free(&r.sum);
    probe_cases_close(&r.cases);
    return code;
}

static int run(int argc, char **argv)
{
    /* clang-format off */
    static const struct option options[] = {
        {"only", 1, NULL, 'o'}, {"alternatives", 0, NULL, 'a'}, {"tables", 0, NULL, 't'}, {0},
    };
    /* clang-format on */
    struct options o = {0};
    optind = 1;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (c == 'o')
            o.only = optarg;
        else if (c == 'a')
            o.alternatives = true;
        else if (c == 't')
            o.tables = true;
        else
            return usage_error(&command_cases, "unknown option, or one without its value");
    }
    return optind == argc - 1 ? check_probe(argv[optind], &o) : usage_error(&command_cases, "name one probe");
}

const struct command command_cases = {
    .name = "cases",
    .args = "[OPTIONS] PROBE",
    .does = "are the tables of a probe's cases sound? JSON lines",
    .options = "  --only PATTERN  only cases whose name matches, as in file names: 'add.*'\n"
               "  --alternatives  the cases as the predicate mutants of a probe mark them\n"
               "  --tables        checks nothing, and prints each case's marks and SP deltas\n",
    .run = run,
};
