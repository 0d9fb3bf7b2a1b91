/* Stands for a Go toolchain's command: what it builds and how it assembles is in the world's "toolchain". */
#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "world.h"

static const char *after(char **words, const char *option)
{
    for (; words[0] && words[1]; words++)
        if (strcmp(words[0], option) == 0)
            return words[1];
    fail(70, "go: there is no %s", option);
}

static void note_call(char **words)
{
    const char *arch = getenv("GOARCH");
    json_t *call = json_array();
    json_array_append_new(call, arch ? json_string(arch) : json_null());
    for (; *words; words++)
        json_array_append_new(call, json_string(*words));
    note_json(".gocalls", call);
}

static void build(const char *out)
{
    const char *slash = strrchr(out, '/'), *name = slash ? slash + 1 : out;
    if (has_text(json_object_get(json_object_get(world(), "toolchain"), "fails"), name))
        fail(1, "# command\n%s.go:1: no", name);
    write_file(out, "", 0);
}

/* Of the tree that it is in, "versions" has it by the folder's name. */
static const char *version(const json_t *toolchain, const char *self)
{
    const char *of_all = text(toolchain, "version", "go1.19.8");
    const json_t *each = json_object_get(toolchain, "versions");
    char *path = realpath(self, NULL);
    return each && path ? text(each, basename(dirname(dirname(path))), of_all) : of_all;
}

int main(int argc, char **argv)
{
    const json_t *toolchain = json_object_get(world(), "toolchain");
    const char *command = argc > 1 ? argv[1] : "", *what = argc > 2 ? argv[2] : "";
    note_call(argv + 1);
    if (strcmp(command, "env") == 0 && strcmp(what, "GOROOT") == 0)
        puts(dirname(dirname(realpath(argv[0], NULL))));
    else if (strcmp(command, "version") == 0)
        printf("go version %s linux/amd64\n", version(toolchain, argv[0]));
    else if (strcmp(command, "build") == 0 || strcmp(command, "test") == 0)
        build(after(argv + 1, "-o"));
    else if (strcmp(command, "tool") == 0 && strcmp(what, "asm") == 0)
        puts(text(toolchain, "listing", ""));
    else
        fail(1, "go: %s %s", command, what);
    return 0;
}
