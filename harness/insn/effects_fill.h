/* The strokes that every architecture's effects are drawn with. For arch/<arch>/insn/effects*.c only. NO_UNIT
 * stands for a register that always reads zero, or for none: nothing is noted of it. */
#ifndef EVERYPC_EFFECTS_FILL_H
#define EVERYPC_EFFECTS_FILL_H

#include "effects.h"
#include "reg_kind.h"

/* Defines an array `name` of N_UNITS struct unit_name from the architecture's list. Registers of fewer than
 * four units name some of them twice. */
/* clang-format off */
#define DEFINE_UNIT_NAMES(name) \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Woverride-init\"") \
    static const struct unit_name name[] = {ARCH_REGS(UNIT_NAMES)}; \
    _Pragma("GCC diagnostic pop") \
    _Static_assert(sizeof name <= MAX_UNITS * sizeof *name, "more units than a set holds")
/* clang-format on */
/* The fields of struct effects_arch that follow from the register list and its array of names. */
#define EFFECTS_OF_REGS(unit_names) \
    .units = unit_names, .n_units = N_UNITS, .sp = ARCH_REGS(UNIT_IF_SP) NO_UNIT, .link = UNIT_OF_LINK
#define UNIT_IF_SP(name, offset, size, kind, mask) (kind) == REG_SP ? U_##name:
#ifndef EVERYPC_REGS_H /* EFFECTS_OF_REGS must not be used then */
#elif defined ARCH_LINK
#define UNIT_OF_LINK  UNIT_OF(ARCH_LINK)
#define UNIT_OF(reg)  UNIT_OF_(reg)
#define UNIT_OF_(reg) U_##reg
#else
#define UNIT_OF_LINK NO_UNIT
#endif
#define UNIT_NAMES(name, offset, size, kind, mask) \
    UNIT_NAME(name, size, kind, 0) \
    UNIT_NAME(name, size, kind, 1) UNIT_NAME(name, size, kind, 2) UNIT_NAME(name, size, kind, 3)
/* clang-format off */
#define UNIT_NAME(name, size, kind, n) \
    [U_##name + UNIT_PART(size, kind, n)] = {#name, UNIT_PART(size, kind, n), UNIT_COUNT(size, kind), \
        UNIT_SIZE(size, kind, UNIT_PART(size, kind, n)), kind},
#define UNIT_PART(size, kind, n) ((n) < UNIT_COUNT(size, kind) ? (n) : 0)
#define UNIT_SIZE(size, kind, part) \
    ((size) - (part) * UNIT_BYTES(size, kind) < UNIT_BYTES(size, kind) \
        ? (size) - (part) * UNIT_BYTES(size, kind) : UNIT_BYTES(size, kind))
/* clang-format on */

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

/* dst = op(src, imm); a constant if src is NO_UNIT, nothing if dst is. Not for VALUE_INSERT. At most
 * MAX_EFFECT_VALUES an instruction. */
static inline void fx_value(struct effects *fx, enum value_op op, int dst, int src, int64_t imm)
{
    if (dst == NO_UNIT)
        return;
    if (src == NO_UNIT && op != VALUE_CONST && op != VALUE_LOAD) {
        imm = op == VALUE_AND_IMM || op == VALUE_SHL_IMM ? 0 : imm;
        op = VALUE_CONST;
    }
    fx->value[fx->n_values++] = (struct effect_value){
        .op = op, .dst = (int16_t)dst, .src = (int16_t)src, .src2 = NO_UNIT, .imm = imm};
}

/* dst = src + src2 or src - src2 (VALUE_ADD, VALUE_SUB); a copy or a constant where one of them is NO_UNIT; a
 * negation is not followed. */
static inline void fx_value2(struct effects *fx, enum value_op op, int dst, int src, int src2)
{
    if (src2 == NO_UNIT) {
        fx_value(fx, VALUE_ADD_IMM, dst, src, 0);
    } else if (src == NO_UNIT) {
        if (op == VALUE_ADD)
            fx_value(fx, VALUE_ADD_IMM, dst, src2, 0);
    } else if (dst != NO_UNIT) {
        fx_value(fx, op, dst, src, 0);
        fx->value[fx->n_values - 1].src2 = (int16_t)src2;
    }
}

/* A memory operand without an index: [base + disp], size bytes. At most MAX_EFFECT_MEM an instruction. The
 * base counts as read. */
static inline void fx_mem(struct effects *fx, int base, int64_t disp, unsigned size, bool load, bool store)
{
    fx_read(fx, base);
    fx->mem[fx->n_mem++] = (struct effect_mem){.base = (int16_t)base,
                                               .index = NO_UNIT,
                                               .load = load,
                                               .store = store,
                                               .size = (uint16_t)size,
                                               .disp = disp};
}

#endif
