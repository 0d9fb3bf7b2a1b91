/* everypc-go: reads Go binaries and checks what their tables say. The driver calls it, people may. */
#include "commands.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    command_fn *run;
    const char *args, *does;
} commands[] = {
    {"effects", cmd_effects, "TARGET HEX", "what each instruction of some machine code does"},
    {"info", cmd_info, "BIN", "target, Go version, and the shares of its code by PCDATA_UnsafePoint"},
    {"funcs", cmd_funcs, "BIN", "its functions and their tables, a JSON object a line"},
    {"harvest", cmd_harvest, "[--all] BIN -o FILE.S", "its own sequences, as cases for a probe"},
    {"check", cmd_check, "[OPTIONS] BIN", "are its tables sound? JSON lines; see --help of it"},
    {"stub", cmd_stub, "[--switched] BIN -o FILE.S", "its asyncPreempt, to be run in a probe"},
    {"shapes", cmd_shapes, "[--each N] [--mnemonics] BIN...",
     "instructions of every shape, as hexadecimal bytes and text"},
    {"claims", cmd_claims, "TARGET LIST",
     "what such instructions are said to do, for the guest that runs them"},
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static void help(FILE *f)
{
    fprintf(
        f, "everypc-go COMMAND ARGUMENTS: what a Go binary says of its own code, and whether it is true\n\n");
    for (int i = 0; i < N_COMMANDS; i++)
        fprintf(f, "  %-8s %-28s %s\n", commands[i].name, commands[i].args, commands[i].does);
    fprintf(f, "\nExit codes: 0 done, 1 there are findings, 2 usage, or a binary that can't be read.\n");
}

int main(int argc, char **argv)
{
    if (argc > 1 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)) {
        help(stdout);
        return EXIT_DONE;
    }
    for (int i = 0; argc > 1 && i < N_COMMANDS; i++)
        if (strcmp(argv[1], commands[i].name) == 0)
            return commands[i].run(argc - 1, argv + 1);
    if (argc > 1)
        fprintf(stderr, "everypc-go: no command %s; everypc-go --help lists them\n", argv[1]);
    else
        help(stderr);
    return EXIT_USAGE;
}
