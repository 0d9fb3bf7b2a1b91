/* Becomes the program that the driver starts, such that the kernel kills it when the thread that started it
 * ends, kill -9 of the driver included. The driver could do the same in a fork of itself, which it does as
 * long as this is not built; but a fork copies all of Python's page tables, and its other threads' locks.
 *
 *   launch PARENT FD PROGRAM [ARGUMENT...]
 *
 * PARENT is the driver's process. FD ends with the exec; if that fails, errno is written there first. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

/* As execvp(3), which would have a shell run what the kernel does not. Returns errno. */
static int become(char **argv)
{
    const char *path = strchr(argv[0], '/') ? NULL : getenv("PATH");
    int why = 0;
    char *file;
    if (!path) {
        execv(argv[0], argv);
        return errno;
    }
    for (size_t n; *path && asprintf(&file, "%.*s/%s", (int)(n = strcspn(path, ":")), path, argv[0]) > 0;
         path += n + (path[n] == ':')) {
        execv(file, argv);
        if (errno != ENOENT && errno != ENOTDIR && why == 0)
            why = errno;
    }
    return why ? why : ENOENT;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    int fd = atoi(argv[2]);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return 2;
    if (getppid() != atoi(argv[1])) /* it was killed before the call */
        return 1;
    dprintf(fd, "%d", become(argv + 3));
    return 127;
}
