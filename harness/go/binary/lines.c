/* Source files and lines. After debug/gosym/pclntab.go (go12PCToFile, go12PCToLine) of Go 1.19: a table gives
 * for each PC the number of a file, counted within its compilation unit, another one the line. */
#include "funcs.h"

enum { NO_FILE = 0xffffffff }; /* in the list of a unit's files: the linker dropped it */

/* The value of a table at an offset of the function; false where it has none. */
static bool value_at(const struct gobin *bin, const struct gobin_func *f, const char *name, uint32_t table,
                     uint32_t offset, uint32_t *value)
{
    struct gobin_func copy = *f; /* which keeps what is found to be damaged */
    struct pctab t = func_table(bin, &copy, name, table, PCTAB_ANY);
    struct pc_run run;
    if (t.length == 0 || pctab_lookup(&t, offset, &run) != PCTAB_OK || run.value < 0)
        return false;
    *value = (uint32_t)run.value;
    return true;
}

bool gobin_line(const struct gobin *bin, const struct gobin_func *f, uint32_t offset, const char **file,
                uint32_t *line)
{
    const struct pclntab *t = &bin->tables;
    uint32_t number;
    uint64_t name;
    if (!value_at(bin, f, "pcfile", f->pcfile, offset, &number) ||
        !value_at(bin, f, "pcln", f->pcln, offset, line) ||
        !span_read(&t->units, 4 * ((uint64_t)f->unit + number), 4, &name) || name == NO_FILE)
        return false;
    *file = span_string(&t->files, name);
    return *file && **file && *line > 0;
}
