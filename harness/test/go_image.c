/* Go's tables in a binary that go_image.h describes. */
#include "go_image_parts.h"

#include <stdlib.h>
#include <string.h>

enum { CAPACITY = 1 << 20, MODULE_WORDS = 64, N_FUNCDATA = 5, N_PCDATA = 3 };

static const uint32_t magics[GO_LAYOUTS] = {0xfffffffb, 0xfffffffa, 0xfffffff0, 0xfffffff1, 0xfffffff1};

static const struct file_format *const formats[GO_FORMATS] = {&elf_file, &pe_file, &macho_file};

static void put_text(struct writer *w, const struct go_func *funcs, size_t n)
{
    align(w, 16);
    w->img.text = w->img.n;
    for (size_t i = 0; i < n; i++)
        put_bytes(w, funcs[i].code, funcs[i].size);
    w->end_text = w->img.n;
}

const char *const go_image_files[GO_FILES] = {"/home/u/main.go", "sort/sort.go"};

static bool is_inlining(const struct go_func *f)
{
    return f->inlined[0] != NULL;
}

/* go.func.*: a stack map, and the inlining trees, whose names are those behind the functions' own. */
static void put_go_func(struct writer *w, const struct go_func *funcs, size_t n,
                        const uint32_t inlined[][GO_MAX_INLINED])
{
    align(w, 8);
    w->no_pointers = w->img.n;
    put(w, 4, 2);
    put(w, 4, 0);
    w->img.go_func = w->img.n;
    put(w, 8, 0);
    w->stack_map = (uint32_t)(w->img.n - w->img.go_func);
    put(w, 4, 1);
    put(w, 4, 0);
    for (size_t i = 0; i < n; i++) {
        w->trees[i] = (uint32_t)(w->img.n - w->img.go_func);
        for (int k = 0; k < GO_MAX_INLINED && funcs[i].inlined[k]; k++) {
            bool is_new = w->img.options.layout >= GO_1_20;
            put(w, 4, 0); /* parent and funcID, or funcID */
            if (!is_new) {
                put(w, 4, 1);
                put(w, 4, 10);
            }
            put(w, 4, inlined[i][k]);
            put(w, 4, 0);
            if (is_new)
                put(w, 4, 10);
        }
    }
}

static size_t func_size(const struct writer *w)
{
    static const uint8_t fixed[GO_LAYOUTS] = {32, 36, 36, 40, 40};
    size_t n = (w->relative ? 4 : w->word) + fixed[w->img.options.layout] + 4 * N_PCDATA;
    unsigned data = w->relative ? 4 : w->word;
    return (n + data - 1) / data * data + N_FUNCDATA * data;
}

static void put_func(struct writer *w, const struct go_func *f, size_t i, size_t entry)
{
    enum go_layout layout = w->img.options.layout;
    if (w->relative)
        put(w, 4, entry);
    else
        put_pointer(w, w->img.text + entry);
    uint32_t head[] = {w->names[i], f->args, 0, w->tables[i][0], w->tables[i][3], w->tables[i][4], N_PCDATA};
    for (int k = 0; k < 7; k++)
        put(w, 4, head[k]);
    if (layout >= GO_1_16)
        put(w, 4, 1); /* cuOffset */
    if (layout >= GO_1_20)
        put(w, 4, 1); /* startLine */
    put(w, 1, f->id);
    put(w, 1, layout >= GO_1_16 ? f->flag : 0);
    put(w, 1, 0);
    put(w, 1, N_FUNCDATA);
    put(w, 4, w->tables[i][1]);
    put(w, 4, 0);
    put(w, 4, w->tables[i][2]);
    if (!w->relative && w->word == 8)
        align(w, 8);
    int tree = layout == GO_1_2 ? 4 : 3;
    for (int k = 0; k < N_FUNCDATA; k++) {
        bool is_maps = k == 1 && !f->no_maps, is_tree = k == tree && is_inlining(f);
        uint32_t offset = is_maps ? w->stack_map : w->trees[i];
        if (w->relative)
            put(w, 4, is_maps || is_tree ? offset : UINT32_MAX);
        else if (is_maps || is_tree)
            put_pointer(w, is_maps && f->no_pointers ? w->no_pointers : w->img.go_func + offset);
        else
            put(w, w->word, 0);
    }
}

static void put_functab(struct writer *w, const struct go_func *funcs, size_t n)
{
    unsigned field = w->relative ? 4 : w->word;
    size_t base = w->img.options.layout == GO_1_2 ? w->img.pclntab : w->img.functab, entry = 0;
    size_t func = w->img.functab + (2 * n + 1) * field + (w->img.options.layout == GO_1_2 ? 4 : 0);
    w->img.func = func = (func + 7) / 8 * 8;
    for (size_t i = 0; i <= n; i++) {
        if (w->relative)
            put(w, 4, entry);
        else
            put_pointer(w, w->img.text + entry);
        if (i == n)
            break;
        put(w, field, funcs[i].gap ? UINT64_MAX : func - base);
        entry += funcs[i].size;
        func += (func_size(w) + 7) / 8 * 8;
    }
    if (w->img.options.layout == GO_1_2)
        put(w, 4, w->units - w->img.pclntab);
    entry = 0;
    for (size_t i = 0; i < n; i++) {
        align(w, 8);
        put_func(w, &funcs[i], i, entry);
        entry += funcs[i].size;
    }
    align(w, 8);
}

static void put_names(struct writer *w, const struct go_func *funcs, size_t n,
                      uint32_t inlined[][GO_MAX_INLINED])
{
    w->img.names = w->img.n;
    size_t base = w->img.options.layout == GO_1_2 ? w->img.pclntab : w->img.names;
    put(w, 1, 0);
    for (size_t i = 0; i < n; i++) {
        w->names[i] = (uint32_t)(put_string(w, funcs[i].name) - base);
        for (int k = 0; k < GO_MAX_INLINED && funcs[i].inlined[k]; k++)
            inlined[i][k] = (uint32_t)(put_string(w, funcs[i].inlined[k]) - base);
    }
}

static void put_pctab(struct writer *w, const struct go_func *funcs, size_t n)
{
    w->img.pctab = w->img.n;
    size_t base = w->img.options.layout == GO_1_2 ? w->img.pclntab : w->img.pctab;
    put(w, 1, 0);
    for (size_t i = 0; i < n; i++) {
        const struct go_table *t[] = {&funcs[i].pcsp, &funcs[i].unsafe_point, &funcs[i].inl_index,
                                      &funcs[i].pcfile, &funcs[i].pcln};
        for (int k = 0; k < 5; k++)
            w->tables[i][k] = t[k]->n ? (uint32_t)(put_bytes(w, t[k]->bytes, t[k]->n) - base) : 0;
    }
    align(w, 8);
}

/* The names of source files. Their numbers begin with 1: in layout 1.2 behind the list's length, in the
 * others behind a file that the linker dropped and one of another unit (put_func's cuOffset). */
static void put_files(struct writer *w)
{
    bool is_old = w->img.options.layout == GO_1_2;
    size_t names[GO_FILES];
    w->files = w->img.n;
    for (int i = 0; i < GO_FILES; i++)
        names[i] = put_string(w, go_image_files[i]) - (is_old ? w->img.pclntab : w->files);
    align(w, 8);
    w->units = w->img.n;
    put(w, 4, is_old ? GO_FILES + 1 : UINT32_MAX);
    if (!is_old)
        put(w, 4, UINT32_MAX);
    for (int i = 0; i < GO_FILES; i++)
        put(w, 4, names[i]);
    align(w, 8);
}

/* The inlining trees hold names' offsets and lie before them in the file, so they are written twice. */
static void put_pclntab(struct writer *w, const struct go_func *funcs, size_t n)
{
    const struct go_options *o = &w->img.options;
    uint32_t inlined[MAX_FUNCS][GO_MAX_INLINED] = {{0}};
    size_t go_func = w->img.n;
    put_go_func(w, funcs, n, (const uint32_t(*)[GO_MAX_INLINED])inlined);
    align(w, 32);
    w->img.pclntab = w->img.n;
    put(w, 4, magics[o->layout]);
    put(w, 2, 0);
    put(w, 1, o->quantum);
    put(w, 1, w->word);
    put(w, w->word, n);
    size_t words = w->img.n;
    if (o->layout == GO_1_2) {
        w->img.functab = w->img.n;
        w->img.n += (2 * n + 1) * w->word + n * (func_size(w) + 8) + 16;
        put_names(w, funcs, n, inlined);
        put_pctab(w, funcs, n);
        put_files(w);
        size_t end = w->img.n;
        w->img.n = w->img.functab;
        put_functab(w, funcs, n);
        w->img.n = end;
    } else {
        w->img.n += (o->layout >= GO_1_18 ? 7 : 6) * w->word;
        put_names(w, funcs, n, inlined);
        put_pctab(w, funcs, n);
        put_files(w);
        w->img.functab = w->img.n;
        put_functab(w, funcs, n);
        size_t end = w->img.n, parts[] = {w->img.names, w->units, w->files, w->img.pctab, w->img.functab};
        w->img.n = words;
        put(w, w->word, 0); /* nfiles */
        if (o->layout >= GO_1_18 && !o->no_text_start)
            put_pointer(w, w->img.text);
        else if (o->layout >= GO_1_18)
            put(w, w->word, 0);
        for (int i = 0; i < 5; i++)
            put(w, w->word, parts[i] - w->img.pclntab);
        w->img.n = end;
    }
    size_t end = w->img.n;
    w->img.n = go_func;
    put_go_func(w, funcs, n, (const uint32_t(*)[GO_MAX_INLINED])inlined);
    w->img.n = end;
}

static void put_module(struct writer *w)
{
    enum go_layout layout = w->img.options.layout;
    size_t go_func = layout == GO_1_18 ? 38 : layout == GO_1_20 ? 40 : 43;
    align(w, 32);
    w->img.module = w->img.n;
    for (size_t i = 0; i < MODULE_WORDS; i++)
        if (i == 0)
            put_pointer(w, w->img.pclntab);
        else if (i == 1)
            put_pointer(w, w->img.names);
        else if (i == 22)
            put_pointer(w, w->img.text);
        else if (i == go_func)
            put_pointer(w, w->img.go_func);
        else
            put(w, w->word, i == 2 ? 100 : 0);
}

static void put_variable(struct writer *w)
{
    const char *s = w->img.options.variable;
    size_t text = put_string(w, s);
    align(w, 8);
    w->img.variable = w->img.n;
    put_pointer(w, text);
    put(w, w->word, strlen(s));
}

static void put_build_info(struct writer *w)
{
    const struct go_options *o = &w->img.options;
    size_t text = put_bytes(w, o->version, strlen(o->version));
    put_string(w, "a Go string has no end of its own");
    align(w, 16);
    size_t variable = w->img.n;
    put_pointer(w, text);
    put(w, w->word, strlen(o->version));
    align(w, 16);
    w->img.build_info = w->img.n;
    put_bytes(w, "\xff Go buildinf:", 14);
    put(w, 1, w->word);
    put(w, 1, o->layout >= GO_1_18 ? 2 : o->big_endian);
    if (o->layout >= GO_1_18) {
        w->img.n += 16;
        put(w, 1, strlen(o->version));
        put_bytes(w, o->version, strlen(o->version));
        put_string(w, "\4path");
    } else {
        put_pointer(w, variable);
        put(w, w->word, 0);
        w->img.n = w->img.build_info + 32;
    }
}

size_t list_symbols(const struct writer *w, struct go_symbol out[MAX_SYMBOLS])
{
    enum go_layout layout = w->img.options.layout;
    size_t n = 0;
    out[n++] = (struct go_symbol){"runtime.text", w->img.text};
    out[n++] = (struct go_symbol){"runtime.no_pointers_stackmap", w->no_pointers};
    if (layout >= GO_1_18) {
        out[n++] = (struct go_symbol){"runtime.firstmoduledata", w->img.module};
        out[n++] = (struct go_symbol){layout >= GO_1_20 ? "go:func.*" : "go.func.*", w->img.go_func};
    }
    return n;
}

struct go_image go_image_write(const struct go_options *options, const struct go_func *funcs, size_t n)
{
    struct writer w = {
        .img = {.options = *options}, .word = options->wide ? 8 : 4, .relative = options->layout >= GO_1_18};
    w.img.bytes = calloc(1, CAPACITY);
    if (!w.img.bytes || n > MAX_FUNCS)
        abort();
    const struct file_format *file = formats[options->format];
    file->header(&w);
    put_text(&w, funcs, n);
    put_pclntab(&w, funcs, n);
    size_t end_pclntab = w.img.n, dynamic = 0, end_dynamic = 0;
    if (w.relative)
        put_module(&w);
    if (!options->no_build_info)
        put_build_info(&w);
    if (options->variable)
        put_variable(&w);
    w.end_data = w.img.n;
    if (options->relative) {
        dynamic = put_rela(&w);
        end_dynamic = w.end_data = w.img.n;
    }
    if (options->chained)
        put_chains(&w);
    if (!options->no_sections)
        file->sections(&w, end_pclntab);
    file->programs(&w, end_pclntab, dynamic, end_dynamic);
    w.img.bytes = realloc(w.img.bytes, w.img.n);
    return w.img;
}
