/* Errors of the host assembler: values that carry a message for the user. */
#ifndef EVERYPC_ERROR_H
#define EVERYPC_ERROR_H

#include <stdbool.h>

/* One line that says what is wrong, and where. */
struct error {
    char text[400];
};

/* Fills the error with "file:line: reason" (line 0: "file: reason") and returns false, so that
 * `return error_set(...)` reads well. */
__attribute__((format(printf, 4, 5))) bool error_set(struct error *e, const char *file, int line,
                                                     const char *fmt, ...);

#endif
