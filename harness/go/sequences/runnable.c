/* Refuses what depends on more than registers and memory (runnable.h). */
#include "runnable.h"

int32_t sequence_runnable(const struct sequence *s, const char **why)
{
    *why = NULL;
    for (int32_t k = 0; k < s->n && !*why; k++) {
        const struct insn *insn = sequence_at(s, k);
        const uint8_t *bytes = s->cfg->func.code + insn->offset;
        if (insn->known != INSN_KNOWN)
            *why = "an unknown instruction";
        else if (insn->fx.size % s->cfg->arch->target->case_quantum)
            *why = "an instruction that is too short for a case";
        else if (insn->fx.flow != FLOW_NEXT)
            *why = "control leaves it early";
        else if (insn->fx.flags & (IS_LL | IS_SC))
            *why = "a store-conditional fails after a signal";
        else if (insn->fx.flags & READS_TLS)
            *why = "it depends on the thread";
        else if (decoder_enters_kernel(s->decoder, bytes, insn->end - insn->offset, insn->fx.pc))
            *why = "a system call";
        else if (k > 0 && sequence_at(s, k - 1)->end != insn->offset)
            *why = "its instructions are not adjacent";
        if (*why)
            return k;
    }
    return s->n;
}
