/* What a guest's console carries: beside what the firmware and the kernel print, frames from init (init.c),
 * which the program on the host takes apart again (frames.c). A frame is FRAME_BEGIN, its kind, the length of
 * its payload in FRAME_DIGITS hexadecimal digits, the payload, FRAME_END. JSON and messages have neither of
 * the two control characters, so that a line of the kernel's in the middle of a frame is noticed. */
#ifndef EVERYPC_GUEST_CONSOLE_H
#define EVERYPC_GUEST_CONSOLE_H

#define FRAME_BEGIN  0x1e
#define FRAME_END    0x1f
#define FRAME_DIGITS 4
#define FRAME_MOST   4096 /* bytes of a payload */

enum frame_kind {
    FRAME_BOOTED = 'b', /* init runs; no payload */
    FRAME_OUT = 'o',    /* of the probe's standard output */
    FRAME_ERR = 'e',    /* of its standard error, or what init could not do */
    FRAME_STATUS = 's', /* how the probe ended, the last one: wait(2)'s status in decimal */
};

/* Where init, whose working directory is the root, finds what it starts, and its arguments, each with a NUL
 * behind it. */
#define GUEST_PROBE     "probe"
#define GUEST_ARGUMENTS "arguments"

#endif
