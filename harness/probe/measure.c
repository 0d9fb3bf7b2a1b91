/* Measuring a stub: see measure.h. The second signals run in processes of their own (nested.c), so what is
 * found lies in memory that they share. */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "events.h"
#include "fire.h"
#include "nested.h"
#include "oracle.h"
#include "run.h"
#include "system.h"

/* clang-format off */
enum {
    STATES = 4,       /* initial states of each case */
    BELOW = 128,      /* bytes below the stack pointer that are looked at */
};
/* clang-format on */

/* What was lost so far, a set bit for each bit, and how it was found. */
struct losses {
    struct state bits;
    struct state held; /* bits that were ever set without a signal */
    bool below[BELOW]; /* [k]: the byte at SP - 1 - k changed */
    uint64_t shots, nested;
};
static struct losses *found;

/* The register that a copying case is about, and the one that it copies it to; false if it copies nothing. */
static bool copied(const struct test_case *c, int *tmp, int *reg)
{
    char names[2][16];
    const char *copy = strstr(c->name, "copy.");
    if (!copy || sscanf(copy, "copy.%15[^.].%15s", names[0], names[1]) != 2)
        return false;
    *tmp = *reg = -1;
    for (int k = 0; k < n_state_regs; k++) {
        if (strcmp(state_regs[k].name, names[0]) == 0)
            *tmp = k;
        if (strcmp(state_regs[k].name, names[1]) == 0)
            *reg = k;
    }
    return *tmp >= 0 && *reg >= 0;
}

static void note(const struct test_case *c, const struct golden *golden, const struct state *out)
{
    const struct state *right = &golden_here(golden)->regs;
    int tmp, reg;
    if (copied(c, &tmp, &reg)) {
        reg_difference(reg, right, out, found->bits.bytes + state_regs[tmp].offset);
        return;
    }
    for (int k = 0; k < n_state_regs; k++)
        reg_difference(k, right, out, found->bits.bytes + state_regs[k].offset);
}

static void note_nested(const struct test_case *c, const struct golden *golden, const struct state *out)
{
    found->nested++;
    note(c, golden, out);
}

static void note_below(const uint8_t *before, const uint8_t *sp)
{
    for (int k = 0; k < BELOW; k++)
        found->below[k] |= before[BELOW - 1 - k] != sp[-1 - k];
}

/* One shot at each PC. Every other state has other garbage below SP, so no byte can keep its value by chance
 * twice. */
static void measure_case(const struct options *o, const struct test_case *c)
{
    static struct run r;
    static struct tally t;
    struct shot s;
    struct state out;
    run_begin(&r, o, &to_events, c, &t);
    if (!pins_open(&r.pins, c, o->in_place))
        return;
    for (int k = 0; k < STATES; k++) {
        if (!run_golden(&r, k))
            continue;
        for (int b = 0; b < STATE_SIZE; b++)
            found->held.bytes[b] |= golden_here(&r.golden)->regs.bytes[b];
        for (uint32_t pc = 0; pc < c->n_pcs; pc++) {
            uint8_t before[BELOW];
            if (!c->pcs[pc].reportable)
                continue;
            memory_fill(c, o->seed, k);
            const uint8_t *sp = (const uint8_t *)state_entry_sp(c, k);
            memcpy(before, sp - BELOW, BELOW);
            fire_pin(&r.fire, &r.pins, pc, 1, &r.in, &out, &s);
            struct verdict v;
            judge_outcome(c, &s, &v);
            if (v.oracle) {
                run_fail(&r, pc, 1, &v);
            } else if (s.landed && s.injected == 1) {
                found->shots++;
                note(c, &r.golden, &out);
                note_below(before, sp);
            }
        }
    }
}

static void lost_event(int k)
{
    const struct state_reg *reg = &state_regs[k];
    char text[2 * 64 + 1];
    for (int b = 0; b < reg->size && b < 64; b++) {
        uint8_t bits = found->bits.bytes[reg->offset + b];
        snprintf(text + 2 * b, 3, "%02x", bits);
    }
    event_begin("lost");
    event_string("reg", reg->name);
    event_number("size", reg->size);
    event_number("unit", UNIT_BYTES(reg->size, reg->kind));
    event_string("bits", text);
    event_end(0);
}

static bool is_lost(int k)
{
    for (int b = 0; b < state_regs[k].size; b++)
        if (found->bits.bytes[state_regs[k].offset + b])
            return true;
    return false;
}

/* A register that the CPU does not have is zero, whatever it is given: what becomes of it was not seen. */
static bool is_lacking(int k)
{
    const struct state_reg *reg = &state_regs[k];
    bool held = false;
    for (int b = 0; b < reg->size; b++)
        held |= found->held.bytes[reg->offset + b] != 0;
    return KIND_IS_FP(reg->kind) && !held;
}

static void write_events(void)
{
    for (int k = 0; k < n_state_regs; k++)
        if (is_lost(k))
            lost_event(k);
    event_begin("measured");
    event_number("shots", found->shots);
    event_number("nested", found->nested);
    event_list("kept_below"); /* distances from SP of the bytes that survive */
    for (int k = 0; k < BELOW; k++) {
        char at[8];
        snprintf(at, sizeof at, "-%d", k + 1);
        if (!found->below[k])
            event_item(at);
    }
    event_list_end();
    event_list("not_measured");
    for (int k = 0; k < n_state_regs; k++)
        if (!reg_counts(k) && state_regs[k].kind != REG_TMP && state_regs[k].kind != REG_THREAD)
            event_item(state_regs[k].name);
    event_list_end();
    event_list("lacking"); /* on this CPU */
    for (int k = 0; k < n_state_regs; k++)
        if (reg_counts(k) && is_lacking(k))
            event_item(state_regs[k].name);
    event_list_end();
    event_end(1);
}

void measure_run(const struct options *o)
{
    found = system_map_shared(sizeof *found);
    if (!found) {
        perror("probe: shared memory");
        exit(3);
    }
    nested_run(o, note_nested); /* first: see nested.h */
    for (uint32_t k = 0; k < everypc_n_cases; k++)
        measure_case(o, everypc_cases[k]);
    write_events();
}
