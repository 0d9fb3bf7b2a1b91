/* The mutants of the fake probe are the world's. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "probe.h"

static void run_mutant(const json_t *one, int index, int before)
{
    json_t *told = json_copy((json_t *)one), *event = json_pack("{ss}", "ev", "mutant");
    emit("{ss si ss si ss ss}", "ev", "begin", "index", index, "case", text(one, "id", ""), "pcs", 0, "class",
         text(one, "class", ""), "what", text(one, "what", ""));
    maybe_kill(one, before);
    if (strcmp(text(one, "does", ""), "crash") == 0)
        die(SIGSEGV);
    json_object_del(told, "on");
    json_object_del(told, "kills");
    if (!given[FRESH])
        json_object_update(told, json_object_get(json_object_get(one, "on"), getenv("EVERYPC_FAKE_CPU")));
    json_object_update(event, told);
    emit_json(event);
    emit("{ss si ss si si si si si si si si si}", "ev", "case", "index", index, "case", text(one, "id", ""),
         "failures", 0, "pcs", 0, "reportable", 0, "covered", 0, "shots", 0, "resumed", 0, "restarted", 0,
         "entry_restarted", 0, "refused", 0);
}

int run_mutants(void)
{
    size_t i;
    int n, before = -1;
    json_t *one, *mine = chosen("mutants", given[MUTANT], &n);
    emit("{ss si ss si}", "ev", "start", "schema", 1, "target", target, "cases", n);
    if (shard == 1 && first == 0 && !given[FRESH])
        emit("{ss ss si si si si}", "ev", "left_out", "kind", "table", "as_original", 9, "as_another", 7,
             "cases", 2, "of_cases", 20);
    if (is_set(world(), "broken")) {
        emit("{ss ss ss ss sO}", "ev", "fail", "id", "-", "oracle", "state", "expected",
             "a case that passes without any mutant", "got", json_object_get(world(), "broken"));
        return 3;
    }
    json_array_foreach(mine, i, one)
    {
        if (json_is_null(one) || (int)i < first)
            continue;
        run_mutant(one, (int)i, before);
        before = (int)i;
    }
    emit("{ss si si si si si}", "ev", "end", "shots", 0, "wall_ns", 1, "shot_ns", 0, "floor_ns", 0, "early",
         0);
    return 0;
}
