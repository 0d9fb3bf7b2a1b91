/* riscv64: what an instruction does (insn/effects.h). Capstone says which instruction it is; the
 * registers come from the word's fields, since capstone leaves out operands where it prints an alias (`ret`,
 * `li`, `beqz`). */
#include "../probe/regs.h"

#include "insn/effects_fill.h"

#include <capstone/capstone.h>
#include <stdio.h>

#include "effects_bits.h"
#include "effects_compressed.h"
#include "effects_table.h"
#include "effects_vector.h"

enum { ARCH_REGS(UNITS_OF) N_UNITS };
DEFINE_UNIT_NAMES(units);
_Static_assert(U_x31 - U_x1 == 30 && U_f31 - U_f0 == 31, "registers are in order");

enum { RA = 1, TP = 4, A0 = 10, A7 = 17 }; /* register numbers, as in the fields */

/* Registers of the fields, as units. */
struct fields {
    int rd, rs1, rs2, fd, f1, f2, f3;
};

static int general(uint32_t n)
{
    return n ? U_x1 + (int)n - 1 : NO_UNIT;
}

static uint32_t bits(uint32_t word, int low, int n)
{
    return word >> low & ((1u << n) - 1);
}

static struct fields fields_of(uint32_t word)
{
    uint32_t rd = bits(word, 7, 5), rs1 = bits(word, 15, 5), rs2 = bits(word, 20, 5), rs3 = bits(word, 27, 5);
    return (struct fields){general(rd),     general(rs1),    general(rs2),   U_f0 + (int)rd,
                           U_f0 + (int)rs1, U_f0 + (int)rs2, U_f0 + (int)rs3};
}

/* ---- immediates, by format (The RISC-V Instruction Set Manual, volume I, 2.3) ---- */

static int64_t imm_i(uint32_t word)
{
    return (int32_t)word >> 20;
}

static int64_t imm_s(uint32_t word)
{
    return ((int32_t)word >> 25) * 32 + (int32_t)bits(word, 7, 5);
}

static int64_t imm_b(uint32_t word)
{
    return ((int32_t)word >> 31) * 4096 +
           (int32_t)(bits(word, 7, 1) << 11 | bits(word, 25, 6) << 5 | bits(word, 8, 4) << 1);
}

static int64_t imm_u(uint32_t word)
{
    return (int32_t)(word & 0xfffff000);
}

static int64_t imm_j(uint32_t word)
{
    return ((int32_t)word >> 31) * (1 << 20) +
           (int32_t)(bits(word, 12, 8) << 12 | bits(word, 20, 1) << 11 | bits(word, 21, 10) << 1);
}

/* ---- what is more than reads and writes ---- */

static void set_target(struct effects *fx, enum flow flow, int64_t distance)
{
    fx->flow = (uint8_t)flow;
    fx->target = fx->pc + (uint64_t)distance;
}

static void jump(struct effects *fx, const struct fields *f, int64_t distance)
{
    set_target(fx, f->rd == NO_UNIT ? FLOW_JUMP : FLOW_CALL, distance);
}

/* X5 is a link register too, of morestack and DUFFZERO; but a jump through it may be any other, so it counts
 * as one. */
static void jump_reg(struct effects *fx, const struct fields *f, int64_t offset)
{
    if (f->rd != NO_UNIT)
        fx->flow = FLOW_CALL_REG;
    else
        fx->flow = f->rs1 == general(RA) && offset == 0 ? FLOW_RET : FLOW_JUMP_REG;
}

/* Linux: the number in A7, arguments in A0 to A5; of the registers A0 alone changes. */
static void syscall_effects(struct effects *fx)
{
    fx_read(fx, general(A7));
    for (uint32_t n = A0; n < A0 + 6; n++)
        fx_read(fx, general(n));
    fx_write(fx, general(A0));
}

/* CSRRW and its variants. The floating-point registers are one unit, FCSR, whose parts FFLAGS and FRM are
 * registers of their own. Counters are not part of the state. A write of a read-only register is the
 * canonical undefined instruction. */
static bool csr_effects(struct effects *fx, uint32_t word, bool reads, bool writes, bool swaps)
{
    enum { FFLAGS = 1, FRM = 2, FCSR = 3, READ_ONLY = 0xc00, COUNTERS_END = 0xc20 };
    uint32_t number = bits(word, 20, 12);
    if (number >= READ_ONLY && writes) {
        fx->flow = FLOW_STOP;
        return true;
    }
    if (number != FFLAGS && number != FRM && number != FCSR)
        return number >= READ_ONLY && number < COUNTERS_END;
    if (reads)
        fx_read(fx, U_fcsr);
    if (writes && swaps && number == FCSR)
        fx_write(fx, U_fcsr);
    else if (writes)
        fx_touch(fx, U_fcsr);
    return true;
}

static void note_roles(struct effects *fx, const struct fields *f, unsigned roles)
{
    const struct {
        enum role role;
        int unit;
    } reads[] = {{X1, f->rs1}, {X2, f->rs2}, {F1, f->f1}, {F2, f->f2}, {F3, f->f3}};
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
        if (roles & reads[i].role)
            fx_read(fx, reads[i].unit);
    if (roles & XD)
        fx_write(fx, f->rd);
    if (roles & FD)
        fx_write(fx, f->fd);
    if (roles & FLAGS)
        fx_touch(fx, U_fcsr);
}

static void note_value(struct effects *fx, const struct fields *f, enum kind kind, uint32_t word)
{
    switch (kind) {
    case LOAD_UPPER:
        fx_value(fx, VALUE_CONST, f->rd, NO_UNIT, imm_u(word));
        break;
    case ADD_PC:
        fx_value(fx, VALUE_CONST, f->rd, NO_UNIT, (int64_t)fx->pc + imm_u(word));
        break;
    case ADD_IMM:
        fx_value(fx, VALUE_ADD_IMM, f->rd, f->rs1, imm_i(word));
        break;
    case ADDW_IMM:
        fx_value(fx, VALUE_ADD32_IMM, f->rd, f->rs1, imm_i(word));
        break;
    case AND_IMM:
        fx_value(fx, VALUE_AND_IMM, f->rd, f->rs1, imm_i(word));
        break;
    case OR_IMM:
        fx_value(fx, VALUE_OR_IMM, f->rd, f->rs1, imm_i(word));
        break;
    case XOR_IMM:
        fx_value(fx, VALUE_XOR_IMM, f->rd, f->rs1, imm_i(word));
        break;
    case SHIFT_LEFT:
        fx_value(fx, VALUE_SHL_IMM, f->rd, f->rs1, bits(word, 20, 6));
        break;
    case ADD:
        fx_value2(fx, VALUE_ADD, f->rd, f->rs1, f->rs2);
        break;
    case SUB:
        fx_value2(fx, VALUE_SUB, f->rd, f->rs1, f->rs2);
        break;
    case FULL_LOAD:
        fx_value(fx, VALUE_LOAD, f->rd, NO_UNIT, 0);
        break;
    default:
        break;
    }
}

static bool fill(size_t handle, const struct cs_insn *cs, struct effects *fx)
{
    (void)handle;
    uint32_t id = cs->id, half = cs->bytes[0] | (uint32_t)cs->bytes[1] << 8;
    uint32_t word = half | (uint32_t)cs->bytes[2] << 16 | (uint32_t)cs->bytes[3] << 24;
    if ((cs->size == 2 && !riscv64_expand(half, &id, &word)) || id >= RISCV_INS_ENDING ||
        rows[id].kind == UNKNOWN)
        return false;
    const struct row row = rows[id];
    const struct fields f = fields_of(word);
    note_roles(fx, &f, row.roles);
    note_value(fx, &f, row.kind, word);
    bool known = true;
    switch ((enum kind)row.kind) {
    case LOAD:
    case FULL_LOAD:
        fx_mem(fx, f.rs1, imm_i(word), row.size, true, false);
        break;
    case STORE:
        fx_mem(fx, f.rs1, imm_s(word), row.size, false, true);
        break;
    case LINKED:
        fx_mem(fx, f.rs1, 0, row.size, true, false);
        fx->flags |= IS_LL;
        break;
    case CONDITIONAL:
        fx_mem(fx, f.rs1, 0, row.size, false, true);
        fx->flags |= IS_SC;
        break;
    case ATOMIC:
        fx_mem(fx, f.rs1, 0, row.size, true, true);
        fx->flags |= IS_ATOMIC;
        break;
    case BRANCH:
        set_target(fx, FLOW_BRANCH, imm_b(word));
        break;
    case JUMP:
        jump(fx, &f, imm_j(word));
        break;
    case JUMP_REG:
        jump_reg(fx, &f, imm_i(word));
        break;
    case SYSCALL:
        syscall_effects(fx);
        break;
    case TRAP:
        fx->flow = FLOW_STOP;
        break;
    case CSR_SWAP:
        known = csr_effects(fx, word, f.rd != NO_UNIT, true, true);
        break;
    case CSR_CHANGE:
        known = csr_effects(fx, word, true, bits(word, 15, 5) != 0, false);
        break;
    default:
        break;
    }
    if (unit_in(&fx->reads, general(TP)))
        fx->flags |= READS_TLS;
    return known;
}

static bool fill_bits(uint32_t word, struct effects *fx, char *text, size_t size)
{
    const char *name;
    bool reads_rs2;
    if (!riscv64_bits(word, &name, &reads_rs2))
        return false;
    const struct fields f = fields_of(word);
    note_roles(fx, &f, XD | X1 | (reads_rs2 ? X2 : 0));
    snprintf(text, size, reads_rs2 ? "%s x%u, x%u, x%u" : "%s x%u, x%u", name, bits(word, 7, 5),
             bits(word, 15, 5), bits(word, 20, 5));
    return true;
}

/* How many bytes a vector has, and where one that is indexed lies, no register of the list says. */
static bool fill_vector(uint32_t word, struct effects *fx, char *text, size_t size)
{
    char name[32];
    unsigned roles;
    if (!riscv64_vector(word, &roles, name, sizeof name))
        return false;
    const struct fields f = fields_of(word);
    note_roles(fx, &f,
               (roles & V_READS_RS1 ? X1 : 0) | (roles & V_READS_RS2 ? X2 : 0) |
                   (roles & V_READS_F1 ? F1 : 0) | (roles & V_WRITES_RD ? XD : 0) |
                   (roles & V_WRITES_FD ? FD : 0) | (roles & V_FLAGS ? FLAGS : 0));
    if (roles & (V_LOADS | V_STORES))
        fx_mem(fx, f.rs1, 0, 0, roles & V_LOADS, roles & V_STORES);
    snprintf(text, size, "%s %u, %u, %u", name, bits(word, 7, 5), bits(word, 15, 5), bits(word, 20, 5));
    return true;
}

static uint8_t fill_others(const uint8_t *bytes, size_t n, struct effects *fx, char *text, size_t size)
{
    if (n < 4)
        return 0;
    uint32_t word = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    if (!fill_bits(word, fx, text, size) && !fill_vector(word, fx, text, size))
        return 0;
    if (unit_in(&fx->reads, general(TP)))
        fx->flags |= READS_TLS;
    return 4;
}

const struct effects_arch effects_riscv64 = {
    EFFECTS_OF_REGS(units),
    .target = &target_riscv64,
    .general = {{(UINT64_C(2) << U_x31) - (UINT64_C(1) << U_x1)}},
    .call = "jal ra, %s",
    .fill = fill,
    .of_words = true,
    .long_bits = 3,
    .addresses = {{0x7f, 0x17}}, /* AUIPC */
    .fill_others = fill_others,
};
