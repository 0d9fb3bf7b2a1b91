/* What cases and mutants of the fake probe have in common. */
#define _GNU_SOURCE
#include <ftw.h>
#include <libgen.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "probe.h"

void die(int number)
{
    kill(getpid(), number);
    pause();
}

void sleep_ms(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&t, NULL);
}

void hang(void)
{
    for (volatile int i = 0;; i++)
        ;
}

static char *written; /* what a case that the driver has on disk looks like there */

static int holds_it(const char *path, const struct stat *stat, int type, struct FTW *at)
{
    char *folder = dirname(strdup(path)), *found = NULL, *line = NULL;
    size_t room = 0;
    (void)stat;
    if (type != FTW_F || !strstr(folder, ".unfinished") || strcmp(basename(folder), target) != 0 ||
        strncmp(path + at->base, "part-", 5) != 0)
        return 0;
    FILE *f = fopen(path, "r");
    while (f && !found && getline(&line, &room, f) > 0)
        found = strstr(line, written);
    if (f)
        fclose(f);
    free(line);
    return found != NULL;
}

void maybe_kill(const json_t *one, int before)
{
    const char *of = text(one, "kills", "");
    const char *once = beside(".%s.%s.killed", target, text(one, "name", text(one, "id", "")));
    if ((strcmp(of, target) != 0 && strcmp(of, "all") != 0) || access(once, F_OK) == 0)
        return;
    written = joined("\"ev\": \"case\", \"index\": %d,", before);
    /* A folder that goes meanwhile ends the walk; then it is tried again. */
    while (before >= 0 && nftw(getenv("EVERYPC_ROOT"), holds_it, 8, FTW_PHYS) != 1)
        sleep_ms(10);
    const char *pid = joined("%d", getpid());
    write_file(once, pid, strlen(pid));
    kill(getppid(), SIGKILL);
    if (is_set(one, "stays"))
        sleep_ms(3600 * 1000);
}

json_t *chosen(const char *what, const char *pattern, int *n)
{
    json_t *mine = json_array(), *one;
    size_t i;
    int k = 0;
    *n = 0;
    json_array_foreach(json_object_get(world(), what), i, one)
    {
        const char *name = text(one, "name", text(one, "id", ""));
        if (!matches(name, pattern) && !matches(text(one, "class", ""), pattern))
            continue;
        bool ours = k % shards == shard - 1;
        json_array_append(mine, ours ? one : json_null());
        *n += ours;
        k++;
    }
    return mine;
}
