/* GC roots: see roots_oracle.h. */
#include "roots_oracle.h"

#include <stdio.h>
#include <string.h>

#include "arch.h"
#include "case_memory.h"
#include "mcontext.h"

static bool is_pointer(uintptr_t value)
{
    return value - (uintptr_t)everypc_arena < ARENA_SIZE;
}

/* In a register that the stub saves. The link register has the resume PC by now. */
static bool is_in_registers(const ucontext_t *called)
{
#define AS_SPAN(name, first, count, offset, bytes) {offset, ((count) ? (count) : 1) * (bytes)},
    static const struct {
        size_t offset, bytes;
    } spans[] = {ARCH_CTX_WORDS(AS_SPAN)};
#undef AS_SPAN
    for (size_t k = 0; k < sizeof spans / sizeof *spans; k++) {
        for (size_t at = 0; at + sizeof(uintptr_t) <= spans[k].bytes; at += sizeof(uintptr_t)) {
            uintptr_t value;
            memcpy(&value, (const uint8_t *)called + spans[k].offset + at, sizeof value);
            if (is_pointer(value))
                return true;
        }
    }
    return false;
}

static bool is_on_stack(uintptr_t from)
{
    for (uintptr_t at = from & -sizeof at; on_case_stack(at); at += sizeof at)
        if (is_pointer(*(const uintptr_t *)at))
            return true;
    return false;
}

void roots_note(struct shot *s, const ucontext_t *called)
{
    s->root_lost = ARCH_REG_LINK && is_pointer(s->lr_at) && s->lr_at != s->return_at_entry &&
                   !is_in_registers(called) && !is_on_stack(s->sp_at);
}

bool judge_roots(const struct test_case *c, const struct shot *s, struct verdict *v)
{
    v->oracle = NO_ORACLE;
    if (!s->root_lost || s->decision.refusal != INJECT)
        return true;
    v->oracle = ORACLE_ROOTS;
    snprintf(v->expected, sizeof v->expected,
             "a copy of the pointer in the link register where a collector looks: in another register, or on "
             "the stack from SP up, at +0x%x",
             (unsigned)(s->pc_at - (uintptr_t)c->entry));
    snprintf(v->got, sizeof v->got, "none: 0x%llx is in the slot below SP alone, which is of no frame",
             (unsigned long long)s->lr_at);
    return false;
}
