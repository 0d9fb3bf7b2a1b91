/* arm: one word is pushed, the old LR. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

#define FRAME_SP_DROP 4
#define FRAME_LR      ST_LR
#include "common/probe/frame_word.h"

#endif
