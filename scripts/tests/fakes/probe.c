/* Stands for a probe: its cases and mutants, and what each of them does, are the world's. */
#define _GNU_SOURCE
#include <getopt.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "probe.h"

/* clang-format off */
static const struct option options[N_OPTIONS + 1] = {
    {"mode", 1, 0, 0}, {"depth", 1, 0, 0}, {"seed", 1, 0, 0}, {"shard", 1, 0, 0}, {"cases", 1, 0, 0},
    {"from", 1, 0, 0}, {"repro", 1, 0, 0}, {"budget", 1, 0, 0}, {"bench", 1, 0, 0}, {"mutants", 0, 0, 0},
    {"mutant", 1, 0, 0}, {"fresh", 0, 0, 0}, {"verbose", 0, 0, 0}, {"list", 0, 0, 0}, {"injected", 1, 0, 0},
    {"injectable", 1, 0, 0}, {"blame", 1, 0, 0}, {"measure", 0, 0, 0},
    {"explain", 0, 0, 0}, {"without", 1, 0, 0},
};
/* clang-format on */
const char *given[N_OPTIONS] = {
    [MODE] = "pin", [SEED] = "1", [SHARD] = "1/1", [CASES] = "*", [FROM] = "0", [MUTANT] = "*"};
int shard, shards, first;
char target[64];

static void read_arguments(int argc, char **argv)
{
    int which, got;
    FILE *f = fopen(joined("%s/probe.target", dirname(strdup(argv[0]))), "r");
    if (!f || !fgets(target, sizeof target, f))
        fail(70, "probe: there is no probe.target");
    fclose(f);
    while ((got = getopt_long(argc, argv, "", options, &which)) == 0)
        given[which] = optarg ? optarg : "";
    if (got != -1 || optind != argc || sscanf(given[SHARD], "%d/%d", &shard, &shards) != 2)
        exit(70);
    first = atoi(given[FROM]);
}

static void list(void)
{
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(world(), "cases"), i, one)
        emit("{ss ss ss si si}", "ev", "listed", "case", text(one, "name", ""), "source",
             "cases/arm64/add.progs:1", "progs", 1, "pcs", 4);
}

static void measure(void)
{
    size_t i;
    json_t *reg;
    json_array_foreach(json_object_get(world(), "stub_loses"), i, reg)
        emit("{ss sO si si ss}", "ev", "lost", "reg", reg, "size", 8, "unit", 4, "bits", "00000000ffffffff");
    if (json_object_get(world(), "stub_fails"))
        emit("{ss so ss ss sO}", "ev", "fail", "id", json_sprintf("%s/measure@+0x4#0", target), "oracle",
             "frame", "expected", "one call", "got", json_object_get(world(), "stub_fails"));
    emit("{ss si si s[ss] s[] s[]}", "ev", "measured", "shots", 10, "nested", 5, "kept_below", "-8", "-1",
         "not_measured", "lacking");
}

/* The case before the last '@' of an ID, or null. */
static const json_t *case_of(const char *id)
{
    const char *end = strrchr(id, '@');
    size_t i, n = end ? (size_t)(end - id) : 0;
    json_t *one;
    json_array_foreach(json_object_get(world(), "cases"), i,
                       one) if (strlen(text(one, "name", "")) == n &&
                                strncmp(text(one, "name", ""), id, n) == 0) return one;
    return NULL;
}

static void experiments(const char *shot, const char *visit)
{
    const char *qemu = getenv("FAKE_QEMU"), *what;
    json_t *verdict;
    note(".blamed", "%s %s %s", shot, visit, qemu ? qemu : "native");
    json_object_foreach(json_object_get(case_of(shot), qemu ? "experiments" : "native"), what, verdict)
    {
        if (strcmp(json_string_value(verdict), "ok") == 0)
            emit("{ss ss sO}", "ev", "experiment", "what", what, "verdict", verdict);
        else
            emit("{ss ss sO ss ss}", "ev", "experiment", "what", what, "verdict", verdict, "expected",
                 "x2=0x1", "got", "x2=0x2");
    }
}

static void blame(void)
{
    json_t *lost = json_object_get(world(), "lost");
    emit("{ss si s[] so}", "ev", "platform", "kept", 4, "exposed", "lost",
         lost ? json_incref(lost) : json_array());
    bool several = strchr(given[BLAME], ',');
    char *list = strdup(given[BLAME]);
    for (char *shot = strtok(list, ","); shot; shot = strtok(NULL, ",")) {
        char *visit = strchr(shot, '=');
        *visit++ = 0;
        if (several)
            emit("{ss ss si}", "ev", "blaming", "shot", shot, "visit", atoi(visit));
        if (is_set(case_of(shot), "dies_of_blame"))
            die(SIGSEGV);
        experiments(shot, visit);
    }
    free(list);
}

/* Two Progs of two instructions each. */
static void list_code(void)
{
    for (int k = 0; k < 2; k++)
        emit("{ss si ss ss si}", "ev", "code", "prog", k, "text", k ? "ADD R2, R3" : "ADD $0x1234, R1, R2",
             "source", k ? "cases/arm64/add.progs:13" : "cases/arm64/add.progs:12", "mark", -3);
    for (int k = 0; k < 4; k++)
        emit("{ss si ss si si si si}", "ev", "insn", "pc", 4 * k, "bytes", "6300028b", "prog", k / 2, "value",
             -3, "sp_delta", 0, "reportable", 1);
}

static int repro(void)
{
    const json_t *one = case_of(given[REPRO]);
    const char *does = text(one, "does", "pass"), *place = strrchr(given[REPRO], '@');
    int at = place ? (int)(place - given[REPRO]) : 0;
    if (!one)
        fail(2, "probe: there is no case %.*s", at, given[REPRO]);
    if (given[EXPLAIN])
        list_code();
    if (strcmp(does, "crash") == 0)
        die(SIGSEGV);
    if (strcmp(does, "hang") == 0)
        hang();
    bool fails = strcmp(does, "fail") == 0;
    if (fails && given[EXPLAIN])
        emit("{ss ss ss ss ss}", "ev", "differs", "what", "x2", "expected", "0x1", "got", "0x2", "bits",
             "0x3");
    if (fails)
        emit("{ss so ss ss ss ss si}", "ev", "fail", "id", json_sprintf("%s/%s", target, given[REPRO]),
             "oracle", "state", "expected", "x2=0x1", "got", "x2=0x2", "prog", "ADD R2, R3", "mark", -1);
    emit("{ss ss ss# ss ss}", "ev", "shot", "case", text(one, "name", ""), "pc", place + 1,
         (int)strcspn(place + 1, "#"), "verdict", fails ? "failed" : "ok", "resume", "+0");
    return 0;
}

int main(int argc, char **argv)
{
    read_arguments(argc, argv);
    if (given[BENCH]) {
        emit("{ss si si si si}", "ev", "bench", "shot_ns", 45000, "floor_ns", 30000, "patch_ns", 120000,
             "rss_kb", 2048);
        return 0;
    }
    if (is_set(world(), "usage"))
        fail(2, "%s", text(world(), "usage", ""));
    if (is_set(world(), "dies_at_start"))
        die(SIGSEGV);
    if (given[LIST])
        list();
    else if (given[MEASURE])
        measure();
    else if (given[MUTANTS])
        return run_mutants();
    else if (given[BLAME])
        blame();
    else if (given[REPRO])
        return repro();
    else
        return run_cases();
    return 0;
}
