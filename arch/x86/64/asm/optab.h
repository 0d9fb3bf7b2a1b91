/* amd64: what the marks share with the optab. */
#ifndef EVERYPC_AMD64_OPTAB_H
#define EVERYPC_AMD64_OPTAB_H

#include "x86/common/asm/optab.h"

extern const struct sp_rule amd64_sp_rules[]; /* sp.c */

bool amd64_is_unsafe_point(const void *prog);

#endif
