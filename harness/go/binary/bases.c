/* Since Go 1.18 what the tables say is relative to the start of the text and to go:func.*. Finds both: in the
 * header, by symbol, and in stripped binaries through moduledata (runtime/symtab.go of 1.19, 1.21, 1.26
 * and 1.27). */
#include "bases.h"

#include "funcs.h"
#include "relocs.h"

/* Words of moduledata that are the same in all versions since 1.18. gofunc comes later and has moved: 38,
 * 40, 43. */
enum { MODULE_NAMES = 1, MODULE_TEXT = 22, MODULE_GO_FUNC_FIRST = 30, MODULE_GO_FUNC_LAST = 60 };
enum { N_SAMPLES = 64 };

static bool module_word(const struct gobin *bin, uint64_t module, unsigned word, uint64_t *v)
{
    return image_pointer(&bin->image, module + word * bin->image.pointer, v);
}

/* Its first word points to pcHeader, which anything may do, its second to funcnametab. */
static bool is_module(const void *context, uint64_t address)
{
    const struct gobin *bin = context;
    const struct pclntab *t = &bin->tables;
    uint64_t header, names;
    return module_word(bin, address, 0, &header) && header == t->address &&
           module_word(bin, address, MODULE_NAMES, &names) &&
           names == t->address + (uint64_t)(t->names.bytes - t->all.bytes);
}

static bool find_module(const struct gobin *bin, uint64_t *module)
{
    uint64_t size;
    return (image_symbol(&bin->image, "runtime.firstmoduledata", module, &size) && is_module(bin, *module)) ||
           image_find_pointer(&bin->image, bin->tables.address, is_module, bin, module);
}

static bool find_text(struct gobin *bin, uint64_t *module, struct error *e)
{
    const struct pclntab *t = &bin->tables;
    uint64_t size;
    /* 0 since Go 1.26. */
    bin->text = t->text_start;
    if (bin->text == 0 && !image_symbol(&bin->image, "runtime.text", &bin->text, &size) &&
        !(find_module(bin, module) && module_word(bin, *module, MODULE_TEXT, &bin->text)))
        return error_set(
            e, bin->path, 0,
            ".gopclntab has no textStart (at +0x%x), and there is neither runtime.text nor moduledata",
            8 + t->layout->text_start * t->pointer);
    if (!image_is_code(&bin->image, bin->text + pclntab_entry(t, 0)))
        return error_set(e, bin->path, 0, ".gopclntab: no code at the first function's entry, 0x%llx",
                         (unsigned long long)(bin->text + pclntab_entry(t, 0)));
    return true;
}

/* Whether go:func.* could be at `base`: the inlining trees that are there then name functions. */
static bool could_be_go_func(const struct gobin *bin, uint64_t base)
{
    const struct pclntab *t = &bin->tables;
    int seen = 0;
    for (uint64_t i = 0; i < t->n && seen < N_SAMPLES; i++) {
        uint64_t offset, name = 0, pc = 0;
        if (!func_inl_offset(bin, i, &offset))
            continue;
        seen++;
        struct span tree = image_at(&bin->image, base + offset);
        /* A name begins where another ends, and the call's position is inside the function. */
        if (!span_read(&tree, t->layout->inl_name, 4, &name) ||
            !span_read(&tree, t->layout->inl_pc, 4, &pc) ||
            pc >= pclntab_entry(t, i + 1) - pclntab_entry(t, i) || name == 0 ||
            !span_string(&t->names, name) || t->names.bytes[name - 1] != 0 || t->names.bytes[name] == 0)
            return false;
    }
    return seen > 0;
}

static bool find_go_func(struct gobin *bin, uint64_t module, struct error *e)
{
    uint64_t size;
    if (image_symbol(&bin->image, "go:func.*", &bin->go_func, &size) ||
        image_symbol(&bin->image, "go.func.*", &bin->go_func, &size))
        return true;
    if (!module && !find_module(bin, &module))
        return error_set(e, bin->path, 0,
                         "funcdata can't be found: there is neither a symbol go:func.* nor a moduledata that "
                         "points to .gopclntab");
    for (unsigned word = MODULE_GO_FUNC_FIRST; word <= MODULE_GO_FUNC_LAST; word++)
        if (module_word(bin, module, word, &bin->go_func) && bin->go_func &&
            could_be_go_func(bin, bin->go_func))
            return true;
    return error_set(
        e, bin->path, 0,
        "funcdata can't be found: nothing in moduledata (0x%llx) points to inlining trees with names",
        (unsigned long long)module);
}

bool find_bases(struct gobin *bin, struct error *e)
{
    uint64_t module = 0;
    return !bin->tables.layout->relative || (find_text(bin, &module, e) && find_go_func(bin, module, e));
}
