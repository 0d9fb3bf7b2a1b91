/* x86: what the operands of an instruction don't say, and what becomes of the values of general registers. A
 * part of arch/generic/x86_effects.inc, which includes it. */

static void value(struct effects *fx, enum value_op op, int dst, int src, int64_t imm)
{
    if (src != NO_UNIT || op == VALUE_CONST)
        fx_value(fx, op, dst, src, imm);
}

static void how_operands(const cs_insn *cs, struct effects *fx)
{
    (void)cs, (void)fx;
}

/* A value cut to 4 bytes of 8: to the whole register what the mask leaves. */
static void masked_copy(const cs_x86_op *to, const cs_x86_op *from, struct effects *fx)
{
    unsigned size = reg_of(from)->size;
    bool high = from->reg == X86_REG_AH || from->reg == X86_REG_BH || from->reg == X86_REG_CH ||
                from->reg == X86_REG_DH;
    if (reg_of(to)->class == CLASS_GPR && reg_of(from)->class == CLASS_GPR && !high)
        value(fx, VALUE_AND_IMM, reg_of(to)->unit, reg_of(from)->unit,
              (int64_t)(UINT64_MAX >> (64 - 8 * size)));
}

static void how_mov(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (to->type != X86_OP_REG || reg_of(to)->class != CLASS_GPR || reg_of(to)->size < 4)
        return;
    unsigned size = reg_of(to)->size;
    if (from->type == X86_OP_IMM)
        value(fx, VALUE_CONST, reg_of(to)->unit, NO_UNIT, size == 4 ? (uint32_t)from->imm : from->imm);
    else if (from->type == X86_OP_MEM && size == X86_WORD)
        fx_value(fx, VALUE_LOAD, whole(to), NO_UNIT, 0);
    else if (from->type == X86_OP_REG && size == X86_WORD)
        value(fx, VALUE_ADD_IMM, whole(to), whole(from), 0);
    else if (from->type == X86_OP_REG)
        masked_copy(to, from, fx);
}

static void how_movzx(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to[1].type == X86_OP_REG && reg_of(to)->size >= 4)
        masked_copy(to, to + 1, fx);
}

static void how_lea(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    const x86_op_mem *m = &to[1].mem;
    int base = x86_regs[m->base].unit, index = x86_regs[m->index].unit, dst = whole(to);
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

static void how_xchg(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *a = cs->detail->x86.operands, *b = a + 1;
    if (a->type == X86_OP_MEM || b->type == X86_OP_MEM)
        fx->flags |= IS_ATOMIC; /* without a prefix too */
    else if (a->reg != b->reg) {
        value(fx, VALUE_ADD_IMM, whole(a), whole(b), 0);
        value(fx, VALUE_ADD_IMM, whole(b), whole(a), 0);
    }
}

/* Two operands, the first a whole register: dst = op_imm(dst, sign * immediate), or dst = op(dst, register).
 */
static void arithmetic(const cs_insn *cs, enum value_op op_imm, int sign, enum value_op op,
                       struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (from->type == X86_OP_IMM)
        value(fx, op_imm, whole(to), whole(to), sign * from->imm);
    else if (op != VALUE_NONE && whole(to) != NO_UNIT && whole(from) != NO_UNIT)
        fx_value2(fx, op, whole(to), whole(to), whole(from));
}

/* The register whose value the operation takes from itself: at 4 bytes and more, zero. False if it is none
 * such. */
static bool zeroes(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to->type != X86_OP_REG || to[1].type != X86_OP_REG || to->reg != to[1].reg)
        return false;
    if (reg_of(to)->size >= 4)
        fx_value(fx, VALUE_CONST, reg_of(to)->unit, NO_UNIT, 0);
    return true;
}

static void how_add(const cs_insn *cs, struct effects *fx)
{
    arithmetic(cs, VALUE_ADD_IMM, 1, VALUE_ADD, fx);
}

static void how_sub(const cs_insn *cs, struct effects *fx)
{
    if (!zeroes(cs, fx))
        arithmetic(cs, VALUE_ADD_IMM, -1, VALUE_SUB, fx);
}

static void how_inc(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    value(fx, VALUE_ADD_IMM, whole(to), whole(to), 1);
}

static void how_dec(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    value(fx, VALUE_ADD_IMM, whole(to), whole(to), -1);
}

static void how_and(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands, *from = to + 1;
    if (to->type == X86_OP_REG && from->type == X86_OP_IMM && reg_of(to)->size == 4)
        value(fx, VALUE_AND_IMM, reg_of(to)->unit, reg_of(to)->unit, (uint32_t)from->imm);
    else
        arithmetic(cs, VALUE_AND_IMM, 1, VALUE_NONE, fx);
}

static void how_or(const cs_insn *cs, struct effects *fx)
{
    arithmetic(cs, VALUE_OR_IMM, 1, VALUE_NONE, fx);
}

static void how_xor(const cs_insn *cs, struct effects *fx)
{
    if (!zeroes(cs, fx))
        arithmetic(cs, VALUE_XOR_IMM, 1, VALUE_NONE, fx);
}

static void how_shl(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *to = cs->detail->x86.operands;
    if (to[1].type == X86_OP_IMM)
        value(fx, VALUE_SHL_IMM, whole(to), whole(to), to[1].imm & (8 * X86_WORD - 1));
}

/* MUL and IMUL of one operand: DX:AX = AX * operand; of bytes: AX. */
static void how_mul(const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    unsigned size = x->operands[0].size;
    if (x->op_count > 1)
        return;
    fx_read(fx, X86_UNIT(ax));
    write_unit(fx, X86_UNIT(ax), size);
    if (size > 1)
        write_unit(fx, X86_UNIT(dx), size);
}

static void how_div(const cs_insn *cs, struct effects *fx)
{
    how_mul(cs, fx);
    if (cs->detail->x86.operands[0].size > 1)
        fx_read(fx, X86_UNIT(dx));
}

static void how_string(const cs_insn *cs, struct effects *fx)
{
    uint8_t prefix = cs->detail->x86.prefix[0];
    if (prefix != X86_PREFIX_REP && prefix != X86_PREFIX_REPNE)
        return;
    fx_read(fx, X86_UNIT(cx));
    fx_write(fx, X86_UNIT(cx));
    fx->kills.w[U_eflags / 64] &= ~(UINT64_C(1) << U_eflags % 64); /* no round, no flags */
    for (int i = 0; i < fx->n_mem; i++)
        fx->mem[i].size = 0;
}

/* A bit number in a register reaches any byte of memory. */
static void how_bit(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *op = cs->detail->x86.operands;
    if (op[0].type == X86_OP_MEM && op[1].type == X86_OP_REG)
        fx->mem[0].size = 0;
}

static void how_vzero(const cs_insn *cs, struct effects *fx)
{
    int n = (N_UNITS - U_y0) / VECTOR_UNITS;
    for (int r = 0; r < n; r++)
        for (int u = cs->id == X86_INS_VZEROALL ? 0 : 2; u < VECTOR_UNITS; u++)
            fx_write(fx, U_y0 + VECTOR_UNITS * r + u);
}

/* INT 3 is a breakpoint of two bytes; others are taken for system calls. */
static void how_int(const cs_insn *cs, struct effects *fx)
{
    if (cs->detail->x86.operands[0].imm == 3)
        fx->flow = FLOW_STOP;
}

static void move_sp(struct effects *fx, int64_t by)
{
    fx_read(fx, SP_UNIT);
    fx_write(fx, SP_UNIT);
    fx_value(fx, VALUE_ADD_IMM, SP_UNIT, SP_UNIT, by);
}

static void push(unsigned size, struct effects *fx)
{
    fx_mem(fx, SP_UNIT, -(int64_t)size, size, false, true);
    move_sp(fx, -(int64_t)size);
}

/* Only a prefix makes it other than a word; capstone gives pushed immediates other sizes. */
static unsigned stack_size(const cs_x86 *x)
{
    return x->prefix[2] == X86_PREFIX_OPSIZE ? 2 : X86_WORD;
}

static void how_push(const cs_insn *cs, struct effects *fx)
{
    push(stack_size(&cs->detail->x86), fx);
}

static void how_pushf(const cs_insn *cs, struct effects *fx)
{
    push(stack_size(&cs->detail->x86), fx);
}

static void how_popf(const cs_insn *cs, struct effects *fx)
{
    unsigned size = stack_size(&cs->detail->x86);
    fx_mem(fx, SP_UNIT, 0, size, true, false);
    move_sp(fx, size);
}

static void how_pop(const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    unsigned size = stack_size(x);
    struct effect_mem to = fx->mem[0];
    fx->n_mem = 0;
    fx_mem(fx, SP_UNIT, 0, size, true, false); /* the first, for VALUE_LOAD */
    if (x->operands[0].type == X86_OP_MEM)
        fx->mem[fx->n_mem++] = to;
    if (whole(&x->operands[0]) == SP_UNIT) { /* what is loaded wins */
        fx_value(fx, VALUE_LOAD, SP_UNIT, NO_UNIT, 0);
        return;
    }
    fx_value(fx, VALUE_LOAD, whole(&x->operands[0]), NO_UNIT, 0);
    move_sp(fx, size);
}

/* All eight registers, SP among them, which POPA throws away. */
static void how_pusha(const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    push(8 * X86_WORD, fx);
}

static void how_popa(const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    fx_mem(fx, SP_UNIT, 0, 8 * X86_WORD, true, false);
    move_sp(fx, 8 * X86_WORD);
}

static void how_leave(const cs_insn *cs, struct effects *fx)
{
    (void)cs;
    fx_mem(fx, X86_UNIT(bp), 0, X86_WORD, true, false);
    fx_write(fx, X86_UNIT(bp));
    fx_write(fx, SP_UNIT);
    fx_value(fx, VALUE_LOAD, X86_UNIT(bp), NO_UNIT, 0);
    fx_value(fx, VALUE_ADD_IMM, SP_UNIT, X86_UNIT(bp), X86_WORD);
}

/* Jumps and calls: `flow` is that of a target in the instruction. */
static void how_jump(const cs_insn *cs, struct effects *fx)
{
    const cs_x86_op *op = cs->detail->x86.operands;
    if (op->type == X86_OP_IMM)
        fx->target = X86_WORD == 4 ? (uint32_t)op->imm : (uint64_t)op->imm;
    else
        fx->flow = fx->flow == FLOW_CALL ? FLOW_CALL_REG : FLOW_JUMP_REG;
}

static void how_call(const cs_insn *cs, struct effects *fx)
{
    how_jump(cs, fx);
    fx_mem(fx, SP_UNIT, -(int64_t)X86_WORD, X86_WORD, false, true);
}

static void how_ret(const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    fx_mem(fx, SP_UNIT, 0, X86_WORD, true, false);
    move_sp(fx, X86_WORD + (x->op_count ? x->operands[0].imm : 0));
}

/* clang-format off */
static void (*const hows[N_HOWS])(const cs_insn *cs, struct effects *fx) = {
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
