/* The writer of the cases. One case is its code in the section .cases, which is writable and executable so
 * that a PC can be pinned in place, and its record in .rodata, in the layout of probe/case.h. */
#include "emit.h"

#include <string.h>

#include "pctab/pctab.h"
#include "probe/case.h"
#include "emit_alternatives.h"
#include "literals.h"
#include "records.h"
#include "sp_delta.h"

/* What every file begins with. */
static void open_file(struct emitter *m)
{
    fprintf(m->out, "\t.include \"case.inc\"\n\t.section .note.GNU-stack,\"\",%%progbits\n"
                    "\t.section .cases,\"awx\",%%progbits\n");
}

/* What the first one has in front of the cases, and of the lists that each file adds to. */
static void open_lists(struct emitter *m)
{
    /* Whole pages of their own: data beside code makes an emulator retranslate it at every store. */
    fprintf(m->out,
            "\t.balign 4096\n"
            "\t.section everypc_index,\"a\",%%progbits\n\t.balign 8\n\t.globl everypc_cases\neverypc_cases:\n"
            "\t.section everypc_skips,\"a\",%%progbits\n\t.balign 8\n\t.globl "
            "everypc_skipped\neverypc_skipped:\n");
}

void emit_begin(struct emitter *m, FILE *out, const struct asm_arch *arch)
{
    *m = (struct emitter){.out = out, .arch = arch};
    open_file(m);
    open_lists(m);
}

void emit_with_alternatives(struct emitter *m)
{
    m->alternatives = true;
    emit_alternatives_begin(m);
}

static bool open_part(struct emitter *m, const char *name, struct error *e)
{
    if (!parts_next(m->parts, name, e))
        return false;
    m->out = m->parts->out;
    m->n_here = m->n_skipped_here = 0;
    open_file(m);
    return true;
}

bool emit_begin_parts(struct emitter *m, struct parts *parts, const struct asm_arch *arch, struct error *e)
{
    *m = (struct emitter){.parts = parts, .arch = arch};
    if (!open_part(m, "begin", e))
        return false;
    open_lists(m);
    return true;
}

/* The number of the case in its file, which its labels have. -1 and an error if there is no file for it. */
static int begin_case(struct emitter *m, const struct program *p, struct error *e)
{
    if (m->parts) {
        if (parts_is_full(m->parts, p) && !open_part(m, p->name, e))
            return -1;
        m->parts->n_cases++;
        m->parts->file = p->file;
    }
    m->n_cases++;
    return m->n_here++;
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

static void emit_bytes(struct emitter *m, const struct program *p, int id)
{
    fprintf(m->out, "\n\t.section .cases\n\t.balign 16\n.Lcode%d:\n\tCASE_PRELUDE\n.Lentry%d:\n", id, id);
    emit_byte_list(m->out, p->bytes, p->n_bytes);
    fprintf(m->out, ".Lend%d:\n\tCASE_PAD\n.Lleave%d:\n\tCASE_LEAVE\n", id, id);
    if (p->n_pool) {
        fprintf(m->out, "\t.org .Lentry%d+%u\n", id, p->pool_from_entry);
        emit_byte_list(m->out, p->pool, p->n_pool);
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
    emit_byte_list(m->out, table, (uint32_t)*length);
    return true;
}

/* Where a line of the program is; one that is drawn or made has the program's own place. */
static void source(FILE *out, const struct program *p, const char *file, int line)
{
    char text[300];
    bool known = p->kind != PROGRAM_BYTES && file && line > 0;
    snprintf(text, sizeof text, "%s:%d", known ? file : p->file, known ? line : p->line);
    emit_string(out, text);
}

static void emit_progs(struct emitter *m, const struct program *p, int id)
{
    FILE *out = m->out;
    for (int k = 0; k < p->n_progs; k++) {
        fprintf(out, ".Ltext%d_%d:", id, k);
        emit_string(out, p->progs[k].text);
        fprintf(out, ".Linsn%d_%d:", id, k);
        char lines[MAX_INSNS * 112] = "";
        size_t at = 0;
        for (int j = 0; j < p->progs[k].n_insns; j++)
            at += (size_t)snprintf(lines + at, sizeof lines - at, "%s%s", j ? "\n" : "",
                                   p->progs[k].insn[j].text);
        emit_string(out, lines);
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
        emit_string(out, p->expects[k].name);
    }
    fprintf(out, "\t.balign 8\n.Lexpects%d:\n", id);
    for (int k = 0; k < p->n_expects; k++) {
        const struct expect *x = &p->expects[k];
        fprintf(out, "\t.%ubyte .Lvalue%d_%d\n", m->arch->target->word, id, k);
        fprintf(out, "\t.4byte %d,%d,%d,%d,0x%x,0x%x\n", (int)x->kind, x->where, x->width, x->variant,
                (unsigned)x->value, (unsigned)(x->value >> 32));
    }
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
    int id = begin_case(m, p, e);
    if (id < 0)
        return false;
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
    emit_string(out, p->name);
    fprintf(out, ".Lsource%d:", id);
    source(out, p, p->file, p->line);
    fprintf(out, "\t.section everypc_index,\"a\",%%progbits\n");
    emit_pointer(m, ".Lcase%d", id);
    fprintf(out, "\t.section .rodata\n\t.balign 8\n.Lcase%d:\n", id);
    emit_pointer(m, ".Lname%d", id);
    emit_pointer(m, ".Lsource%d", id);
    if (p->kind == PROGRAM_OBJECT) {
        static const char *const part[] = {"code", "entry", "end", "leave", "limit"};
        for (int k = 0; k < 5; k++)
            fprintf(out, "\t.%ubyte everypc_%s_%s\n", m->arch->target->word, part[k], p->symbol);
    } else {
        emit_pointer(m, ".Lcode%d", id);
        emit_pointer(m, ".Lentry%d", id);
        emit_pointer(m, ".Lend%d", id);
        emit_pointer(m, ".Lleave%d", id);
        emit_pointer(m, ".Llimit%d", id);
    }
    emit_pointer(m, ".Ltable%d", id);
    emit_pointer(m, ".Lsptable%d", id);
    emit_pointer(m, ".Lpcs%d", id);
    emit_pointer(m, ".Lprogs%d", id);
    emit_pointer(m, ".Linits%d", id);
    emit_pointer(m, ".Lexpects%d", id);
    int insns = 0;
    for (int k = 0; k < p->n_progs; k++)
        insns += p->progs[k].n_insns;
    fprintf(out, "\t.4byte %d,%d,%d,%d,%zu,%zu,%u,%d\n", insns, p->n_progs, p->n_inits, p->n_expects, length,
            sp_length, p->code_size, flags(p));
    return !m->alternatives || emit_alternatives(m, p, id, e);
}

void emit_skip(void *emitter, const char *what, const char *why)
{
    struct emitter *m = emitter;
    int id = m->n_skipped_here++;
    fprintf(m->out, "\t.section .rodata\n.Lskip%d:", 2 * id);
    emit_string(m->out, what);
    fprintf(m->out, ".Lskip%d:", 2 * id + 1);
    emit_string(m->out, why);
    fprintf(m->out, "\t.section everypc_skips,\"a\",%%progbits\n");
    emit_pointer(m, ".Lskip%d", 2 * id);
    emit_pointer(m, ".Lskip%d", 2 * id + 1);
}

bool emit_end(struct emitter *m, struct error *e)
{
    case_names_free(&m->names);
    /* What changes with the number of cases is apart from them, unless all of it is small. */
    if (m->parts && m->parts->n > 1 && !open_part(m, "end", e))
        return false;
    if (m->alternatives)
        emit_predicates(m);
    fprintf(m->out, "\t.section .cases\n\t.balign 4096\n\t.section everypc_skips,\"a\",%%progbits\n");
    emit_pointer(m, "%d", 0);
    fprintf(m->out,
            "\t.section .rodata\n\t.globl everypc_n_cases\n\t.balign 4\neverypc_n_cases:\n\t.4byte %d\n",
            m->n_cases);
    return true;
}
