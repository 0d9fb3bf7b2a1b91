/* 386: one word is pushed, the resume PC. */
#ifndef EVERYPC_FRAME_H
#define EVERYPC_FRAME_H

#define FRAME_SP_DROP 4
#define FRAME_LR      0
#include "common/probe/frame_word.h"

#endif
