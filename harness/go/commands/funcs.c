/* everypc-go funcs: each function of a Go binary and its tables, a JSON object a line. */
#include "command.h"
#include "go/binary/gobin.h"

#include "json_lines.h"

/* [[start, end, value], ...], bytes from the entry. */
static json_t *runs(const struct pctab *table)
{
    struct pctab_iter it;
    enum pctab_error error;
    json_t *list = json_array();
    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        json_array_append_new(
            list, json_pack("[I,I,i]", (json_int_t)it.run.start, (json_int_t)it.run.end, it.run.value));
    return list;
}

/* [[start, end, text], ...] */
static json_t *filters(const struct gobin *bin, const struct gobin_func *f)
{
    json_t *list = json_array();
    uint32_t until;
    for (uint32_t at = 0; at < f->end - f->entry; at = until) {
        const char *text = gobin_filter_text(gobin_filter_at(bin, f, at, &until));
        json_array_append_new(list, json_pack("[I,I,s]", (json_int_t)at, (json_int_t)until, text));
    }
    return list;
}

static int run(int argc, char **argv)
{
    struct error e;
    if (argc != 2)
        return usage_error(&command_funcs, "name one binary");
    struct gobin *bin = gobin_open(argv[1], &e);
    if (!bin)
        return failure(e.text);
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        json_t *o = json_pack("{s:o,s:I,s:I,s:I,s:I,s:i,s:s,s:o,s:o,s:o}", "name", json_text(f.name), "entry",
                              (json_int_t)f.entry, "size", (json_int_t)(f.end - f.entry), "args",
                              (json_int_t)f.args, "flags", (json_int_t)f.flags, "func_id", f.func_id,
                              "filter", gobin_filter_text(f.filter), "filter_at", filters(bin, &f),
                              "sp_delta", runs(&f.sp_delta), "unsafe_point", runs(&f.unsafe_point));
        if (*f.damage)
            json_object_set_new(o, "damage", json_string(f.damage));
        json_dumpf(o, stdout, JSON_COMPACT);
        putchar('\n');
        json_decref(o);
    }
    gobin_close(bin);
    return EXIT_DONE;
}

const struct command command_funcs = {
    .name = "funcs",
    .args = "BIN",
    .does = "its functions and their tables, a JSON object a line",
    .run = run,
};
