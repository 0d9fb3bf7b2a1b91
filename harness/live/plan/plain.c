#include "plain.h"

#include <fnmatch.h>
#include <gelf.h>
#include <stdlib.h>
#include <string.h>

#include "go/binary/relocs.h"
#include "reading.h"

/* What follows a call of these is not executed, and may be data. Behind a call of a shared library nothing is
 * known. */
static bool never_returns(void *context, uint64_t address)
{
    static const char *const names[] = {
        "abort",   "exit",       "_exit",         "__assert_fail", "__stack_chk_fail", "__chk_fail",
        "longjmp", "siglongjmp", "__longjmp_chk", "__libc_fatal",  "pthread_exit",     "__cxa_throw"};
    const struct plain *p = context;
    const struct symbol *s = symbols_at(&p->symbols, address);
    for (; s && s < p->symbols.all + p->symbols.n && s->entry == address; s++)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (strcmp(s->name, names[i]) == 0)
                return true;
    return false;
}

static const uint8_t *constant(void *context, uint64_t address, size_t n)
{
    const struct plain *p = context;
    return image_bytes(&p->image, address, n);
}

bool plain_open(struct plain *p, const char *path, struct error *e)
{
    *p = (struct plain){.decoder = NULL};
    if (image_open_elf(&p->image, path, e) && image_read_relocs(&p->image, e) &&
        symbols_read(&p->image, &p->symbols, e) && (p->decoder = decoder_open(p->image.target->name, e))) {
        p->cfg = cfg_new(decoder_arch(p->decoder));
        p->around = (struct surroundings){.context = p,
                                          .never_returns = never_returns,
                                          .constant = constant,
                                          .big_endian = p->image.target->big_endian};
        if (p->cfg)
            return true;
        error_set(e, path, 0, "out of memory");
    }
    plain_close(p);
    return false;
}

void plain_close(struct plain *p)
{
    cfg_free(p->cfg);
    if (p->decoder)
        decoder_close(p->decoder);
    symbols_free(&p->symbols);
    image_close(&p->image);
}

static void graph(struct plain *p, const struct symbol *s)
{
    struct gobin_func f = {.name = s->name,
                           .entry = s->entry,
                           .end = s->end,
                           .code = image_bytes(&p->image, s->entry, s->end - s->entry)};
    cfg_build(p->cfg, p->decoder, &f, &p->around);
}

/* ---- which functions ---- */

static bool has_interpreter(const struct image *img)
{
    size_t n;
    GElf_Phdr header;
    if (elf_getphdrnum(img->elf, &n) != 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (gelf_getphdr(img->elf, (int)i, &header) && header.p_type == PT_INTERP)
            return true;
    return false;
}

static bool is_of_start_files(const char *name)
{
    static const char *const names[] = {"deregister_tm_clones", "register_tm_clones", "frame_dummy",
                                        "call_weak_fn"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return *name == '_' && name[1] != 'Z' && name[1] != 'R'; /* C++ and Rust mangle names so */
}

static bool is_chosen(const struct plan_options *o, const char *name)
{
    for (const char *const *glob = o->functions; *glob; glob++)
        if (fnmatch(*glob, name, 0) == 0)
            return true;
    return !*o->functions && !is_of_start_files(name);
}

const struct symbol *plain_at(struct plain *p, const char *at, uint64_t *pc, struct error *e)
{
    size_t length;
    uint64_t offset;
    if (!reading_place(at, &length, &offset, e))
        return NULL;
    const struct symbol *s = symbols_named(&p->symbols, at, length);
    if (!s || offset >= s->end - s->entry || s->foreign) {
        error_set(e, at, 0,
                  s && s->foreign ? "that function is not in the target's own instruction set"
                                  : "no such function, or it is shorter");
        return NULL;
    }
    *pc = s->entry + offset;
    graph(p, s);
    return s;
}

/* ---- the plan ---- */

/* Leaves out the PCs that overlap some bytes. */
static void drop(struct plan *out, size_t first, uint64_t at, uint64_t size)
{
    size_t kept = first;
    for (size_t i = first; i < out->n; i++) {
        const struct shots_pc *pc = &out->pcs[i];
        if (pc->pc + pc->size > at && pc->pc < at + size)
            continue;
        out->pcs[kept++] = *pc;
    }
    out->n = kept;
}

/* Leaves out what some instruction of the function loads as a literal: control may only seem to reach it,
 * behind a call that does not return. */
static void drop_literals(const struct cfg *cfg, struct plan *out, size_t first)
{
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        for (int m = 0; m < insn->fx.n_mem && !insn->swept; m++) {
            const struct effect_mem *mem = &insn->fx.mem[m];
            if (mem->load && mem->base == NO_UNIT && mem->index == NO_UNIT)
                drop(out, first, (uint64_t)mem->disp, mem->size);
        }
    }
}

static bool add(struct plain *p, const struct symbol *s, const struct choice *c, struct plan *out)
{
    size_t first = out->n;
    graph(p, s);
    if (!plan_add_graph(out, p->cfg, c))
        return false;
    drop_literals(p->cfg, out, first);
    out->functions[out->n_functions++] = (uint32_t)(s - p->symbols.all);
    return true;
}

static bool add_chosen(struct plain *p, const struct plan_options *o, const struct choice *c,
                       struct plan *out)
{
    uint64_t end = 0; /* functions under several names, and what lies in another one, come once */
    for (const struct symbol *s = p->symbols.all; s < p->symbols.all + p->symbols.n; s++) {
        if (s->entry < end || !is_chosen(o, s->name))
            continue;
        end = s->end;
        p->foreign += s->foreign;
        if (!s->foreign && !add(p, s, c, out))
            return false;
    }
    return true;
}

/* Or null. */
static const char *first_at(const struct plan_options *o)
{
    return o->at ? o->at[0] : NULL;
}

static bool nothing(const struct plain *p, const struct plan_options *o, struct error *e)
{
    if (p->foreign)
        return error_set(e, p->image.name, 0,
                         "%zu functions are in another instruction set than %s's own (Thumb, say)",
                         p->foreign, p->image.target->name);
    return error_set(e, p->image.name, 0,
                     first_at(o) ? "no instruction begins at the PC of --at"
                                 : "it has no function that was asked for");
}

bool plain_plan(struct plain *p, const struct plan_options *o, struct plan *out, struct error *e)
{
    uint64_t only;
    struct choice choice = {.fire = true, .only = &only, .n_only = first_at(o) != NULL, .options = o};
    const struct symbol *at = NULL;
    *out = (struct plan){.head = plan_head(o)};
    if (choice.n_only && o->at[1])
        return error_set(e, p->image.name, 0, "with a plain signal, one --at is all there can be");
    if (choice.n_only && !(at = plain_at(p, o->at[0], &only, e)))
        return false;
    if (!at && !*o->functions && !has_interpreter(&p->image))
        return error_set(e, p->image.name, 0,
                         "the C library is part of it: say which functions are yours, with "
                         "--func GLOB");
    out->functions = calloc(p->symbols.n + 1, sizeof *out->functions);
    p->foreign = 0;
    bool ok = out->functions && (at ? add(p, at, &choice, out) : add_chosen(p, o, &choice, out));
    if (!ok || !out->to_fire) {
        plan_free(out);
        return ok ? nothing(p, o, e) : error_set(e, p->image.name, 0, "out of memory");
    }
    plan_close(out);
    return true;
}
