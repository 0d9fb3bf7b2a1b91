/* Writes the seeds that fuzzing starts from: OUT [BINARY...]. Small binaries of every layout, word size and
 * byte order; and, of each real Go binary named, some of its functions with their own tables, in a small file
 * of the same layout. Objects, an archive, and dumps, too. */
#include "test/go_object.h"
#include "test/go_samples.h"
#include "go/binary/gobin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHOSEN = 8, MAX_CODE = 256 };

enum { VARIANTS = 4 };

/* Variant: bit 0 without sections and symbols, bit 1 position-independent; of Mach-O, with chained fixups. */
static void write_file(const char *folder, const char *name, const struct go_machine *m,
                       enum go_format format, int layout, unsigned variant, const struct go_func *funcs,
                       size_t n)
{
    char path[4096];
    struct go_options o = go_options_for(m, layout);
    o.format = format;
    o.no_symbols = o.no_sections = variant & 1;
    o.relative = format == GO_ELF && variant & 2 ? m->options.relative : 0;
    o.chained = format == GO_MACHO && variant & 2 ? (layout & 1 ? 2 : 6) : 0;
    struct go_image img = go_image_write(&o, funcs, n);
    snprintf(path, sizeof path, "%s/%s-%d-%u-%d", folder, name, layout, variant, format);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(img.bytes, 1, img.n, f) != img.n || fclose(f) != 0) {
        perror(path);
        exit(2);
    }
    free(img.bytes);
}

/* In every format that the machine has. PE is at fixed addresses. */
static void write_seed(const char *folder, const char *name, const struct go_machine *m, int layout,
                       unsigned variant, const struct go_func *funcs, size_t n)
{
    write_file(folder, name, m, GO_ELF, layout, variant, funcs, n);
    if (m > &go_machines[ARM])
        return;
    if (variant < 2)
        write_file(folder, name, m, GO_PE, layout, variant, funcs, n);
    if (variant < 2 || m->options.wide)
        write_file(folder, name, m, GO_MACHO, layout, variant, funcs, n);
}

/* Up to where a table is its own: others lie after it. */
static struct go_table own_bytes(const struct pctab *table)
{
    struct pctab_iter it;
    enum pctab_error error;
    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        ;
    return (struct go_table){table->bytes, table->length ? it.at + 1 : 0};
}

static size_t choose(const struct gobin *bin, struct go_func *out)
{
    size_t n = gobin_n_funcs(bin), chosen = 0;
    for (size_t i = 0; i < n && chosen < CHOSEN; i += 1 + n / 400) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (!f.code || f.end - f.entry > MAX_CODE)
            continue;
        out[chosen++] = (struct go_func){.name = f.name,
                                         .size = (uint32_t)(f.end - f.entry),
                                         .code = f.code,
                                         .pcsp = own_bytes(&f.sp_delta),
                                         .unsafe_point = own_bytes(&f.unsafe_point),
                                         .inl_index = own_bytes(&f.inl_index),
                                         .args = f.args,
                                         .id = f.func_id,
                                         .flag = (uint8_t)f.flags,
                                         .no_maps = !f.locals_maps,
                                         .inlined = {f.inl_tree ? "runtime.inlined" : NULL, "main.inlined",
                                                     "reflect.inlined", "strings.inlined"}};
    }
    return chosen;
}

static void of_binary(const char *folder, const char *path)
{
    struct error e;
    struct gobin *bin = gobin_open(path, &e);
    if (!bin) {
        fprintf(stderr, "%s\n", e.text);
        exit(2);
    }
    struct go_func funcs[CHOSEN];
    size_t n = choose(bin, funcs);
    for (int m = 0; m < N_MACHINES; m++)
        for (int layout = 0; layout < GO_LAYOUTS && strcmp(go_machines[m].target, gobin_target(bin)) == 0;
             layout++)
            write_seed(folder, gobin_target(bin), &go_machines[m], layout, (unsigned)layout % VARIANTS, funcs,
                       n);
    gobin_close(bin);
}

static void write_bytes(const char *folder, const char *name, const void *bytes, size_t n)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes, 1, n, f) != n || fclose(f) != 0) {
        perror(path);
        exit(2);
    }
}

/* Of each machine, in both forms: a function that calls by every kind of reference, and one with a table of
 * jumps. */
static void write_objects(const char *folder)
{
    static const uint8_t code[32], sp[] = {2, 1, 64, 2, 0}, points[] = {1, 2, 2, 2, 0};
    static const struct object_table table = {.func = 1, .offset = {8, 16}, .n = 2};
    static const struct object_func funcs[] = {
        {.name = "main.f",
         .code = code,
         .size = sizeof code,
         .pcsp = sp,
         .pcsp_size = sizeof sp,
         .unsafe_point = points,
         .unsafe_size = sizeof points,
         .inlined = "runtime.inlined",
         .reference = {{.offset = 4, .size = 4, .name = "m/other.f"},
                       {.offset = 8, .size = 4, .name = "f"},
                       {.offset = 12, .size = 4, .builtin = 9}}},
        {.name = "main.asm",
         .code = code,
         .size = sizeof code,
         .flags = 4,
         .reference = {{0, 4, 2, NULL, 0, 8}}},
    };
    for (int m = 0; m < N_MACHINES; m++)
        for (int form = 0; form < 4; form++) {
            char header[64], name[64];
            struct object_options o = {.header = header,
                                       .newest = form & 1,
                                       .archive = form & 2,
                                       .word = go_machines[m].options.wide ? 8 : 4,
                                       .tables = &table,
                                       .n_tables = 1};
            static struct go_object object;
            snprintf(header, sizeof header, "linux %s go1.%d.1", go_machines[m].target, form & 1 ? 27 : 19);
            snprintf(name, sizeof name, "object-%s-%d", go_machines[m].target, form);
            go_object_write(&object, &o, funcs, 2);
            write_bytes(folder, name, object.bytes, object.n);
        }
}

static void write_dumps(const char *folder)
{
    for (int m = 0; m < N_MACHINES; m++) {
        char bytes[1024] = "", name[64];
        int n = snprintf(bytes, sizeof bytes,
                         "everypc code 1\ntarget %s\nsystem linux\nversion go1.27.4\ntext 0x10000 32\n"
                         "data 0x20000 4\nsymbol 0x700000 runtime.gopanic\n"
                         "func 0x10004 8 jit.f args=16\nsp 4:0 8:16\nunsafe 4:-2 8:-1\n"
                         "func 0x1000c 12 jit.asm flags=4 maps=0\nend\n",
                         go_machines[m].target);
        snprintf(name, sizeof name, "dump-%s", go_machines[m].target);
        write_bytes(folder, name, bytes, (size_t)n + 36);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: make_seeds FOLDER [BINARY...]\n");
        return 2;
    }
    for (int m = 0; m < N_MACHINES; m++)
        for (int layout = 0; layout < GO_LAYOUTS; layout++)
            for (unsigned variant = 0; variant < VARIANTS; variant++) {
                char name[32];
                snprintf(name, sizeof name, "made-up-%s", go_machines[m].target);
                write_seed(argv[1], name, &go_machines[m], layout, variant, go_samples, N_SAMPLES);
            }
    write_objects(argv[1]);
    write_dumps(argv[1]);
    for (int i = 2; i < argc; i++)
        of_binary(argv[1], argv[i]);
    return 0;
}
