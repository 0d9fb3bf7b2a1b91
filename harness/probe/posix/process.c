/* POSIX: the process, and work that is done apart, in a fork. */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "probe/system.h"

void system_begin(void)
{
}

bool system_traps_on_stack(void)
{
    return false;
}

uint64_t system_peak_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (uint64_t)usage.ru_maxrss;
}

const char *system_signal_name(int signal)
{
    return strsignal(signal);
}

bool system_matches(const char *glob, const char *name)
{
    return fnmatch(glob, name, 0) == 0;
}

struct apart system_apart(int (*work)(const void *data), const void *data)
{
    int status;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        status = work(data);
        fflush(stdout);
        _exit(status);
    }
    if (child < 0 || waitpid(child, &status, 0) != child)
        return (struct apart){.lost = true};
    if (WIFSIGNALED(status))
        return (struct apart){.lost = true, .signal = WTERMSIG(status)};
    return (struct apart){.status = WEXITSTATUS(status)};
}
