/* everypc-go target: which target an ELF file is of, by its header. */
#include "command.h"

#include "go/binary/image.h"

static int run(int argc, char **argv)
{
    struct image image;
    struct error e;
    if (argc != 2)
        return usage_error(&command_target, "name one file");
    bool is_open = image_open_elf(&image, argv[1], &e);
    if (is_open)
        puts(image.target->name);
    image_close(&image);
    return is_open ? EXIT_DONE : failure(e.text);
}

const struct command command_target = {
    .name = "target",
    .args = "FILE",
    .does = "the target of an ELF program, Go's or not",
    .run = run,
};
