/* The commands of everypc-go, each in a file of its own (cmd_<name>.c). */
#ifndef EVERYPC_GO_COMMANDS_H
#define EVERYPC_GO_COMMANDS_H

/* Exit codes, as the driver's: done, findings, usage or a bad binary. */
enum { EXIT_DONE = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2 };

/* argv[0] is the command's name. Prints its result on standard output, and one line on standard error where
 * it fails. Returns the exit code. */
typedef int command_fn(int argc, char **argv);
command_fn cmd_effects, cmd_info, cmd_funcs, cmd_check, cmd_stub, cmd_harvest, cmd_shapes, cmd_claims;

#endif
