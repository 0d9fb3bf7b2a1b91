#include "reading.h"

#include <stdlib.h>
#include <string.h>

#include "go/flow/noreturn.h"
#include "go/flow/points.h"

static bool never_returns(void *context, uint64_t address)
{
    const struct reading *r = context;
    struct gobin_func f;
    size_t i = gobin_find(r->bin, address);
    if (i >= gobin_n_funcs(r->bin))
        return false;
    gobin_func(r->bin, i, &f);
    return never_returns_name(f.name);
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    const struct reading *r = context;
    return gobin_bytes(r->bin, address, n);
}

static const struct {
    const char *text;
    bool assembly;
} names[N_NAMES] = {
    [NAME_ASYNC_PREEMPT] = {"runtime.asyncPreempt", false},
    [NAME_GC] = {"runtime.GC", false},
    [NAME_CALLERS] = {"runtime.callers", false},
    [NAME_WAKEP] = {"runtime.wakep", false},
    [NAME_SCHEDULE] = {"runtime.schedule", false},
    [NAME_PREEMPTONE] = {"runtime.preemptone", false},
    [NAME_PREEMPTALL] = {"runtime.preemptall", false},
    [NAME_MAIN] = {"main.main", false},
    [NAME_TEST_RUNNER] = {"testing.tRunner", false},
    [NAME_SIGPROCMASK] = {"runtime.rtsigprocmask", true},
    [NAME_SIGACTION] = {"runtime.rt_sigaction", true},
    [NAME_CLONE] = {"runtime.clone", true},
    [NAME_CGO] = {"crosscall2", false},
};

const char *reading_name_text(enum reading_name name)
{
    return names[name].text;
}

/* In one pass over the functions, of which there are tens of thousands. */
static void find_named(struct reading *r)
{
    for (int n = 0; n < N_NAMES; n++)
        r->named[n] = SIZE_MAX;
    for (size_t i = 0; i < gobin_n_funcs(r->bin); i++) {
        struct gobin_func f;
        gobin_func(r->bin, i, &f);
        for (int n = 0; n < N_NAMES && f.code; n++)
            if (r->named[n] == SIZE_MAX && strcmp(f.name, names[n].text) == 0 &&
                (!names[n].assembly || f.filter == FILTER_ASM || f.filter == FILTER_NO_MAPS))
                r->named[n] = i;
    }
}

bool reading_open(const struct gobin *bin, struct reading *r, struct error *e)
{
    *r = (struct reading){.bin = bin, .decoder = decoder_open(gobin_target(bin), e)};
    if (!r->decoder)
        return false;
    r->cfg = cfg_new(decoder_arch(r->decoder));
    r->around = (struct surroundings){.context = r,
                                      .never_returns = never_returns,
                                      .constant = constant,
                                      .bin = bin,
                                      .big_endian = gobin_is_big_endian(bin)};
    find_named(r);
    if (r->cfg)
        return true;
    decoder_close(r->decoder);
    return error_set(e, gobin_path(bin), 0, "out of memory");
}

void reading_close(struct reading *r)
{
    cfg_free(r->cfg);
    decoder_close(r->decoder);
}

size_t reading_named(const struct reading *r, enum reading_name name, struct gobin_func *f)
{
    if (r->named[name] != SIZE_MAX)
        gobin_func(r->bin, r->named[name], f);
    return r->named[name];
}

void reading_graph(struct reading *r, const struct gobin_func *f)
{
    cfg_build(r->cfg, r->decoder, f, &r->around);
    points_read(r->cfg);
}

bool reading_place(const char *at, size_t *length, uint64_t *offset, struct error *e)
{
    const char *plus = strrchr(at, '+');
    char *end = NULL;
    *offset = plus ? strtoull(plus + 1, &end, 0) : 0;
    *length = plus ? (size_t)(plus - at) : 0;
    return (plus && end != plus + 1 && !*end) || error_set(e, at, 0, "not FUNCTION+0xOFFSET");
}

bool reading_at(const struct gobin *bin, const char *at, size_t *i, uint64_t *pc, struct error *e)
{
    char *end;
    size_t length;
    uint64_t offset;
    if (strncmp(at, "0x", 2) == 0) {
        *pc = strtoull(at, &end, 0);
        *i = gobin_find(bin, *pc);
        return (!*end && *i < gobin_n_funcs(bin)) || error_set(e, at, 0, "no function is there");
    }
    if (!reading_place(at, &length, &offset, e))
        return false;
    for (*i = 0; *i < gobin_n_funcs(bin); ++*i) {
        struct gobin_func f;
        gobin_func(bin, *i, &f);
        if (f.code && strlen(f.name) == length && strncmp(f.name, at, length) == 0 &&
            offset < f.end - f.entry) {
            *pc = f.entry + offset;
            return true;
        }
    }
    return error_set(e, at, 0, "no such function, or it is shorter");
}
