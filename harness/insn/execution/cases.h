/* The guest's input: an instruction and what its effects are said to be (layout.h). */
#ifndef EVERYPC_EFFECTS_CASES_H
#define EVERYPC_EFFECTS_CASES_H

#include <stdio.h>

#include "insn/effects.h"

enum { MAX_CODE = 32 };

struct effects_header {
    char target[16];
    int link;       /* a unit, or NO_UNIT where calls push */
    struct spoken { /* of which bits of a unit the effects speak; mask 0: no more of these */
        int unit;
        uint64_t mask;
    } spoken[2];
};

struct effects_case {
    char hex[2 * MAX_CODE + 1], text[160];
    uint8_t code[MAX_CODE];
    int n_code;        /* bytes, a delay slot's included */
    struct effects fx; /* but for pc and size */
};

/* False, with a line on standard error, for what is not of the form. */
bool read_header(FILE *f, struct effects_header *h);
/* 1, 0 at the end, or -1 with a line on standard error. */
int read_case(FILE *f, struct effects_case *c);

#endif
