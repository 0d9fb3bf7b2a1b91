/* Callees by name (callees.h). */
#include "callees.h"

#include <string.h>

enum callee callee_of_name(const char *name)
{
    /* morestack and morestack_noctxt; runtime/asm_<arch>.s. They come back through newstack. */
    if (strncmp(name, "runtime.morestack", 17) == 0)
        return CALLEE_GROWS_STACK;
    /* Called with a frame record below SP on amd64 (cmd/internal/obj/x86/obj6.go, ADUFFZERO). */
    if (strcmp(name, "runtime.duffzero") == 0 || strcmp(name, "runtime.duffcopy") == 0)
        return CALLEE_WITHOUT_STACK;
    return CALLEE_PLAIN;
}
