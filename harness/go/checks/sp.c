/* sp: the SP-delta table does not say how far SP has really moved since the function's entry, or no table can
 * since paths that have moved it differently meet, or since it was rounded down. The unwinder goes wrong
 * where a call is injected at such a PC. */
#include "check.h"

#include <inttypes.h>

/* Keys of findings where there is no difference in bytes to tell apart. */
#define NO_DELTA     INT64_MAX
#define PATHS_DIFFER INT64_MIN
#define ROUNDED      (INT64_MIN + 1)

/* _func.flag: SP is written otherwise than by a constant, and the unwinder does not go past such a function
 * from an injected call (Go 1.19, runtime/traceback.go). A table may then say that it does not know. */
enum { SP_WRITE = 2 };

static void not_followed(const struct check_input *in, int32_t k)
{
    if (cfg_at(in->cfg, k)->filter != FILTER_NONE)
        return;
    if (in->out->sp_unknown++ == 0)
        in->out->sp_unknown_first = k;
}

/* An injected call at instruction k, which comes back to `resume`. */
static void check_pc(const struct check_input *in, int32_t k, const struct insn *resume)
{
    const struct cfg *cfg = in->cfg;
    const struct insn *insn = cfg_at(cfg, k);
    int sp = cfg->arch->sp;
    int64_t moved = -insn->sp.c;
    if (resume->has_delta && resume->delta == SP_DELTA_UNKNOWN && cfg->func.flags & SP_WRITE)
        not_followed(in, k);
    else if (!resume->has_delta) {
        /* After the table's end there is padding, which no path reaches. Assembly may have no table. */
        if (!insn->swept && cfg->func.sp_delta.length)
            finding_add(in, CHECK_SP, k, sp, NO_DELTA, NO_INDEX,
                        "the table ends before this PC: it does not say where SP is");
    } else if (insn->sp.kind == VALUE_SP0_OR)
        finding_add(in, CHECK_SP, k, sp, PATHS_DIFFER, NO_INDEX,
                    "paths that have moved SP by different numbers of bytes meet; the table says %" PRId32,
                    resume->delta);
    else if (insn->sp.kind == VALUE_SP0_ROUNDED)
        finding_add(in, CHECK_SP, k, sp, ROUNDED, NO_INDEX,
                    "a mask has moved SP by a number of bytes that differs from call to call; the table says "
                    "%" PRId32,
                    resume->delta);
    else if (insn->sp.kind != VALUE_SP0)
        not_followed(in, k);
    else if (moved != resume->delta)
        finding_add(in, CHECK_SP, k, sp, moved - resume->delta, NO_INDEX,
                    "the table says that SP has moved by %" PRId32 " bytes, and it has moved by %" PRId64,
                    resume->delta, moved);
}

void check_sp(const struct check_input *in)
{
    const struct cfg *cfg = in->cfg;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        if (insn->known != INSN_KNOWN || insn->in_delay_slot || insn->sp.kind == VALUE_UNREACHED)
            continue;
        int32_t resume =
            insn->allowed ? cfg_find(cfg, insn->resume) : NO_INDEX; /* none: check_restart's matter */
        if (resume != NO_INDEX)
            check_pc(in, k, cfg_at(cfg, resume));
        else if (!insn->allowed)
            in->out->sp_loose += insn->has_delta && insn->sp.kind == VALUE_SP0 && -insn->sp.c != insn->delta;
    }
}
