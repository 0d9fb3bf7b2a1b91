/* What no check could speak of (unchecked.h). */
#include "unchecked.h"

#include <stdio.h>

#include "report.h"

const char *const unchecked_names[N_UNCHECKED] = {"damaged", "no code", "unknown instruction", "sp"};

static bool may_be_preempted(const struct gobin_func *f, const struct cfg *cfg)
{
    if (!cfg)
        return f->filter == FILTER_NONE || (*f->damage && !*f->name);
    for (int32_t k = 0; k < cfg->n_insns; k++)
        if (cfg_at(cfg, k)->allowed && cfg_at(cfg, k)->filter == FILTER_NONE)
            return true;
    return false;
}

static json_t *about(const struct gobin_func *f, enum unchecked why, const char *detail, bool preemptible)
{
    return json_pack("{s:o,s:I,s:I,s:s,s:o,s:b}", "function", json_text(f->name), "entry",
                     (json_int_t)f->entry, "size", (json_int_t)(f->end - f->entry), "why",
                     unchecked_names[why], "detail", json_text(detail), "preemptible", (int)preemptible);
}

static void add_instruction(json_t *o, const struct cfg *cfg, struct decoder *d, int32_t k, uint64_t n)
{
    enum { SHOWN_BYTES = 16 };
    const struct insn *insn = cfg_at(cfg, k);
    char text[160] = "invalid", bytes[2 * SHOWN_BYTES + 1] = "";
    cfg_text(cfg, d, insn, text, sizeof text);
    for (int i = 0; i < insn->fx.size && i < SHOWN_BYTES; i++)
        snprintf(bytes + (size_t)i * 2, 3, "%02x", cfg->func.code[insn->offset + (uint32_t)i]);
    json_object_set_new(o, "offset", json_integer((json_int_t)insn->offset));
    json_object_set_new(o, "pc", json_integer((json_int_t)insn->fx.pc));
    json_object_set_new(o, "bytes", json_string(bytes));
    json_object_set_new(o, "text", json_text(text));
    json_object_set_new(o, "n", json_integer((json_int_t)n));
}

/* The first instruction that control reaches and nothing is known of, and how many there are; NO_INDEX: none.
 */
static int32_t first_unknown(const struct cfg *cfg, uint64_t *n)
{
    int32_t first = NO_INDEX;
    *n = 0;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        if (cfg_at(cfg, k)->known == INSN_KNOWN || cfg_at(cfg, k)->swept)
            continue;
        first = first == NO_INDEX ? k : first;
        ++*n;
    }
    return first;
}

void unchecked_report(struct lines *out, struct check_summary *s, const struct gobin_func *f,
                      const struct cfg *cfg, struct decoder *d, const struct findings *findings)
{
    bool preemptible = may_be_preempted(f, cfg), found[N_UNCHECKED] = {false};
    uint64_t n_unknown = 0;
    int32_t unknown = cfg ? first_unknown(cfg, &n_unknown) : NO_INDEX;
    s->preemptible_functions += preemptible;
    found[UNCHECKED_DAMAGED] = *f->damage != 0;
    /* Between sections, and where the linker marks a place, there is none to check. */
    found[UNCHECKED_NO_CODE] = !cfg && !*f->damage && preemptible && f->end > f->entry;
    found[UNCHECKED_UNKNOWN] = unknown != NO_INDEX;
    found[UNCHECKED_SP] = cfg && findings->sp_unknown > 0;
    static const char *const details[N_UNCHECKED] = {
        [UNCHECKED_NO_CODE] = "no section of the file holds its code",
        [UNCHECKED_UNKNOWN] = "nothing is known of what the instruction does",
        [UNCHECKED_SP] = "SP could not be followed to PCs where a call may be injected",
    };
    bool any = false;
    for (enum unchecked why = 0; why < N_UNCHECKED; why++) {
        if (!found[why])
            continue;
        json_t *o = about(f, why, why == UNCHECKED_DAMAGED ? f->damage : details[why], preemptible);
        if (why == UNCHECKED_UNKNOWN)
            add_instruction(o, cfg, d, unknown, n_unknown);
        if (why == UNCHECKED_SP)
            add_instruction(o, cfg, d, findings->sp_unknown_first, findings->sp_unknown);
        lines_add(out, "unchecked", o);
        (preemptible ? s->incomplete : s->refused)[why]++;
        any = true;
    }
    s->incomplete_functions += any && preemptible;
}
