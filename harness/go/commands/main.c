/* everypc-go: reads Go binaries and checks what their tables say. The driver calls it; people may, too. */
#include "command.h"

#include <string.h>

static const struct command *const commands[] = {
    &command_info,    &command_funcs,  &command_check, &command_harvest, &command_stub,   &command_shapes,
    &command_effects, &command_claims, &command_shots, &command_code,    &command_target, &command_cases,
};
enum { N_COMMANDS = sizeof commands / sizeof *commands };

static int help(FILE *f, int code)
{
    fprintf(
        f, "everypc-go COMMAND ARGUMENTS: what a Go binary says of its own code, and whether it is true\n\n");
    for (int i = 0; i < N_COMMANDS; i++)
        fprintf(f, "  %-8s %-40s %s\n", commands[i]->name, commands[i]->args, commands[i]->does);
    fprintf(f, "\neverypc-go COMMAND --help lists a command's options.\n"
               "Exit codes: 0 done, 1 there are findings, 2 usage, or a binary that can't be read.\n");
    return code;
}

static const struct command *find(const char *name)
{
    for (int i = 0; i < N_COMMANDS; i++)
        if (strcmp(name, commands[i]->name) == 0)
            return commands[i];
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return help(stderr, EXIT_USAGE);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0)
        return help(stdout, EXIT_DONE);
    const struct command *c = find(argv[1]);
    if (!c) {
        fprintf(stderr, "everypc-go: unknown command %s; everypc-go --help lists the commands\n", argv[1]);
        return EXIT_USAGE;
    }
    if (argc > 2 && strcmp(argv[2], "--help") == 0) {
        command_help(stdout, c);
        return EXIT_DONE;
    }
    return c->run(argc - 1, argv + 1);
}
