/* everypc-go effects: what each instruction of some machine code does, for people and for tests of the tables. */
#include "commands.h"
#include "effects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void print_set(const struct effects_arch *arch, const char *title, const struct unitset *s)
{
    printf("  %s", title);
    for (int u = 0; u < arch->n_units; u++) {
        if (!unit_in(s, u))
            continue;
        const struct unit_name *name = &arch->units[u];
        printf(name->parts > 1 ? " %s.%d" : " %s", name->reg, name->part);
    }
    printf("\n");
}

static const char *const flow_names[] = {"next",      "jump",          "branch", "call",
                                         "jump (register)", "call (register)", "return", "stop"};

static size_t parse_hex(const char *text, uint8_t *out, size_t max)
{
    size_t n = 0;
    unsigned byte;
    for (; n < max && sscanf(text, "%2x", &byte) == 1 && text[0] && text[1]; text += 2)
        out[n++] = (uint8_t)byte;
    return *text ? 0 : n;
}

int cmd_effects(int argc, char **argv)
{
    uint8_t code[4096];
    struct error e;
    size_t n = argc == 3 ? parse_hex(argv[2], code, sizeof code) : 0;
    if (n == 0) {
        fprintf(stderr, "everypc-go: usage: everypc-go effects TARGET HEX, at most %zu bytes in memory order\n", sizeof code);
        return EXIT_USAGE;
    }
    struct decoder *d = decoder_open(argv[1], &e);
    if (!d) {
        fprintf(stderr, "everypc-go: %s\n", e.text);
        return EXIT_USAGE;
    }
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
            printf("  flow %s", flow_names[fx.flow]);
            if (fx.flow == FLOW_JUMP || fx.flow == FLOW_BRANCH || fx.flow == FLOW_CALL)
                printf(" 0x%llx", (unsigned long long)fx.target);
            printf("\n");
            print_set(arch, "reads ", &fx.reads);
            print_set(arch, "writes", &fx.writes);
            print_set(arch, "kills ", &fx.kills);
        }
        at += r == DECODE_INVALID ? arch->quantum : fx.size;
    }
    decoder_close(d);
    return code_known;
}
