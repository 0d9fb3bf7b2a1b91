/* everypc-go code: the instructions around a PC, with what the tables say of each. */
#include "command.h"
#include "live/plan/reading.h"
#include "report.h"

#include "go/flow/values.h"

/* The instruction that a byte of the function is of, or NO_INDEX. */
static int32_t instruction_at(const struct cfg *cfg, uint32_t offset)
{
    for (int32_t k = 0; k < cfg->n_insns; k++)
        if (offset >= cfg_at(cfg, k)->offset && offset < cfg_at(cfg, k)->end)
            return k;
    return NO_INDEX;
}

/* {"code": [...]}, or an error. */
static int print(struct reading *r, uint64_t pc)
{
    struct gobin_func f;
    size_t i = gobin_find(r->bin, pc);
    if (i >= gobin_n_funcs(r->bin))
        return failure("no function is there");
    gobin_func(r->bin, i, &f);
    if (!f.code)
        return failure("the file does not hold that function's code");
    reading_graph(r, &f);
    values_follow(r->cfg);
    int32_t k = instruction_at(r->cfg, (uint32_t)(pc - f.entry));
    if (k == NO_INDEX)
        return failure("no instruction is there");
    json_t *o = json_pack("{s:o,s:I,s:o}", "function", json_text(f.name), "entry", (json_int_t)f.entry,
                          "code", report_code(r->cfg, r->decoder, k));
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    struct error e;
    struct reading r;
    uint64_t pc;
    size_t i;
    if (argc != 3)
        return usage_error(&command_code, "name one binary and one PC");
    struct gobin *bin = gobin_open(argv[1], &e);
    if (!bin)
        return failure(e.text);
    int code = EXIT_USAGE;
    if (reading_at(bin, argv[2], &i, &pc, &e) && reading_open(bin, &r, &e)) {
        code = print(&r, pc);
        reading_close(&r);
    } else {
        failure(e.text);
    }
    gobin_close(bin);
    return code;
}

const struct command command_code = {
    .name = "code",
    .args = "BIN FUNC+0x1c",
    .does = "the instructions around a PC, and what the tables say of each, as JSON",
    .run = run,
};
