/* libFuzzer's entry into the reader of Go binaries: its whole interface, on any bytes. `make fuzz-go` builds
 * and runs it under ASan and UBSan. */
#include "go/binary/gobin.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A promise of gobin.h broken is as bad as a read out of bounds. */
static void promise(bool kept)
{
    if (!kept)
        abort();
}

static void walk_table(const struct pctab *table)
{
    struct pctab_iter it;
    enum pctab_error error;
    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        promise(it.run.end > it.run.start && it.run.end <= table->func_size);
    promise(error == PCTAB_OK);
}

static void walk_func(const struct gobin *bin, size_t i)
{
    struct gobin_func f;
    uint32_t until;
    volatile uint8_t sum = 0;
    gobin_func(bin, i, &f);
    promise(memchr(f.damage, 0, sizeof f.damage) && strlen(f.name) < SIZE_MAX && f.end >= f.entry);
    walk_table(&f.sp_delta);
    walk_table(&f.unsafe_point);
    walk_table(&f.inl_index);
    for (uint32_t at = 0; at < f.end - f.entry; at = until) {
        promise(gobin_filter_text(gobin_filter_at(bin, &f, at, &until)) != NULL);
        promise(until > at && until <= f.end - f.entry);
    }
    for (uint64_t at = f.entry; at < f.end && f.end - f.entry < 4096; at++) {
        uint64_t target;
        const char *name =
            gobin_reference(bin, at, at + 1, &target) ? gobin_external(bin, target) : gobin_external(bin, at);
        promise(!name || strlen(name) < SIZE_MAX);
    }
    if (f.code && f.end > f.entry)
        sum += f.code[0] + f.code[f.end - f.entry - 1];
    size_t found = gobin_find(bin, f.entry);
    promise(found <= gobin_n_funcs(bin));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error e = {""};
    uint64_t address, length;
    struct gobin *bin = gobin_open_memory("fuzz", data, size, &e);
    if (!bin) {
        promise(strncmp(e.text, "fuzz:", 5) == 0 && !strchr(e.text, '\n'));
        return 0;
    }
    for (size_t i = 0; i < gobin_n_funcs(bin); i++)
        walk_func(bin, i);
    if (gobin_symbol(bin, "runtime.text", &address, &length))
        gobin_bytes(bin, address, length);
    promise(gobin_target(bin) && gobin_layout(bin) && strlen(gobin_system(bin)) < SIZE_MAX &&
            strlen(gobin_version(bin)) < SIZE_MAX);
    gobin_close(bin);
    return 0;
}
