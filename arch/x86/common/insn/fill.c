/* x86: what an instruction does (insn/effects.h), from capstone's operands and the table.
 *
 * A call is described as its function sees it: SP is where it was when the call comes back. What the callee
 * does to registers is the ABI's matter. */
#include "effects.h"

/* ---- operands ---- */

static void write_reg(const struct x86_row *row, const struct reg_unit *r, char role, char lane,
                      struct effects *fx)
{
    if (r->class != CLASS_VECTOR) {
        write_unit(fx, r->unit, role == 'c' ? 0 : r->size);
        return;
    }
    int first, n = x86_lane_units(r, lane, &first);
    for (int u = 0; u < n; u++)
        if (role == 'c' || lane == 's')
            fx_touch(fx, first + u);
        else
            fx_write(fx, first + u);
    for (int u = vector_units(r); row->flags & F_VEX && u < VECTOR_UNITS; u++)
        fx_write(fx, r->unit + u);
}

/* A push or a pop renames all registers of the x87 stack, so each instruction counts as if it used and
 * changed the whole of it; with MMX's registers, which are the same, too. Compiled code has neither. */
static void x87(const struct x86_units *x86, struct effects *fx)
{
    for (int u = x86->x87; u < x86->x87_end; u++)
        fx_read(fx, u), fx_touch(fx, u);
    fx_read(fx, x86->fsw), fx_touch(fx, x86->fsw);
    fx_read(fx, x86->ftw), fx_touch(fx, x86->ftw);
}

/* The two sources of an operation are one register, and its result is the same whatever it holds. */
static bool is_same(const struct x86_row *row, const cs_x86 *x)
{
    if (!(row->flags & F_SAME) || x->op_count < 2)
        return false;
    const cs_x86_op *a = &x->operands[x->op_count - 2], *b = a + 1;
    return a->type == X86_OP_REG && b->type == X86_OP_REG && a->reg == b->reg;
}

/* False if there is a register that no unit stands for. */
static bool operands(const struct x86_units *x86, const struct x86_row *row, const char *roles,
                     const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    bool same = is_same(row, x);
    for (int i = 0; i < x->op_count && *roles; i++) {
        const cs_x86_op *op = &x->operands[i];
        char role = *roles++, lane = *roles == 's' || *roles == 'd' || *roles == 'h' ? *roles++ : 0;
        bool reads = role == 'r' || role == 'x', writes = role == 'w' || role == 'x' || role == 'c';
        if (op->type == X86_OP_MEM && role != '-') {
            if (x86->regs[op->mem.segment].class == CLASS_UNKNOWN)
                return false;
            x86_memory(x86, cs, op, reads, writes, fx);
        }
        if (op->type != X86_OP_REG)
            continue;
        if (reg_of(x86, op)->class == CLASS_UNKNOWN)
            return false;
        if (reg_of(x86, op)->class == CLASS_X87)
            x87(x86, fx);
        if (row->flags & F_MERGE && x->operands[1].type == X86_OP_MEM)
            lane = 0;
        if (reads && !same)
            x86_read_reg(reg_of(x86, op), lane, fx);
        if (writes)
            write_reg(row, reg_of(x86, op), role, lane, fx);
    }
    return true;
}

/* ---- flags, control registers, implied registers ---- */

/* The flags of a shift: as before if the count is zero, which a constant is or is not. */
static void shift_flags(const struct x86_units *x86, const cs_x86 *x, struct effects *fx)
{
    const cs_x86_op *count = &x->operands[x->op_count - 1];
    if (count->type != X86_OP_IMM)
        fx_touch(fx, x86->eflags);
    else if (count->imm & (x->operands[0].size == 8 ? 63 : 31))
        fx_write(fx, x86->eflags);
}

static void controls(const struct x86_units *x86, const struct x86_row *row, const cs_x86 *x,
                     struct effects *fx)
{
    unsigned f = row->flags;
    fx_read(fx, f & F_FLAGS_R ? x86->eflags : NO_UNIT);
    fx_touch(fx, f & F_FLAGS_W ? x86->eflags : NO_UNIT);
    fx_write(fx, f & F_FLAGS ? x86->eflags : NO_UNIT);
    if (f & F_SHIFT)
        shift_flags(x86, x, fx);
    if (!(f & (F_SSE | F_MXCSR_R | F_MXCSR_W | F_X87 | F_FCW_R | F_FCW_W | F_FSW_R)))
        return;
    fx_touch(fx, f & F_SSE ? x86->mxcsr : NO_UNIT);
    fx_read(fx, f & F_MXCSR_R ? x86->mxcsr : NO_UNIT);
    fx_write(fx, f & F_MXCSR_W ? x86->mxcsr : NO_UNIT);
    fx_read(fx, f & F_FCW_R ? x86->fcw : NO_UNIT);
    fx_write(fx, f & F_FCW_W ? x86->fcw : NO_UNIT);
    fx_read(fx, f & F_FSW_R ? x86->fsw : NO_UNIT);
    if (f & F_X87)
        x87(x86, fx);
}

static void implied(const struct x86_units *x86, const struct x86_row *row, struct effects *fx)
{
    if (row->flags & F_XMM0_R)
        x86_read_reg(&x86->regs[X86_REG_XMM0], 0, fx);
    for (int g = 0; (row->in | row->out | row->touch) >> g; g++) {
        fx_read(fx, row->in & GPR(g) ? g : NO_UNIT);
        fx_write(fx, row->out & GPR(g) ? g : NO_UNIT);
        fx_touch(fx, row->touch & GPR(g) ? g : NO_UNIT);
    }
}

/* ---- the whole ---- */

/* The comparisons of SSE and AVX, opcode C2, whose id capstone 5 takes from the predicate, so that it is
 * another instruction's: CMPLESD has CMPSB's (capstone issues 2195, 2244). */
static unsigned compare_id(const cs_insn *cs)
{
    const cs_x86 *x = &cs->detail->x86;
    if (x->opcode[0] != 0x0f)
        return X86_INS_VCMPPS;
    unsigned id = X86_INS_CMPPS;
    for (const uint8_t *prefix = cs->bytes; *prefix != 0x0f; prefix++)
        id = *prefix == 0xf2 ? X86_INS_CMPSD : *prefix == 0xf3 ? X86_INS_CMPSS : id;
    return id;
}

/* The row of the instruction. MOVSD and CMPSD are string instructions too, and the other sizes' rows say what
 * those do. */
static const struct x86_row *row_of(const cs_insn *cs)
{
    const cs_x86 *x = &cs->detail->x86;
    unsigned id = cs->id;
    if (x->encoding.modrm_offset && cs->bytes[x->encoding.modrm_offset - 1] == 0xc2)
        id = compare_id(cs);
    else if (x->op_count == 2 && x->operands[0].type == X86_OP_MEM && x->operands[1].type == X86_OP_MEM)
        id = id == X86_INS_MOVSD ? X86_INS_MOVSB : id == X86_INS_CMPSD ? X86_INS_CMPSB : id;
    return &x86_rows[id];
}

static const char *roles_of(const struct x86_row *row, const cs_insn *cs)
{
    static const char *const imul[] = {"", "r", "xr", "wrr"};
    return cs->id == X86_INS_IMUL ? imul[cs->detail->x86.op_count & 3] : row->roles;
}

bool x86_fill(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    if (x86_is_evex(x86, cs))
        return x86_fill_evex(x86, cs, fx);
    const struct x86_row *row = row_of(cs);
    if (!row->roles || !operands(x86, row, roles_of(row, cs), cs, fx))
        return false;
    fx->flow = row->flow;
    if (x->prefix[0] == X86_PREFIX_LOCK)
        fx->flags |= IS_ATOMIC;
    if (row->flags & F_MOVE)
        fx->flags |= IS_MOVE;
    controls(x86, row, x, fx);
    implied(x86, row, fx);
    x86_hows[row->how](x86, cs, fx);
    return true;
}
