#include "references.h"

void complete_reference(const struct gobin *bin, struct effects *fx)
{
    uint64_t target;
    if (!gobin_reference(bin, fx->pc, fx->pc + fx->size, &target))
        return;
    if (fx->flow == FLOW_CALL || fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH) {
        fx->target = target;
        return;
    }
    bool is_known = gobin_external(bin, target) == NULL;
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].op == VALUE_CONST) {
            fx->value[i].op = is_known ? VALUE_CONST : VALUE_NONE;
            fx->value[i].imm = (int64_t)target;
        }
    /* An address in the instruction, absolute or from its PC; or a table in front of a register. */
    if (fx->n_mem == 1 && fx->mem[0].base == NO_UNIT)
        fx->mem[0].disp = (int64_t)target;
}
