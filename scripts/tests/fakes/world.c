#define _GNU_SOURCE
#include "world.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

json_t *world(void)
{
    static json_t *loaded;
    json_error_t error;
    if (!loaded && !(loaded = json_load_file(getenv("EVERYPC_WORLD"), 0, &error)))
        fail(70, "%s: %s", error.source, error.text);
    return loaded;
}

const char *text(const json_t *in, const char *key, const char *missing)
{
    const char *found = json_string_value(json_object_get(in, key));
    return found ? found : missing;
}

json_int_t number(const json_t *in, const char *key, json_int_t missing)
{
    const json_t *found = json_object_get(in, key);
    return json_is_integer(found) ? json_integer_value(found) : missing;
}

bool is_set(const json_t *in, const char *key)
{
    const json_t *found = json_object_get(in, key);
    return json_is_true(found) || json_integer_value(found) || json_string_length(found) ||
           json_array_size(found) || json_object_size(found);
}

bool has_text(const json_t *list, const char *wanted)
{
    size_t i;
    json_t *one;
    json_array_foreach(list, i, one) if (strcmp(json_string_value(one), wanted) == 0) return true;
    return false;
}

bool matches(const char *name, const char *pattern)
{
    return fnmatch(pattern, name, FNM_NOESCAPE) == 0;
}

void emit_json(json_t *object)
{
    json_dumpf(object, stdout, JSON_ENSURE_ASCII);
    putchar('\n');
    fflush(stdout);
    json_decref(object);
}

void emit(const char *format, ...)
{
    va_list ap;
    json_error_t error;
    va_start(ap, format);
    json_t *event = json_vpack_ex(&error, 0, format, ap);
    va_end(ap);
    if (!event)
        fail(70, "emit(\"%s\"): %s", format, error.text);
    emit_json(event);
}

char *joined(const char *format, ...)
{
    char *out;
    va_list ap;
    va_start(ap, format);
    if (vasprintf(&out, format, ap) < 0)
        abort();
    va_end(ap);
    return out;
}

char *beside(const char *format, ...)
{
    char *suffix;
    va_list ap;
    va_start(ap, format);
    if (vasprintf(&suffix, format, ap) < 0)
        abort();
    va_end(ap);
    return joined("%s%s", getenv("EVERYPC_WORLD"), suffix);
}

/* In one write(2), as others may do the same at the same time. */
static void add_line(const char *suffix, const char *line)
{
    FILE *f = fopen(beside("%s", suffix), "a");
    if (!f || fprintf(f, "%s\n", line) < 0 || fclose(f) != 0)
        fail(70, "%s: %s", suffix, strerror(errno));
}

void note(const char *suffix, const char *format, ...)
{
    char *line;
    va_list ap;
    va_start(ap, format);
    if (vasprintf(&line, format, ap) < 0)
        abort();
    va_end(ap);
    add_line(suffix, line);
}

void note_json(const char *suffix, json_t *value)
{
    add_line(suffix, json_dumps(value, JSON_ENSURE_ASCII));
}

void write_file(const char *path, const void *data, size_t size)
{
    FILE *f = fopen(path, "w");
    if (!f || fwrite(data, 1, size, f) != size || fclose(f) != 0)
        fail(70, "%s: %s", path, strerror(errno));
}

void make_folder(const char *path)
{
    char *part = strdup(path);
    for (char *at = part; (at = strchr(at + 1, '/'));) {
        *at = '\0';
        mkdir(part, 0777);
        *at = '/';
    }
    if (mkdir(part, 0777) != 0 && errno != EEXIST)
        fail(70, "%s: %s", path, strerror(errno));
}

void fail(int status, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vfprintf(stderr, format, ap);
    va_end(ap);
    fputc('\n', stderr);
    exit(status);
}
