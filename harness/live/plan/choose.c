#include "choose.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

/* Bytes of a function's package: "math/big.(*Int).Add" has "math/big". */
static size_t package_length(const char *function)
{
    const char *slash = strrchr(function, '/'), *bracket = strchr(function, '[');
    if (slash && bracket && bracket < slash) { /* a type argument's */
        slash = bracket;
        while (slash > function && *slash != '/')
            slash--;
    }
    return slash ? (size_t)(slash - function) + strcspn(slash, ".") : strcspn(function, ".");
}

/* "math/big.TestMul", as the go command knows tests. */
static bool is_test(const char *function)
{
    const char *name = function + package_length(function);
    return strncmp(name, ".Test", 5) == 0 && !islower((unsigned char)name[5]) && !strchr(name + 1, '.') &&
           name[5] != 0;
}

/* The package whose tests are in the binary. */
static bool find_tested(const struct gobin *bin, char *package, size_t size)
{
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        if (!f.code || !is_test(f.name))
            continue;
        size_t n = package_length(f.name);
        if (n > 5 && strncmp(f.name + n - 5, "_test", 5) == 0)
            n -= 5;
        if (n >= size)
            continue;
        memcpy(package, f.name, n);
        package[n] = 0;
        return true;
    }
    return false;
}

void choose_begin(struct chooser *c, const struct gobin *bin, const char *const *globs)
{
    *c = (struct chooser){.globs = globs, .module = gobin_module(bin)};
    if (!*globs)
        find_tested(bin, c->package, sizeof c->package);
}

bool choose(const struct chooser *c, const char *function)
{
    for (const char *const *glob = c->globs; *glob; glob++)
        if (fnmatch(*glob, function, 0) == 0)
            return true;
    if (*c->globs)
        return false;
    size_t n = package_length(function), tested = strlen(c->package), module = strlen(c->module);
    if (tested)
        return strncmp(function, c->package, tested) == 0 &&
               (n == tested || (n == tested + 5 && strncmp(function + tested, "_test", 5) == 0));
    if (n == 4 && strncmp(function, "main", 4) == 0)
        return true;
    return module && strncmp(function, c->module, module) == 0 && (n == module || function[module] == '/');
}
