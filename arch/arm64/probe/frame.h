/* arm64: one word is pushed, the old LR; SP stays a multiple of 16. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

#define FRAME_SP_DROP 16
#define FRAME_LR      ST_X(30)
#include "common/probe/frame_word.h"

#endif
