/* Runs a probe in a guest with a kernel of its own, as if it were a process of this machine: its output, its
 * error messages and its exit status are the probe's.
 *
 *   guest INIT QEMU [OPTION...] -- PROBE [ARGUMENT...]
 *
 * QEMU with its options has the kernel, and the guest's console on its standard output. The first file system
 * is made here, in memory: INIT (init.c), the probe, its arguments. Before the probe's output comes an event
 * {"ev":"boot","boot_ns":...,"boot_cpu_ns":...}: how long it took from the start of QEMU to init, and the
 * CPU time that QEMU used until then. QEMU ends with this process, kill -9 included. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "frames.h"
#include "newc.h"

enum {
    USAGE = 2,
    LOST = 70, /* the guest ended and the probe had not; sysexits(3)'s EX_SOFTWARE */
};

struct guest {
    pid_t qemu;
    struct timespec began;
    bool booted, ended;
    int status;     /* the probe's, by wait(2) */
    char said[512]; /* the last line that the kernel or its firmware printed */
    size_t saying;  /* bytes of a line in `said` that has not ended; 0: the line there is whole */
};

static _Noreturn void die(const char *what)
{
    fprintf(stderr, "guest: %s: %s\n", what, strerror(errno));
    exit(LOST);
}

static void add_file(FILE *out, const char *name, const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0)
        die(path);
    void *bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (bytes == MAP_FAILED)
        die(path);
    newc_add(out, &(struct newc_entry){
                      .name = name, .mode = S_IFREG | 0755, .bytes = bytes, .size = (size_t)st.st_size});
    munmap(bytes, (size_t)st.st_size);
    close(fd);
}

/* The first file system, as a file without a name; QEMU inherits it. */
static int file_system(const char *init, char **probe)
{
    int fd = memfd_create("initramfs", 0);
    FILE *out = fd < 0 ? NULL : fdopen(dup(fd), "wb");
    if (!out)
        die("initramfs");
    add_file(out, "init", init);
    add_file(out, GUEST_PROBE, probe[0]);
    char *text = NULL;
    size_t size = 0;
    FILE *arguments = open_memstream(&text, &size);
    for (char **at = probe + 1; arguments && *at; at++)
        fwrite(*at, 1, strlen(*at) + 1, arguments);
    if (!arguments || fclose(arguments) != 0)
        die("arguments");
    newc_add(out, &(struct newc_entry){
                      .name = GUEST_ARGUMENTS, .mode = S_IFREG | 0644, .bytes = text, .size = size});
    free(text);
    newc_add(out, &(struct newc_entry){.name = "dev", .mode = S_IFDIR | 0755});
    newc_add(out,
             &(struct newc_entry){.name = "dev/console", .mode = S_IFCHR | 0600, .major = 5, .minor = 1});
    newc_add(out, &(struct newc_entry){.name = "dev/null", .mode = S_IFCHR | 0666, .major = 1, .minor = 3});
    newc_end(out);
    if (ferror(out) || fclose(out) != 0)
        die("initramfs");
    return fd;
}

/* Starts QEMU; returns where its console can be read. */
static int start(struct guest *g, char **qemu, int count, int initramfs)
{
    char file[32];
    char **argv = calloc((size_t)count + 3, sizeof *argv);
    int console[2];
    pid_t parent = getpid();
    snprintf(file, sizeof file, "/proc/self/fd/%d", initramfs);
    if (!argv || pipe2(console, O_CLOEXEC) != 0)
        die("pipe");
    memcpy(argv, qemu, (size_t)count * sizeof *argv);
    argv[count] = "-initrd";
    argv[count + 1] = file;
    clock_gettime(CLOCK_MONOTONIC, &g->began);
    g->qemu = fork();
    if (g->qemu < 0)
        die("fork");
    if (g->qemu == 0) {
        int in = open("/dev/null", O_RDONLY);
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent || dup2(in, 0) < 0 ||
            dup2(console[1], 1) < 0)
            _exit(127);
        execvp(argv[0], argv);
        fprintf(stderr, "guest: %s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    free(argv);
    close(console[1]);
    close(initramfs);
    return console[0];
}

static void write_all(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno != EINTR)
            exit(LOST); /* who reads it has ended */
        if (done > 0) {
            bytes += done;
            n -= (size_t)done;
        }
    }
}

/* Keeps the last line that is not empty, and once the guest has booted passes all of it on. */
static void kernel_says(struct guest *g, const char *bytes, size_t n)
{
    if (g->booted)
        write_all(2, bytes, n);
    for (size_t i = 0; i < n; i++) {
        bool line_end = bytes[i] == '\n' || bytes[i] == '\r';
        if (line_end || g->saying >= sizeof g->said - 1) {
            g->saying = 0;
        } else {
            g->said[g->saying++] = bytes[i];
            g->said[g->saying] = 0;
        }
    }
}

static long long ns(struct timespec t)
{
    return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void say_booted(const struct guest *g)
{
    struct timespec now, used = {0};
    clockid_t of_qemu;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (clock_getcpuclockid(g->qemu, &of_qemu) == 0)
        clock_gettime(of_qemu, &used);
    dprintf(1, "{\"ev\":\"boot\",\"boot_ns\":%lld,\"boot_cpu_ns\":%lld}\n", ns(now) - ns(g->began), ns(used));
}

static void take(void *data, int kind, const char *bytes, size_t n)
{
    struct guest *g = data;
    switch (kind) {
    case FRAME_BOOTED:
        g->booted = true;
        say_booted(g);
        break;
    case FRAME_OUT:
        write_all(1, bytes, n);
        break;
    case FRAME_ERR:
        write_all(2, bytes, n);
        break;
    case FRAME_STATUS:
        g->ended = true;
        for (size_t i = 0; i < n; i++)
            g->status = g->status * 10 + (bytes[i] - '0');
        break;
    default:
        kernel_says(g, bytes, n);
    }
}

/* Reads the console until the probe or the guest has ended. False if it could not be understood. */
static bool listen(struct guest *g, int console)
{
    struct frames frames = {0};
    char bytes[1 << 14];
    while (!g->ended) {
        ssize_t n = read(console, bytes, sizeof bytes);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return true;
        if (!frames_feed(&frames, bytes, (size_t)n, take, g))
            return false;
    }
    return true;
}

/* Ends as the probe did. */
static int end_alike(int status)
{
    if (WIFSIGNALED(status)) {
        setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        signal(WTERMSIG(status), SIG_DFL);
        raise(WTERMSIG(status));
        return 128 + WTERMSIG(status);
    }
    return WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
    int dashes = 3;
    while (dashes < argc && strcmp(argv[dashes], "--") != 0)
        dashes++;
    if (argc < 5 || dashes + 1 >= argc) {
        fprintf(stderr, "usage: guest INIT QEMU [OPTION...] -- PROBE [ARGUMENT...]\n");
        return USAGE;
    }
    struct guest g = {0};
    int console = start(&g, argv + 2, dashes - 2, file_system(argv[1], argv + dashes + 1));
    bool understood = listen(&g, console);
    int qemu = 0;
    bool alone = !g.ended && understood; /* QEMU ended by itself */
    if (!alone)
        kill(g.qemu, SIGKILL);
    waitpid(g.qemu, &qemu, 0);
    if (g.ended)
        return end_alike(g.status);
    if (!understood)
        fprintf(stderr, "\nguest: something wrote into the events on its console; its kernel last said: %s\n",
                g.said);
    else if (WIFEXITED(qemu) && WEXITSTATUS(qemu) != 0)
        fprintf(stderr, "\nguest: QEMU ended with exit status %d\n", WEXITSTATUS(qemu));
    else
        fprintf(stderr, "\nguest: it ended %s; its kernel last said: %s\n",
                g.booted ? "before the probe did" : "before it had booted", g.said);
    return LOST;
}
