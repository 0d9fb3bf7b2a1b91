/* The register list in C, and the masks that are made of it: see registers.h. */
#include "registers.h"

#include <stdio.h>
#include <string.h>

#include "case_memory.h"
#include "in_page.h"

#define AS_STATE_REG(name, offset, size, kind, mask) {#name, offset, size, kind, (uint64_t)(mask)},
const struct state_reg state_regs[] = {ARCH_REGS(AS_STATE_REG)};
const int n_state_regs = sizeof state_regs / sizeof *state_regs;

static struct state compare_mask;  /* a bit for each bit that counts */
static struct state garbage_mask;  /* and for each that the adversary turns over */
static struct state lost_mask;     /* the same of the registers that the platform loses */
static bool loses;                 /* any */
static struct state other_garbage; /* what the adversary gives to the rest: legal whatever the register is */
static struct state thread_regs;   /* what the C library's thread has in REG_THREAD */

const struct state *thread_registers(void)
{
    return &thread_regs;
}

static void make_masks(void)
{
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        if (r->kind == REG_TMP)
            continue;
        for (int j = 0; j < r->size; j += 8)
            reg_put(compare_mask.bytes + r->offset + j, reg_chunk(r, j), r->mask);
        if (r->kind != REG_THREAD)
            memcpy(garbage_mask.bytes + r->offset, compare_mask.bytes + r->offset, r->size);
    }
}

/* A run of nothing shows what the thread's own registers hold. */
static void read_thread_registers(void)
{
    static struct state in, out;
    for (int k = 0; k < n_state_regs; k++)
        if (state_regs[k].kind == REG_SP)
            reg_put(in.bytes + state_regs[k].offset, state_regs[k].size, entry_sp(0));
    enter_case(&in, &out, (uintptr_t)case_leave);
    thread_regs = out;
}

static void make_garbage(void)
{
    for (int k = 0; k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        uint8_t *g = other_garbage.bytes + r->offset;
        if (r->kind == REG_THREAD)
            memcpy(g, thread_regs.bytes + r->offset, r->size);
        else
            for (int j = 0; j < r->size; j += 8)
                reg_put(g + j, reg_chunk(r, j), (UINT64_C(0xdeadbeefbadc0de0) + (uint64_t)k * 17) & r->mask);
    }
}

bool registers_begin(const char *spared)
{
    make_masks();
    read_thread_registers();
    make_garbage();
    for (int k = 0; spared && k < n_state_regs; k++) {
        if (strcmp(state_regs[k].name, spared) != 0)
            continue;
        memset(garbage_mask.bytes + state_regs[k].offset, 0, state_regs[k].size);
        return true;
    }
    return !spared;
}

IN_PAGE(1024) void state_turn_over(struct state *garbage, const struct state *interrupted)
{
    typedef unsigned long __attribute__((may_alias)) word;
    word *g = (word *)garbage;
    const word *in = (const word *)interrupted, *turned = (const word *)&garbage_mask,
               *other = (const word *)&other_garbage;
#pragma GCC unroll 8
    for (size_t j = 0; j < STATE_SIZE / sizeof(word); j++)
        g[j] = (~in[j] & turned[j]) | (other[j] & ~turned[j]);
}

void format_reg(const struct state_reg *r, const uint8_t *bytes, char *out, size_t n)
{
    const uint16_t one = 1;
    int little = *(const uint8_t *)&one;
    int at = snprintf(out, n, "%s=0x", r->name);
    for (int j = 0; j < r->size && at > 0 && (size_t)at < n; j++) {
        /* wide registers in the order of memory, eight bytes at a time in the target's order */
        int word = j / 8 * 8, width = r->size - word < 8 ? r->size - word : 8;
        int byte = little ? word + width - 1 - (j - word) : j;
        if (j > 0 && j % 8 == 0)
            at += snprintf(out + at, n - (size_t)at, "_");
        at += snprintf(out + at, n - (size_t)at, "%02x", bytes[byte]);
    }
}

IN_PAGE(512) bool same_bytes(const uint8_t *a, const uint8_t *b, size_t n)
{
    typedef unsigned long __attribute__((may_alias)) word;
    enum { AT_ONCE = 8 * sizeof(word) };
    word differ = 0;
    for (; n > 0 && (uintptr_t)a % sizeof(word) != 0; n--)
        differ |= *a++ ^ *b++;
    for (; n >= AT_ONCE; n -= AT_ONCE, a += AT_ONCE, b += AT_ONCE) {
        const word *x = (const word *)a, *y = (const word *)b;
        differ |= (x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) | (x[3] ^ y[3]) | (x[4] ^ y[4]) |
                  (x[5] ^ y[5]) | (x[6] ^ y[6]) | (x[7] ^ y[7]);
    }
    for (; n > 0; n--)
        differ |= *a++ ^ *b++;
    return differ == 0;
}

static bool masked_differ(int k, const struct state *a, const struct state *b, const struct state *mask)
{
    const struct state_reg *r = &state_regs[k];
    for (int j = r->offset; j < r->offset + r->size; j++)
        if (((a->bytes[j] ^ b->bytes[j]) & mask->bytes[j]) != 0)
            return true;
    return false;
}

/* The registers under a mask; the first one that differs goes to *diff. */
static bool masked_equal(const struct state *golden, const struct state *got, const struct state *mask,
                         struct state_diff *diff)
{
    typedef unsigned long __attribute__((may_alias)) word;
    const word *a = (const word *)golden, *b = (const word *)got, *m = (const word *)mask;
    word differ = 0;
#pragma GCC unroll 8
    for (size_t j = 0; j < STATE_SIZE / sizeof(word); j++)
        differ |= (a[j] ^ b[j]) & m[j];
    for (int k = 0; differ && k < n_state_regs; k++) {
        const struct state_reg *r = &state_regs[k];
        if (!masked_differ(k, golden, got, mask))
            continue;
        format_reg(r, golden->bytes + r->offset, diff->expected, sizeof diff->expected);
        format_reg(r, got->bytes + r->offset, diff->got, sizeof diff->got);
        return false;
    }
    return true;
}

bool regs_equal(const struct state *golden, const struct state *got, struct state_diff *diff)
{
    return same_bytes(golden->bytes, got->bytes, STATE_SIZE) ||
           masked_equal(golden, got, &compare_mask, diff);
}

bool reg_counts(int k)
{
    static const struct state none;
    return masked_differ(k, &compare_mask, &none, &compare_mask);
}

bool reg_differs(int k, const struct state *a, const struct state *b)
{
    return masked_differ(k, a, b, &compare_mask);
}

void reg_difference(int k, const struct state *a, const struct state *b, uint8_t *bits)
{
    const struct state_reg *r = &state_regs[k];
    for (int j = 0; j < r->size; j++)
        bits[j] |= (a->bytes[r->offset + j] ^ b->bytes[r->offset + j]) & compare_mask.bytes[r->offset + j];
}

void reg_lose(int k)
{
    const struct state_reg *r = &state_regs[k];
    memcpy(lost_mask.bytes + r->offset, compare_mask.bytes + r->offset, r->size);
    memset(compare_mask.bytes + r->offset, 0, r->size);
    loses = true;
}

bool reg_lost(int k)
{
    static const struct state none;
    return masked_differ(k, &lost_mask, &none, &lost_mask);
}

void registers_restore(void)
{
    for (size_t k = 0; k < STATE_SIZE; k++) {
        compare_mask.bytes[k] |= lost_mask.bytes[k];
        lost_mask.bytes[k] = 0;
    }
    loses = false;
}

bool lost_regs_equal(const struct state *golden, const struct state *got, struct state_diff *diff)
{
    return !loses || masked_equal(golden, got, &lost_mask, diff);
}

const struct state_reg *register_named(const char *name)
{
    const struct state_reg *reg = state_regs;
    while (strcmp(reg->name, name) != 0)
        reg++;
    return reg;
}

uintptr_t state_sp(const struct state *s)
{
    static int sp_reg;
    uintptr_t sp;
    while (state_regs[sp_reg].kind != REG_SP) /* every architecture has one */
        sp_reg++;
    memcpy(&sp, s->bytes + state_regs[sp_reg].offset, sizeof sp);
    return sp;
}

#ifdef ARCH_LINK

#define NAME_OF(reg)       #reg
#define EXPANDED_NAME(reg) NAME_OF(reg)

uintptr_t state_return(const struct state *s)
{
    static const struct state_reg *reg; /* looked for once */
    uintptr_t link;
    if (!reg)
        reg = register_named(EXPANDED_NAME(ARCH_LINK));
    memcpy(&link, s->bytes + reg->offset, sizeof link);
    return link;
}

#else

uintptr_t state_return(const struct state *s)
{
    return *(const uintptr_t *)state_sp(s);
}

#endif
