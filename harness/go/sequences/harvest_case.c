/* Cases out of a binary: see harvest_case.h. Each instruction is a Prog; neighbours with the same mark are
 * one range in the table, as in the binary's. */
#include "harvest_case.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* Writes text without the characters that end a comment or a string. */
static void write_text(FILE *out, const char *text)
{
    for (; *text; text++)
        fputc(isprint((unsigned char)*text) && !strchr("\"\\*", *text) ? *text : '.', out);
}

static void write_bytes(FILE *out, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s0x%02x", i ? "," : "\t.byte\t", bytes[i]);
    fputc('\n', out);
}

void harvest_header(FILE *out, const struct gobin *bin)
{
    fprintf(out, "/* Sequences of a binary of %s for %s. */\n\t.include \"cases.inc\"\n", gobin_version(bin),
            gobin_target(bin));
}

static void write_inits(FILE *out, const struct sequence *s, const struct placement *p)
{
    static const char *const from[] = {[PLACE_ARENA] = "arena", [PLACE_STACK] = "stack", [PLACE_VALUE] = ""};
    for (int i = 0; i < p->n_inits; i++) {
        bool value = p->init[i].place == PLACE_VALUE;
        fprintf(out, value ? "\tINIT\t\"%s = %s%" PRId64 "\"\n" : "\tINIT\t\"%s = %s%+" PRId64 "\"\n",
                s->cfg->arch->units[p->init[i].unit].reg, from[p->init[i].place], p->init[i].value);
    }
}

static void write_insn(FILE *out, const struct sequence *s, int32_t k)
{
    const struct insn *insn = sequence_at(s, k);
    const struct gobin_func *f = &s->cfg->func;
    char text[120] = "";
    cfg_text(s->cfg, s->decoder, insn, text, sizeof text);
    fprintf(out, "\tPROG\t%d, \"", insn->point);
    write_text(out, text);
    fprintf(out, "\"\n");
    write_bytes(out, f->code + insn->offset, insn->end - insn->offset);
    const struct insn *next =
        insn->end < f->end - f->entry && s->first + k + 1 < s->cfg->n_insns ? sequence_at(s, k + 1) : NULL;
    if (next && next->offset == insn->end && insn->has_delta && next->has_delta &&
        next->delta != insn->delta && k + 1 < s->n)
        fprintf(out, "\tSPADJ\t%d\n", (int)(next->delta - insn->delta));
}

void harvest_case(FILE *out, const struct harvest_entry *entry, const struct sequence *s,
                  const struct placement *p)
{
    uint64_t start = s->cfg->func.entry + sequence_at(s, 0)->offset, at = 0;
    fprintf(out, "\n/* ");
    write_text(out, entry->function);
    fprintf(out, "+0x%x */\n\tCASE\t%s\n\tFOREIGN\n", (unsigned)entry->offset, entry->name);
    write_inits(out, s, p);
    for (int32_t k = 0; k < s->n; k++)
        write_insn(out, s, k);
    fprintf(out, "\tEND_CASE %s\n", entry->name);
    /* Literals, by distance. */
    for (bool more = true; more;) {
        int next = -1;
        for (int i = 0; i < p->n_literals; i++)
            if (p->literal[i].address > at && (next < 0 || p->literal[i].address < p->literal[next].address))
                next = i;
        more = next >= 0;
        if (!more)
            break;
        at = p->literal[next].address;
        fprintf(out, "\t.org\teverypc_entry_%s+%u\n", entry->name, (unsigned)(at - start));
        write_bytes(out, p->literal[next].bytes, p->literal[next].size);
    }
}
