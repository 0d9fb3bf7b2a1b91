/* What the fakes have in common: the world, which is the JSON file $EVERYPC_WORLD that a test wrote, and what
 * they leave beside it. They are in C, since there are thousands of them in a run of the tests. */
#ifndef EVERYPC_FAKES_WORLD_H
#define EVERYPC_FAKES_WORLD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

json_t *world(void);
/* A member of an object. What is not there, or null, is `missing`, 0, false; any other number, text or list
 * that is not empty is true. */
const char *text(const json_t *in, const char *key, const char *missing);
json_int_t number(const json_t *in, const char *key, json_int_t missing);
bool is_set(const json_t *in, const char *key);
bool has_text(const json_t *list, const char *wanted);
/* As the shell has it, but that * goes over slashes. */
bool matches(const char *name, const char *pattern);

/* Prints an object as a line; the format is json_pack's, "{ss si}". */
void emit(const char *format, ...);
/* The same, and frees it. */
void emit_json(json_t *object);

/* The path of the world, and `suffix`. */
char *beside(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Adds a line to the file there. */
void note(const char *suffix, const char *format, ...) __attribute__((format(printf, 2, 3)));
void note_json(const char *suffix, json_t *value);

char *joined(const char *format, ...) __attribute__((format(printf, 1, 2)));
void write_file(const char *path, const void *data, size_t size);
/* Makes a folder and those above it. */
void make_folder(const char *path);
/* A line on standard error, and the exit. */
void fail(int status, const char *format, ...) __attribute__((noreturn, format(printf, 2, 3)));

#endif
