/* everypc-go code: the instructions around a PC, with what the tables say of each. */
#include "command.h"
#include "live/plan/plain.h"
#include "live/plan/reading.h"
#include "report.h"

#include "go/flow/values.h"

#include <string.h>

/* The instruction that a byte of the function is of, or NO_INDEX. */
static int32_t instruction_at(const struct cfg *cfg, uint32_t offset)
{
    for (int32_t k = 0; k < cfg->n_insns; k++)
        if (offset >= cfg_at(cfg, k)->offset && offset < cfg_at(cfg, k)->end)
            return k;
    return NO_INDEX;
}

/* {"code": [...]}, or an error. */
static int print_graph(struct cfg *cfg, struct decoder *d, uint64_t pc)
{
    values_follow(cfg);
    int32_t k = instruction_at(cfg, (uint32_t)(pc - cfg->func.entry));
    if (k == NO_INDEX)
        return failure("no instruction is there");
    json_t *o = json_pack("{s:o,s:I,s:o}", "function", json_text(cfg->func.name), "entry",
                          (json_int_t)cfg->func.entry, "code", report_code(cfg, d, k));
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
    return EXIT_DONE;
}

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
    return print_graph(r->cfg, r->decoder, pc);
}

/* Of a program that is not Go's: there are no tables that say anything. */
static int print_plain(const char *path, const char *at)
{
    struct plain plain;
    struct error e;
    uint64_t pc;
    if (!plain_open(&plain, path, &e))
        return failure(e.text);
    int code = plain_at(&plain, at, &pc, &e) ? print_graph(plain.cfg, plain.decoder, pc) : failure(e.text);
    plain_close(&plain);
    return code;
}

static int run(int argc, char **argv)
{
    struct error e;
    struct reading r;
    uint64_t pc;
    size_t i;
    if (argc == 4 && strcmp(argv[1], "--plain") == 0)
        return print_plain(argv[2], argv[3]);
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
    .options = "  --plain          of any ELF program, by its symbols\n",
    .run = run,
};
