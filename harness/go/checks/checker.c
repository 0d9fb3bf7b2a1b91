#include "checker.h"

#include <stdlib.h>

#include "checks.h"
#include "go/flow/values.h"

bool checker_open(struct checker *c, const char *target, const struct surroundings *around,
                  const struct lost *lost, bool scans_link, struct error *e)
{
    *c = (struct checker){.decoder = decoder_open(target, e), .around = *around};
    if (!c->decoder)
        return false;
    c->cfg = cfg_new(decoder_arch(c->decoder));
    c->input = (struct check_input){
        .cfg = c->cfg,
        .lost = lost->units,
        .kept_below_sp = lost->kept_below_sp,
        .scans_link = scans_link,
        .liveness = liveness_new(),
        .sets = sets_new(),
        .caller_pc = homes_new(),
        .caller_fp = homes_new(),
        .out = &c->findings,
    };
    if (!c->cfg || !c->input.liveness || !c->input.sets || !c->input.caller_pc || !c->input.caller_fp)
        return error_set(e, "everypc-go", 0, "out of memory");
    return true;
}

void checker_close(struct checker *c)
{
    decoder_close(c->decoder);
    cfg_free(c->cfg);
    liveness_free(c->input.liveness);
    homes_free(c->input.caller_pc);
    homes_free(c->input.caller_fp);
    sets_free(c->input.sets);
    free(c->findings.list);
}

bool checker_run(struct checker *c, const struct gobin_func *f, unsigned checks)
{
    c->findings.n = 0;
    c->findings.sp_unknown = c->findings.sp_loose = 0;
    cfg_build(c->cfg, c->decoder, f, &c->around);
    if (c->cfg->n_insns == 0)
        return false;
    values_follow(c->cfg);
    for (int k = 0; k < N_CHECKS; k++)
        if (checks >> k & 1)
            check_functions[k](&c->input);
    return true;
}
