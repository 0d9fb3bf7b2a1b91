/* Cases as Go assembly: see listing.h. */
#include <stdlib.h>
#include <string.h>

#include "listing.h"

static FILE *open_one(const char *base, const char *suffix, struct error *e)
{
    char path[512];
    snprintf(path, sizeof path, "%s%s", base, suffix);
    FILE *f = fopen(path, "w");
    if (!f)
        error_set(e, path, 0, "can't be written");
    return f;
}

bool go_source_begin(struct go_source *s, const char *base, struct error *e)
{
    *s = (struct go_source){.go = open_one(base, ".s", e)};
    s->code = s->go ? open_one(base, "-ours.S", e) : NULL;
    s->table = s->code ? open_one(base, ".tsv", e) : NULL;
    if (!s->table)
        return false;
    listing_begin(s->code);
    fprintf(s->table, "line\tcase\tprog\tstart\tend\tmark\trelocated\n");
    return true;
}

static bool marked_by_hand(const struct program *p)
{
    for (int k = 0; k < p->n_progs; k++)
        if (p->progs[k].has_pcdata)
            return true;
    return false;
}

/* A Prog's text. The symbol g is a register to Go's assembler, where it names its own register g so. */
static void write_prog(FILE *out, const struct prog *p)
{
    fputc('\t', out);
    for (const char *c = p->text; *c; c++) {
        bool begins_g = *c == 'g' && (c == p->text || strchr(" ,$", c[-1])) &&
                        (c[1] == '(' || c[1] == '+' || c[1] == '-');
        fputs(begins_g ? "·" : "", out);
        fputc(*c, out);
    }
    fputc('\n', out);
}

static void write_labels(struct go_source *s, const struct program *p, int prog)
{
    for (int k = 0; k < p->n_labels; k++) {
        if (p->labels[k].prog != prog)
            continue;
        fprintf(s->go, "%s:\n", p->labels[k].name);
        s->line++;
    }
}

/* NOSPLIT|NOFRAME: nothing but the Progs, and a return for labels at the end. */
static void write_go(struct go_source *s, const struct program *p)
{
    fprintf(s->go, "TEXT ·c%d(SB), 516, $0\n", s->n);
    s->line++;
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        uint32_t at = (uint32_t)s->n * LISTING_SLOT + q->pc;
        write_labels(s, p, k);
        write_prog(s->go, q);
        s->line++;
        fprintf(s->table, "%d\t%s\t%s\t%u\t%u\t%d\t%d\n", s->line, p->name, q->text, (unsigned)at,
                (unsigned)(at + q->size), q->value, listing_relocated(q));
    }
    write_labels(s, p, p->n_progs);
    fprintf(s->go, "\tRET\n");
    s->line++;
}

bool go_source_program(void *source, struct program *p, struct error *e)
{
    struct go_source *s = source;
    if (p->kind != PROGRAM_PROGS || marked_by_hand(p))
        return true;
    fprintf(s->code, "\t.org %d\n", s->n * LISTING_SLOT);
    if (!listing_code(s->code, p, e))
        return false;
    write_go(s, p);
    s->n++;
    return true;
}

static bool close_one(FILE *f, const char *base, struct error *e)
{
    return !f || fclose(f) == 0 || error_set(e, base, 0, "can't be written");
}

bool go_source_end(struct go_source *s, const char *base, struct error *e)
{
    bool ok = close_one(s->go, base, e);
    ok &= close_one(s->code, base, e);
    return close_one(s->table, base, e) && ok;
}
