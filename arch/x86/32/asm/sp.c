/* 386: how Progs move SP. */
#include "x86/common/asm/sp.h"
#include "optab.h"

/* clang-format off */
const struct sp_rule i386_sp_rules[] = {
    X86_SP_RULES("L", 4), {"PUSHAL", NULL, SP_PUSH, 32}, {"POPAL", NULL, SP_PUSH, -32}, {0},
};
/* clang-format on */
