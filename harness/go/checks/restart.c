/* restart: a range that can't be begun again from each of its PCs; and restarts at the entry that don't find
 * it as it was.
 *
 * In a range, everything but the last instruction may have been executed when the signal comes, and is
 * executed again. So what comes before the last one must write nothing that the range reads from
 * outside, must not store (another thread may have stored in between; a load may see the store), and must be
 * one straight sequence from one instruction's start to another's end. The runtime throws where a PC is more
 * than 20 bytes after its range's start (Go 1.19, runtime/preempt.go, isAsyncSafePoint). */
#include "check.h"

enum { RUNTIME_MAX_BYTES = 20 };

/* The keys of findings: what of one kind is next to each other is one finding. */
enum { NOT_STRAIGHT, TOO_LONG, INPUT_CHANGED, TWICE_STORED, BRANCHED_INTO };

static bool restarts(const struct insn *insn)
{
    return insn->point == POINT_RESTART_1 || insn->point == POINT_RESTART_2;
}

/* The first instruction at or after an offset, by offset; n_insns if none. */
static int32_t first_from(const struct cfg *cfg, int32_t k, uint32_t offset)
{
    while (k < cfg->n_insns && cfg_at(cfg, k)->offset < offset)
        k++;
    return k;
}

/* The first unit of a set that is not empty. */
static int first_unit(const struct unitset *s)
{
    int u = 0;
    while (!unit_in(s, u))
        u++;
    return u;
}

/* Instructions first to last make up a range; they are straight. */
static void check_again(const struct check_input *in, int32_t first, int32_t last)
{
    const struct cfg *cfg = in->cfg;
    struct unitset inputs = {{0}}, killed = {{0}}, written = {{0}};
    int32_t writer = NO_INDEX;
    for (int32_t k = first; k <= last; k++) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        struct unitset outside = unitset_minus(&fx->reads, &killed);
        inputs = unitset_or(&inputs, &outside);
        killed = unitset_or(&killed, &fx->kills);
        if (k == last)
            break;
        written = unitset_or(&written, &fx->writes);
        struct unitset both = unitset_and(&inputs, &fx->writes);
        if (writer == NO_INDEX && !unitset_empty(&both))
            writer = k;
        for (int i = 0; i < fx->n_mem; i++)
            if (fx->mem[i].store)
                finding_add(in, CHECK_RESTART, k + 1, NO_UNIT, TWICE_STORED, k,
                            "the range stores before its last instruction: a restart stores again");
    }
    struct unitset both = unitset_and(&inputs, &written);
    if (unitset_empty(&both))
        return;
    int u = first_unit(&both);
    finding_add(in, CHECK_RESTART, last, u, INPUT_CHANGED, writer,
                "the range reads %s from outside and changes it before its last instruction: a restart reads "
                "the new value",
                cfg->arch->units[u].reg);
}

static void check_range(const struct check_input *in, int32_t first, uint32_t start, uint32_t end)
{
    const struct cfg *cfg = in->cfg;
    int32_t last = first;
    if (cfg_at(cfg, first)->offset != start) {
        finding_add(in, CHECK_RESTART, first, NO_UNIT, NOT_STRAIGHT, NO_INDEX,
                    "the range begins inside an instruction, at +0x%x", start);
        return;
    }
    while (last + 1 < cfg->n_insns && cfg_at(cfg, last + 1)->offset < end)
        last++;
    for (int32_t k = first; k <= last; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        if (insn->offset - start > RUNTIME_MAX_BYTES && !insn->in_delay_slot)
            finding_add(in, CHECK_RESTART, k, NO_UNIT, TOO_LONG, NO_INDEX,
                        "a PC more than %d bytes past its range's start, at +0x%x: the runtime throws",
                        RUNTIME_MAX_BYTES, start);
        if (k == last)
            break;
        if (insn->fx.flow != FLOW_NEXT && !(insn->fx.flags & HAS_DELAY_SLOT && k + 1 == last)) {
            finding_add(in, CHECK_RESTART, k, NO_UNIT, NOT_STRAIGHT, NO_INDEX,
                        "control leaves the range before its last instruction");
            return;
        }
        if (insn->end != cfg_at(cfg, k + 1)->offset) {
            finding_add(in, CHECK_RESTART, k, NO_UNIT, NOT_STRAIGHT, NO_INDEX,
                        "the range is not a single sequence of instructions");
            return;
        }
    }
    if (cfg_at(cfg, last)->end > end) {
        finding_add(in, CHECK_RESTART, last, NO_UNIT, NOT_STRAIGHT, NO_INDEX,
                    "the range ends inside an instruction, at +0x%x", end);
        return;
    }
    check_again(in, first, last);
}

static void check_ranges(const struct check_input *in)
{
    struct pctab_iter it;
    enum pctab_error error;
    int32_t k = 0;
    pctab_begin(&it, &in->cfg->func.unsafe_point);
    while (pctab_next(&it, &error)) {
        if (it.run.value != POINT_RESTART_1 && it.run.value != POINT_RESTART_2)
            continue;
        k = first_from(in->cfg, k, it.run.start);
        if (k < in->cfg->n_insns && cfg_at(in->cfg, k)->offset < it.run.end)
            check_range(in, k, it.run.start, it.run.end);
    }
}

static void check_target(const struct check_input *in, int32_t from, int32_t to)
{
    const struct insn *insn = to == NO_INDEX ? NULL : cfg_at(in->cfg, to);
    if (insn && restarts(insn) && insn->resume != insn->offset)
        finding_add(in, CHECK_RESTART, to, NO_UNIT, BRANCHED_INTO, from,
                    "the range is branched into, past its start at +0x%x: a restart executes what was "
                    "never entered",
                    insn->resume);
}

static void check_targets(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct effects *fx = &cfg_at(cfg, k)->fx;
        uint64_t to = fx->target - cfg->func.entry;
        if ((fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH) && to < cfg->func.end - cfg->func.entry)
            check_target(in, k, cfg_find(cfg, (uint32_t)to));
    }
    for (int32_t t = 0; t < cfg->n_targets; t++)
        check_target(in, NO_INDEX, cfg->blocks[cfg->targets[t]].first);
}

/* ---- restarts at the entry ---- */

/* Which units have been written on some way from the entry, and, as one more unit, whether memory has. */
enum { UNIT_MEMORY = MAX_UNITS - 1 };

/* Backward: whose values are needed. Compiled code that changes a part of a flags or vector register, such as
 * one field of CR, has no use for the parts that it leaves alone: for what is no general register a change of
 * a part counts as one of the whole. */
static void step_needed(void *context, int32_t k, struct unitset *live)
{
    const struct cfg *cfg = context;
    const struct insn *insn = cfg_at(cfg, k);
    struct unitset gone = insn->fx.kills, parts = unitset_minus(&insn->fx.writes, &cfg->arch->general);
    if (!(insn->fx.flags & IS_CONDITIONAL))
        gone = unitset_or(&gone, &parts);
    if (insn->call_ends)
        *live = (struct unitset){{0}};
    *live = unitset_minus(live, &gone);
    *live = unitset_or(live, &insn->fx.reads);
}

static void step_written(void *context, int32_t k, struct unitset *set)
{
    const struct check_input *in = context;
    const struct insn *insn = cfg_at(in->cfg, k);
    if (k == 0) /* whoever comes back to the entry begins there again */
        *set = (struct unitset){{0}};
    *set = unitset_or(set, &insn->fx.writes);
    for (int i = 0; i < insn->fx.n_mem; i++)
        if (insn->fx.mem[i].store)
            unit_add(set, UNIT_MEMORY);
}

static void check_entry(const struct check_input *in, int32_t k, const struct unitset *written,
                        const struct unitset *live)
{
    if (unit_in(written, UNIT_MEMORY))
        finding_add(in, CHECK_RESTART, k, NO_UNIT, TWICE_STORED, NO_INDEX,
                    "something was stored on the way here from the entry: a restart there stores again");
    struct unitset changed = unitset_and(written, live);
    if (unitset_empty(&changed))
        return;
    int u = first_unit(&changed);
    finding_add(
        in, CHECK_RESTART, k, u, INPUT_CHANGED, NO_INDEX,
        "%s, which is needed at the entry, was changed on the way here: a restart there finds the new value",
        in->cfg->arch->units[u].reg);
}

static void check_entry_restarts(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    bool any = false;
    for (int32_t k = 0; k < cfg->n_insns && !any; k++)
        any = cfg_at(cfg, k)->point == POINT_RESTART_AT_ENTRY && cfg_at(cfg, k)->allowed;
    if (!any)
        return;
    liveness_run_by(in->liveness, cfg, step_needed, (void *)cfg);
    struct unitset live = *liveness_at(in->liveness, 0);
    const struct unitset *sets = sets_spread(in->sets, cfg, NULL, step_written, (void *)in);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct unitset written = sets[b];
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            if (k > 0 && cfg_at(cfg, k)->point == POINT_RESTART_AT_ENTRY && cfg_at(cfg, k)->allowed)
                check_entry(in, k, &written, &live);
            step_written((void *)in, k, &written);
        }
    }
}

void check_restart(const struct check_input *in)
{
    check_ranges(in);
    check_targets(in);
    check_entry_restarts(in);
}
