/* How commands speak of themselves and fail (command.h). The driver reads the last line on standard error. */
#include "command.h"

#include <stdarg.h>

void command_help(FILE *f, const struct command *c)
{
    fprintf(f, "usage: everypc-go %s %s\n%s\n%s", c->name, c->args, c->does, c->options ? c->options : "");
}

int usage_error(const struct command *c, const char *what, ...)
{
    va_list ap;
    fprintf(stderr, "everypc-go: %s: ", c->name);
    va_start(ap, what);
    vfprintf(stderr, what, ap);
    va_end(ap);
    fprintf(stderr, "; usage: everypc-go %s %s%s\n", c->name, c->args,
            c->options ? " (--help lists the options)" : "");
    return EXIT_USAGE;
}

int failure(const char *text)
{
    fprintf(stderr, "everypc-go: %s\n", text);
    return EXIT_USAGE;
}
