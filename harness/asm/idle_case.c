/* The code that the probe's guards run: no-ops, more of them than a restart range may be long. */
#include "idle_case.h"

#include <stdio.h>

#include "pctab/pctab.h"
#include "literals.h"

enum { LENGTH = 28 }; /* bytes at least: an overlong range of 20 and more than one PC behind it */

bool emit_idle_case(struct emitter *m, struct error *e)
{
    static struct program p;
    uint32_t size = m->arch->target->insn_size ? m->arch->target->insn_size : m->arch->target->case_quantum;
    p = (struct program){
        .name = "guard.idle", .file = "harness/asm/guard.c", .line = 1, .kind = PROGRAM_PROGS};
    for (uint32_t pc = 0; pc < LENGTH; pc += size) {
        struct prog *q = &p.progs[p.n_progs++];
        *q = (struct prog){.text = "NOP", .pc = pc, .size = size, .value = POINT_SAFE, .n_insns = 1};
        snprintf(q->insn[0].text, sizeof q->insn[0].text, "%s", m->arch->nop ? m->arch->nop : "nop");
        q->insn[0].size = (uint8_t)size;
        p.code_size = pc + size;
    }
    literals_begin("guard");
    return emit_program(m, &p, e);
}
