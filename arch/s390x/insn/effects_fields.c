/* s390x: the fields of an instruction, by its format. */
#include "effects_fields.h"

/* Register 0 as base or index stands for none. */
static int address_reg(unsigned n)
{
    return n ? gpr(n) : NO_UNIT;
}

static int64_t sign16(const uint8_t *b)
{
    return (int16_t)(b[0] << 8 | b[1]);
}

static int64_t sign32(const uint8_t *b)
{
    return (int32_t)((uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3]);
}

/* B and D from two bytes on; with `high`, the upper 8 bits of a displacement of 20. */
static struct effect_mem operand(const uint8_t *b, unsigned index, const uint8_t *high)
{
    int64_t d = (b[0] & 15) << 8 | b[1];
    if (high)
        d += (int64_t)(int8_t)*high * 4096;
    unsigned base = b[0] >> 4;
    if (base == 0) {
        base = index;
        index = 0;
    }
    return (struct effect_mem){.base = (int16_t)address_reg(base),
                               .index = (int16_t)address_reg(index),
                               .scale = index ? 1 : 0,
                               .disp = d};
}

struct fields s390x_fields(enum format format, const uint8_t *b)
{
    struct fields f = {.r1 = b[1] >> 4, .r2 = b[1] & 15, .r3 = b[1] & 15, .mask = b[1] >> 4};
    switch (format) {
    case RRFa:
    case RRFc:
        f.r3 = b[2] >> 4;
        /* fall through */
    case RRE:
        f.r1 = b[3] >> 4;
        f.r2 = b[3] & 15;
        break;
    case RRD:
        f.r1 = b[2] >> 4;
        f.r3 = b[3] >> 4;
        f.r2 = b[3] & 15;
        break;
    case RXF:
        f.r3 = b[1] >> 4;
        f.r1 = b[4] >> 4;
        /* fall through */
    case RX:
        f.mem[0] = operand(b + 2, b[1] & 15, NULL);
        break;
    case RXY:
        f.mem[0] = operand(b + 2, b[1] & 15, b + 4);
        break;
    case RIa:
        f.imm = sign16(b + 2);
        f.distance = 2 * f.imm;
        break;
    case RIL:
        f.imm = sign32(b + 2);
        f.distance = 2 * f.imm;
        break;
    case RS:
    case S:
    case SI:
    case SIL:
        f.mem[0] = operand(b + 2, 0, NULL);
        break;
    case RSY:
    case SIY:
        f.mem[0] = operand(b + 2, 0, b + 4);
        break;
    case SSa:
        f.mem[0] = operand(b + 2, 0, NULL);
        f.mem[1] = operand(b + 4, 0, NULL);
        break;
    case RIEb:
    case RIEc:
        f.distance = 2 * sign16(b + 2);
        break;
    case RIEd:
        f.imm = sign16(b + 2);
        break;
    default:
        break;
    }
    return f;
}

/* Where the second byte holds opcode bits, by the first one. */
uint16_t s390x_opcode(const uint8_t *b)
{
    switch (b[0]) {
    case 0x01:
        return (uint16_t)(b[0] << 8 | b[1]);
    case 0xa5:
    case 0xa7:
    case 0xc0:
    case 0xc2:
    case 0xc4:
    case 0xc6:
        return (uint16_t)(b[0] << 8 | (b[1] & 15));
    case 0xb2:
    case 0xb3:
    case 0xb9:
    case 0xe5:
        return (uint16_t)(b[0] << 8 | b[1]);
    case 0xe3:
    case 0xe7:
    case 0xeb:
    case 0xec:
    case 0xed:
        return (uint16_t)(b[0] << 8 | b[5]);
    default:
        return (uint16_t)(b[0] << 8);
    }
}
