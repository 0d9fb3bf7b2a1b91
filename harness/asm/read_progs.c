/* The reader of .progs files: see read.h for the language. */
#define _GNU_SOURCE
#include <ctype.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "literals.h"
#include "read.h"

char *read_file(const char *path, struct error *e)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        error_set(e, path, 0, "can't be read");
        return NULL;
    }
    size_t n = 0, room = 1 << 16;
    char *text = malloc(room);
    while (text) {
        size_t got = fread(text + n, 1, room - n - 1, f);
        n += got;
        if (got == 0)
            break;
        if (n + 1 == room) {
            char *more = realloc(text, room *= 2);
            if (!more)
                free(text);
            text = more;
        }
    }
    bool bad = !text || ferror(f);
    fclose(f);
    if (bad) {
        free(text);
        error_set(e, path, 0, "can't be read");
        return NULL;
    }
    text[n] = 0;
    return text;
}

void file_stem(const char *path, char *out, size_t n)
{
    const char *slash = strrchr(path, '/');
    snprintf(out, n, "%s", slash ? slash + 1 : path);
    char *dot = strrchr(out, '.');
    if (dot)
        *dot = 0;
}

void tagged_stem(const char *stem, const char *tag, char *out, size_t n)
{
    snprintf(out, n, "%s%s%s", stem, *tag ? "." : "", tag);
}

void program_name(struct program *p, const char *stem, const char *text)
{
    size_t n = (size_t)snprintf(p->name, sizeof p->name, "%s.", stem);
    bool gap = false;
    for (; *text && n + 2 < sizeof p->name; text++) {
        if (isalnum((unsigned char)*text) || strchr("._+-", *text)) {
            if (gap && p->name[n - 1] != '.')
                p->name[n++] = '_';
            p->name[n++] = *text;
            gap = false;
        } else if (*text != '$') {
            gap = true;
        }
    }
    p->name[n] = 0;
}

enum { MAX_BLOCK = 2 * MAX_PROGS }; /* its INITs and PCDATAs as well */

/* The lines of a TEXT block, as grids. */
struct block {
    int n;
    struct {
        struct grid_line grid;
        int number;
    } line[MAX_BLOCK];
    char name[48];
    int number;
};

struct reader {
    const struct asm_arch *arch;
    const char *path;
    char stem[48];
    void *names; /* of the TEXTs so far: a search tree */
    program_sink *sink;
    void *context;
    struct error *e;
    struct grid_sets sets;
    struct program head; /* what INIT lines before any TEXT say */
    struct block block;
    struct program program;
    int cases;
    int ordinal, line, of_line; /* of the file among those read, of the case's line, and of the case there:
                                   the labels of all share one assembly, and a case more changes no other's */
};

static bool keyword(const char *line, const char *word, const char **rest)
{
    size_t n = strlen(word);
    if (strncmp(line, word, n) != 0 || (line[n] && !isspace((unsigned char)line[n])))
        return false;
    *rest = line + n;
    while (isspace((unsigned char)**rest))
        (*rest)++;
    return true;
}

/* Copies what INIT lines in front of the file's cases said. */
static void begin(struct reader *r, int number)
{
    struct program *p = &r->program;
    *p = (struct program){.file = r->path, .line = number, .n_inits = r->head.n_inits};
    memcpy(p->inits, r->head.inits, sizeof p->inits);
    char prefix[32];
    r->of_line = r->line == number ? r->of_line + 1 : 0;
    r->line = number;
    r->cases++;
    snprintf(prefix, sizeof prefix, "p%d_%d_%d", r->ordinal, number, r->of_line);
    literals_begin(prefix);
}

static bool finish(struct reader *r)
{
    return program_assemble(r->arch, &r->program, r->e) && r->sink(r->context, &r->program, r->e);
}

/* A line of a program: label, directive or Prog. */
static bool add_line(struct reader *r, const char *text, int number)
{
    struct program *p = &r->program;
    const char *rest;
    if (keyword(text, "INIT", &rest))
        return program_add_init(r->arch, p, rest, r->path, number, r->e);
    if (program_set_property(r->arch, p, text))
        return true;
    size_t n = strlen(text);
    if (n > 1 && text[n - 1] == ':') {
        char label[32];
        if (n > sizeof label)
            return error_set(r->e, r->path, number, "an overlong label");
        snprintf(label, sizeof label, "%.*s", (int)n - 1, text);
        return program_add_label(p, label, r->path, number, r->e);
    }
    return program_add_prog(r->arch, p, text, r->path, number, r->e);
}

static bool single(struct reader *r, const char *text, int number)
{
    struct grid_line *g = &r->block.line[0].grid;
    if (!grid_parse(&r->sets, text, r->path, number, g, r->e))
        return false;
    int choice[MAX_GROUPS] = {0};
    do {
        char line[MAX_LINE];
        if (!grid_fill(g, choice, line, sizeof line))
            return error_set(r->e, r->path, number, "an overlong line");
        begin(r, number);
        program_name(&r->program, r->stem, line);
        r->program.fragment = true;
        if (!add_line(r, line, number) || !finish(r))
            return false;
    } while (grid_step(g, choice));
    return true;
}

/* All combinations of all groups of a block. */
static bool block_end(struct reader *r)
{
    struct block *b = &r->block;
    int(*choice)[MAX_GROUPS] = calloc(MAX_BLOCK, sizeof *choice);
    if (!choice)
        return error_set(r->e, r->path, b->number, "out of memory");
    bool ok = true, more = true;
    for (int k = 0; ok && more; k++) {
        begin(r, b->number);
        char name[64];
        snprintf(name, sizeof name, k ? "%s.%d" : "%s", b->name, k);
        program_name(&r->program, r->stem, name);
        for (int j = 0; ok && j < b->n; j++) {
            char line[MAX_LINE];
            ok = grid_fill(&b->line[j].grid, choice[j], line, sizeof line) ||
                 error_set(r->e, r->path, b->line[j].number, "an overlong line");
            ok = ok && add_line(r, line, b->line[j].number);
        }
        ok = ok && finish(r);
        more = false;
        for (int j = b->n - 1; j >= 0 && !more; j--)
            more = grid_step(&b->line[j].grid, choice[j]);
    }
    free(choice);
    return ok;
}

static void trim(char *line)
{
    char *comment = strstr(line, "//");
    if (comment)
        *comment = 0;
    size_t n = strlen(line);
    while (n > 0 && isspace((unsigned char)line[n - 1]))
        line[--n] = 0;
    size_t lead = strspn(line, " \t");
    memmove(line, line + lead, n - lead + 1);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

static bool text_line(struct reader *r, const char *rest, int number)
{
    int n = 0;
    if (sscanf(rest, "%47[A-Za-z0-9_.]%n", r->block.name, &n) != 1 || strncmp(rest + n, "(SB)", 4) != 0)
        return error_set(r->e, r->path, number,
                         "expected TEXT name(SB), a name of up to 47 letters and digits");
    char *name = strdup(r->block.name), **known = name ? tsearch(name, &r->names, by_text) : NULL;
    bool is_new = known && *known == name;
    if (!is_new)
        free(name);
    if (!known)
        return error_set(r->e, r->path, number, "out of memory");
    if (!is_new)
        return error_set(r->e, r->path, number, "TEXT %s is already there; its cases would share a name",
                         r->block.name);
    r->block.n = 0;
    r->block.number = number;
    return true;
}

/* What no text holds. */
#define CONTROLS "\1\2\3\4\5\6\7\10\16\17\20\21\22\23\24\25\26\27\30\31\33\34\35\36\37\177"

static bool read_lines(struct reader *r, char *text)
{
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    if (strncmp(text, byte_order_mark, 3) == 0)
        text += 3;
    bool in_text = false;
    int number = 0;
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = 0;
        number++;
        if (line[strcspn(line, CONTROLS)])
            return error_set(r->e, r->path, number, "a control character; is this a text file?");
        trim(line);
        const char *rest;
        bool ok = true;
        if (!*line)
            continue;
        if (keyword(line, "SET", &rest)) {
            ok = grid_set(&r->sets, rest, r->path, number, r->e);
        } else if (keyword(line, "TEXT", &rest)) {
            ok = !in_text || error_set(r->e, r->path, number, "TEXT before END of the last one, of line %d",
                                       r->block.number);
            ok = ok && text_line(r, rest, number);
            in_text = true;
        } else if (keyword(line, "END", &rest)) {
            ok = in_text || error_set(r->e, r->path, number,
                                      "an END without its TEXT; write TEXT name(SB) before the first Prog");
            ok = ok && block_end(r);
            in_text = false;
        } else if (in_text) {
            if (r->block.n == MAX_BLOCK)
                return error_set(r->e, r->path, number, "more than %d lines in a TEXT; make two of it",
                                 MAX_BLOCK);
            r->block.line[r->block.n].number = number;
            ok = grid_parse(&r->sets, line, r->path, number, &r->block.line[r->block.n++].grid, r->e);
        } else if (keyword(line, "INIT", &rest)) {
            ok = program_add_init(r->arch, &r->head, rest, r->path, number, r->e);
        } else {
            ok = single(r, line, number);
        }
        if (!ok)
            return false;
    }
    if (in_text)
        return error_set(r->e, r->path, r->block.number,
                         "TEXT %s without its END; write END behind its last Prog", r->block.name);
    if (r->cases == 0)
        return error_set(r->e, r->path, 0,
                         "no cases in it; a line such as ADD $1, R1 is one (cases/README.md)");
    return true;
}

bool read_progs_file(const struct asm_arch *arch, const char *path, program_sink *sink, void *context,
                     struct error *e)
{
    struct reader *r = calloc(1, sizeof *r);
    char *text = r ? read_file(path, e) : NULL;
    bool ok = false;
    if (text) {
        r->arch = arch;
        r->path = path;
        r->sink = sink;
        r->context = context;
        r->e = e;
        static int files;
        r->ordinal = files++;
        file_stem(path, r->stem, sizeof r->stem);
        ok = read_lines(r, text);
    } else if (!r) {
        error_set(e, path, 0, "out of memory");
    }
    free(text);
    if (r)
        tdestroy(r->names, free);
    free(r);
    return ok;
}
