/* Makes code that was just written the code that is executed next. */
#ifndef EVERYPC_CODE_WRITTEN_H
#define EVERYPC_CODE_WRITTEN_H

#include <stdint.h>

#include "regs.h"

/* `to` is behind the last byte. */
static inline void code_written(const void *from, const void *to)
{
#ifdef ARCH_CODE_WRITTEN
    ARCH_CODE_WRITTEN((uintptr_t)from, (uintptr_t)to);
#else
    __builtin___clear_cache((char *)from, (char *)to);
#endif
}

#endif
