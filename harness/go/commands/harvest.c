/* everypc-go harvest: a binary's own sequences, as cases for a probe. JSON lines on standard output: each
 * shape, then counts. */
#include "command.h"
#include "go/sequences/harvest.h"
#include "json_lines.h"

#include <getopt.h>
#include <stdlib.h>

enum { BLOCKS = 400 };

static void print_entry(const struct harvest_entry *x)
{
    json_t *function = json_text(x->function);
    json_t *o = json_pack("{s:s,s:s,s:I}", "kind", harvest_kind_names[x->kind], "insns", x->text, "count",
                          (json_int_t)x->count);
    if (*x->name)
        json_object_update_new(o, json_pack("{s:s,s:o,s:I,s:I}", "case", x->name, "function", function,
                                            "offset", (json_int_t)x->offset, "pc", (json_int_t)x->address));
    else
        json_decref(function);
    if (x->why)
        json_object_set_new(o, "why_not", json_string(x->why));
    if (x->cut && x->why_cut)
        json_object_update_new(o, json_pack("{s:i,s:s}", "cut", (int)x->cut, "why_cut", x->why_cut));
    print_line("sequence", o);
}

static void print_summary(const struct gobin *bin, const struct harvest *h)
{
    json_t *kinds = json_object();
    for (int kind = 0; kind < N_HARVEST_KINDS; kind++) {
        json_int_t shapes = 0, cases = 0, count = 0, covered = 0;
        for (size_t i = 0; i < h->n; i++) {
            const struct harvest_entry *x = &h->entries[i];
            if ((int)x->kind != kind)
                continue;
            shapes++;
            count += (json_int_t)x->count;
            cases += *x->name != 0;
            covered += *x->name ? (json_int_t)x->count : 0;
        }
        json_object_set_new(kinds, harvest_kind_names[kind],
                            json_pack("{s:I,s:I,s:I,s:I}", "sequences", count, "shapes", shapes, "cases",
                                      cases, "represented", covered));
    }
    print_line("summary", json_pack("{s:s,s:s,s:I,s:I,s:I,s:I,s:o}", "target", gobin_target(bin), "version",
                                    gobin_version(bin), "functions", (json_int_t)h->functions, "instructions",
                                    (json_int_t)h->insns, "forms", (json_int_t)h->forms, "forms_in_blocks",
                                    (json_int_t)h->forms_taken, "kinds", kinds));
}

/* Null, or what is wrong with the arguments. */
static const char *parse(int argc, char **argv, struct harvest_options *o, const char **path)
{
    static const struct option options[] = {{"all", 0, NULL, 'a'}, {"blocks", 1, NULL, 'b'}, {0}};
    *o = (struct harvest_options){.blocks = BLOCKS};
    *path = NULL;
    optind = 1;
    opterr = 0;
    for (int c; (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        switch (c) {
        case 'a':
            o->all = true;
            break;
        case 'b':
            o->blocks = (unsigned)strtoul(optarg, NULL, 10);
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

static int run(int argc, char **argv)
{
    struct harvest_options o;
    struct harvest h = {0};
    struct error e;
    const char *path;
    const char *bad = parse(argc, argv, &o, &path);
    if (bad)
        return usage_error(&command_harvest, "%s", bad);
    struct gobin *bin = gobin_open(argv[argc - 1], &e);
    FILE *out = bin ? fopen(path, "w") : NULL;
    bool ok =
        bin && (out || error_set(&e, path, 0, "can't be written")) && harvest_write(bin, &o, out, &h, &e);
    if (out && fclose(out) != 0 && ok)
        ok = error_set(&e, path, 0, "can't be written");
    for (size_t i = 0; ok && i < h.n; i++)
        print_entry(&h.entries[i]);
    if (ok)
        print_summary(bin, &h);
    else
        fprintf(stderr, "everypc-go: %s\n", e.text);
    harvest_free(&h);
    if (bin)
        gobin_close(bin);
    return ok ? EXIT_DONE : EXIT_USAGE;
}

const struct command command_harvest = {
    .name = "harvest",
    .args = "[--all] [--blocks N] BIN -o FILE.S",
    .does = "its own sequences, as cases for a probe",
    .options = "  --all       each distinct run of bytes, not one of each shape\n"
               "  --blocks N  at most so many basic blocks (400)\n",
    .run = run,
};
