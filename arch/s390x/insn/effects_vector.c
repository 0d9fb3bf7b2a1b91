/* s390x: vector instructions (Principles of Operation, chapters 21 to 24), those that Go's assembler has
 * (cmd/internal/obj/s390x, vector.go). As in the other tables a vector that is written in part is touched;
 * which part is not told apart. Unknown: those for packed decimals (0xe6). */
#include "effects_vector.h"

#include <stddef.h>

#include "effects_fields.h"

/* Which operands there are. V1 is written, or of a store read; the others are read. */
/* clang-format off */
enum vector_format {
    V_NONE, V1_IMM, V1_V3_IMM, V1_V2, V1_V2_V3, V1_V2_V3_V4, V1_R2_R3, V1_V3_AMOUNT, V1_R3_ADDRESS,
    R1_V3_ADDRESS,
    COMPARE, /* V1 and V2 are read */
    V_GATHER, V_SCATTER, /* the elements of V2 count in the address, and no other register does */
    V_LOAD, V_STORE, V_LOAD_LENGTH, V_STORE_LENGTH, V_LOAD_MANY, V_STORE_MANY,
};
/* clang-format on */
enum {
    TOUCHES = 1,
    CC = 2,
    CC_IF_ASKED = 4, /* by a bit of M5 or M6 */
    FPC = 8,         /* floating point; raises flags there */
    QUIET = 16,      /* floating point; raises none */
    REST_STAYS = 32, /* in QEMU, where the result is a single element */
};

struct vector_row {
    uint8_t format, flags, size; /* size: bytes of memory; 0: not known */
};

/* By the last byte. */
/* clang-format off */
static const struct vector_row vector_rows[256] = {
    [0x00] = {V_LOAD, TOUCHES, 1}, [0x01] = {V_LOAD, TOUCHES, 2}, /* VLEB, VLEH */
    [0x02] = {V_LOAD, TOUCHES, 8}, [0x03] = {V_LOAD, TOUCHES, 4}, /* VLEG, VLEF */
    [0x04] = {V_LOAD, 0, 0}, [0x05] = {V_LOAD, 0, 0}, /* VLLEZ, VLREP */
    [0x06] = {V_LOAD, 0, 16}, [0x07] = {V_LOAD, TOUCHES, 0}, /* VL, VLBB */
    [0x08] = {V_STORE, 0, 1}, [0x09] = {V_STORE, 0, 2}, [0x0a] = {V_STORE, 0, 8},
    [0x0b] = {V_STORE, 0, 4}, [0x0e] = {V_STORE, 0, 16}, /* VSTEB, VSTEH, VSTEG, VSTEF, VST */
    [0x12] = {V_GATHER, TOUCHES, 8}, [0x13] = {V_GATHER, TOUCHES, 4}, /* VGEG, VGEF */
    [0x1a] = {V_SCATTER, 0, 8}, [0x1b] = {V_SCATTER, 0, 4}, /* VSCEG, VSCEF */
    [0x21] = {R1_V3_ADDRESS, 0, 0}, [0x22] = {V1_R3_ADDRESS, TOUCHES, 0}, /* VLGV, VLVG */
    [0x30] = {V1_V3_AMOUNT, 0, 0}, [0x33] = {V1_V3_AMOUNT, 0, 0}, /* VESL, VERLL */
    [0x36] = {V_LOAD_MANY, 0, 0}, [0x37] = {V_LOAD_LENGTH, 0, 0}, /* VLM, VLL */
    [0x38] = {V1_V3_AMOUNT, 0, 0}, [0x3a] = {V1_V3_AMOUNT, 0, 0}, /* VESRL, VESRA */
    [0x3e] = {V_STORE_MANY, 0, 0}, [0x3f] = {V_STORE_LENGTH, 0, 0}, /* VSTM, VSTL */
    [0x40] = {V1_IMM, TOUCHES, 0}, [0x41] = {V1_IMM, TOUCHES, 0}, /* VLEIB, VLEIH */
    [0x42] = {V1_IMM, TOUCHES, 0}, [0x43] = {V1_IMM, TOUCHES, 0}, /* VLEIG, VLEIF */
    [0x44] = {V1_IMM, 0, 0}, [0x45] = {V1_IMM, 0, 0}, [0x46] = {V1_IMM, 0, 0}, /* VGBM, VREPI, VGM */
    [0x4a] = {V1_V2, CC | QUIET | REST_STAYS, 0}, [0x4d] = {V1_V3_IMM, 0, 0}, /* VFTCI, VREP */
    [0x50] = {V1_V2, 0, 0}, [0x52] = {V1_V2, 0, 0}, [0x53] = {V1_V2, 0, 0}, /* VPOPCT, VCTZ, VCLZ */
    [0x56] = {V1_V2, 0, 0}, [0x5c] = {V1_V2, CC_IF_ASKED, 0}, [0x5f] = {V1_V2, 0, 0}, /* VLR, VISTR, VSEG */
    [0x60] = {V1_V2_V3, 0, 0}, [0x61] = {V1_V2_V3, 0, 0}, [0x62] = {V1_R2_R3, 0, 0}, /* VMRL, VMRH, VLVGP */
    [0x64] = {V1_V2_V3, 0, 0}, [0x65] = {V1_V2_V3, 0, 0}, [0x66] = {V1_V2_V3, 0, 0}, /* VSUM, VSUMG, VCKSM */
    [0x67] = {V1_V2_V3, 0, 0}, [0x68] = {V1_V2_V3, 0, 0}, [0x69] = {V1_V2_V3, 0, 0}, /* VSUMQ, VN, VNC */
    [0x6a] = {V1_V2_V3, 0, 0}, [0x6b] = {V1_V2_V3, 0, 0}, [0x6c] = {V1_V2_V3, 0, 0}, /* VO, VNO, VNX */
    [0x6d] = {V1_V2_V3, 0, 0}, [0x6e] = {V1_V2_V3, 0, 0}, [0x6f] = {V1_V2_V3, 0, 0}, /* VX, VNN, VOC */
    [0x72] = {V1_V2_V3, TOUCHES, 0}, /* VERIM: the bits that V3 does not choose stay */
    [0x70] = {V1_V2_V3, 0, 0}, [0x73] = {V1_V2_V3, 0, 0}, [0x74] = {V1_V2_V3, 0, 0}, /* VESLV, VERLLV, VSL */
    [0x75] = {V1_V2_V3, 0, 0}, [0x77] = {V1_V2_V3, 0, 0}, [0x78] = {V1_V2_V3, 0, 0}, /* VSLB, VSLDB, VESRLV */
    [0x7a] = {V1_V2_V3, 0, 0}, [0x7c] = {V1_V2_V3, 0, 0}, [0x7d] = {V1_V2_V3, 0, 0}, /* VESRAV, VSRL, VSRLB */
    [0x7e] = {V1_V2_V3, 0, 0}, [0x7f] = {V1_V2_V3, 0, 0}, /* VSRA, VSRAB */
    [0x80] = {V1_V2_V3, CC_IF_ASKED, 0}, [0x81] = {V1_V2_V3, CC_IF_ASKED, 0}, /* VFEE, VFENE */
    [0x82] = {V1_V2_V3, CC_IF_ASKED, 0}, [0x84] = {V1_V2_V3, 0, 0}, /* VFAE, VPDI */
    [0x85] = {V1_V2_V3, 0, 0}, [0x8a] = {V1_V2_V3_V4, CC_IF_ASKED, 0}, /* VBPERM, VSTRC */
    [0x8b] = {V1_V2_V3_V4, CC, 0}, /* VSTRS */
    [0x8c] = {V1_V2_V3_V4, 0, 0}, [0x8d] = {V1_V2_V3_V4, 0, 0}, /* VPERM, VSEL */
    [0x8e] = {V1_V2_V3_V4, FPC, 0}, [0x8f] = {V1_V2_V3_V4, FPC, 0}, /* VFMS, VFMA */
    [0x94] = {V1_V2_V3, 0, 0}, [0x95] = {V1_V2_V3, CC_IF_ASKED, 0}, /* VPK, VPKLS */
    [0x97] = {V1_V2_V3, CC_IF_ASKED, 0}, /* VPKS */
    [0x9e] = {V1_V2_V3_V4, FPC, 0}, [0x9f] = {V1_V2_V3_V4, FPC, 0}, /* VFNMS, VFNMA */
    [0xa1] = {V1_V2_V3, 0, 0}, [0xa2] = {V1_V2_V3, 0, 0}, [0xa3] = {V1_V2_V3, 0, 0}, /* VMLH, VML, VMH */
    [0xa4] = {V1_V2_V3, 0, 0}, [0xa5] = {V1_V2_V3, 0, 0}, [0xa6] = {V1_V2_V3, 0, 0}, /* VMLE, VMLO, VME */
    [0xa7] = {V1_V2_V3, 0, 0}, [0xa9] = {V1_V2_V3_V4, 0, 0},
    [0xaa] = {V1_V2_V3_V4, 0, 0}, /* VMO, VMALH, VMAL */
    [0xab] = {V1_V2_V3_V4, 0, 0}, [0xac] = {V1_V2_V3_V4, 0, 0}, /* VMAH, VMALE */
    [0xad] = {V1_V2_V3_V4, 0, 0}, [0xae] = {V1_V2_V3_V4, 0, 0}, /* VMALO, VMAE */
    [0xaf] = {V1_V2_V3_V4, 0, 0}, [0xb4] = {V1_V2_V3, 0, 0}, /* VMAO, VGFM */
    [0xb8] = {V1_V2_V3_V4, 0, 0}, [0xb9] = {V1_V2_V3_V4, 0, 0}, /* VMSL, VACCC */
    [0xbb] = {V1_V2_V3_V4, 0, 0}, [0xbc] = {V1_V2_V3_V4, 0, 0}, /* VAC, VGFMA */
    [0xbd] = {V1_V2_V3_V4, 0, 0}, [0xbf] = {V1_V2_V3_V4, 0, 0}, /* VSBCBI, VSBI */
    [0xc0] = {V1_V2, FPC, 0}, [0xc1] = {V1_V2, FPC, 0}, [0xc2] = {V1_V2, FPC, 0}, /* VCLGD, VCDLG, VCGD */
    [0xc3] = {V1_V2, FPC, 0}, [0xc4] = {V1_V2, FPC, 0}, /* VCDG, VLDE */
    [0xc5] = {V1_V2, FPC | REST_STAYS, 0}, /* VLED */
    [0xc7] = {V1_V2, FPC, 0}, [0xca] = {COMPARE, CC | FPC, 0}, /* VFI, WFK */
    [0xcb] = {COMPARE, CC | FPC, 0}, /* WFC */
    [0xcc] = {V1_V2, QUIET | REST_STAYS, 0}, [0xce] = {V1_V2, FPC, 0}, /* VFPSO, VFSQ */
    [0xd4] = {V1_V2, 0, 0}, [0xd5] = {V1_V2, 0, 0}, [0xd6] = {V1_V2, 0, 0}, /* VUPLL, VUPLH, VUPL */
    [0xd7] = {V1_V2, 0, 0}, [0xd8] = {COMPARE, CC, 0}, [0xd9] = {COMPARE, CC, 0}, /* VUPH, VTM, VECL */
    [0xdb] = {COMPARE, CC, 0}, [0xde] = {V1_V2, 0, 0}, [0xdf] = {V1_V2, 0, 0}, /* VEC, VLC, VLP */
    [0xe2] = {V1_V2_V3, FPC, 0}, [0xe3] = {V1_V2_V3, FPC, 0}, /* VFS, VFA */
    [0xe5] = {V1_V2_V3, FPC, 0}, [0xe7] = {V1_V2_V3, FPC, 0}, /* VFD, VFM */
    [0xe8] = {V1_V2_V3, FPC | CC_IF_ASKED, 0}, [0xea] = {V1_V2_V3, FPC | CC_IF_ASKED, 0}, /* VFCE, VFCHE */
    [0xeb] = {V1_V2_V3, FPC | CC_IF_ASKED, 0}, /* VFCH */
    [0xee] = {V1_V2_V3, FPC, 0}, [0xef] = {V1_V2_V3, FPC, 0}, /* VFMIN, VFMAX */
    [0xf0] = {V1_V2_V3, 0, 0}, [0xf1] = {V1_V2_V3, 0, 0}, [0xf2] = {V1_V2_V3, 0, 0}, /* VAVGL, VACC, VAVG */
    [0xf3] = {V1_V2_V3, 0, 0}, [0xf5] = {V1_V2_V3, 0, 0}, [0xf7] = {V1_V2_V3, 0, 0}, /* VA, VSCBI, VS */
    [0xf8] = {V1_V2_V3, CC_IF_ASKED, 0}, [0xf9] = {V1_V2_V3, CC_IF_ASKED, 0}, /* VCEQ, VCHL */
    [0xfb] = {V1_V2_V3, CC_IF_ASKED, 0}, /* VCH */
    [0xfc] = {V1_V2_V3, 0, 0}, [0xfd] = {V1_V2_V3, 0, 0}, /* VMNL, VMXL */
    [0xfe] = {V1_V2_V3, 0, 0}, [0xff] = {V1_V2_V3, 0, 0}, /* VMN, VMX */
};
/* clang-format on */

/* A vector's number: four bits in place, the fifth among RXB. */
struct vectors {
    unsigned v1, v2, v3, v4; /* v2 is V3 in the formats that have no V2 */
};

static struct vectors vectors_of(const uint8_t *b)
{
    unsigned rxb = b[4] & 15u;
    return (struct vectors){.v1 = b[1] >> 4 | (rxb & 8) << 1,
                            .v2 = (b[1] & 15u) | (rxb & 4) << 2,
                            .v3 = b[2] >> 4 | (rxb & 2) << 3,
                            .v4 = b[4] >> 4 | (rxb & 1) << 4};
}

enum { SINGLE_ELEMENT = 8 }; /* among M4 or M5 of floating point */

/* Whether an instruction reads the leftmost element of each vector alone, which is then no longer than an
 * FPR: floating point whose M4 or M5 has the single-element control, and WFC and WFK; not in the extended
 * format, whose one element is a whole vector. What becomes of the result's other elements is unpredictable.
 */
static bool is_scalar(const struct vector_row *row, const uint8_t *b)
{
    enum { EXTENDED = 4 };
    unsigned format = row->format == V1_V2_V3_V4 ? b[2] & 15u : b[4] >> 4;
    return row->flags & (FPC | QUIET) && format != EXTENDED &&
           (row->format == COMPARE || b[3] & SINGLE_ELEMENT);
}

static void read_operand(struct effects *fx, unsigned n, bool scalar)
{
    fx_read(fx, fpr(n));
    if (!scalar)
        fx_read(fx, fpr(n) + 1);
}

static void read_vector(struct effects *fx, unsigned n)
{
    read_operand(fx, n, false);
}

static void write_unit(struct effects *fx, int unit, bool wholly)
{
    if (wholly)
        fx_write(fx, unit);
    else
        fx_touch(fx, unit);
}

/* Which halves hold nothing of what was there. */
static void write_vector(struct effects *fx, unsigned n, bool left, bool right)
{
    write_unit(fx, fpr(n), left);
    write_unit(fx, fpr(n) + 1, right);
}

/* A single element's result may be no more than a part of the left half. */
static void write_result(struct effects *fx, const struct vector_row *row, unsigned n, const uint8_t *b)
{
    enum { SHORT = 2 };
    bool wholly = !(row->flags & TOUCHES), rest_stays = row->flags & REST_STAYS && b[3] & SINGLE_ELEMENT;
    write_vector(fx, n, wholly && !(rest_stays && b[4] >> 4 == SHORT), wholly && !rest_stays);
}

static void access_memory(struct effects *fx, const struct effect_mem *m, unsigned size, bool load)
{
    fx_read(fx, m->base);
    fx_read(fx, m->index);
    fx->mem[fx->n_mem] = *m;
    fx->mem[fx->n_mem].size = (uint16_t)size;
    fx->mem[fx->n_mem].load = load;
    fx->mem[fx->n_mem++].store = !load;
}

/* VLM and VSTM: from V1 up to V3, and from V31 on to V0. */
static void read_or_store_many(struct effects *fx, const struct effect_mem *m, const struct vectors *v,
                               bool load)
{
    unsigned many = ((v->v2 - v->v1) & 31u) + 1;
    access_memory(fx, m, 16 * many, load);
    for (unsigned k = 0; k < many && !load; k++)
        read_vector(fx, (v->v1 + k) & 31);
}

/* What is read, memory included. */
static void note_reads(struct effects *fx, const struct vector_row *row, const struct vectors *v,
                       const uint8_t *b)
{
    struct fields rx = s390x_fields(RX, b), rs = s390x_fields(RS, b);
    bool scalar = is_scalar(row, b);
    switch ((enum vector_format)row->format) {
    case V1_V2_V3_V4:
        read_operand(fx, v->v4, scalar);
        /* fall through */
    case V1_V2_V3:
        read_operand(fx, v->v3, scalar);
        /* fall through */
    case V1_V2:
    case V1_V3_IMM:
        read_operand(fx, v->v2, scalar);
        break;
    case COMPARE:
        read_operand(fx, v->v1, scalar);
        read_operand(fx, v->v2, scalar);
        break;
    case V1_R2_R3:
        fx_read(fx, gpr(b[1] & 15u));
        fx_read(fx, gpr(b[2] >> 4));
        break;
    case V1_V3_AMOUNT:
    case R1_V3_ADDRESS:
    case V1_R3_ADDRESS:
        if (row->format == V1_R3_ADDRESS)
            fx_read(fx, gpr(b[1] & 15u));
        else
            read_vector(fx, v->v2);
        fx_read(fx, rs.mem[0].base);
        break;
    case V_LOAD:
        access_memory(fx, &rx.mem[0], row->size, true);
        break;
    case V_SCATTER:
        read_vector(fx, v->v1);
        /* fall through */
    case V_GATHER: /* anywhere */
        read_vector(fx, v->v2);
        access_memory(fx, &rs.mem[0], 0, row->format == V_GATHER);
        break;
    case V_STORE:
        read_vector(fx, v->v1);
        access_memory(fx, &rx.mem[0], row->size, false);
        break;
    case V_STORE_LENGTH:
        read_vector(fx, v->v1);
        /* fall through */
    case V_LOAD_LENGTH:
        fx_read(fx, gpr(b[1] & 15u));
        access_memory(fx, &rs.mem[0], 0, row->format == V_LOAD_LENGTH);
        break;
    case V_LOAD_MANY:
    case V_STORE_MANY:
        read_or_store_many(fx, &rs.mem[0], v, row->format == V_LOAD_MANY);
        break;
    default:
        break;
    }
}

static void note_writes(struct effects *fx, const struct vector_row *row, const struct vectors *v,
                        const uint8_t *b)
{
    switch ((enum vector_format)row->format) {
    case R1_V3_ADDRESS:
        fx_write(fx, gpr(v->v1 & 15u));
        break;
    case V_LOAD_MANY:
        for (unsigned k = 0; k <= ((v->v2 - v->v1) & 31u); k++)
            write_vector(fx, (v->v1 + k) & 31, true, true);
        break;
    case COMPARE:
    case V_STORE:
    case V_SCATTER:
    case V_STORE_LENGTH:
    case V_STORE_MANY:
        break;
    default:
        write_result(fx, row, v->v1, b);
        break;
    }
}

bool s390x_vector(const uint8_t *b, struct effects *fx)
{
    const struct vector_row *row = &vector_rows[b[5]];
    struct vectors v = vectors_of(b);
    if (row->format == V_NONE)
        return false;
    note_reads(fx, row, &v, b);
    note_writes(fx, row, &v, b);
    if (row->flags & CC || (row->flags & CC_IF_ASKED && b[3] >> 4 & 1))
        fx_write(fx, U_cc);
    if (row->flags & FPC)
        fx_touch(fx, U_fpc);
    return true;
}
