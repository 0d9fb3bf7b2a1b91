/* everypc-go shots: plans what `everypc live` fires at. The plan goes to a file for the agent; the functions,
 * in the order of its numbers, and what was left out, go to standard output, a JSON object a line. */
#include "command.h"
#include "json_lines.h"
#include "live/plan/plain.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

/* Of each option that may be given again: one more than the command line can hold. */
struct lists {
    const char **globs, **at;
    uint64_t visits[MAX_VISITS];
};

static void print_function(const char *name, uint64_t entry, uint64_t end, const char *filter)
{
    print_line("function", json_pack("{s:o,s:I,s:I,s:s}", "name", json_text(name), "entry", (json_int_t)entry,
                                     "size", (json_int_t)(end - entry), "filter", filter));
}

static void print_plan(const struct plan *p, const char *target, const char *version, bool big_endian,
                       uint32_t elf_flags, size_t foreign, json_t *reserved)
{
    print_line("plan", json_pack("{s:s,s:s,s:b,s:I,s:I,s:I,s:I,s:b,s:b,s:I,s:o}", "target", target, "version",
                                 version, "big_endian", big_endian, "elf_flags", (json_int_t)elf_flags, "pcs",
                                 (json_int_t)p->n, "swept", (json_int_t)p->swept, "unknown",
                                 (json_int_t)p->unknown, "gc", p->head.gc != 0, "callers",
                                 p->head.callers != 0, "foreign", (json_int_t)foreign, "reserved", reserved));
}

static int print(const struct gobin *bin, struct plan *p)
{
    for (size_t i = 0; i < p->n_functions; i++) {
        struct gobin_func f;
        gobin_func(bin, p->functions[i], &f);
        print_function(f.name, f.entry, f.end, gobin_filter_text(f.filter));
    }
    json_t *reserved = json_array();
    for (size_t i = 0; i < p->n_reserved; i++) {
        struct gobin_func f;
        gobin_func(bin, p->reserved[i].function, &f);
        json_array_append_new(reserved,
                              json_pack("{s:o,s:s}", "name", json_text(f.name), "why", p->reserved[i].why));
    }
    print_plan(p, gobin_target(bin), gobin_version(bin), gobin_is_big_endian(bin), gobin_elf_flags(bin), 0,
               reserved);
    plan_free(p);
    return EXIT_DONE;
}

/* A program that is not Go's. */
static int run_plain(const char *path, const struct plan_options *o, const char *out)
{
    struct plain plain;
    struct plan p;
    struct error e;
    if (!plain_open(&plain, path, &e))
        return failure(e.text);
    int code = EXIT_USAGE;
    bool big_endian = plain.image.target->big_endian;
    if (plain_plan(&plain, o, &p, &e)) {
        if (plan_write_as(big_endian, &p, out, &e)) {
            for (size_t i = 0; i < p.n_functions; i++) {
                const struct symbol *s = &plain.symbols.all[p.functions[i]];
                print_function(s->name, s->entry, s->end, gobin_filter_text(FILTER_NONE));
            }
            print_plan(&p, plain.image.target->name, "", big_endian, plain.image.flags, plain.foreign,
                       json_array());
            code = EXIT_DONE;
        }
        plan_free(&p);
    }
    if (code != EXIT_DONE)
        failure(e.text);
    plain_close(&plain);
    return code;
}

/* "1,2,16", in order, or "every"; "none" leaves the visits to whoever fills in shots_pc.last. Whether it is
 * one. */
static bool parse_visits(const char *text, struct plan_options *o, struct lists *lists)
{
    o->every = strcmp(text, "every") == 0;
    o->n_visits = 0;
    o->visits = lists->visits;
    if (o->every || strcmp(text, "none") == 0)
        return true;
    for (char *end;; text = end + 1) {
        uint64_t visit = strtoull(text, &end, 10), before = o->n_visits ? o->visits[o->n_visits - 1] : 0;
        if (end == text || visit <= before || visit > UINT32_MAX || o->n_visits == MAX_VISITS)
            return false;
        lists->visits[o->n_visits++] = visit;
        if (*end != ',')
            return !*end;
    }
}

/* Null, or what is wrong with the arguments. */
static const char *parse(int argc, char **argv, struct plan_options *o, struct lists *all, const char **path)
{
    static const struct option options[] = {
        {"func", 1, NULL, 'f'},   {"at", 1, NULL, 'a'},         {"inside", 1, NULL, 'i'},
        {"seed", 1, NULL, 'e'},   {"shard", 1, NULL, 's'},      {"visits", 1, NULL, 'v'},
        {"signal", 1, NULL, 'n'}, {"only-these", 0, NULL, 't'}, {0}};
    const char **globs = all->globs, **at = all->at;
    *o = (struct plan_options){.functions = globs, .at = at, .visits = all->visits, .n_visits = 1};
    all->visits[0] = 1;
    *path = NULL;
    optind = 1;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        switch (c) {
        case 'f':
            *globs++ = optarg;
            break;
        case 'a':
            *at++ = optarg;
            break;
        case 'i':
            o->inside = strtoull(optarg, NULL, 0);
            break;
        case 's':
            if (sscanf(optarg, "%u/%u", &o->shard, &o->shards) != 2 || !o->shard || o->shard > o->shards)
                return "not I/N, with I from 1 to N";
            break;
        case 'v':
            if (!parse_visits(optarg, o, all))
                return "--visits: not a list in order, from 1 on";
            break;
        case 'e':
            o->seed = strtoull(optarg, NULL, 0);
            break;
        case 'n':
            o->signal = strtoull(optarg, NULL, 0);
            break;
        case 't':
            o->only_these = true;
            break;
        case 'o':
            *path = optarg;
            break;
        default:
            return "unknown option, or one without its value";
        }
    }
    if (!*path)
        return "name the file to write, with -o";
    return optind == argc - 1 ? NULL : "name one binary";
}

static int write_plan(const char *program, const struct plan_options *o, const char *path)
{
    struct plan p;
    struct error e;
    struct gobin *bin = gobin_open(program, &e);
    if (!bin)
        return o->signal ? run_plain(program, o, path) : failure(e.text);
    int code = EXIT_USAGE;
    if (plan_make(bin, o, &p, &e) && plan_write(bin, &p, path, &e))
        code = print(bin, &p);
    else
        failure(e.text);
    gobin_close(bin);
    return code;
}

static int run(int argc, char **argv)
{
    const char *path;
    struct plan_options o;
    struct lists lists = {
        calloc((size_t)argc + 1, sizeof *lists.globs), calloc((size_t)argc + 1, sizeof *lists.at), {0}};
    int code = EXIT_USAGE;
    if (lists.globs && lists.at) {
        const char *wrong = parse(argc, argv, &o, &lists, &path);
        code = wrong ? usage_error(&command_shots, "%s", wrong) : write_plan(argv[optind], &o, path);
    }
    free(lists.globs);
    free(lists.at);
    return code;
}

const struct command command_shots = {
    .name = "shots",
    .args = "BIN -o FILE",
    .does = "plans the shots of `everypc live`",
    .options = "  --func GLOB      fire at functions of these names; may be given again\n"
               "                   (default: the package under test, or the main package and its module)\n"
               "  --at FUNC+0x1c   fire at that PC alone; may be given again\n"
               "  --inside N       what the agent does inside the injected call (live/shots.h)\n"
               "  --signal N       a plain signal, by its number on the target, at any ELF program\n"
               "  --shard I/N      every N-th PC, from the I-th on\n"
               "  --seed N         draws the PCs of a shard\n"
               "  --visits LIST    which visits of a PC to fire at, from 1 on, or every (default: 1)\n"
               "  --only-these     no traps but there: where the program blocks their signal, they end it\n",
    .run = run,
};
