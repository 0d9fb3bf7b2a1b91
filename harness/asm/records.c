/* Pieces of the records in cases: see records.h. */
#include "records.h"

void emit_pointer(struct emitter *m, const char *fmt, int id)
{
    fprintf(m->out, "\t.%ubyte ", m->arch->target->word);
    fprintf(m->out, fmt, id);
    fputc('\n', m->out);
}

void emit_string(FILE *out, const char *text)
{
    fputs("\t.asciz \"", out);
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            fputc('\\', out);
        if (*text == '\n')
            fputs("\\n", out);
        else
            fputc(*text, out);
    }
    fputs("\"\n", out);
}

void emit_byte_list(FILE *out, const uint8_t *b, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        fprintf(out, "%s%u%s", k % 16 ? "" : "\t.byte ", b[k], k % 16 == 15 || k + 1 == n ? "\n" : ",");
}

void emit_prog_records(struct emitter *m, const struct program *p, int id)
{
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(m->out, "\t.%ubyte .Ltext%d_%d, .Linsn%d_%d, .Lsource%d_%d\n", m->arch->target->word, id, k,
                id, k, id, k);
        fprintf(m->out, "\t.4byte %d, %u\n", p->progs[k].value, p->progs[k].pc);
    }
}
