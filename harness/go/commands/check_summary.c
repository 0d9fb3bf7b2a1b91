/* Counts of what was checked and found (check_summary.h). */
#include "check_summary.h"

#include <string.h>

#include "go/binary/grow.h"

/* Adds to those of the same mnemonic. The PC that stands for them is the lowest, of those that control
 * reaches if there are any, so that it does not depend on which thread saw which function. */
static void add_unknown(struct check_summary *s, const struct unknown *more)
{
    size_t i = 0;
    while (i < s->n_unknown && strcmp(s->unknown[i].mnemonic, more->mnemonic) != 0)
        i++;
    if (i == s->n_unknown) {
        s->unknown = grow(s->unknown, &s->unknown_capacity, s->n_unknown + 1, sizeof *s->unknown);
        s->unknown[s->n_unknown++] = *more;
        return;
    }
    struct unknown *u = &s->unknown[i];
    bool reached = u->n > 0, better = more->n > 0;
    if (reached == better ? more->pc < u->pc : better)
        u->pc = more->pc;
    u->n += more->n;
    u->n_swept += more->n_swept;
}

static void count_unknown(struct check_summary *s, const struct cfg *cfg, struct decoder *d,
                          const struct insn *insn)
{
    char text[160] = "(invalid)";
    struct unknown one = {.n = !insn->swept, .n_swept = insn->swept, .pc = insn->fx.pc};
    if (insn->known == INSN_UNKNOWN)
        cfg_text(cfg, d, insn, text, sizeof text);
    text[strcspn(text, " ")] = 0;
    snprintf(one.mnemonic, sizeof one.mnemonic, "%.*s", (int)sizeof one.mnemonic - 1, text);
    add_unknown(s, &one);
}

static void count_pc(struct check_summary *s, const struct insn *insn)
{
    int kind = pc_kind(insn);
    s->pcs[kind]++;
    s->restart_ranges += kind == PC_RESTART && insn->resume == insn->offset;
}

void summary_count(struct check_summary *s, const struct cfg *cfg, struct decoder *d,
                   const struct findings *findings)
{
    s->functions++;
    s->instructions += (uint64_t)cfg->n_insns;
    s->unresolved_jumps += (uint64_t)cfg->n_unresolved;
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = &cfg->insns[k];
        if (insn->known != INSN_KNOWN)
            count_unknown(s, cfg, d, insn);
        else if (!insn->in_delay_slot)
            count_pc(s, insn);
    }
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->list[i];
        if (!finding_is_violation(f)) {
            s->fragile[f->check]++;
            continue;
        }
        s->violations[f->check]++;
        for (int32_t k = f->first; k <= f->last; k++)
            s->violating_pcs[f->check] += !cfg_at(cfg, k)->in_delay_slot;
    }
    s->sp_unknown += findings->sp_unknown;
    s->sp_loose += findings->sp_loose;
    if (s->shapes)
        shapes_count(s->shapes, cfg, d);
}

void summary_add(struct check_summary *sum, const struct check_summary *part)
{
    sum->functions += part->functions;
    sum->damaged += part->damaged;
    sum->no_code += part->no_code;
    sum->instructions += part->instructions;
    sum->sp_unknown += part->sp_unknown;
    sum->sp_loose += part->sp_loose;
    sum->unresolved_jumps += part->unresolved_jumps;
    if (sum->shapes && part->shapes)
        shapes_add(sum->shapes, part->shapes);
    sum->preemptible_functions += part->preemptible_functions;
    sum->incomplete_functions += part->incomplete_functions;
    for (int i = 0; i < N_UNCHECKED; i++) {
        sum->incomplete[i] += part->incomplete[i];
        sum->refused[i] += part->refused[i];
    }
    for (int i = 0; i < N_PC_KINDS; i++)
        sum->pcs[i] += part->pcs[i];
    sum->restart_ranges += part->restart_ranges;
    for (int c = 0; c < N_CHECKS; c++) {
        sum->violations[c] += part->violations[c];
        sum->violating_pcs[c] += part->violating_pcs[c];
        sum->fragile[c] += part->fragile[c];
    }
    for (size_t i = 0; i < part->n_unknown; i++)
        add_unknown(sum, &part->unknown[i]);
}

static int by_mnemonic(const void *a, const void *b)
{
    return strcmp(((const struct unknown *)a)->mnemonic, ((const struct unknown *)b)->mnemonic);
}

void summary_sort(struct check_summary *s)
{
    if (s->n_unknown)
        qsort(s->unknown, s->n_unknown, sizeof *s->unknown, by_mnemonic);
}

void summary_free(struct check_summary *s)
{
    free(s->unknown);
    shapes_free(s->shapes);
}
