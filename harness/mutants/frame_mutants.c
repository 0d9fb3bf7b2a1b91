/* Mutants of what the stub keeps: while the injected call runs, a saved register is damaged where it lies in
 * the stub's frame, as a stub would that saves half of it, or takes it for another one. Registers are found
 * by their values at the entry of the idle case, which no instruction changes. */
#include <stdio.h>
#include <string.h>

#include "probe/case_memory.h"
#include "probe/initial_state.h"
#include "probe/registers.h"
#include "arch.h"
#include "mutants.h"

enum { MAX_REGS = 256, WINDOW = 3400, STEP = 4 };

static struct place {
    int reg, other; /* index in the register list; the register to be exchanged with, or -1: half of a part is
                       lost */
    uint32_t at, from; /* bytes from the stub's SP at the call: its, and the other's */
    uint32_t part;     /* bytes that lie together */
} places[3 * MAX_REGS];
static uint32_t n_places, at_of[MAX_REGS];
static uint32_t
    part_of[MAX_REGS]; /* 0: not found. XSAVE keeps the lower and the upper 16 bytes of a YMM apart */
static uint32_t upper_at[MAX_REGS]; /* of the upper half that lies apart; 0: none */
static const struct place *active;
static const uint8_t *values;

/* Bytes that the frame can be searched for: not those of a window that would leave the stack. */
static uint32_t window(uintptr_t sp)
{
    uintptr_t top = (uintptr_t)case_stack + STACK_SIZE;
    return sp > top ? 0 : top - sp < WINDOW ? (uint32_t)(top - sp) : WINDOW;
}

bool find_in_frame(uintptr_t sp, const void *value, uint32_t size, uint32_t *at)
{
    for (*at = 0; *at + size <= window(sp); *at += STEP)
        if (memcmp((const uint8_t *)sp + *at, value, size) == 0)
            return true;
    return false;
}

static void search(uintptr_t sp)
{
    for (int k = 0; k < n_state_regs && k < MAX_REGS; k++) {
        const struct state_reg *r = &state_regs[k];
        const uint8_t *value = values + r->offset;
        uint32_t half = r->size / 2u;
        if (part_of[k] || (r->kind != REG_GPR && !KIND_IS_FP(r->kind)) || r->size < 4)
            continue;
        if (find_in_frame(sp, value, r->size, &at_of[k])) {
            part_of[k] = r->size;
        } else if (half >= 16 && find_in_frame(sp, value, half, &at_of[k])) {
            part_of[k] = half;
            if (!find_in_frame(sp, value + half, half, &upper_at[k]))
                upper_at[k] = 0;
        }
    }
}

static uint32_t count(const struct options *o)
{
    static struct state in;
    if (!idle_case())
        return 0;
    state_fill(&in, idle_case(), o->seed, 0);
    values = in.bytes;
    hooks.adversary = search;
    passes(o, idle_case());
    hooks.adversary = NULL;
    for (int k = 0; k < n_state_regs && k < MAX_REGS; k++) {
        if (!part_of[k])
            continue;
        if (KIND_IS_FP(state_regs[k].kind) && part_of[k] >= 16)
            places[n_places++] = (struct place){k, -1, at_of[k], 0, part_of[k]};
        if (upper_at[k])
            places[n_places++] =
                (struct place){k, -1, upper_at[k] - state_regs[k].size / 2u, 0, state_regs[k].size};
        for (int j = k + 1; j < n_state_regs && j < MAX_REGS; j++)
            if (part_of[j] == part_of[k] && state_regs[j].kind == state_regs[k].kind) {
                places[n_places++] = (struct place){k, j, at_of[k], at_of[j], part_of[k]};
                break;
            }
    }
    return n_places;
}

/* arch/<arch>/test/mutants.S */
extern const char everypc_g_register[], everypc_zero_register[];

static bool is_either(const char *a, const char *b, const char *name)
{
    return strcmp(a, name) == 0 || strcmp(b, name) == 0;
}

static void describe(uint32_t k, struct mutant *m)
{
    const struct place *p = &places[k];
    const char *name = state_regs[p->reg].name;
    m->cases[m->n_cases++] = idle_case();
    if (p->other < 0) {
        snprintf(m->id, sizeof m->id, "frame.%s.bytes_from_%u_lost", name, (unsigned)p->part / 2);
        snprintf(m->what, sizeof m->what, "the stub loses %u bytes of %s", (unsigned)p->part / 2, name);
        m->class = "M10";
        return;
    }
    const char *other = state_regs[p->other].name;
    snprintf(m->id, sizeof m->id, "frame.%s.exchanged_with_%s", name, other);
    snprintf(m->what, sizeof m->what, "the stub takes the slots of %s and %s for one another", name, other);
    m->class = is_either(name, other, everypc_g_register)      ? "M21"
               : is_either(name, other, everypc_zero_register) ? "M33"
                                                               : "M13";
}

static void damage(uintptr_t sp)
{
    uint8_t *at = (uint8_t *)sp + active->at, *from = (uint8_t *)sp + active->from, kept[64];
    uint32_t size = active->part;
    if (active->other < 0) {
        memset(at + size / 2, 0xa5, size / 2);
        return;
    }
    memcpy(kept, at, size);
    memcpy(at, from, size);
    memcpy(from, kept, size);
}

static void apply(uint32_t k)
{
    active = &places[k];
    hooks.adversary = damage;
}

static void revert(uint32_t k)
{
    (void)k;
    hooks.adversary = NULL;
}

const struct mutant_kind frame_mutants = {"frame", count, describe, apply, revert, NULL, NULL};
