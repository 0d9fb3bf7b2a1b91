/* The injected call's instructions, as the host assembler lists them (asm/stub.c). Both sides know this
 * layout. */
#ifndef EVERYPC_PROBE_STUB_H
#define EVERYPC_PROBE_STUB_H

#include <stdint.h>

struct stub_insn {
    const char *text;
    uint16_t offset, size;     /* bytes from async_preempt */
    uint16_t is_jump, in_slot; /* in a delay slot */
};

/* Code that an injected call runs through: the stub, or what it goes on in instead. */
struct stub_code {
    const char *name;
    const uint8_t *base;
    const struct stub_insn *insns; /* offsets from the base */
    uint32_t n;
};

extern const struct stub_insn everypc_stub[];
extern const uint32_t everypc_n_stub;
/* 1: the stub has memory of its own that outlives a call, so that its first call may differ from later ones;
 * 0: it has none. */
extern const uint32_t everypc_stub_keeps;
/* The shortest instruction that does nothing. */
extern const uint8_t everypc_nop[], everypc_nop_end[];

#endif
