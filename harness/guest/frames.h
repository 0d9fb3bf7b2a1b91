/* Takes apart what comes over a guest's console (console.h). */
#ifndef EVERYPC_GUEST_FRAMES_H
#define EVERYPC_GUEST_FRAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "console.h"

#define FRAME_TEXT 0 /* stands for a kind: what is in no frame, from the firmware and the kernel */

/* What has come of a frame that is not whole yet. Begins as zeros. */
struct frames {
    bool inside;
    size_t have;
    char bytes[1 + FRAME_DIGITS + FRAME_MOST + 1]; /* the frame without FRAME_BEGIN */
};

/* Gets each whole frame, or piece of text. The bytes are the parser's. */
typedef void frame_sink(void *data, int kind, const char *bytes, size_t n);

/* Hands what is complete in `bytes` to `sink`. False if a frame is damaged: something wrote into it. */
bool frames_feed(struct frames *f, const char *bytes, size_t n, frame_sink *sink, void *data);

#endif
