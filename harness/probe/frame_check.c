/* The frame that push_call left, against the architecture's frame_rule. */
#include "frame_check.h"

#include <stdio.h>
#include <string.h>

#include "adversary.h"
#include "arch.h"
#include "frame.h"
#include "mcontext.h"
#include "registers.h"

/* Notes a difference, if it is the shot's first. */
static void differs(struct shot *s, const char *what, uintptr_t expected, uintptr_t got)
{
    if (!s->frame_ok)
        return;
    s->frame_ok = false;
    snprintf(s->frame_expected, sizeof s->frame_expected, "%s=0x%llx", what, (unsigned long long)expected);
    snprintf(s->frame_got, sizeof s->frame_got, "%s=0x%llx", what, (unsigned long long)got);
}

/* How the register at this offset of the context is called. */
static void name_word(size_t at, char *out, size_t n)
{
#define AS_WORDS(name, first, count, offset, bytes) {name, first, count, offset, bytes},
    static const struct {
        const char *name;
        int first, count;
        size_t offset, bytes;
    } words[] = {ARCH_CTX_WORDS(AS_WORDS)};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        size_t count = words[k].count ? (size_t)words[k].count : 1;
        if (at < words[k].offset || at >= words[k].offset + count * words[k].bytes)
            continue;
        if (words[k].count)
            snprintf(out, n, "%s%d", words[k].name,
                     words[k].first + (int)((at - words[k].offset) / words[k].bytes));
        else
            snprintf(out, n, "%s", words[k].name);
        return;
    }
    snprintf(out, n, "the word at +%zu of the signal context", at);
}

/* The first word of the context that differs, and who changed it. */
static void compare(struct shot *s, const ucontext_t *expected, const ucontext_t *after, const char *who)
{
    const uint8_t *a = (const uint8_t *)expected, *b = (const uint8_t *)after;
    char word[48], what[72];
    if (same_bytes(a, b, sizeof *after))
        return;
    for (size_t at = 0; at + sizeof(uintptr_t) <= sizeof *after; at += sizeof(uintptr_t)) {
        uintptr_t x, y;
        memcpy(&x, a + at, sizeof x);
        memcpy(&y, b + at, sizeof y);
        if (x == y)
            continue;
        name_word(at, word, sizeof word);
        snprintf(what, sizeof what, "%s behind %s", word, who);
        differs(s, what, x, y);
        return;
    }
}

void frame_rule_broken(struct shot *s, const char *rule)
{
    if (!s->frame_ok)
        return;
    s->frame_ok = false;
    snprintf(s->frame_expected, sizeof s->frame_expected, "the system's rules are kept");
    snprintf(s->frame_got, sizeof s->frame_got, "%s", rule);
}

void frame_check(struct shot *s, struct frame_before *before, const ucontext_t *after)
{
    ucontext_t *expected = &before->context;
    uintptr_t sp = s->sp_at - frame_rule.sp_drop;
    if (frame_rule.resume_in_lr)
        s->resume_pc = ctx_lr(after);
    if (ctx_sp(after) != sp) {
        differs(s, "SP at the injected call", sp, ctx_sp(after));
        return;
    }
    uintptr_t target =
        frame_rule.target_reg ? frame_reg(after, frame_rule.target_reg) : (uintptr_t)async_preempt;
    if (target != (uintptr_t)async_preempt)
        differs(s, "address register at the injected call", (uintptr_t)async_preempt, target);
    const uintptr_t *slots = (const uintptr_t *)sp;
    if (!frame_rule.resume_in_lr)
        s->resume_pc = slots[frame_rule.slot[0].offset / sizeof *slots];
    for (int k = 0; k < frame_rule.n_slots; k++) {
        uintptr_t got = slots[frame_rule.slot[k].offset / sizeof *slots];
        if (frame_rule.slot[k].value == FRAME_OLD_LR && got != s->lr_at)
            differs(s, "pushed LR", s->lr_at, got);
        if (frame_rule.slot[k].value == FRAME_REG && got != before->pushed[k])
            differs(s, "pushed register", before->pushed[k], got);
    }
    if (s->resume_pc != s->decision.resume_pc)
        differs(s, "resume PC that push_call left", s->decision.resume_pc, s->resume_pc);
    ctx_set_pc(expected, ctx_pc(after));
    ctx_set_sp(expected, sp);
#if ARCH_REG_LINK
    ctx_set_lr(expected, s->resume_pc);
#endif
    if (frame_rule.target_reg)
        frame_set_reg(expected, frame_rule.target_reg, target);
    compare(s, expected, after, "push_call");
    if (frame_rule.spare)
        *(uintptr_t *)(sp + frame_rule.spare) ^= UINTPTR_MAX;
}

void frame_check_refused(struct shot *s, const struct frame_before *before, const ucontext_t *after)
{
    if (ctx_pc(after) != s->pc_at)
        differs(s, "PC after a refusal", s->pc_at, ctx_pc(after));
    if (ctx_sp(after) != s->sp_at)
        differs(s, "SP after a refusal", s->sp_at, ctx_sp(after));
    if (ctx_lr(after) != s->lr_at)
        differs(s, "LR after a refusal", s->lr_at, ctx_lr(after));
    compare(s, &before->context, after, "a refusal");
}

void frame_interrupted(const struct shot *s, const struct frame_before *before)
{
    for (int k = 0; k < frame_rule.n_slots; k++)
        if (frame_rule.slot[k].value != FRAME_RESUME_PC)
            adversary_note(frame_rule.slot[k].state,
                           frame_rule.slot[k].value == FRAME_OLD_LR ? s->lr_at : before->pushed[k]);
}

void frame_before(const ucontext_t *uc, struct frame_before *before)
{
    memcpy(&before->context, uc, sizeof before->context);
    for (int k = 0; k < frame_rule.n_slots; k++)
        before->pushed[k] =
            frame_rule.slot[k].value == FRAME_REG ? frame_reg(uc, frame_rule.slot[k].ucontext_reg) : 0;
}

uint32_t frame_drop(void)
{
    return frame_rule.sp_drop;
}
