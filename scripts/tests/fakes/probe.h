/* The parts of the fake probe. */
#ifndef EVERYPC_FAKES_PROBE_H
#define EVERYPC_FAKES_PROBE_H

#include "world.h"

/* Options, as they were given or their defaults; null: not given. */
/* clang-format off */
enum { MODE, DEPTH, SEED, SHARD, CASES, FROM, REPRO, BUDGET, BENCH, MUTANTS, MUTANT, FRESH, VERBOSE, LIST,
       INJECTED, INJECTABLE, BLAME, MEASURE, EXPLAIN, WITHOUT, N_OPTIONS };
/* clang-format on */
extern const char *given[N_OPTIONS];
extern int shard, shards, first;
extern char target[64];

/* The cases or mutants of this shard, by their number among all that match; null for the others. */
json_t *chosen(const char *what, const char *pattern, int *n);
/* Kills the driver, once, where a case or mutant says so, and when it has written the one before (-1: none).
 * With "stays", this process goes on for ever. */
void maybe_kill(const json_t *one, int before);
void die(int number);
void hang(void);
void sleep_ms(long ms);
/* The runs; they return the exit code. */
int run_cases(void);
int run_mutants(void);

#endif
