/* loong64: one word is pushed, the old LR. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

#define FRAME_SP_DROP 8
#define FRAME_LR      ST_R(1)
#include "common/probe/frame_word.h"

#endif
