/* Hashes of sequences (fingerprint.h). Each unit has a signature, which is all that the sequence does
 * with it; a shape is the mnemonics and the sorted signatures, so it is the same under any naming of the
 * registers. */
#include "fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_MNEMONIC = 24 };

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 29;
}

static uint64_t mix_text(uint64_t h, const char *text)
{
    for (; *text; text++)
        h = mix(h, (uint8_t)*text);
    return h;
}

static void mnemonic(const struct sequence *s, int32_t k, char out[MAX_MNEMONIC])
{
    char text[160] = "?";
    const struct insn *insn = sequence_at(s, k);
    cfg_text(s->cfg, s->decoder, insn, text, sizeof text);
    size_t n = strcspn(text, " ");
    n = n < MAX_MNEMONIC ? n : MAX_MNEMONIC - 1;
    memcpy(out, text, n);
    out[n] = 0;
}

/* What an instruction does with a unit, as bits. */
static uint32_t uses(const struct effects *fx, int unit)
{
    uint32_t bits =
        unit_in(&fx->reads, unit) | unit_in(&fx->writes, unit) << 1 | unit_in(&fx->kills, unit) << 2;
    for (int i = 0; i < fx->n_mem; i++)
        bits |= (uint32_t)((fx->mem[i].base == unit) | (fx->mem[i].index == unit) << 1) << (3 + 2 * i);
    for (int i = 0; i < fx->n_values; i++)
        bits |= (uint32_t)((fx->value[i].dst == unit) | (fx->value[i].src == unit) << 1 |
                           (fx->value[i].src2 == unit) << 2)
                << (7 + 3 * i);
    return bits;
}

static uint64_t signature(const struct sequence *s, int unit)
{
    const struct effects_arch *arch = s->cfg->arch;
    uint64_t h = 0, kind = unit_in(&arch->general, unit) ? 1 : 2;
    for (int32_t k = 0; k < s->n; k++) {
        uint32_t bits = uses(&sequence_at(s, k)->fx, unit);
        if (bits)
            h = mix(mix(h, (uint64_t)k + 1), bits);
    }
    return mix(h, unit == arch->sp ? 3 : kind);
}

/* What is said of an instruction besides registers. */
static uint64_t form(uint64_t h, const struct effects *fx)
{
    h = mix(h, (uint64_t)fx->flow << 8 | fx->flags);
    for (int i = 0; i < fx->n_mem; i++)
        h = mix(h, (uint64_t)fx->mem[i].size << 8 | fx->mem[i].scale | fx->mem[i].load << 4 |
                       fx->mem[i].store << 5);
    for (int i = 0; i < fx->n_values; i++)
        h = mix(h, fx->value[i].op);
    return h;
}

static int by_value(const void *a, const void *b)
{
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

uint64_t sequence_shape(const struct sequence *s)
{
    uint64_t signatures[MAX_UNITS], h = (uint64_t)s->n;
    struct unitset used = {{0}};
    size_t n = 0;
    for (int32_t k = 0; k < s->n; k++) {
        char name[MAX_MNEMONIC];
        mnemonic(s, k, name);
        const struct effects *fx = &sequence_at(s, k)->fx;
        h = form(mix_text(mix(h, (uint64_t)k), name), fx);
        for (size_t w = 0; w < sizeof used.w / sizeof *used.w; w++)
            used.w[w] |= fx->reads.w[w] | fx->writes.w[w];
    }
    for (int u = 0; u < s->cfg->arch->n_units; u++)
        if (unit_in(&used, u))
            signatures[n++] = signature(s, u);
    qsort(signatures, n, sizeof *signatures, by_value);
    for (size_t i = 0; i < n; i++)
        h = mix(h, signatures[i]);
    return h;
}

uint64_t sequence_bytes(const struct sequence *s)
{
    uint64_t h = 1;
    for (uint32_t at = sequence_at(s, 0)->offset; at < sequence_at(s, s->n - 1)->end; at++)
        h = mix(h, s->cfg->func.code[at]);
    return h;
}

void sequence_mnemonics(const struct sequence *s, char *out, size_t size)
{
    size_t at = 0;
    *out = 0;
    for (int32_t k = 0; k < s->n; k++) {
        char name[MAX_MNEMONIC];
        mnemonic(s, k, name);
        int n = snprintf(out + at, size - at, "%s%s", k ? " " : "", name);
        if (n < 0 || (size_t)n >= size - at)
            return;
        at += (size_t)n;
    }
}
