/* Mutants of the platform: the way of a signal to its handler and back loses a register, each in turn. The
 * self-test must find out which, and whatever fails then is the platform's fault and no table's. Lost is what
 * is damaged in the signal frame when the handler returns, where the register is found by its value; else, or
 * where that changes nothing, where the run ends. */
#include <stdio.h>
#include <string.h>

#include "probe/initial_state.h"
#include "probe/platform.h"
#include "probe/registers.h"
#include "probe/system.h"
#include "mcontext.h"
#include "mutants.h"

enum { MAX_REGS = 1024, MAX_COPIES = 4, STEP = 4 };

static struct place {
    int reg;
    uint32_t at[MAX_COPIES], n; /* bytes from the context; none: it is not found there */
} places[MAX_REGS];
static uint32_t n_places;
static const struct place *active;
static bool at_the_end;
static struct test_case
    spared; /* the idle case, where every signal is refused: the handler writes nothing to the context */
static const uint8_t *values; /* at the entry of the idle case, which changes none */
static struct options how;    /* the self-test is run */
static bool signalled;

/* Whether the thread goes on where it has the case's registers, and not the probe's own: a signal may come
 * early. */
static bool is_in_case(const ucontext_t *uc)
{
    uintptr_t pc = ctx_pc(uc);
    return pc == (uintptr_t)case_leave || (pc >= (uintptr_t)spared.entry && pc < (uintptr_t)spared.limit);
}

static void search(ucontext_t *uc)
{
    uint32_t size = system_context_bytes(uc);
    if (!is_in_case(uc))
        return;
    for (uint32_t k = 0; k < n_places; k++) {
        struct place *p = &places[k];
        const struct state_reg *r = &state_regs[p->reg];
        bool unique = r->size >= 4 && (r->kind == REG_GPR || KIND_IS_FP(r->kind));
        uint32_t n = 0;
        for (uint32_t at = 0; unique && at + r->size <= size && n < MAX_COPIES; at += STEP)
            if (memcmp((const uint8_t *)uc + at, values + r->offset, r->size) == 0)
                p->at[n++] = at;
        p->n = n ? n : p->n; /* of the runs from other states */
    }
}

static uint32_t count(const struct options *o)
{
    static struct state in;
    if (!idle_case() || !forbid_all(&spared, idle_case()))
        return 0;
    how = *o;
    state_fill(&in, idle_case(), o->seed, 0);
    values = in.bytes;
    for (int k = 0; k < n_state_regs && n_places < MAX_REGS; k++)
        if (reg_counts(k))
            places[n_places++] = (struct place){.reg = k};
    hooks.signal = search;
    passes(o, &spared);
    hooks.signal = NULL;
    return n_places;
}

static void describe(uint32_t k, struct mutant *m)
{
    const struct place *p = &places[k];
    const char *name = state_regs[p->reg].name;
    snprintf(m->id, sizeof m->id, "platform.%s", name);
    snprintf(m->what, sizeof m->what, "a signal loses %s", name);
    m->class = "M12";
    m->only = ORACLE_PLATFORM;
    m->cases[m->n_cases++] = &spared;
}

static void damage(ucontext_t *uc)
{
    if (!is_in_case(uc))
        return;
    for (uint32_t j = 0; j < active->n && !at_the_end; j++)
        for (uint32_t k = 0; k < state_regs[active->reg].size; k++)
            ((uint8_t *)uc)[active->at[j] + k] ^= 0xff;
    signalled = true;
}

static void damage_end(struct state *out)
{
    const struct state_reg *r = &state_regs[active->reg];
    for (uint32_t k = 0; k < r->size && signalled && at_the_end; k++)
        out->bytes[r->offset + k] ^= 0xff;
    signalled = false;
}

static void apply(uint32_t k)
{
    active = &places[k];
    signalled = false;
    at_the_end = active->n == 0;
    hooks.signal = damage;
    hooks.left = damage_end;
    platform_learn(&how);
    if (at_the_end || !reg_counts(active->reg))
        return;
    at_the_end = true; /* what was found there is a copy that nothing restores */
    platform_learn(&how);
}

static void revert(uint32_t k)
{
    (void)k;
    hooks.signal = NULL;
    hooks.left = NULL;
    registers_restore();
}

const struct mutant_kind platform_mutants = {"platform", count, describe, apply, revert, NULL, NULL};
