/* What a register of the state is for, as ARCH_REGS and ARCH_SPARED say it (arch.h). */
#ifndef EVERYPC_REG_KIND_H
#define EVERYPC_REG_KIND_H

/* clang-format off */
enum reg_kind {
    REG_GPR,    /* gets a pattern; must keep its value */
    REG_ZERO,   /* zero at entry, as the code relies on; must keep its value */
    REG_TMP,    /* REGTMP: set by the prelude, may change under an injected call */
    REG_SP,     /* set to the case's stack; must end where it ends without a signal */
    REG_FLAGS,  /* condition flags: `mask` says which bits */
    REG_FP,     /* floating point or vector */
    REG_UPPER,  /* the same, of the upper half of a vector register: one unit whatever its size (effects.h) */
    REG_FPCTL,  /* rounding modes and sticky flags: `mask` says which bits are set at random and compared */
    /* belongs to the thread, not to the case: as the C library has it, or of the thread moved to (tls.h) */
    REG_THREAD,
};
/* clang-format on */

#define KIND_IS_FP(kind) ((kind) == REG_FP || (kind) == REG_UPPER)

/* Of a register, the bytes of a unit (insn/effects.h); its last one may have fewer. */
#define UNIT_BYTES(size, kind) ((kind) == REG_UPPER ? (size) : ARCH_UNIT_BYTES)

/* What of a register comes out of the injected call as it went in, even if no stub restores it: the bits of
 * `mask`, behind the first `from` bytes. `name` is a register's, or without its number stands for all of
 * them. */
enum sparing {
    SPARED, /* always */
    BY_CPU, /* on a CPU that does not have it, `why`; all of the bits or none */
};

#endif
