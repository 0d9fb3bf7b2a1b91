/* Runs an instruction from many states, each one again with all registers changed that it is said not to
 * read.
 *
 * Shares no code with harness/go, only the form of the claims (effects.h). FP control: that an instruction
 * obeys it is no read, so a change of it alone must not change where control goes or the flags, and nothing
 * else is asked. */
#include "judge.h"

#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>

#include "claims.h"
#include "run.h"
#include "units.h"

enum { N_STATES = 24, N_TURNS = 2, MAX_WRONG = 4, ENOUGH = 8 };

/* The instruction under test. */
static struct trial {
    const struct effects_header *header;
    const struct effects_case *c;
    uintptr_t entry;
    int ran, faults, last_signal, wrong;
    struct unitset uses, keeps; /* units whose change was seen elsewhere; in themselves */
    bool fell_through, branched;
} t;
static struct image start;
static struct outcome first, again;

__attribute__((format(printf, 1, 2))) static void wrong(const char *fmt, ...)
{
    va_list ap;
    if (t.wrong++ >= MAX_WRONG)
        return;
    printf("wrong\t%s\t", t.c->hex);
    va_start(ap, fmt);
    vprintf(fmt, ap);
    va_end(ap);
    printf("\t%s\n", t.c->text);
}

static void loose(const char *what, int unit)
{
    printf("loose\t%s\t%s%s\t%s\n", t.c->hex, what, unit == NO_UNIT ? "" : unit_label(unit), t.c->text);
}

static void skip(const char *why, const char *what)
{
    printf("skip\t%s\t%s%s\t%s\n", t.c->hex, why, what, t.c->text);
}

/* Whether the instruction itself was not completed, so that the end state says nothing of it. */
static bool is_fault(const struct outcome *o)
{
    bool by_register =
        t.c->fx.flow == FLOW_JUMP_REG || t.c->fx.flow == FLOW_CALL_REG || t.c->fx.flow == FLOW_RET;
    return o->pc == t.entry || o->signal == RUN_HANGS || o->signal == SIGTRAP || o->signal == SIGFPE ||
           o->signal == SIGSYS || (o->signal == SIGILL && !by_register);
}

/* ---- what a change of registers changes ---- */

/* memcmp(3) goes byte by byte where it is one instruction that an emulator runs. */
static bool same_memory(const uint8_t *a, const uint8_t *b)
{
    word differs = 0;
    for (int w = 0; w < WORDS; w++)
        differs |= ((const word *)a)[w] ^ ((const word *)b)[w];
    return differs == 0;
}

/* What differs, as text, or null: control, a unit but for those of `changed` (of which those that are killed
 * must agree), or memory. `control_only`: the rest is not looked at, but for flags. */
static const char *difference(const struct unitset *changed, bool control_only)
{
    static char text[96];
    if (again.signal == RUN_HANGS)
        return NULL;
    if (first.pc != again.pc || is_fault(&first) != is_fault(&again))
        return "where control goes";
    for (int u = 0; u < n_units; u++) {
        if (unit_same(&first.end.regs, &again.end.regs, u))
            continue;
        bool own = unit_in(changed, u) && !unit_in(&t.c->fx.kills, u);
        if (own || !unit_is_free(u) || (control_only && units[u].kind != REG_FLAGS) ||
            unit_get(&first.end.regs, u) == unit_get(&again.end.regs, u))
            continue;
        snprintf(text, sizeof text, "%s (0x%" PRIx64 ", 0x%" PRIx64 ")", unit_label(u),
                 unit_get(&first.end.regs, u), unit_get(&again.end.regs, u));
        return text;
    }
    return control_only || same_memory(first.end.arena, again.end.arena) ? NULL : "memory";
}

/* Runs again with the units changed, and compares. */
static const char *change(const struct unitset *changed, int k, int turn, bool control_only)
{
    static struct state regs;
    regs = start.regs;
    for (int u = 0; u < n_units; u++)
        if (unit_in(changed, u))
            change_unit(t.c, &regs, u, k, turn);
    run(&regs, t.entry, &again);
    return difference(changed, control_only);
}

static const char *change_one(int unit, int k, int turn)
{
    struct unitset one = {{0}};
    unit_add(&one, unit);
    return change(&one, k, turn, units[unit].kind == REG_FPCTL);
}

/* All that is neither read nor kept in part, at once; one by one to find the culprit. */
static void check_unread(int k, int turn)
{
    struct unitset all = {{0}};
    const struct effects *fx = &t.c->fx;
    int before = t.wrong;
    for (int u = 0; u < n_units; u++)
        if (unit_is_free(u) && units[u].kind != REG_FPCTL && !unit_in(&fx->reads, u) && !is_address(fx, u) &&
            (!unit_in(&fx->writes, u) || unit_in(&fx->kills, u)))
            unit_add(&all, u);
    const char *what = change(&all, k, turn, false);
    if (!what)
        return;
    for (int u = 0; u < n_units; u++) {
        const char *by_one = unit_in(&all, u) ? change_one(u, k, turn) : NULL;
        if (by_one && !strncmp(by_one, units[u].reg, strlen(units[u].reg)) && unit_in(&fx->kills, u))
            wrong("kills %s, whose old value shows in %s", unit_label(u), by_one);
        else if (by_one)
            wrong("does not read %s, which shows in %s", unit_label(u), by_one);
    }
    if (t.wrong == before)
        wrong("does not read all of what shows in %s", what);
}

/* What it reads, and what it keeps in part: one by one. */
static void check_read(int k, int turn)
{
    const struct effects *fx = &t.c->fx;
    for (int u = 0; u < n_units; u++) {
        bool kept = unit_in(&fx->writes, u) && !unit_in(&fx->kills, u), read = unit_in(&fx->reads, u);
        if (!unit_is_free(u) || (!kept && !read && units[u].kind != REG_FPCTL))
            continue;
        const char *what = change_one(u, k, turn);
        if (what && !read)
            wrong("does not read %s, which shows in %s", unit_label(u), what);
        if (what)
            unit_add(&t.uses, u);
        if (unit_get(&first.end.regs, u) != unit_get(&again.end.regs, u))
            unit_add(&t.keeps, u);
    }
}

/* Of memory, only words of interest are looked at byte by byte. */
static bool word_equal(const uint8_t *a, const uint8_t *b, int w)
{
    return ((const word *)a)[w] == ((const word *)b)[w];
}

/* Turns over all of the arena but what has that role. */
static void turn_over(uint8_t *arena, const uint8_t *role, int k)
{
    const word turned = UINT64_C(0x0101010101010101) * (uint8_t)(0xff ^ k);
    for (int w = 0; w < WORDS; w++) {
        if (((const word *)role)[w] == 0)
            ((word *)arena)[w] ^= turned;
        for (int i = w * (int)sizeof(word); ((const word *)role)[w] && i < (w + 1) * (int)sizeof(word); i++)
            if (!(role[i] & ROLE_LOAD))
                arena[i] ^= (uint8_t)turned;
    }
}

/* What may differ after the second run, where it is as it should be: it then counts as the same. */
static void level(const uint8_t *turned, const uint8_t *role)
{
    for (int w = 0; w < WORDS; w++) {
        if (word_equal(again.end.arena, turned, w) && word_equal(first.end.arena, start.arena, w)) {
            ((word *)again.end.arena)[w] = ((const word *)first.end.arena)[w];
            continue;
        }
        for (int i = w * (int)sizeof(word); i < (w + 1) * (int)sizeof(word); i++)
            if (again.end.arena[i] == turned[i] &&
                (first.end.arena[i] == start.arena[i] || role[i] & ROLE_STORE))
                again.end.arena[i] = first.end.arena[i];
    }
}

/* All memory but what it is said to load; what it stores over may keep its old bytes where it stores nothing.
 */
static void check_memory(int k)
{
    static _Alignas(word) uint8_t role[ARENA_SIZE], turned[ARENA_SIZE];
    static const struct unitset none;
    if (!claim_memory(&t.c->fx, &start.regs, role))
        return;
    memcpy(turned, start.arena, ARENA_SIZE);
    turn_over(turned, role, k);
    run_memory(turned);
    run(&start.regs, t.entry, &again);
    level(turned, role);
    const char *what = difference(&none, false);
    if (what)
        wrong("memory that it does not load shows in %s", what);
}

/* ---- one run ---- */

/* A call may use another link register than the architecture's usual one. */
static bool holds_return_address(void)
{
    for (int u = 0; u < n_units; u++)
        if (unit_in(&t.c->fx.writes, u) && units[u].kind == REG_GPR &&
            unit_get(&first.end.regs, u) == SLOT_END)
            return true;
    return false;
}

static void check_flow(void)
{
    const struct effects *fx = &t.c->fx;
    bool next = first.pc == SLOT_END, there = first.pc == fx->target,
         call = fx->flow == FLOW_CALL || fx->flow == FLOW_CALL_REG;
    bool may_stay = fx->flags & IS_CONDITIONAL;
    switch (fx->flow) {
    case FLOW_NEXT:
        break;
    case FLOW_BRANCH:
        may_stay = true;
        break;
    case FLOW_JUMP:
    case FLOW_CALL:
        break;
    default:
        there = !next;
        break;
    }
    t.fell_through |= next;
    t.branched |= there;
    if (fx->flow == FLOW_NEXT ? !next : !there && !(may_stay && next))
        wrong("control went to %+" PRId64 " from its end", (int64_t)(first.pc - SLOT_END));
    if (call && there && t.header->link != NO_UNIT && !holds_return_address())
        wrong("no register that it writes holds the return address");
}

static void check_writes(void)
{
    const struct effects *fx = &t.c->fx;
    bool pushes = t.header->link == NO_UNIT && (fx->flow == FLOW_CALL || fx->flow == FLOW_CALL_REG);
    static _Alignas(word) uint8_t role[ARENA_SIZE];
    for (int u = 0; u < n_units; u++) {
        uint64_t before = unit_get(&start.regs, u), after = unit_get(&first.end.regs, u);
        if (unit_is_free(u) && before != after && !unit_in(&fx->writes, u) &&
            !(pushes && units[u].kind == REG_SP))
            wrong("does not write %s, which went from 0x%" PRIx64 " to 0x%" PRIx64, unit_label(u), before,
                  after);
    }
    for (int i = 0; i < fx->n_values; i++) {
        uint64_t said;
        int dst = fx->value[i].dst;
        if (claim_value(fx, i, &start, &said) && unit_is_free(dst) && !pushes &&
            unit_get(&first.end.regs, dst) != (said & units[dst].mask))
            wrong("gives %s 0x%" PRIx64 ", not 0x%" PRIx64, unit_label(dst), unit_get(&first.end.regs, dst),
                  said);
    }
    claim_memory(fx, &start.regs, role);
    for (int i = 0; i < ARENA_SIZE && !pushes; i++) {
        if (word_equal(start.arena, first.end.arena, i / (int)sizeof(word))) {
            i |= sizeof(word) - 1;
        } else if (start.arena[i] != first.end.arena[i] && !(role[i] & ROLE_STORE)) {
            wrong("stores to memory at 0x%lx, which is no operand's", ARENA_AT + (unsigned long)i);
            return;
        }
    }
}

/* Returns false if it can't be run at all. */
static bool one_state(int k)
{
    random_state(t.c, k, &start.regs);
    random_arena(k, start.arena);
    run_memory(start.arena);
    run(&start.regs, t.entry, &first);
    if (is_fault(&first) || t.c->fx.flow == FLOW_STOP) {
        if (t.c->fx.flow == FLOW_STOP && !is_fault(&first))
            wrong("control goes on");
        t.ran += t.c->fx.flow == FLOW_STOP;
        t.faults++;
        t.last_signal = first.signal;
        return true;
    }
    static const struct unitset none;
    if (k < 4 && change(&none, k, 0, false)) {
        skip("its results are not the same each time", "");
        return false;
    }
    t.ran++;
    check_flow();
    check_writes();
    for (int turn = 0; turn < N_TURNS; turn++) {
        check_unread(k, turn);
        check_read(k, turn);
    }
    check_memory(k);
    return true;
}

static void tell_loose(void)
{
    const struct effects *fx = &t.c->fx;
    for (int u = 0; u < n_units; u++) {
        bool read = unit_in(&fx->reads, u), kept = unit_in(&fx->writes, u) && !unit_in(&fx->kills, u);
        if (!unit_is_free(u) || units[u].kind == REG_FPCTL)
            continue;
        if (read && !unit_in(&t.uses, u) && !(unit_in(&fx->writes, u) && unit_in(&t.keeps, u)))
            loose("reads ", u);
        if (kept && !read && !unit_in(&t.keeps, u))
            loose("keeps a part of ", u);
    }
    if (fx->flow == FLOW_BRANCH && !(t.fell_through && t.branched))
        loose(t.branched ? "goes on behind it" : "branches", NO_UNIT);
}

void judge(const struct effects_header *h, const struct effects_case *c)
{
    const char *why = claim_unfit(c);
    t = (struct trial){.header = h, .c = c};
    if (why) {
        skip(why, "");
        return;
    }
    t.entry = run_place(c);
    for (int k = 0; k < N_STATES; k++)
        if (!one_state(k))
            return;
    if (t.ran == 0)
        skip("it faults in each state: ", strsignal(t.last_signal));
    else if (t.wrong == 0)
        printf("ok\t%s\n", c->hex);
    if (t.ran >= ENOUGH && t.wrong == 0 && c->fx.flow != FLOW_STOP)
        tell_loose();
}
