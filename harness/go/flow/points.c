/* What a function's tables say at each of its instructions: may the runtime inject a call there, where does
 * it come back to, what is the SP delta (Go 1.19, runtime/preempt.go, isAsyncSafePoint). */
#include "points.h"

static void read_unsafe_points(struct cfg *cfg)
{
    struct pctab_iter it;
    enum pctab_error error;
    int32_t k = 0;
    pctab_begin(&it, &cfg->func.unsafe_point);
    while (pctab_next(&it, &error))
        for (; k < cfg->n_insns && cfg_at(cfg, k)->offset < it.run.end; k++) {
            struct insn *insn = cfg_at(cfg, k);
            insn->point = (int8_t)it.run.value;
            insn->allowed = it.run.value != POINT_UNSAFE && !insn->in_delay_slot;
            insn->resume = insn->offset;
            if (it.run.value == POINT_RESTART_1 || it.run.value == POINT_RESTART_2)
                insn->resume = it.run.start;
            else if (it.run.value == POINT_RESTART_AT_ENTRY)
                insn->resume = 0;
        }
}

static void read_deltas(struct cfg *cfg)
{
    struct pctab_iter it;
    enum pctab_error error;
    int32_t k = 0;
    if (cfg->func.sp_delta.length == 0)
        return;
    pctab_begin(&it, &cfg->func.sp_delta);
    while (pctab_next(&it, &error))
        for (; k < cfg->n_insns && cfg_at(cfg, k)->offset < it.run.end; k++) {
            cfg_at(cfg, k)->has_delta = true;
            cfg_at(cfg, k)->delta = it.run.value;
        }
}

void points_read(struct cfg *cfg)
{
    uint32_t until = 0;
    uint8_t filter = 0;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        struct insn *insn = cfg_at(cfg, k);
        if (insn->offset >= until)
            filter = (uint8_t)gobin_filter_at(cfg->around->bin, &cfg->func, insn->offset, &until);
        insn->filter = filter;
        insn->allowed = insn->has_delta = false;
        insn->point = POINT_UNSAFE;
        insn->resume = insn->offset;
        insn->delta = 0;
        insn->sp = insn->address[0] = insn->address[1] = (struct value){VALUE_UNREACHED, 0};
    }
    read_unsafe_points(cfg);
    read_deltas(cfg);
}

const char *const pc_kind_names[N_PC_KINDS] = {"safe", "unsafe", "restart", "restart_at_entry", "filtered"};

int pc_kind(const struct insn *insn)
{
    if (insn->filter != FILTER_NONE)
        return PC_FILTERED;
    switch (insn->point) {
    case POINT_UNSAFE:
        return PC_UNSAFE;
    case POINT_RESTART_1:
    case POINT_RESTART_2:
        return PC_RESTART;
    case POINT_RESTART_AT_ENTRY:
        return PC_AT_ENTRY;
    default:
        return PC_SAFE;
    }
}
