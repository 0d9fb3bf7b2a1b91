/* x86: what the operands of an instruction don't say, and what becomes of the values of general registers. */
#include "effects.h"

static void value(struct effects *fx, enum value_op op, int dst, int src, int64_t imm)
{
    if (src != NO_UNIT || op == VALUE_CONST)
        fx_value(fx, op, dst, src, imm);
}

static void how_operands(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)x86, (void)cs, (void)fx;
}

/* A value cut to 4 bytes of 8: to the whole register what the mask leaves. */
static void masked_copy(const struct x86_units *x86, const cs_x86_op *to, const cs_x86_op *from,
                        struct effects *fx)
{
    unsigned size = reg_of(x86, from)->size;
    bool high = from->reg == X86_REG_AH || from->reg == X86_REG_BH || from->reg == X86_REG_CH ||
                from->reg == X86_REG_DH;
    if (reg_of(x86, to)->class == CLASS_GPR && reg_of(x86, from)->class == CLASS_GPR && !high)
        value(fx, VALUE_AND_IMM, reg_of(x86, to)->unit, reg_of(x86, from)->unit,
              (int64_t)(UINT64_MAX >> (64 - 8 * size)));
}

static void how_mov(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (to->type != X86_OP_REG || reg_of(x86, to)->class != CLASS_GPR || reg_of(x86, to)->size < 4)
        return;
    unsigned size = reg_of(x86, to)->size;
    if (from->type == X86_OP_IMM)
        value(fx, VALUE_CONST, reg_of(x86, to)->unit, NO_UNIT, size == 4 ? (uint32_t)from->imm : from->imm);
    else if (from->type == X86_OP_MEM && size == x86->word)
        fx_value(fx, VALUE_LOAD, whole(x86, to), NO_UNIT, 0);
    else if (from->type == X86_OP_REG && size == x86->word)
        value(fx, VALUE_ADD_IMM, whole(x86, to), whole(x86, from), 0);
    else if (from->type == X86_OP_REG)
        masked_copy(x86, to, from, fx);
}

static void how_movzx(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to[1].type == X86_OP_REG && reg_of(x86, to)->size >= 4)
        masked_copy(x86, to, to + 1, fx);
}

static void how_lea(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    const x86_op_mem *m = &to[1].mem;
    int base = x86->regs[m->base].unit, index = x86->regs[m->index].unit, dst = whole(x86, to);
    fx_read(fx, base);
    fx_read(fx, index);
    if (m->base == X86_REG_RIP)
        value(fx, VALUE_CONST, dst, NO_UNIT, (int64_t)cs->address + cs->size + m->disp);
    else if (base == NO_UNIT && index == NO_UNIT)
        value(fx, VALUE_CONST, dst, NO_UNIT, m->disp);
    else if (index == NO_UNIT)
        value(fx, VALUE_ADD_IMM, dst, base, m->disp);
    else if (base == NO_UNIT && m->disp == 0)
        value(fx, VALUE_SHL_IMM, dst, index, m->scale == 8 ? 3 : m->scale / 2);
    else if (base != NO_UNIT && m->disp == 0 && m->scale == 1)
        fx_value2(fx, VALUE_ADD, dst, base, index);
}

static void how_xchg(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *a = cs->detail->x86.operands, *b = a + 1;
    if (a->type == X86_OP_MEM || b->type == X86_OP_MEM)
        fx->flags |= IS_ATOMIC; /* without a prefix too */
    else if (a->reg != b->reg) {
        value(fx, VALUE_ADD_IMM, whole(x86, a), whole(x86, b), 0);
        value(fx, VALUE_ADD_IMM, whole(x86, b), whole(x86, a), 0);
    }
}

/* Two operands, the first a whole register: dst = op_imm(dst, sign * immediate), or dst = op(dst, register).
 */
static void arithmetic(const struct x86_units *x86, const cs_insn *cs, enum value_op op_imm, int sign,
                       enum value_op op, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (from->type == X86_OP_IMM)
        value(fx, op_imm, whole(x86, to), whole(x86, to), sign * from->imm);
    else if (op != VALUE_NONE && whole(x86, to) != NO_UNIT && whole(x86, from) != NO_UNIT)
        fx_value2(fx, op, whole(x86, to), whole(x86, to), whole(x86, from));
}

/* The register whose value the operation takes from itself: at 4 bytes and more, zero. False if it is none
 * such. */
static bool zeroes(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to->type != X86_OP_REG || to[1].type != X86_OP_REG || to->reg != to[1].reg)
        return false;
    if (reg_of(x86, to)->size >= 4)
        fx_value(fx, VALUE_CONST, reg_of(x86, to)->unit, NO_UNIT, 0);
    return true;
}

static void how_add(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    arithmetic(x86, cs, VALUE_ADD_IMM, 1, VALUE_ADD, fx);
}

static void how_sub(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    if (!zeroes(x86, cs, fx))
        arithmetic(x86, cs, VALUE_ADD_IMM, -1, VALUE_SUB, fx);
}

static void how_inc(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    value(fx, VALUE_ADD_IMM, whole(x86, to), whole(x86, to), 1);
}

static void how_dec(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    value(fx, VALUE_ADD_IMM, whole(x86, to), whole(x86, to), -1);
}

static void how_and(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (to->type == X86_OP_REG && from->type == X86_OP_IMM && reg_of(x86, to)->size == 4)
        value(fx, VALUE_AND_IMM, reg_of(x86, to)->unit, reg_of(x86, to)->unit, (uint32_t)from->imm);
    else
        arithmetic(x86, cs, VALUE_AND_IMM, 1, VALUE_NONE, fx);
}

static void how_or(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    arithmetic(x86, cs, VALUE_OR_IMM, 1, VALUE_NONE, fx);
}

static void how_xor(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    if (!zeroes(x86, cs, fx))
        arithmetic(x86, cs, VALUE_XOR_IMM, 1, VALUE_NONE, fx);
}

static void how_shl(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to[1].type == X86_OP_IMM)
        value(fx, VALUE_SHL_IMM, whole(x86, to), whole(x86, to), to[1].imm & (8 * x86->word - 1));
}

/* MUL and IMUL of one operand: DX:AX = AX * operand; of bytes: AX. */
static void how_mul(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)x86;
    const cs_x86 *x = &cs->detail->x86;
    unsigned size = x->operands[0].size;
    if (x->op_count > 1)
        return;
    fx_read(fx, AX);
    write_unit(fx, AX, size);
    if (size > 1)
        write_unit(fx, DX, size);
}

static void how_div(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    how_mul(x86, cs, fx);
    if (cs->detail->x86.operands[0].size > 1)
        fx_read(fx, DX);
}

static void how_string(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    uint8_t prefix = cs->detail->x86.prefix[0];
    if (prefix != X86_PREFIX_REP && prefix != X86_PREFIX_REPNE)
        return;
    fx_read(fx, CX);
    fx_write(fx, CX);
    fx->kills.w[x86->eflags / 64] &= ~(UINT64_C(1) << x86->eflags % 64); /* no round, no flags */
    for (int i = 0; i < fx->n_mem; i++)
        fx->mem[i].size = 0;
}

/* A bit number in a register reaches any byte of memory. */
static void how_bit(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)x86;
    const cs_x86_op *op = cs->detail->x86.operands;
    if (op[0].type == X86_OP_MEM && op[1].type == X86_OP_REG)
        fx->mem[0].size = 0;
}

static void how_vzero(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    for (int r = 0; r < x86->n_low; r++)
        for (int u = cs->id == X86_INS_VZEROALL ? 0 : 2; u < VECTOR_UNITS; u++)
            fx_write(fx, x86->vectors + VECTOR_UNITS * r + u);
}

/* INT 3 is a breakpoint of two bytes; others are taken for system calls. */
static void how_int(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)x86;
    if (cs->detail->x86.operands[0].imm == 3)
        fx->flow = FLOW_STOP;
}

static void move_sp(struct effects *fx, int64_t by)
{
    fx_read(fx, SP);
    fx_write(fx, SP);
    fx_value(fx, VALUE_ADD_IMM, SP, SP, by);
}

static void push(unsigned size, struct effects *fx)
{
    fx_mem(fx, SP, -(int64_t)size, size, false, true);
    move_sp(fx, -(int64_t)size);
}

/* Only a prefix makes it other than a word; capstone gives pushed immediates other sizes. */
static unsigned stack_size(const struct x86_units *x86, const cs_x86 *x)
{
    return x->prefix[2] == X86_PREFIX_OPSIZE ? 2 : x86->word;
}

static void how_push(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    push(stack_size(x86, &cs->detail->x86), fx);
}

static void how_pushf(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    push(stack_size(x86, &cs->detail->x86), fx);
}

static void how_popf(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    unsigned size = stack_size(x86, &cs->detail->x86);
    fx_mem(fx, SP, 0, size, true, false);
    move_sp(fx, size);
}

static void how_pop(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    unsigned size = stack_size(x86, x);
    struct effect_mem to = fx->mem[0];
    fx->n_mem = 0;
    fx_mem(fx, SP, 0, size, true, false); /* the first, for VALUE_LOAD */
    if (x->operands[0].type == X86_OP_MEM)
        fx->mem[fx->n_mem++] = to;
    if (whole(x86, &x->operands[0]) == SP) { /* what is loaded wins */
        fx_value(fx, VALUE_LOAD, SP, NO_UNIT, 0);
        return;
    }
    fx_value(fx, VALUE_LOAD, whole(x86, &x->operands[0]), NO_UNIT, 0);
    move_sp(fx, size);
}

/* All eight registers, SP among them, which POPA throws away. */
static void how_pusha(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    push(8 * x86->word, fx);
}

static void how_popa(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    fx_mem(fx, SP, 0, 8 * x86->word, true, false);
    move_sp(fx, 8 * x86->word);
}

static void how_leave(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    fx_mem(fx, BP, 0, x86->word, true, false);
    fx_write(fx, BP);
    fx_write(fx, SP);
    fx_value(fx, VALUE_LOAD, BP, NO_UNIT, 0);
    fx_value(fx, VALUE_ADD_IMM, SP, BP, x86->word);
}

/* Jumps and calls: `flow` is that of a target in the instruction. */
static void how_jump(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *op = cs->detail->x86.operands;
    if (op->type == X86_OP_IMM)
        fx->target = x86->word == 4 ? (uint32_t)op->imm : (uint64_t)op->imm;
    else
        fx->flow = fx->flow == FLOW_CALL ? FLOW_CALL_REG : FLOW_JUMP_REG;
}

static void how_call(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    how_jump(x86, cs, fx);
    fx_mem(fx, SP, -(int64_t)x86->word, x86->word, false, true);
}

static void how_ret(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    fx_mem(fx, SP, 0, x86->word, true, false);
    move_sp(fx, x86->word + (x->op_count ? x->operands[0].imm : 0));
}

/* clang-format off */
void (*const x86_hows[N_HOWS])(const struct x86_units *x86, const cs_insn *cs, struct effects *fx) = {
    [HOW_OPERANDS] = how_operands, [HOW_MOV] = how_mov,     [HOW_MOVZX] = how_movzx, [HOW_LEA] = how_lea,
    [HOW_XCHG] = how_xchg,         [HOW_ADD] = how_add,     [HOW_SUB] = how_sub,     [HOW_INC] = how_inc,
    [HOW_DEC] = how_dec,           [HOW_AND] = how_and,     [HOW_OR] = how_or,       [HOW_XOR] = how_xor,
    [HOW_SHL] = how_shl,           [HOW_MUL] = how_mul,     [HOW_DIV] = how_div,
        [HOW_STRING] = how_string,
    [HOW_BIT] = how_bit,           [HOW_VZERO] = how_vzero, [HOW_INT] = how_int,     [HOW_PUSH] = how_push,
    [HOW_POP] = how_pop,           [HOW_PUSHF] = how_pushf, [HOW_POPF] = how_popf,   [HOW_LEAVE] = how_leave,
    [HOW_PUSHA] = how_pusha,       [HOW_POPA] = how_popa,
    [HOW_CALL] = how_call,         [HOW_RET] = how_ret,     [HOW_JUMP] = how_jump,
};
/* clang-format on */
