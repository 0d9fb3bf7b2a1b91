/* Listings of sound and faulty Go functions (planted.h). */
#include "planted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct planted *p;
    unsigned quantum;
    bool big_endian, in_fault, changed;
};

/* ---- a line ---- */

static bool read_code(const struct reader *r, const char *text, struct planted_insn *insn)
{
    size_t n = strlen(text) / 2;
    if (n == 0 || strlen(text) % 2 || n > sizeof insn->code || n % r->quantum || (r->quantum == 4 && n != 4))
        return false;
    for (size_t i = 0; i < n; i++) {
        unsigned byte;
        if (sscanf(text + 2 * i, "%2x", &byte) != 1)
            return false;
        insn->code[r->quantum == 4 && !r->big_endian ? n - 1 - i : i] = (uint8_t)byte;
    }
    insn->size = (uint8_t)n;
    return true;
}

static bool read_points(const char *text, int8_t point[2])
{
    static const char letters[] = "su345"; /* -1 to -5 */
    for (int i = 0; i < 2; i++) {
        const char *c = strchr(letters, text[i && text[1] ? 1 : 0]);
        if (!c)
            return false;
        point[i] = (int8_t)(letters - c - 1);
    }
    return strlen(text) <= 2;
}

static bool read_deltas(const char *text, struct planted_insn *insn)
{
    char *end;
    insn->no_delta = strcmp(text, "-") == 0;
    if (insn->no_delta)
        return true;
    insn->delta[0] = insn->delta[1] = (int32_t)strtol(text, &end, 10);
    if (*end == '/')
        insn->delta[1] = (int32_t)strtol(end + 1, &end, 10);
    return end != text && *end == 0;
}

static const char *read_insn(struct reader *r, const char *line)
{
    struct planted *p = r->p;
    struct planted_insn insn = {0};
    char code[32], points[4], deltas[24];
    if (p->n_funcs == 0)
        return "code before the first function";
    if (sscanf(line, "%x %31s %3s %23s", &insn.offset, code, points, deltas) != 4 ||
        !read_code(r, code, &insn) || !read_points(points, insn.point) || !read_deltas(deltas, &insn))
        return "not an instruction: offset, code, point, delta, text";
    if (!r->in_fault) {
        struct planted_code *c = &p->func[p->n_funcs - 1].code;
        uint32_t end = c->n ? c->insn[c->n - 1].offset + c->insn[c->n - 1].size : 0;
        if (c->n == PLANTED_INSNS || insn.offset != end)
            return "an offset that is not the last instruction's end, or too many instructions";
        c->insn[c->n++] = insn;
        return NULL;
    }
    struct planted_code *c = &p->fault[p->n_faults - 1].code;
    for (int i = 0; i < c->n; i++)
        if (c->insn[i].offset == insn.offset) {
            r->changed |= memcmp(&c->insn[i], &insn, sizeof insn) != 0;
            c->insn[i] = insn;
            return NULL;
        }
    return "no instruction at this offset";
}

/* Behind a key word. */
static bool take(char *to, size_t n, const char *from)
{
    return *from && !*to && (size_t)snprintf(to, n, "%s", from) < n;
}

static const char *begin_function(struct reader *r, const char *name)
{
    struct planted *p = r->p;
    if (p->n_funcs == PLANTED_FUNCS)
        return "too many functions";
    r->in_fault = false;
    return take(p->func[p->n_funcs++].name, sizeof p->func->name, name) ? NULL : "a function without a name";
}

static const char *begin_fault(struct reader *r, const char *what)
{
    struct planted *p = r->p;
    if (p->n_funcs == 0 || p->n_faults == PLANTED_FAULTS)
        return "a fault before the first function, or too many";
    struct planted_fault *f = &p->fault[p->n_faults++];
    f->func = p->n_funcs - 1;
    f->code = p->func[f->func].code;
    r->in_fault = true;
    r->changed = false;
    return take(f->what, sizeof f->what, what) ? NULL : "a fault that says not what it is";
}

static const char *end_fault(struct reader *r, const char *finds)
{
    struct planted *p = r->p;
    if (!r->in_fault || !r->changed)
        return "no fault, or one that changes nothing";
    return take(p->fault[p->n_faults - 1].finds, sizeof p->fault->finds, finds) ? NULL
                                                                                : "nothing that it finds";
}

static const char *read_line(struct reader *r, const char *line)
{
    struct planted *p = r->p;
    int at = 0;
    char word[16];
    if (*line == 0 || *line == '#')
        return NULL;
    if (*line == ' ')
        return read_insn(r, line);
    if (sscanf(line, "%15s %n", word, &at) != 1 || at == 0)
        return "not understood";
    if (p->n_faults && !p->fault[p->n_faults - 1].finds[0] && strcmp(word, "finds") != 0)
        return "the fault before it finds nothing";
    if (strcmp(word, "targets") == 0)
        return take(p->targets, sizeof p->targets, line + at) ? NULL : "no targets, or twice";
    if (strcmp(word, "lost") == 0)
        return take(p->lost, sizeof p->lost, line + at) ? NULL : "nothing lost, or twice";
    if (strcmp(word, "function") == 0)
        return begin_function(r, line + at);
    if (strcmp(word, "fault") == 0)
        return begin_fault(r, line + at);
    if (strcmp(word, "finds") == 0)
        return end_fault(r, line + at);
    return "not understood";
}

/* ---- a file ---- */

bool planted_is_for(const char *path, const char *target)
{
    char line[PLANTED_TEXT + 16], *save;
    FILE *f = fopen(path, "r");
    bool is = false;
    while (f && fgets(line, sizeof line, f)) {
        if (strncmp(line, "targets ", 8) != 0)
            continue;
        for (char *word = strtok_r(line + 8, " \n", &save); word; word = strtok_r(NULL, " \n", &save))
            is |= strcmp(word, target) == 0;
    }
    if (f)
        fclose(f);
    return is;
}

bool planted_read(const char *path, unsigned quantum, bool big_endian, struct planted *p, char *error,
                  size_t n)
{
    struct reader r = {.p = p, .quantum = quantum, .big_endian = big_endian};
    char line[200];
    const char *wrong = NULL;
    int number = 0;
    FILE *f = fopen(path, "r");
    memset(p, 0, sizeof *p);
    if (!f)
        wrong = "can't be read";
    while (!wrong && fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = 0;
        wrong = read_line(&r, line);
    }
    if (!wrong && (!p->n_faults || !p->fault[p->n_faults - 1].finds[0] || !*p->targets || !*p->lost))
        wrong = "no targets, nothing lost, no fault, or one that finds nothing";
    if (f)
        fclose(f);
    if (wrong)
        snprintf(error, n, "%s:%d: %s", path, number, wrong);
    return !wrong;
}

/* ---- Go's encoding ---- */

struct encoder {
    uint8_t *bytes;
    uint32_t n, quantum, from; /* from: where the last run begins */
    int32_t before, value;     /* of the run before it and of the last run */
};

static void put_varint(struct encoder *e, uint32_t v)
{
    for (; v >= 0x80; v >>= 7)
        e->bytes[e->n++] = (uint8_t)(v | 0x80);
    e->bytes[e->n++] = (uint8_t)v;
}

static void end_run(struct encoder *e, uint32_t at)
{
    if (at == e->from)
        return;
    int32_t change = (int32_t)((uint32_t)e->value - (uint32_t)e->before);
    put_varint(e, (uint32_t)change << 1 ^ (uint32_t)(change >> 31));
    put_varint(e, (at - e->from) / e->quantum);
    e->before = e->value;
    e->from = at;
}

static void put_value(struct encoder *e, uint32_t at, int32_t value)
{
    if (value == e->value)
        return;
    end_run(e, at);
    e->value = value;
}

void planted_encode(const struct planted_code *code, unsigned quantum, struct planted_bytes *out)
{
    const struct planted_insn *first = &code->insn[0];
    struct encoder points = {
        .bytes = out->points, .quantum = quantum, .before = -1, .value = first->point[0]};
    struct encoder deltas = {
        .bytes = out->deltas, .quantum = quantum, .before = -1, .value = first->delta[0]};
    uint32_t at = 0, end_deltas = 0;
    bool all_safe = true;
    for (int i = 0; i < code->n; i++) {
        const struct planted_insn *insn = &code->insn[i];
        memcpy(out->code + at, insn->code, insn->size);
        for (int k = 0; k < 2; k++) {
            uint32_t from = k == 0 ? at : at + insn->size - quantum;
            put_value(&points, from, insn->point[k]);
            if (!insn->no_delta)
                put_value(&deltas, from, insn->delta[k]);
            all_safe &= insn->point[k] == -1;
        }
        at += insn->size;
        if (!insn->no_delta)
            end_deltas = at;
    }
    end_run(&points, at);
    end_run(&deltas, end_deltas);
    put_varint(&points, 0);
    put_varint(&deltas, 0);
    out->n_code = at;
    out->n_points = all_safe ? 0 : points.n;
    out->n_deltas = end_deltas ? deltas.n : 0;
}
