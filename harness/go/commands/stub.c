/* everypc-go stub: a binary's own asyncPreempt, to be run in a probe. */
#include "command.h"
#include "go/sequences/stub.h"

#include <string.h>

static int run(int argc, char **argv)
{
    static const char *const depends[] = {"nothing", "constants", "variables"};
    bool switched = argc > 1 && strcmp(argv[1], "--switched") == 0;
    enum go_stub_data data = STUB_NO_DATA;
    argc -= switched;
    argv += switched;
    if (argc != 4 || strcmp(argv[2], "-o") != 0)
        return usage_error(&command_stub, "name one binary, then the file to write");
    struct error e;
    struct gobin *bin = gobin_open(argv[1], &e);
    FILE *out = bin ? fopen(argv[3], "w") : NULL;
    bool ok = bin && (out || error_set(&e, argv[3], 0, "can't be written")) &&
              go_stub_write(bin, switched, out, &data, &e);
    if (out && fclose(out) != 0 && ok)
        ok = error_set(&e, argv[3], 0, "can't be written");
    if (bin)
        gobin_close(bin);
    if (!ok)
        fprintf(stderr, "everypc-go: %s%s%s\n", bin ? argv[1] : "", bin ? ": " : "", e.text);
    else
        printf("depends on %s\n", depends[data]);
    return ok ? EXIT_DONE : EXIT_USAGE;
}

const struct command command_stub = {
    .name = "stub",
    .args = "[--switched] BIN -o FILE.S",
    .does = "its asyncPreempt, to be run in a probe",
    .options =
        "  --switched  the data that its branches depend on is inverted, so that the other way is run\n",
    .run = run,
};
