/* Grid lines: taking them apart and filling them in. */
#include "grid.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool grid_set(struct grid_sets *sets, const char *text, const char *file, int line, struct error *e)
{
    char name[24], value[600];
    if (sscanf(text, " %23[A-Za-z0-9_] = %599[^\n]", name, value) != 2)
        return error_set(e, file, line, "expected SET name = a|b|c");
    int k = 0;
    while (k < sets->n && strcmp(sets->set[k].name, name) != 0)
        k++;
    if (k == MAX_SETS)
        return error_set(e, file, line, "more than %d sets", MAX_SETS);
    if (k == sets->n)
        sets->n++;
    for (size_t n = strlen(value); n > 0 && isspace((unsigned char)value[n - 1]); n--)
        value[n - 1] = 0;
    strcpy(sets->set[k].name, name);
    strcpy(sets->set[k].alternatives, value);
    return true;
}

static const char *find_set(const struct grid_sets *sets, const char *name)
{
    for (int k = 0; k < sets->n; k++)
        if (strcmp(sets->set[k].name, name) == 0)
            return sets->set[k].alternatives;
    return NULL;
}

struct writer {
    struct grid_line *g;
    size_t at;
    bool full;
};

static int put(struct writer *w, const char *text, size_t n)
{
    if (w->at + n + 1 > sizeof w->g->buffer) {
        w->full = true;
        return 0;
    }
    int start = (int)w->at;
    memcpy(w->g->buffer + w->at, text, n);
    w->at += n;
    w->g->buffer[w->at++] = 0;
    return start;
}

/* Adds a group's alternatives; "{@set}" may stand for some of them. */
static bool alternatives(const struct grid_sets *sets, struct writer *w, int k, const char *text, size_t n)
{
    while (n > 0) {
        size_t one = 0;
        while (one < n && text[one] != '|')
            one++;
        if (one > 1 && text[0] == '@') {
            char name[24];
            snprintf(name, sizeof name, "%.*s", (int)one - 1, text + 1);
            const char *set = find_set(sets, name);
            if (!set || !alternatives(sets, w, k, set, strlen(set)))
                return false;
        } else {
            int *count = &w->g->alternatives[k];
            if (*count == MAX_ALTERNATIVES)
                return false;
            w->g->first[k][(*count)++] = put(w, text, one);
        }
        if (one == n)
            break;
        text += one + 1;
        n -= one + 1;
    }
    return w->g->alternatives[k] > 0;
}

bool grid_parse(const struct grid_sets *sets, const char *text, const char *file, int line,
                struct grid_line *g, struct error *e)
{
    *g = (struct grid_line){0};
    struct writer w = {g, 0, false};
    while (true) {
        size_t n = strcspn(text, "{");
        g->text[g->n_groups] = put(&w, text, n);
        text += n;
        if (!*text)
            break;
        const char *close = strchr(text, '}');
        if (!close)
            return error_set(e, file, line, "{ without }; alternatives are written {a|b}");
        if (g->n_groups == MAX_GROUPS)
            return error_set(e, file, line, "more than %d groups", MAX_GROUPS);
        if (!alternatives(sets, &w, g->n_groups, text + 1, (size_t)(close - text - 1)))
            return error_set(e, file, line,
                             "%.*s: an unknown set (SET name = a|b), no alternative, or more than %d",
                             (int)(close - text + 1), text, MAX_ALTERNATIVES);
        g->n_groups++;
        text = close + 1;
    }
    if (w.full)
        return error_set(e, file, line, "a line that expands too far");
    return true;
}

bool grid_fill(const struct grid_line *g, const int *choice, char *out, unsigned n)
{
    unsigned at = 0;
    for (int k = 0; k <= g->n_groups; k++) {
        const char *piece[2] = {g->buffer + g->text[k],
                                k < g->n_groups ? g->buffer + g->first[k][choice[k]] : ""};
        for (int j = 0; j < 2; j++) {
            size_t len = strlen(piece[j]);
            if (at + len >= n)
                return false;
            memcpy(out + at, piece[j], len);
            at += (unsigned)len;
        }
    }
    out[at] = 0;
    return true;
}

bool grid_step(const struct grid_line *g, int *choice)
{
    for (int k = g->n_groups - 1; k >= 0; k--) {
        if (++choice[k] < g->alternatives[k])
            return true;
        choice[k] = 0;
    }
    return false;
}
