/* Windows: POSIX' getline beside what its own header has. */
#ifndef EVERYPC_WINDOWS_STDIO_H
#define EVERYPC_WINDOWS_STDIO_H

#include_next <stdio.h>
#include <sys/types.h>

ssize_t getline(char **line, size_t *capacity, FILE *f);

#endif
