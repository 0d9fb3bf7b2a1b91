/* everypc-go stub: a binary's own asyncPreempt, to be run in a probe. */
#include "command.h"
#include "go/sequences/stub.h"

#include <stdlib.h>
#include <string.h>

static int write(const char *path, const char *to, const struct go_stub_setting *setting)
{
    static const char *const depends[] = {"nothing", "constants", "variables"};
    struct go_stub_asks asks = {STUB_NO_DATA, 0};
    struct error e;
    struct gobin *bin = gobin_open(path, &e);
    FILE *out = bin ? fopen(to, "w") : NULL;
    bool ok = bin && (out || error_set(&e, to, 0, "can't be written")) &&
              go_stub_write(bin, setting, out, &asks, &e);
    if (out && fclose(out) != 0 && ok)
        ok = error_set(&e, to, 0, "can't be written");
    if (bin)
        gobin_close(bin);
    if (!ok)
        fprintf(stderr, "everypc-go: %s%s%s\n", bin ? path : "", bin ? ": " : "", e.text);
    else if (asks.flags)
        printf("depends on %u flags of the CPU\n", asks.flags);
    else
        printf("depends on %s\n", depends[asks.data]);
    return ok ? EXIT_DONE : EXIT_USAGE;
}

/* A line of JSON, of the form that --lost takes. */
static int read(const char *path, const struct go_stub_setting *setting)
{
    struct unitset lost;
    const struct effects_arch *arch;
    struct error e;
    struct gobin *bin = gobin_open(path, &e);
    bool ok = bin && go_stub_read(bin, setting, &lost, &arch, &e);
    if (!ok)
        fprintf(stderr, "everypc-go: %s%s%s\n", bin ? path : "", bin ? ": " : "", e.text);
    if (ok)
        printf("{\"target\": \"%s\", \"lost\": [", arch->target->name);
    const char *before = "";
    for (int u = 0; ok && u < arch->n_units; u++) {
        if (!unit_in(&lost, u))
            continue;
        printf("%s{\"reg\": \"%s\", \"parts\": [%u]}", before, arch->units[u].reg, arch->units[u].part);
        before = ", ";
    }
    if (ok)
        printf("], \"kept_below_sp\": 0}\n");
    if (bin)
        gobin_close(bin);
    return ok ? EXIT_DONE : EXIT_USAGE;
}

static int run(int argc, char **argv)
{
    struct go_stub_setting setting = {.switched = argc > 1 && strcmp(argv[1], "--switched") == 0};
    int used = setting.switched;
    if (argc > 2 && strcmp(argv[1], "--flags") == 0) {
        setting.flags = (unsigned)atoi(argv[2]);
        used = 2;
    }
    argc -= used;
    argv += used;
    if (argc == 3 && strcmp(argv[1], "--read") == 0)
        return read(argv[2], &setting);
    return argc == 4 && strcmp(argv[2], "-o") == 0
               ? write(argv[1], argv[3], &setting)
               : usage_error(&command_stub, "name one binary, then the file to write");
}

const struct command command_stub = {
    .name = "stub",
    .args = "[--switched|--flags N] (BIN -o FILE.S | --read BIN)",
    .does = "its asyncPreempt, to be run in a probe",
    .options =
        "  --switched  the data that its branches depend on is inverted, so that the other way is run\n"
        "  --flags N   the CPU has so much of what it asks for: it asks for the rarest first\n"
        "  --read      print what it loses, by reading it\n",
    .run = run,
};
