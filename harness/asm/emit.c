/* The writer of cases.S. One case is its code in the section .cases, which is writable and executable so
 * that a PC can be pinned in place, and its record in .rodata, in the layout of probe/case.h. */
#include "emit.h"

#include <string.h>

#include "pctab/pctab.h"
#include "probe/case.h"
#include "literals.h"
#include "predicates.h"
#include "sp_delta.h"

void emit_begin(struct emitter *m, FILE *out, const struct asm_arch *arch)
{
    *m = (struct emitter){.out = out, .arch = arch};
    /* Whole pages of their own: data beside code makes an emulator retranslate it at every store. */
    fprintf(out, "\t.include \"case.inc\"\n\t.section .cases,\"awx\",%%progbits\n\t.balign 4096\n");
}

void emit_with_alternatives(struct emitter *m)
{
    m->alternatives = true;
    fprintf(m->out,
            "\t.section .everypc_alternatives,\"aw\",%%progbits\n\t.balign 8\n\t.globl everypc_alternatives\n"
            "everypc_alternatives:\n");
}

static void pointer(struct emitter *m, const char *fmt, int id)
{
    fprintf(m->out, "\t.%ubyte ", m->arch->target->word);
    fprintf(m->out, fmt, id);
    fputc('\n', m->out);
}

static void string(FILE *out, const char *text)
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

/* A machine instruction of the program, flat. */
struct flat {
    int prog;
    uint32_t promised;
    bool in_delay_slot;
};

static int flatten(const struct program *p, struct flat *flat)
{
    int n = 0;
    for (int k = 0; k < p->n_progs; k++) {
        uint32_t pc = p->progs[k].pc;
        for (int j = 0; j < p->progs[k].n_insns; j++) {
            flat[n++] = (struct flat){k, pc, p->progs[k].insn[j].in_delay_slot};
            pc += p->progs[k].insn[j].size;
        }
    }
    return n;
}

/* Another PC of the innermost loop around PC k, run once a round and not overwritten by a pin at k: the
 * loop's last one, the one before it, or its first. -1 if k is in no loop. */
static int find_hop(const struct emitter *m, const struct program *p, const struct flat *flat, int n, int k)
{
    int best = -1;
    uint32_t best_size = UINT32_MAX, pin = flat[k].promised;
    for (int j = 0; j < p->n_loops; j++) {
        const struct loop *l = &p->loops[j];
        if (pin < l->start || pin >= l->end || l->end - l->start >= best_size)
            continue;
        int head = -1, tail = -1, before = -1;
        for (int i = 0; i < n; i++) {
            if (flat[i].promised < l->start || flat[i].promised >= l->end || flat[i].in_delay_slot)
                continue;
            head = head < 0 ? i : head;
            before = tail;
            tail = i;
        }
        int candidates[] = {tail, head, before};
        for (size_t c = 0; c < sizeof candidates / sizeof *candidates; c++) {
            int h = candidates[c];
            if (h < 0 || (flat[h].promised >= pin && flat[h].promised < pin + m->arch->target->spin_size))
                continue;
            best = h;
            best_size = l->end - l->start;
            break;
        }
    }
    return best;
}

static void emit_code(struct emitter *m, const struct program *p, int id)
{
    FILE *out = m->out;
    int n_pcs = 0;
    fprintf(out, "\n\t.section .cases\n\t.balign 16\n.Lcode%d:\n\tCASE_PRELUDE\n.Lentry%d:\n", id, id);
    const char *prefix = literals_prefix();
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(out, ".L%s_p%d:\n", prefix, k);
        for (int j = 0; j < p->progs[k].n_insns; j++)
            fprintf(out, ".Lpc%d_%d:\t%s\n", id, n_pcs++, p->progs[k].insn[j].text);
    }
    fprintf(out, ".Lend%d:\n\tCASE_PAD\n.L%s_p%d:\n.Lleave%d:\n\tCASE_LEAVE\n", id, prefix, p->n_progs, id);
    literals_write(out);
    fprintf(out, "\t.balign 4\n.Llimit%d:\n", id);
}

static void bytes(FILE *out, const uint8_t *b, uint32_t n)
{
    for (uint32_t k = 0; k < n; k++)
        fprintf(out, "%s%u%s", k % 16 ? "" : "\t.byte ", b[k], k % 16 == 15 || k + 1 == n ? "\n" : ",");
}

static void emit_bytes(struct emitter *m, const struct program *p, int id)
{
    fprintf(m->out, "\n\t.section .cases\n\t.balign 16\n.Lcode%d:\n\tCASE_PRELUDE\n.Lentry%d:\n", id, id);
    bytes(m->out, p->bytes, p->n_bytes);
    fprintf(m->out, ".Lend%d:\n\tCASE_PAD\n.Lleave%d:\n\tCASE_LEAVE\n", id, id);
    if (p->n_pool) {
        fprintf(m->out, "\t.org .Lentry%d+%u\n", id, p->pool_from_entry);
        bytes(m->out, p->pool, p->n_pool);
    }
    fprintf(m->out, "\t.balign 4\n.Llimit%d:\n", id);
}

static bool emit_table(struct emitter *m, const struct program *p, int id, size_t *length, struct error *e)
{
    uint8_t table[MAX_PROGS * 8];
    if (!program_encode(m->arch, p, table, sizeof table, length, e))
        return false;
    fprintf(m->out, "\t.section .rodata\n.Ltable%d:", id);
    for (size_t k = 0; k < *length; k++)
        fprintf(m->out, "%s%u", k ? "," : "\t.byte ", table[k]);
    fputc('\n', m->out);
    return true;
}

static bool emit_sp_table(struct emitter *m, const struct program *p, int id, size_t *length, struct error *e)
{
    uint8_t table[MAX_PROGS * 11 + 1];
    if (!sp_delta_encode(m->arch, p, table, sizeof table, length, e))
        return false;
    fprintf(m->out, "\t.section .rodata\n.Lsptable%d:\n", id);
    bytes(m->out, table, (uint32_t)*length);
    return true;
}

static void emit_prog_records(struct emitter *m, const struct program *p, int id)
{
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(m->out, "\t.%ubyte .Ltext%d_%d, .Linsn%d_%d, .Lsource%d_%d\n", m->arch->target->word, id, k,
                id, k, id, k);
        fprintf(m->out, "\t.4byte %d, %u\n", p->progs[k].value, p->progs[k].pc);
    }
}

/* Where a line of the program is; one that is drawn or made has the program's own place. */
static void source(FILE *out, const struct program *p, const char *file, int line)
{
    char text[300];
    bool known = p->kind != PROGRAM_BYTES && file && line > 0;
    snprintf(text, sizeof text, "%s:%d", known ? file : p->file, known ? line : p->line);
    string(out, text);
}

static void emit_progs(struct emitter *m, const struct program *p, int id)
{
    FILE *out = m->out;
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(out, ".Ltext%d_%d:", id, k);
        string(out, p->progs[k].text);
        fprintf(out, ".Linsn%d_%d:", id, k);
        char lines[MAX_INSNS * 112] = "";
        size_t at = 0;
        for (int j = 0; j < p->progs[k].n_insns; j++)
            at += (size_t)snprintf(lines + at, sizeof lines - at, "%s%s", j ? "\n" : "",
                                   p->progs[k].insn[j].text);
        string(out, lines);
        fprintf(out, ".Lsource%d_%d:", id, k);
        source(out, p, p->progs[k].file, p->progs[k].line);
    }
    fprintf(out, "\t.balign 8\n.Lprogs%d:\n", id);
    emit_prog_records(m, p, id);
}

static void emit_pcs(struct emitter *m, const struct program *p, int id)
{
    static struct flat flat[MAX_PROGS * MAX_INSNS];
    int n = flatten(p, flat);
    fprintf(m->out, "\t.balign 8\n.Lpcs%d:\n", id);
    for (int k = 0; k < n; k++) {
        int hop = find_hop(m, p, flat, n, k);
        if (p->kind == PROGRAM_PROGS)
            fprintf(m->out, "\t.2byte .Lpc%d_%d-.Lentry%d", id, k, id);
        else
            fprintf(m->out, "\t.2byte %u", flat[k].promised);
        fprintf(m->out, ",%u,%d,%d,%d,%d\n", flat[k].promised, flat[k].prog, hop < 0 ? NO_HOP : hop,
                !flat[k].in_delay_slot, p->progs[flat[k].prog].call);
    }
}

static void emit_expects(struct emitter *m, const struct program *p, int id)
{
    FILE *out = m->out;
    for (int k = 0; k < p->n_expects; k++) {
        fprintf(out, ".Lvalue%d_%d:", id, k);
        string(out, p->expects[k].name);
    }
    fprintf(out, "\t.balign 8\n.Lexpects%d:\n", id);
    for (int k = 0; k < p->n_expects; k++) {
        const struct expect *x = &p->expects[k];
        fprintf(out, "\t.%ubyte .Lvalue%d_%d\n", m->arch->target->word, id, k);
        fprintf(out, "\t.4byte %d,%d,%d,%d,0x%x,0x%x\n", (int)x->kind, x->where, x->width, x->variant,
                (unsigned)x->value, (unsigned)(x->value >> 32));
    }
}

/* What each mutated predicate would make of the case, where that differs; a few cases for each. */
static bool emit_alternatives(struct emitter *m, struct program *p, int id, struct error *e)
{
    enum { ENOUGH = 64 };
    static struct program other;
    int32_t values[MAX_PROGS];
    for (int k = 0; p->kind == PROGRAM_PROGS && k < n_predicate_mutants; k++) {
        size_t length;
        if (m->n_alternatives[k] == ENOUGH || !p->progs[0].entry ||
            !predicate_mutant_mark(m->arch, p, k, values))
            continue;
        other = *p;
        for (int j = 0; j < p->n_progs; j++)
            other.progs[j].value = values[j];
        uint8_t table[MAX_PROGS * 8];
        if (!program_encode(m->arch, &other, table, sizeof table, &length, e))
            return false;
        int n = m->n_alternatives[k]++;
        fprintf(m->out, "\t.section .rodata\n.Lalttable%d_%d:\n", k, n);
        bytes(m->out, table, (uint32_t)length);
        fprintf(m->out, "\t.balign 8\n.Laltprogs%d_%d:\n", k, n);
        emit_prog_records(m, &other, id);
        fprintf(m->out,
                "\t.section .everypc_alternatives,\"aw\",%%progbits\n\t.%ubyte .Lcase%d, .Lalttable%d_%d, "
                ".Laltprogs%d_%d\n"
                "\t.4byte %d, %zu\n",
                m->arch->target->word, id, k, n, k, n, k, length);
    }
    return true;
}

/* Whether all its marks are the predicates'. */
static bool is_marked_by_rule(const struct program *p)
{
    bool by_rule = p->kind == PROGRAM_PROGS;
    for (int k = 0; k < p->n_progs; k++)
        by_rule = by_rule && p->progs[k].entry && !p->progs[k].has_pcdata;
    return by_rule;
}

static unsigned flags(const struct program *p)
{
    unsigned f = (p->pc_relative || p->stay ? CASE_STAY : 0) | (p->frame_pointer ? CASE_FRAME_POINTER : 0) |
                 (p->stack_check ? CASE_STACK_CHECK : 0) | (is_marked_by_rule(p) ? CASE_BY_RULE : 0) |
                 (p->foreign ? CASE_FOREIGN : 0) | (p->fragment ? CASE_FRAGMENT : 0);
    for (int k = 0; k < p->n_progs; k++) {
        f |= p->progs[k].sp_delta == SP_DELTA_UNKNOWN ? CASE_SP_WRITE : 0;
        f |= p->progs[k].call ? CASE_BLOCKS : 0;
    }
    return f;
}

bool emit_program(void *emitter, struct program *p, struct error *e)
{
    struct emitter *m = emitter;
    if (!case_names_add(&m->names, p, e))
        return false;
    int id = m->n_cases++;
    FILE *out = m->out;
    size_t length, sp_length;
    if (p->kind == PROGRAM_BYTES)
        emit_bytes(m, p, id);
    else if (p->kind == PROGRAM_PROGS)
        emit_code(m, p, id);
    if (!emit_table(m, p, id, &length, e) || !emit_sp_table(m, p, id, &sp_length, e))
        return false;
    emit_progs(m, p, id);
    emit_pcs(m, p, id);
    fprintf(out, "\t.balign 8\n.Linits%d:\n", id);
    for (int k = 0; k < p->n_inits; k++)
        fprintf(out, "\t.4byte %d,%d,0x%x,0x%x,%d\n", p->inits[k].reg, (int)p->inits[k].kind,
                (unsigned)p->inits[k].value, (unsigned)((uint64_t)p->inits[k].value >> 32),
                p->inits[k].variant);
    emit_expects(m, p, id);
    fprintf(out, ".Lname%d:", id);
    string(out, p->name);
    fprintf(out, ".Lsource%d:", id);
    source(out, p, p->file, p->line);
    fprintf(out, "\t.balign 8\n.Lcase%d:\n", id);
    pointer(m, ".Lname%d", id);
    pointer(m, ".Lsource%d", id);
    if (p->kind == PROGRAM_OBJECT) {
        static const char *const part[] = {"code", "entry", "end", "leave", "limit"};
        for (int k = 0; k < 5; k++)
            fprintf(out, "\t.%ubyte everypc_%s_%s\n", m->arch->target->word, part[k], p->symbol);
    } else {
        pointer(m, ".Lcode%d", id);
        pointer(m, ".Lentry%d", id);
        pointer(m, ".Lend%d", id);
        pointer(m, ".Lleave%d", id);
        pointer(m, ".Llimit%d", id);
    }
    pointer(m, ".Ltable%d", id);
    pointer(m, ".Lsptable%d", id);
    pointer(m, ".Lpcs%d", id);
    pointer(m, ".Lprogs%d", id);
    pointer(m, ".Linits%d", id);
    pointer(m, ".Lexpects%d", id);
    int insns = 0;
    for (int k = 0; k < p->n_progs; k++)
        insns += p->progs[k].n_insns;
    fprintf(out, "\t.4byte %d,%d,%d,%d,%zu,%zu,%u,%d\n", insns, p->n_progs, p->n_inits, p->n_expects, length,
            sp_length, p->code_size, flags(p));
    return !m->alternatives || emit_alternatives(m, p, id, e);
}

static void emit_predicates(struct emitter *m)
{
    int n = 0;
    fprintf(m->out, "\t.section .rodata\n");
    for (int k = 0; k < n_predicate_mutants; k++) {
        fprintf(m->out, ".Lpredicate%d:", k);
        string(m->out, predicate_mutant_name(k));
        fprintf(m->out, ".Lpredicateclass%d:", k);
        string(m->out, predicate_mutant_class(m->arch, k));
        n += m->n_alternatives[k];
    }
    fprintf(m->out, "\t.section .data.rel.ro,\"aw\",%%progbits\n\t.balign 8\n\t.globl "
                    "everypc_predicates\neverypc_predicates:\n");
    for (int k = 0; k < n_predicate_mutants; k++) {
        pointer(m, ".Lpredicate%d", k);
        pointer(m, ".Lpredicateclass%d", k);
    }
    fprintf(m->out,
            "\t.globl everypc_n_predicates, everypc_n_alternatives\n\t.balign "
            "4\neverypc_n_predicates:\n\t.4byte %d\n"
            "everypc_n_alternatives:\n\t.4byte %d\n",
            n_predicate_mutants, n);
}

void emit_skip(void *emitter, const char *what, const char *why)
{
    struct emitter *m = emitter;
    fprintf(m->out, "\t.section .rodata\n.Lskip%d:", 2 * m->n_skipped);
    string(m->out, what);
    fprintf(m->out, ".Lskip%d:", 2 * m->n_skipped + 1);
    string(m->out, why);
    m->n_skipped++;
}

void emit_end(struct emitter *m)
{
    if (m->alternatives)
        emit_predicates(m);
    fprintf(m->out,
            "\t.section .cases\n\t.balign 4096\n\t.section .data.rel.ro,\"aw\",%%progbits\n\t.balign 8\n");
    fprintf(m->out, "\t.globl everypc_cases\neverypc_cases:\n");
    for (int k = 0; k < m->n_cases; k++)
        pointer(m, ".Lcase%d", k);
    fprintf(m->out, "\t.globl everypc_skipped\neverypc_skipped:\n");
    for (int k = 0; k < 2 * m->n_skipped; k++)
        pointer(m, ".Lskip%d", k);
    pointer(m, "%d", 0);
    fprintf(m->out, "\t.globl everypc_n_cases\n\t.balign 4\neverypc_n_cases:\n\t.4byte %d\n", m->n_cases);
    fprintf(m->out, "\t.section .note.GNU-stack,\"\",%%progbits\n");
    case_names_free(&m->names);
}
