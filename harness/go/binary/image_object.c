/* Object files of Go's compiler and assembler, and archives of them: what `go build`, `go tool compile` and
 * `go tool asm` write for a package. It does what a linker would, as far as checks of functions ask: code one
 * after the other, the data that it refers to, and names for what it calls elsewhere. References stay apart
 * from the code (made_reference): to write them into instructions would take each machine's encoding. After
 * cmd/internal/archive and cmd/link/internal/loader of Go 1.19 and 1.27. */
#define _GNU_SOURCE
#include "image_format.h"

#include <stdio.h>
#include <stdlib.h>

#include "builtins.h"
#include "goobj.h"
#include "grow.h"
#include "made.h"

/* clang-format off */
static const char archive[] = "!<arch>\n", object[] = "go object ", separator[] = "\n!\n";
enum {
    ARCHIVE = sizeof archive - 1, OBJECT = sizeof object - 1, SEPARATOR = sizeof separator - 1,
    MEMBER = 60, MEMBER_NAME = 16, MEMBER_SIZE = 48, MEMBER_SIZE_WIDTH = 10,
    SHORT_QUANTA = 26, /* the first Go 1.x whose tables count shorter instructions (cmd/internal/sys) */
    MOST_TIMES = 64, ROOM = 1 << 20, /* what is made of a file is larger by no more */
};
/* clang-format on */

/* The first line's words. */
struct header {
    char system[16], arch[16], version[64];
    int minor;
};

struct other {
    struct goobj_reference of;
    uint32_t number;
};

/* An object as it is linked. By symbol, 0 for what is not there yet: addresses of definitions and references,
 * offsets of names, and of tables. */
struct linked {
    struct goobj o;
    struct made *made;
    struct image *img;
    const struct header *header;
    uint64_t *address;
    uint32_t *name, *table;
    struct other *others; /* in order; by number the next two */
    uint64_t *other_address;
    uint32_t *other_name;
    uint64_t builtin[BUILTINS];
};

static bool is_object(const struct span *file)
{
    return (file->size >= ARCHIVE && memcmp(file->bytes, archive, ARCHIVE) == 0) ||
           (file->size >= OBJECT && memcmp(file->bytes, object, OBJECT) == 0);
}

/* ---- what is referred to ---- */

static int by_reference(const void *a, const void *b)
{
    const struct goobj_reference *x = &((const struct other *)a)->of, *y = &((const struct other *)b)->of;
    if (x->package != y->package)
        return x->package < y->package ? -1 : 1;
    return x->index < y->index ? -1 : x->index > y->index;
}

static const struct other *find_other(const struct linked *l, const struct goobj_reference *r)
{
    struct other key = {.of = *r};
    return l->o.n_names ? bsearch(&key, l->others, l->o.n_names, sizeof key, by_reference) : NULL;
}

static uint64_t new_external(struct linked *l, struct span name)
{
    return made_new_external(l->made, (const char *)name.bytes, (size_t)name.size);
}

static uint64_t other_address(struct linked *l, const struct goobj_reference *to)
{
    struct goobj_reference ignored;
    if (goobj_is_builtin(to)) {
        const char *name = builtin_name(l->header->minor, to->index);
        if (!name)
            return 0;
        if (!l->builtin[to->index])
            l->builtin[to->index] = made_new_external(l->made, name, strlen(name));
        return l->builtin[to->index];
    }
    const struct other *found = find_other(l, to);
    if (!found)
        return 0;
    if (!l->other_address[found->number])
        l->other_address[found->number] = new_external(l, goobj_other_name(&l->o, found->number, &ignored));
    return l->other_address[found->number];
}

/* The address of a symbol, or 0 where none is known. What is not in the object becomes an external. */
static uint64_t address_of(struct linked *l, const struct goobj_reference *to)
{
    if (to->symbol == GOOBJ_NONE)
        return 0;
    if (to->symbol == GOOBJ_OTHER)
        return other_address(l, to);
    if (!l->address[to->symbol])
        l->address[to->symbol] = new_external(l, goobj_name(&l->o, to->symbol));
    return l->address[to->symbol];
}

/* ---- functions ---- */

static bool func_info(const struct linked *l, uint32_t i, struct goobj_func *f)
{
    uint32_t from, to;
    struct goobj_reference info;
    for (goobj_auxes(&l->o, i, &from, &to); from < to; from++)
        if (goobj_aux(&l->o, from, &info) == AUX_FUNC_INFO && info.symbol >= 0 &&
            info.symbol < l->o.n_symbols)
            return goobj_func(&l->o, goobj_data(&l->o, (uint32_t)info.symbol), f);
    return false;
}

static void add_code(struct linked *l)
{
    struct goobj_func ignored;
    for (uint32_t i = 0; i < l->o.n_symbols; i++) {
        struct span code = goobj_data(&l->o, i);
        if (code.size > 0 && func_info(l, i, &ignored))
            l->address[i] = made_add_code(l->made, code.bytes, (size_t)code.size, l->img->target->quantum);
    }
}

static uint32_t table(struct linked *l, const struct goobj_reference *r)
{
    if (r->symbol < 0 || r->symbol >= l->o.n_symbols)
        return 0;
    uint32_t *at = &l->table[r->symbol];
    if (!*at)
        *at = made_add_table(l->made, goobj_data(&l->o, (uint32_t)r->symbol));
    return *at;
}

/* 0, the empty one, where it is not known. */
static uint32_t name_of(struct linked *l, const struct goobj_reference *r)
{
    struct goobj_reference ignored;
    const struct other *other = r->symbol >= 0 ? NULL : find_other(l, r);
    uint32_t *at = r->symbol >= 0 ? &l->name[r->symbol] : other ? &l->other_name[other->number] : NULL;
    if (at && !*at) {
        struct span name =
            other ? goobj_other_name(&l->o, other->number, &ignored) : goobj_name(&l->o, r->symbol);
        *at = made_add_name(l->made, (const char *)name.bytes, (size_t)name.size);
    }
    return at ? *at : 0;
}

static uint32_t tree(struct linked *l, const struct span *inlined)
{
    uint32_t first = MADE_NO_TREE;
    for (uint64_t i = 0; i < inlined->size / GOOBJ_INLINED; i++) {
        uint32_t parent_pc;
        struct goobj_reference of = goobj_inlined(&l->o, *inlined, i, &parent_pc);
        uint32_t at = made_add_inlined(l->made, name_of(l, &of), parent_pc);
        first = i == 0 ? at : first;
    }
    return first;
}

static void add_func(struct linked *l, uint32_t i, const struct goobj_func *info)
{
    struct made_func f = {.entry = l->address[i],
                          .args = info->args,
                          .id = info->id,
                          .flags = info->flags,
                          .inl_tree = tree(l, &info->tree)};
    struct goobj_reference self = {.symbol = i}, to;
    uint32_t from, end, n_pcdata = 0, n_funcdata = 0;
    f.name = name_of(l, &self);
    for (goobj_auxes(&l->o, i, &from, &end); from < end; from++)
        switch (goobj_aux(&l->o, from, &to)) {
        case AUX_FUNCDATA: /* the second one is LocalsPointerMaps */
            f.has_maps |= n_funcdata++ == 1 && to.symbol != GOOBJ_NONE;
            break;
        case AUX_PCSP:
            f.pcsp = table(l, &to);
            break;
        case AUX_PC_INLINE:
            f.inl_index = table(l, &to);
            break;
        case AUX_PCDATA: /* the first one is UnsafePoint */
            if (n_pcdata++ == 0)
                f.unsafe_point = table(l, &to);
            break;
        }
    made_add_func(l->made, &f);
}

/* Data that code refers to, with the addresses in it: tables of jumps are such. */
static void add_data(struct linked *l, const struct goobj_reference *to)
{
    uint32_t from, end;
    unsigned word = l->img->pointer;
    if (to->symbol < 0 || to->symbol >= l->o.n_symbols || l->address[to->symbol])
        return;
    uint32_t i = (uint32_t)to->symbol;
    struct span data = goobj_data(&l->o, i);
    if (data.size == 0)
        return;
    l->address[i] = made_add_data(l->made, data.bytes, (size_t)data.size, word);
    for (goobj_relocs(&l->o, i, &from, &end); from < end; from++) {
        struct goobj_reloc r = goobj_reloc(&l->o, from);
        bool here = r.to.symbol >= 0 && r.to.symbol < l->o.n_symbols && l->address[r.to.symbol];
        if (r.size == word && here && r.offset < data.size)
            made_set_pointer(l->made, l->address[i] + r.offset, l->address[r.to.symbol] + (uint64_t)r.addend);
    }
}

/* An addend is bits of the instruction in calls on some machines; it counts in references to data. */
static void add_references(struct linked *l, uint32_t i, bool is_code[])
{
    uint32_t from, end, last = 0;
    uint64_t size = goobj_data(&l->o, i).size;
    for (goobj_relocs(&l->o, i, &from, &end); from < end; from++) {
        struct goobj_reloc r = goobj_reloc(&l->o, from);
        if (r.size == 0 || r.offset < last || r.offset >= size) /* they are in order */
            continue;
        last = r.offset;
        add_data(l, &r.to);
        uint64_t target = address_of(l, &r.to);
        bool is_data = r.to.symbol >= 0 && r.to.symbol < l->o.n_symbols && !is_code[r.to.symbol];
        if (target)
            made_add_reference(l->made, l->address[i] + r.offset,
                               target + (is_data ? (uint64_t)r.addend : 0));
    }
}

/* Parts that many functions share are small in the file. */
static bool is_too_large(const struct image *img)
{
    return made_size(img->made) / MOST_TIMES > img->file.size + ROOM;
}

static void link_funcs(struct linked *l)
{
    bool *is_code = calloc(l->o.n_symbols + 1, 1);
    for (uint32_t i = 0; is_code && i < l->o.n_symbols; i++)
        is_code[i] = l->address[i] != 0;
    for (uint32_t i = 0; is_code && i < l->o.n_symbols && !is_too_large(l->img); i++) {
        struct goobj_func info;
        if (!is_code[i] || !func_info(l, i, &info))
            continue;
        add_func(l, i, &info);
        add_references(l, i, is_code);
    }
    free(is_code);
}

/* ---- objects ---- */

static void *zeros(size_t n, size_t size)
{
    void *p = calloc(n + 1, size);
    if (!p) {
        fprintf(stderr, "everypc-go: out of memory\n");
        exit(2);
    }
    return p;
}

static bool link_object(struct image *img, const struct header *h, struct span file, struct error *e)
{
    struct linked *l = zeros(1, sizeof *l);
    *l = (struct linked){.made = img->made, .img = img, .header = h};
    bool good = goobj_open(&l->o, file, img->name, e);
    if (good) {
        size_t n = (size_t)l->o.n_symbols + l->o.n_references;
        l->address = zeros(n, sizeof *l->address);
        l->name = zeros(n, sizeof *l->name);
        l->table = zeros(n, sizeof *l->table);
        l->other_address = zeros(l->o.n_names, sizeof *l->other_address);
        l->other_name = zeros(l->o.n_names, sizeof *l->other_name);
        l->others = zeros(l->o.n_names, sizeof *l->others);
        for (uint32_t i = 0; i < l->o.n_names; i++) {
            goobj_other_name(&l->o, i, &l->others[i].of);
            l->others[i].number = i;
        }
        qsort(l->others, l->o.n_names, sizeof *l->others, by_reference);
        add_code(l);
        link_funcs(l);
    }
    free(l->address);
    free(l->name);
    free(l->table);
    free(l->other_address);
    free(l->other_name);
    free(l->others);
    free(l);
    return good && (!is_too_large(img) ||
                    error_set(e, img->name, 0, "its names or tables are longer than it has room for"));
}

static bool is_target(const struct target *t, const void *context)
{
    return strcmp(t->name, context) == 0;
}

/* "go object linux arm64 go1.27.4 GOARM64=v8.0 X:regabi": the version ends before what has a = or : in it. */
static bool read_header(struct image *img, struct span file, struct header *h, struct error *e)
{
    char line[256];
    const char *end = memchr(file.bytes, '\n', file.size < sizeof line ? file.size : sizeof line - 1);
    int at, from = 0;
    *h = (struct header){.minor = -1};
    if (!end)
        return error_set(e, img->name, 0, "object file: its first line does not end");
    snprintf(line, sizeof line, "%.*s", (int)(end - (const char *)file.bytes), (const char *)file.bytes);
    if (sscanf(line, "go object %15s %15s %n", h->system, h->arch, &from) < 2 || !line[from])
        return error_set(e, img->name, 0, "object file: its first line names no system, machine and version");
    for (at = from; line[at] && !(line[at] == ' ' && strpbrk(line + at + 1, "=:"));)
        at++;
    snprintf(h->version, sizeof h->version, "%.*s", at - from, line + from);
    const char *number = strstr(h->version, "go1.");
    if (number)
        sscanf(number, "go1.%2d", &h->minor);
    if (!image_set_target(img, is_target, h->arch))
        return error_set(e, img->name, 0, "object file for %s, which is not one of the targets", h->arch);
    return true;
}

/* One object, from its first line on. The first one of a file says what all are for. */
static bool add_object(struct image *img, struct span file, struct header *h, struct error *e)
{
    struct header own;
    const uint8_t *binary = memmem(file.bytes, file.size, separator, SEPARATOR);
    if (!binary)
        return error_set(e, img->name, 0, "object file: it has a first line, but no code");
    if (!read_header(img, file, &own, e))
        return false;
    if (img->made && (strcmp(own.arch, h->arch) != 0 || strcmp(own.version, h->version) != 0))
        return error_set(e, img->name, 0, "an archive of objects of different targets or versions");
    *h = own;
    memcpy(img->system, own.system, sizeof img->system);
    if (!img->made)
        img->made = made_new(img, own.minor >= SHORT_QUANTA || own.minor < 0 ? img->target->quantum
                                                                             : img->target->case_quantum);
    span_from(&file, (uint64_t)(binary - file.bytes) + SEPARATOR, &file);
    return link_object(img, h, file, e);
}

static bool add_members(struct image *img, struct header *h, struct error *e)
{
    uint64_t at = ARCHIVE;
    while (at + MEMBER <= img->file.size) {
        const char *header = (const char *)img->file.bytes + at;
        char digits[MEMBER_SIZE_WIDTH + 1] = "";
        memcpy(digits, header + MEMBER_SIZE, MEMBER_SIZE_WIDTH);
        uint64_t size = strtoull(digits, NULL, 10);
        struct span member;
        if (memcmp(header + MEMBER - 2, "`\n", 2) != 0 || !image_file_part(img, at + MEMBER, size, &member))
            return error_set(e, img->name, 0, "archive: the member at +0x%llx is damaged: is it truncated?",
                             (unsigned long long)at);
        /* The compiler's description of the package; and what a C compiler made (cgo). */
        bool is_code = memcmp(header, "__.PKGDEF ", 10) != 0 && member.size >= OBJECT &&
                       memcmp(member.bytes, object, OBJECT) == 0;
        if (is_code && !add_object(img, member, h, e))
            return false;
        at += MEMBER + size + size % 2;
    }
    return img->made ||
           error_set(e, img->name, 0, "an archive that holds no object of Go's compiler or assembler");
}

static bool open_object(struct image *img, struct error *e)
{
    struct header h = {.minor = -1};
    bool many = memcmp(img->file.bytes, archive, ARCHIVE) == 0;
    return (many ? add_members(img, &h, e) : add_object(img, img->file, &h, e)) &&
           made_finish(img->made, img, made_code_end(img->made), h.version, e);
}

const struct image_format image_object = {"Go object", is_object, open_object, made_section, made_symbol};
