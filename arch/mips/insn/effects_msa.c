/* After The MIPS SIMD Architecture (volume IV-j, release 1.12), chapter 4. A vector's lower half is the
 * double of its number; the upper half is not in the register list, and neither is MSACSR. */
#include "effects_msa.h"

#include "effects_units.h"

/* What an instruction does with the fields wd (bits 6 to 10), ws (11 to 15) and wt (16 to 20). W and X of a
 * vector, where X is read as well; S reads a vector, G a general register; others are no registers. */
enum shape {
    NO_SUCH,
    W_S, /* and an immediate */
    X_S,
    W_S_S,
    X_S_S,
    W_S_G, /* an element that a register chooses */
    X_S_G,
    W_IMM,
    G_S, /* to a general register; sign- or zero-extended, so wholly */
    X_G,
    W_G,
    G_FROM_CONTROL,
    CONTROL_FROM_G,
};

/* By the operation's number in each group, which is named by the lowest 6 bits. */
struct group {
    uint8_t first_bit, bits; /* where that number is */
    uint8_t shape[16];
};
/* clang-format off */
static const struct group groups[64] = {
    [0x00] = {24, 2, {W_S, W_S, W_S, W_S}},                            /* ANDI, ORI, NORI, XORI */
    [0x01] = {24, 2, {X_S, X_S, X_S}},                                 /* BMNZI, BMZI, BSELI */
    [0x02] = {24, 2, {W_S, W_S, W_S}},                                 /* SHF */
    [0x06] = {23, 3, {W_S, W_S, W_S, W_S, W_S, W_S}},                  /* ADDVI, SUBVI, MAXI, MINI */
    [0x07] = {23, 3, {W_S, NO_SUCH, W_S, W_S, W_S, W_S, W_IMM}},       /* CEQI, CLTI, CLEI, LDI */
    [0x09] = {23, 3, {W_S, W_S, W_S, W_S, W_S, W_S, X_S, X_S}},        /* SLLI ... BINSLI, BINSRI */
    [0x0a] = {23, 3, {W_S, W_S, W_S, W_S}},                            /* SAT, SRARI, SRLRI */
    [0x0d] = {23, 3, {W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, X_S_S, X_S_S}}, /* SLL ... BINSL, BINSR */
    [0x0e] = {23, 3, {W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S}}, /* ADDV, SUBV, MAX, MIN */
    [0x0f] = {23, 3, {W_S_S, NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S}},    /* CEQ, CLT, CLE */
    [0x10] = {23, 3, {W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S}}, /* ADD_A ... AVER */
    [0x11] = {23, 3, {W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S}},      /* SUBS ... ASUB */
    [0x12] = {23, 3, {W_S_S, X_S_S, X_S_S, NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S}}, /* MULV ... MOD */
    [0x13] = {23, 3, {W_S_S, W_S_S, X_S_S, X_S_S, X_S_S, X_S_S}},      /* DOTP, DPADD, DPSUB */
    [0x14] = {23, 3, {X_S_G, W_S_G, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S, W_S_S}}, /* SLD, SPLAT, PCK, ILV */
    [0x15] = {23, 3, {X_S_S, W_S_S, W_S_S, NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S}}, /* VSHF, SRAR, HADD, HSUB */
    [0x19] = {22, 4, {X_S, W_S, G_S, G_S, X_G, X_S}}, /* SLDI, SPLATI, COPY, INSERT, INSVE; see element() */
    [0x1a] = {22, 4, {[0 ... 15] = W_S_S}},                            /* FCAF ... FSULE */
    [0x1b] = {22, 4, {W_S_S, W_S_S, W_S_S, W_S_S, X_S_S, X_S_S, NO_SUCH, W_S_S,  /* FADD ... FEXP2 */
                      W_S_S, NO_SUCH, W_S_S, NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S}}, /* FEXDO ... FMAX_A */
    [0x1c] = {22, 4, {NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S, X_S_S, X_S_S, NO_SUCH, /* FCOR ... MUL_Q, MADD_Q */
                      NO_SUCH, W_S_S, W_S_S, W_S_S, W_S_S, X_S_S, X_S_S}}, /* FSOR ... MADDR_Q */
};
/* The group 0x1e, by bits 21 to 25: AND, OR, NOR, XOR, BMNZ, BMZ, BSEL; with one vector fewer: FILL and its
 * like, which bits 18 to 20 tell apart; conversions. */
static const uint8_t vectors[32] = {W_S_S, W_S_S, W_S_S, W_S_S, X_S_S, X_S_S, X_S_S, [24] = W_S, [25] = W_S};
/* clang-format on */

enum { VEC = 0x1e, ELM = 0x19, LOADS = 0x20, STORES = 0x24, END = 0x28, TWO = 24 };

static uint32_t bits(uint32_t word, int low, int n)
{
    return word >> low & ((1u << n) - 1);
}

/* With 0x3e in bits 16 to 21 it is none of an element, but moves of control registers and of whole vectors.
 */
static enum shape element(uint32_t word, enum shape shape)
{
    static const uint8_t others[] = {CONTROL_FROM_G, G_FROM_CONTROL, W_S};
    if (bits(word, 16, 6) != 0x3e)
        return shape;
    return bits(word, 22, 4) < 3 ? (enum shape)others[bits(word, 22, 4)] : NO_SUCH;
}

static enum shape shape_of(uint32_t word)
{
    const struct group *g = &groups[word & 63];
    if ((word & 63) == VEC)
        return bits(word, 21, 5) == TWO && bits(word, 18, 3) == 0 ? W_G
                                                                  : (enum shape)vectors[bits(word, 21, 5)];
    if (!g->bits)
        return NO_SUCH;
    enum shape shape = (enum shape)g->shape[bits(word, g->first_bit, g->bits)];
    return (word & 63) == ELM ? element(word, shape) : shape;
}

/* LD and ST: 16 bytes at a multiple of the elements' size. */
static bool memory(uint32_t word, struct effects *fx)
{
    bool load = (word & 63) < STORES;
    int64_t offset = ((int64_t)bits(word, 16, 10) ^ 0x200) - 0x200;
    int vector = U_f0 + (int)bits(word, 6, 5);
    fx_mem(fx, general(bits(word, 11, 5)), offset * (1 << (word & 3)), 16, load, !load);
    if (load)
        fx_write(fx, vector);
    else
        fx_read(fx, vector);
    return true;
}

bool mips_msa(uint32_t word, struct effects *fx)
{
    uint32_t d = bits(word, 6, 5), s = bits(word, 11, 5), t = bits(word, 16, 5);
    if ((word & 63) >= LOADS && (word & 63) < END)
        return memory(word, fx);
    enum shape shape = shape_of(word);
    if (shape == NO_SUCH)
        return false;
    if (shape == X_G || shape == W_G || shape == CONTROL_FROM_G)
        fx_read(fx, general(s));
    else if (shape != W_IMM && shape != G_FROM_CONTROL)
        fx_read(fx, U_f0 + (int)s);
    if (shape == W_S_S || shape == X_S_S)
        fx_read(fx, U_f0 + (int)t);
    if (shape == W_S_G || shape == X_S_G)
        fx_read(fx, general(t));
    if (shape == X_S || shape == X_S_S || shape == X_S_G || shape == X_G)
        fx_read(fx, U_f0 + (int)d);
    if (shape == G_S || shape == G_FROM_CONTROL)
        fx_write(fx, general(d));
    else if (shape != CONTROL_FROM_G)
        fx_write(fx, U_f0 + (int)d);
    return true;
}
