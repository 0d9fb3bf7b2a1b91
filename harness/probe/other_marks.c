#include "other_marks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arch.h"
#include "pctab/pctab.h"

static const struct test_case **replaced; /* by number; null: none are */

const struct test_case *with_other_marks(uint32_t k)
{
    return replaced && replaced[k] ? replaced[k] : everypc_cases[k];
}

bool has_other_marks(uint32_t k)
{
    return replaced && k < everypc_n_cases && replaced[k];
}

/* The number of a case, from `from` on and then from the first; everypc_n_cases if there is none. */
static uint32_t find(const char *name, uint32_t from)
{
    for (uint32_t n = 0; n < everypc_n_cases; n++) {
        uint32_t k = (from + n) % everypc_n_cases;
        if (strcmp(everypc_cases[k]->name, name) == 0)
            return k;
    }
    return everypc_n_cases;
}

static bool encode(struct test_case *c)
{
    struct pc_run *runs = calloc(c->n_progs, sizeof *runs);
    size_t n = 0, length, space = 6 * (size_t)c->n_progs + 1;
    uint8_t *table = malloc(space);
    if (!runs || !table)
        return false;
    for (uint32_t k = 0; k < c->n_progs; k++) {
        uint32_t end = k + 1 < c->n_progs ? c->progs[k + 1].offset : c->func_size;
        if (end > c->progs[k].offset)
            runs[n++] = (struct pc_run){c->progs[k].offset, end, c->progs[k].value};
    }
    bool good = pctab_encode(runs, n, ARCH_PC_QUANTUM, table, space, &length) == PCTAB_OK;
    free(runs);
    c->table = table;
    c->table_length = (uint32_t)length;
    return good;
}

/* The case with the marks that the text lists; null if they are not one for each Prog. */
static const struct test_case *replace(const struct test_case *old, char *text)
{
    struct test_case *c = malloc(sizeof *c);
    struct case_prog *progs = calloc(old->n_progs + 1, sizeof *progs);
    uint32_t n = 0;
    if (!c || !progs)
        return NULL;
    memcpy(progs, old->progs, old->n_progs * sizeof *progs);
    for (char *word = strtok(text, " \n"); word; word = strtok(NULL, " \n")) {
        char *end;
        long value = strtol(word, &end, 10);
        if (*end || value > POINT_SAFE || value < POINT_RESTART_AT_ENTRY || n == old->n_progs)
            return NULL;
        progs[n++].value = (int32_t)value;
    }
    *c = *old;
    c->progs = progs;
    return n == old->n_progs && encode(c) ? c : NULL;
}

static bool refuse(const char *path, const char *name, const char *why)
{
    fprintf(stderr, "probe: --marks %s: %s%s%s\n", path, name, *name ? ": " : "", why);
    return false;
}

/* A line; *from: where the next case may be looked for first. */
static bool read_line(const char *path, char *line, uint32_t *from)
{
    char *space = strchr(line, ' ');
    if (!space)
        return refuse(path, line, "a line without marks");
    *space = 0;
    uint32_t k = find(line, *from);
    if (k == everypc_n_cases)
        return refuse(path, line, "there is no such case");
    replaced[k] = replace(everypc_cases[k], space + 1);
    *from = k + 1;
    return replaced[k] || refuse(path, line, "not one mark, from -1 to -5, for each of its Progs");
}

bool other_marks_read(const char *path)
{
    char *line = NULL;
    size_t capacity = 0;
    uint32_t from = 0;
    bool good = true;
    FILE *f = fopen(path, "r");
    replaced = calloc(everypc_n_cases + 1, sizeof *replaced);
    if (!f || !replaced)
        return refuse(path, "", "can't be read");
    while (good && getline(&line, &capacity, f) > 0)
        good = read_line(path, line, &from);
    free(line);
    fclose(f);
    return good;
}
