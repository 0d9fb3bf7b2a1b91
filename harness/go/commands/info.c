/* everypc-go info: what a Go binary is, and how much of its code may be preempted by what its tables say. */
#include "command.h"
#include "go/binary/gobin.h"

#include <stdio.h>

enum { N_POINTS = 5 };
static const char *const point_names[N_POINTS] = {"safe", "unsafe", "restart 1", "restart 2",
                                                  "restart at entry"};

struct shares {
    uint64_t funcs, bytes, by_point[N_POINTS];
};

/* Counts the bytes of [from, to) of a function by their value of PCDATA_UnsafePoint. */
static void count(struct shares *s, const struct gobin_func *f, uint32_t from, uint32_t to)
{
    struct pctab_iter it;
    enum pctab_error error;
    uint32_t at = from;
    pctab_begin(&it, &f->unsafe_point);
    while (at < to && pctab_next(&it, &error)) {
        if (it.run.end <= at)
            continue;
        uint32_t end = it.run.end < to ? it.run.end : to;
        s->by_point[it.run.value < 0 ? -1 - it.run.value : 0] += end - at;
        s->bytes += end - at;
        at = end;
    }
}

static void print_shares(const char *title, const struct shares *s)
{
    printf("%-12s %llu functions, %llu bytes", title, (unsigned long long)s->funcs,
           (unsigned long long)s->bytes);
    for (int i = 0; i < N_POINTS && s->bytes; i++)
        if (s->by_point[i])
            printf(", %s %.2f%%", point_names[i], 100.0 * (double)s->by_point[i] / (double)s->bytes);
    printf("\n");
}

static int run(int argc, char **argv)
{
    struct error e;
    if (argc != 2)
        return usage_error(&command_info, "name one binary");
    struct gobin *bin = gobin_open(argv[1], &e);
    if (!bin)
        return failure(e.text);
    struct shares all = {0}, accepted = {0};
    uint64_t n_damaged = 0;
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        n_damaged += *f.damage != 0;
        all.funcs++;
        accepted.funcs += f.filter == FILTER_NONE;
        uint32_t size = (uint32_t)(f.end - f.entry), until;
        count(&all, &f, 0, size);
        for (uint32_t at = 0; at < size; at = until)
            if (gobin_filter_at(bin, &f, at, &until) == FILTER_NONE)
                count(&accepted, &f, at, until);
    }
    printf("target       %s\nformat       %s\nsystem       %s\nversion      %s\nlayout       %s\npackage     "
           " %s\nmodule      "
           " %s\n",
           gobin_target(bin), gobin_format(bin), gobin_system(bin), gobin_version(bin), gobin_layout(bin),
           gobin_package(bin), gobin_module(bin));
    print_shares("all", &all);
    print_shares("preemptible", &accepted);
    printf("damaged      %llu functions\n", (unsigned long long)n_damaged);
    gobin_close(bin);
    return EXIT_DONE;
}

const struct command command_info = {
    .name = "info",
    .args = "BIN",
    .does = "target, Go version, and how much of the code is preemptible by PCDATA_UnsafePoint",
    .run = run,
};
