/* x86: AVX-512's encoding (Intel SDM vol. 2, 2.7). Its instructions are alike, whatever they compute: they go
 * on at the next one, write their first operand and read the others, and what they write ends in zeros up to
 * the end of ZMM. So rules say what they do, and lists of names have the exceptions. */
#include "effects.h"

#include <string.h>

/* The prefix's bytes behind 0x62, and what they say. */
struct evex {
    unsigned mask; /* opmask register, or 0: none */
    bool zeroes;   /* elements that the mask leaves out; else they stay */
};

static const uint8_t *prefix_of(const cs_insn *cs)
{
    static const uint8_t before[] = {0x26, 0x2e, 0x36, 0x3e, 0x64, 0x65, 0x67};
    const uint8_t *b = cs->bytes, *end = b + cs->size;
    while (b < end && memchr(before, *b, sizeof before))
        b++;
    return b;
}

bool x86_is_evex(const struct x86_units *x86, const cs_insn *cs)
{
    enum { EVEX = 0x62, REGISTERS = 0xc0 }; /* with 32 bits that is BOUND, unless registers follow */
    const uint8_t *b = prefix_of(cs);
    return b + 5 < cs->bytes + cs->size && b[0] == EVEX && (x86->word == 8 || b[1] >= REGISTERS);
}

static bool begins(const cs_insn *cs, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strncmp(cs->mnemonic, names[i], strlen(names[i])) == 0)
            return true;
    return false;
}
#define BEGINS(cs, ...) \
    begins(cs, (const char *const[]){__VA_ARGS__}, \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* ---- exceptions ---- */

/* The destination is a source, too. */
static bool reads_destination(const cs_insn *cs)
{
    return BEGINS(cs, "vfmadd", "vfmsub", "vfnmadd", "vfnmsub", "vpermt2", "vpermi2", "vpternlog", "vpdp",
                  "vpmadd52", "vfixupimm", "vpshldv", "vpshrdv");
}

/* The mask chooses between two sources. */
static bool blends(const cs_insn *cs)
{
    return BEGINS(cs, "vpblendm", "vblendm");
}

static bool gathers(const cs_x86_op *op)
{
    return op->type == X86_OP_MEM && op->mem.index >= X86_REG_XMM0 && op->mem.index <= X86_REG_ZMM31;
}

/* Its two last sources are one register, and its result is the same whatever that holds. */
static bool is_same(const cs_insn *cs)
{
    const cs_x86 *x = &cs->detail->x86;
    const cs_x86_op *last = &x->operands[x->op_count - 1];
    if (BEGINS(cs, "vpternlog"))
        return last->type == X86_OP_IMM && ((last->imm & 0xff) == 0 || (last->imm & 0xff) == 0xff);
    return x->op_count > 2 && last->type == X86_OP_REG && last[-1].type == X86_OP_REG &&
           last->reg == last[-1].reg &&
           BEGINS(cs, "vpxor", "vpandn", "vxorp", "vandnp", "vpsubb", "vpsubw", "vpsubd", "vpsubq", "vpcmpeq",
                  "vpcmpgt");
}

/* ---- operands ---- */

/* What capstone 5 has wrong of memory operands: the element that GF2P8AFFINEQB and its inverse broadcast has
 * 8 bytes, not one, and an 8-bit displacement is scaled by that; VMOVQ's store (7E) scales it by 8, not by 16
 * (SDM vol. 2, 2.7.5). */
static void mend(const cs_insn *cs, bool store, cs_x86_op *op)
{
    bool scaled = cs->detail->x86.encoding.disp_size == 1;
    if (op->size == 1 && BEGINS(cs, "vgf2p8affine")) {
        op->size = 8;
        op->mem.disp *= scaled ? 8 : 1;
    }
    if (store && scaled && prefix_of(cs)[4] == 0x7e && BEGINS(cs, "vmovq"))
        op->mem.disp /= 2;
}

/* Of gathers and scatters the index is a vector: what is added can't be said. */
static void memory(const struct x86_units *x86, const cs_insn *cs, const cs_x86_op *op, bool store,
                   struct effects *fx)
{
    cs_x86_op plain = *op;
    mend(cs, store, &plain);
    if (gathers(op))
        plain.mem.index = X86_REG_INVALID;
    x86_memory(x86, cs, &plain, !store, store, fx);
    if (!gathers(op))
        return;
    struct effect_mem *m = &fx->mem[fx->n_mem - 1];
    m->index = m->base;
    m->scale = 0;
    m->size = 0;
    x86_read_reg(&x86->regs[op->mem.index], 0, fx);
}

/* The first operand, where it is written; `keeps`: some of its elements stay. */
static void destination(const struct reg_unit *r, bool keeps, struct effects *fx)
{
    if (r->class != CLASS_VECTOR)
        write_unit(fx, r->unit, r->size);
    for (int u = 0; r->class == CLASS_VECTOR && u < VECTOR_UNITS; u++)
        if (keeps && u < vector_units(r))
            fx_touch(fx, r->unit + u);
        else
            fx_write(fx, r->unit + u);
}

static struct evex decode(const cs_insn *cs)
{
    uint8_t last = prefix_of(cs)[3];
    return (struct evex){.mask = last & 7, .zeroes = last >> 7};
}

bool x86_fill_evex(const struct x86_units *x86, const cs_insn *cs, struct effects *fx)
{
    const cs_x86 *x = &cs->detail->x86;
    const struct evex e = decode(cs);
    bool compares = strstr(cs->mnemonic, "comis") != NULL, same = is_same(cs), chooses = false;
    for (int i = 0; i < x->op_count; i++) {
        const cs_x86_op *op = &x->operands[i];
        const struct reg_unit *r = op->type == X86_OP_REG ? reg_of(x86, op) : NULL;
        bool writes = i == 0 && !compares;
        if (op->type == X86_OP_MEM)
            memory(x86, cs, op, writes, fx);
        chooses |= gathers(op);
        if (!r || r->unit == NO_UNIT)
            continue;
        bool keeps = writes && e.mask && !e.zeroes && r->class == CLASS_VECTOR && !blends(cs);
        bool is_source = !writes || reads_destination(cs);
        if (keeps || (is_source && (!same || r->class == CLASS_MASK)))
            x86_read_reg(r, 0, fx);
        if (writes)
            destination(r, keeps, fx);
    }
    fx_read(fx, e.mask ? x86->masks + (int)e.mask : NO_UNIT);
    fx_write(fx, e.mask && chooses ? x86->masks + (int)e.mask : NO_UNIT); /* cleared in the end */
    bool copies = BEGINS(cs, "vmovdqa", "vmovdqu", "vmovap", "vmovup", "vmovnt");
    if (copies && !e.mask)
        fx->flags |= IS_MOVE;
    fx_touch(fx, copies ? NO_UNIT : x86->mxcsr);
    fx_write(fx, compares ? x86->eflags : NO_UNIT);
    fx->flow = FLOW_NEXT;
    return true;
}
