/* Stands for everypc-go: what it says of a binary, by the file's name, is in the world's "go". */
#define _GNU_SOURCE
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world.h"

static json_t *binary;
static const char *path, *last;

static void info(void)
{
    printf("target       %s\nformat       %s\nversion      %s\nlayout       1.18\n",
           text(binary, "target", "arm64"), text(binary, "format", "ELF"),
           text(binary, "version", "go1.19.8"));
}

static void stub(void)
{
    const char *source = text(binary, "stub", NULL);
    if (!source)
        fail(2, "everypc-go: %s: it has no asyncPreempt", path);
    write_file(last, source, strlen(source));
    puts("depends on nothing");
}

static void harvest(void)
{
    const json_t *sequences = json_object_get(binary, "harvest");
    FILE *out = fopen(last, "w");
    size_t i;
    json_t *one;
    json_array_foreach(sequences, i, one)
    {
        const char *name = text(one, "case", "");
        int mark = (int)number(one, "mark", 0);
        fprintf(out,
                "\n\tCASE\t%s\n\tPROG\t%d, \"movz x27, #1\"\n\t.byte\t1,2,3,4\n"
                "\tPROG\t%d, \"add x2, x1, x27\"\n\t.byte\t5,6,7,8\n\tEND_CASE %s\n",
                name, mark, mark, name);
    }
    fclose(out);
    json_array_foreach(sequences, i, one) emit("{sO}", "sequence", one);
    emit("{s{ss s{s{si si}}}}", "summary", "target", text(binary, "target", "arm64"), "kinds", "restart",
         "cases", (int)json_array_size(sequences), "shapes", 9);
}

static int check(void)
{
    const char *once = beside(".killed");
    size_t i;
    json_t *line;
    if (is_set(binary, "kills") && access(once, F_OK) != 0) {
        write_file(once, "", 0);
        kill(getppid(), SIGKILL);
    }
    json_array_foreach(json_object_get(binary, "lines"), i, line) emit("O", line);
    return (int)number(binary, "status", 0);
}

/* The argument that is the binary's path. */
static const char *the_path(const char *command, int n, char **args)
{
    if (strcmp(command, "harvest") == 0)
        return args[n - 3];
    if (strcmp(command, "stub") == 0 && strcmp(args[0], "--switched") == 0)
        return args[1];
    return strcmp(command, "info") == 0 || strcmp(command, "stub") == 0 ? args[0] : args[n - 1];
}

int main(int argc, char **argv)
{
    const char *command = argv[1];
    json_t *call = json_array();
    for (int i = 1; i < argc; i++)
        json_array_append_new(call, json_string(argv[i]));
    note_json(".tool", call);
    path = the_path(command, argc - 2, argv + 2);
    last = argv[argc - 1];
    binary = json_object_get(json_object_get(world(), "go"), basename(path));
    if (!json_is_object(binary))
        fail(2, "everypc-go: %s: not a Go binary", path);
    if (strcmp(command, "info") == 0)
        info();
    else if (strcmp(command, "stub") == 0)
        stub();
    else if (strcmp(command, "harvest") == 0)
        harvest();
    else if (strcmp(command, "check") == 0)
        return check();
    return 0;
}
