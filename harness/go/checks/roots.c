/* roots: a value that the collector may have to see lies where it does not look while the goroutine is
 * stopped. The frames of asyncPreempt and of the function that it was injected into are scanned
 * conservatively; the slot that pushCall makes for the link register lies in neither, unless the runtime adds
 * it (check_input.scans_link). What the stub itself keeps outside of its frame is not scanned either (p.xRegs
 * of Go 1.26 and later). Where the only pointer to an object is there, the object is freed (golang/go#80188).
 *
 * A return address or another address of code is no root, nor is a number that is known or an address in the
 * frame. Of any other value it is a violation if the code goes through it to memory, which shows that it is a
 * pointer; else it may be a number, and is counted apart (UNPROVEN). */
#include "check.h"

#include <string.h>

#include "go/flow/data.h"
#include "go/flow/values.h"

/* The instruction may use the register's value as a pointer: it computes from it, or moves all of it. Where
 * control goes to it, it is an address of code; what it is compared with or stored in part is a number. */
static bool uses(const struct cfg *cfg, const struct effects *fx, int unit)
{
    struct unitset written = unitset_and(&fx->writes, &cfg->arch->general);
    bool goes = fx->flow == FLOW_RET || fx->flow == FLOW_JUMP_REG || fx->flow == FLOW_CALL_REG;
    if (!unit_in(&fx->reads, unit) || (goes && fx->n_mem == 0))
        return false;
    for (int i = 0; i < fx->n_mem; i++)
        if (fx->mem[i].base == unit || fx->mem[i].index == unit || fx->mem[i].size == 0 ||
            fx->mem[i].size >= cfg->arch->target->word)
            return true;
    return !unitset_empty(&written);
}

/* LR may hold a pointer: the set's only member. A call leaves an address of code, a load of less than a word
 * a number. */
enum { MAY_POINT };

static void step_pointer(void *context, int32_t k, struct unitset *set)
{
    const struct cfg *cfg = context;
    const struct effects *fx = &cfg_at(cfg, k)->fx;
    if (!unit_in(&fx->writes, cfg->arch->link))
        return;
    bool part =
        fx->n_mem == 1 && fx->mem[0].load && fx->mem[0].size && fx->mem[0].size < cfg->arch->target->word;
    if (unit_in(&fx->kills, cfg->arch->link))
        *set = (struct unitset){{0}};
    if (!effects_call(fx) && !part)
        unit_add(set, MAY_POINT);
}

/* The first instruction from k on, by offset, that does. */
static int32_t first_use(const struct cfg *cfg, int32_t k, int unit)
{
    for (; k < cfg->n_insns; k++)
        if (uses(cfg, &cfg_at(cfg, k)->fx, unit))
            return k;
    return NO_INDEX;
}

/* Stands in the sets of step_link for a use that shows the value to be a pointer: it, or a copy of it, is
 * the base of an access to memory. */
static int as_pointer(const struct cfg *cfg)
{
    return cfg->arch->link == 0;
}

/* Alone: of two registers, either may be the pointer (s390x's compiler exchanges them freely). */
static bool is_base(const struct effects *fx, int unit)
{
    for (int i = 0; i < fx->n_mem; i++)
        if (fx->mem[i].base == unit && fx->mem[i].index == NO_UNIT)
            return true;
    return false;
}

/* The register to which this instruction copies the link register; NO_UNIT: none. */
static int copied_to(const struct cfg *cfg, const struct effects *fx)
{
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].op == VALUE_ADD_IMM && fx->value[i].src == cfg->arch->link)
            return fx->value[i].dst;
    return NO_UNIT;
}

/* Whether memory is accessed through it behind instruction k, as long as control goes straight on. */
static bool is_base_behind(const struct cfg *cfg, int32_t k, int unit)
{
    bool goes_on = unit != NO_UNIT;
    while (goes_on && ++k < cfg->n_insns) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        if (is_base(fx, unit))
            return true;
        goes_on = fx->flow == FLOW_NEXT && !unit_in(&fx->writes, unit);
    }
    return false;
}

/* The set has the link register and as_pointer alone. */
static void step_link(void *context, int32_t k, struct unitset *live)
{
    const struct cfg *cfg = context;
    const struct insn *insn = cfg_at(cfg, k);
    int link = cfg->arch->link;
    if (insn->call_ends || unit_in(&insn->fx.kills, link))
        *live = (struct unitset){{0}};
    if (uses(cfg, &insn->fx, link))
        unit_add(live, link);
    if (is_base(&insn->fx, link) || is_base_behind(cfg, k, copied_to(cfg, &insn->fx)))
        unit_add(live, as_pointer(cfg));
}

static void check_link(const struct check_input *in, int32_t k, const struct unitset *lost,
                       struct value value)
{
    const struct cfg *cfg = in->cfg;
    const struct insn *insn = cfg_at(cfg, k);
    int link = cfg->arch->link;
    int32_t resume = insn->allowed && !insn->swept ? cfg_find(cfg, insn->resume) : NO_INDEX;
    if (resume == NO_INDEX || value.kind != VALUE_ANY || homes_unit(in->caller_pc, lost, link) ||
        !unit_in(liveness_at(in->liveness, resume), link))
        return;
    bool proven = unit_in(liveness_at(in->liveness, resume), as_pointer(cfg));
    finding_add(in, CHECK_ROOTS, k, link, proven ? 0 : UNPROVEN, first_use(cfg, resume, link),
                "%s holds %s, and the collector does not scan the slot that it is saved in",
                cfg->arch->units[link].reg,
                proven ? "a pointer that is needed later"
                       : "a value that is needed later and is no return address");
}

static void check_links(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    liveness_run_by(in->liveness, cfg, step_link, (void *)cfg);
    homes_follow(in->caller_pc, cfg, cfg->arch->link, in->kept_below_sp);
    const struct unitset *may = sets_spread(in->sets, cfg, NULL, step_pointer, (void *)cfg);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct values state = *values_at(cfg, b);
        struct unitset lost = homes_lost(in->caller_pc, b), points = may[b];
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            if (unit_in(&points, MAY_POINT))
                check_link(in, k, &lost, state.of[values_number(cfg, cfg->arch->link)]);
            step_pointer((void *)cfg, k, &points);
            homes_step(in->caller_pc, k, &lost);
            values_step(cfg, cfg_at(cfg, k), &state);
        }
    }
}

/* General registers that the stub stores elsewhere than to its stack. Vectors hold no pointers. */
static void check_stub(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    int16_t data[MAX_DATA];
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        bool stores = insn->fx.n_mem == 1 && insn->fx.mem[0].store && !insn->swept;
        bool elsewhere = stores && insn->address[0].kind != VALUE_SP0 && insn->sp.kind == VALUE_SP0;
        int n = elsewhere ? data_units(cfg->arch, &insn->fx, data) : 0;
        for (int i = 0; i < n; i++)
            finding_add(in, CHECK_ROOTS, k, data[i], IN_THE_CALL, NO_INDEX,
                        "the injected call saves %s outside of its frame, where the collector does not look",
                        cfg->arch->units[data[i]].reg);
    }
}

void check_roots(const struct check_input *in)
{
    bool written = false;
    int link = in->cfg->arch->link;
    if (strcmp(in->cfg->func.name, "runtime.asyncPreempt") == 0)
        check_stub(in);
    if (link == NO_UNIT || in->scans_link)
        return;
    for (int32_t k = 0; k < in->cfg->n_insns && !written; k++)
        written = unit_in(&cfg_at(in->cfg, k)->fx.writes, link);
    if (written)
        check_links(in);
}
