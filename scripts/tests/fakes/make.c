/* Stands for GNU make: answers the low-level goals of the driver's contract as the world says. */
#define _GNU_SOURCE
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "world.h"

static json_t *goals, *given;

static void read_arguments(char **words)
{
    for (; *words; words++) {
        char *value = strchr(*words, '=');
        if (**words == '-')
            continue;
        if (value)
            json_object_setn_new(given, *words, (size_t)(value - *words), json_string(value + 1));
        else
            json_array_append_new(goals, json_string(*words));
    }
}

static void note_call(void)
{
    static const char *const not_for_us[] = {"MAKEFLAGS", "ARCH", "CASES", "SEED"};
    json_t *leaked = json_array();
    for (size_t i = 0; i < sizeof not_for_us / sizeof *not_for_us; i++)
        if (getenv(not_for_us[i]))
            json_array_append_new(leaked, json_string(not_for_us[i]));
    note_json(".calls", json_pack("{sO sO so}", "goals", goals, "given", given, "leaked", leaked));
}

static void print_targets(void)
{
    size_t i;
    json_t *row, *value;
    const char *key;
    json_array_foreach(json_object_get(world(), "targets"), i, row)
        json_object_foreach(row, key, value) if (strcmp(key, "name") != 0)
            printf("%s.%s=%s\n", text(row, "name", ""), key, json_string_value(value));
}

/* Where the host's tools lie. */
static const char tools[] = "build/host/fake-tools";

/* Of each of the seeds, two Progs: one that all have, and one of its own. If the tool that draws them is not
 * there yet, make says on standard output that it builds it. */
static void print_coverage(void)
{
    int first = 0, last = 0;
    if (sscanf(text(given, "SEEDS", ""), "%d..%d", &first, &last) != 2)
        fail(2, "make: *** no SEEDS.  Stop.");
    if (access(tools, F_OK) != 0)
        puts("  CC      build/host/everypc-asm");
    puts("9");
    for (int entry = 0; entry < 9; entry++)
        printf("ADD SUB.P\tadd {1}, %d\n", entry);
    for (int seed = first; seed <= last; seed++)
        printf("random.s%d.0\t1\tADD\t-1\tADD R1, R2\nrandom.s%d.0\t%d\tSUB\t-3\tSUB $%d, R1\n", seed, seed,
               2 + seed % 5, seed);
}

/* Puts the fake of that name, which lies where this one does, at `path`. */
static void place(const char *fake, const char *path)
{
    char self[4096] = "";
    if (readlink("/proc/self/exe", self, sizeof self - 1) < 0)
        fail(70, "/proc/self/exe can't be read");
    unlink(path);
    if (symlink(joined("%s/%s", dirname(self), fake), path) != 0)
        fail(70, "%s can't be made", path);
}

static void make_host(void)
{
    make_folder("build/host");
    write_file(tools, "", 0);
}

static void make_probe(const char *name)
{
    const char *target = text(given, "TARGET", ""), *out = text(given, "OUT", "");
    const char *failure = text(json_object_get(world(), "build_failure"), target, NULL);
    if (failure) {
        fputs(failure, stderr);
        exit(2);
    }
    make_folder(out);
    const char *path = joined("%s/%s", out, name);
    if (has_text(json_object_get(world(), "foreign"), target)) { /* a program of another machine */
        unlink(path);
        write_file(path,
                   "\x7f"
                   "ELF\1\1\1",
                   7);
        chmod(path, 0755);
    } else {
        place("probe", path);
    }
    write_file(joined("%s/probe.target", out), target, strlen(target));
}

/* They are the real ones. */
static void make_guest(void)
{
    const char *folder = joined("build/%s", text(given, "TARGET", ""));
    make_folder("build/host");
    place("guest", "build/host/guest");
    make_folder(folder);
    place("init", joined("%s/init", folder));
}

static void make_go_tool(void)
{
    if (json_object_get(world(), "tool_failure")) {
        puts(text(world(), "tool_failure", ""));
        exit(2);
    }
    make_folder("build/host");
    place("everypc-go", "build/host/everypc-go");
}

static void write_hex(const char *path, const char *hex)
{
    size_t size = strlen(hex) / 2;
    char *data = calloc(1, size + 1);
    for (size_t i = 0; i < size; i++)
        sscanf(hex + 2 * i, "%2hhx", (unsigned char *)&data[i]);
    write_file(path, data, size);
}

/* Files of build/TARGET/`below`: those that end in "bin" are in hexadecimal. */
static void make_files(const char *below, const char *prefix, const json_t *files)
{
    const char *folder = joined("build/%s%s", text(given, "TARGET", ""), below), *name;
    json_t *value;
    make_folder(folder);
    json_object_foreach((json_t *)files, name, value)
    {
        const char *path = joined("%s/%s%s", folder, prefix, name);
        if (strcmp(name + strlen(name) - 3, "bin") == 0)
            write_hex(path, json_string_value(value));
        else
            write_file(path, json_string_value(value), json_string_length(value));
    }
}

int main(int argc, char **argv)
{
    goals = json_array();
    given = json_object();
    read_arguments(argv + (argc > 0));
    note_call();
    const char *goal = json_string_value(json_array_get(goals, 0));
    if (!goal || json_array_size(goals) != 1)
        fail(2, "make: *** these are not one goal.  Stop.");
    if (strcmp(goal, "targets") == 0)
        print_targets();
    else if (strcmp(goal, "host-packages") == 0)
        puts("gcc make python3-rich qemu-user");
    else if (strcmp(goal, "probe") == 0)
        make_probe("probe");
    else if (strcmp(goal, "mutants-probe") == 0)
        make_probe("mutants");
    else if (strcmp(goal, "guest") == 0)
        make_guest();
    else if (strcmp(goal, "go-tool") == 0)
        make_go_tool();
    else if (strcmp(goal, "go-source") == 0)
        make_files("/go-source", "", json_object_get(world(), "gosource"));
    else if (strcmp(goal, "go-packages") == 0)
        puts("golang-go");
    else if (strcmp(goal, "go-listing") == 0)
        make_files("", joined("%s%s", text(given, "GO_LIST", ""), "."), json_object_get(world(), "golist"));
    else if (strcmp(goal, "coverage") == 0)
        print_coverage();
    else if (strcmp(goal, "host") == 0)
        make_host();
    else
        fail(1, "make: *** No rule to make target '%s'.  Stop.", goal);
    return 0;
}
