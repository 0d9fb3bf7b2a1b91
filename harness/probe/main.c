/* The probe: one static binary a target that holds the cases and fires the shots. */
#include <stddef.h>

#include "commands.h"

int main(int argc, char **argv)
{
    struct options o;
    if (!options_parse(&o, NULL, argc, argv))
        return 2;
    return probe_main(&o, NULL);
}
