/* Functions of the runtime that object files refer to by number. Internal to the reader (gobin.h). */
#ifndef EVERYPC_GO_BUILTINS_H
#define EVERYPC_GO_BUILTINS_H

#include <stdint.h>

enum { BUILTINS = 512 }; /* no version has so many */

/* The name of number `i`, from 0, in Go 1.<minor>; null if that version's list is not known, or has no such.
 */
const char *builtin_name(int minor, uint32_t i);

#endif
