/* Writers of listings. */
#include "listing.h"

#include <string.h>

#include "literals.h"

bool listing_expand(void *file, struct program *p, struct error *e)
{
    FILE *out = file;
    (void)e;
    fprintf(out, "%s  (%s:%d)\n", p->name, p->file, p->line);
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        fprintf(out, "  +0x%-4x %d  %s\n", (unsigned)q->pc, q->value, q->text);
        for (int j = 0; j < q->n_insns; j++)
            fprintf(out, "              %s%s\n", q->insn[j].in_delay_slot ? "  " : "", q->insn[j].text);
    }
    return true;
}

void listing_coverage_begin(FILE *out, const struct asm_arch *arch)
{
    int n = 0;
    while (arch->optab[n].text)
        n++;
    fprintf(out, "%d\n", n);
    for (int k = 0; k < n; k++) {
        const struct optab *entry = &arch->optab[k];
        const char *suffix = strcmp(entry->suffix, "*") == 0 ? ".*" : entry->suffix, *before = "";
        for (const struct opname *op = arch->ops; op->go; op++) {
            if (op->opclass != entry->opclass)
                continue;
            fprintf(out, "%s%s%s", before, op->go, suffix);
            before = " ";
        }
        fprintf(out, "\t%s\n", entry->text);
    }
}

bool listing_coverage(void *file, struct program *p, struct error *e)
{
    (void)e;
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        fprintf(file, "%s\t%d\t%s%s\t%d\t%s\n", p->name, (int)(q->entry - q->arch->optab), q->op, q->suffix,
                q->value, q->text);
    }
    return true;
}

void listing_begin(FILE *out)
{
    fprintf(out, "\t.include \"case.inc\"\n\t.text\n");
}

bool listing_code(FILE *out, const struct program *p, struct error *e)
{
    (void)e;
    const char *prefix = literals_prefix();
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(out, ".L%s_p%d:\n", prefix, k);
        uint32_t size = 0;
        for (int j = 0; j < p->progs[k].n_insns; j++) {
            fprintf(out, "\t%s\n", p->progs[k].insn[j].text);
            size += p->progs[k].insn[j].size;
        }
        if (p->progs[k].size > size) /* with Go, the padding behind a function's last Prog belongs to it */
            fprintf(out, "\t.skip %u\n", (unsigned)(p->progs[k].size - size));
    }
    fprintf(out, ".L%s_p%d:\n", prefix, p->n_progs);
    literals_write(out);
    fprintf(out, "\t.balign 16, 0\n"); /* as Go pads a function's end */
    return true;
}

bool listing_relocated(const struct prog *p)
{
    for (int k = 0; k < p->n_args; k++)
        if (p->arg[k].kind == OPERAND_SYM || p->arg[k].kind == OPERAND_SYM_ADDR)
            return true;
    return false;
}

bool listing_table(const char *path, const struct program *p, struct error *e)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return error_set(e, path, 0, "can't be written");
    fprintf(out, "seq\tprog\tstart\tend\tmark\trelocated\tnote\n");
    for (int k = 0; k < p->n_progs; k++) {
        const struct prog *q = &p->progs[k];
        fprintf(out, "%d\t%s\t%u\t%u\t%d\t%d\t%s\n", q->line, q->text, q->pc, q->pc + q->size, q->value,
                listing_relocated(q), listing_relocated(q) ? "its address is the linker's" : "");
    }
    return fclose(out) == 0 || error_set(e, path, 0, "can't be written");
}
