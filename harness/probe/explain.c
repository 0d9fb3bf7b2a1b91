/* The events of an explanation: see explain.h. */
#include "explain.h"

#include <stdio.h>

#include "arch.h"
#include "end_state.h"
#include "events.h"
#include "registers.h"
#include "pctab/pctab.h"
#include "sp_oracle.h"

enum { SHOWN = 64, MAX_INSN = 24 /* bytes of an instruction that are shown */ };

static void init_event(const struct case_init *n)
{
    static const char *const kinds[] = {[CASE_INIT_VALUE] = "",
                                        [CASE_INIT_ARENA] = "arena",
                                        [CASE_INIT_LEAVE] = "leave",
                                        [CASE_INIT_STACK] = "stack",
                                        [CASE_INIT_TICKER] = "ticker"};
    long long value = (long long)((uint64_t)n->high << 32 | n->low);
    char text[80];
    if (n->kind == CASE_INIT_VALUE)
        snprintf(text, sizeof text, "%s = 0x%llx", state_regs[n->reg].name, (unsigned long long)value);
    else if (value)
        snprintf(text, sizeof text, "%s = %s%+lld", state_regs[n->reg].name, kinds[n->kind], value);
    else
        snprintf(text, sizeof text, "%s = %s", state_regs[n->reg].name, kinds[n->kind]);
    event_begin("init");
    event_string("text", text);
    event_end(0);
}

static void entry_events(const struct test_case *c)
{
    static const struct {
        uint32_t flag;
        const char *word;
    } words[] = {{CASE_FRAME_POINTER, "FRAME_POINTER"},
                 {CASE_STACK_CHECK, "STACK_CHECK"},
                 {CASE_FRAGMENT, "FRAGMENT"},
                 {CASE_FOREIGN, "FOREIGN"}};
    for (uint32_t k = 0; k < c->n_inits; k++)
        if (c->inits[k].variant <= 1)
            init_event(&c->inits[k]);
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (!(c->flags & words[k].flag))
            continue;
        event_begin("property");
        event_string("word", words[k].word);
        event_end(0);
    }
}

static void code_events(const struct test_case *c)
{
    for (uint32_t k = 0; k < c->n_progs; k++) {
        event_begin("code");
        event_number("prog", k);
        event_string("text", c->progs[k].text);
        event_string("source", c->progs[k].source);
        event_signed("mark", c->progs[k].value);
        event_end(0);
    }
}

static void bytes_string(const uint8_t *from, const uint8_t *to)
{
    char hex[2 * MAX_INSN + 1] = "";
    for (int at = 0; from < to && at < 2 * MAX_INSN; from++, at += 2)
        snprintf(hex + at, sizeof hex - (size_t)at, "%02x", *from);
    event_string("bytes", hex);
}

static void insn_event(const struct test_case *c, uint32_t k)
{
    const struct case_pc *p = &c->pcs[k];
    struct pctab table = {c->table, c->table_length, c->func_size, ARCH_PC_QUANTUM, PCTAB_UNSAFE_POINT};
    struct pc_run run;
    int32_t sp_delta;
    enum pctab_error error = pctab_lookup(&table, p->offset, &run);
    event_begin("insn");
    event_number("pc", p->offset);
    bytes_string(c->entry + p->offset, k + 1 < c->n_pcs ? c->entry + c->pcs[k + 1].offset : c->end);
    event_number("prog", p->prog);
    if (error == PCTAB_OK)
        event_signed("value", run.value);
    else
        event_string("damage", pctab_strerror(error));
    if (c->sp_table && sp_delta_by_table(c, (uintptr_t)c->entry + p->offset, &sp_delta) == PCTAB_OK &&
        sp_delta != SP_DELTA_UNKNOWN)
        event_signed("sp_delta", sp_delta);
    event_number("reportable", p->reportable);
    event_end(0);
}

static struct differing noted[SHOWN];
static uint32_t n_noted;

static void note_differing(const struct differing *d)
{
    if (n_noted < SHOWN)
        noted[n_noted] = *d;
    n_noted++;
}

static void differs_event(const struct differing *d, uint32_t more)
{
    event_begin("differs");
    event_string("what", d->what);
    event_string("expected", d->expected);
    event_string("got", d->got);
    event_string("bits", d->bits);
    if (more)
        event_number("more", more);
    event_end(0);
}

static void explain_end(const struct golden *golden, const struct state *got)
{
    n_noted = 0;
    state_differences(golden, got, note_differing);
    uint32_t shown = n_noted < SHOWN ? n_noted : SHOWN;
    for (uint32_t k = 0; k < shown; k++)
        differs_event(&noted[k], k + 1 == shown ? n_noted - shown : 0);
}

void explain_case(const struct test_case *c)
{
    entry_events(c);
    code_events(c);
    for (uint32_t k = 0; k < c->n_pcs; k++)
        insn_event(c, k);
    state_observe(explain_end);
}
