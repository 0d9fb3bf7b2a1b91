/* Counts shapes of code (shapes.h): a hash table by their text. */
#include "shapes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "go/binary/grow.h"

/* A restart range is one Prog, of 20 bytes at most; what is longer is broken, and not one shape. */
enum { MAX_RANGE = 10 };

struct shapes {
    struct shape_count *table; /* open addressing; a null code is free */
    size_t n, size;            /* size is a power of 2 */
};

struct shapes *shapes_new(void)
{
    struct shapes *s = calloc(1, sizeof *s);
    if (s) {
        s->size = 1024;
        s->table = calloc(s->size, sizeof *s->table);
    }
    if (s && s->table)
        return s;
    free(s);
    return NULL;
}

void shapes_free(struct shapes *s)
{
    for (size_t i = 0; s && i < s->size; i++)
        free(s->table[i].code);
    if (s)
        free(s->table);
    free(s);
}

static size_t slot(const struct shapes *s, const char *code)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (const char *c = code; *c; c++)
        h = (h ^ (uint8_t)*c) * 1099511628211u;
    size_t i = (size_t)(h ^ h >> 32) & (s->size - 1);
    while (s->table[i].code && strcmp(s->table[i].code, code) != 0)
        i = (i + 1) & (s->size - 1);
    return i;
}

static void widen(struct shapes *s)
{
    struct shapes wider = {.size = s->size * 2};
    size_t none = 0;
    wider.table = grow(NULL, &none, wider.size, sizeof *wider.table);
    memset(wider.table, 0, wider.size * sizeof *wider.table);
    for (size_t i = 0; i < s->size; i++)
        if (s->table[i].code)
            wider.table[slot(&wider, s->table[i].code)] = s->table[i];
    free(s->table);
    s->table = wider.table;
    s->size = wider.size;
}

static struct shape_count *shape_of(struct shapes *s, const char *code)
{
    size_t i = slot(s, code), none = 0;
    if (s->table[i].code)
        return &s->table[i];
    if (++s->n * 2 > s->size) {
        widen(s);
        i = slot(s, code);
    }
    s->table[i].code = grow(NULL, &none, strlen(code) + 1, 1);
    strcpy(s->table[i].code, code);
    return &s->table[i];
}

/* ---- the text ---- */

static void put(struct shape_text *s, const char *text, size_t n)
{
    if (s->n + n + 1 > sizeof s->text)
        n = sizeof s->text - 1 - s->n;
    memcpy(s->text + s->n, text, n);
    s->n += n;
    s->text[s->n] = 0;
}

/* A register with a number in its name, by letter; others, and those that are too many, keep their names. */
static void put_register(struct shape_text *s, const char *word, size_t n)
{
    int i = 0;
    while (i < s->n_names && (strlen(s->names[i]) != n || memcmp(s->names[i], word, n) != 0))
        i++;
    if (i == MAX_SHAPE_NAMES || n >= sizeof s->names[0]) {
        put(s, word, n);
        return;
    }
    if (i == s->n_names)
        memcpy(s->names[s->n_names++], word, n);
    put(s, (const char[]){word[0], '.', (char)('a' + i)}, 3);
}

static bool is_numbered_register(const char *word, size_t n)
{
    size_t letters = 0;
    while (letters < n && islower((uint8_t)word[letters]))
        letters++;
    bool numbered = letters > 0 && letters <= 2 && letters < n;
    for (size_t i = letters; i < n; i++)
        numbered = numbered && isdigit((uint8_t)word[i]);
    return numbered;
}

void shape_append(struct shape_text *s, const char *insn)
{
    size_t at = strcspn(insn, " ");
    if (s->n)
        put(s, "; ", 2);
    put(s, insn, at);
    while (insn[at]) {
        size_t n = 0;
        while (isalnum((uint8_t)insn[at + n]))
            n++;
        if (n == 0) {
            if (insn[at] != '#' &&
                !(insn[at] == '-' && (isdigit((uint8_t)insn[at + 1]) || insn[at + 1] == '#')))
                put(s, insn + at, 1);
            at++;
            continue;
        }
        if (isdigit((uint8_t)insn[at]) && insn[at - 1] != '.') /* v0.16b */
            put(s, "#", 1);
        else if (is_numbered_register(insn + at, n))
            put_register(s, insn + at, n);
        else
            put(s, insn + at, n);
        at += n;
    }
}

static void append(struct shape_text *s, const struct cfg *cfg, struct decoder *d, int32_t k)
{
    char text[160] = "?";
    const struct insn *insn = cfg_at(cfg, k);
    cfg_text(cfg, d, insn, text, sizeof text);
    shape_append(s, text);
}

/* ---- counting ---- */

static bool in_range(const struct insn *insn)
{
    return insn->filter == FILTER_NONE && (insn->point == POINT_RESTART_1 || insn->point == POINT_RESTART_2);
}

void shapes_count(struct shapes *s, const struct cfg *cfg, struct decoder *d)
{
    for (int32_t k = 0, next; k < cfg->n_insns; k = next) {
        const struct insn *first = cfg_at(cfg, k);
        struct shape_text text = {0};
        next = k + 1;
        if (first->known != INSN_KNOWN)
            continue;
        append(&text, cfg, d, k);
        while (in_range(first) && next < cfg->n_insns && next < k + MAX_RANGE &&
               cfg_at(cfg, next)->point == first->point && cfg_at(cfg, next)->known == INSN_KNOWN)
            append(&text, cfg, d, next++);
        struct shape_count *shape = shape_of(s, text.text);
        shape->n++;
        for (int32_t i = k; i < next; i++)
            if (!cfg_at(cfg, i)->in_delay_slot)
                shape->pcs[pc_kind(cfg_at(cfg, i))]++;
    }
}

void shapes_add(struct shapes *to, const struct shapes *from)
{
    for (size_t i = 0; i < from->size; i++) {
        if (!from->table[i].code)
            continue;
        struct shape_count *shape = shape_of(to, from->table[i].code);
        shape->n += from->table[i].n;
        for (int kind = 0; kind < N_PC_KINDS; kind++)
            shape->pcs[kind] += from->table[i].pcs[kind];
    }
}

static int by_code(const void *a, const void *b)
{
    return strcmp((*(const struct shape_count *const *)a)->code,
                  (*(const struct shape_count *const *)b)->code);
}

void shapes_each(const struct shapes *s, shape_visitor *visit, void *context)
{
    size_t n = 0, capacity = 0;
    const struct shape_count **sorted = grow(NULL, &capacity, s->n + 1, sizeof *sorted);
    for (size_t i = 0; i < s->size; i++)
        if (s->table[i].code)
            sorted[n++] = &s->table[i];
    qsort(sorted, n, sizeof *sorted, by_code);
    for (size_t i = 0; i < n; i++)
        visit(context, sorted[i]);
    free(sorted);
}
