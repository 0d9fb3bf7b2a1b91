/* Mutants that are cases: those with wrong marks (arch/<arch>/test/mutants.S), and runs in which something
 * around the case is wrong: the signal stack, the emulator's blocks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "probe/system.h"
#include "mutants.h"

enum { MAX_CRAFTED = 128, NO_PATIENCE_MS = 20 };

static const struct test_case *crafted[MAX_CRAFTED];
static uint32_t n_crafted;
static const struct test_case *below_sp, *looped, *smallest;

/* From `first_special` on: the others are about signals in a thread's own handlers. */
enum special { WHOLE_BLOCKS, OWN_STACK, NO_SIGNAL, N_SPECIAL };
static uint32_t first_special;

static uint32_t special(uint32_t k)
{
    return k - n_crafted + first_special;
}

static uint32_t count(const struct options *o)
{
    (void)o;
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        const struct test_case *c = everypc_cases[k];
        if (is_wrong(c) && n_crafted < MAX_CRAFTED)
            crafted[n_crafted++] = c;
        if (!looped && c->n_pcs >= 6 && c->pcs[c->n_pcs / 2].hop != NO_HOP)
            looped = c; /* its blocks begin inside it */
        if (is_crafted(c) && strstr(c->name, "M6_below_sp_right"))
            below_sp = c;
        if (!smallest || c->n_pcs < smallest->n_pcs)
            smallest = c;
    }
    first_special = system_signal_stack(true) ? WHOLE_BLOCKS : NO_SIGNAL;
    return n_crafted + (looped && below_sp ? N_SPECIAL - first_special : 0);
}

/* "arm64.M25_twice_wrong": the class M25 */
static const char *class_in(const char *name)
{
    static char classes[MAX_CRAFTED][8];
    static uint32_t next;
    const char *at = strchr(name, '.');
    char *to = classes[next++ % MAX_CRAFTED];
    snprintf(to, sizeof *classes, "%.*s", at ? (int)strcspn(at + 1, "_") : 1, at ? at + 1 : "-");
    return to;
}

static void describe(uint32_t k, struct mutant *m)
{
    if (k < n_crafted) {
        const char *name = strchr(crafted[k]->name, '.');
        name = name ? name + 1 : crafted[k]->name;
        snprintf(m->id, sizeof m->id, "case.%.*s", (int)(strlen(name) - strlen("_wrong")), name);
        snprintf(m->what, sizeof m->what, "wrong marks: %s", crafted[k]->progs[0].text);
        m->class = class_in(crafted[k]->name);
        m->cases[m->n_cases++] = crafted[k];
    } else if (special(k) == WHOLE_BLOCKS) {
        snprintf(m->id, sizeof m->id, "runner.whole_blocks");
        snprintf(m->what, sizeof m->what,
                 "free mode on an emulator that looks for signals at the start of blocks only");
        m->class = "M19";
        m->free_mode = true;
        m->cases[m->n_cases++] = looped;
    } else if (special(k) == NO_SIGNAL) {
        snprintf(m->id, sizeof m->id, "runner.no_signal");
        snprintf(m->what, sizeof m->what, "the timer never fires");
        m->class = "M19";
        m->patience_ms = NO_PATIENCE_MS;   /* every run ends by the watchdog */
        static struct test_case forbidden; /* where nothing is injected anyway */
        if (forbid_all(&forbidden, smallest))
            m->cases[m->n_cases++] = &forbidden;
    } else {
        snprintf(m->id, sizeof m->id, "handler.on_the_threads_stack");
        snprintf(m->what, sizeof m->what, "the signal handler runs on the interrupted stack (no SA_ONSTACK)");
        m->class = "M6";
        m->cases[m->n_cases++] = below_sp;
    }
}

static void set(uint32_t k, bool on)
{
    if (k >= n_crafted && special(k) == OWN_STACK)
        system_signal_stack(!on);
    if (k >= n_crafted && special(k) == NO_SIGNAL)
        hooks.no_signal = on;
}

static void apply(uint32_t k)
{
    set(k, true);
}

static void revert(uint32_t k)
{
    set(k, false);
}

const struct mutant_kind case_mutants = {"case", count, describe, apply, revert, NULL, NULL};
