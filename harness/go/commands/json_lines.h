/* JSON, an object a line: {kind: object}. */
#ifndef EVERYPC_GO_JSON_LINES_H
#define EVERYPC_GO_JSON_LINES_H

#include <jansson.h>

/* Text that grows. Zero is empty; free(text) is its owner's. */
struct lines {
    char *text;
    size_t n, capacity;
};

/* Adds a line. Takes the object. */
void lines_add(struct lines *out, const char *kind, json_t *object);
/* The same on standard output. */
void print_line(const char *kind, json_t *object);

/* A name as a string, "?" if it is not UTF-8: it need not be in a damaged file, and JSON must. */
json_t *json_text(const char *text);

#endif
