/* Decodes machine code through capstone and the architecture's effects (arch/<arch>/insn/effects.c). */
#include "effects.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TARGET(name) extern const struct effects_arch effects_##name;
EFFECTS_TARGETS
#undef TARGET
#define TARGET(name) &effects_##name,
static const struct effects_arch *const arches[] = {EFFECTS_TARGETS NULL};

struct decoder {
    const struct effects_arch *arch;
    csh handle;
    cs_insn *insn;
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
    struct decoder *d = calloc(1, sizeof *d);
    if (d && cs_open((cs_arch)(*arch)->target->capstone_arch, (cs_mode)(*arch)->target->capstone_mode,
                     &d->handle) == CS_ERR_OK) {
        cs_option(d->handle, CS_OPT_DETAIL, CS_OPT_ON);
        d->arch = *arch;
        d->insn = cs_malloc(d->handle);
        if (d->insn)
            return d;
        cs_close(&d->handle);
    }
    free(d);
    error_set(e, "capstone", 0, "this version does not know %s; 5 or newer is needed", target);
    return NULL;
}

void decoder_close(struct decoder *d)
{
    if (!d)
        return;
    cs_free(d->insn, 1);
    cs_close(&d->handle);
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

enum decode_result decoder_insn(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc,
                                struct effects *fx)
{
    const uint8_t *at = bytes;
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
    if (!cs_disasm_iter(d->handle, &at, &n, &pc, d->insn)) {
        char text[80];
        fx->size = fill_others(d->arch, bytes, n, fx, text, sizeof text);
        return fx->size ? DECODED : DECODE_INVALID;
    }
    fx->size = (uint8_t)d->insn->size;
    return d->arch->fill(d->handle, d->insn, fx) ? DECODED : DECODE_UNKNOWN;
}

bool decoder_enters_kernel(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc)
{
    return cs_disasm_iter(d->handle, &bytes, &n, &pc, d->insn) &&
           (cs_insn_group(d->handle, d->insn, CS_GRP_INT) ||
            cs_insn_group(d->handle, d->insn, CS_GRP_PRIVILEGE));
}

size_t decoder_text(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc, char *out,
                    size_t out_size)
{
    if (is_undefined(d->arch, bytes, n)) {
        snprintf(out, out_size, "undef");
        return d->arch->undefined_size;
    }
    const uint8_t *at = bytes;
    if (!cs_disasm_iter(d->handle, &at, &n, &pc, d->insn)) {
        struct effects fx = {.pc = pc};
        return fill_others(d->arch, bytes, n, &fx, out, out_size);
    }
    snprintf(out, out_size, "%s%s%s", d->insn->mnemonic, *d->insn->op_str ? " " : "", d->insn->op_str);
    return d->insn->size;
}
