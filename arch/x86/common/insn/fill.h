/* x86: what an instruction does (harness/go/effects.h), from capstone's operands and the table beside this
 * file. Included by arch/<arch>/effects.c, which defines before it X86_UNIT(r)     the unit of a general
 * register by its 16-bit name: ax, sp, X86_WORD        bytes of a general register, X86_MORE_REGS   rows of
 * x86_regs that 32 bits have not, X86_TLS_SEGMENT, X86_TLS_UNIT   capstone's segment register that leads to
 * thread-local storage, and its base's unit.
 *
 * A call is described as its function sees it: SP is where it was when the call comes back. What the callee
 * does to registers is the ABI's matter. */
#include "effects.h"
#include "table.h"

/* ---- registers ---- */

enum x86_class {
    CLASS_UNKNOWN,
    CLASS_GPR,
    CLASS_VECTOR,
    CLASS_CONTROL,
    CLASS_X87,
    CLASS_NONE /* no unit of its own */
};
struct reg_unit {
    uint8_t class, size; /* bytes */
    int16_t unit;
};

#define REG_1(r, n)     [X86_REG_##r] = {CLASS_GPR, 1, X86_UNIT(n)},
#define REG_BYTES(l, n) REG_1(l##L, n) REG_1(l##H, n)
#define REG_2(r, n)     [X86_REG_##r] = {CLASS_GPR, 2, X86_UNIT(n)},
#define REG_4(r, n)     [X86_REG_##r] = {CLASS_GPR, 4, X86_UNIT(n)},
#define REG_8(r, unit)  [X86_REG_##r] = {CLASS_GPR, 8, unit},
#define REG_VECTOR(n) \
    [X86_REG_XMM##n] = {CLASS_VECTOR, 16, U_y##n}, [X86_REG_YMM##n] = {CLASS_VECTOR, 32, U_y##n},
#define REG_MMX(n)     [X86_REG_MM##n] = {CLASS_X87, 8, NO_UNIT},
#define REG_NO_UNIT(r) [X86_REG_##r] = {CLASS_NONE, 0, NO_UNIT},
/* clang-format off */
static const struct reg_unit x86_regs[X86_REG_ENDING] = {
    REG_BYTES(A, ax) REG_BYTES(B, bx) REG_BYTES(C, cx) REG_BYTES(D, dx)
    REG_2(AX, ax) REG_2(BX, bx) REG_2(CX, cx) REG_2(DX, dx) REG_2(SI, si) REG_2(DI, di) REG_2(BP, bp)
    REG_2(SP, sp)
    REG_4(EAX, ax) REG_4(EBX, bx) REG_4(ECX, cx) REG_4(EDX, dx) REG_4(ESI, si) REG_4(EDI, di) REG_4(EBP, bp)
    REG_4(ESP, sp)
    REG_VECTOR(0) REG_VECTOR(1) REG_VECTOR(2) REG_VECTOR(3) REG_VECTOR(4) REG_VECTOR(5) REG_VECTOR(6)
    REG_VECTOR(7)
    REG_MMX(0) REG_MMX(1) REG_MMX(2) REG_MMX(3) REG_MMX(4) REG_MMX(5) REG_MMX(6) REG_MMX(7)
    REG_NO_UNIT(INVALID) REG_NO_UNIT(EIP) REG_NO_UNIT(RIP) REG_NO_UNIT(EIZ) REG_NO_UNIT(RIZ)
    REG_NO_UNIT(CS) REG_NO_UNIT(DS) REG_NO_UNIT(ES) REG_NO_UNIT(SS)
    REG_NO_UNIT(ST0) REG_NO_UNIT(ST1) REG_NO_UNIT(ST2) REG_NO_UNIT(ST3)
    REG_NO_UNIT(ST4) REG_NO_UNIT(ST5) REG_NO_UNIT(ST6) REG_NO_UNIT(ST7)
    [X86_TLS_SEGMENT] = {CLASS_CONTROL, X86_WORD, X86_TLS_UNIT},
    X86_MORE_REGS
};
/* clang-format on */

enum { VECTOR_UNITS = 4 };
_Static_assert(U_y0_last == U_y0 + VECTOR_UNITS - 1 && X86_UNIT(sp) == X86_UNIT(ax) + SP && X86_UNIT(ax) == 0,
               "unit numbers");
static const int SP_UNIT = X86_UNIT(sp);

static const struct reg_unit *reg_of(const cs_x86_op *op)
{
    return &x86_regs[op->reg];
}

/* The unit of an operand that is a whole general register, else NO_UNIT. */
static int whole(const cs_x86_op *op)
{
    return op->type == X86_OP_REG && reg_of(op)->class == CLASS_GPR && reg_of(op)->size == X86_WORD
               ? reg_of(op)->unit
               : NO_UNIT;
}

/* The general register or control unit, whose `size` bytes are written: 4 bytes clear the upper half of 8. */
static void write_unit(struct effects *fx, int unit, unsigned size)
{
    if (size >= 4)
        fx_write(fx, unit);
    else
        fx_touch(fx, unit);
}

/* ---- operands ---- */

static void memory(const cs_insn *cs, const cs_x86_op *op, bool load, bool store, struct effects *fx)
{
    const x86_op_mem *m = &op->mem;
    int base = x86_regs[m->base].unit, index = x86_regs[m->index].unit,
        scale = index == NO_UNIT ? 0 : m->scale;
    int64_t disp = m->base == X86_REG_RIP ? (int64_t)cs->address + cs->size + m->disp : m->disp;
    fx_read(fx, index);
    if (m->segment == X86_TLS_SEGMENT) { /* one more register to add, of which there is place for two */
        int segment = X86_TLS_UNIT;
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
    if (base == NO_UNIT && X86_WORD == 4)
        disp &= 0xffffffff;
    fx_mem(fx, base, disp, op->size, load, store);
    fx->mem[fx->n_mem - 1].index = (int16_t)index;
    fx->mem[fx->n_mem - 1].scale = (uint8_t)scale;
}

/* The units of a vector register that a lane names: from `first`, `n` of them. */
static int lane_units(const struct reg_unit *r, char lane, int *first)
{
    *first = r->unit + (lane == 'h');
    return lane ? 1 : r->size / 8;
}

static void read_reg(const struct reg_unit *r, char lane, struct effects *fx)
{
    int first = r->unit, n = r->class == CLASS_VECTOR ? lane_units(r, lane, &first) : 1;
    for (int u = 0; u < n; u++)
        fx_read(fx, first == NO_UNIT ? NO_UNIT : first + u);
}

static void write_reg(const struct x86_row *row, const struct reg_unit *r, char role, char lane,
                      struct effects *fx)
{
    if (r->class != CLASS_VECTOR) {
        write_unit(fx, r->unit, role == 'c' ? 0 : r->size);
        return;
    }
    int first, n = lane_units(r, lane, &first);
    for (int u = 0; u < n; u++)
        if (role == 'c' || lane == 's')
            fx_touch(fx, first + u);
        else
            fx_write(fx, first + u);
    for (int u = 2; row->flags & F_VEX && r->size == 16 && u < VECTOR_UNITS; u++)
        fx_write(fx, r->unit + u);
}

/* A push or a pop renames all registers of the x87 stack, so each instruction counts as if it used and
 * changed the whole of it; with MMX's registers, which are the same, too. Compiled code has neither. */
static void x87(struct effects *fx)
{
    for (int u = U_st0; u <= U_st7se_last; u++)
        fx_read(fx, u), fx_touch(fx, u);
    fx_read(fx, U_fsw), fx_touch(fx, U_fsw);
    fx_read(fx, U_ftw), fx_touch(fx, U_ftw);
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
static bool operands(const struct x86_row *row, const char *roles, const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    bool same = is_same(row, x);
    for (int i = 0; i < x->op_count && *roles; i++) {
        const cs_x86_op *op = &x->operands[i];
        char role = *roles++, lane = *roles == 's' || *roles == 'd' || *roles == 'h' ? *roles++ : 0;
        bool reads = role == 'r' || role == 'x', writes = role == 'w' || role == 'x' || role == 'c';
        if (op->type == X86_OP_MEM && role != '-') {
            if (x86_regs[op->mem.segment].class == CLASS_UNKNOWN)
                return false;
            memory(cs, op, reads, writes, fx);
        }
        if (op->type != X86_OP_REG)
            continue;
        if (reg_of(op)->class == CLASS_UNKNOWN)
            return false;
        if (reg_of(op)->class == CLASS_X87)
            x87(fx);
        if (row->flags & F_MERGE && x->operands[1].type == X86_OP_MEM)
            lane = 0;
        if (reads && !same)
            read_reg(reg_of(op), lane, fx);
        if (writes)
            write_reg(row, reg_of(op), role, lane, fx);
    }
    return true;
}

#include "how.h"

/* ---- flags, control registers, implied registers ---- */

/* The flags of a shift: as before if the count is zero, which a constant is or is not. */
static void shift_flags(const cs_x86 *x, struct effects *fx)
{
    const cs_x86_op *count = &x->operands[x->op_count - 1];
    if (count->type != X86_OP_IMM)
        fx_touch(fx, U_eflags);
    else if (count->imm & (x->operands[0].size == 8 ? 63 : 31))
        fx_write(fx, U_eflags);
}

static void controls(const struct x86_row *row, const cs_x86 *x, struct effects *fx)
{
    unsigned f = row->flags;
    fx_read(fx, f & F_FLAGS_R ? U_eflags : NO_UNIT);
    fx_touch(fx, f & F_FLAGS_W ? U_eflags : NO_UNIT);
    fx_write(fx, f & F_FLAGS ? U_eflags : NO_UNIT);
    if (f & F_SHIFT)
        shift_flags(x, fx);
    if (!(f & (F_SSE | F_MXCSR_R | F_MXCSR_W | F_X87 | F_FCW_R | F_FCW_W | F_FSW_R)))
        return;
    fx_touch(fx, f & F_SSE ? U_mxcsr : NO_UNIT);
    fx_read(fx, f & F_MXCSR_R ? U_mxcsr : NO_UNIT);
    fx_write(fx, f & F_MXCSR_W ? U_mxcsr : NO_UNIT);
    fx_read(fx, f & F_FCW_R ? U_fcw : NO_UNIT);
    fx_write(fx, f & F_FCW_W ? U_fcw : NO_UNIT);
    fx_read(fx, f & F_FSW_R ? U_fsw : NO_UNIT);
    if (f & F_X87)
        x87(fx);
}

static void implied(const struct x86_row *row, struct effects *fx)
{
    for (int g = 0; (row->in | row->out | row->touch) >> g; g++) {
        fx_read(fx, row->in & GPR(g) ? X86_UNIT(ax) + g : NO_UNIT);
        fx_write(fx, row->out & GPR(g) ? X86_UNIT(ax) + g : NO_UNIT);
        fx_touch(fx, row->touch & GPR(g) ? X86_UNIT(ax) + g : NO_UNIT);
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

static bool x86_fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
    const cs_x86 *x = &cs->detail->x86;
    const struct x86_row *row = row_of(cs);
    if (!row->roles || !operands(row, roles_of(row, cs), cs, fx))
        return false;
    fx->flow = row->flow;
    if (x->prefix[0] == X86_PREFIX_LOCK)
        fx->flags |= IS_ATOMIC;
    controls(row, x, fx);
    implied(row, fx);
    hows[row->how](cs, fx);
    return true;
}
