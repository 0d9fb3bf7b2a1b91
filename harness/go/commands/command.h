/* The commands of everypc-go: each is in a file of its own, of the command's name; main.c has the table. */
#ifndef EVERYPC_GO_COMMAND_H
#define EVERYPC_GO_COMMAND_H

#include <stdio.h>

/* Exit codes, as the driver's: done, findings, usage or a bad binary. */
enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2 };

struct command {
    const char *name, *args; /* "info", "BIN" */
    const char *does;        /* one line for the list of commands */
    const char *options;     /* lines for the command's own help, or null */
    /* argv[0] is the command's name. Prints its result on standard output, and one line on standard error
     * where it fails. Returns the exit code. */
    int (*run)(int argc, char **argv);
};

extern const struct command command_effects, command_info, command_funcs, command_harvest, command_check,
    command_stub, command_shapes, command_claims, command_shots, command_code, command_target, command_cases;

/* "usage: everypc-go info BIN", what it does, and its options. */
void command_help(FILE *f, const struct command *c);
/* Says on standard error what is wrong with the arguments, and how to go on. Returns EXIT_USAGE. */
__attribute__((format(printf, 2, 3))) int usage_error(const struct command *c, const char *what, ...);
/* Says on standard error why there is no result. Returns EXIT_USAGE. */
int failure(const char *text);

#endif
