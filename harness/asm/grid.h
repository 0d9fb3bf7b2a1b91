/* Grids: lines with groups of alternatives, "ADD ${0|1|0xfff}, R1, {R1|R2}". A group {@name} stands for a
 * set named before by "SET name = a|b|c". A grid file expands to every combination; a random program
 * picks one alternative of each group. */
#ifndef EVERYPC_GRID_H
#define EVERYPC_GRID_H

#include "error.h"

enum { MAX_SETS = 32, MAX_GROUPS = 12, MAX_ALTERNATIVES = 64 };

struct grid_sets {
    struct {
        char name[24];
        char alternatives[600];
    } set[MAX_SETS];
    int n;
};

/* A line taken apart: text[0] group[0] text[1] group[1] ... text[n]. Groups hold offsets into `buffer`. */
struct grid_line {
    char buffer[4096];
    int n_groups;
    int text[MAX_GROUPS + 1];
    int alternatives[MAX_GROUPS];
    int first[MAX_GROUPS][MAX_ALTERNATIVES];
};

/* "name = a|b|c" into the sets. */
bool grid_set(struct grid_sets *sets, const char *text, const char *file, int line, struct error *e);
bool grid_parse(const struct grid_sets *sets, const char *text, const char *file, int line,
                struct grid_line *out, struct error *e);
/* The line with alternative choice[k] of each group k; false if it does not fit into n characters. */
bool grid_fill(const struct grid_line *g, const int *choice, char *out, unsigned n);
/* Steps to the next combination, the last group fastest; false behind the last. */
bool grid_step(const struct grid_line *g, int *choice);

#endif
