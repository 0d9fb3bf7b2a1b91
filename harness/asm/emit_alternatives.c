/* What mutated predicates would make of the cases: see emit_alternatives.h. */
#include "emit_alternatives.h"

#include "predicates.h"
#include "records.h"

void emit_alternatives_begin(struct emitter *m)
{
    fprintf(m->out,
            "\t.section .everypc_alternatives,\"aw\",%%progbits\n\t.balign 8\n\t.globl everypc_alternatives\n"
            "everypc_alternatives:\n");
}

/* What each mutated predicate would make of the case, where that differs; a few cases for each. */
bool emit_alternatives(struct emitter *m, struct program *p, int id, struct error *e)
{
    enum { ENOUGH = 64 };
    static struct program other;
    int32_t values[MAX_PROGS];
    for (int k = 0; p->kind == PROGRAM_PROGS && k < n_predicate_mutants; k++) {
        size_t length;
        if (m->n_alternatives[k] == ENOUGH || !p->progs[0].entry ||
            !predicate_mutant_mark(m->arch, p, k, values))
            continue;
        other = *p;
        for (int j = 0; j < p->n_progs; j++)
            other.progs[j].value = values[j];
        uint8_t table[MAX_PROGS * 8];
        if (!program_encode(m->arch, &other, table, sizeof table, &length, e))
            return false;
        int n = m->n_alternatives[k]++;
        fprintf(m->out, "\t.section .rodata\n.Lalttable%d_%d:\n", k, n);
        emit_byte_list(m->out, table, (uint32_t)length);
        fprintf(m->out, "\t.balign 8\n.Laltprogs%d_%d:\n", k, n);
        emit_prog_records(m, &other, id);
        fprintf(m->out,
                "\t.section .everypc_alternatives,\"aw\",%%progbits\n\t.%ubyte .Lcase%d, .Lalttable%d_%d, "
                ".Laltprogs%d_%d\n"
                "\t.4byte %d, %zu\n",
                m->arch->target->word, id, k, n, k, n, k, length);
    }
    return true;
}

void emit_predicates(struct emitter *m)
{
    int n = 0;
    fprintf(m->out, "\t.section .rodata\n");
    for (int k = 0; k < n_predicate_mutants; k++) {
        fprintf(m->out, ".Lpredicate%d:", k);
        emit_string(m->out, predicate_mutant_name(k));
        fprintf(m->out, ".Lpredicateclass%d:", k);
        emit_string(m->out, predicate_mutant_class(m->arch, k));
        n += m->n_alternatives[k];
    }
    fprintf(m->out, "\t.section .data.rel.ro,\"aw\",%%progbits\n\t.balign 8\n\t.globl "
                    "everypc_predicates\neverypc_predicates:\n");
    for (int k = 0; k < n_predicate_mutants; k++) {
        emit_pointer(m, ".Lpredicate%d", k);
        emit_pointer(m, ".Lpredicateclass%d", k);
    }
    fprintf(m->out,
            "\t.globl everypc_n_predicates, everypc_n_alternatives\n\t.balign "
            "4\neverypc_n_predicates:\n\t.4byte %d\n"
            "everypc_n_alternatives:\n\t.4byte %d\n",
            n_predicate_mutants, n);
}
