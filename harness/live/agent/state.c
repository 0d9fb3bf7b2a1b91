#include <stdbool.h>

#include "state.h"

#include "kernel.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

struct words {
    const char *name;
    int first, count;
    size_t offset, bytes, stride;
    bool apart;
};
#ifndef ARCH_LIVE_FP_WORDS
#define ARCH_LIVE_FP_WORDS(X)
#define ARCH_LIVE_FP(uc) NULL
#endif
#ifndef ARCH_LIVE_FP_PLACE
#define ARCH_LIVE_FP_PLACE(uc, offset) (ARCH_LIVE_FP(uc) ? (uint8_t *)ARCH_LIVE_FP(uc) + (offset) : NULL)
#endif
#ifndef ARCH_LIVE_FP_NAME
#define ARCH_LIVE_FP_NAME ""
#endif
#define AS_WORDS(name, first, count, offset, bytes) {name, first, count, offset, bytes, bytes, false},
#define AS_FP_WORDS(name, first, count, offset, bytes, stride) \
    {name, first, count, offset, bytes, stride, true},
static const struct words words[] = {ARCH_CTX_WORDS(AS_WORDS) ARCH_LIVE_FP_WORDS(AS_FP_WORDS)};
enum { N_WORDS = sizeof words / sizeof *words };

/* Appends a name and, unless it is negative, a number below 100. */
static void put_name(char *out, size_t size, const char *name, int number)
{
    size_t at = 0;
    for (; name[at] && at + 3 < size; at++)
        out[at] = name[at];
    if (number >= 10)
        out[at++] = (char)('0' + number / 10);
    if (number >= 0)
        out[at++] = (char)('0' + number % 10);
    out[at] = 0;
}

static bool same(const char *a, const char *b)
{
    while (*a && *a == *b)
        a++, b++;
    return *a == *b;
}

bool state_word(size_t n, struct state_word *out)
{
    for (size_t w = 0; w < N_WORDS; w++) {
        size_t count = words[w].count ? (size_t)words[w].count : 1;
        if (n < count) {
            *out = (struct state_word){.number = words[w].count ? words[w].first + (int)n : -1,
                                       .offset = words[w].offset + n * words[w].stride,
                                       .bytes = words[w].bytes,
                                       .apart = words[w].apart,
                                       .fp = same(words[w].name, ARCH_LIVE_FP_NAME)};
            put_name(out->name, sizeof out->name, words[w].name, out->number);
            return true;
        }
        n -= count;
    }
    return false;
}

/* Where the word is, or null. */
static uint8_t *place(const ucontext_t *uc, const struct state_word *w)
{
    return w->apart ? ARCH_LIVE_FP_PLACE(uc, w->offset) : (uint8_t *)(uintptr_t)uc + w->offset;
}

bool state_named(const char *name, struct state_word *out)
{
    for (size_t n = 0; state_word(n, out); n++)
        if (same(out->name, name))
            return true;
    return false;
}

uint64_t state_read(const ucontext_t *uc, const struct state_word *w)
{
    uint64_t wide = 0;
    uint32_t narrow = 0;
    const uint8_t *at = place(uc, w);
    if (at && w->bytes == sizeof wide)
        memcpy(&wide, at, sizeof wide);
    else if (at)
        memcpy(&narrow, at, sizeof narrow);
    return w->bytes == sizeof wide ? wide : narrow;
}

void state_write(ucontext_t *uc, const struct state_word *w, uint64_t value)
{
    uint32_t narrow = (uint32_t)value;
    uint8_t *at = place(uc, w);
    if (at && w->bytes == sizeof value)
        memcpy(at, &value, sizeof value);
    else if (at)
        memcpy(at, &narrow, sizeof narrow);
#ifdef ARCH_LIVE_FP_WRITTEN
    if (at && w->apart)
        ARCH_LIVE_FP_WRITTEN(uc, w->offset);
#endif
}

/* What the register list says of a word; REG_THREAD where it has none of that name. */
static enum reg_kind kind_of(const char *name)
{
#define IS_IT(reg, offset, size, kind, mask) \
    if (same(name, #reg)) \
        return kind;
    ARCH_REGS(IS_IT)
    return REG_THREAD;
}

bool state_is_dead_behind_a_call(const struct state_word *w)
{
    enum reg_kind kind = kind_of(w->name);
#define IS_KEPT(reg) \
    if (same(w->name, reg)) \
        return false;
    ARCH_LIVE_KEPT(IS_KEPT)
    return w->fp || kind == REG_GPR || KIND_IS_FP(kind) || kind == REG_TMP;
}

/* Whether the list has it as the thread's own. */
static bool is_the_threads(const char *name)
{
#define IS_THREADS(reg, offset, size, kind, mask) \
    if (same(name, #reg)) \
        return kind == REG_THREAD;
    ARCH_REGS(IS_THREADS)
    return false;
}

/* Of a word of the context, the bits that have to be the same. */
static uint64_t compared(const char *name, enum state_which which)
{
    if (which == STATE_ALL)
        return UINT64_MAX;
    if (kind_of(name) == REG_TMP)
        return which == STATE_WITH_SCRATCH ? UINT64_MAX : 0;
    if (plan->inside & INSIDE_THREAD && is_the_threads(name))
        return 0;
#define PARTLY(word, mask) \
    if (same(name, word)) \
        return mask;
    ARCH_LIVE_WORDS(PARTLY)
    return UINT64_MAX;
}

void state_differs(struct shots_pc *p, unsigned wrong, const char *what, int number, uint64_t expected,
                   uint64_t got)
{
    if (p->wrong & wrong)
        return;
    p->wrong |= (uint8_t)wrong;
    uint64_t n = plan->n_differences++;
    if (n >= MAX_DIFFERENCES)
        return;
    struct shots_difference *d = &plan->differences[n];
    put_name(d->what, sizeof d->what, what, number);
    d->pc = (uint32_t)(p - traps_pcs());
    d->expected = expected;
    d->got = got;
    d->wrong = (uint16_t)wrong;
    d->visit = p->visits;
}

void state_copy(struct state_context *to, const ucontext_t *from)
{
    to->uc = *from;
#ifdef ARCH_LIVE_COPY_FP
    ARCH_LIVE_COPY_FP(&to->uc, from);
#endif
}

void state_compare(struct shots_pc *p, unsigned wrong, const ucontext_t *before, const ucontext_t *after,
                   enum state_which which)
{
    struct state_word w;
    for (size_t n = 0; state_word(n, &w); n++) {
        if (!place(before, &w) || !place(after, &w)) /* no FP register was used yet */
            continue;
        uint64_t expected = state_read(before, &w), got = state_read(after, &w);
        if ((expected ^ got) & compared(w.name, which))
            state_differs(p, wrong, w.name, -1, expected, got);
    }
}
