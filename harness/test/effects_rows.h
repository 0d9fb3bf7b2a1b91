/* Encodings with what effects_text must say of them: what each architecture's test of its effects is made of.
 */
#ifndef EVERYPC_EFFECTS_ROWS_H
#define EVERYPC_EFFECTS_ROWS_H

#include <stdio.h>
#include <string.h>

#include "insn/effects_text.h"

/* The bytes in memory order, as they lie at address 0; the disassembly, for the reader and against a slip of
 * the pen; the effects as text, "unknown" or "invalid". */
struct effects_row {
    const char *hex, *text, *effects;
};

/* How many of the rows are wrong; prints each. */
static inline int effects_rows_wrong(const char *target, const struct effects_row *rows, size_t n)
{
    struct error e;
    struct decoder *d = decoder_open(target, &e);
    int wrong = 0;
    if (!d) {
        print_error("%s\n", e.text);
        return (int)n;
    }
    for (size_t i = 0; i < n; i++) {
        uint8_t bytes[16];
        size_t size = 0;
        unsigned byte;
        for (const char *hex = rows[i].hex; sscanf(hex, "%2x", &byte) == 1; hex += 2)
            bytes[size++] = (uint8_t)byte;
        struct effects fx;
        char text[160] = "", got[2048] = "unknown";
        enum decode_result r = decoder_insn(d, bytes, size, 0, &fx);
        decoder_text(d, bytes, size, 0, text, sizeof text);
        if (r == DECODED)
            effects_text(decoder_arch(d), &fx, got, sizeof got);
        else if (r == DECODE_INVALID)
            strcpy(got, "invalid");
        if (strcmp(text, rows[i].text) == 0 && strcmp(got, rows[i].effects) == 0 &&
            (r == DECODE_INVALID || fx.size == size))
            continue;
        print_error("%s: %s: %s\n  expected %s: %s\n", rows[i].hex, text, got, rows[i].text, rows[i].effects);
        wrong++;
    }
    decoder_close(d);
    return wrong;
}

#endif
