/* amd64: how Progs move SP. */
#include "x86/common/asm/sp.h"
#include "optab.h"

const struct sp_rule amd64_sp_rules[] = {X86_SP_RULES("Q", 8), {0}};
