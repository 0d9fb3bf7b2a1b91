/* The strokes that every architecture's effects are drawn with. For arch/<arch>/effects*.c only. NO_UNIT stands for a
 * register that always reads zero, or for none: nothing is noted of it. */
#ifndef EVERYPC_EFFECTS_FILL_H
#define EVERYPC_EFFECTS_FILL_H

#include "effects.h"

/* `struct unit_name` of a list whose registers are one unit each: `{ARCH_REGS(ONE_UNIT_NAMES)}`. */
#define ONE_UNIT_NAMES(name, offset, size, kind, mask) {#name, 0, 1},

static inline void fx_read(struct effects *fx, int unit)
{
    if (unit != NO_UNIT)
        unit_add(&fx->reads, unit);
}

/* The unit gets a new value; nothing of the old one is left. */
static inline void fx_write(struct effects *fx, int unit)
{
    if (unit == NO_UNIT)
        return;
    unit_add(&fx->writes, unit);
    unit_add(&fx->kills, unit);
}

/* A part of the unit changes, or it may change. */
static inline void fx_touch(struct effects *fx, int unit)
{
    if (unit != NO_UNIT)
        unit_add(&fx->writes, unit);
}

/* dst = op(src, imm); nothing if dst is NO_UNIT. At most MAX_EFFECT_VALUES an instruction. */
static inline void fx_value(struct effects *fx, enum value_op op, int dst, int src, int64_t imm)
{
    if (dst != NO_UNIT)
        fx->value[fx->n_values++] =
            (struct effect_value){.op = op, .dst = (int16_t)dst, .src = (int16_t)src, .src2 = NO_UNIT, .imm = imm};
}

/* dst = op(src, src2). */
static inline void fx_value2(struct effects *fx, enum value_op op, int dst, int src, int src2)
{
    fx_value(fx, op, dst, src, 0);
    if (dst != NO_UNIT)
        fx->value[fx->n_values - 1].src2 = (int16_t)src2;
}

/* A memory operand without an index: [base + disp], size bytes. At most MAX_EFFECT_MEM an instruction. The base counts
 * as read. */
static inline void fx_mem(struct effects *fx, int base, int64_t disp, unsigned size, bool load, bool store)
{
    fx_read(fx, base);
    fx->mem[fx->n_mem++] = (struct effect_mem){
        .base = (int16_t)base, .index = NO_UNIT, .load = load, .store = store, .size = (uint16_t)size, .disp = disp};
}

#endif
