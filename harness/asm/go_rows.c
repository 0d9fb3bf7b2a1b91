/* Progs as the Go assembler encodes and marks them (cases/go/go-progs.tsv): as machine code to run, and as
 * text for our own assembler. Columns: arch, seq, prog, start, end, bytes in memory order, mark. Rows whose
 * mark is known to be unsound stand a second time in holes.tsv beside it, with the reason in an eighth
 * column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disasm.h"
#include "literals.h"
#include "oplook.h"
#include "parse.h"
#include "read.h"

struct row {
    int line, seq;
    char *prog;
    uint32_t start, end;
    uint8_t bytes[64];
    uint32_t n_bytes;
    int32_t value;
    const char *why; /* of holes.tsv */
};

/* Takes one line apart, in place. 0: another architecture or the heading; -1: malformed. */
static int read_row(char *line, int number, const char *target, struct row *r, const char *path,
                    struct error *e)
{
    char *field[8] = {0};
    int n = 0;
    for (char *f; n < 8 && (f = strsep(&line, "\t"));)
        field[n++] = f;
    if (n < 7)
        return error_set(e, path, number, "expected 7 columns, found %d", n), -1;
    if (strcmp(field[0], target) != 0)
        return 0;
    *r = (struct row){.line = number,
                      .seq = atoi(field[1]),
                      .prog = field[2],
                      .start = (uint32_t)atoi(field[3]),
                      .end = (uint32_t)atoi(field[4]),
                      .value = atoi(field[6]),
                      .why = field[7]};
    size_t digits = strlen(field[5]);
    r->n_bytes = (uint32_t)(digits / 2);
    if (digits % 2 || r->n_bytes > sizeof r->bytes || r->n_bytes == 0 || r->end - r->start != r->n_bytes)
        return error_set(e, path, number, "the bytes do not match start and end"), -1;
    for (uint32_t k = 0; k < r->n_bytes; k++) {
        unsigned byte;
        if (sscanf(field[5] + 2 * k, "%2x", &byte) != 1)
            return error_set(e, path, number, "bytes that are not hexadecimal digits"), -1;
        r->bytes[k] = (uint8_t)byte;
    }
    return 1;
}

static bool is_literal(const struct row *r)
{
    return strncmp(r->prog, "WORD", 4) == 0 || strncmp(r->prog, "DWORD", 5) == 0;
}

/* A Prog whose bytes are the assembler's own: its pool, or the branch to itself in front of it. */
static bool is_data(const struct row *r)
{
    return is_literal(r) || strstr(r->prog, " 0(PC)") != NULL;
}

/* Why a row can't run on its own, or null. */
static const char *unrunnable(const struct asm_arch *arch, const struct row *r, struct program *p)
{
    if (is_data(r))
        return "data, not code";
    if (strstr(r->prog, "(SB)"))
        return "its address is the linker's; its own assembly is among the cases";
    struct prog *q = &p->progs[0];
    const char *why = arch->unrunnable ? arch->unrunnable(q) : NULL;
    if (why)
        return why;
    struct error ignored;
    struct prog looked = *q;
    if (q->n_args == 0 || !oplook(arch, &looked, &ignored))
        return NULL;
    q->entry = looked.entry;
    if (!(q->entry->flags & IS_BRANCH))
        return NULL;
    const struct operand *to = &q->arg[q->n_args - 1];
    if ((to->kind != OPERAND_MEM && to->kind != OPERAND_REG) || !program_leave_through(arch, p, to->reg))
        return "it branches out of the row";
    return NULL;
}

/* The literals of an architecture's rows: the data at their end, that some of the rows before read. */
struct pool {
    uint8_t bytes[1024];
    uint32_t start, n;
};

static void collect_pool(const struct asm_arch *arch, const char *path, struct pool *pool)
{
    struct error none;
    char *text = read_file(path, &none), *rest = text;
    *pool = (struct pool){0};
    for (char *line; text && (line = strsep(&rest, "\n"));) {
        struct row r;
        if (!*line || read_row(line, 0, arch->target->name, &r, path, &none) <= 0 || !is_literal(&r) ||
            pool->n + r.n_bytes > sizeof pool->bytes)
            continue;
        if (!pool->n)
            pool->start = r.start;
        memcpy(pool->bytes + pool->n, r.bytes, r.n_bytes);
        pool->n += r.n_bytes;
    }
    free(text);
}

/* The text of the holes.tsv beside `path`; empty where there is none, or `path` is it. */
static char *read_holes(const char *path)
{
    char holes[512];
    const char *slash = strrchr(path, '/');
    snprintf(holes, sizeof holes, "%.*sholes.tsv", slash ? (int)(slash + 1 - path) : 0, path);
    struct error none;
    char *text = strcmp(holes, path) == 0 ? NULL : read_file(holes, &none);
    return text ? text : calloc(1, 1);
}

/* Why a row is known to be marked wrongly, or null. Lines of `holes` are found, not taken apart. */
static const char *hole(const char *holes, const struct asm_arch *arch, const struct row *r, char *why,
                        size_t n)
{
    char key[MAX_LINE];
    snprintf(key, sizeof key, "%s\t%d\t", arch->target->name, r->seq);
    for (const char *line = holes; line && *line; line = strchr(line, '\n') ? strchr(line, '\n') + 1 : NULL) {
        if (strncmp(line, key, strlen(key)) != 0)
            continue;
        const char *field = line;
        for (int k = 0; k < 7 && field; k++)
            field = strchr(field, '\t') ? strchr(field, '\t') + 1 : NULL;
        snprintf(why, n, "a known unsound mark: %.*s", field ? (int)strcspn(field, "\n") : 0,
                 field ? field : "");
        return why;
    }
    return NULL;
}

bool read_go_rows(const struct asm_arch *arch, const char *path, program_sink *sink, skip_sink *skip,
                  void *context, struct error *e)
{
    struct disasm *d = disasm_open(arch, e);
    if (!d)
        return false;
    struct pool pool;
    collect_pool(arch, path, &pool);
    char *text = read_file(path, e), *rest = text, *holes = read_holes(path);
    struct program *p = calloc(1, sizeof *p);
    bool ok = text && p && holes;
    int number = 0;
    for (char *line; ok && (line = strsep(&rest, "\n"));) {
        struct row r;
        number++;
        int got = *line ? read_row(line, number, arch->target->name, &r, path, e) : 0;
        ok = got >= 0;
        if (got <= 0)
            continue;
        char what[MAX_LINE + 32], name[MAX_LINE + 16], reason[200];
        snprintf(what, sizeof what, "go.%d %s", r.seq, r.prog);
        *p = (struct program){.file = path,
                              .line = number,
                              .kind = PROGRAM_BYTES,
                              .fragment = true,
                              .bytes = r.bytes,
                              .n_bytes = r.n_bytes};
        struct error ignored;
        struct prog *q = &p->progs[0];
        if (!parse_prog(arch, r.prog, path, number, q, &ignored))
            snprintf(q->text, sizeof q->text, "%s", r.prog);
        const char *why = unrunnable(arch, &r, p);
        bool in_slot = false;
        if (!why)
            why = hole(holes, arch, &r, reason, sizeof reason);
        if (!why && !disasm_prog(d, r.bytes, r.n_bytes, r.start, q, &in_slot))
            why = "capstone does not know its instructions";
        if (why) {
            skip(context, what, why);
            continue;
        }
        if (pool.n && pool.start >= r.end) {
            p->pool = pool.bytes;
            p->n_pool = pool.n;
            p->pool_from_entry = pool.start - r.start;
        }
        q->size = r.n_bytes;
        q->value = r.value;
        p->n_progs = 1;
        p->code_size = r.n_bytes;
        snprintf(name, sizeof name, "%d_%s", r.seq, r.prog);
        program_name(p, "go", name);
        ok = program_place(arch, p, e) && sink(context, p, e);
    }
    disasm_close(d);
    free(p);
    free(holes);
    free(text);
    return ok;
}

/* Go lists a branch and the NOOP in its delay slot as two Progs; ours is one with both. Takes the slot from
 * each branch whose row, of `size` bytes, does not hold it, and lays the Progs out again. */
static void part_delay_slots(struct program *p, const uint32_t *size)
{
    uint32_t pc = 0;
    for (int k = 0; k < p->n_progs; k++) {
        struct prog *q = &p->progs[k];
        const struct insn *last = &q->insn[q->n_insns - 1];
        if (last->in_delay_slot && q->size == size[k] + last->size && k + 1 < p->n_progs) {
            q->size -= last->size;
            q->n_insns--;
        }
        q->pc = pc;
        pc += q->size;
    }
}

bool read_go_listing(const struct asm_arch *arch, const char *path, struct program *p, struct error *e)
{
    uint32_t size[MAX_PROGS] = {0};
    char *text = read_file(path, e), *rest = text;
    if (!text)
        return false;
    *p = (struct program){.file = path, .line = 1};
    literals_begin("g");
    bool ok = true;
    int number = 0;
    for (char *line; ok && (line = strsep(&rest, "\n"));) {
        struct row r;
        number++;
        int got = *line ? read_row(line, number, arch->target->name, &r, path, e) : 0;
        ok = got >= 0;
        if (got <= 0 || is_literal(&r))
            continue;
        ok = program_add_prog(arch, p, r.prog, path, r.seq, e);
        if (ok) {
            p->progs[p->n_progs - 1].pc = r.start;
            size[p->n_progs - 1] = r.n_bytes;
        }
    }
    free(text);
    ok = ok && program_assemble(arch, p, e);
    if (ok && arch->target->has_delay_slots)
        part_delay_slots(p, size);
    if (ok && p->progs[p->n_progs - 1].size < size[p->n_progs - 1])
        p->progs[p->n_progs - 1].size = size[p->n_progs - 1]; /* the padding before the pool is its own */
    if (ok)
        snprintf(p->name, sizeof p->name, "go-listing");
    return ok;
}
