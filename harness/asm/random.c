/* Random programs. Their templates are grid lines, one alternative of each group picked at random:
 *
 *   SET r = R2|R3                      pools and constants
 *   INIT R1 = arena-0x12345678         registers that every program starts with
 *   ADD ${@imm}, {@r}, {@r}            a Prog that may stand anywhere
 *   BRANCH CMP {@r}, {@r} ; BNE %      Progs that may jump ahead to the label %
 *   BRANCH BEQ {@r}, {@r}, % : JMP %   the same, and what stands before the label: where a pin overwrites
 *                                      more than an instruction, a branch of a pin's length keeps it off what
 *                                      is jumped to
 *   LOOP MOVD ${2|3}, R20 : SUB $1, R20, R20 ; CBNZ R20, %
 *                                      what stands before a counted loop, and what ends it
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "literals.h"
#include "read.h"
#include "splitmix.h"

enum { MAX_TEMPLATES = 200, MIN_LENGTH = 2, MAX_LENGTH = 12 };

struct line_template {
    char text[MAX_LINE];
    int number;
};

struct generator {
    const struct asm_arch *arch;
    const char *path;
    struct error *e;
    const char *tag; /* of names: read.h */
    char stem[40];
    uint64_t state;
    struct grid_sets sets;
    struct grid_line grid;
    struct line_template inits[MAX_INITS], progs[MAX_TEMPLATES], branches[MAX_TEMPLATES],
        loops[MAX_TEMPLATES];
    int n_inits, n_progs, n_branches, n_loops;
    struct program program;
};

static int below(struct generator *g, int n)
{
    return splitmix_below(&g->state, n);
}

static bool fill(struct generator *g, const struct line_template *t, char *out)
{
    if (!grid_parse(&g->sets, t->text, g->path, t->number, &g->grid, g->e))
        return false;
    int choice[MAX_GROUPS];
    for (int k = 0; k < g->grid.n_groups; k++)
        choice[k] = below(g, g->grid.alternatives[k]);
    return grid_fill(&g->grid, choice, out, MAX_LINE) ||
           error_set(g->e, g->path, t->number, "an overlong line");
}

/* Adds Progs that ';' sets apart, with % as the label's name. */
static bool add_all(struct generator *g, char *text, const char *label, int number)
{
    char *rest = text;
    for (char *one; (one = strsep(&rest, ";"));) {
        char line[MAX_LINE];
        size_t n = 0;
        while (isspace((unsigned char)*one))
            one++;
        for (; *one && n + 24 < sizeof line; one++)
            if (*one == '%')
                n += (size_t)snprintf(line + n, sizeof line - n, "%s", label);
            else
                line[n++] = *one;
        while (n > 0 && isspace((unsigned char)line[n - 1]))
            n--;
        line[n] = 0;
        if (!program_add_prog(g->arch, &g->program, line, g->path, number, g->e))
            return false;
    }
    return true;
}

static bool add_one(struct generator *g, const struct line_template *t, const char *label)
{
    char text[MAX_LINE];
    return fill(g, t, text) && add_all(g, text, label, t->number);
}

/* A straight stretch of `n` Progs. */
static bool stretch(struct generator *g, int n)
{
    for (int k = 0; k < n; k++)
        if (!add_one(g, &g->progs[below(g, g->n_progs)], ""))
            return false;
    return true;
}

static bool loop(struct generator *g, int body, const char *label)
{
    const struct line_template *t = &g->loops[below(g, g->n_loops)];
    char text[MAX_LINE];
    if (!fill(g, t, text))
        return false;
    char *tail = strchr(text, ':');
    if (!tail)
        return error_set(g->e, g->path, t->number, "expected LOOP start : end");
    *tail++ = 0;
    return add_all(g, text, label, t->number) &&
           program_add_label(&g->program, label, g->path, t->number, g->e) && stretch(g, body) &&
           add_all(g, tail, label, t->number);
}

static bool branch(struct generator *g, int over, const char *label)
{
    const struct line_template *t = &g->branches[below(g, g->n_branches)];
    char text[MAX_LINE];
    if (!fill(g, t, text))
        return false;
    char *tail = strchr(text, ':');
    if (tail)
        *tail++ = 0;
    return add_all(g, text, label, t->number) && stretch(g, over) &&
           (!tail || add_all(g, tail, label, t->number)) &&
           program_add_label(&g->program, label, g->path, t->number, g->e);
}

static bool generate(struct generator *g, int k, uint64_t seed)
{
    struct program *p = &g->program;
    *p = (struct program){.file = g->path, .line = 1, .fragment = true};
    g->state = splitmix_seed(seed, k);
    char name[32], prefix[48];
    snprintf(name, sizeof name, "%d", k);
    snprintf(prefix, sizeof prefix, "r%s_%d", g->tag, k);
    program_name(p, g->stem, name);
    literals_begin(prefix);
    for (int j = 0; j < g->n_inits; j++) {
        char text[MAX_LINE];
        if (!fill(g, &g->inits[j], text) ||
            !program_add_init(g->arch, p, text, g->path, g->inits[j].number, g->e))
            return false;
    }
    int length = MIN_LENGTH + below(g, MAX_LENGTH - MIN_LENGTH + 1);
    int labels = 0;
    /* a loop's body and a branch's shadow keep at least two Progs, so that a pin fits between */
    while (p->n_progs < length) {
        char label[16];
        snprintf(label, sizeof label, "l%d", labels);
        int kind = below(g, 8), left = length - p->n_progs;
        bool ok;
        if (kind == 0 && g->n_loops && left >= 5) {
            ok = loop(g, 2 + below(g, left - 4), label);
            labels++;
        } else if (kind == 1 && g->n_branches && left >= 3) {
            ok = branch(g, 1 + below(g, left - 2), label);
            labels++;
        } else {
            ok = stretch(g, 1);
        }
        if (!ok)
            return false;
    }
    return program_assemble(g->arch, p, g->e);
}

static bool add_template(struct generator *g, struct line_template *list, int *n, int max, const char *text,
                         int number)
{
    if (*n == max)
        return error_set(g->e, g->path, number, "more than %d templates of a kind", max);
    snprintf(list[*n].text, sizeof list[*n].text, "%s", text);
    list[(*n)++].number = number;
    return true;
}

static bool read_templates(struct generator *g, char *text)
{
    int number = 0;
    for (char *line; (line = strsep(&text, "\n"));) {
        number++;
        char *comment = strstr(line, "//");
        if (comment)
            *comment = 0;
        line += strspn(line, " \t");
        bool ok = true;
        if (!*line)
            continue;
        if (strlen(line) >= MAX_LINE && strncmp(line, "SET ", 4) != 0)
            return error_set(g->e, g->path, number, "an overlong line");
        if (strncmp(line, "SET ", 4) == 0)
            ok = grid_set(&g->sets, line + 4, g->path, number, g->e);
        else if (strncmp(line, "INIT ", 5) == 0)
            ok = add_template(g, g->inits, &g->n_inits, MAX_INITS, line + 5, number);
        else if (strncmp(line, "BRANCH ", 7) == 0)
            ok = add_template(g, g->branches, &g->n_branches, MAX_TEMPLATES, line + 7, number);
        else if (strncmp(line, "LOOP ", 5) == 0)
            ok = add_template(g, g->loops, &g->n_loops, MAX_TEMPLATES, line + 5, number);
        else
            ok = add_template(g, g->progs, &g->n_progs, MAX_TEMPLATES, line, number);
        if (!ok)
            return false;
    }
    return g->n_progs > 0 || error_set(g->e, g->path, 0, "no Prog templates in it");
}

bool read_random(const struct asm_arch *arch, const char *path, uint64_t seed, const char *tag, int count,
                 program_sink *sink, void *context, struct error *e)
{
    struct generator *g = calloc(1, sizeof *g);
    if (!g)
        return error_set(e, path, 0, "out of memory");
    g->arch = arch;
    g->path = path;
    g->e = e;
    g->tag = tag;
    tagged_stem("random", tag, g->stem, sizeof g->stem);
    char *text = read_file(path, e);
    bool ok = text && read_templates(g, text);
    for (int k = 0; ok && k < count; k++)
        ok = generate(g, k, seed) && sink(context, &g->program, e);
    free(text);
    free(g);
    return ok;
}
