/* Stands for QEMU's system mode and a kernel: unpacks the first file system that it is given, and runs its
 * init there, with standard output as the console. FAKE_GUEST is what goes wrong: "unbootable", or
 * "panic:TEXT", "garble:TEXT" and "freeze:TEXT" where TEXT first comes over the console. */
#define _GNU_SOURCE
#include <err.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "world.h"

static char *what = "", *trigger = "";

static void say(const char *bytes, size_t n)
{
    if (write(1, bytes, n) != (ssize_t)n)
        exit(1);
}

static const char *after(char **argv, const char *option)
{
    for (; *argv; argv++)
        if (strcmp(*argv, option) == 0 && argv[1])
            return argv[1];
    errx(1, "no %s", option);
}

static void note_start(char **argv)
{
    char *line = "";
    while (*++argv)
        line = joined("%s%s%s", line, *line ? " " : "", *argv);
    note(".qemu-system", "%s", line);
}

static unsigned long field(const char *entry, int k)
{
    char digits[9] = {0};
    memcpy(digits, entry + 6 + 8 * k, 8);
    return strtoul(digits, NULL, 16);
}

/* The regular files of an archive in cpio's format newc, into the working directory. */
static void unpack(const char *path)
{
    enum { MODE = 1, SIZE = 6, NAME_SIZE = 11, HEAD = 110 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    off_t size = lseek(fd, 0, SEEK_END);
    char *archive = size < 0 ? NULL : malloc((size_t)size);
    if (!archive || pread(fd, archive, (size_t)size, 0) != size)
        err(1, "%s", path);
    for (char *at = archive;;) {
        if (memcmp(at, "070701", 6) != 0)
            errx(1, "not an archive: %.6s", at);
        const char *name = at + HEAD;
        unsigned long mode = field(at, MODE), bytes = field(at, SIZE);
        if (strcmp(name, "TRAILER!!!") == 0)
            break;
        const char *content = at + ((HEAD + field(at, NAME_SIZE) + 3) & ~3ul);
        if (S_ISREG(mode)) {
            write_file(name, content, bytes);
            chmod(name, mode & 0777);
        }
        at = (char *)content + ((bytes + 3) & ~3ul);
    }
    free(archive);
}

/* Starts init; returns where its console can be read. */
static int boot(pid_t *init)
{
    int console[2];
    if (pipe2(console, O_CLOEXEC) != 0 || (*init = fork()) < 0)
        err(1, "init");
    if (*init == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(console[1], 0);
        dup2(console[1], 1);
        execl("./init", "./init", NULL);
        err(127, "./init");
    }
    close(console[1]);
    return console[0];
}

static _Noreturn void go_wrong(pid_t init)
{
    if (strcmp(what, "panic") == 0) {
        static const char panic[] = "\r\nKernel panic - not syncing: Attempted to test a driver\r\n";
        say(panic, sizeof panic - 1);
    } else { /* freeze */
        kill(init, SIGSTOP);
        pause();
    }
    kill(init, SIGKILL);
    exit(0);
}

/* In the middle of a frame. */
static void garble(const char *bytes, size_t n)
{
    static const char message[] = "[   12.345] a kernel's message\r\n";
    size_t before = n > 20 ? n - 20 : 0;
    say(bytes, before);
    say(message, sizeof message - 1);
    say(bytes + before, n - before);
}

static void relay(int console, pid_t init)
{
    enum { KEPT = 200 };
    static char seen[KEPT + (1 << 16)]; /* TEXT may come in two pieces */
    size_t kept = 0;
    for (ssize_t n; (n = read(console, seen + kept, sizeof seen - kept)) > 0;) {
        const char *fresh = seen + kept;
        size_t all = kept + (size_t)n;
        bool now = *what && memmem(seen, all, trigger, strlen(trigger));
        if (now && strcmp(what, "garble") == 0) {
            garble(fresh, (size_t)n);
            what = "";
        } else {
            say(fresh, (size_t)n);
            if (now)
                go_wrong(init);
        }
        kept = all < KEPT ? all : KEPT;
        memmove(seen, seen + all - kept, kept);
    }
}

int main(int argc, char **argv)
{
    static const char firmware[] = "\x1b[2JFake firmware\r\n", root[] = "VFS: Unable to mount root fs\r\n";
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("QEMU emulator version 7.2.22 (Debian 1:7.2)");
        return 0;
    }
    note_start(argv);
    if (getenv("FAKE_GUEST")) {
        what = strdup(getenv("FAKE_GUEST"));
        strtok(what, ":");
        char *rest = strtok(NULL, "");
        trigger = rest ? rest : "";
    }
    say(firmware, sizeof firmware - 1);
    if (strcmp(what, "unbootable") == 0) {
        say(root, sizeof root - 1);
        return 0;
    }
    char *folder = beside(".guest-XXXXXX");
    if (!mkdtemp(folder) || chdir(folder) != 0)
        err(1, "%s", folder);
    unpack(after(argv, "-initrd"));
    const char *target = basename(dirname(strdup(after(argv, "-kernel"))));
    write_file("probe.target", target, strlen(target));
    pid_t init;
    int console = boot(&init);
    relay(console, init);
    return 0;
}
