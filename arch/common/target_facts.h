/* TARGET_OF_REGS: the fields of a struct target that follow from the register list. For arch/<arch>/target.c,
 * behind its regs.h. */
#ifndef EVERYPC_TARGET_FACTS_H
#define EVERYPC_TARGET_FACTS_H

#include <stddef.h>

#include "reg_kind.h"
#include "target.h"

#define REG_STRING(name, offset, size, kind, mask) #name,
static const char *const state_regs[] = {ARCH_REGS(REG_STRING) NULL};

#define IF_SP(name, offset, size, kind, mask)     (kind) == REG_SP ? #name:
#define IF_REGTMP(name, offset, size, kind, mask) (kind) == REG_TMP ? #name:

#ifdef ARCH_FP
#define FRAME_POINTER ARCH_FP, .record_below_sp = ARCH_FP_BELOW_SP
#else
#define FRAME_POINTER NULL
#endif

/* Only where a delay slot follows the call is its return address not the next instruction. */
#define TARGET_OF_REGS \
    .case_quantum = ARCH_PC_QUANTUM, .spin_size = sizeof((const uint8_t[])ARCH_SPIN), \
    .has_delay_slots = ARCH_HALF_CALL != 0, .stack_align = ARCH_STACK_ALIGN, .frame_pointer = FRAME_POINTER, \
    .sp = ARCH_REGS(IF_SP) "", .regtmp = ARCH_REGS(IF_REGTMP) "", .state_regs = state_regs

#endif
