/* The reader of hand-written cases: what the macros of arch/common/probe/cases.inc noted, and the
 * instructions between their labels. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pctab/mark.h"
#include "probe/case.h"
#include "disasm.h"
#include "object.h"
#include "read.h"
#include "refuse.h"

/* The case that the notes are describing. */
struct draft {
    bool open;
    struct program program;
    uint64_t entry;         /* offset in .cases */
    uint64_t at[MAX_PROGS]; /* offset in .cases of each Prog */
    int32_t sp_delta;       /* of the next Prog */
    uint64_t loop_start;
    bool in_loop;
};

static bool draft_unsafe(const void *prog)
{
    return strcmp(((const struct prog *)prog)->op, "unsafe") == 0;
}

static bool draft_restart(const void *prog)
{
    return strcmp(((const struct prog *)prog)->op, "restart") == 0;
}

static bool begin(struct object *o, struct draft *d, const char *name)
{
    char label[MAX_NAME + 32], stem[48];
    if (d->open)
        return error_set(o->e, o->file, o->line, "CASE %s before END_CASE %s", name, d->program.symbol);
    *d = (struct draft){.open = true};
    d->program.file = o->file;
    d->program.line = o->line ? o->line : 1;
    d->program.kind = PROGRAM_OBJECT;
    d->program.stay = true;
    if (strlen(name) >= sizeof d->program.symbol)
        return error_set(o->e, o->file, o->line, "an overlong name: %s", name);
    strcpy(d->program.symbol, name);
    file_stem(o->path, stem, sizeof stem);
    program_name(&d->program, stem, name);
    snprintf(label, sizeof label, "everypc_entry_%s", name);
    return object_symbol(o, label, &d->entry) ||
           error_set(o->e, o->file, o->line, "CASE %s has no code", name);
}

/* "restart ADD $1, R1" */
static bool add_prog(struct object *o, struct draft *d, const char *note, uint64_t at)
{
    struct program *p = &d->program;
    char mark[16];
    int n = 0;
    if (!d->open || sscanf(note, "%15s %n", mark, &n) != 1)
        return error_set(o->e, o->file, o->line,
                         d->open ? "a PROG without a mark: PROG safe, unsafe, restart or entry"
                                 : "a PROG outside CASE ... END_CASE");
    if (p->n_progs == MAX_PROGS)
        return error_set(o->e, o->file, o->line, "CASE %s has more than %d PROGs; make two of it", p->symbol,
                         MAX_PROGS);
    struct prog *q = &p->progs[p->n_progs];
    *q = (struct prog){.file = o->file, .line = o->line};
    snprintf(q->text, sizeof q->text, "%s", note[n] ? note + n : mark);
    char *end;
    long value = strtol(mark, &end, 10);
    q->has_pcdata = true; /* every PROG states its own mark: none is left over from the one before */
    q->pcdata = POINT_SAFE;
    q->sp_delta = d->sp_delta;
    if (!*end && value <= -1 && value >= -5)
        q->pcdata = (int32_t)value;
    else if (strcmp(mark, "entry") == 0)
        q->pcdata = POINT_RESTART_AT_ENTRY;
    else if (strcmp(mark, "safe") == 0 || strcmp(mark, "unsafe") == 0 || strcmp(mark, "restart") == 0)
        snprintf(q->op, sizeof q->op, "%s", mark);
    else
        return error_set(o->e, o->file, o->line,
                         "%s: PROG %s: the marks are safe, unsafe, restart, entry, -1 to -5", p->symbol,
                         mark);
    d->at[p->n_progs++] = at;
    return true;
}

static bool add_loop(struct object *o, struct draft *d, bool start, uint64_t at)
{
    struct program *p = &d->program;
    if (!d->open || start == d->in_loop || p->n_loops == MAX_LOOPS)
        return error_set(o->e, o->file, o->line, "%s: LOOP and END_LOOP don't match, or are too many",
                         p->symbol);
    d->in_loop = start;
    if (start)
        d->loop_start = at - d->entry;
    else
        p->loops[p->n_loops++] = (struct loop){(uint32_t)d->loop_start, (uint32_t)(at - d->entry)};
    return true;
}

/* "32": the last Prog moves SP down by so much, as Go's Prog.Spadj; "unknown": by an unknown amount. */
static bool adjust_sp(struct object *o, struct draft *d, const char *text)
{
    char *end;
    long by = strtol(text, &end, 0);
    bool known = end != text && !*end;
    if (!d->open || d->program.n_progs == 0 || (!known && strcmp(text, "unknown") != 0))
        return error_set(o->e, o->file, o->line,
                         "SPADJ %s: not behind a PROG, or neither a number of bytes nor unknown", text);
    d->sp_delta = known && d->sp_delta != SP_DELTA_UNKNOWN ? d->sp_delta + (int32_t)by : SP_DELTA_UNKNOWN;
    return true;
}

/* "EINTR": what a signal makes of the system call that the last Prog is. */
static bool set_call(struct object *o, struct draft *d, const char *text)
{
    int call = strcmp(text, "EINTR") == 0     ? CALL_EINTR
               : strcmp(text, "RESTART") == 0 ? CALL_RESTART
                                              : NO_CALL;
    if (!d->open || d->program.n_progs == 0 || call == NO_CALL)
        return error_set(o->e, o->file, o->line, "BLOCKS %s: not behind a PROG, or neither EINTR nor RESTART",
                         text);
    d->program.progs[d->program.n_progs - 1].call = call;
    return true;
}

/* Refuses what cases can't hold; code out of a binary is taken as it comes. */
static bool check_insns(struct object *o, const struct draft *d, const struct prog *q, uint64_t at)
{
    const struct target *t = o->arch->target;
    const uint8_t *code = (const uint8_t *)o->code->d_buf + at;
    if (d->program.foreign)
        return true;
    if (object_is_other_code(o, at))
        return error_set(o->e, q->file, q->line, "%s: a case can't hold %s", q->text, t->other_code_why);
    if (q->call && (q->n_insns != 1 || !refuse_is_system_call(refuse_insn(t, code, q->size))))
        return error_set(o->e, q->file, q->line, "%s: BLOCKS, but its PROG is not one system call", q->text);
    if (q->call)
        return true;
    uint32_t offset = 0;
    for (int k = 0; k <= q->n_insns && offset < q->size;
         offset += k < q->n_insns ? q->insn[k].size : 0, k++) {
        const char *why = refuse_insn(t, code + offset, q->size - offset);
        const char *text = k < q->n_insns ? q->insn[k].text : "an instruction";
        if (why)
            return error_set(o->e, q->file, q->line, "%s+0x%x (%s), %s: a case can't hold %s",
                             d->program.symbol, (unsigned)(q->pc + offset), q->text, text, why);
    }
    return true;
}

/* The instructions of a Prog that ends before `next`, both offsets in .cases. */
static bool find_insns(struct object *o, struct draft *d, struct prog *q, uint64_t at, uint64_t next,
                       bool *in_slot)
{
    if (next < at)
        return error_set(o->e, q->file, q->line, "PROG %s comes behind END_CASE %s", q->text,
                         d->program.symbol);
    q->pc = (uint32_t)(at - d->entry);
    q->size = (uint32_t)(next - at);
    bool known = disasm_prog(o->disasm, (const uint8_t *)o->code->d_buf + at, q->size, at, q, in_slot);
    if (!check_insns(o, d, q, at))
        return false;
    if (known)
        return true;
    return error_set(
        o->e, q->file, q->line,
        "%s+0x%x (%s): capstone does not know an instruction, or it is longer than its PROG, or there "
        "are more than %d; begin another PROG",
        d->program.symbol, (unsigned)q->pc, q->text, MAX_INSNS);
}

/* Where the case ends: at its END_CASE, whose name is `name`. */
static bool find_end(struct object *o, struct draft *d, const char *name, uint64_t *end)
{
    char label[MAX_NAME + 32];
    const struct program *p = &d->program;
    if (!d->open)
        return error_set(o->e, o->file, o->line, "END_CASE %s without a CASE; write CASE %s before it", name,
                         name);
    if (strcmp(name, p->symbol) != 0)
        return error_set(o->e, o->file, o->line,
                         "END_CASE %s ends CASE %s of line %d; both take the same name", name, p->symbol,
                         p->line);
    if (p->n_progs == 0)
        return error_set(o->e, o->file, o->line,
                         "CASE %s holds no PROG; write PROG safe, unsafe, restart or entry "
                         "before its instructions",
                         name);
    if (d->in_loop)
        return error_set(o->e, o->file, o->line, "END_CASE %s before END_LOOP", name);
    snprintf(label, sizeof label, "everypc_end_%s", name);
    if (!object_symbol(o, label, end) || *end < d->entry)
        return error_set(o->e, o->file, o->line, "END_CASE %s is not in the section of its CASE", name);
    if (d->at[0] != d->entry)
        return error_set(o->e, p->progs[0].file, p->progs[0].line,
                         "CASE %s has code before its first PROG; put a PROG right behind CASE and INIT",
                         name);
    return true;
}

/* Lays the Progs out, finds their instructions, and marks them. */
static bool finish(struct object *o, struct draft *d, const char *name, program_sink *sink, void *context)
{
    struct program *p = &d->program;
    struct mark_prog marks[MAX_PROGS];
    uint64_t end;
    if (!find_end(o, d, name, &end))
        return false;
    bool in_slot = false;
    for (int k = 0; k < p->n_progs; k++) {
        struct prog *q = &p->progs[k];
        if (!find_insns(o, d, q, d->at[k], k + 1 < p->n_progs ? d->at[k + 1] : end, &in_slot))
            return false;
        marks[k] = (struct mark_prog){
            .pc = q->pc, .size = q->size, .has_pcdata = q->has_pcdata, .pcdata = q->pcdata, .prog = q};
    }
    mark_unsafe_points(marks, (size_t)p->n_progs, draft_unsafe, draft_restart);
    for (int k = 0; k < p->n_progs; k++)
        p->progs[k].value = marks[k].value;
    p->code_size = (uint32_t)(end - d->entry);
    d->open = false;
    return sink(context, p, o->e);
}

static bool read_notes(struct object *o, program_sink *sink, void *context)
{
    struct draft *d = calloc(1, sizeof *d);
    if (!d)
        return error_set(o->e, o->file, o->line, "out of memory");
    const char *note = o->notes->d_buf, *stop = note + o->notes->d_size, *next;
    size_t pc = 0;
    bool ok = true;
    for (; ok && note < stop; note = next) {
        const char *end = memchr(note, 0, (size_t)(stop - note));
        if (!end || stop - end < 5) {
            ok = error_set(o->e, o->path, 0, "its section .everypc is cut off");
            break;
        }
        object_take_place(o, (const uint8_t *)end + 1);
        next = end + 5;
        bool has_pc =
            strncmp(note, "prog ", 5) == 0 || strcmp(note, "loop") == 0 || strcmp(note, "endloop") == 0;
        if (has_pc && pc == o->n_pcs)
            ok = error_set(o->e, o->file, o->line, "more PROG lines than PCs");
        else if (strncmp(note, "case ", 5) == 0)
            ok = begin(o, d, note + 5);
        else if (strncmp(note, "again ", 6) == 0)
            ok =
                error_set(o->e, o->file, o->line, "CASE %s is already there; give it another name", note + 6);
        else if (strncmp(note, "init ", 5) == 0)
            ok = d->open ? program_add_init(o->arch, &d->program, note + 5, o->file, o->line, o->e)
                         : error_set(o->e, o->file, o->line, "INIT outside CASE ... END_CASE");
        else if (strncmp(note, "prog ", 5) == 0)
            ok = add_prog(o, d, note + 5, o->pcs[pc++]);
        else if (strncmp(note, "spadj ", 6) == 0)
            ok = adjust_sp(o, d, note + 6);
        else if (strncmp(note, "blocks ", 7) == 0)
            ok = set_call(o, d, note + 7);
        else if (strncmp(note, "property ", 9) == 0)
            ok = (d->open && program_set_property(o->arch, &d->program, note + 9)) ||
                 error_set(o->e, o->file, o->line,
                           "%s: outside CASE ... END_CASE, or not available on this architecture", note + 9);
        else if (has_pc)
            ok = add_loop(o, d, *note == 'l', o->pcs[pc++]);
        else if (strncmp(note, "end ", 4) == 0)
            ok = finish(o, d, note + 4, sink, context);
    }
    ok = ok && (!d->open || error_set(o->e, d->program.file, d->program.line,
                                      "CASE %s without its END_CASE; write END_CASE %s behind its code",
                                      d->program.symbol, d->program.symbol));
    free(d);
    return ok;
}

bool read_object(const struct asm_arch *arch, const char *path, const char *source, program_sink *sink,
                 void *context, struct error *e)
{
    struct object *o = calloc(1, sizeof *o);
    if (!o)
        return error_set(e, source, 0, "out of memory");
    *o = (struct object){.arch = arch, .path = source, .file = source, .e = e};
    bool ok = object_open(o, path) && (o->disasm = disasm_open(arch, e)) && read_notes(o, sink, context);
    disasm_close(o->disasm);
    object_close(o);
    free(o);
    return ok;
}
