/* The first and only process of a guest beside the probe: starts that with its arguments, and sends over the
 * console what it prints and how it ends, in the frames of console.h. The host then ends the guest. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "console.h"

enum { CONSOLE = 0, MOST_ARGUMENTS = 256 };

static void write_all(const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(CONSOLE, bytes, n);
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        } else if (done < 0 && errno != EINTR) {
            return; /* nobody could be told */
        }
    }
}

static void send(enum frame_kind kind, const char *payload, size_t n)
{
    char frame[1 + 1 + FRAME_DIGITS + FRAME_MOST + 1];
    int at = snprintf(frame, sizeof frame, "%c%c%0*zx", FRAME_BEGIN, kind, FRAME_DIGITS, n);
    memcpy(frame + at, payload, n);
    frame[(size_t)at + n] = FRAME_END;
    write_all(frame, (size_t)at + n + 1);
}

/* Ends as the probe's own exit would; the host kills the guest then. */
static _Noreturn void finish(int status)
{
    char text[16];
    send(FRAME_STATUS, text, (size_t)snprintf(text, sizeof text, "%d", status));
    for (;;) /* a kernel panics when init ends */
        pause();
}

static _Noreturn void fail(const char *what)
{
    char text[256];
    int n = snprintf(text, sizeof text, "init of the guest: %s: %s\n", what, strerror(errno));
    send(FRAME_ERR, text, (size_t)n);
    finish(W_EXITCODE(127, 0));
}

/* No echo, no signals, no change of any byte. */
static void make_console_raw(void)
{
    struct termios t;
    if (tcgetattr(CONSOLE, &t) == 0) {
        cfmakeraw(&t);
        t.c_cflag |= CLOCAL;
        tcsetattr(CONSOLE, TCSANOW, &t);
    }
}

/* Fills argv with what stands in GUEST_ARGUMENTS, behind the probe's name. */
static void read_arguments(char **argv)
{
    static char text[1 << 16];
    int fd = open(GUEST_ARGUMENTS, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (n < 0)
        fail(GUEST_ARGUMENTS);
    close(fd);
    int count = 0;
    argv[count++] = GUEST_PROBE;
    for (char *at = text; at < text + n; at += strlen(at) + 1) {
        if (count == MOST_ARGUMENTS) {
            errno = E2BIG;
            fail("arguments");
        }
        argv[count++] = at;
    }
    argv[count] = NULL;
}

static pid_t start(char **argv, int out, int err)
{
    pid_t child = fork();
    if (child < 0)
        fail("fork");
    if (child > 0)
        return child;
    int in = open("/dev/null", O_RDONLY);
    if (in < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0)
        _exit(127);
    execv(argv[0], argv);
    dprintf(2, "init of the guest: %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

/* Sends what comes out of the two pipes, until both have ended. */
static void relay(int out, int err)
{
    static const enum frame_kind kinds[] = {FRAME_OUT, FRAME_ERR};
    struct pollfd from[] = {{.fd = out, .events = POLLIN}, {.fd = err, .events = POLLIN}};
    char bytes[FRAME_MOST];
    int open_ones = 2;
    while (open_ones > 0 && (poll(from, 2, -1) > 0 || errno == EINTR)) {
        for (int i = 0; i < 2; i++) {
            if (from[i].fd < 0 || from[i].revents == 0)
                continue;
            ssize_t n = read(from[i].fd, bytes, sizeof bytes);
            if (n > 0) {
                send(kinds[i], bytes, (size_t)n);
            } else if (n == 0 || errno != EINTR) {
                from[i].fd = -1; /* poll leaves it out */
                open_ones--;
            }
        }
    }
}

int main(void)
{
    char *argv[MOST_ARGUMENTS + 1];
    int out[2], err[2], status = 0;
    make_console_raw();
    send(FRAME_BOOTED, "", 0);
    read_arguments(argv);
    if (pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
        fail("pipe");
    pid_t child = start(argv, out[1], err[1]);
    close(out[1]);
    close(err[1]);
    relay(out[0], err[0]);
    while (waitpid(child, &status, 0) != child) {
        if (errno != EINTR)
            fail("waitpid");
    }
    finish(status);
}
