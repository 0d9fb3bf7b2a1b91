/* The guest: reads instructions and what they are said to do from a file, runs them, prints what it saw
 * (layout.h). Relies on the architecture's register list and enter_case; there is no probe in it. Exit code 0
 * whatever it saw, 2 for input that is not of the form. */
#include "judge.h"
#include "run.h"
#include "units.h"

int main(int argc, char **argv)
{
    static struct effects_header header;
    static struct effects_case c;
    int got;
    FILE *f = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!f) {
        perror(argc == 2 ? argv[1] : "effects-probe: it takes the name of a list");
        return 2;
    }
    if (!read_header(f, &header) || !run_begin())
        return 2;
    units_begin(&header);
    while ((got = read_case(f, &c)) > 0) {
        judge(&header, &c);
        fflush(stdout);
    }
    return got < 0 ? 2 : 0;
}
