/* A binary's own stub: the machine code of runtime.asyncPreempt, as a source file that takes the place of
 * arch/<arch>/probe/preempt.S in a probe (SUT), so that it can be run and measured. */
#ifndef EVERYPC_GO_STUB_H
#define EVERYPC_GO_STUB_H

#include <stdio.h>

#include "go/binary/gobin.h"
#include "insn/effects.h"

/* What the branches in a stub depend on besides registers. */
/* clang-format off */
enum go_stub_data {
    STUB_NO_DATA,
    STUB_CONSTANTS, /* data with a value in the file, or that the linker gives its value, as GOARM's */
    /* other data that is zero in the file: set when the program starts, as the features of the CPU are */
    STUB_VARIABLES,
};
/* clang-format on */

/* What it asks: data, and so many bytes that say what the CPU has (stub_flags.h). */
struct go_stub_asks {
    enum go_stub_data data;
    unsigned flags;
};
/* What it finds there. `switched`: the data is inverted (0 becomes 1, all else 0), so that the other way
 * through the stub is run. `flags`: how many of the flags are set, those first that it asks for last. */
struct go_stub_setting {
    bool switched;
    unsigned flags;
};

/* Writes it to `out`: bytes as they are, but for the call of asyncPreempt2, which goes to async_preempt2, and
 * literals that hold addresses of data, which get a copy of 8 bytes of what lies there in the file, and loads
 * of g, and of its m and p on the way to where vector registers are saved (Go 1.26 and later on arm64 and
 * amd64), which become the address of a p that the file brings. False and an error for code that can't be
 * moved so: any other call, any other use of an address. */
bool go_stub_write(const struct gobin *bin, const struct go_stub_setting *setting, FILE *out,
                   struct go_stub_asks *asks, struct error *e);

/* What it loses under this setting, by reading it (stub_read.h). *arch has the units' names. False and an
 * error as above, or where the code can't be followed. */
bool go_stub_read(const struct gobin *bin, const struct go_stub_setting *setting, struct unitset *lost,
                  const struct effects_arch **arch, struct error *e);

#endif
