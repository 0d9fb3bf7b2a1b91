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

struct decoder {
    const struct effects_arch *arch;
    struct machine *machine;
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
    *d = (struct decoder){*arch, machine};
    return d;
}

void decoder_close(struct decoder *d)
{
    if (d)
        machine_close(d->machine);
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

/* Of a target whose instructions are words: its tables first, which are quick; the disassembler only says
 * whether what they don't know is an instruction. */
static enum decode_result decode_word(struct decoder *d, const uint8_t *bytes, size_t n, struct effects *fx)
{
    if (n < 4)
        return DECODE_INVALID;
    fx->size = 4;
    uint32_t word = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    if (d->arch->fill_word(word, fx))
        return DECODED;
    return machine_read(d->machine, bytes, n, fx->pc) ? DECODE_UNKNOWN : DECODE_INVALID;
}

enum decode_result decoder_insn(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc,
                                struct effects *fx)
{
    size_t handle;
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
    if (d->arch->fill_word)
        return decode_word(d, bytes, n, fx);
    if (!machine_read(d->machine, bytes, n, pc)) {
        char text[80];
        fx->size = fill_others(d->arch, bytes, n, fx, text, sizeof text);
        return fx->size ? DECODED : DECODE_INVALID;
    }
    fx->size = (uint8_t)machine_size(d->machine);
    const struct cs_insn *insn = machine_capstone(d->machine, &handle);
    return d->arch->fill(handle, insn, fx) ? DECODED : DECODE_UNKNOWN;
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
        return fill_others(d->arch, bytes, n, &fx, out, out_size);
    }
    machine_text(d->machine, out, out_size);
    return machine_size(d->machine);
}
