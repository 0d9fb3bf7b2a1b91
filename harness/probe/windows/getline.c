/* Windows: POSIX' getline. */
#include <stdio.h>
#include <stdlib.h>

ssize_t getline(char **line, size_t *capacity, FILE *f)
{
    size_t n = 0;
    int c;
    while ((c = getc(f)) != EOF) {
        if (n + 2 > *capacity) {
            size_t wanted = *capacity ? *capacity * 2 : 256;
            char *more = realloc(*line, wanted);
            if (!more)
                return -1;
            *line = more;
            *capacity = wanted;
        }
        (*line)[n++] = (char)c;
        if (c == '\n')
            break;
    }
    if (n)
        (*line)[n] = 0;
    return n ? (ssize_t)n : -1;
}
