/* everypc-go shapes: a sample of the instructions in Go binaries, for the test of the effects against
 * execution. */
#define _GNU_SOURCE
#include "command.h"
#include "insn/effects.h"
#include "go/binary/gobin.h"
#include "go/sequences/shapes.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "insn/execution/layout.h"

struct sample {
    struct decoder *decoder;
    void *shapes, *codes; /* trees of struct seen; codes: instructions that were looked at, in hexadecimal */
    unsigned each;        /* instructions for each shape */
    bool mnemonics;       /* shapes are mnemonics */
};

struct seen {
    unsigned count;
    char text[];
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct seen *)a)->text, ((const struct seen *)b)->text);
}

/* How often the text came before. */
static unsigned count(void **tree, const char *text)
{
    struct seen *added = calloc(1, sizeof *added + strlen(text) + 1);
    strcpy(added->text, text);
    struct seen *found = *(struct seen **)tsearch(added, tree, by_text);
    if (found != added)
        free(added);
    return found->count++;
}

/* Where a jump goes can be seen unless that is in the page that holds the instruction (insn/execution). */
static bool can_be_seen(const struct effects *fx)
{
    bool direct = fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH || fx->flow == FLOW_CALL;
    return !direct || fx->target - (SLOT_END - SLOT_SIZE) >= SLOT_SIZE;
}

/* Returns the instruction's size. */
static unsigned one_insn(struct sample *s, const uint8_t *code, size_t n)
{
    struct effects fx;
    struct shape_text shape = {0};
    char text[160] = "", hex[64] = "";
    enum decode_result r = decoder_insn(s->decoder, code, n, SLOT_END - 8, &fx);
    if (r == DECODE_INVALID)
        return decoder_arch(s->decoder)->target->quantum;
    for (unsigned i = 0; i < fx.size; i++)
        sprintf(hex + 2 * i, "%02x", code[i]);
    if (r != DECODED || !can_be_seen(&fx) || count(&s->codes, hex) > 0)
        return fx.size;
    decoder_text(s->decoder, code, n, SLOT_END - 8, text, sizeof text);
    shape_append(&shape, text);
    if (s->mnemonics)
        shape.text[strcspn(shape.text, " ")] = '\0';
    if (count(&s->shapes, shape.text) < s->each)
        printf("%s\t%s\n", hex, text);
    return fx.size;
}

static int one_binary(struct sample *s, const char *path)
{
    struct error e;
    struct gobin *bin = gobin_open(path, &e);
    if (bin && !s->decoder)
        s->decoder = decoder_open(gobin_target(bin), &e);
    if (!bin || !s->decoder || strcmp(gobin_target(bin), decoder_arch(s->decoder)->target->name) != 0) {
        fprintf(stderr, "everypc-go: %s\n",
                bin && s->decoder ? "shapes: the binaries are of different targets" : e.text);
        gobin_close(bin);
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
        for (uint64_t at = 0; f.code && at < f.end - f.entry;)
            at += one_insn(s, f.code + at, f.end - f.entry - at);
    }
    gobin_close(bin);
    return EXIT_DONE;
}

static int run(int argc, char **argv)
{
    struct sample s = {.each = 1};
    int i = 1, code = EXIT_DONE;
    const char *bad = NULL;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--mnemonics") == 0)
            s.mnemonics = true;
        else if (strcmp(argv[i], "--each") == 0 && i + 1 < argc && atoi(argv[i + 1]) > 0)
            s.each = (unsigned)atoi(argv[++i]);
        else
            bad = argv[i], i = argc;
    }
    if (i >= argc)
        return usage_error(&command_shapes,
                           bad ? "%s is unknown, or lacks a number from 1 up" : "name a binary%s",
                           bad ? bad : "");
    for (; i < argc && code == EXIT_DONE; i++)
        code = one_binary(&s, argv[i]);
    tdestroy(s.shapes, free);
    tdestroy(s.codes, free);
    decoder_close(s.decoder);
    return code;
}

const struct command command_shapes = {
    .name = "shapes",
    .args = "[--each N] [--mnemonics] BIN...",
    .does = "instructions of every shape, as hexadecimal bytes and text",
    .options = "  --each N     so many instructions of each shape (1)\n"
               "  --mnemonics  a shape is a mnemonic\n",
    .run = run,
};
