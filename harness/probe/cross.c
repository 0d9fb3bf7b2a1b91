/* Values of abstract programs: comparing and hashing them. */
#include "cross.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "initial_state.h"

static const uint64_t seed = UINT64_C(0xcbf29ce484222325);

/* FNV-1a over the low `bytes` of v, the lowest first: the same on every target. */
static uint64_t add(uint64_t h, uint64_t v, uint32_t bytes)
{
    for (uint32_t k = 0; k < bytes; k++)
        h = (h ^ (v >> 8 * k & 0xff)) * UINT64_C(0x100000001b3);
    return h;
}

/* 4 or 8 bytes of memory, in the target's order. */
static uint64_t word(const uint8_t *at, uint32_t bytes)
{
    uint32_t v4;
    uint64_t v8;
    memcpy(&v4, at, 4);
    if (bytes == 4)
        return v4;
    memcpy(&v8, at, 8);
    return v8;
}

static uint64_t final_value(const struct case_expect *x, const struct end_state *e)
{
    uint64_t v;
    if (x->kind == CASE_EXPECT_ARENA)
        v = word(e->arena + ARENA_SIZE / 2 + (int32_t)x->where, x->width / 8);
    else
        v = word(e->regs.bytes + state_regs[x->where].offset, state_regs[x->where].size);
    return x->width == 32 ? (uint32_t)v : v;
}

struct verdict judge_values(const struct test_case *c, uint32_t k, const struct end_state *golden,
                            struct values *v)
{
    uint32_t variant = k % CASE_VARIANTS;
    uint64_t hash = seed, hash64 = seed;
    struct verdict bad = {0};
    if (k >= MAX_STATES) /* its pointers may be elsewhere than the values that are expected */
        return bad;
    for (uint32_t j = 0; j < c->n_expects; j++) {
        const struct case_expect *x = &c->expects[j];
        if (x->variant != variant)
            continue;
        uint64_t got = final_value(x, golden), expected = (uint64_t)x->high << 32 | x->low;
        if (x->width == 32)
            hash = add(hash, got, 4);
        else
            hash64 = add(hash64, got, 8);
        if (got == expected || bad.oracle)
            continue;
        bad.oracle = ORACLE_CROSS;
        snprintf(bad.expected, sizeof bad.expected, "%s=0x%" PRIx64, x->name, expected);
        snprintf(bad.got, sizeof bad.got, "%s=0x%" PRIx64, x->name, got);
    }
    v->hash[variant] = hash;
    v->hash64[variant] = hash64;
    v->seen |= 1u << variant;
    return bad;
}

bool values_hash(const struct test_case *c, const struct values *v, uint64_t *hash, uint64_t *hash64)
{
    if (c->n_expects == 0 || v->seen != (1u << CASE_VARIANTS) - 1)
        return false;
    *hash = seed;
    for (int k = 0; k < CASE_VARIANTS; k++)
        *hash = add(*hash, v->hash[k], 8);
    *hash64 = 0;
    for (uint32_t j = 0; j < c->n_expects; j++)
        if (c->expects[j].width == 64)
            *hash64 = seed;
    for (int k = 0; *hash64 && k < CASE_VARIANTS; k++)
        *hash64 = add(*hash64, v->hash64[k], 8);
    return true;
}
