/* x86: what is read of operands, whatever the encoding. */
#include "effects.h"

void x86_memory(const struct x86_units *x86, const cs_insn *cs, const cs_x86_op *op, bool load, bool store,
                struct effects *fx)
{
    const x86_op_mem *m = &op->mem;
    int base = x86->regs[m->base].unit, index = x86->regs[m->index].unit,
        scale = index == NO_UNIT ? 0 : m->scale;
    int64_t disp = m->base == X86_REG_RIP ? (int64_t)cs->address + cs->size + m->disp : m->disp;
    fx_read(fx, index);
    if (x86->regs[m->segment].unit ==
        x86->tls) { /* one more register to add, of which there is place for two */
        int segment = x86->tls;
        fx->flags |= READS_TLS;
        fx_read(fx, segment);
        fx_read(fx, base);
        if (base == NO_UNIT)
            base = segment;
        else if (index == NO_UNIT)
            index = segment, scale = 1;
        else
            scale = 0;
    }
    if (base == NO_UNIT && x86->word == 4)
        disp &= 0xffffffff;
    fx_mem(fx, base, disp, op->size, load, store);
    fx->mem[fx->n_mem - 1].index = (int16_t)index;
    fx->mem[fx->n_mem - 1].scale = (uint8_t)scale;
}

int x86_lane_units(const struct reg_unit *r, char lane, int *first)
{
    *first = r->unit + (lane == 'h');
    return lane ? 1 : vector_units(r);
}

void x86_read_reg(const struct reg_unit *r, char lane, struct effects *fx)
{
    int first = r->unit, n = r->class == CLASS_VECTOR ? x86_lane_units(r, lane, &first) : 1;
    for (int u = 0; u < n; u++)
        fx_read(fx, first == NO_UNIT ? NO_UNIT : first + u);
}
