/* Writing a case as a .progs file: see rewrite.h. */
#include "rewrite.h"

#include <string.h>

static void write_inits(FILE *out, const struct program *p, const struct asm_arch *arch)
{
    static const char *const kinds[] = {
        [INIT_ARENA] = "arena", [INIT_LEAVE] = "leave", [INIT_STACK] = "stack", [INIT_TICKER] = "ticker"};
    for (int k = 0; k < p->n_inits; k++) {
        const struct init *n = &p->inits[k];
        if (n->variant > 1)
            continue;
        fprintf(out, "\tINIT %s = ", arch->target->state_regs[n->reg]);
        if (n->kind == INIT_VALUE)
            fprintf(out, "0x%llx\n", (unsigned long long)n->value);
        else if (n->value)
            fprintf(out, "%s%+lld\n", kinds[n->kind], (long long)n->value);
        else
            fprintf(out, "%s\n", kinds[n->kind]);
    }
}

static void write_properties(FILE *out, const struct program *p)
{
    const struct {
        bool on;
        const char *word;
    } words[] = {{p->stay, "STAY"},
                 {p->frame_pointer, "FRAME_POINTER"},
                 {p->stack_check, "STACK_CHECK"},
                 {p->fragment, "FRAGMENT"}};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (words[k].on)
            fprintf(out, "\t%s\n", words[k].word);
}

static void write_labels(FILE *out, const struct program *p, int prog)
{
    for (int k = 0; k < p->n_labels; k++)
        if (p->labels[k].prog == prog)
            fprintf(out, "%s:\n", p->labels[k].name);
}

static void write_progs(FILE *out, const struct program *p)
{
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        write_labels(out, p, k);
        if (q->has_pcdata)
            fprintf(out, "\tPCDATA $0, $%d\n", q->pcdata);
        if (q->has_spadj)
            fprintf(out, "\tSPADJ $%d\n", q->spadj);
        fprintf(out, "\t%s\n", q->text);
    }
    write_labels(out, p, p->n_progs);
}

bool rewrite_program(void *rewrite, struct program *p, struct error *e)
{
    struct rewrite *r = rewrite;
    (void)e;
    if (r->found || strcmp(p->name, r->name) != 0)
        return true;
    r->found = true;
    r->bytes = p->kind != PROGRAM_PROGS;
    if (r->bytes)
        return true;
    fprintf(r->out, "TEXT case(SB)\n");
    write_inits(r->out, p, p->progs[0].arch);
    write_properties(r->out, p);
    write_progs(r->out, p);
    fprintf(r->out, "END\n");
    return true;
}
