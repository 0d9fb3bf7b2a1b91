/* A function's tables. After runtime/symtab.go (funcdata, pcdatastart, pcvalue) of Go 1.15, 1.19, 1.21
 * and 1.27; the layouts differ only in numbers (layouts.c). */
#include "funcs.h"

#include <stdio.h>

#include "buildinfo.h"
#include "filter.h"
#include "relocs.h"

enum { PCDATA_UNSAFE_POINT = 0, FUNCDATA_LOCALS_MAPS = 1, FLAG_ASM = 4 };
enum { FIRST_PREEMPTIVE = 14 }; /* the first Go 1.x that preempts by a signal */

size_t gobin_n_funcs(const struct gobin *bin)
{
    return bin->tables.n;
}

/* The numbers in a _func that follow its entry. */
struct func_fields {
    struct span at;
    uint64_t funcs_offset; /* of its entry, in the table of functions */
    uint64_t n_pcdata, n_funcdata;
    uint64_t funcdata; /* offset in `at` of the first */
};

static void damaged(struct gobin_func *f, const char *table, uint64_t at, const char *why)
{
    if (!*f->damage)
        snprintf(f->damage, sizeof f->damage, "%s at +0x%llx: %s", table, (unsigned long long)at, why);
}

static bool fields_of(const struct gobin *bin, size_t i, struct gobin_func *f, struct func_fields *x)
{
    const struct pclntab *t = &bin->tables;
    const struct layout *l = t->layout;
    x->funcs_offset = pclntab_func(t, i);
    uint64_t entry = l->relative ? 4 : t->pointer;
    if (x->funcs_offset < t->functab_end || !span_from(&t->funcs, x->funcs_offset, &x->at) ||
        x->at.size < entry + l->size) {
        damaged(f, "functab", 2 * i * t->field, "its _func lies outside the function table");
        return false;
    }
    span_from(&x->at, entry, &x->at);
    x->n_pcdata = span_get(&x->at, FUNC_N_PCDATA, 4);
    x->n_funcdata = span_get(&x->at, l->n_funcdata, 1);
    uint64_t past =
        entry + l->size + 4 * x->n_pcdata; /* entry included, since a pointer's alignment counts it */
    unsigned width = l->relative ? 4 : t->pointer;
    x->funcdata = (past + width - 1) / width * width - entry;
    if (x->at.size < x->funcdata + width * x->n_funcdata) {
        damaged(f, "_func", x->funcs_offset, "its pcdata and funcdata run past the table's end");
        return false;
    }
    return true;
}

struct pctab func_table(const struct gobin *bin, struct gobin_func *f, const char *name, uint64_t offset,
                        enum pctab_kind kind)
{
    const struct pclntab *t = &bin->tables;
    struct pctab tab = {.func_size = (uint32_t)(f->end - f->entry), .quantum = t->quantum, .kind = kind};
    struct span bytes;
    if (offset == 0)
        return tab;
    if (!span_from(&t->pctab, offset, &bytes) || bytes.size == 0) {
        damaged(f, name, offset, "it lies past the end of pctab");
        return tab;
    }
    struct pctab full = tab;
    full.bytes = bytes.bytes;
    full.length = bytes.size;
    enum pctab_error error = pctab_check(&full);
    if (error == PCTAB_OK)
        return full;
    damaged(f, name, offset, pctab_strerror(error));
    return tab;
}

static uint64_t pcdata(const struct gobin *bin, const struct func_fields *x, uint64_t i)
{
    return i < x->n_pcdata ? span_get(&x->at, bin->tables.layout->size + 4 * i, 4) : 0;
}

/* The address of a funcdata, 0 for none. */
static uint64_t funcdata(const struct gobin *bin, const struct func_fields *x, uint64_t i)
{
    const struct pclntab *t = &bin->tables;
    if (i >= x->n_funcdata)
        return 0;
    if (t->layout->relative) {
        uint64_t offset = span_get(&x->at, x->funcdata + 4 * i, 4);
        return offset == UINT32_MAX ? 0 : bin->go_func + offset;
    }
    uint64_t where = (uint64_t)(x->at.bytes - t->all.bytes) + x->funcdata + t->pointer * i, v = 0;
    image_pointer(&bin->image, t->address + where, &v);
    return v;
}

bool func_inl_offset(const struct gobin *bin, uint64_t i, uint64_t *offset)
{
    const struct layout *l = bin->tables.layout;
    struct gobin_func f = {0};
    struct func_fields x;
    if (!fields_of(bin, i, &f, &x) || l->inl_tree >= x.n_funcdata)
        return false;
    *offset = span_get(&x.at, x.funcdata + 4 * l->inl_tree, 4);
    return *offset != UINT32_MAX;
}

void find_no_pointers(struct gobin *bin)
{
    struct gobin_func f;
    uint64_t size;
    if (bin->tables.layout->relative ||
        image_symbol(&bin->image, "runtime.no_pointers_stackmap", &bin->no_pointers, &size))
        return;
    /* reflectcall's stubs are assembly that has it, in every binary. */
    for (uint64_t i = 0; i < bin->tables.n && !bin->no_pointers; i++) {
        gobin_func(bin, i, &f);
        if (strcmp(f.name, "runtime.call32") == 0)
            bin->no_pointers = f.locals_maps;
    }
}

/* Between text sections functab has gaps: they hold no function, only what the linker put there. */
static bool is_gap(const struct pclntab *t, uint64_t i)
{
    return !t->layout->relative && pclntab_func(t, i) == (t->field == 8 ? UINT64_MAX : UINT32_MAX);
}

/* Symbols that the linker puts among the functions for their addresses: what lies behind them is padding, or
 * a build ID, which only ELF has a note for (cmd/link/internal/ld, data.go and symtab.go; "go." until 1.19).
 * They have no tables. */
static bool is_marker(const struct gobin_func *f)
{
    static const char *const names[] = {"go:textfipsstart", "go:textfipsend", "go:buildid",
                                        "go.buildid",       "runtime.text",   "runtime.etext"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(f->name, names[i]) == 0)
            return f->sp_delta.length == 0 && f->locals_maps == 0;
    return false;
}

/* In Go 1.14 the index of a register map is in the same table; every one but -2 is safe. */
static bool has_register_maps(const struct gobin *bin)
{
    return bin->minor == FIRST_PREEMPTIVE;
}

static enum gobin_filter filter_of(const struct gobin *bin, const struct gobin_func *f)
{
    if (bin->minor >= 0 && bin->minor < FIRST_PREEMPTIVE)
        return FILTER_VERSION;
    if (f->flags & FLAG_ASM || (bin->no_pointers && f->locals_maps == bin->no_pointers))
        return FILTER_ASM;
    if (!f->locals_maps)
        return FILTER_NO_MAPS;
    return is_runtime_name(bin, f->name) ? FILTER_RUNTIME : FILTER_NONE;
}

void gobin_func(const struct gobin *bin, size_t i, struct gobin_func *f)
{
    const struct pclntab *t = &bin->tables;
    struct func_fields x;
    *f = (struct gobin_func){.name = ""};
    f->entry = bin->text + pclntab_entry(t, i);
    f->end = bin->text + pclntab_entry(t, i + 1);
    if (f->end - f->entry > UINT32_MAX) {
        damaged(f, "functab", 2 * i * t->field, "a function of more than 4 GB");
        f->end = f->entry;
    }
    f->code = image_bytes(&bin->image, f->entry, f->end - f->entry);
    f->filter = FILTER_NO_MAPS;
    struct pctab none = {
        .func_size = (uint32_t)(f->end - f->entry), .quantum = t->quantum, .kind = PCTAB_ANY};
    f->sp_delta = f->unsafe_point = f->inl_index = none;
    if (is_gap(t, i)) {
        f->code = NULL;
        return;
    }
    if (!fields_of(bin, i, f, &x))
        return;
    const char *name = span_string(&t->names, span_get(&x.at, FUNC_NAME, 4));
    if (name)
        f->name = name;
    else
        damaged(f, "_func", x.funcs_offset, "its name lies past the end of funcnametab");
    const struct layout *l = t->layout;
    f->args = (uint32_t)span_get(&x.at, FUNC_ARGS, 4);
    f->func_id = (uint8_t)span_get(&x.at, l->id, 1);
    f->flags = l->flag ? (uint32_t)span_get(&x.at, l->flag, 1) : 0;
    f->pcfile = (uint32_t)span_get(&x.at, FUNC_PCFILE, 4);
    f->pcln = (uint32_t)span_get(&x.at, FUNC_PCLN, 4);
    f->unit = l->units ? (uint32_t)span_get(&x.at, FUNC_UNIT, 4) : 0;
    f->locals_maps = funcdata(bin, &x, FUNCDATA_LOCALS_MAPS);
    f->filter = filter_of(bin, f);
    f->sp_delta = func_table(bin, f, "pcsp", span_get(&x.at, FUNC_PCSP, 4), PCTAB_ANY);
    if (f->filter == FILTER_VERSION) /* PCDATA and FUNCDATA had other numbers */
        return;
    f->inl_tree = funcdata(bin, &x, l->inl_tree);
    f->unsafe_point = func_table(bin, f, "PCDATA_UnsafePoint", pcdata(bin, &x, PCDATA_UNSAFE_POINT),
                                 has_register_maps(bin) ? PCTAB_ANY : PCTAB_UNSAFE_POINT);
    f->inl_index = func_table(bin, f, "PCDATA_InlTreeIndex", pcdata(bin, &x, l->inl_index), PCTAB_ANY);
    check_inlining(bin, f);
    if (is_marker(f))
        f->code = NULL;
}

size_t gobin_find(const struct gobin *bin, uint64_t address)
{
    const struct pclntab *t = &bin->tables;
    uint64_t at = address - bin->text;
    if (at < pclntab_entry(t, 0) || at >= pclntab_entry(t, t->n))
        return t->n;
    uint64_t low = 0, high = t->n; /* entry(low) <= at < entry(high) */
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if (pclntab_entry(t, middle) <= at)
            low = middle;
        else
            high = middle;
    }
    return is_gap(t, low) ? t->n : low;
}

bool gobin_scans_pushed_link(const struct gobin *bin)
{
    static const struct first_patch first[] = {{26, 10}, {27, 3}};
    return version_has(bin, first, 2);
}

bool gobin_obeys_restarts(const struct gobin *bin)
{
    return strcmp(bin->tables.layout->name, "1.2") != 0;
}
