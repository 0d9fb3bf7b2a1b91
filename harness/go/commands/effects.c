/* everypc-go effects: what each instruction of some machine code does, for people and for tests of the
 * tables. */
#include "command.h"
#include "insn/effects_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t parse_hex(const char *text, uint8_t *out, size_t max)
{
    size_t n = 0;
    unsigned byte;
    for (; n < max && sscanf(text, "%2x", &byte) == 1 && text[0] && text[1]; text += 2)
        out[n++] = (uint8_t)byte;
    return *text ? 0 : n;
}

static int run(int argc, char **argv)
{
    uint8_t code[4096];
    struct error e;
    size_t n = argc == 3 ? parse_hex(argv[2], code, sizeof code) : 0;
    if (n == 0)
        return usage_error(&command_effects,
                           "give a target and 1 to %zu bytes in hexadecimal, in memory order", sizeof code);
    struct decoder *d = decoder_open(argv[1], &e);
    if (!d)
        return failure(e.text);
    const struct effects_arch *arch = decoder_arch(d);
    int code_known = EXIT_DONE;
    for (size_t at = 0; at < n;) {
        struct effects fx;
        char text[160] = "";
        enum decode_result r = decoder_insn(d, code + at, n - at, at, &fx);
        decoder_text(d, code + at, n - at, at, text, sizeof text);
        printf("+0x%zx  %s\n", at, r == DECODE_INVALID ? "(no instruction)" : text);
        if (r != DECODED) {
            printf("  not known\n");
            code_known = EXIT_FINDINGS;
        } else {
            char what[2048];
            effects_text(arch, &fx, what, sizeof what);
            printf("  %s\n", what);
        }
        at += r == DECODE_INVALID ? arch->target->quantum : fx.size;
    }
    decoder_close(d);
    return code_known;
}

const struct command command_effects = {
    .name = "effects",
    .args = "TARGET HEX",
    .does = "what each instruction of some machine code does",
    .run = run,
};
