/* Refusals: by an instruction's first bytes, as the target lists them, and by the name of an operation. */
#include "refuse.h"

#include <string.h>

const char *refuse_insn(const struct target *t, const uint8_t *bytes, size_t n)
{
    uint32_t word = 0;
    for (size_t k = 0; k < 4; k++) {
        uint32_t byte = k < n ? bytes[k] : 0;
        word |= byte << (t->big_endian ? 24 - 8 * k : 8 * k);
    }
    for (const struct refusal *r = t->refused; r && r->why; r++)
        if ((word & r->mask) == r->value)
            return r->why;
    return NULL;
}

bool refuse_is_system_call(const char *why)
{
    return why && strcmp(why, REFUSED_SYSTEM_CALL) == 0;
}

const char *refuse_op(const char *op)
{
    /* those of all architectures: none is anything else on another */
    static const char *const calls[] = {"SYSCALL", "SYSENTER", "SVC", "SWI", "ECALL", "INT"};
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
        if (strcmp(op, calls[k]) == 0)
            return REFUSED_SYSTEM_CALL;
    return NULL;
}
