/* Writes the seeds that fuzzing starts from: OUT [BINARY...]. Small binaries of every layout, word size and byte order;
 * and, of each real Go binary named, some of its functions with their own tables, in a small file of the same layout. */
#include "../../test/go_image.h"
#include "../gobin.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHOSEN = 24, MAX_CODE = 256 };

static const struct {
    const char *target;
    struct go_options options;
} machines[] = {
    {"amd64", {.machine = EM_X86_64, .wide = true, .quantum = 1, .relative = R_X86_64_RELATIVE}},
    {"386", {.machine = EM_386, .quantum = 1, .relative = R_386_RELATIVE}},
    {"mips", {.machine = EM_MIPS, .big_endian = true, .quantum = 4, .relative = R_MIPS_REL32}},
    {"s390x", {.machine = EM_S390, .wide = true, .big_endian = true, .quantum = 2, .relative = R_390_RELATIVE}},
};
enum { N_MACHINES = sizeof machines / sizeof *machines, VARIANTS = 4 };
static const char *const versions[] = {"go1.15.15", "go1.16.2", "go1.19.8", "go1.21.13", "go1.27.3"};

static const uint8_t sp[] = {2, 4, 64, 8, 0}, points[] = {0, 2, 1, 3, 1, 4, 4, 7, 0}, inlining[] = {0, 2, 2, 3, 2, 4, 3, 5, 0};
static const struct go_func made_up[] = {
    {.name = "main.f", .size = 64, .args = 24, .pcsp = {sp, sizeof sp}, .unsafe_point = {points, sizeof points}},
    {.name = "runtime.call32", .size = 64, .flag = 4, .no_pointers = true},
    {.name = "main.g", .size = 64, .inl_index = {inlining, sizeof inlining}, .inlined = {"runtime.h", "sort.Swap"}},
    {.name = "main.i", .size = 64, .no_maps = true},
};

/* Variant: bit 0 without sections and symbols, bit 1 position-independent. */
static void write_seed(const char *folder, const char *name, struct go_options o, unsigned variant, const struct go_func *funcs, size_t n)
{
    char path[4096];
    o.no_symbols = o.no_sections = variant & 1;
    o.relative = variant & 2 ? o.relative : 0;
    o.version = versions[o.layout];
    o.no_text_start = o.layout == GO_1_27;
    struct go_image img = go_image_write(&o, funcs, n);
    snprintf(path, sizeof path, "%s/%s-%d-%u", folder, name, o.layout, variant);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(img.bytes, 1, img.n, f) != img.n || fclose(f) != 0) {
        perror(path);
        exit(2);
    }
    free(img.bytes);
}

/* Up to where a table is its own: others lie behind it. */
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
        out[chosen++] = (struct go_func){
            .name = f.name, .size = (uint32_t)(f.end - f.entry), .code = f.code, .pcsp = own_bytes(&f.sp_delta),
            .unsafe_point = own_bytes(&f.unsafe_point), .inl_index = own_bytes(&f.inl_index), .args = f.args, .id = f.func_id,
            .flag = (uint8_t)f.flags, .no_maps = !f.locals_maps,
            .inlined = {f.inl_tree ? "runtime.inlined" : NULL, "main.inlined", "reflect.inlined", "strings.inlined"}};
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
        for (int layout = 0; layout < GO_LAYOUTS && strcmp(machines[m].target, gobin_target(bin)) == 0; layout++) {
            struct go_options o = machines[m].options;
            o.layout = layout;
            write_seed(folder, gobin_target(bin), o, (unsigned)layout % VARIANTS, funcs, n);
        }
    gobin_close(bin);
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
                struct go_options o = machines[m].options;
                char name[32];
                o.layout = layout;
                snprintf(name, sizeof name, "made-up-%s", machines[m].target);
                write_seed(argv[1], name, o, variant, made_up, sizeof made_up / sizeof *made_up);
            }
    for (int i = 2; i < argc; i++)
        of_binary(argv[1], argv[i]);
    return 0;
}
