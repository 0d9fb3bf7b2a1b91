/* Signals in the injected call: see nested.h. */
#include "nested.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adversary.h"
#include "events.h"
#include "guard.h"
#include "mcontext.h"
#include "run.h"
#include "stub.h"

/* clang-format off */
enum {
    PATIENCE_MS = 2000, /* CPU time that a run may take */
    BELOW_SP = 512,     /* bytes below the interrupted SP that are watched */
    SPOILED = 4096,     /* bytes below it that the second signal leaves garbage in */
    SMALL = 8,          /* PCs of a case */
    MAX_STUB = 1024,    /* PCs */
    IN_CALL = MAX_STUB, /* in the function that the stub calls */
    HIT = 1, FAILED = 2, /* exit status of a trial's process */
};
/* clang-format on */

static const uint8_t spin[] = ARCH_SPIN;

/* What second signals land in. */
static struct stub_code code;

/* Told by a trial's process to the one that waits for it. */
static struct told {
    struct tally t;
    const struct test_case *c;
} * told;

/* The trial under way, as the handler sees it. */
static struct {
    uint32_t where; /* index of the stub's PC, or IN_CALL */
    bool pinned;
    uint8_t saved[sizeof spin];
    bool inside;       /* the second signal is being delivered */
    bool on_its_stack; /* its signal frame lies on the interrupted stack */
    bool changed;      /* the handler wrote to the interrupted stack */
    uint8_t stack[STACK_SIZE];
    uintptr_t watched; /* from here up */
} trial;

static uint8_t *stub_pc(uint32_t k)
{
    return (uint8_t *)(uintptr_t)code.base + code.insns[k].offset;
}

static uintptr_t second_pc(void)
{
    return trial.where == IN_CALL ? (uintptr_t)spin_here : (uintptr_t)stub_pc(trial.where);
}

static void patch(const uint8_t *bytes)
{
    memcpy(stub_pc(trial.where), bytes, sizeof spin);
    __builtin___clear_cache((char *)stub_pc(trial.where), (char *)stub_pc(trial.where) + sizeof spin);
}

static void pin(void)
{
    trial.pinned = trial.where != IN_CALL;
    if (!trial.pinned)
        return;
    memcpy(trial.saved, stub_pc(trial.where), sizeof spin);
    patch(spin);
}

static void unpin(void)
{
    if (trial.pinned)
        patch(trial.saved);
    trial.pinned = false;
}

static bool on_case_stack(uintptr_t at)
{
    return at >= (uintptr_t)case_stack && at < (uintptr_t)case_stack + STACK_SIZE;
}

static size_t watched_bytes(void)
{
    return (uintptr_t)case_stack + STACK_SIZE - trial.watched;
}

static nested_seen *witness;

/* What lies below the interrupted SP is nobody's: a handler without a stack of its own overwrites it. */
static void spoil(uintptr_t sp)
{
    uintptr_t low = (uintptr_t)case_stack + STACK_GUARD;
    if (!on_case_stack(sp) || sp <= low)
        return;
    low = sp - low < SPOILED ? low : sp - SPOILED;
    memset((void *)low, 0xa5, sp - low);
}

/* Around each decision. */
static void watch(struct thread *t, ucontext_t *uc, const struct decision *made)
{
    (void)t;
    if (!made) {
        trial.inside = ctx_pc(uc) == second_pc();
        if (!trial.inside)
            return;
        unpin();
        trial.on_its_stack = on_case_stack((uintptr_t)uc);
        uintptr_t sp = ctx_sp(uc), low = (uintptr_t)case_stack;
        trial.watched = !on_case_stack(sp) || sp < low + BELOW_SP ? low : sp - BELOW_SP;
        memcpy(trial.stack, (void *)trial.watched, watched_bytes());
    } else if (trial.inside) {
        trial.changed = memcmp(trial.stack, (void *)trial.watched, watched_bytes()) != 0;
        if (!witness)
            spoil(ctx_sp(uc));
        if (trial.where == IN_CALL)
            ctx_set_pc(uc, (uintptr_t)spin_done);
    }
}

static struct verdict judge(const struct run *r, uint32_t pc, struct shot *shots, const struct state *out)
{
    struct verdict v = judge_outcome(r->c, &shots[0]);
    if (!v.oracle)
        v = judge_outcome(r->c, &shots[1]);
    if (!v.oracle)
        v = judge_shot_as(expected_decision(r->c, pc, shots[0].lr_at), r->c, &shots[0],
                          shots[1].landed ? NULL : &r->golden, out);
    if (v.oracle || !shots[1].landed)
        return v;
    if (trial.on_its_stack || trial.changed) {
        v.oracle = "frame";
        snprintf(v.expected, sizeof v.expected, "the interrupted stack untouched, below SP too");
        snprintf(v.got, sizeof v.got,
                 trial.changed ? "the handler wrote to it" : "the signal frame is on it");
        return v;
    }
    return judge_shot_as((struct expectation){false, 0}, r->c, &shots[1], &r->golden, out);
}

static void tell(struct run *r, uint32_t pc, const struct verdict *why)
{
    struct verdict v = {.oracle = "nested"};
    snprintf(r->how, sizeof r->how, NESTED_CALL_ID);
    if (trial.where != IN_CALL)
        snprintf(r->how, sizeof r->how, NESTED_ID "%x", code.insns[trial.where].offset);
    if (trial.where == IN_CALL)
        snprintf(v.expected, sizeof v.expected, "a second signal in the injected call: %.100s",
                 why->expected);
    else
        snprintf(v.expected, sizeof v.expected, "a second signal at %s+0x%x (%.40s): %.70s", code.name,
                 code.insns[trial.where].offset, code.insns[trial.where].text, why->expected);
    snprintf(v.got, sizeof v.got, "%s: %.140s", why->oracle, why->got);
    run_fail(r, pc, 1, &v);
}

/* Whether the pin lies over the next instruction too, which the stub may branch to. */
static bool is_wide(uint32_t k)
{
    return k != IN_CALL && code.insns[k].size < sizeof spin;
}

/* A PC to land at first. */
struct sentinel {
    const struct test_case *c; /* null: none */
    uint32_t pc;
};

void nested_witness(nested_seen *seen)
{
    witness = seen;
}

/* A signal at a sentinel from state `k`, and one in the call that it injects. */
static int try_one(const struct options *o, const struct sentinel *at, int k)
{
    static struct run r;
    struct shot shots[2];
    struct state out;
    r = (struct run){.o = o, .c = told->c = at->c, .t = &told->t};
    trial.on_its_stack = trial.changed = false;
    if (!pins_open(&r.pins, at->c, o->in_place) || !run_golden(&r, k))
        return 0;
    memory_fill(o->seed, k);
    pin();
    fire_nested(&r.pins, at->pc, second_pc(), &r.in, &out, shots);
    unpin();
    if (!shots[1].landed && is_wide(trial.where))
        return 0;
    if (witness && shots[0].outcome == RUN_LEFT) {
        if (shots[1].landed)
            witness(r.c, &r.golden, &out);
        return shots[1].landed ? HIT : 0;
    }
    struct verdict v = judge(&r, at->pc, shots, &out);
    if (v.oracle)
        tell(&r, at->pc, &v);
    return (shots[1].landed ? HIT : 0) | (v.oracle ? FAILED : 0);
}

/* In a small case: one that is refused, one that resumes where it is, or one that restarts elsewhere. */
enum kind { REFUSED, HERE, ELSEWHERE };

static struct sentinel find_sentinel(enum kind kind)
{
    struct sentinel s = {.c = NULL};
    for (uint32_t k = 0; k < everypc_n_cases; k++) {
        s.c = everypc_cases[k];
        for (s.pc = 0; s.pc < s.c->n_pcs && s.c->n_pcs <= SMALL; s.pc++) {
            struct expectation e = expected_decision(s.c, s.pc, 0);
            bool here = e.resume_pc == (uintptr_t)s.c->entry + s.c->pcs[s.pc].offset;
            if (s.c->pcs[s.pc].reportable && kind == (!e.inject ? REFUSED : here ? HERE : ELSEWHERE))
                return s;
        }
    }
    return (struct sentinel){.c = NULL};
}

static struct sentinel plain, restarting;

/* What each trial's process does: a first signal at these PCs, from these states. */
enum { MAX_FIRST = 3 };
static struct {
    struct sentinel at;
    int state;
} first[MAX_FIRST];
static uint32_t n_first;

static void choose_sentinels(void)
{
    plain = guard_base() ? (struct sentinel){guard_base(), 0} : find_sentinel(HERE);
    restarting = find_sentinel(ELSEWHERE);
    if (!plain.c)
        plain = restarting;
    first[0].at = first[1].at = plain;
    first[1].state = 1;
    first[2].at = restarting;
    n_first = restarting.c ? 3 : 2;
}

static void signal_call(void)
{
    if (trial.where == IN_CALL)
        spin_until_signal();
}

/* What the stub does at its first call only is behind it then. */
static void inject_once(const struct options *o)
{
    struct pins pins;
    struct state in, out;
    struct shot shot;
    memory_fill(o->seed, 0);
    state_fill(&in, plain.c, o->seed, 0);
    if (pins_open(&pins, plain.c, o->in_place))
        fire_pin(&pins, plain.pc, 1, &in, &out, &shot);
}

/* In a process of its own: the first injection of its life is the one with a signal in it. */
static int try_all(const struct options *o)
{
    if (!fire_begin() || !fire_patience(PATIENCE_MS))
        return FAILED;
    if (is_wide(trial.where))
        inject_once(o);
    fire_in_scene(watch);
    adversary_meanwhile(signal_call);
    int found = 0;
    for (uint32_t k = 0; k < n_first && !(found & FAILED); k++)
        found |= try_one(o, &first[k].at, first[k].state);
    return found;
}

static int try_apart(const struct options *o, uint32_t where)
{
    int status;
    trial.where = where;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        int found = try_all(o);
        fflush(stdout);
        _exit(found);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) {
        static struct run r;
        struct verdict v = {"crash", "the process ends by itself", "it does not"};
        r = (struct run){.o = o, .c = told->c = plain.c, .t = &told->t};
        tell(&r, plain.pc, &v);
        return FAILED;
    }
    return WEXITSTATUS(status);
}

/* PCs that no run came to are left out by the CPU where a jump leads around them; else the failure is ours.
 */
static void tell_coverage(const struct options *o, const bool *hit)
{
    static struct run r;
    uint32_t pcs = 0, covered = 0, skipped = 0;
    bool around = false;
    for (uint32_t k = 0; k < everypc_n_stub; k++) {
        if (everypc_stub[k].in_slot)
            continue;
        pcs++;
        covered += hit[k];
        around = !hit[k] && (around || (k > 0 && everypc_stub[k - 1].is_jump));
        skipped += around;
        if (hit[k] || around)
            continue;
        struct verdict v = {"coverage", "it lands", "it never did"};
        r = (struct run){.o = o, .c = plain.c, .t = &told->t};
        trial.where = k;
        tell(&r, plain.pc, &v);
    }
    event_begin("nested");
    event_number("stub_pcs", pcs - skipped);
    event_number("stub_covered", covered);
    event_number("stub_skipped", skipped);
    event_list("skipped");
    for (uint32_t k = 0; k < everypc_n_stub; k++) {
        char at[24];
        snprintf(at, sizeof at, "+0x%x", everypc_stub[k].offset);
        if (!hit[k] && !everypc_stub[k].in_slot)
            event_item(at);
    }
    event_list_end();
    event_end(1);
}

static bool set_protection(int protection)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), begin = (uintptr_t)async_preempt & ~(page - 1);
    size_t bytes = ((uintptr_t)async_preempt_end + sizeof spin - begin + page - 1) & ~(page - 1);
    return mprotect((void *)begin, bytes, protection) == 0;
}

/* False if there is nothing to try. */
static bool set_up(const struct stub_code *in)
{
    code = in ? *in
              : (struct stub_code){"async_preempt", (const uint8_t *)async_preempt, everypc_stub,
                                   everypc_n_stub};
    choose_sentinels();
    if (!told)
        told = mmap(NULL, sizeof *told, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (told == MAP_FAILED || code.n > MAX_STUB || !set_protection(PROT_READ | PROT_WRITE | PROT_EXEC)) {
        fprintf(stderr,
                "probe: no signals in the injected call: it is too long, or its code can't be written\n");
        told = NULL;
        return false;
    }
    *told = (struct told){.c = NULL};
    return plain.c != NULL;
}

/* Under an emulator each trial's process translates what none before the fork has run. A signal that is
 * refused runs all that they have in common but the stub, whose first call is theirs. */
static void warm_up(const struct options *o)
{
    static struct run r;
    struct sentinel at = find_sentinel(REFUSED);
    struct state out;
    struct shot shot;
    r = (struct run){.o = o, .c = at.c, .t = &told->t};
    if (!at.c || !pins_open(&r.pins, at.c, o->in_place) || !run_golden(&r, 0))
        return;
    memory_fill(o->seed, 0);
    fire_pin(&r.pins, at.pc, 1, &r.in, &out, &shot);
    judge_shot(at.c, &shot, &r.golden, &out);
}

void nested_run(const struct options *o)
{
    static bool hit[MAX_STUB];
    if (!set_up(NULL))
        return;
    warm_up(o);
    for (uint32_t k = 0; k < code.n; k++)
        hit[k] = !code.insns[k].in_slot && (try_apart(o, k) & HIT);
    try_apart(o, IN_CALL);
    set_protection(PROT_READ | PROT_EXEC);
    tell_coverage(o, hit);
}

const struct test_case *nested_find(const struct options *o, const struct stub_code *in, struct tally *t)
{
    bool failed = false;
    if (!oracle_is_on("nested") || !set_up(in))
        return NULL;
    n_first = 1; /* there are many mutants */
    for (uint32_t k = 0; k < code.n && !failed; k++)
        failed = !code.insns[k].in_slot && (try_apart(o, k) & FAILED);
    failed = failed || (try_apart(o, IN_CALL) & FAILED);
    *t = told->t;
    return failed && t->failures ? told->c : NULL;
}

bool is_nested(const char *how)
{
    return strcmp(how, NESTED_CALL_ID) == 0 || strncmp(how, NESTED_ID, strlen(NESTED_ID)) == 0;
}

/* The index of the PC that an id names; code.n if it names none. */
static uint32_t place(const char *how)
{
    unsigned offset;
    uint32_t k = 0;
    if (strcmp(how, NESTED_CALL_ID) == 0)
        return IN_CALL;
    if (sscanf(how, NESTED_ID "%x", &offset) != 1)
        return code.n;
    while (k < code.n && (code.insns[k].offset != offset || code.insns[k].in_slot))
        k++;
    return k;
}

bool nested_repro(const struct options *o, const struct test_case *c, uint32_t pc, int state, const char *how)
{
    if (!set_up(NULL) || place(how) == code.n)
        return false;
    first[0].at = (struct sentinel){c, pc};
    first[0].state = state;
    n_first = 1;
    int found = try_apart(o, place(how));
    event_begin("shot");
    event_string("case", c->name);
    event_string("second", how);
    event_string("verdict", found & FAILED ? "nested"
                            : found & HIT  ? "ok"
                                           : "the second signal did not land");
    event_end(1);
    return true;
}
