/* Which functions a plan fires at. */
#ifndef EVERYPC_LIVE_CHOOSE_H
#define EVERYPC_LIVE_CHOOSE_H

#include "go/binary/gobin.h"

struct chooser {
    const char *const *globs; /* null-terminated; none: the default */
    char package[256];        /* the package under test, or ""; by default */
    const char *module;       /* else the program's module, or "" */
};

/* By default: of a test binary the functions of the package under test, its tests included; else those of the
 * main package and of its module. */
void choose_begin(struct chooser *c, const struct gobin *bin, const char *const *globs);
bool choose(const struct chooser *c, const char *function);

#endif
