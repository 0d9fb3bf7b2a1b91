/* fp: frame pointers, where Go keeps them, don't lead to the caller. Frame-pointer unwinding (execution
 * traces, profiles of blocking and mutexes; Go 1.21 and later, runtime/tracestack.go, fpTracebackPCs) goes
 * from record to record: a word that the register points to holds the caller's frame pointer, the word above
 * it the return address.
 *
 * Where a call may be injected the register must hold what it held at the entry, or point to a record of this
 * function that is complete and that the injected call does not overwrite; where the function is left, it
 * must hold what it held at the entry. */
#include "check.h"

#include <inttypes.h>

#include "go/flow/values.h"

/* Keys: what is wrong. */
enum { NOT_BACK, LOST, BELOW_SP, NOT_SAVED, NOT_LINKED };

struct walk {
    const struct check_input *in;
    int frame; /* the unit */
    struct unitset lost_frame, lost_pc;
};

/* The word at entry SP + at is the one in which check_return looks for the return address. */
static bool is_checked(const struct insn *insn, const struct effects_arch *arch, int64_t at)
{
    return arch->link == NO_UNIT ? at == 0 : insn->sp.kind == VALUE_SP0 && at == insn->sp.c;
}

/* FP points to entry SP + c at instruction k. */
static void check_record(const struct walk *w, int32_t k, int64_t c)
{
    const struct check_input *in = w->in;
    const struct effects_arch *arch = in->cfg->arch;
    const struct insn *insn = cfg_at(in->cfg, k);
    const char *name = arch->units[w->frame].reg;
    if (insn->sp.kind == VALUE_SP0 && c < insn->sp.c - (int64_t)arch->target->record_below_sp)
        finding_add(in, CHECK_FP, k, w->frame, BELOW_SP, NO_INDEX,
                    "%s points to a frame record at SP%+" PRId64 ", which an injected call overwrites", name,
                    c - insn->sp.c);
    else if (!homes_word(in->caller_fp, &w->lost_frame, c))
        finding_add(in, CHECK_FP, k, w->frame, NOT_SAVED, NO_INDEX,
                    "the word that %s points to does not hold the caller's frame pointer", name);
    else if (!homes_word(in->caller_pc, &w->lost_pc, c + arch->target->word) &&
             !is_checked(insn, arch, c + arch->target->word))
        finding_add(in, CHECK_FP, k, w->frame, NOT_LINKED, NO_INDEX,
                    "the word above the one that %s points to does not hold the return address", name);
}

/* Where a link register leaves nothing between the frames, the caller's record has the same place in its
 * frame as in all: Go 1.19's leaf functions compute its address when SP is back (SUB $8, RSP, R29). */
static bool is_callers_record(const struct cfg *cfg, struct value fp)
{
    return cfg->arch->link != NO_UNIT && fp.kind == VALUE_SP0 &&
           fp.c == -(int64_t)cfg->arch->target->record_below_sp;
}

static bool leaves(const struct cfg *cfg, const struct effects *fx)
{
    return fx->flow == FLOW_RET ||
           (fx->flow == FLOW_JUMP && (fx->target < cfg->func.entry || fx->target >= cfg->func.end));
}

static void check_pc(const struct walk *w, int32_t k, struct value fp)
{
    const struct check_input *in = w->in;
    const struct insn *insn = cfg_at(in->cfg, k);
    const char *name = in->cfg->arch->units[w->frame].reg;
    if (insn->known != INSN_KNOWN || insn->swept)
        return;
    bool is_callers = homes_unit(in->caller_fp, &w->lost_frame, w->frame) || is_callers_record(in->cfg, fp);
    if (leaves(in->cfg, &insn->fx) && !is_callers)
        finding_add(in, CHECK_FP, k, w->frame, NOT_BACK, NO_INDEX,
                    "the function is left, and %s does not hold the caller's frame pointer", name);
    else if (!insn->allowed || is_callers)
        return;
    else if (fp.kind == VALUE_SP0)
        check_record(w, k, fp.c);
    else
        finding_add(in, CHECK_FP, k, w->frame, LOST, NO_INDEX,
                    "%s holds neither the caller's frame pointer nor the address of a frame record", name);
}

void check_fp(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    struct walk w = {.in = in, .frame = values_frame_pointer(cfg)};
    bool written = false;
    for (int32_t k = 0; k < cfg->n_insns && w.frame != NO_UNIT && !written; k++)
        written = unit_in(&cfg_at(cfg, k)->fx.writes, w.frame);
    if (!written)
        return;
    homes_follow(in->caller_fp, cfg, w.frame, in->kept_below_sp);
    homes_follow(in->caller_pc, cfg, cfg->arch->link, in->kept_below_sp);
    for (int32_t b = 0; b < cfg->n_blocks; b++) {
        struct values state = *values_at(cfg, b);
        w.lost_frame = homes_lost(in->caller_fp, b);
        w.lost_pc = homes_lost(in->caller_pc, b);
        for (int32_t k = cfg->blocks[b].first; k <= cfg->blocks[b].last; k++) {
            check_pc(&w, k, state.of[values_number(cfg, w.frame)]);
            homes_step(in->caller_fp, k, &w.lost_frame);
            homes_step(in->caller_pc, k, &w.lost_pc);
            values_step(cfg, cfg_at(cfg, k), &state);
        }
    }
}
