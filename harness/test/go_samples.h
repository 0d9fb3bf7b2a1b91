/* What the reader's tests and its fuzzer's seeds have in common: some functions, and machines to write them
 * for. */
#ifndef EVERYPC_TEST_GO_SAMPLES_H
#define EVERYPC_TEST_GO_SAMPLES_H

#include "go_image.h"

/* Every kind of function, by its place among them. */
enum { PLAIN, MEMMOVE, MALLOCGC, INLINES, REFLECT, NO_MAPS, CALL32, N_SAMPLES };
extern const struct go_func go_samples[N_SAMPLES];

struct go_machine {
    const char *target;
    struct go_options options; /* layout and version apart */
};
/* The first four are those of other formats than ELF, too. */
enum { AMD64, I386, ARM64, ARM, MIPS, MIPS64, MIPSLE, RISCV64, RISCV64_COMPRESSED, S390X, N_MACHINES };
extern const struct go_machine go_machines[N_MACHINES];

/* The options for a layout as its Go would have it: with a version of Go, at fixed addresses, with symbols.
 */
struct go_options go_options_for(const struct go_machine *m, enum go_layout layout);

#endif
