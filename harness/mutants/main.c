/* The probe with mutants: with --mutants it runs those of the glob --mutant instead of the cases; else it is
 * the probe. */
#include <stddef.h>

#include "probe/commands.h"
#include "mutants.h"

static const struct option_row rows[] = {
    {"mutants", NULL, OPTION_FLAG, offsetof(struct mutants_options, mutants), NULL},
    {"mutant", "GLOB", OPTION_TEXT, offsetof(struct mutants_options, mutant), NULL},
    {"fresh", NULL, OPTION_FLAG, offsetof(struct mutants_options, fresh), NULL},
    {0},
};

int main(int argc, char **argv)
{
    struct mutants_options m = {.mutant = "*"};
    if (!options_parse(&m.probe, rows, argc, argv))
        return 2;
    return probe_main(&m.probe, m.mutants ? mutants_run : NULL);
}
