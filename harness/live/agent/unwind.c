#include <stdbool.h>

#include "unwind.h"

#include "goroutine.h"
#include "kernel.h"
#include "pctab/pctab.h"
#include "traps.h"

#include "arch.h"
#include "mcontext.h"

static const struct shots_function *functions(void)
{
    return (const struct shots_function *)(traps_pcs() + plan->n_pcs);
}

const struct shots_function *unwind_function(uint64_t pc)
{
    const struct shots_function *list = functions();
    uint64_t low = 0, high = plan->n_functions;
    while (low < high) {
        uint64_t mid = (low + high) / 2;
        if (pc < list[mid].entry)
            high = mid;
        else if (pc >= list[mid].end)
            low = mid + 1;
        else
            return &list[mid];
    }
    return NULL;
}

static bool sp_delta(const struct shots_function *f, uint64_t pc, int32_t *delta)
{
    struct pc_run run;
    struct pctab table = {.bytes = (const uint8_t *)(functions() + plan->n_functions) + f->sp_delta,
                          .length = f->length,
                          .func_size = (uint32_t)(f->end - f->entry),
                          .quantum = (uint32_t)plan->quantum,
                          .kind = PCTAB_ANY};
    if (!f->length || pctab_lookup(&table, (uint32_t)(pc - f->entry), &run) != PCTAB_OK)
        return false;
    *delta = run.value;
    return true;
}

bool unwind_deltas_differ(uintptr_t a, uintptr_t b, int32_t *of_a, int32_t *of_b)
{
    uint64_t pc_a = a - (uintptr_t)plan->bias, pc_b = b - (uintptr_t)plan->bias;
    const struct shots_function *f = unwind_function(pc_a), *g = unwind_function(pc_b);
    return f && g && sp_delta(f, pc_a, of_a) && sp_delta(g, pc_b, of_b) && *of_a != *of_b;
}

static enum unwind_end walk(const ucontext_t *uc, struct unwound *u)
{
    uintptr_t sp = ctx_sp(uc), pc = ctx_pc(uc), back = ctx_lr(uc);
    for (u->depth = 0; u->depth < MAX_DEPTH; u->depth++) {
        uint64_t file_pc = pc - (uintptr_t)plan->bias - (u->depth ? 1 : 0); /* a return address: the call's */
        const struct shots_function *f = unwind_function(file_pc);
        int32_t delta;
        u->at = pc;
        if (!f) {
            u->depth -= u->depth != 0;
            return UNWIND_LOST;
        }
        u->frame = (uintptr_t)file_pc;
        u->pcs[u->n++] = pc;
        if (f->end_kind == STACK_ENDS) {
            u->at = sp;
            return goroutine_begins_at(uc, sp) ? UNWIND_ENDS : UNWIND_ENDS_ELSEWHERE;
        }
        if (f->end_kind == STACK_SWITCHES)
            return UNWIND_NOT_FOLLOWED;
        if (!sp_delta(f, file_pc, &delta))
            return UNWIND_NOT_FOLLOWED;
        if (ARCH_REG_LINK ? delta != 0 : true) {
            uintptr_t slot = ARCH_REG_LINK ? sp : sp + (uintptr_t)delta;
            if (!kernel_peek(slot, &back))
                return UNWIND_LOST;
        } else if (u->depth) {
            return UNWIND_LOST; /* a caller without a frame has nowhere to keep its return address */
        }
        sp += (uintptr_t)delta + (ARCH_REG_LINK ? 0 : sizeof(uintptr_t));
        pc = back;
    }
    return UNWIND_NOT_FOLLOWED;
}

void unwind(const ucontext_t *uc, struct unwound *out)
{
    out->n = 0;
    out->frame = 0;
    out->end = walk(uc, out);
}
