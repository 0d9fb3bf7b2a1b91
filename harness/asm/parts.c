/* Parts of the cases: see parts.h. */
#include "parts.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read.h"

/* Cases of a part: so many at least, from so many on a new file begins another part, so many at most. Tens of
 * milliseconds of a cross assembler. */
enum { FILE_AT_LEAST = 128, PICKED_AT_LEAST = 256, AT_MOST = 1024 };

static const char *const ours[] = {".s", ".o"};

static bool path_of(const struct parts *t, const char *name, const char *ending, char *out, struct error *e)
{
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s%s", t->folder, name, ending) < PATH_MAX)
        return true;
    return error_set(e, t->folder, 0, "too long a path");
}

bool parts_begin(struct parts *t, const char *folder, struct error *e)
{
    *t = (struct parts){.folder = folder};
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return error_set(e, folder, 0, "can't be made: %s", strerror(errno));
    return true;
}

/* FNV-1a */
static uint32_t hash(const char *text)
{
    uint32_t h = 2166136261u;
    for (; *text; text++)
        h = (h ^ (uint8_t)*text) * 16777619u;
    return h;
}

bool parts_is_full(const struct parts *t, const struct program *next)
{
    bool other_file = t->file && strcmp(t->file, next->file) != 0;
    return t->n_cases >= AT_MOST || (other_file && t->n_cases >= FILE_AT_LEAST) ||
           (t->n_cases >= PICKED_AT_LEAST && hash(next->name) % PICKED_AT_LEAST == 0);
}

/* Writes the file unless it holds this text already. */
static bool replace(const char *path, const char *text, size_t size, struct error *e)
{
    struct error none;
    struct stat s;
    if (stat(path, &s) == 0 && (size_t)s.st_size == size) {
        char *old = read_file(path, &none);
        bool same = old && memcmp(old, text, size) == 0;
        free(old);
        if (same)
            return true;
    }
    FILE *f = fopen(path, "w");
    bool ok = f && fwrite(text, 1, size, f) == size;
    if (f && fclose(f) != 0)
        ok = false;
    if (ok)
        return true;
    unlink(path); /* half of it must not be assembled */
    return error_set(e, path, 0, "can't be written: %s", strerror(errno));
}

static bool complete(struct parts *t, struct error *e)
{
    char path[PATH_MAX];
    if (!t->out)
        return true;
    bool ok = fclose(t->out) == 0 || error_set(e, t->folder, 0, "out of memory");
    ok = ok && path_of(t, t->names[t->n - 1], ".s", path, e) && replace(path, t->text, t->size, e);
    free(t->text);
    t->out = NULL;
    t->text = NULL;
    return ok;
}

bool parts_next(struct parts *t, const char *name, struct error *e)
{
    if (!complete(t, e))
        return false;
    if (t->n == t->room) {
        int room = t->room ? 2 * t->room : 64;
        void *more = realloc(t->names, (size_t)room * sizeof *t->names);
        if (!more)
            return error_set(e, t->folder, 0, "out of memory");
        t->names = more;
        t->room = room;
    }
    snprintf(t->names[t->n++], sizeof *t->names, "%s", name);
    t->n_cases = 0;
    t->file = NULL;
    t->out = open_memstream(&t->text, &t->size);
    return t->out || error_set(e, t->folder, 0, "out of memory");
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* `names` in the order of by_name. */
static bool is_left_over(const struct parts *t, const char (*names)[MAX_NAME], const char *file)
{
    char name[MAX_NAME];
    const char *dot = strrchr(file, '.');
    bool mine = false;
    for (size_t k = 0; dot && k < sizeof ours / sizeof *ours; k++)
        mine |= strcmp(dot, ours[k]) == 0;
    if (!mine || (size_t)(dot - file) >= sizeof name)
        return false;
    snprintf(name, sizeof name, "%.*s", (int)(dot - file), file);
    return !bsearch(name, names, (size_t)t->n, sizeof *names, by_name);
}

static bool remove_others(const struct parts *t, struct error *e)
{
    DIR *folder = opendir(t->folder);
    char(*names)[MAX_NAME] = calloc((size_t)t->n + 1, sizeof *names);
    bool ok = (folder && names) || error_set(e, t->folder, 0, "can't be read");
    if (ok) {
        memcpy(names, t->names, (size_t)t->n * sizeof *names);
        qsort(names, (size_t)t->n, sizeof *names, by_name);
    }
    for (const struct dirent *d; ok && (d = readdir(folder));) {
        char path[PATH_MAX];
        if (is_left_over(t, (const char(*)[MAX_NAME])names, d->d_name) && path_of(t, d->d_name, "", path, e))
            unlink(path);
    }
    free(names);
    if (folder)
        closedir(folder);
    return ok;
}

static bool write_list(const struct parts *t, struct error *e)
{
    char path[PATH_MAX];
    FILE *f = path_of(t, "list", "", path, e) ? fopen(path, "w") : NULL;
    if (!f)
        return error_set(e, path, 0, "can't be written");
    for (int k = 0; k < t->n; k++)
        fprintf(f, "%s/%s.o\n", t->folder, t->names[k]);
    return fclose(f) == 0 || error_set(e, path, 0, "can't be written");
}

bool parts_end(struct parts *t, struct error *e)
{
    struct error none;
    bool ok = complete(t, e) && remove_others(t, e) && write_list(t, e);
    if (!ok)
        complete(t, &none);
    free(t->names);
    *t = (struct parts){0};
    return ok;
}
