/* everypc-go claims: what listed instructions are said to do, in the form that insn/execution reads (its
 * layout.h). */
#include "command.h"
#include "insn/effects.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "insn/execution/layout.h"

enum { MAX_CODE = 24, DELAY_SLOT = 4 };

static void print_set(const struct unitset *s)
{
    for (int i = 0; i < MAX_UNITS / 64; i++)
        printf("%c%" PRIx64, i == 0 ? '\t' : ' ', s->w[i]);
}

static void print_claims(const uint8_t *code, size_t n, const struct effects *fx, const char *text)
{
    for (size_t i = 0; i < n; i++)
        printf("%02x", code[i]);
    printf("\t%x\t%x\t%" PRIx64, fx->flow, fx->flags, fx->target);
    print_set(&fx->reads);
    print_set(&fx->writes);
    print_set(&fx->kills);
    printf(fx->n_mem == 0 ? "\t-" : "\t");
    for (int i = 0; i < fx->n_mem; i++)
        printf("%d,%d,%x,%x,%x,%" PRIx64 ";", fx->mem[i].base, fx->mem[i].index, fx->mem[i].scale,
               fx->mem[i].load | fx->mem[i].store << 1, fx->mem[i].size, (uint64_t)fx->mem[i].disp);
    printf(fx->n_values == 0 ? "\t-" : "\t");
    for (int i = 0; i < fx->n_values; i++)
        printf("%x,%d,%d,%d,%x,%" PRIx64 ";", fx->value[i].op, fx->value[i].dst, fx->value[i].src,
               fx->value[i].src2, fx->value[i].shift, (uint64_t)fx->value[i].imm);
    printf("\t%s\n", text);
}

/* Architectures with delay slots write NOP as zero. */
static bool one_line(struct decoder *d, const char *line)
{
    uint8_t code[MAX_CODE + DELAY_SLOT] = {0};
    size_t n = 0;
    unsigned byte;
    struct effects fx;
    char text[160];
    for (; n < MAX_CODE && isxdigit((unsigned char)*line) && sscanf(line, "%2x", &byte) == 1; line += 2)
        code[n++] = (uint8_t)byte;
    if (n == 0 || (*line != '\t' && *line != '\n' && *line) ||
        decoder_insn(d, code, n, SLOT_END - n, &fx) != DECODED || fx.size != n)
        return false;
    if (fx.flags & HAS_DELAY_SLOT) {
        n += DELAY_SLOT;
        decoder_insn(d, code, n, SLOT_END - n, &fx);
    }
    line += *line == '\t';
    if (decoder_text(d, code, n, SLOT_END - n, text, sizeof text) == 0) /* then the list's own */
        snprintf(text, sizeof text, "%.*s", (int)strcspn(line, "\n"), line);
    print_claims(code, n, &fx, text);
    return true;
}

static int run(int argc, char **argv)
{
    struct error e;
    char line[512];
    int number = 0;
    FILE *list = argc == 3 ? fopen(argv[2], "r") : NULL;
    if (argc != 3)
        return usage_error(&command_claims, "give a target and a file that lists instructions");
    if (!list) {
        fprintf(stderr, "everypc-go: %s: %s\n", argv[2], strerror(errno));
        return EXIT_USAGE;
    }
    struct decoder *d = decoder_open(argv[1], &e);
    if (!d) {
        fclose(list);
        return failure(e.text);
    }
    const struct effects_arch *arch = decoder_arch(d);
    printf("%s %d %d %" PRIx64 " %d %" PRIx64 "\n", arch->target->name, arch->link, arch->spoken[0].unit,
           arch->spoken[0].mask, arch->spoken[1].unit, arch->spoken[1].mask);
    bool good = true;
    while (good && fgets(line, sizeof line, list)) {
        number++;
        good = *line == '#' || one_line(d, line);
    }
    if (!good)
        fprintf(stderr, "everypc-go: line %d of the list is not an instruction known for %s: %s", number,
                argv[1], line);
    decoder_close(d);
    fclose(list);
    return good ? EXIT_DONE : EXIT_USAGE;
}

const struct command command_claims = {
    .name = "claims",
    .args = "TARGET LIST",
    .does = "what listed instructions are said to do, for the guest that runs them",
    .run = run,
};
