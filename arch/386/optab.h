/* 386: what the marks share with the optab. */
#ifndef EVERYPC_386_OPTAB_H
#define EVERYPC_386_OPTAB_H

#include "../generic/x86_prog.h"

bool i386_is_unsafe_point(const void *prog);

#endif
