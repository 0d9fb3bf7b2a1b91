/* ppc64: branches, system calls and special registers. */
#include "effects_word.h"

void ppc64_branch_to(struct effects *fx, uint32_t word, int64_t distance, enum flow flow)
{
    bool absolute = word & 2, link = word & 1;
    fx->target = absolute ? (uint64_t)distance : fx->pc + (uint64_t)distance;
    fx->flow = (uint8_t)(link ? FLOW_CALL : flow);
    if (link)
        fx_write(fx, U_lr);
}

/* BO says whether CTR is counted down, and whether a bit of CR matters. A branch that depends on neither is
 * always taken. */
static bool condition(struct effects *fx, uint32_t word)
{
    uint32_t bo = bits(word, 6, 10);
    if (!(bo & 4)) {
        fx_read(fx, U_ctr);
        fx_write(fx, U_ctr);
    }
    if (!(bo & 16))
        fx_read(fx, U_cr);
    return (bo & 20) != 20;
}

void ppc64_branch_reg(struct effects *fx, uint32_t word, int unit, enum flow flow)
{
    bool conditional = condition(fx, word);
    fx_read(fx, unit);
    fx->flow = (uint8_t)(word & 1 ? FLOW_CALL_REG : flow);
    if (word & 1)
        fx_write(fx, U_lr);
    if (conditional)
        fx->flags |= IS_CONDITIONAL;
}

/* BCL 20,31,.+4 is how code learns its own address: no call. */
void ppc64_branch_if(struct effects *fx, uint32_t word)
{
    int64_t distance = (int16_t)(word & 0xfffc);
    bool conditional = condition(fx, word);
    if (word & 1 && distance == 4) {
        fx_write(fx, U_lr);
        return;
    }
    ppc64_branch_to(fx, word, distance, conditional ? FLOW_BRANCH : FLOW_JUMP);
}

/* Linux: the number in R0, arguments from R3 to R8; R3 and CR change, and by the ABI R0, R4 to R12, CTR and
 * XER may. */
void ppc64_syscall(struct effects *fx)
{
    fx_read(fx, gpr(0));
    for (uint32_t n = 3; n <= 8; n++)
        fx_read(fx, gpr(n));
    fx_write(fx, gpr(3));
    for (uint32_t n = 4; n <= 12; n++)
        fx_touch(fx, gpr(n));
    fx_touch(fx, gpr(0));
    fx_touch(fx, U_ctr);
    fx_touch(fx, U_xer);
    fx_touch(fx, U_cr);
}

void ppc64_special(struct effects *fx, uint32_t word, bool to)
{
    static const struct {
        uint16_t number;
        int16_t unit;
    } registers[] = {{8, U_lr}, {9, U_ctr}, {1, U_xer}, {256, U_vrsave}, {815, U_tar}};
    uint32_t number = bits(word, 16, 20) << 5 | bits(word, 11, 15);
    for (size_t i = 0; i < sizeof registers / sizeof *registers; i++) {
        if (registers[i].number != number)
            continue;
        if (to)
            fx_write(fx, registers[i].unit);
        else
            fx_read(fx, registers[i].unit);
        if (to && registers[i].unit == U_lr)
            fx_value(fx, VALUE_ADD_IMM, U_lr, gpr(bits(word, 6, 10)), 0);
        if (!to && registers[i].unit == U_lr)
            fx_value(fx, VALUE_ADD_IMM, gpr(bits(word, 6, 10)), U_lr, 0);
    }
}
