/* Loads a program into this process in the kernel's place, as execve(2) would, but for what runs it: the
 * agent stays in memory. */
#ifndef EVERYPC_LIVE_LOAD_H
#define EVERYPC_LIVE_LOAD_H

#include <stdint.h>

struct loaded {
    uintptr_t entry;       /* of the program, as its file says */
    uintptr_t start;       /* where to go: that, or its interpreter's */
    uintptr_t bias;        /* added to the file's addresses */
    uintptr_t start_bias;  /* the same, of the file that `start` is in */
    uintptr_t headers;     /* its program headers in memory */
    uintptr_t interpreter; /* what that was loaded at; 0: there is none */
    unsigned n_headers, header_size;
};

/* Executable segments are writable, for traps. Ends the process with one line if it can't be done. */
void load_program(const char *path, struct loaded *out);

/* Turns the agent's initial stack into the program's: without the first `skip` arguments, with its own
 * auxiliary vector. Returns the stack pointer to enter it with. */
uintptr_t load_stack(uintptr_t *sp, unsigned skip, const struct loaded *program);

#endif
