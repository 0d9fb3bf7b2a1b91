/* The probe's command line. */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: probe [--mode pin|free] [--depth quick|full] [--seed N] [--shard I/N] [--cases GLOB] [--from K] "
    "[--in-place]\n"
    "             [--repro CASE@+0xOFFSET#STATE] [--budget SECONDS] [--bench SHOTS] [--list] [--verbose]\n"
    "             [--mutants [--mutant GLOB] [--fresh]] [--without ORACLE]\n"
    "             [--platform] [--no-mend] [--spare REGISTER] [--sentinel] [--measure]\n"
    "             [--blame CASE@+0xOFFSET#STATE [--visit N]]\n";

static bool number(const char *text, uint64_t *out)
{
    char *end;
    *out = strtoull(text, &end, 0);
    return *text && *text != '-' && !*end;
}

static bool bad(const char *option, const char *value)
{
    fprintf(stderr, "probe: %s does not take \"%s\"\n", option, value);
    return false;
}

static bool shard(struct options *o, const char *text)
{
    char rest;
    unsigned i, n;
    if (sscanf(text, "%u/%u%c", &i, &n, &rest) != 2 || i < 1 || i > n)
        return bad("--shard", text);
    o->shard = i;
    o->shards = n;
    return true;
}

bool options_parse(struct options *o, int argc, char **argv)
{
    /* clang-format off */
    static const struct option options[] = {
        {"mode", 1, 0, 'm'}, {"depth", 1, 0, 'd'},  {"seed", 1, 0, 's'},  {"shard", 1, 0, 'h'},
        {"cases", 1, 0, 'c'},
        {"from", 1, 0, 'f'},  {"repro", 1, 0, 'r'}, {"budget", 1, 0, 'b'},   {"bench", 1, 0, 'n'},
        {"list", 0, 0, 'l'},  {"verbose", 0, 0, 'v'}, {"in-place", 0, 0, 'p'}, {"help", 0, 0, '?'},
        {"mutants", 0, 0, 'M'}, {"mutant", 1, 0, 'U'}, {"without", 1, 0, 'W'}, {"fresh", 0, 0, 'F'},
        {"platform", 0, 0, 'P'}, {"no-mend", 0, 0, 'N'}, {"sentinel", 0, 0, 'S'}, {"blame", 1, 0, 'B'},
        {"visit", 1, 0, 'V'}, {"measure", 0, 0, 'E'}, {"spare", 1, 0, 'A'},
        {0, 0, 0, 0},
    };
    /* clang-format on */
    *o = (struct options){
        .seed = 1, .shard = 1, .shards = 1, .cases = "*", .budget = 20, .mutant = "*", .visit = 1};
    uint64_t v;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        bool ok = true;
        switch (c) {
        case 'm':
            o->free_mode = strcmp(optarg, "free") == 0;
            ok = o->free_mode || strcmp(optarg, "pin") == 0 || bad("--mode", optarg);
            break;
        case 'd':
            o->full = strcmp(optarg, "full") == 0;
            ok = o->full || strcmp(optarg, "quick") == 0 || bad("--depth", optarg);
            break;
        case 's':
            ok = number(optarg, &o->seed) || bad("--seed", optarg);
            break;
        case 'h':
            ok = shard(o, optarg);
            break;
        case 'c':
            o->cases = optarg;
            break;
        case 'f':
            ok = number(optarg, &v) || bad("--from", optarg);
            o->from = (uint32_t)v;
            break;
        case 'r':
            o->repro = optarg;
            break;
        case 'b':
            o->budget = atof(optarg);
            break;
        case 'n':
            ok = number(optarg, &v) || bad("--bench", optarg);
            o->bench = (uint32_t)v;
            break;
        case 'l':
            o->list = true;
            break;
        case 'v':
            o->verbose = true;
            break;
        case 'p':
            o->in_place = true;
            break;
        case 'M':
            o->mutants = true;
            break;
        case 'U':
            o->mutant = optarg;
            break;
        case 'F':
            o->fresh = true;
            break;
        case 'E':
            o->measure = true;
            break;
        case 'P':
            o->platform = true;
            break;
        case 'N':
            o->no_mend = true;
            break;
        case 'S':
            o->sentinel = true;
            break;
        case 'B':
            o->blame = optarg;
            break;
        case 'V':
            ok = (number(optarg, &v) && v > 0) || bad("--visit", optarg);
            o->visit = (uint32_t)v;
            break;
        case 'A':
            o->spare = optarg;
            break;
        case 'W':
            o->without = optarg;
            break;
        default:
            fputs(usage, stderr);
            return false;
        }
        if (!ok)
            return false;
    }
    if (optind != argc) {
        fputs(usage, stderr);
        return false;
    }
    return true;
}
