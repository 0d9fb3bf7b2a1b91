/* 386: what the marks share with the optab. */
#ifndef EVERYPC_386_OPTAB_H
#define EVERYPC_386_OPTAB_H

#include "x86/common/asm/optab.h"

extern const struct sp_rule i386_sp_rules[]; /* sp.c */

bool i386_is_unsafe_point(const void *prog);

#endif
