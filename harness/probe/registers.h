/* Registers: the architecture's list, which bits of them count, comparing and naming them. */
#ifndef EVERYPC_REGISTERS_H
#define EVERYPC_REGISTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arch.h"

extern const struct state_reg state_regs[];
extern const int n_state_regs;

/* A difference: where, and both values as text. */
struct state_diff {
    char expected[96], got[96];
};

/* Once, before anything else: notes the registers that belong to the thread. The register named `spared`
 * (null: none) is left by the adversary with the same garbage each time, which may agree with a state in some
 * bits: to see that this is noticed. False if there is no such register. */
bool registers_begin(const char *spared);
/* What the C library's thread has in its own registers (REG_THREAD). */
const struct state *thread_registers(void);

/* A register's bytes that are written at once, from its byte j on: 8, or the 4 that are left; and writing the
 * low `size` bytes of a value in the target's byte order. */
static inline int reg_chunk(const struct state_reg *r, int j)
{
    return r->size - j < 8 ? 4 : 8;
}

static inline void reg_put(uint8_t *to, int size, uint64_t value)
{
    uint32_t value4 = (uint32_t)value;
    if (size == 4)
        memcpy(to, &value4, 4);
    else
        memcpy(to, &value, 8);
}

/* A register's value as "0x..." with its name. */
void format_reg(const struct state_reg *r, const uint8_t *bytes, char *out, size_t n);

/* The register of that name, which is in the list. */
const struct state_reg *register_named(const char *name);
/* The stack pointer of a state. */
uintptr_t state_sp(const struct state *s);
/* The return address of a case that begins with this state: in the link register or, where calls push, at its
 * SP. */
uintptr_t state_return(const struct state *s);
/* Registers for the adversary to leave behind: in each bit that a state may hold, the opposite of the
 * interrupted one. */
void state_turn_over(struct state *garbage, const struct state *interrupted);

/* Whether register `k` is compared at all; whether two states differ in it. */
bool reg_counts(int k);
bool reg_differs(int k, const struct state *a, const struct state *b);
/* Sets in `bits` (as many bytes as the register has) the compared bits in which the two states differ; leaves
 * the others. */
void reg_difference(int k, const struct state *a, const struct state *b, uint8_t *bits);
/* Whether two states agree in all registers that count but the lost ones; the first difference to *diff. */
bool regs_equal(const struct state *golden, const struct state *got, struct state_diff *diff);

/* What the platform's self-test found out (platform.c): register `k` is lost by a plain signal. It then
 * counts in lost_regs_equal only. registers_restore: all of them count again. */
void reg_lose(int k);
bool reg_lost(int k);
void registers_restore(void);
bool lost_regs_equal(const struct state *golden, const struct state *got, struct state_diff *diff);

/* memcmp of what is aligned alike, in words: an emulator takes 4 to 25 times as long for the C library's,
 * whose instructions it handles byte by byte or in helpers. */
bool same_bytes(const uint8_t *a, const uint8_t *b, size_t n);

#endif
