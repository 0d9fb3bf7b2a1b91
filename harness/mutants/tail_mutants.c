/* Mutants of the injected call's end: once it has restored everything, it goes on elsewhere than at the
 * resume PC - in code that gets there, but keeps something where a second signal overwrites it (tails.inc),
 * or nowhere good. While the call runs, the resume PC is exchanged where it lies in the stub's frame. */
#include <stdio.h>
#include <string.h>

#include "mutants.h"

enum { MAX_TAILS = 8, MAX_INSNS = 16, UNMAPPED = 16 };

/* As tails.inc lays them out. */
struct tail_row {
    const char *text; /* "" behind the last one */
    const uint8_t *at;
    uintptr_t in_slot;
};
extern const struct {
    const char *name, *what;
    const struct tail_row *rows;
} everypc_tails[]; /* ended by a null */
extern uintptr_t everypc_tail_resume;

enum { NEVER_ENDS, ASTRAY, N_OTHER };
/* How the name of a tail begins that faults by itself, without a second signal. */
#define FAULTS "faults_"

static struct stub_insn insns[MAX_TAILS][MAX_INSNS];
static struct stub_code codes[MAX_TAILS];
static uint32_t n_tails;
static uintptr_t goes_on_at, resume;

static void list_insns(uint32_t k)
{
    const struct tail_row *row = everypc_tails[k].rows;
    struct stub_code *c = &codes[k];
    *c = (struct stub_code){everypc_tails[k].name, row->at, insns[k], 0};
    for (; *row->text && c->n < MAX_INSNS; row++, c->n++)
        insns[k][c->n] = (struct stub_insn){row->text, (uint16_t)(row->at - c->base),
                                            (uint16_t)(row[1].at - row->at), 0, (uint16_t)row->in_slot};
}

static uint32_t count(const struct options *o)
{
    (void)o;
    if (!idle_case())
        return 0;
    for (; n_tails < MAX_TAILS && everypc_tails[n_tails].name; n_tails++)
        list_insns(n_tails);
    return n_tails + N_OTHER;
}

static void describe(uint32_t k, struct mutant *m)
{
    m->cases[m->n_cases++] = idle_case();
    if (k >= n_tails) {
        bool astray = k - n_tails == ASTRAY;
        snprintf(m->id, sizeof m->id, "tail.%s", astray ? "astray" : "never_ends");
        snprintf(m->what, sizeof m->what, "the stub's end: %s",
                 astray ? "a jump to where no code is" : "an endless loop");
        m->class = "M20";
        m->only = astray ? ORACLE_CRASH : ORACLE_HANG;
        return;
    }
    snprintf(m->id, sizeof m->id, "tail.%s", everypc_tails[k].name);
    snprintf(m->what, sizeof m->what, "the stub's end: %s", everypc_tails[k].what);
    bool faults = strncmp(everypc_tails[k].name, FAULTS, strlen(FAULTS)) == 0;
    m->class = faults ? "M31" : "M7";
    m->in_call = true;
    m->code = &codes[k];
    m->only = faults ? ORACLE_CRASH : ORACLE_NESTED;
}

static void note_resume(ucontext_t *uc, uintptr_t target, uintptr_t resume_pc)
{
    resume = resume_pc;
    real_push_call(uc, target, resume_pc);
}

static void exchange(uintptr_t sp)
{
    uint32_t at;
    if (!find_in_frame(sp, &resume, sizeof resume, &at))
        return;
    memcpy((uint8_t *)sp + at, &goes_on_at, sizeof goes_on_at);
    everypc_tail_resume = resume;
}

static void apply(uint32_t k)
{
    goes_on_at = k < n_tails             ? (uintptr_t)codes[k].base
                 : k - n_tails == ASTRAY ? UNMAPPED
                                         : (uintptr_t)spin_here;
    hooks.push_call = note_resume;
    hooks.adversary = exchange;
}

static void revert(uint32_t k)
{
    (void)k;
    hooks.push_call = NULL;
    hooks.adversary = NULL;
}

const struct mutant_kind tail_mutants = {"tail", count, describe, apply, revert, NULL, NULL};
