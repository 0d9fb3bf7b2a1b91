/* Errors as values. */
#include "error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(struct error *e, const char *file, int line, const char *fmt, ...)
{
    int n = line > 0 ? snprintf(e->text, sizeof e->text, "%s:%d: ", file, line)
                     : snprintf(e->text, sizeof e->text, "%s: ", file);
    if (n < 0 || (size_t)n >= sizeof e->text)
        return false;
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(e->text + n, sizeof e->text - (size_t)n, fmt, ap);
    va_end(ap);
    return false;
}
