/* What a machine instruction does, as far as the checks of compiled code ask: where control goes on, which
 * registers it reads and writes, what it does to the value of a general register, which memory it touches.
 *
 * An architecture fills it in arch/<arch>/insn/effects.c from what capstone decodes, and from tables of its
 * own where capstone gives no more than the text of the operands. The checks know nothing of architectures.
 * Host only.
 *
 * Registers are units: ARCH_UNIT_BYTES (8; or 4, or what a smaller register has) of a register in the
 * architecture's one list (arch/<arch>/probe/regs.h), so that a vector register whose lower half alone is
 * preserved is two of them, and so is a double whose halves are registers. A register that is the upper half
 * of one (REG_UPPER) is one unit. Unit numbers follow the list's order.
 *
 * Reads are of values. A rounding mode or an enable bit that an instruction obeys is not among them: compiled
 * code never changes FP control, so it is the same on either side of an injected call; only instructions that
 * move FP control, or branch on its condition bits, read it.
 */
#ifndef EVERYPC_EFFECTS_H
#define EVERYPC_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "asm/error.h"
#include "target.h"

/* ---- sets of units ---- */

enum { MAX_UNITS = 256, NO_UNIT = -1 };

struct unitset {
    uint64_t w[MAX_UNITS / 64];
};

static inline void unit_add(struct unitset *s, int unit)
{
    s->w[unit / 64] |= UINT64_C(1) << unit % 64;
}

static inline bool unit_in(const struct unitset *s, int unit)
{
    return s->w[unit / 64] >> unit % 64 & 1;
}

/* The units of the architecture's register list, for `enum { ARCH_REGS(UNITS_OF) N_UNITS };` in
 * arch/<arch>/insn/effects.c: U_v0 is the lowest unit in the list's own order of bytes, U_v0_last its highest
 * unit. */
#define UNIT_COUNT(size, kind) (((size) + UNIT_BYTES(size, kind) - 1) / UNIT_BYTES(size, kind))
#define UNITS_OF(name, offset, size, kind, mask) \
    U_##name, U_##name##_last = U_##name + UNIT_COUNT(size, kind) - 1,

/* ---- one instruction ---- */

enum flow {
    FLOW_NEXT,     /* to the next instruction; system calls too */
    FLOW_JUMP,     /* to `target` */
    FLOW_BRANCH,   /* to `target` or to the next instruction */
    FLOW_CALL,     /* calls `target` and comes back */
    FLOW_JUMP_REG, /* to where a register or memory says: a jump table, a tail call */
    FLOW_CALL_REG, /* calls where a register or memory says */
    FLOW_RET,      /* leaves the function through its return address */
    FLOW_STOP,     /* goes nowhere: a trap, an undefined instruction on purpose */
};

/* clang-format off */
enum effect_flag {
    HAS_DELAY_SLOT = 1 << 0, /* the next instruction is executed before control goes on */
    IS_CONDITIONAL = 1 << 1,
        /* may do nothing (predicated): its writes keep the old value alive; a predicated return or
                                  jump also goes on at the next instruction */
    IS_LL          = 1 << 2, /* load-linked, load-exclusive */
    IS_SC          = 1 << 3, /* its store-conditional */
    /* what it writes depends on the thread: the thread pointer, or memory through FS or GS */
    READS_TLS      = 1 << 4,
    IS_ATOMIC      = 1 << 5, /* reads and writes its memory operand in one step */
    /* its constant is an address, of something that need not be in the file; where no other sign says so */
    MAKES_ADDRESS  = 1 << 6,
    /* what it loads or stores are registers' bytes as they are; said where a stub can be read
       (go/sequences/stub_read.h): x86 */
    IS_MOVE        = 1 << 7,
};
/* clang-format on */

/* What an instruction does to the value of a general register, where that can be followed. Every general
 * register that is in `writes` and is no `dst` gets an unknown value. Arithmetic is of the
 * register's width. */
/* clang-format off */
enum value_op {
    VALUE_NONE,
    VALUE_CONST,   /* dst = imm (the address, for PC-relative ones) */
    VALUE_ADD_IMM, /* dst = src + imm: a copy where imm is 0 */
    VALUE_ADD32_IMM, /* dst = low 32 bits of src + imm, sign-extended: ADDIW, ADDIU */
    VALUE_ADD,     /* dst = src + src2 */
    VALUE_SUB,     /* dst = src - src2 */
    VALUE_AND,     /* dst = src & src2 */
    VALUE_AND_IMM, /* dst = src & imm */
    VALUE_OR_IMM,  /* dst = src | imm */
    VALUE_XOR_IMM, /* dst = src ^ imm */
    VALUE_SHL_IMM, /* dst = src << imm */
    VALUE_INSERT,  /* dst = src with the 16 bits from bit `shift` on replaced by imm: MOVK, MOVT */
    VALUE_LOAD,    /* dst = mem[0], all of the register */
};
/* clang-format on */
struct effect_value {
    enum value_op op;
    int16_t dst, src, src2; /* units */
    uint8_t shift;
    int64_t imm;
};

/* A memory operand: [base + index * scale + disp]. Values of registers are those before the instruction: a
 * push is a store at SP - 8, an access with post-increment has no displacement. */
struct effect_mem {
    int16_t base, index; /* units, or NO_UNIT; with no base, disp is the address */
    uint8_t scale;       /* of the index; 0: what is added can't be said (extended, shifted the other way) */
    bool load, store;
    bool descending; /* registers of higher units lie lower in memory, which they don't otherwise */
    uint16_t size;   /* bytes; 0: not known, or more than one run of bytes */
    int64_t disp;
};

enum { MAX_EFFECT_MEM = 2, MAX_EFFECT_VALUES = 3 };

struct effects {
    uint64_t pc, target; /* target: of FLOW_JUMP, FLOW_BRANCH, FLOW_CALL */
    uint8_t size;        /* bytes */
    uint8_t flow;        /* enum flow */
    uint8_t flags;       /* enum effect_flag */
    uint8_t n_mem, n_values;
    struct unitset reads;  /* whose values it uses; not FP control that it merely obeys */
    struct unitset writes; /* that it changes, wholly or in part */
    struct unitset
        kills; /* of those, the units whose old value is gone altogether; empty if IS_CONDITIONAL */
    struct effect_mem mem[MAX_EFFECT_MEM];
    struct effect_value value[MAX_EFFECT_VALUES]; /* all from the values before the instruction */
};

/* ---- what an architecture provides ---- */

struct unit_name {
    const char *reg; /* as in the register list */
    uint8_t part;    /* which unit of it, from 0 */
    uint8_t parts;   /* how many it has */
    uint8_t bytes;   /* of the unit */
    uint8_t kind;    /* enum reg_kind, of the register */
};

struct cs_insn;
/* One for each target: `const struct effects_arch effects_mipsle;`. */
struct effects_arch {
    const struct target *target;
    const struct unit_name *units;
    int n_units;
    int16_t sp, link;       /* units; link is NO_UNIT where calls push */
    struct unitset general; /* the integer registers: what values are followed in */
    /* those that Go's code holds at zero, over calls too; empty where the machine does, or none */
    struct unitset zeros;
    uint32_t kept_below_sp; /* bytes below SP that an injected call leaves alone (Go 1.19, signal_<arch>.go,
                               pushCall) */
    /* Of which bits of a unit effects speak, where not of all that the register list has. A mask of 0 ends
     * the list. */
    struct {
        int16_t unit;
        uint64_t mask;
    } spoken[2];
    bool thread_points_to_itself; /* the word at the thread's address holds it: %fs:0 and %gs:0 (TLS variant
                                     II) */
    /* The data that Go's stub asks is the linker's, zero or not, and nothing else writes it. */
    bool stub_data_is_linked;
    /* Go's UNDEF where capstone knows no such instruction (FLOW_STOP without fill's help); size 0 where it
     * does. */
    uint8_t undefined[4], undefined_size;
    /* Where a stub keeps registers in memory that it finds through g (Go 1.26 on): g's register, and GNU as
     * for "%s gets the address %s" in no more bytes than two loads have. Null: no stub does. */
    const char *load_address;
    int16_t goroutine;
    /* How a stub asks what the CPU has: GNU as for "is the byte %1$s 1?", which may use the registers %2$s
     * for its address and %3$s for its value, in no more bytes than the binary's own has. Null: no stub does.
     * Either one instruction, of which the first two bytes and the last are given; or, where these are zeros,
     * one that makes an address and one that loads a byte from there. */
    const char *ask_flag;
    uint8_t ask_flag_bytes[3];
    /* The branches behind it that are taken if the byte is 1: in byte `at`, the bits `mask` are one of `is`.
     */
    struct {
        uint8_t at, mask, is[2];
    } flag_branch;
    const char
        *call; /* GNU as: "bl %s", the call that Go's own assembler makes; a delay slot is not part of it */
    /* Completes *fx, which holds pc and size and is zero else, but for the units of mem and value, which are
     * NO_UNIT. `cs` comes with its details. False: capstone decoded it, and the tables here don't know it;
     * the caller reports it, since an unknown instruction is not a finding but must not go unseen. */
    bool (*fill)(size_t handle, const struct cs_insn *cs, struct effects *fx);
    /* The same for what capstone can't decode, from n bytes: returns its size, or 0 if it is not known here
     * either, and puts the text, cut to fit. Null: there is no such instruction. */
    uint8_t (*fill_others)(const uint8_t *bytes, size_t n, struct effects *fx, char *text, size_t size);
    /* Before `fill`, or in its place, where an instruction's bytes say it all, which is several times as
     * fast; else null, both. The word has the target's byte order. False, or 0 of the other, which returns
     * the size: not in the tables, so that the disassembler is asked. */
    bool (*fill_word)(uint32_t word, struct effects *fx);
    /* For `fill`: an instruction has 4 bytes, or 2 where not all of long_bits are set in the first of them.
     * The decoder then keeps what it has seen, but for words whose constant depends on where they are
     * (up to a mask of 0), and what has a target or an operand there. */
    bool of_words;
    uint8_t long_bits;
    struct {
        uint32_t mask, value;
    } addresses[2];
    uint8_t (*fill_bytes)(const uint8_t *bytes, size_t n, struct effects *fx);
};

/* ---- decoding ---- */

struct decoder; /* one a thread */

/* Null and an error if the target is unknown or its disassembler has it not. */
struct decoder *decoder_open(const char *target, struct error *e);
void decoder_close(struct decoder *d);
const struct effects_arch *decoder_arch(const struct decoder *d);

enum decode_result { DECODED, DECODE_UNKNOWN /* see fill */, DECODE_INVALID /* no instruction */ };

/* The instruction at the start of n bytes, which lie at `pc`. For DECODE_UNKNOWN fx->size is set as well. */
enum decode_result decoder_insn(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc,
                                struct effects *fx);

/* Whether it is a system call or another way into the kernel, as far as the disassembler groups such. */
bool decoder_enters_kernel(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc);

/* Its text, "mnemonic operands", cut to fit; for reports. Returns its size in bytes, or 0 and no text if
 * there is none. */
size_t decoder_text(struct decoder *d, const uint8_t *bytes, size_t n, uint64_t pc, char *out,
                    size_t out_size);

#endif
