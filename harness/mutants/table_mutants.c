/* Mutants of tables: each boundary moved, each value replaced by each other, ranges deleted and merged; and
 * what a wrong reader would take the table for. Each is held against its own case. Tables that say the same
 * as another one at every instruction boundary are left out, and counted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch.h"
#include "mutants.h"
#include "said.h"

enum { MAX_RUNS = 128, MAX_BYTES = 6 * MAX_RUNS + 8, TABLE_PCS = 512 };

struct table_mutant {
    const struct test_case *original;
    uint8_t *bytes; /* on the heap, as long as the probe lives */
    uint32_t length;
    const char *class;
    char what[56];
    struct test_case mutated;
};

static struct table_mutant *all;
static uint32_t n_all, room, n_cases;
static struct left_out left_out;

/* The case under way: its runs, and what its tables so far say at each PC. */
static struct {
    const struct test_case *c;
    struct pc_run run[MAX_RUNS];
    uint32_t n_runs;
    struct said said;
} now;

static uint64_t mix(uint64_t h, uint64_t v)
{
    return (h ^ v) * UINT64_C(0x100000001b3) ^ (h >> 29);
}

/* What a table says at every reportable PC: the kind of decision and its resume PC. */
static uint64_t meaning(const uint8_t *bytes, uint32_t length)
{
    struct pctab t = {bytes, length, now.c->func_size, ARCH_PC_QUANTUM, PCTAB_UNSAFE_POINT};
    uint64_t h = 14695981039346656037u;
    for (uint32_t k = 0; k < now.c->n_pcs; k++) {
        struct pc_run run;
        uint32_t pc = now.c->pcs[k].offset;
        if (!now.c->pcs[k].reportable)
            continue;
        enum pctab_error error = pctab_lookup(&t, pc, &run);
        uint64_t says = UINT64_MAX; /* no injection */
        if (error == PCTAB_OK && run.value == POINT_SAFE)
            says = pc;
        else if (error == PCTAB_OK && run.value == POINT_RESTART_AT_ENTRY)
            says = 0;
        else if (error == PCTAB_OK && run.value != POINT_UNSAFE && pc - run.start <= MAX_RESTART_DISTANCE)
            says = run.start;
        h = mix(h, says);
    }
    return h;
}

static void keep(const uint8_t *bytes, uint32_t length, const char *class, const char *what)
{
    if (!said_new(&now.said, meaning(bytes, length), &left_out))
        return;
    if (n_all == room) {
        room = room ? 2 * room : 4096;
        struct table_mutant *more = realloc(all, room * sizeof *more);
        if (!more)
            abort();
        all = more;
    }
    struct table_mutant *m = &all[n_all++];
    *m = (struct table_mutant){.original = now.c, .length = length, .class = class};
    m->bytes = malloc(length ? length : 1);
    if (!m->bytes)
        abort();
    memcpy(m->bytes, bytes, length);
    snprintf(m->what, sizeof m->what, "%s", what);
}

/* A changed list of runs; runs that became empty fall away. */
static void try(const struct pc_run *runs, uint32_t n, const char *class, const char *fmt, unsigned a, int b)
{
    struct pc_run kept[MAX_RUNS + 2];
    uint8_t bytes[MAX_BYTES];
    size_t length, m = 0;
    char what[56];
    for (uint32_t k = 0; k < n; k++)
        if (runs[k].end > runs[k].start)
            kept[m++] = runs[k];
    if (pctab_encode(kept, m, ARCH_PC_QUANTUM, bytes, sizeof bytes, &length) != PCTAB_OK)
        return;
    snprintf(what, sizeof what, fmt, a, b);
    keep(bytes, (uint32_t)length, class, what);
}

static bool restarts(int32_t value)
{
    return value == POINT_RESTART_1 || value == POINT_RESTART_2;
}

/* What marks a Prog's text as the second instruction of an access to thread-local storage
 * (arch/<arch>/test/mutants.S); not defined where the assembler marks none. */
extern const char everypc_tls_operand[] __attribute__((weak));

static bool is_by_tls(const struct pc_run *run)
{
    for (uint32_t k = 0; everypc_tls_operand && k < now.c->n_progs; k++)
        if (now.c->progs[k].offset == run->start)
            return strstr(now.c->progs[k].text, everypc_tls_operand) != NULL;
    return false;
}

static const char *class_of_value(const struct pc_run *run, int32_t to)
{
    int32_t from = run->value;
    if (to == POINT_UNSAFE)
        return "M18";
    if (from == POINT_UNSAFE)
        return to != POINT_SAFE ? "M29" : is_by_tls(run) ? "M2" : "M4";
    if (from == POINT_RESTART_AT_ENTRY)
        return "M5";
    if (restarts(from))
        return to == POINT_SAFE ? "M22" : "M27";
    return "M25";
}

static void move_boundaries(void)
{
    struct pc_run runs[MAX_RUNS];
    for (uint32_t k = 1; k < now.n_runs; k++)
        for (int by = -ARCH_PC_QUANTUM; by <= ARCH_PC_QUANTUM; by += 2 * ARCH_PC_QUANTUM) {
            memcpy(runs, now.run, sizeof runs);
            runs[k - 1].end = runs[k].start = (uint32_t)((int)runs[k].start + by);
            try(runs, now.n_runs, by > 0 && restarts(runs[k - 1].value) ? "M28" : "M9",
                "boundary +0x%x moved by %d", now.run[k].start, by);
        }
}

static void replace_values(void)
{
    struct pc_run runs[MAX_RUNS];
    for (uint32_t k = 0; k < now.n_runs; k++)
        for (int32_t v = POINT_SAFE; v >= POINT_RESTART_AT_ENTRY; v--) {
            if (v == now.run[k].value)
                continue;
            memcpy(runs, now.run, sizeof runs);
            runs[k].value = v;
            bool merges = restarts(v) && ((k > 0 && now.run[k - 1].value == v) ||
                                          (k + 1 < now.n_runs && now.run[k + 1].value == v));
            try(runs, now.n_runs, merges ? "M27" : class_of_value(&now.run[k], v), "range +0x%x becomes %d",
                now.run[k].start, v);
        }
}

static void delete_ranges(void)
{
    struct pc_run runs[MAX_RUNS];
    for (uint32_t k = 0; k < now.n_runs && now.n_runs > 1; k++)
        for (int to = 0; to < 2; to++) { /* into the one before, into the one behind */
            if (to == 0 ? k == 0 : k + 1 == now.n_runs)
                continue;
            memcpy(runs, now.run, sizeof runs);
            runs[k].value = now.run[to == 0 ? k - 1 : k + 1].value;
            try(runs, now.n_runs, "M9", "range +0x%x deleted, the neighbour is %d", now.run[k].start,
                runs[k].value);
        }
}

/* One safe PC in the middle of an unsafe range. */
static void make_holes(void)
{
    struct pc_run runs[MAX_RUNS + 2];
    for (uint32_t k = 0; k < now.n_runs; k++)
        for (uint32_t j = 0; j + 1 < now.c->n_pcs; j++) {
            uint32_t at = now.c->pcs[j].offset, end = now.c->pcs[j + 1].offset;
            if (now.run[k].value != POINT_UNSAFE || at <= now.run[k].start || end >= now.run[k].end)
                continue;
            memcpy(runs, now.run, k * sizeof *runs);
            runs[k] = (struct pc_run){now.run[k].start, at, POINT_UNSAFE};
            runs[k + 1] = (struct pc_run){at, end, POINT_SAFE};
            runs[k + 2] = (struct pc_run){end, now.run[k].end, POINT_UNSAFE};
            memcpy(runs + k + 3, now.run + k + 1, (now.n_runs - k - 1) * sizeof *runs);
            try(runs, now.n_runs + 2, "M16", "one safe PC, +0x%x, in a range of %d", at, POINT_UNSAFE);
            break;
        }
}

/* What a reader with another fault makes of it. */
static void misread(void)
{
    struct pc_run runs[MAX_RUNS];
    uint8_t bytes[MAX_BYTES];
    size_t length;
    keep(NULL, 0, "M34", "offset 0: taken for no table");
    struct pc_run none = {0, now.c->func_size, POINT_UNSAFE};
    try(&none, 1, "M18", "all unsafe (+0x%x, %d)", 0, POINT_UNSAFE);
    /* one byte of it damaged */
    if (now.c->table_length && now.c->table_length < sizeof bytes)
        for (uint32_t k = 0; k < now.c->table_length; k++) {
            char what[56];
            memcpy(bytes, now.c->table, now.c->table_length);
            bytes[k] ^= 1;
            snprintf(what, sizeof what, "byte %u has its lowest bit (zig-zag's sign) flipped", (unsigned)k);
            keep(bytes, now.c->table_length, "M34", what);
        }
    /* distances in bytes where quanta are meant, or the other way round */
    for (uint32_t k = 0, at = 0; k < now.n_runs; k++) {
        uint32_t n = now.run[k].end - now.run[k].start;
        n = ARCH_PC_QUANTUM > 1 ? n * ARCH_PC_QUANTUM : n / 4 ? n / 4 : 1;
        uint32_t end = at + n < now.c->func_size ? at + n : now.c->func_size;
        runs[k] = (struct pc_run){at, end, now.run[k].value};
        at = end;
        if (k + 1 == now.n_runs && at < now.c->func_size)
            runs[k].end = now.c->func_size;
    }
    if (pctab_encode(runs, now.n_runs, ARCH_PC_QUANTUM, bytes, sizeof bytes, &length) == PCTAB_OK)
        keep(bytes, (uint32_t)length, "M9", "PCs in bytes for quanta");
}

static bool take_apart(const struct test_case *c)
{
    struct pctab t = {c->table, c->table_length, c->func_size, ARCH_PC_QUANTUM, PCTAB_UNSAFE_POINT};
    struct pctab_iter it;
    enum pctab_error error;
    now.c = c;
    now.n_runs = 0;
    if (c->n_pcs > TABLE_PCS)
        return false;
    for (pctab_begin(&it, &t); pctab_next(&it, &error);) {
        if (now.n_runs == MAX_RUNS - 2)
            return false;
        now.run[now.n_runs++] = it.run;
    }
    said_begin(&now.said, meaning(c->table, c->table_length));
    return true;
}

static bool is_first_of_shape(const struct test_case *c)
{
    static uint64_t seen[4096];
    static uint32_t n_seen;
    bool fresh = false;
    for (uint32_t k = 0; k < c->n_progs; k++) {
        /* a shape: the operation, how many instructions it has, and its mark */
        uint64_t h = mix(14695981039346656037u, (uint64_t)(int64_t)c->progs[k].value);
        for (const char *t = c->progs[k].text; *t && *t != ' '; t++)
            h = mix(h, (uint8_t)*t);
        uint32_t n = 0;
        for (uint32_t j = 0; j < c->n_pcs; j++)
            n += c->pcs[j].prog == k;
        h = mix(h, n);
        uint32_t j = 0;
        while (j < n_seen && seen[j] != h)
            j++;
        if (j == n_seen && n_seen < 4096) {
            seen[n_seen++] = h;
            fresh = true;
        }
    }
    return fresh;
}

static uint32_t count(const struct options *o)
{
    uint32_t eligible = 0;
    (void)o;
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        const struct test_case *c = everypc_cases[k];
        if (is_wrong(c))
            continue;
        eligible++;
        if (!is_first_of_shape(c) || !take_apart(c))
            continue;
        n_cases++;
        replace_values();
        move_boundaries();
        delete_ranges();
        make_holes();
        misread();
    }
    if (o->shard == 1 && o->from == 0)
        left_out_event("table", &left_out, n_cases, eligible);
    return n_all;
}

static void describe(uint32_t k, struct mutant *m)
{
    struct table_mutant *t = &all[k];
    uint32_t first = k;
    while (first > 0 && all[first - 1].original == t->original)
        first--;
    snprintf(m->id, sizeof m->id, "table.%s.%u", t->original->name, (unsigned)(k - first));
    snprintf(m->what, sizeof m->what, "table of %s: %s", t->original->name, t->what);
    m->class = t->class;
    t->mutated = *t->original;
    t->mutated.table = t->bytes;
    t->mutated.table_length = t->length;
    m->cases[m->n_cases++] = &t->mutated;
}

static void apply(uint32_t k)
{
    (void)k;
}

const struct mutant_kind table_mutants = {"table", count, describe, apply, apply, NULL, NULL};
