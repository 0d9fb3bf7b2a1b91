/* Decodes machine code through the disassembler and the architecture's effects (arch/<arch>/insn/effects.c).
 */
#include "effects.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disasm/machine.h"

#define TARGET(name) extern const struct effects_arch effects_##name;
EFFECTS_TARGETS
#undef TARGET
#define TARGET(name) &effects_##name,
static const struct effects_arch *const arches[] = {EFFECTS_TARGETS NULL};

/* Instructions that were decoded before. A program repeats most of its words, and a look costs a tenth of
 * what the disassembler does. */
enum { SEEN_BITS = 14, N_SEEN = 1 << SEEN_BITS };
struct seen {
    uint32_t word;
    struct effects fx; /* of an instruction that is the same everywhere; size 0: none yet */
};

struct decoder {
    const struct effects_arch *arch;
    struct machine *machine;
    struct seen *seen; /* null: not for this target */
};

struct decoder *decoder_open(const char *target, struct error *e)
{
    const struct effects_arch *const *arch = arches;
    while (*arch && strcmp((*arch)->target->name, target) != 0)
        arch++;
    if (!*arch) {
        error_set(e, target, 0, "no tables of what its instructions do");
        return NULL;
    }
    struct machine *machine = machine_open((*arch)->target, e);
    struct decoder *d = machine ? calloc(1, sizeof *d) : NULL;
    if (!d) {
        machine_close(machine);
        return NULL;
    }
    *d = (struct decoder){.arch = *arch, .machine = machine};
    if ((*arch)->of_words)
        d->seen = calloc(N_SEEN, sizeof *d->seen); /* it does without, too */
    return d;
}

void decoder_close(struct decoder *d)
{
    if (d)
        machine_close(d->machine);
    if (d)
        free(d->seen);
    free(d);
}

const struct effects_arch *decoder_arch(const struct decoder *d)
{
    return d->arch;
}

static bool is_undefined(const struct effects_arch *arch, const uint8_t *bytes, size_t n)
{
    return arch->undefined_size && n >= arch->undefined_size &&
           memcmp(bytes, arch->undefined, arch->undefined_size) == 0;
}

static uint8_t fill_others(const struct effects_arch *arch, const uint8_t *bytes, size_t n,
                           struct effects *fx, char *text, size_t size)
{
    return arch->fill_others ? arch->fill_others(bytes, n, fx, text, size) : 0;
}

/* By the target's own tables; 0 if they don't know it. */
static uint8_t fill_quickly(const struct effects_arch *arch, const uint8_t *b, size_t n, struct effects *fx)
{
    if (arch->fill_bytes)
        return arch->fill_bytes(b, n, fx);
    if (n < 4)
        return 0;
    uint32_t word = arch->target->big_endian
                        ? (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]
                        : (uint32_t)b[3] << 24 | (uint32_t)b[2] << 16 | (uint32_t)b[1] << 8 | b[0];
    return arch->fill_word(word, fx) ? 4 : 0;
}

/* Whether its effects are the same at any address. */
static bool is_same_everywhere(const struct effects_arch *arch, uint32_t word, const struct effects *fx)
{
    bool same = fx->flow != FLOW_JUMP && fx->flow != FLOW_BRANCH && fx->flow != FLOW_CALL;
    for (int i = 0; i < fx->n_mem; i++)
        same = same && fx->mem[i].base != NO_UNIT;
    for (int i = 0; i < 2 && arch->addresses[i].mask; i++)
        same = same && (word & arch->addresses[i].mask) != arch->addresses[i].value;
    return same;
}

/* Where the instruction at the start of n bytes is kept if it is; null if it can't be. */
static struct seen *seen_at(const struct decoder *d, const uint8_t *b, size_t n, uint32_t *word)
{
    if (!d->seen || n < 4)
        return NULL;
    *word = b[0] | (uint32_t)b[1] << 8;
    if ((b[0] & d->arch->long_bits) == d->arch->long_bits)
        *word |= (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    return &d->seen[*word * 0x9e3779b1u >> (32 - SEEN_BITS)];
}

static enum decode_result decode(struct decoder *d, const uint8_t *bytes, size_t n, struct effects *fx)
{
    size_t handle;
    uint32_t word = 0;
    struct seen *seen = seen_at(d, bytes, n, &word);
    if (seen && seen->fx.size && seen->word == word) {
        uint64_t pc = fx->pc;
        *fx = seen->fx;
        fx->pc = pc;
        return DECODED;
    }
    if (!machine_read(d->machine, bytes, n, fx->pc)) {
        char text[80];
        fx->size = fill_others(d->arch, bytes, n, fx, text, sizeof text);
        if (!fx->size)
            return DECODE_INVALID;
    } else {
        fx->size = (uint8_t)machine_size(d->machine);
        const struct cs_insn *insn = machine_capstone(d->machine, &handle);
        if (!d->arch->fill || !d->arch->fill(handle, insn, fx))
            return DECODE_UNKNOWN;
    }
    if (seen && is_same_everywhere(d->arch, word, fx))
        *seen = (struct seen){word, *fx};
    return DECODED;
}

enum decode_result decoder_insn(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc,
                                struct effects *fx)
{
    memset(fx, 0, sizeof *fx);
    for (int i = 0; i < MAX_EFFECT_MEM; i++)
        fx->mem[i].base = fx->mem[i].index = NO_UNIT;
    for (int i = 0; i < MAX_EFFECT_VALUES; i++)
        fx->value[i].dst = fx->value[i].src = fx->value[i].src2 = NO_UNIT;
    fx->pc = pc;
    if (is_undefined(d->arch, bytes, n)) {
        fx->size = d->arch->undefined_size;
        fx->flow = FLOW_STOP;
        return DECODED;
    }
    if ((d->arch->fill_word || d->arch->fill_bytes) && (fx->size = fill_quickly(d->arch, bytes, n, fx)))
        return DECODED;
    return decode(d, bytes, n, fx);
}

bool decoder_enters_kernel(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc)
{
    return machine_read(d->machine, bytes, n, pc) && machine_enters_kernel(d->machine);
}

size_t decoder_text(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc, char *out,
                    size_t out_size)
{
    if (is_undefined(d->arch, bytes, n)) {
        snprintf(out, out_size, "undef");
        return d->arch->undefined_size;
    }
    if (!machine_read(d->machine, bytes, n, pc)) {
        struct effects fx = {.pc = pc};
        *out = '\0';
        return fill_others(d->arch, bytes, n, &fx, out, out_size);
    }
    machine_text(d->machine, out, out_size);
    return machine_size(d->machine);
}
