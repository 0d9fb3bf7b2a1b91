/* mips: one word is pushed, the old LR. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

#define FRAME_SP_DROP sizeof(uintptr_t)
#define FRAME_LR      ST_R(31)
#include "common/probe/frame_word.h"

#endif
