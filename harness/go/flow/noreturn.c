/* Calls after which the compiler ends the block, so that what follows belongs to other paths (Go 1.19,
 * cmd/compile, ssagen/ssa.go: rtcall with returns false, and the calls that get a BlockExit; later versions
 * add names). */
#include "noreturn.h"

#include <string.h>

/* The function throw of a package that is compiled as a part of the runtime (-+; cmd/internal/objabi,
 * pkgspecial.go): runtime itself, or one below runtime/ or internal/, where some of it has moved to, such as
 * internal/runtime/cgroup. */
static bool is_throw(const char *name)
{
    if (strncmp(name, "runtime", 7) != 0 && strncmp(name, "internal/", 9) != 0)
        return false;
    const char *base = strrchr(name, '/');
    const char *dot = strchr(base ? base : name, '.');
    return dot && strcmp(dot, ".throw") == 0;
}

bool never_returns_name(const char *name)
{
    /* Names, or beginnings of them where a * ends it. */
    /* clang-format off */
    static const char *const names[] = {
        "gopanic",     "goPanic*",       "panicIndex*",        "panicSlice*",       "panicExtend*",
            "panicBounds*",
        "panicdivide", "panicshift",     "panicoverflow",      "panicfloat",        "panicmem*",
            "panicnil*",
        "panicwrap",   "panicdottype*",  "panicnildottype",    "panicmakeslicelen", "panicmakeslicecap",
            "panicunsafe*",
        "throw",       "throwinit",      "block",              "panicrangestate",   "unreachableMethod",
            "panicSimdImm",
    };
    /* clang-format on */
    if (is_throw(name))
        return true;
    if (strncmp(name, "runtime.", 8) != 0)
        return false;
    name += 8;
    size_t n = strcspn(name, ".");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t size = strlen(names[i]);
        bool any = names[i][size - 1] == '*';
        if (any ? n >= size - 1 && strncmp(name, names[i], size - 1) == 0
                : n == size && strncmp(name, names[i], n) == 0)
            return true;
    }
    return false;
}
