/* Mutants of the injected call: each of its instructions in turn replaced by no-ops. */
#include <stdio.h>
#include <string.h>

#include "probe/code_written.h"
#include "probe/nested.h"
#include "probe/pins.h"
#include "probe/stub_insns.h"
#include "arch.h"
#include "mutants.h"

enum { LONGEST = 16, MAX_INSNS = 2048, HASTE_MS = 100 };

static uint8_t saved[LONGEST];

static void write_code(uint8_t *at, const uint8_t *bytes, size_t n)
{
    memcpy(at, bytes, n);
    code_written((char *)at, (char *)at + n);
}

static uint32_t insns[MAX_INSNS]; /* those that are not no-ops themselves */
static uint32_t n_insns;

static uint8_t *code(uint32_t k)
{
    return (uint8_t *)(uintptr_t)async_preempt + everypc_stub[insns[k]].offset;
}

static uint32_t count(const struct options *o)
{
    (void)o;
    if (!stub_set_access(ACCESS_ALL))
        return 0;
    for (uint32_t k = 0; k < everypc_n_stub && n_insns < MAX_INSNS; k++) {
        insns[n_insns] = k;
        n_insns += memcmp(code(n_insns), everypc_nop, (size_t)(everypc_nop_end - everypc_nop)) != 0;
    }
    return n_insns;
}

/* A jump to a place that it names, so not the return; capstone takes ppc64's calls for jumps. */
static bool is_gate(const struct stub_insn *i)
{
    return i->is_jump && strstr(i->text, "0x") && strncmp(i->text, "bl ", 3) != 0;
}

static void describe(uint32_t k, struct mutant *m)
{
    const struct stub_insn *i = &everypc_stub[insns[k]];
    snprintf(m->id, sizeof m->id, "stub.+0x%x.nop", i->offset);
    snprintf(m->what, sizeof m->what, "async_preempt without its instruction \"%s\"", i->text);
    m->class = is_gate(i) ? "M11" : NULL;
    m->in_call = true;
}

static void apply(uint32_t k)
{
    uint8_t nops[LONGEST];
    size_t nop = (size_t)(everypc_nop_end - everypc_nop), size = everypc_stub[insns[k]].size;
    memcpy(saved, code(k), size);
    for (size_t j = 0; j < size; j++)
        nops[j] = everypc_nop[j % nop];
    write_code(code(k), nops, size);
}

static void revert(uint32_t k)
{
    write_code(code(k), saved, everypc_stub[insns[k]].size);
}

/* A branch to itself in the instruction's place hangs whatever comes there. */
static bool is_reached(const struct options *o, uint32_t k)
{
    uint8_t was[PIN_SIZE];
    struct options hasty = *o;
    hasty.fire.patience_ms = HASTE_MS;
    memcpy(was, code(k), sizeof was);
    pins_patch(code(k), pins_bytes(false));
    bool reached = !suite_passes(&hasty);
    pins_patch(code(k), was);
    return reached;
}

const struct mutant_kind stub_mutants = {"stub", count, describe, apply, revert, is_reached, NULL};
