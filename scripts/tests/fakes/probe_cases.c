/* What each of the fake probe's cases does, its "does" in the world; a new behaviour goes to run_case(). */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

static void tell_failure(const json_t *one)
{
    const char *name = text(one, "name", "");
    emit("{ss so ss ss ss si sI ss ss ss}", "ev", "fail", "id",
         json_sprintf("%s/%s@+0x4#%s", target, name, given[SEED]), "oracle", text(one, "oracle", "state"),
         "expected", "x2=0x1 <ok> \x01", "got", "x2=0x2", "visit", 2, "mark", number(one, "mark", -1), "prog",
         text(one, "prog", "ADD $0x1234, R1, R2"), "source", "cases/arm64/add.progs:12", "insn",
         "add x2,x1,x27");
}

/* Whether this is the run of the case that "at" says, on whichever target. */
static bool is_due(const json_t *one)
{
    const char *path = beside(".%s.runs", text(one, "name", ""));
    FILE *runs = fopen(path, "a");
    setvbuf(runs, NULL, _IONBF, 0);
    fputc('.', runs);
    bool due = ftell(runs) == number(one, "at", 0);
    fclose(runs);
    return due;
}

static bool stays_well(const char *does)
{
    return has_text(json_object_get(json_object_get(world(), "stays_well_on"), target), does);
}

/* Runs a case, and returns whether the run goes on. */
static bool run_case(const json_t *one, int index, int before)
{
    const char *name = text(one, "name", ""), *does = text(one, "does", "pass");
    json_int_t failures = 0, extra = 0;
    int covered = 4;
    if (stays_well(does))
        does = "pass";
    if (strcmp(does, "fail-natively") == 0 && !getenv("FAKE_QEMU"))
        does = "fail";
#define DOES(what) (strcmp(does, what) == 0)
    emit("{ss si ss si}", "ev", "begin", "index", index, "case", name, "pcs", 4);
    note(".begun", "%s %s", target, name);
    maybe_kill(one, before);
    if (DOES("crash")) {
        fputs("qemu: uncaught target signal 11 (Segmentation fault) - core dumped\n", stderr);
        fputs("{\"ev\":\"fa", stdout);
        fflush(stdout);
        die(SIGSEGV);
    } else if (DOES("killed") || (DOES("killed-at") && is_due(one))) {
        tell_failure(one);
        fflush(stdout);
        die(SIGKILL);
    } else if (DOES("hang")) {
        hang();
    } else if (DOES("sleep")) {
        if (is_set(one, "note")) {
            const char *pid = joined("%d", getpid());
            write_file(text(one, "note", ""), pid, strlen(pid));
        }
        sleep_ms(3600 * 1000);
    } else if (DOES("garbage")) {
        puts("this is no event");
        fflush(stdout);
    } else if (DOES("fail")) {
        failures = number(one, "failures", 1);
        tell_failure(one);
    } else if (DOES("fail-at") && is_due(one)) {
        failures = 1;
        emit("{ss so ss ss ss}", "ev", "fail", "id", json_sprintf("%s/%s@+0x4#%s", target, name, given[SEED]),
             "oracle", "state", "expected", "x2=0x1", "got", "x2=0x2");
    } else if (DOES("drift-at")) {
        extra = is_due(one);
    } else if (DOES("drift-natively")) {
        extra = getenv("FAKE_QEMU") == NULL;
    } else if (DOES("silent-fail")) {
        failures = 2;
    } else if (DOES("uncovered")) {
        covered = 3;
    }
    emit("{ss si ss si si si si sI si si si si sI sI}", "ev", "case", "index", index, "case", name, "progs",
         1, "pcs", 4, "reportable", 4, "covered", covered, "shots", 12 + extra, "resumed", 4, "restarted", 6,
         "entry_restarted", 1, "refused", 1, "failures", failures, "sp_unknown",
         number(one, "sp_unknown", 0));
    if (DOES("quit"))
        exit(3);
    return !DOES("stop-early");
}

static void tell_start(int n)
{
    const json_t *lost = json_object_get(world(), "lost"), *exposed = json_object_get(world(), "exposed");
    size_t i;
    json_t *what;
    emit("{ss si ss ss si ss si si}", "ev", "start", "schema", 1, "target", target, "mode", given[MODE],
         "seed", atoi(given[SEED]), "shard", given[SHARD], "cases", n, "from", first);
    if (lost)
        emit("{ss si so sO sO*}", "ev", "platform", "kept", 4, "exposed",
             exposed ? json_incref((json_t *)exposed) : json_array(), "lost", lost, "thread_alike",
             json_object_get(world(), "thread_alike"));
    if (json_object_get(world(), "lacking_natively"))
        emit("{ss so}", "ev", "adversary", "lacking",
             getenv("FAKE_QEMU") ? json_array() : json_incref(json_object_get(world(), "lacking_natively")));
    json_array_foreach(json_object_get(world(), "skips"), i, what)
        emit("{ss sO ss}", "ev", "skip", "what", what, "why", "not on this machine");
    if (is_set(world(), "ballast")) { /* more than a small disk has room for */
        size_t size = (size_t)number(world(), "ballast", 0);
        char *filled = calloc(1, size + 1);
        emit("{ss ss ss}", "ev", "skip", "what", memset(filled, 'x', size), "why", "to fill the disk");
    }
}

int run_cases(void)
{
    size_t i;
    int n = 0, before = -1, shots = 0, all;
    json_t *one, *mine = chosen("cases", given[CASES], &all);
    json_array_foreach(mine, i, one) n += !json_is_null(one) && (int)i >= first;
    tell_start(n);
    json_array_foreach(mine, i, one)
    {
        if (json_is_null(one) || (int)i < first)
            continue;
        if (!run_case(one, (int)i, before))
            break;
        before = (int)i;
        shots += 12;
    }
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    emit("{ss si si si si si}", "ev", "end", "shots", shots, "wall_ns", 1000 + (int)(now.tv_nsec % 1000),
         "shot_ns", 45000, "floor_ns", 30000, "early", 0);
    return 0;
}
