/* What the probe can be asked for, each as one command. */
#ifndef EVERYPC_COMMANDS_H
#define EVERYPC_COMMANDS_H

#include "options.h"

/* Sets the probe up, signal handlers and all, and does what the options ask for; or `instead`, if not null,
 * in place of all but --list. Returns the exit status. */
int probe_main(const struct options *o, int (*instead)(const struct options *));

#endif
