/* Names of cases. */
#include "case_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool case_names_add(struct case_names *names, struct program *p, struct error *e)
{
    char base[MAX_NAME];
    memcpy(base, p->name, sizeof base);
    base[MAX_NAME - 8] = 0;
    for (int k = 0; p->kind == PROGRAM_OBJECT && k < names->n; k++)
        if (strcmp(names->list[k].symbol, p->symbol) == 0)
            return error_set(e, p->file, p->line, "CASE %s is in another .S file too, as case %s; rename one",
                             p->symbol, names->list[k].name);
    int copy = 1;
    for (int k = 0; k < names->n; k++)
        if (strcmp(names->list[k].name, p->name) == 0) {
            snprintf(p->name, sizeof p->name, "%.80s.%d", base, ++copy);
            k = -1;
        }
    if (names->n == names->room) {
        int room = names->room ? 2 * names->room : 256;
        void *more = realloc(names->list, (size_t)room * sizeof *names->list);
        if (!more)
            return error_set(e, p->file, p->line, "out of memory");
        names->list = more;
        names->room = room;
    }
    struct case_name *added = &names->list[names->n++];
    memcpy(added->name, p->name, sizeof added->name);
    memcpy(added->symbol, p->symbol, sizeof added->symbol);
    return true;
}

void case_names_free(struct case_names *names)
{
    free(names->list);
}
