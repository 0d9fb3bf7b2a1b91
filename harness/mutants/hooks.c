/* What the linker calls in place of the code under test (--wrap, build.mk): the real thing, or a mutant of
 * it. */
#include "probe/fire_signals.h"
#include "probe/shot_timer.h"
#include "mutants.h"

struct hooks hooks;

void __real_push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc);
void __wrap_push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc);
struct decision __real_handle_preempt(struct thread *t, ucontext_t *uc);
struct decision __wrap_handle_preempt(struct thread *t, ucontext_t *uc);
enum pctab_error __wrap_pctab_lookup_cached(struct pctab_cache *cache, const struct pctab *table, uint32_t pc,
                                            struct pc_run *run);
ARCH_ABI const void *__real_everypc_adversary(uintptr_t sp);
ARCH_ABI const void *__wrap_everypc_adversary(uintptr_t sp);
ARCH_ABI int __real_enter_case(const struct state *in, struct state *out, uintptr_t entry);
ARCH_ABI int __wrap_enter_case(const struct state *in, struct state *out, uintptr_t entry);
void __real_shot_timer_start(void);
void __wrap_shot_timer_start(void);
void __real_fire_signal(ucontext_t *uc);
void __wrap_fire_signal(ucontext_t *uc);

void real_push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    __real_push_call(uc, target_pc, resume_pc);
}

void __wrap_push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    (hooks.push_call ? hooks.push_call : __real_push_call)(uc, target_pc, resume_pc);
}

struct decision __wrap_handle_preempt(struct thread *t, ucontext_t *uc)
{
    return (hooks.handle_preempt ? hooks.handle_preempt : __real_handle_preempt)(t, uc);
}

/* Without the cache, which would remember other mutants' tables. */
enum pctab_error __wrap_pctab_lookup_cached(struct pctab_cache *cache, const struct pctab *table, uint32_t pc,
                                            struct pc_run *run)
{
    (void)cache;
    return (hooks.lookup ? hooks.lookup : pctab_lookup)(table, pc, run);
}

ARCH_ABI const void *__wrap_everypc_adversary(uintptr_t sp)
{
    if (hooks.adversary)
        hooks.adversary(sp);
    return __real_everypc_adversary(sp);
}

ARCH_ABI int __wrap_enter_case(const struct state *in, struct state *out, uintptr_t entry)
{
    int broke_off = __real_enter_case(in, out, entry);
    if (hooks.left && !broke_off)
        hooks.left(out);
    if (hooks.ran)
        hooks.ran();
    return broke_off;
}

void __wrap_shot_timer_start(void)
{
    if (!hooks.no_signal)
        __real_shot_timer_start();
}

void __wrap_fire_signal(ucontext_t *uc)
{
    __real_fire_signal(uc);
    if (hooks.signal)
        hooks.signal(uc);
}
