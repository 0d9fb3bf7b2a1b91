/* Arrays that grow and are used again. Nothing can go on without memory: the process says so and exits. */
#ifndef EVERYPC_GO_GROW_H
#define EVERYPC_GO_GROW_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* At least n elements; *capacity is what there is. */
static inline void *grow(void *old, size_t *capacity, size_t n, size_t size)
{
    if (n <= *capacity && old)
        return old;
    size_t more = *capacity * 2 > n ? *capacity * 2 : n + 64;
    void *p = more > SIZE_MAX / size ? NULL : realloc(old, more * size);
    if (!p) {
        fprintf(stderr, "everypc-go: out of memory\n");
        exit(2);
    }
    *capacity = more;
    return p;
}

#endif
