/* arm: what loads and stores do, and VMOV of pairs of registers, which looks like one. */
#include "../probe/regs.h"

#include "insn/effects_fill.h"
#include "effects_table.h"
#include "effects_word.h"

/* An offset from the base: `imm` bytes, or the register `reg`, shifted by what scale says, added or
 * subtracted. */
struct offset {
    uint32_t imm;
    int reg, scale; /* scale: 0 if there is none */
};

/* The operand [Rn, offset], with P, U and W of the word. */
static void address(uint32_t word, struct offset o, unsigned size, bool load, struct effects *fx)
{
    bool pre = bits(word, 24, 1), up = bits(word, 23, 1), back = !pre || bits(word, 21, 1);
    int base = general(reg_n(word));
    int64_t disp = up ? (int64_t)o.imm : -(int64_t)o.imm;
    fx_mem(fx, base, (pre ? disp : 0) + (base == NO_UNIT ? pc_value(fx) : 0), size, load, !load);
    fx_read(fx, o.reg);
    if (pre && o.reg != NO_UNIT) {
        fx->mem[fx->n_mem - 1].index = (int16_t)o.reg;
        fx->mem[fx->n_mem - 1].scale = (uint8_t)(up ? o.scale : 0);
    }
    if (!back || base == NO_UNIT)
        return;
    fx_write(fx, base);
    if (o.reg == NO_UNIT)
        fx_value(fx, VALUE_ADD_IMM, base, base, disp);
    else if (o.scale == 1)
        fx_value2(fx, up ? VALUE_ADD : VALUE_SUB, base, base, o.reg);
}

/* A loaded PC ends the function if it comes from the stack: Go returns by LDR PC, [SP], #n, or by LDM. */
static void load_pc(uint32_t word, bool moves_base, struct effects *fx)
{
    fx->flow = reg_n(word) == U_sp && moves_base ? FLOW_RET : FLOW_JUMP_REG;
}

void arm_load_store(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    bool byte = bits(word, 22, 1), load = bits(word, 20, 1);
    struct offset o = {bits(word, 0, 12), NO_UNIT, 0};
    if (bits(word, 25, 1)) { /* a register, shifted by a constant */
        uint32_t shift = bits(word, 7, 5);
        o = (struct offset){0, general(reg_m(word)), bits(word, 5, 2) == 0 && shift < 8 ? 1 << shift : 0};
        if (bits(word, 5, 7) == 3)
            fx_read(fx, U_cpsr);
    }
    int rt = general(reg_d(word));
    address(word, o, byte ? 1 : 4, load, fx);
    if (!load)
        fx_read(fx, rt);
    else if (rt == NO_UNIT)
        load_pc(word, !bits(word, 24, 1) || bits(word, 21, 1), fx);
    else {
        fx_write(fx, rt);
        if (!byte)
            fx_value(fx, VALUE_LOAD, rt, NO_UNIT, 0);
    }
}

/* Halfwords, signed bytes, pairs. */
void arm_extra(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    uint32_t kind = bits(word, 5, 2); /* 1: H; 2: LDRSB, or LDRD without L; 3: LDRSH, or STRD */
    bool pair = !bits(word, 20, 1) && kind > 1, load = pair ? kind == 2 : bits(word, 20, 1);
    struct offset o = {bits(word, 8, 4) << 4 | bits(word, 0, 4), NO_UNIT, 0};
    if (!bits(word, 22, 1))
        o = (struct offset){0, general(reg_m(word)), 1};
    address(word, o, pair ? 8 : kind == 2 ? 1 : 2, load, fx);
    arm_fields(load ? pair ? "wdwe" : "wd" : pair ? "rdre" : "rd", word, fx);
}

void arm_multiple(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    bool before = bits(word, 24, 1), up = bits(word, 23, 1), back = bits(word, 21, 1),
         load = bits(word, 20, 1);
    int base = general(reg_n(word)), n = __builtin_popcount(bits(word, 0, 16)), bytes = 4 * n;
    fx_mem(fx, base, up ? 4 * before : 4 * !before - bytes, (unsigned)bytes, load, !load);
    for (uint32_t r = 0; r <= PC; r++) {
        if (!bits(word, (int)r, 1))
            continue;
        if (!load)
            fx_read(fx, general(r));
        else if (r == PC)
            load_pc(word, true, fx);
        else {
            fx_write(fx, general(r));
            if (n == 1)
                fx_value(fx, VALUE_LOAD, general(r), NO_UNIT, 0);
        }
    }
    if (back) {
        fx_write(fx, base);
        fx_value(fx, VALUE_ADD_IMM, base, base, up ? bytes : -bytes);
    }
}

/* Exclusives, and SWP before them. */
void arm_exclusive(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    static const uint8_t sizes[] = {4, 8, 1, 2};
    bool swap = row->flags & F_ATOMIC, load = row->flags & F_LL;
    unsigned size = swap ? bits(word, 22, 1) ? 1 : 4 : sizes[bits(word, 21, 2)];
    fx_mem(fx, general(reg_n(word)), 0, size, load || swap, !load);
    if (size == 4 && (load || swap))
        fx_value(fx, VALUE_LOAD, general(reg_d(word)), NO_UNIT, 0);
}

void arm_vfp_load_store(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    bool load = bits(word, 20, 1);
    address(word, (struct offset){4 * bits(word, 0, 8), NO_UNIT, 0}, bits(word, 8, 1) ? 8 : 4, load, fx);
    arm_fields(load ? "wD" : "rD", word, fx);
}

/* Numbers beyond the last are not registers. */
void arm_vfp_multiple(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    bool is_double = bits(word, 8, 1), up = bits(word, 23, 1), load = bits(word, 20, 1);
    int base = general(reg_n(word)), bytes = 4 * (int)bits(word, 0, 8);
    uint32_t high = bits(word, 22, 1);
    int first = is_double ? arm_double(high << 4 | reg_d(word)) : arm_single(reg_d(word) << 1 | high);
    int end = first + bytes / (is_double ? 8 : 4) * (is_double ? 2 : 1),
        limit = is_double ? U_d31_last + 1 : U_d16;
    fx_mem(fx, base, up ? 0 : -bytes, (unsigned)bytes, load, !load);
    for (int unit = first; unit < end && unit < limit; unit++) {
        fx_read(fx, load ? NO_UNIT : unit);
        fx_write(fx, load ? unit : NO_UNIT);
    }
    if (bits(word, 21, 1)) {
        fx_write(fx, base);
        fx_value(fx, VALUE_ADD_IMM, base, base, up ? bytes : -bytes);
    }
}

/* VMOV between two general registers and a double, or two singles. */
void arm_vfp_pair(const struct arm_row *row, uint32_t word, struct effects *fx)
{
    (void)row;
    bool is_double = bits(word, 8, 1), from_fp = bits(word, 20, 1);
    uint32_t next = (reg_m(word) << 1 | bits(word, 5, 1)) + 1;
    int second = is_double || next > 31 ? NO_UNIT : arm_single(next);
    arm_fields(from_fp ? "wdwnrM" : "rdrnwM", word, fx);
    fx_read(fx, from_fp ? second : NO_UNIT);
    fx_write(fx, from_fp ? NO_UNIT : second);
}
