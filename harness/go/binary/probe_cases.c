#include "probe_cases.h"

/* _func.flag, as Go has it. */
enum { FUNC_SP_WRITE = 2 };

/* Fields in the order of probe/case.h: pointers and 32-bit numbers, without padding. */
struct cursor {
    struct span at;
    uint64_t offset;
    unsigned pointer;
};

static uint64_t next(struct cursor *c, unsigned width)
{
    uint64_t v = span_get(&c->at, c->offset, width);
    c->offset += width;
    return v;
}

static struct cursor cursor(const struct probe_cases *p, uint64_t address)
{
    return (struct cursor){image_at(&p->image, address), 0, p->image.pointer};
}

static const char *string_at(const struct probe_cases *p, uint64_t address)
{
    struct span at = image_at(&p->image, address);
    const char *s = at.bytes ? span_string(&at, 0) : NULL;
    return s ? s : "";
}

/* The 32-bit number that a symbol names; 0 if there is none. */
static uint64_t number(const struct probe_cases *p, const char *name)
{
    uint64_t address, size;
    if (!image_symbol(&p->image, name, &address, &size))
        return 0;
    struct span at = image_at(&p->image, address);
    return span_get(&at, 0, 4);
}

bool probe_cases_open(struct probe_cases *p, const char *path, struct error *e)
{
    uint64_t size;
    *p = (struct probe_cases){0};
    if (!image_open_elf(&p->image, path, e))
        return false;
    if (!image_symbol(&p->image, "everypc_cases", &p->list, &size))
        return error_set(e, path, 0, "not a probe: it has no everypc_cases");
    if (!image_symbol(&p->image, "everypc_thread", &p->thread_cell, &size))
        p->thread_cell = 0;
    p->n = number(p, "everypc_n_cases");
    if (!image_bytes(&p->image, p->list, p->n * p->image.pointer))
        return error_set(e, path, 0, "a list of %zu cases that the file does not hold", p->n);
    if (image_symbol(&p->image, "everypc_predicates", &p->predicates, &size) &&
        image_symbol(&p->image, "everypc_alternatives", &p->alternatives, &size))
        p->n_alternatives = number(p, "everypc_n_alternatives");
    return true;
}

void probe_cases_close(struct probe_cases *p)
{
    image_close(&p->image);
}

const uint8_t *probe_cases_bytes(const struct probe_cases *p, uint64_t address, size_t n)
{
    return image_bytes(&p->image, address, n);
}

/* A table of the case; null bytes with a length if the file does not hold it. */
static struct pctab table(const struct probe_cases *p, uint64_t address, uint64_t length,
                          enum pctab_kind kind)
{
    return (struct pctab){.bytes = length ? image_bytes(&p->image, address, length) : NULL,
                          .length = length,
                          .quantum = p->image.target->case_quantum,
                          .kind = kind};
}

static bool is_sound(const struct pctab *t)
{
    return t->length == 0 || (t->bytes && pctab_check(t) == PCTAB_OK);
}

static bool read_case(const struct probe_cases *p, uint64_t address, struct probe_case *c, struct error *e)
{
    struct cursor at = cursor(p, address);
    unsigned word = p->image.pointer;
    *c = (struct probe_case){.func.name = string_at(p, next(&at, word))};
    c->source = string_at(p, next(&at, word));
    next(&at, word); /* code */
    c->func.entry = next(&at, word);
    c->func.end = next(&at, word);
    next(&at, word); /* leave */
    next(&at, word); /* limit */
    uint64_t points = next(&at, word), deltas = next(&at, word);
    next(&at, word); /* pcs */
    c->progs = next(&at, word);
    next(&at, word); /* inits */
    next(&at, word); /* expects */
    c->n_pcs = (uint32_t)next(&at, 4);
    c->n_progs = (uint32_t)next(&at, 4);
    next(&at, 4);
    next(&at, 4);
    c->func.unsafe_point = table(p, points, next(&at, 4), PCTAB_UNSAFE_POINT);
    c->func.sp_delta = table(p, deltas, next(&at, 4), PCTAB_ANY);
    c->func.unsafe_point.func_size = c->func.sp_delta.func_size = (uint32_t)next(&at, 4);
    c->flags = (unsigned)next(&at, 4);
    c->func.flags = c->flags & CASE_SP_WRITE ? FUNC_SP_WRITE : 0;
    if (c->func.end > c->func.entry)
        c->func.code = image_bytes(&p->image, c->func.entry, c->func.end - c->func.entry);
    if (!c->func.code || at.offset > at.at.size || !is_sound(&c->func.unsafe_point) ||
        !is_sound(&c->func.sp_delta))
        return error_set(e, p->image.name, 0, "case %s: code or tables that the file does not hold",
                         *c->func.name ? c->func.name : "without a name");
    return true;
}

bool probe_cases_get(const struct probe_cases *p, size_t i, struct probe_case *c, struct error *e)
{
    struct cursor at = cursor(p, p->list + i * p->image.pointer);
    return read_case(p, next(&at, p->image.pointer), c, e);
}

bool probe_cases_alternative(const struct probe_cases *p, size_t i, struct probe_case *c, const char **mutant,
                             struct error *e)
{
    unsigned word = p->image.pointer;
    /* case, table, progs; number of the predicate, length of the table */
    struct cursor at = cursor(p, p->alternatives + i * (3 * word + 8));
    uint64_t of = next(&at, word), points = next(&at, word);
    c->progs = next(&at, word);
    uint64_t predicate = next(&at, 4), length = next(&at, 4), progs = c->progs;
    if (!read_case(p, of, c, e))
        return false;
    uint32_t size = c->func.unsafe_point.func_size;
    c->progs = progs;
    c->func.unsafe_point = table(p, points, length, PCTAB_UNSAFE_POINT);
    c->func.unsafe_point.func_size = size;
    at = cursor(p, p->predicates + predicate * 2 * word);
    *mutant = string_at(p, next(&at, word));
    return is_sound(&c->func.unsafe_point) ||
           error_set(e, p->image.name, 0, "a predicate mutant's table that the file does not hold");
}

struct probe_prog probe_cases_prog(const struct probe_cases *p, const struct probe_case *c, uint32_t k)
{
    unsigned word = p->image.pointer;
    struct cursor at = cursor(p, c->progs + k * (3 * word + 8));
    struct probe_prog prog = {.text = string_at(p, next(&at, word))};
    next(&at, word); /* insns */
    prog.source = string_at(p, next(&at, word));
    prog.value = (int32_t)next(&at, 4);
    prog.offset = (uint32_t)next(&at, 4);
    return prog;
}

struct probe_prog probe_cases_prog_at(const struct probe_cases *p, const struct probe_case *c,
                                      uint32_t offset)
{
    struct probe_prog found = {.text = "", .source = ""};
    for (uint32_t k = 0; k < c->n_progs; k++) {
        struct probe_prog prog = probe_cases_prog(p, c, k);
        if (prog.offset > offset)
            break;
        found = prog;
    }
    return found;
}
