/* Mutants of push_call, by what it must do (frame.h): a store lost or at the wrong place, pushed values
 * exchanged, the stack pointer or the resume PC off, a register of the context not written. The real
 * push_call runs first. */
#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "probe/system.h"
#include "frame.h"
#include "mcontext.h"
#include "mutants.h"

enum {
    WORD_BYTES = sizeof(uintptr_t),
    MAX_WRITES = 16,
    N_SLOTS = sizeof frame_rule.slot / sizeof *frame_rule.slot
};
enum { MASKED_TO = 64 }; /* bytes that SP_MASKED aligns SP to */
#ifdef ARCH_FP_BELOW_SP
enum { RECORD_BELOW_SP = ARCH_FP_BELOW_SP }; /* bytes */
#else
enum { RECORD_BELOW_SP = 0 };
#endif
static const uintptr_t poison = (uintptr_t)UINT64_C(0x5a5aa5a55a5aa5a5);

enum fault {
    DROPPED,
    LOWER,
    HIGHER,
    EXCHANGED,
    SP_LOW,
    SP_HIGH,
    SP_LOW_ALIGNED,
    SP_HIGH_ALIGNED,
    SP_MASKED,
    OTHER_WORD,
    NOT_WRITTEN,
    RESUME_NEXT,
    RESUME_BEFORE,
    RESUME_END,
    RESUME_INSIDE
};

static struct one {
    enum fault fault;
    int slot, other; /* EXCHANGED: other -1 is the link register */
} mutants[64];
static uint32_t n_mutants;
static const struct one *active;

/* Words of the context that push_call writes, beside those that may differ anyway. */
static uint32_t written[MAX_WRITES];
static int n_written;
static ucontext_t before;

static uintptr_t *word_of(ucontext_t *uc, uint32_t k)
{
    return (uintptr_t *)((uint8_t *)uc + k * WORD_BYTES);
}

/* Notes which words of the context change. */
static void watch(ucontext_t *uc, uintptr_t target, uintptr_t resume)
{
    memcpy(&before, uc, sizeof before);
    real_push_call(uc, target, resume);
    for (uint32_t k = 0; k < sizeof before / WORD_BYTES; k++) {
        bool known = *word_of(uc, k) == *word_of(&before, k);
        for (int j = 0; j < n_written; j++)
            known |= written[j] == k;
        if (!known && n_written < MAX_WRITES)
            written[n_written++] = k;
    }
}

static void add(enum fault fault, int slot, int other)
{
    if (n_mutants < sizeof mutants / sizeof *mutants)
        mutants[n_mutants++] = (struct one){fault, slot, other};
}

static uint32_t count(const struct options *o)
{
    if (!idle_case())
        return 0;
    hooks.push_call = watch;
    passes(o, idle_case());
    hooks.push_call = NULL;
    for (int k = 0; k < frame_rule.n_slots; k++) {
        add(DROPPED, k, 0);
        add(LOWER, k, 0);
        add(HIGHER, k, 0);
        for (int j = frame_rule.resume_in_lr ? -1 : k + 1; j < frame_rule.n_slots; j++)
            if (j < 0 || j > k)
                add(EXCHANGED, k, j);
    }
    for (enum fault f = SP_LOW; f <= SP_HIGH_ALIGNED; f++)
        if (f < SP_LOW_ALIGNED || ARCH_STACK_ALIGN > WORD_BYTES)
            add(f, 0, 0);
    add(SP_MASKED, 0, 0);
    add(OTHER_WORD, 0, 0);
    for (int k = 0; k < n_written; k++)
        add(NOT_WRITTEN, k, 0);
    for (enum fault f = RESUME_NEXT; f <= RESUME_INSIDE; f++)
        add(f, 0, 0);
    return n_mutants;
}

static void describe(uint32_t k, struct mutant *m)
{
    /* clang-format off */
    static const char *const faults[] = {
        [DROPPED] = "dropped", [LOWER] = "one_lower", [HIGHER] = "one_higher", [EXCHANGED] = "exchanged",
        [SP_LOW] = "sp_a_word_low", [SP_HIGH] = "sp_a_word_high", [SP_LOW_ALIGNED] = "sp_an_alignment_low",
        [SP_HIGH_ALIGNED] = "sp_an_alignment_high", [SP_MASKED] = "sp_masked_first",
        [OTHER_WORD] = "another_word_of_the_context", [NOT_WRITTEN] = "not_written",
        [RESUME_NEXT] = "resume_one_further", [RESUME_BEFORE] = "resume_one_back",
        [RESUME_END] = "resume_at_range_end", [RESUME_INSIDE] = "resume_a_quantum_further",
    };
    /* clang-format on */
    const struct one *p = &mutants[k];
    switch (p->fault) {
    case DROPPED:
    case LOWER:
    case HIGHER:
        snprintf(m->id, sizeof m->id, "push_call.slot_%d.%s", p->slot, faults[p->fault]);
        snprintf(m->what, sizeof m->what, "push_call's store at SP+%u %s",
                 (unsigned)frame_rule.slot[p->slot].offset,
                 p->fault == DROPPED ? "is left out" : "is off by a word");
        m->class = frame_rule.slot[p->slot].value == FRAME_REG ? "M23"
                   : frame_rule.resume_in_lr                   ? "M15"
                                                               : "M20";
        break;
    case EXCHANGED:
        snprintf(m->id, sizeof m->id, "push_call.slot_%d.exchanged_with_%d", p->slot, p->other);
        snprintf(m->what, sizeof m->what, "what push_call stores at SP+%u changes places with %s",
                 (unsigned)frame_rule.slot[p->slot].offset,
                 p->other < 0 ? "the resume PC" : "another slot's value");
        m->class = p->other < 0 ? "M15" : "M13";
        break;
    case NOT_WRITTEN:
        snprintf(m->id, sizeof m->id, "push_call.context_%u.not_written", (unsigned)written[p->slot]);
        snprintf(m->what, sizeof m->what, "push_call leaves word %u of the context as it was",
                 (unsigned)written[p->slot]);
        m->class = frame_rule.n_slots > 1 ? "M5" : "M31";
        break;
    default:
        snprintf(m->id, sizeof m->id, "push_call.%s", faults[p->fault]);
        snprintf(m->what, sizeof m->what, "push_call: %s", faults[p->fault]);
        m->class = p->fault < NOT_WRITTEN ? "M31" : "M20";
        break;
    }
}

/* A PC near the resume PC, by the case's instructions; the same one if there is none. */
static uintptr_t other_pc(uintptr_t resume)
{
    const struct test_case *c = mutants_case;
    uint32_t offset = (uint32_t)(resume - (uintptr_t)c->entry), k = 0;
    while (k + 1 < c->n_pcs && c->pcs[k].offset != offset)
        k++;
    uintptr_t next = k + 1 < c->n_pcs ? (uintptr_t)c->entry + c->pcs[k + 1].offset : (uintptr_t)c->end;
    switch (active->fault) {
    case RESUME_NEXT:
        return next;
    case RESUME_BEFORE:
        return k > 0 ? (uintptr_t)c->entry + c->pcs[k - 1].offset : resume;
    case RESUME_END:
        return (uintptr_t)c->end;
    case RESUME_INSIDE:
        return next - resume > ARCH_PC_QUANTUM ? resume + ARCH_PC_QUANTUM : next;
    default:
        return resume;
    }
}

static void exchange(uintptr_t *a, uintptr_t *b)
{
    uintptr_t t = *a;
    *a = *b;
    *b = t;
}

static void mutated(ucontext_t *uc, uintptr_t target, uintptr_t resume)
{
    uintptr_t *slots = (uintptr_t *)(ctx_sp(uc) - frame_rule.sp_drop);
    memcpy(&before, uc, sizeof before);
    slots[-1] = poison; /* below SP, where nothing may be kept but a frame record */
    for (uint32_t k = 0; (k + 1) * WORD_BYTES + RECORD_BELOW_SP <= frame_rule.sp_drop; k++)
        slots[k] = poison;
    if (active->fault == SP_MASKED)
        ctx_set_sp(uc, ctx_sp(uc) & -(uintptr_t)MASKED_TO);
    real_push_call(uc, target, other_pc(resume));
    uintptr_t *slot = &slots[frame_rule.slot[active->slot].offset / WORD_BYTES], value = *slot;
    switch (active->fault) {
    case DROPPED:
        *slot = poison;
        break;
    case LOWER:
        *slot = poison;
        slot[-1] = value;
        break;
    case HIGHER:
        *slot = poison;
        slot[1] = value;
        break;
    case EXCHANGED:
        if (active->other >= 0) {
            exchange(slot, &slots[frame_rule.slot[active->other].offset / WORD_BYTES]);
        }
#if ARCH_REG_LINK
        else {
            *slot = ctx_lr(uc);
            ctx_set_lr(uc, value);
        }
#endif
        break;
    case SP_LOW:
        ctx_set_sp(uc, ctx_sp(uc) - WORD_BYTES);
        break;
    case SP_HIGH:
        ctx_set_sp(uc, ctx_sp(uc) + WORD_BYTES);
        break;
    case SP_LOW_ALIGNED:
        ctx_set_sp(uc, ctx_sp(uc) - ARCH_STACK_ALIGN);
        break;
    case SP_HIGH_ALIGNED:
        ctx_set_sp(uc, ctx_sp(uc) + ARCH_STACK_ALIGN);
        break;
    case OTHER_WORD:
        system_spoil_context(uc);
        break;
    case NOT_WRITTEN:
        *word_of(uc, written[active->slot]) = *word_of(&before, written[active->slot]);
        break;
    default:
        break;
    }
}

static void apply(uint32_t k)
{
    active = &mutants[k];
    hooks.push_call = mutated;
}

static void revert(uint32_t k)
{
    (void)k;
    (void)frame_reg;
    hooks.push_call = NULL;
}

const struct mutant_kind push_mutants = {"push_call", count, describe, apply, revert, NULL, NULL};
