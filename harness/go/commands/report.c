/* Findings and functions as JSON (report.h). */
#include "report.h"

#include "go/checks/checks.h"

/* How much code is shown before and after the PCs of a finding, and how much at most, in instructions.
 */
enum { AROUND = 6, SHOWN = 48, MAX_PCS = 64, SHOWN_BYTES = 24 };

/* Where the instruction is in the source, if the tables say so. */
static void add_place(json_t *o, const struct cfg *cfg, const struct insn *insn)
{
    const char *file;
    uint32_t line;
    if (!cfg->around->bin || !gobin_line(cfg->around->bin, &cfg->func, insn->offset, &file, &line))
        return;
    json_object_set_new(o, "file", json_text(file));
    json_object_set_new(o, "line", json_integer(line));
}

static json_t *code_line(const struct cfg *cfg, struct decoder *d, int32_t k, const struct finding *f)
{
    const struct insn *insn = cfg_at(cfg, k);
    char text[160] = "(no instruction)";
    cfg_text(cfg, d, insn, text, sizeof text);
    char bytes[2 * SHOWN_BYTES + 1] = "";
    for (int i = 0; cfg->func.code && i < insn->fx.size && i < SHOWN_BYTES; i++)
        snprintf(bytes + (size_t)i * 2, 3, "%02x", cfg->func.code[insn->offset + (uint32_t)i]);
    json_t *o = json_pack("{s:I,s:s,s:o,s:i}", "offset", (json_int_t)insn->offset, "bytes", bytes, "text",
                          json_text(text), "value", insn->point);
    if (insn->has_delta)
        json_object_set_new(o, "sp_delta", json_integer(insn->delta));
    if (insn->sp.kind == VALUE_SP0)
        json_object_set_new(o, "sp_moved", json_integer(-insn->sp.c));
    if (insn->filter != FILTER_NONE)
        json_object_set_new(o, "filter", json_string(gobin_filter_text(insn->filter)));
    add_place(o, cfg, insn);
    if (k >= f->first && k <= f->last && insn->allowed)
        json_object_set_new(o, "found", json_true());
    if (k == f->blame)
        json_object_set_new(o, "blame", json_true());
    return o;
}

static json_t *code_around(const struct cfg *cfg, struct decoder *d, const struct finding *f)
{
    json_t *code = json_array();
    int32_t from = f->first, to = f->last;
    if (f->blame != NO_INDEX && f->blame < from && from - f->blame < SHOWN / 2)
        from = f->blame;
    if (f->blame != NO_INDEX && f->blame > to && f->blame - to < SHOWN / 2)
        to = f->blame;
    from = from > AROUND ? from - AROUND : 0;
    to = to + AROUND < cfg->n_insns ? to + AROUND : cfg->n_insns - 1;
    for (int32_t k = from; k <= to && k < from + SHOWN; k++)
        json_array_append_new(code, code_line(cfg, d, k, f));
    return code;
}

json_t *report_code(const struct cfg *cfg, struct decoder *d, int32_t k)
{
    struct finding here = {.first = k, .last = k, .blame = NO_INDEX};
    return code_around(cfg, d, &here);
}

json_t *report_found(const struct cfg *cfg, struct decoder *d, const struct finding *f)
{
    const struct insn *first = cfg_at(cfg, f->first);
    json_t *pcs = json_array();
    json_int_t n_pcs = 0;
    for (int32_t k = f->first; k <= f->last; k++) {
        if (cfg_at(cfg, k)->in_delay_slot)
            continue;
        if (n_pcs++ < MAX_PCS)
            json_array_append_new(pcs, json_integer((json_int_t)cfg_at(cfg, k)->fx.pc));
    }
    json_t *o = json_pack("{s:s,s:o,s:I,s:I,s:o,s:I,s:o}", "check", check_names[f->check], "function",
                          json_text(cfg->func.name), "pc", (json_int_t)first->fx.pc, "offset",
                          (json_int_t)first->offset, "pcs", pcs, "n_pcs", n_pcs, "why", json_text(f->why));
    add_place(o, cfg, first);
    if (f->unit != NO_UNIT) {
        json_object_set_new(o, "register", json_string(cfg->arch->units[f->unit].reg));
        json_object_set_new(o, "part", json_integer(cfg->arch->units[f->unit].part));
    }
    if (f->blame != NO_INDEX)
        json_object_set_new(o, "blame", json_integer((json_int_t)cfg_at(cfg, f->blame)->offset));
    json_object_set_new(o, "fragile",
                        finding_is_violation(f)    ? json_null()
                        : f->filter != FILTER_NONE ? json_string(gobin_filter_text(f->filter))
                                                   : json_string("no pointer is proven"));
    json_object_set_new(o, "code", code_around(cfg, d, f));
    return o;
}

void report_finding(struct lines *out, const struct cfg *cfg, struct decoder *d, const struct finding *f)
{
    lines_add(out, "finding", report_found(cfg, d, f));
}

json_t *report_counts(const char *const *names, const uint64_t *n, int size)
{
    json_t *o = json_object();
    for (int i = 0; i < size; i++)
        json_object_set_new(o, names[i], json_integer((json_int_t)n[i]));
    return o;
}

json_t *report_kinds(const uint64_t n[N_PC_KINDS])
{
    return report_counts(pc_kind_names, n, N_PC_KINDS);
}

json_t *report_unknown(const struct check_summary *s)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->n_unknown; i++)
        json_array_append_new(list, json_pack("{s:s,s:I,s:I,s:I}", "mnemonic", s->unknown[i].mnemonic,
                                              "reached", (json_int_t)s->unknown[i].n, "swept",
                                              (json_int_t)s->unknown[i].n_swept, "pc",
                                              (json_int_t)s->unknown[i].pc));
    return list;
}

/* One more PC of a kind, at the end of the pairs. */
static void add_point(json_t *points, int kind)
{
    size_t n = json_array_size(points);
    if (n && json_integer_value(json_array_get(points, n - 2)) == kind) {
        json_t *count = json_array_get(points, n - 1);
        json_integer_set(count, json_integer_value(count) + 1);
        return;
    }
    json_array_append_new(points, json_integer(kind));
    json_array_append_new(points, json_integer(1));
}

json_t *report_deltas(const struct pctab *table)
{
    json_t *deltas = json_array();
    struct pctab_iter it;
    enum pctab_error error;
    pctab_begin(&it, table);
    while (table->length && pctab_next(&it, &error))
        json_array_append_new(deltas, json_pack("[I,i]", (json_int_t)it.run.start, (int)it.run.value));
    return deltas;
}

void report_function(struct lines *out, const struct cfg *cfg)
{
    uint64_t pcs[N_PC_KINDS] = {0}, bytes[N_PC_KINDS] = {0};
    json_t *points = json_array();
    for (int32_t k = 0; k < cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(cfg, k);
        if (insn->known != INSN_KNOWN)
            continue;
        bytes[pc_kind(insn)] += insn->fx.size;
        if (insn->in_delay_slot)
            continue;
        pcs[pc_kind(insn)]++;
        add_point(points, pc_kind(insn));
    }
    json_t *o = json_pack("{s:o,s:I,s:I,s:i,s:s}", "name", json_text(cfg->func.name), "entry",
                          (json_int_t)cfg->func.entry, "size", (json_int_t)(cfg->func.end - cfg->func.entry),
                          "instructions", (int)cfg->n_insns, "filter", gobin_filter_text(cfg->func.filter));
    json_object_set_new(o, "pcs", report_kinds(pcs));
    json_object_set_new(o, "bytes", report_kinds(bytes));
    json_object_set_new(o, "points", points);
    json_object_set_new(o, "deltas", report_deltas(&cfg->func.sp_delta));
    if (*cfg->func.damage)
        json_object_set_new(o, "damage", json_text(cfg->func.damage));
    lines_add(out, "function", o);
}
