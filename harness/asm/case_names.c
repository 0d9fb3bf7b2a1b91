/* Names of cases. */
#define _GNU_SOURCE
#include "case_names.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct known {
    char key[MAX_NAME];  /* a name, or a symbol */
    char name[MAX_NAME]; /* of the case with that symbol */
    int copies;          /* of the name: the last number that was given to one */
};

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct known *)a)->key, ((const struct known *)b)->key);
}

static struct known *find(void *const *tree, const char *key)
{
    struct known wanted;
    snprintf(wanted.key, sizeof wanted.key, "%s", key);
    struct known **found = tfind(&wanted, tree, by_key);
    return found ? *found : NULL;
}

/* Puts a key in that the tree does not have. */
static bool insert(void **tree, const char *key, const char *name)
{
    struct known *new = malloc(sizeof *new);
    if (!new)
        return false;
    *new = (struct known){.copies = 1};
    snprintf(new->key, sizeof new->key, "%s", key);
    snprintf(new->name, sizeof new->name, "%s", name);
    if (tsearch(new, tree, by_key))
        return true;
    free(new);
    return false;
}

bool case_names_add(struct case_names *names, struct program *p, struct error *e)
{
    char base[MAX_NAME];
    memcpy(base, p->name, sizeof base);
    base[MAX_NAME - 8] = 0;
    const struct known *same = p->kind == PROGRAM_OBJECT ? find(&names->symbols, p->symbol) : NULL;
    if (same)
        return error_set(e, p->file, p->line, "CASE %s is in another .S file too, as case %s; rename one",
                         p->symbol, same->name);
    struct known *first = find(&names->names, p->name);
    while (first && find(&names->names, p->name))
        snprintf(p->name, sizeof p->name, "%.80s.%d", base, ++first->copies);
    if (!insert(&names->names, p->name, p->name) ||
        (p->kind == PROGRAM_OBJECT && !insert(&names->symbols, p->symbol, p->name)))
        return error_set(e, p->file, p->line, "out of memory");
    return true;
}

void case_names_free(struct case_names *names)
{
    tdestroy(names->names, free);
    tdestroy(names->symbols, free);
    *names = (struct case_names){0};
}
