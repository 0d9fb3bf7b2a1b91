/* The adversary: what runs inside the injected call, and what it noticed. It leaves in every register, and in
 * all memory below the stack pointer, the opposite of what was there when the thread was interrupted, bit by
 * bit: a bit that is not restored is wrong for certain. The registers are overwritten by the architecture's
 * async_preempt2 (enter.S), after everypc_adversary
 * (case_memory.h) has returned. */
#ifndef EVERYPC_ADVERSARY_H
#define EVERYPC_ADVERSARY_H

#include <stdbool.h>
#include <stdint.h>

enum {
    TURNED_OVER =
        4096 /* bytes below the stack pointer of an injection: what the stub and all below it may use */
};

/* Before each run: forgets the last one's calls. The injected call calls `in_call` as well, if not null. */
void adversary_begin(void (*in_call)(void));
/* At an injection whose stack pointer is `sp`: turns over what lies below. The call must then begin at
 * snapshot (arch.h). */
void adversary_enter(uintptr_t sp);
/* The register at this offset in a state held this value when the thread was interrupted, whatever the
 * snapshot says. At most 4 of an injection, behind adversary_enter. */
void adversary_note(uint16_t offset, uintptr_t value);
/* How far below the last injection's stack pointer it ran: what the stub's frame takes, in bytes. */
uint32_t adversary_depth(void);
/* How often the injected call ran since. */
uint32_t adversary_calls(void);
/* The rule of the ABI that the first of them broke which was called against the ABI: on a misaligned stack,
 * off the case's stack, with flags that a callee relies on. Null: none was. */
const char *adversary_broken_rule(void);

#endif
