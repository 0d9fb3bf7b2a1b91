/* The threads that check functions (check_run.h). Each has a decoder and memory of its own; functions are
 * taken in order. */
#include "check_run.h"

#include <errno.h>
#include <fnmatch.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "go/checks/checker.h"
#include "go/flow/callees.h"
#include "go/flow/noreturn.h"
#include "report.h"
#include "unchecked.h"

/* How often progress is reported to the caller, in milliseconds. */
enum { PROGRESS_MS = 300 };

struct run {
    const struct gobin *bin;
    const struct lost *lost;
    const struct check_options *options;
    bool *never_returns; /* by function */
    uint8_t *callee;     /* enum callee, likewise */
    size_t n;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t next;  /* the function that is taken next */
    char **lines; /* what each function gave; null: none */
    bool *done;
};

struct worker {
    struct run *run;
    pthread_t thread;
    struct checker checker;
    struct check_summary sum;
};

/* ---- a function ---- */

static bool never_returns(void *context, uint64_t address)
{
    const struct run *run = context;
    size_t i = gobin_find(run->bin, address);
    const char *external = i < run->n ? NULL : gobin_external(run->bin, address);
    return external ? never_returns_name(external) : i < run->n && run->never_returns[i];
}

static enum callee callee(void *context, uint64_t address)
{
    const struct run *run = context;
    size_t i = gobin_find(run->bin, address);
    const char *external = i < run->n ? NULL : gobin_external(run->bin, address);
    return external ? callee_of_name(external) : i < run->n ? (enum callee)run->callee[i] : CALLEE_PLAIN;
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    const struct run *run = context;
    return gobin_bytes(run->bin, address, n);
}

/* What the function gives as lines, or null. The caller's. */
static char *check_function(struct worker *w, size_t i)
{
    const struct check_options *o = w->run->options;
    struct gobin_func f;
    struct lines out = {0};
    gobin_func(w->run->bin, i, &f);
    if (o->only && fnmatch(o->only, f.name, 0) != 0)
        return NULL;
    w->sum.damaged += *f.damage != 0;
    w->sum.no_code += !f.code;
    struct checker *c = &w->checker;
    bool checked = f.code && checker_run(c, &f, o->checks);
    unchecked_report(&out, &w->sum, &f, checked ? c->cfg : NULL, c->decoder, &c->findings);
    if (!checked)
        return out.text;
    summary_count(&w->sum, c->cfg, c->decoder, &c->findings);
    if (o->functions)
        report_function(&out, c->cfg);
    for (size_t n = 0; n < c->findings.n; n++)
        if (finding_is_violation(&c->findings.list[n]) || o->list_fragile)
            report_finding(&out, c->cfg, c->decoder, &c->findings.list[n]);
    return out.text;
}

/* ---- threads ---- */

enum { CHUNK = 16 }; /* functions that a thread takes at a time */

static void *work(void *context)
{
    struct worker *w = context;
    struct run *run = w->run;
    for (;;) {
        pthread_mutex_lock(&run->lock);
        size_t from = run->next, to = from + CHUNK < run->n ? from + CHUNK : run->n;
        run->next = to;
        pthread_mutex_unlock(&run->lock);
        if (from >= run->n)
            return NULL;
        char *lines[CHUNK];
        for (size_t i = from; i < to; i++)
            lines[i - from] = check_function(w, i);
        pthread_mutex_lock(&run->lock);
        for (size_t i = from; i < to; i++) {
            run->lines[i] = lines[i - from];
            run->done[i] = true;
        }
        pthread_cond_signal(&run->changed);
        pthread_mutex_unlock(&run->lock);
    }
}

static void worker_free(struct worker *w)
{
    checker_close(&w->checker);
    summary_free(&w->sum);
}

static bool worker_init(struct worker *w, struct run *run, struct error *e)
{
    *w = (struct worker){.run = run};
    struct surroundings around = {.context = run,
                                  .callee = callee,
                                  .never_returns = never_returns,
                                  .constant = constant,
                                  .bin = run->bin,
                                  .big_endian = gobin_is_big_endian(run->bin)};
    if (!checker_open(&w->checker, gobin_target(run->bin), &around, run->lost,
                      gobin_scans_pushed_link(run->bin), e))
        return false;
    w->sum.shapes = run->options->shapes ? shapes_new() : NULL;
    return !run->options->shapes || w->sum.shapes || error_set(e, "everypc-go", 0, "out of memory");
}

/* Hands over what is done, in order, until all is. */
static void collect(struct run *run, check_progress *progress, void *context)
{
    size_t given = 0;
    pthread_mutex_lock(&run->lock);
    while (given < run->n) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += PROGRESS_MS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000;
        until.tv_nsec %= 1000000000;
        while (!run->done[given] && pthread_cond_timedwait(&run->changed, &run->lock, &until) != ETIMEDOUT)
            ;
        for (; given < run->n && run->done[given]; given++) {
            char *lines = run->lines[given];
            if (!lines)
                continue;
            pthread_mutex_unlock(&run->lock);
            progress(context, lines, given + 1, run->n);
            free(lines);
            pthread_mutex_lock(&run->lock);
        }
        pthread_mutex_unlock(&run->lock);
        progress(context, NULL, given, run->n);
        pthread_mutex_lock(&run->lock);
    }
    pthread_mutex_unlock(&run->lock);
}

/* Not more than have something to do. */
static int n_workers(const struct run *run)
{
    size_t chunks = (run->n + CHUNK - 1) / CHUNK;
    if (chunks == 0)
        return 1;
    return chunks < (size_t)run->options->jobs ? (int)chunks : run->options->jobs;
}

/* What is one chunk needs no thread. */
static bool run_workers(struct run *run, struct worker *workers, check_progress *progress, void *context,
                        struct error *e)
{
    int n = 0, ready = 0, wanted = n_workers(run);
    bool good = true, is_small = run->n <= CHUNK;
    for (; ready < wanted && good; ready++)
        good = worker_init(&workers[ready], run, e);
    if (good && is_small)
        work(&workers[0]);
    while (good && !is_small && n < wanted &&
           pthread_create(&workers[n].thread, NULL, work, &workers[n]) == 0)
        n++;
    if (good && !is_small && n == 0)
        good = error_set(e, "everypc-go", 0, "can't start a thread");
    if (good)
        collect(run, progress, context);
    for (int i = 0; i < n; i++)
        pthread_join(workers[i].thread, NULL);
    return good;
}

bool check_run(const struct gobin *bin, const struct lost *lost, const struct check_options *o,
               check_progress *progress, void *context, struct check_summary *summary, struct error *e)
{
    struct run run = {.bin = bin, .lost = lost, .options = o, .n = gobin_n_funcs(bin)};
    struct worker *workers = calloc((size_t)o->jobs, sizeof *workers);
    *summary = (struct check_summary){.shapes = o->shapes ? shapes_new() : NULL};
    run.never_returns = calloc(run.n + 1, sizeof *run.never_returns);
    run.callee = calloc(run.n + 1, sizeof *run.callee);
    run.lines = calloc(run.n + 1, sizeof *run.lines);
    run.done = calloc(run.n + 1, sizeof *run.done);
    pthread_mutex_init(&run.lock, NULL);
    pthread_cond_init(&run.changed, NULL);
    bool good = workers && run.never_returns && run.callee && run.lines && run.done;
    if (!good)
        error_set(e, "everypc-go", 0, "out of memory");
    for (size_t i = 0; good && i < run.n; i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        run.never_returns[i] = never_returns_name(f.name);
        run.callee[i] = (uint8_t)callee_of_name(f.name);
    }
    good = good && run_workers(&run, workers, progress, context, e);
    for (int i = 0; workers && i < o->jobs; i++) {
        summary_add(summary, &workers[i].sum);
        worker_free(&workers[i]);
    }
    summary_sort(summary);
    pthread_cond_destroy(&run.changed);
    pthread_mutex_destroy(&run.lock);
    free(run.never_returns);
    free(run.callee);
    free(run.lines);
    free(run.done);
    free(workers);
    return good;
}
