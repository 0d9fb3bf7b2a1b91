/* The command line, as a table: see options.h. */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPTIONS = 40, LINE = 100, NAMES = 200 };

static bool uint64(const char *text, uint64_t *out)
{
    char *end;
    *out = strtoull(text, &end, 0);
    return *text && *text != '-' && !*end;
}

/* One of two words, the second of which sets the flag. */
static bool choice(const char *text, const char *off, const char *on, bool *flag)
{
    *flag = strcmp(text, on) == 0;
    return *flag || strcmp(text, off) == 0;
}

static bool mode(struct options *o, const char *text)
{
    return choice(text, "pin", "free", &o->free_mode);
}

static bool depth(struct options *o, const char *text)
{
    return choice(text, "quick", "full", &o->full);
}

static bool shard(struct options *o, const char *text)
{
    char rest;
    unsigned i, n;
    if (sscanf(text, "%u/%u%c", &i, &n, &rest) != 2 || i < 1 || i > n)
        return false;
    o->shard = i;
    o->shards = n;
    return true;
}

static bool budget(struct options *o, const char *text)
{
    o->budget = atof(text);
    return true;
}

/* Behind each shot, if anything, the number of a visit, from 1. */
static bool blamed(struct options *o, const char *text)
{
    o->blame = text;
    for (const char *at = strchr(text, '='); at; at = strchr(at + 1, '=')) {
        char *end;
        if (strtoul(at + 1, &end, 10) == 0 || at[1] == '-' || (*end && *end != ','))
            return false;
    }
    return true;
}

static bool without(struct options *o, const char *text)
{
    enum oracle oracle = oracle_find(text);
    o->without |= oracle ? only_oracle(oracle) : 0;
    return oracle != NO_ORACLE;
}

#define AT(member) offsetof(struct options, member), NULL
#define BY(parse)  OPTION_OWN, 0, parse
/* clang-format off */
static const struct option_row own_rows[] = {
    {"mode", "pin|free", BY(mode)},
    {"depth", "quick|full", BY(depth)},
    {"seed", "N", OPTION_UINT64, AT(seed)},
    {"shard", "I/N", BY(shard)},
    {"cases", "GLOB", OPTION_TEXT, AT(cases)},
    {"from", "K", OPTION_UINT32, AT(from)},
    {"injected", "N", OPTION_UINT32, AT(injected)},
    {"injectable", "N", OPTION_UINT32, AT(injectable)},
    {"in-place", NULL, OPTION_FLAG, AT(in_place)},
    {"repro", "CASE@+0xOFFSET#STATE", OPTION_TEXT, AT(repro)},
    {"explain", NULL, OPTION_FLAG, AT(explain)},
    {"budget", "SECONDS", BY(budget)},
    {"bench", "SHOTS", OPTION_UINT32, AT(bench)},
    {"marks", "FILE", OPTION_TEXT, AT(marks)},
    {"marked", NULL, OPTION_FLAG, AT(marked)},
    {"list", NULL, OPTION_FLAG, AT(list)},
    {"verbose", NULL, OPTION_FLAG, AT(verbose)},
    {"without", "ORACLE", BY(without)},
    {"platform", NULL, OPTION_FLAG, AT(platform)},
    {"patience", "MS", OPTION_UINT32, AT(fire.patience_ms)},
    {"no-mend", NULL, OPTION_FLAG, AT(fire.unmended)},
    {"spare", "REGISTER", OPTION_TEXT, AT(spare)},
    {"sentinel", NULL, OPTION_FLAG, AT(sentinel)},
    {"measure", NULL, OPTION_FLAG, AT(measure)},
    {"blame", "CASE@+0xOFFSET#STATE[=VISIT,...]", BY(blamed)},
    {"help", NULL, OPTION_FLAG, AT(help)},
    {0},
};
/* clang-format on */

static uint32_t usage_of(const struct option_row *rows, uint32_t column)
{
    for (const struct option_row *row = rows; row && row->name; row++) {
        uint32_t width = (uint32_t)(strlen(row->name) + 5 + (row->takes ? strlen(row->takes) + 1 : 0));
        if (column + width > LINE) {
            fprintf(stderr, "\n            ");
            column = 12;
        }
        fprintf(stderr, " [--%s%s%s]", row->name, row->takes ? " " : "", row->takes ? row->takes : "");
        column += width;
    }
    return column;
}

static bool usage(const struct option_row *more)
{
    fprintf(stderr, "usage: probe");
    usage_of(more, usage_of(own_rows, 12));
    fprintf(stderr, "\n");
    return false;
}

static bool bad(const struct option_row *row, const char *text)
{
    char names[NAMES];
    fprintf(stderr, "probe: --%s does not take \"%s\"", row->name, text);
    if (row->parse == without) {
        oracle_names(names, sizeof names);
        fprintf(stderr, "; the oracles are: %s", names);
    }
    fprintf(stderr, "\n");
    return false;
}

static bool set(struct options *o, const struct option_row *row, const char *text)
{
    uint64_t v;
    void *to = (char *)o + row->at;
    switch (row->kind) {
    case OPTION_FLAG:
        *(bool *)to = true;
        return true;
    case OPTION_TEXT:
        *(const char **)to = text;
        return true;
    case OPTION_UINT32:
    case OPTION_UINT64:
        if (!uint64(text, &v))
            return bad(row, text);
        if (row->kind == OPTION_UINT32)
            *(uint32_t *)to = (uint32_t)v;
        else
            *(uint64_t *)to = v;
        return true;
    case OPTION_OWN:
        break;
    }
    return row->parse(o, text) || bad(row, text);
}

/* The rows of both tables into all[], and as getopt wants them. */
static void join(const struct option_row *more, const struct option_row **all, struct option *options)
{
    const struct option_row *tables[] = {own_rows, more};
    int n = 0;
    for (int t = 0; t < 2; t++)
        for (const struct option_row *row = tables[t]; row && row->name && n < MAX_OPTIONS; row++, n++) {
            all[n] = row;
            options[n] = (struct option){row->name, row->takes != NULL, NULL, 0};
        }
    options[n] = (struct option){0};
}

bool options_parse(struct options *o, const struct option_row *more, int argc, char **argv)
{
    const struct option_row *all[MAX_OPTIONS];
    struct option options[MAX_OPTIONS + 1];
    int which;
    *o = (struct options){.seed = 1, .shard = 1, .shards = 1, .cases = "*", .budget = 20, .visit = 1};
    join(more, all, options);
    for (int c; (c = getopt_long(argc, argv, "", options, &which)) != -1;) {
        if (c == '?')
            return usage(more);
        if (!set(o, all[which], optarg))
            return false;
    }
    return optind == argc && !o->help ? true : usage(more);
}
