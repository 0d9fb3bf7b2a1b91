/* s390x: what an instruction does (insn/effects.h). The fields come from its bytes, by format (Principles
 * of Operation, chapter 5), and what is done with them from the table.
 *
 * A 32-bit operation leaves the upper half of its register, and with it the unit alive. Vectors are
 * in effects_vector.c. Unknown: decimal instructions, which Go's compiler does not emit. */

#include "effects_fields.h"
#include "effects_vector.h"

DEFINE_UNIT_NAMES(units);
_Static_assert(U_r15 - U_r0 == 15 && U_a15 - U_a0 == 15 && U_v31 - U_v0 == 62, "registers are in order");

enum { LINK = 14, SP = 15, FIRST_ACCESS_OF_OTHERS = 2, VECTOR = 0xe7, CFDTR = 0xb941 };

static void note_pair(struct effects *fx, enum role role, unsigned n)
{
    int even = gpr(n & ~1u), odd = even + 1;
    if (role == PRW || role == PRT)
        fx_read(fx, even);
    if (role != PW)
        fx_read(fx, odd);
    for (int u = even; u <= odd; u++) {
        if (role == PRT || role == POT)
            fx_touch(fx, u);
        else
            fx_write(fx, u);
    }
}

static void note_role(struct effects *fx, enum role role, unsigned n, bool maybe)
{
    static const struct {
        bool fp, read, write, touch;
        /* clang-format off */
    } roles[] = {
        [R] = {.read = true}, [W] = {.write = true}, [RW] = {.read = true, .write = true},
        [T] = {.touch = true}, [RT] = {.read = true, .touch = true},
        [FR] = {true, .read = true}, [FW] = {true, .write = true},
        [FRW] = {true, .read = true, .write = true},
        [FT] = {true, .touch = true}, [FRT] = {true, .read = true, .touch = true},
    };
    /* clang-format on */
    if (role >= PW) {
        note_pair(fx, role, n);
        return;
    }
    int unit = roles[role].fp ? fpr(n) : gpr(n);
    if (roles[role].read)
        fx_read(fx, unit);
    if (roles[role].touch || (roles[role].write && maybe))
        fx_touch(fx, unit);
    else if (roles[role].write)
        fx_write(fx, unit);
}

static void add_mem(struct effects *fx, struct effect_mem m, unsigned size, bool load, bool store)
{
    fx_read(fx, m.base);
    fx_read(fx, m.index);
    m.size = (uint16_t)size;
    m.load = load;
    m.store = store;
    fx->mem[fx->n_mem++] = m;
}

static void pc_mem(struct effects *fx, const struct fields *f, unsigned size, bool load)
{
    struct effect_mem m = {.base = NO_UNIT, .index = NO_UNIT, .disp = (int64_t)fx->pc + f->distance};
    add_mem(fx, m, size, load, !load);
}

/* From R1 up to R3, and from R15 on to R0. */
static void multiple(struct effects *fx, const struct fields *f, unsigned size, bool load)
{
    unsigned n = ((f->r3 - f->r1) & 15u) + 1;
    add_mem(fx, f->mem[0], n * size, load, !load);
    for (unsigned k = 0; k < n; k++) {
        int unit = gpr((f->r1 + k) & 15u);
        if (!load)
            fx_read(fx, unit);
        else if (size == 8)
            fx_write(fx, unit);
        else
            fx_touch(fx, unit);
    }
}

static void branch(struct effects *fx, unsigned mask, int64_t distance)
{
    fx->target = fx->pc + (uint64_t)distance;
    fx->flow = mask == 0 ? FLOW_NEXT : mask == 15 ? FLOW_JUMP : FLOW_BRANCH;
}

static void branch_reg(struct effects *fx, const struct fields *f)
{
    fx->flow = f->r2 == LINK ? FLOW_RET : FLOW_JUMP_REG;
    if (f->mask != 15)
        fx->flags |= IS_CONDITIONAL;
}

/* Linux: the number in R1 (where SVC's own is 0), arguments from R2 to R7; of the registers R2 alone changes.
 */
static void syscall_effects(struct effects *fx)
{
    for (unsigned n = 1; n <= 7; n++)
        fx_read(fx, gpr(n));
    fx_write(fx, gpr(2));
}

/* EXRL: what is executed lies elsewhere. Go's are MVC, XC and CLC, which change no register. */
static void execute_effects(struct effects *fx)
{
    for (unsigned n = 0; n <= SP; n++)
        fx_read(fx, gpr(n));
    fx_touch(fx, U_cc);
}

/* EAR and SAR. A0 and A1 hold the thread pointer. */
static void access_reg(struct effects *fx, const struct fields *f, bool to_general)
{
    if (to_general) {
        fx_read(fx, U_a0 + f->r2);
        if (f->r2 < FIRST_ACCESS_OF_OTHERS)
            fx->flags |= READS_TLS;
    } else {
        fx_write(fx, U_a0 + f->r1);
    }
}

/* Runs whose lengths registers hold: at the addresses in R1 and R2, with R0 (and R1) as parameters. What has
 * no first operand leaves its result at the parameters' address, in register 1. */
static void long_run(struct effects *fx, const struct row *row, const struct fields *f)
{
    struct effect_mem to = {.base = (int16_t)gpr(row->r1 == N ? 1 : f->r1), .index = NO_UNIT};
    struct effect_mem from = {.base = (int16_t)gpr(f->r2), .index = NO_UNIT};
    fx_read(fx, gpr(0));
    fx_read(fx, gpr(1));
    add_mem(fx, to, 0, true, true);
    add_mem(fx, from, 0, true, false);
}

/* An exclusive or, or a difference, of a register and itself is zero, whatever it held. */
static bool is_zeroing(const struct row *row, const struct fields *f)
{
    enum { XGR = 0xb982, SGR = 0xb909, XGRK = 0xb9e7, SGRK = 0xb9e9 };
    switch (row->opcode) {
    case XGR:
    case SGR:
        return f->r1 == f->r2;
    case XGRK:
    case SGRK:
        return f->r2 == f->r3;
    default:
        return false;
    }
}

/* RISBG with bit 128 of I4 sets the bits that it does not insert to zero, so that nothing of R1 is read. */
static bool zeroes_the_rest(uint16_t opcode, const uint8_t *b)
{
    return (opcode == 0xec55 || opcode == 0xec59) && b[3] & 0x80;
}

static void note_value(struct effects *fx, const struct row *row, const struct fields *f)
{
    int dst = gpr(f->r1);
    switch ((enum kind)row->kind) {
    case COPY:
        fx_value(fx, VALUE_ADD_IMM, dst, gpr(f->r2), 0);
        break;
    case ADD_SIGNED:
        fx_value(fx, VALUE_ADD_IMM, dst, row->format == RIEd ? gpr(f->r3) : dst, f->imm);
        break;
    case ADD_2:
        fx_value2(fx, VALUE_ADD, dst, dst, gpr(f->r2));
        break;
    case SUB_2:
        fx_value2(fx, VALUE_SUB, dst, dst, gpr(f->r2));
        break;
    case ADD_3:
        fx_value2(fx, VALUE_ADD, dst, gpr(f->r2), gpr(f->r3));
        break;
    case SUB_3:
        fx_value2(fx, VALUE_SUB, dst, gpr(f->r2), gpr(f->r3));
        break;
    case CONSTANT:
        fx_value(fx, VALUE_CONST, dst, NO_UNIT, f->imm);
        break;
    case CONSTANT_HIGH: /* `size` is how far up it goes */
        fx_value(fx, VALUE_CONST, dst, NO_UNIT,
                 (int64_t)((uint64_t)f->imm << (row->format == RIa ? 48 : 32) >>
                           (row->format == RIa ? 48 : 32) << row->size));
        break;
    case PC_ADDRESS:
        fx_value(fx, VALUE_CONST, dst, NO_UNIT, (int64_t)fx->pc + f->distance);
        break;
    case ADDRESS:
        fx_read(fx, f->mem[0].base);
        fx_read(fx, f->mem[0].index);
        if (f->mem[0].index != NO_UNIT && f->mem[0].disp == 0)
            fx_value2(fx, VALUE_ADD, dst, f->mem[0].base, f->mem[0].index);
        else if (f->mem[0].index == NO_UNIT)
            fx_value(fx, f->mem[0].base == NO_UNIT ? VALUE_CONST : VALUE_ADD_IMM, dst, f->mem[0].base,
                     f->mem[0].disp);
        break;
    case AND_2:
        fx_value2(fx, VALUE_AND, dst, dst, gpr(f->r2));
        break;
    case AND_LOW: /* `size` bits */
        fx_value(fx, VALUE_AND_IMM, dst, dst, f->imm | (int64_t)(~UINT64_C(0) << row->size));
        break;
    case SHIFT_LEFT:
        if (f->mem[0].base == NO_UNIT)
            fx_value(fx, VALUE_SHL_IMM, dst, gpr(f->r3), f->mem[0].disp & 63);
        break;
    case FULL_LOAD:
    case PC_FULL_LOAD:
        fx_value(fx, VALUE_LOAD, dst, NO_UNIT, 0);
        break;
    default:
        break;
    }
}

/* Loads, stores and runs of bytes; others access no memory. */
static void note_access(struct effects *fx, const struct row *row, const struct fields *f, const uint8_t *b)
{
    switch ((enum kind)row->kind) {
    case LOAD:
    case FULL_LOAD:
        add_mem(fx, f->mem[0], row->size, true, false);
        break;
    case STORE:
        add_mem(fx, f->mem[0], row->size, false, true);
        break;
    case STORE_FACILITIES:
        add_mem(fx, f->mem[0], row->size, false, true);
        fx_read(fx, U_r0);
        fx_touch(fx, U_r0);
        break;
    case INTERLOCKED:
        add_mem(fx, f->mem[0], row->size, true, true);
        fx->flags |= IS_ATOMIC;
        break;
    case PC_LOAD:
    case PC_FULL_LOAD:
        pc_mem(fx, f, row->size, true);
        break;
    case PC_STORE:
        pc_mem(fx, f, row->size, false);
        break;
    case MULTIPLE_LOAD:
        multiple(fx, f, row->size, true);
        break;
    case MULTIPLE_STORE:
        multiple(fx, f, row->size, false);
        break;
    case MOVE_RUN:
        add_mem(fx, f->mem[0], b[1] + 1u, false, true);
        add_mem(fx, f->mem[1], b[1] + 1u, true, false);
        break;
    case COMPARE_RUNS:
        add_mem(fx, f->mem[0], b[1] + 1u, true, false);
        add_mem(fx, f->mem[1], b[1] + 1u, true, false);
        break;
    case CHANGE_RUN:
        add_mem(fx, f->mem[0], b[1] + 1u, true, true);
        add_mem(fx, f->mem[1], b[1] + 1u, true, false);
        break;
    case LONG_RUN:
        long_run(fx, row, f);
        break;
    default:
        break;
    }
}

static void note_kind(struct effects *fx, const struct row *row, const struct fields *f)
{
    switch ((enum kind)row->kind) {
    case BRANCH:
        branch(fx, f->mask, f->distance);
        break;
    case BRANCH_REG:
        branch_reg(fx, f);
        break;
    case JUMP_AND_LINK:
        branch(fx, 15, f->distance);
        fx->flow = FLOW_CALL;
        break;
    case JUMP_AND_LINK_REG:
        fx->flow = f->r2 ? FLOW_CALL_REG : FLOW_NEXT;
        break;
    case COMPARE_AND_BRANCH:
    case COUNT_AND_BRANCH:
        branch(fx, 1, f->distance);
        break;
    case COUNT_AND_BRANCH_REG:
        if (f->r2) { /* else it counts and goes on */
            fx->flow = f->r2 == LINK ? FLOW_RET : FLOW_JUMP_REG;
            fx->flags |= IS_CONDITIONAL;
        }
        break;
    case EXECUTE:
        execute_effects(fx);
        break;
    case SYSCALL:
        syscall_effects(fx);
        break;
    case TRAP:
        fx->flow = FLOW_STOP;
        break;
    case ACCESS_REG:
        access_reg(fx, f, row->r1 != N);
        break;
    default:
        break;
    }
}

static const struct row *find_row(uint16_t opcode)
{
    size_t low = 0, high = sizeof rows / sizeof *rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows[middle].opcode < opcode)
            low = middle + 1;
        else
            high = middle;
    }
    return low < sizeof rows / sizeof *rows && rows[low].opcode == opcode ? &rows[low] : NULL;
}

static bool fill(const uint8_t *b, struct effects *fx)
{
    const struct row *row = find_row(s390x_opcode(b));
    if (b[0] == VECTOR)
        return s390x_vector(b, fx);
    if (!row)
        return false;
    struct fields f = s390x_fields(row->format, b);
    if (is_zeroing(row, &f)) {
        fx_write(fx, gpr(f.r1));
        fx_write(fx, U_cc);
        fx_value(fx, VALUE_CONST, gpr(f.r1), NO_UNIT, 0);
        return true;
    }
    if (row->kind == BRANCH_REG && (f.mask == 0 || f.r2 == 0))
        return true; /* how a NOP is written */
    enum role r1 = zeroes_the_rest(row->opcode, b) ? W : row->r1;
    bool maybe = row->flags & MAYBE;
    note_role(fx, r1, f.r1, maybe);
    note_role(fx, row->r2, f.r2, maybe);
    note_role(fx, row->r3, f.r3, maybe);
    if (row->flags & SHIFTED) {
        fx_read(fx, f.mem[0].base);
        fx_read(fx, f.mem[0].index);
    }
    if (row->flags & USES_CC && !(row->kind == BRANCH && f.mask == 15) &&
        !(row->kind == BRANCH_REG && f.mask == 15))
        fx_read(fx, U_cc);
    if (row->flags & SETS_CC)
        fx_write(fx, U_cc);
    if (b[0] == 0xb3 || b[0] == 0xed || row->opcode == CFDTR)
        fx_touch(fx, U_fpc); /* exception flags; of the moves too, which raise none */
    note_access(fx, row, &f, b);
    note_kind(fx, row, &f);
    note_value(fx, row, &f);
    if (maybe)
        fx->flags |= IS_CONDITIONAL;
    return true;
}

/* The two highest bits are the length. */
static uint8_t fill_bytes(const uint8_t *b, size_t n, struct effects *fx)
{
    static const uint8_t sizes[] = {2, 4, 4, 6};
    return n && n >= sizes[*b >> 6] && fill(b, fx) ? sizes[*b >> 6] : 0;
}

const struct effects_arch effects_s390x = {
    EFFECTS_OF_REGS(units),    .target = &target_s390x,  .general = {{0xffffu << U_r0}},
    .undefined_size = 4, /* zeros: Go 1.19, cmd/internal/obj/s390x/asmz.go, case 78 */
    .call = "brasl %%r14, %s", .fill_bytes = fill_bytes,
};
