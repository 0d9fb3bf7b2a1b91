/* everypc-go check: are a binary's tables sound? JSON lines on standard output: findings in the functions'
 * order, progress in between, a summary at the end. */
#include "check_run.h"
#include "command.h"
#include "go/checks/checks.h"
#include "json_lines.h"
#include "report.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static void on_progress(void *context, const char *lines, size_t done, size_t of)
{
    (void)context;
    if (lines) {
        fputs(lines, stdout);
        return;
    }
    print_line("progress", json_pack("{s:I,s:I}", "done", (json_int_t)done, "of", (json_int_t)of));
    fflush(stdout);
}

static void print_shape(void *context, const struct shape_count *shape)
{
    (void)context;
    print_line("shape", json_pack("{s:s,s:I,s:o}", "code", shape->code, "n", (json_int_t)shape->n, "pcs",
                                  report_kinds(shape->pcs)));
}

static void print_summary(const struct gobin *bin, const struct check_summary *s, double seconds)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    json_t *o = json_pack("{s:s,s:s,s:s,s:I,s:I,s:I,s:I}", "target", gobin_target(bin), "version",
                          gobin_version(bin), "layout", gobin_layout(bin), "functions",
                          (json_int_t)s->functions, "damaged", (json_int_t)s->damaged, "no_code",
                          (json_int_t)s->no_code, "instructions", (json_int_t)s->instructions);
    json_object_set_new(o, "unknown", report_unknown(s));
    json_object_set_new(o, "preemptible_functions", json_integer((json_int_t)s->preemptible_functions));
    json_object_set_new(o, "incomplete", json_integer((json_int_t)s->incomplete_functions));
    json_object_set_new(o, "unchecked", report_counts(unchecked_names, s->incomplete, N_UNCHECKED));
    json_object_set_new(o, "unchecked_refused", report_counts(unchecked_names, s->refused, N_UNCHECKED));
    json_object_set_new(o, "pcs", report_kinds(s->pcs));
    json_object_set_new(o, "restart_ranges", json_integer((json_int_t)s->restart_ranges));
    json_object_set_new(o, "violations", report_counts(check_names, s->violations, N_CHECKS));
    json_object_set_new(o, "violating_pcs", report_counts(check_names, s->violating_pcs, N_CHECKS));
    json_object_set_new(o, "fragile", report_counts(check_names, s->fragile, N_CHECKS));
    json_object_set_new(o, "sp_unknown", json_integer((json_int_t)s->sp_unknown));
    json_object_set_new(o, "sp_loose", json_integer((json_int_t)s->sp_loose));
    json_object_set_new(o, "unresolved_jumps", json_integer((json_int_t)s->unresolved_jumps));
    json_object_set_new(o, "seconds", json_real(seconds));
    json_object_set_new(o, "peak_rss_kb", json_integer(use.ru_maxrss));
    print_line("summary", o);
}

/* False for a name that no check has. */
static bool parse_checks(char *list, unsigned *checks)
{
    *checks = 0;
    for (char *save, *name = strtok_r(list, ",", &save); name; name = strtok_r(NULL, ",", &save)) {
        int c = 0;
        while (c < N_CHECKS && strcmp(check_names[c], name) != 0)
            c++;
        if (c == N_CHECKS)
            return false;
        *checks |= 1u << c;
    }
    return *checks != 0;
}

/* Null, or what is wrong with the arguments. */
static const char *parse(int argc, char **argv, struct check_options *o, const char **lost)
{
    /* clang-format off */
    static const struct option options[] = {
        {"lost", 1, NULL, 'l'}, {"jobs", 1, NULL, 'j'},   {"fragile", 0, NULL, 'f'},
        {"functions", 0, NULL, 'F'},
        {"shapes", 0, NULL, 's'}, {"only", 1, NULL, 'o'}, {"checks", 1, NULL, 'c'}, {0},
    };
    /* clang-format on */
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    *o = (struct check_options){.checks = (1u << N_CHECKS) - 1,
                                .jobs = cores > 0 && cores <= 256 ? (int)cores : 1};
    *lost = NULL;
    optind = 1;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        switch (c) {
        case 'l':
            *lost = optarg;
            break;
        case 'j':
            o->jobs = atoi(optarg);
            break;
        case 'f':
            o->list_fragile = true;
            break;
        case 'F':
            o->functions = true;
            break;
        case 's':
            o->shapes = true;
            break;
        case 'o':
            o->only = optarg;
            break;
        case 'c':
            if (!parse_checks(optarg, &o->checks))
                return "--checks takes names of checks, separated by commas";
            break;
        default:
            return "unknown option, or one without its value";
        }
    }
    if (o->jobs < 1 || o->jobs > 256)
        return "--jobs takes a number from 1 to 256";
    return optind == argc - 1 ? NULL : "name one binary";
}

static int check(const struct gobin *bin, const char *lost_path, const struct check_options *o)
{
    struct error e;
    struct timespec begin, end;
    struct decoder *d = decoder_open(gobin_target(bin), &e);
    if (!d)
        return failure(e.text);
    struct lost lost = lost_nothing(decoder_arch(d));
    bool good = !lost_path || lost_read(lost_path, decoder_arch(d), &lost, &e);
    decoder_close(d);
    if (!good)
        return failure(e.text);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    struct check_summary s;
    if (!check_run(bin, &lost, o, on_progress, NULL, &s, &e))
        return failure(e.text);
    clock_gettime(CLOCK_MONOTONIC, &end);
    print_summary(bin, &s, (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9);
    if (s.shapes)
        shapes_each(s.shapes, print_shape, NULL);
    summary_free(&s);
    for (int c = 0; c < N_CHECKS; c++)
        if (s.violations[c])
            return EXIT_FINDINGS;
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    struct check_options o;
    struct error e;
    const char *lost;
    const char *bad = parse(argc, argv, &o, &lost);
    if (bad)
        return usage_error(&command_check, "%s", bad);
    struct gobin *bin = gobin_open(argv[argc - 1], &e);
    if (!bin)
        return failure(e.text);
    int code = check(bin, lost, &o);
    gobin_close(bin);
    return code;
}

const struct command command_check = {
    .name = "check",
    .args = "[OPTIONS] BIN",
    .does = "are its tables sound? JSON lines",
    .options = "  --lost FILE     what the injected call does not preserve, as measured; without it clobber "
               "finds nothing\n"
               "  --jobs N        threads; one for each core without it\n"
               "  --fragile       list also what only the runtime's filter protects\n"
               "  --functions     one object for each function\n"
               "  --shapes        how often each shape of code occurs, and what the tables say of it\n"
               "  --only PATTERN  only functions whose name matches, as in file names: 'main.*'\n"
               "  --checks LIST   of clobber,sp,below-sp,restart,tls,llsc,return,fp,roots; all without it\n",
    .run = run,
};
