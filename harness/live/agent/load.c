#include <stdbool.h>

#include "load.h"

#include "kernel.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/mman.h>

#define PAGE 4096u

typedef ElfW(Ehdr) file_header;
typedef ElfW(Phdr) program_header;

enum { MAX_HEADERS = 32 };

struct file {
    const char *path;
    int fd;
    file_header head;
    program_header headers[MAX_HEADERS];
};

static void open_file(struct file *f, const char *path)
{
    f->path = path;
    f->fd = (int)CALL(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0, 0, 0);
    if (f->fd < 0)
        kernel_die("can't open ", path);
    if (!kernel_read(f->fd, &f->head, sizeof f->head, 0) || memcmp(f->head.e_ident, ELFMAG, SELFMAG) != 0 ||
        f->head.e_phentsize != sizeof(program_header) || f->head.e_phnum > MAX_HEADERS ||
        !kernel_read(f->fd, f->headers, f->head.e_phnum * sizeof(program_header), f->head.e_phoff))
        kernel_die("not an ELF program of this kind: ", path);
}

static int protection(const program_header *h)
{
    return (h->p_flags & PF_R ? PROT_READ : 0) | (h->p_flags & PF_W ? PROT_WRITE : 0) |
           (h->p_flags & PF_X ? PROT_EXEC | PROT_WRITE : 0);
}

/* The addresses that the segments span. */
static void span(const struct file *f, uintptr_t *low, uintptr_t *high)
{
    *low = UINTPTR_MAX;
    *high = 0;
    for (unsigned i = 0; i < f->head.e_phnum; i++) {
        const program_header *h = &f->headers[i];
        if (h->p_type != PT_LOAD)
            continue;
        uintptr_t end = (h->p_vaddr + h->p_memsz + PAGE - 1) & -(uintptr_t)PAGE;
        *low = h->p_vaddr < *low ? h->p_vaddr & -(uintptr_t)PAGE : *low;
        *high = end > *high ? end : *high;
    }
}

static void map_segment(const struct file *f, const program_header *h, uintptr_t bias)
{
    uintptr_t at = (h->p_vaddr & -(uintptr_t)PAGE) + bias, in_page = h->p_vaddr & (PAGE - 1);
    uintptr_t file_end = h->p_vaddr + bias + h->p_filesz, end = h->p_vaddr + bias + h->p_memsz;
    uintptr_t mapped = (file_end + PAGE - 1) & -(uintptr_t)PAGE;
    const int fixed = MAP_PRIVATE | MAP_FIXED;
    if (h->p_filesz && kernel_failed(kernel_map(at, h->p_filesz + in_page, protection(h) | PROT_WRITE, fixed,
                                                f->fd, h->p_offset - in_page)))
        kernel_die("can't map ", f->path);
    if (!h->p_filesz)
        mapped = at;
    if (end > mapped &&
        kernel_failed(kernel_map(mapped, end - mapped, protection(h), fixed | MAP_ANONYMOUS, -1, 0)))
        kernel_die("can't map ", f->path);
    if (h->p_memsz > h->p_filesz && h->p_filesz && mapped > file_end)
        memset((void *)file_end, 0, mapped - file_end);
    if (h->p_filesz)
        CALL(SYS_mprotect, at, h->p_filesz + in_page, protection(h), 0, 0, 0);
}

/* Maps the file's segments where they belong, or where there is room. Returns what was added. */
static uintptr_t map_file(const struct file *f)
{
    uintptr_t low, high, bias = 0;
    span(f, &low, &high);
    if (high <= low)
        kernel_die("there is nothing to load in ", f->path);
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | (f->head.e_type == ET_DYN ? 0 : MAP_FIXED_NOREPLACE);
    uintptr_t at = kernel_map(f->head.e_type == ET_DYN ? 0 : low, high - low, PROT_NONE, flags, -1, 0);
    if (kernel_failed(at))
        kernel_die("there is no room at the addresses of ", f->path);
    bias = at - low;
    if (bias && f->head.e_type != ET_DYN)
        kernel_die("the addresses are taken of ", f->path);
    for (unsigned i = 0; i < f->head.e_phnum; i++)
        if (f->headers[i].p_type == PT_LOAD)
            map_segment(f, &f->headers[i], bias);
    return bias;
}

void load_program(const char *path, struct loaded *out)
{
    static struct file program, interpreter;
    static char name[256];
    open_file(&program, path);
    if (program.head.e_type != ET_EXEC && program.head.e_type != ET_DYN)
        kernel_die("not an executable: ", path);
    *out = (struct loaded){
        .bias = map_file(&program), .n_headers = program.head.e_phnum, .header_size = sizeof(program_header)};
    out->start = out->entry = program.head.e_entry + out->bias;
    out->start_bias = out->bias;
    for (unsigned i = 0; i < program.head.e_phnum; i++) {
        const program_header *h = &program.headers[i];
        if (h->p_type == PT_LOAD && program.head.e_phoff >= h->p_offset &&
            program.head.e_phoff < h->p_offset + h->p_filesz)
            out->headers = h->p_vaddr + (program.head.e_phoff - h->p_offset) + out->bias;
        if (h->p_type == PT_INTERP) {
            if (h->p_filesz > sizeof name || !kernel_read(program.fd, name, h->p_filesz, h->p_offset))
                kernel_die("can't read the interpreter's name of ", path);
            open_file(&interpreter, name);
            out->start_bias = out->interpreter = map_file(&interpreter);
            out->start = interpreter.head.e_entry + out->interpreter;
            CALL(SYS_close, interpreter.fd, 0, 0, 0, 0, 0);
        }
    }
    CALL(SYS_close, program.fd, 0, 0, 0, 0, 0);
}

static void set_auxv(ElfW(auxv_t) * v, const struct loaded *program, uintptr_t name)
{
    for (; v->a_type != AT_NULL; v++) {
        uintptr_t value = v->a_un.a_val;
        switch (v->a_type) {
        case AT_PHDR:
            value = program->headers;
            break;
        case AT_PHNUM:
            value = program->n_headers;
            break;
        case AT_PHENT:
            value = program->header_size;
            break;
        case AT_ENTRY:
            value = program->entry;
            break;
        case AT_BASE:
            value = program->interpreter;
            break;
        case AT_EXECFN:
            value = name;
            break;
        }
        v->a_un.a_val = value;
    }
}

uintptr_t load_stack(uintptr_t *sp, unsigned skip, const struct loaded *program)
{
    uintptr_t *p = sp + 1 + *sp + 1; /* the environment */
    while (*p)
        p++;
    set_auxv((ElfW(auxv_t) *)(p + 1), program, sp[1 + skip]);
    ElfW(auxv_t) *v = (ElfW(auxv_t) *)(p + 1);
    while (v->a_type != AT_NULL)
        v++;
    uintptr_t *end = (uintptr_t *)(v + 1);
    /* Everything behind the arguments left out stays; those in front of it move up, so that the stack pointer
     * stays a multiple of 16 whatever `skip` is. */
    uintptr_t *from = sp + 1 + skip, words = (uintptr_t)(end - from), count = *sp - skip;
    uintptr_t *to = (uintptr_t *)(((uintptr_t)from - sizeof *from) & ~(uintptr_t)15) + 1;
    memmove(to, from, words * sizeof *from);
    to[-1] = count;
    return (uintptr_t)(to - 1);
}
