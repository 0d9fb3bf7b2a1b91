/* Mutants of the way from a case to its code: an instruction of a lowered abstract program lost, and an optab
 * that takes an instruction for longer than it is. */
#include <stdio.h>
#include <string.h>

#include "probe/fire.h"
#include "probe/code_written.h"
#include "probe/initial_state.h"
#include "probe/stub_insns.h"
#include "arch.h"
#include "mutants.h"

enum { EACH = 12, LONGEST = 16, SIZED_PCS = 512 };

static const struct test_case *lowered[EACH], *sized[EACH];
static uint32_t n_lowered, n_sized;
static struct test_case changed[EACH];
static struct case_pc pcs[EACH][SIZED_PCS];
static uint8_t saved[LONGEST];

static uint32_t count(const struct options *o)
{
    (void)o;
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        const struct test_case *c = everypc_cases[k];
        if (c->n_expects && c->n_pcs > 2 && n_lowered < EACH)
            lowered[n_lowered++] = c;
        else if (!is_crafted(c) && c->n_pcs > 2 && c->n_pcs < SIZED_PCS && k % 16 == 0 && n_sized < EACH)
            sized[n_sized++] = c;
    }
    return n_lowered + n_sized;
}

/* The PC whose instruction is lost: the last one that counts, since what comes early is often overwritten. */
static uint32_t place(uint32_t k)
{
    uint32_t pc = lowered[k]->n_pcs - 1;
    while (pc > 0 && !(lowered[k]->pcs[pc].reportable && lowered[k]->pcs[pc].hop == NO_HOP))
        pc--;
    return pc;
}

static uint32_t size_at(uint32_t k)
{
    const struct test_case *c = lowered[k];
    uint32_t pc = place(k), size = (uint32_t)(c->end - c->entry);
    return (pc + 1 < c->n_pcs ? c->pcs[pc + 1].offset : size) - c->pcs[pc].offset;
}

static uint8_t *code(uint32_t k)
{
    return (uint8_t *)(uintptr_t)lowered[k]->entry + lowered[k]->pcs[place(k)].offset;
}

static void describe(uint32_t k, struct mutant *m)
{
    if (k < n_lowered) {
        const struct test_case *c = lowered[k];
        snprintf(m->id, sizeof m->id, "lowering.%s.+0x%x.nop", c->name, c->pcs[place(k)].offset);
        snprintf(m->what, sizeof m->what, "an instruction of \"%s\" is lost",
                 c->progs[c->pcs[place(k)].prog].text);
        m->class = "lowering";
        m->of_code = true;
        m->cases[m->n_cases++] = c;
        return;
    }
    k -= n_lowered;
    const struct test_case *c = sized[k];
    uint32_t from = 1 + k % (c->n_pcs - 1);
    snprintf(m->id, sizeof m->id, "optab.%s.size", c->name);
    snprintf(m->what, sizeof m->what, "the optab takes the instruction before +0x%x for longer than it is",
             c->pcs[from].offset);
    m->class = "layout";
    memcpy(pcs[k], c->pcs, c->n_pcs * sizeof *c->pcs);
    for (uint32_t j = from; j < c->n_pcs; j++)
        pcs[k][j].promised = (uint16_t)(pcs[k][j].promised + ARCH_PC_QUANTUM);
    changed[k] = *c;
    changed[k].pcs = pcs[k];
    changed[k].func_size += ARCH_PC_QUANTUM;
    m->cases[m->n_cases++] = &changed[k];
}

static void write_code(uint8_t *at, const uint8_t *bytes, size_t n)
{
    memcpy(at, bytes, n);
    code_written((char *)at, (char *)at + n);
}

static void apply(uint32_t k)
{
    uint8_t nops[LONGEST];
    size_t nop = (size_t)(everypc_nop_end - everypc_nop);
    if (k >= n_lowered)
        return;
    memcpy(saved, code(k), size_at(k));
    for (size_t j = 0; j < size_at(k); j++)
        nops[j] = everypc_nop[j % nop];
    write_code(code(k), nops, size_at(k));
}

static void revert(uint32_t k)
{
    if (k < n_lowered)
        write_code(code(k), saved, size_at(k));
}

static uint64_t low_word(const uint8_t *at, uint32_t size, uint32_t width)
{
    uint32_t v4;
    uint64_t v8;
    memcpy(&v4, at, sizeof v4);
    if (size == sizeof v4)
        return v4;
    memcpy(&v8, at, sizeof v8);
    return width == 32 ? (uint32_t)v8 : v8;
}

/* What the abstract program has: its variables and cells. The rest of the registers are scratch. */
static bool same_values(const struct test_case *c, const struct end_state *a, const struct end_state *b)
{
    bool same = memcmp(a->arena, b->arena, sizeof a->arena) == 0;
    for (uint32_t k = 0; k < c->n_expects && same; k++) {
        const struct state_reg *r = &state_regs[c->expects[k].where];
        if (c->expects[k].kind == CASE_EXPECT_REG)
            same = low_word(a->regs.bytes + r->offset, r->size, c->expects[k].width) ==
                   low_word(b->regs.bytes + r->offset, r->size, c->expects[k].width);
    }
    return same;
}

/* Whether the undisturbed runs end alike with and without the instruction, from every initial state that is
 * tried. */
static bool argue(const struct options *o, uint32_t k, char *why, size_t n)
{
    static struct state in;
    static struct end_state end[2];
    struct shot s;
    bool same = k < n_lowered;
    for (int j = 0; j < N_STATES && same; j++) {
        state_fill(&in, lowered[k], o->seed, j);
        for (int mutated = 0; mutated < 2 && same; mutated++) {
            if (mutated)
                apply(k);
            memory_fill(lowered[k], o->seed, j);
            same = run_plain(&o->fire, lowered[k], &in, &end[mutated].regs, &s) == RUN_LEFT;
            memory_capture(&end[mutated]);
            if (mutated)
                revert(k);
        }
        same = same && same_values(lowered[k], &end[0], &end[1]);
    }
    if (same)
        snprintf(why, n,
                 "dead code: without it all variables and memory end the same from all initial values of the "
                 "program");
    return same;
}

const struct mutant_kind lowering_mutants = {"lowering", count, describe, apply, revert, NULL, argue};
