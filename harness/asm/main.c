/* everypc-asm: cases in, GNU assembler text with tables out. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "disasm.h"
#include "emit.h"
#include "idle_case.h"
#include "listing.h"
#include "number.h"
#include "read.h"
#include "rewrite.h"
#include "stub.h"

static const char usage[] =
    "usage: everypc-asm --target T [--seed N] [--random FILE] [--cross FILE] [--count N] [--go TSV]\n"
    "                   [--object FILE.S=FILE.o ...] [--left-out FILE=WHY ...] [-o OUT.S] [FILE.progs ...]\n"
    "       everypc-asm --target T --go-listing TSV --listing OUT.tsv -o OUT.S\n"
    "       everypc-asm --target T --expand [FILE.progs ...]\n"
    "       everypc-asm --target T --go-source BASE [--seed N] [--random FILE] [FILE.progs ...]\n"
    "       everypc-asm --target T --stub preempt.o -o OUT.S\n"
    "       everypc-asm --target T --number FILE.i -o OUT.s\n"
    "       everypc-asm --target T --disasm ADDRESS:BYTES,...\n"
    "       everypc-asm --target T --rewrite NAME [--seed N] [--random FILE] [--cross FILE] [FILE.progs "
    "...]\n"
    "\n"
    "Assembles Progs in Go's syntax: looks them up, expands them, marks unsafe and restartable ones, encodes "
    "the\n"
    "tables, and writes all of it as GNU assembler text.\n"
    "\n"
    "  --target T        one of the targets (--targets lists them)\n"
    "  --seed N          seed of random and abstract programs (default 1)\n"
    "  --random FILE     templates of random programs\n"
    "  --cross FILE      lines that lower the abstract programs, which mean the same on every target\n"
    "  --count N         how many random programs, and how many abstract ones (default 120 and 40)\n"
    "  --go TSV          machine code with Go's own marks\n"
    "  --object S=O      cases of the hand-written file S, assembled to the object O with the macros of "
    "cases.inc\n"
    "  --left-out F=WHY  say in the events that the cases of a file are left out, and why\n"
    "  --go-listing TSV  assemble the TSV's Progs ourselves, to be compared with its bytes\n"
    "  --listing OUT     where each Prog of the listing begins and ends, and its mark\n"
    "  --go-source BASE  write the cases for Go's assembler, BASE.s, and ours beside it, to be compared\n"
    "  --stub OBJECT     list the instructions of the injected call, for its mutants\n"
    "  --number FILE     number the lines of a preprocessed .S file, for the macros of cases.inc\n"
    "  --disasm LIST     print machine code, given in hex, as capstone reads it: a line for each piece\n"
    "  --rewrite NAME    print the case of that name as a .progs file with nothing left to choose or draw\n"
    "  --predicate-mutants  add what each case's table would be if the marking predicates overlooked "
    "something\n"
    "  --expand          print the Progs of the cases, with their marks and instructions\n"
    "  -o OUT            the output (default: standard output)\n";

enum { N_RANDOM = 120, N_CROSS = 40 };

struct job {
    const struct asm_arch *arch;
    uint64_t seed;
    const char *random, *cross, *go, *go_listing, *go_source, *listing, *stub, *number, *disasm, *rewrite,
        *out;
    struct {
        const char *source, *path;
    } objects[64];
    struct {
        const char *file, *why;
    } left_out[8];
    int n_objects, n_left_out, count; /* 0: each kind's own */
    bool expand, predicates;
};

static int complain(const struct error *e)
{
    fprintf(stderr, "%s\n", e->text);
    return 2;
}

/* "source=object" */
static bool object_argument(struct job *j, char *text)
{
    char *equals = strchr(text, '=');
    if (!equals || j->n_objects == (int)(sizeof j->objects / sizeof *j->objects)) {
        fprintf(stderr, "everypc-asm: --object takes SOURCE=OBJECT, at most 64 times\n");
        return false;
    }
    *equals = 0;
    j->objects[j->n_objects].source = text;
    j->objects[j->n_objects++].path = equals + 1;
    return true;
}

/* "file=why" */
static bool left_out_argument(struct job *j, char *text)
{
    char *equals = strchr(text, '=');
    if (!equals || j->n_left_out == (int)(sizeof j->left_out / sizeof *j->left_out)) {
        fprintf(stderr, "everypc-asm: --left-out takes FILE=WHY, at most 8 times\n");
        return false;
    }
    *equals = 0;
    j->left_out[j->n_left_out].file = text;
    j->left_out[j->n_left_out++].why = equals + 1;
    return true;
}

/* Options that take a text as it is. */
static bool take_text(struct job *j, int option)
{
    const struct {
        int option;
        const char **text;
    } rows[] = {
        {'r', &j->random},    {'x', &j->cross},   {'g', &j->go},      {'l', &j->go_listing},
        {'G', &j->go_source}, {'i', &j->listing}, {'u', &j->stub},    {'o', &j->out},
        {'n', &j->number},    {'d', &j->disasm},  {'w', &j->rewrite},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (rows[k].option == option) {
            *rows[k].text = optarg;
            return true;
        }
    return false;
}

static bool parse(struct job *j, int argc, char **argv)
{
    /* clang-format off */
    static const struct option options[] = {
        {"target", 1, 0, 't'}, {"seed", 1, 0, 's'},       {"random", 1, 0, 'r'},  {"count", 1, 0, 'c'},
        {"go", 1, 0, 'g'},     {"go-listing", 1, 0, 'l'}, {"listing", 1, 0, 'i'}, {"object", 1, 0, 'b'},
        {"cross", 1, 0, 'x'},  {"stub", 1, 0, 'u'},       {"go-source", 1, 0, 'G'},
        {"number", 1, 0, 'n'}, {"disasm", 1, 0, 'd'},     {"rewrite", 1, 0, 'w'}, {"targets", 0, 0, 'T'},
        {"left-out", 1, 0, 'L'},
        {"expand", 0, 0, 'e'}, {"predicate-mutants", 0, 0, 'p'}, {"help", 0, 0, 'h'}, {0, 0, 0, 0},
    };
    /* clang-format on */
    *j = (struct job){.seed = 1};
    const char *target = NULL;
    for (int c; (c = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
        switch (c) {
        case 't':
            target = optarg;
            break;
        case 's':
            j->seed = strtoull(optarg, NULL, 0);
            break;
        case 'c':
            j->count = atoi(optarg);
            break;
        case 'p':
            j->predicates = true;
            break;
        case 'e':
            j->expand = true;
            break;
        case 'b':
        case 'L':
            if (!(c == 'b' ? object_argument : left_out_argument)(j, optarg))
                return false;
            break;
        case 'T':
            for (int k = 0; asm_arches[k]; k++)
                puts(asm_arches[k]->target->name);
            exit(0);
        case 'h':
            fputs(usage, stdout);
            exit(0);
        default:
            if (take_text(j, c))
                break;
            fputs(usage, stderr);
            return false;
        }
    }
    j->arch = target ? asm_arch_find(target) : NULL;
    if (!j->arch) {
        fprintf(stderr, "everypc-asm: %s %s; the targets are",
                target ? "unknown target" : "--target is missing", target ? target : "");
        for (int k = 0; asm_arches[k]; k++)
            fprintf(stderr, " %s", asm_arches[k]->target->name);
        fputc('\n', stderr);
        return false;
    }
    return true;
}

static int assemble(const struct job *j, FILE *out, char **files, int n_files)
{
    struct emitter m;
    struct error e;
    program_sink *sink = j->expand ? listing_expand : emit_program;
    void *context = j->expand ? (void *)out : &m;
    if (!j->expand)
        emit_begin(&m, out, j->arch);
    if (j->predicates)
        emit_with_alternatives(&m);
    for (int k = 0; k < n_files; k++)
        if (!read_progs_file(j->arch, files[k], sink, context, &e))
            return complain(&e);
    if (j->random && !j->expand &&
        !emit_idle_case(&m, &e)) /* random programs: the tree's own cases, not the user's */
        return complain(&e);
    if (j->random &&
        !read_random(j->arch, j->random, j->seed, j->count ? j->count : N_RANDOM, sink, context, &e))
        return complain(&e);
    if (j->cross && !read_cross(j->arch, j->cross, j->seed, j->count ? j->count : N_CROSS, sink, context, &e))
        return complain(&e);
    if (j->expand)
        return 0;
    if (j->go && !read_go_rows(j->arch, j->go, emit_program, emit_skip, &m, &e))
        return complain(&e);
    for (int k = 0; k < j->n_objects; k++)
        if (!read_object(j->arch, j->objects[k].path, j->objects[k].source, emit_program, &m, &e))
            return complain(&e);
    for (int k = 0; k < j->n_left_out; k++)
        emit_skip(&m, j->left_out[k].file, j->left_out[k].why);
    emit_end(&m);
    return 0;
}

static int list(const struct job *j, FILE *out)
{
    struct error e;
    static struct program p;
    if (!j->listing) {
        fprintf(stderr, "everypc-asm: --go-listing needs --listing\n");
        return 2;
    }
    listing_begin(out);
    if (!read_go_listing(j->arch, j->go_listing, &p, &e) || !listing_code(out, &p, &e) ||
        !listing_table(j->listing, &p, &e))
        return complain(&e);
    return 0;
}

static int write_go_source(const struct job *j, char **files, int n_files)
{
    struct error e, closing;
    struct go_source s;
    bool ok = go_source_begin(&s, j->go_source, &e);
    for (int k = 0; ok && k < n_files; k++)
        ok = read_progs_file(j->arch, files[k], go_source_program, &s, &e);
    if (ok && j->random)
        ok = read_random(j->arch, j->random, j->seed, j->count ? j->count : N_RANDOM, go_source_program, &s,
                         &e);
    if (!go_source_end(&s, j->go_source, ok ? &e : &closing))
        ok = false;
    return ok ? 0 : complain(&e);
}

static int rewrite(const struct job *j, FILE *out, char **files, int n_files)
{
    struct error e;
    struct rewrite r = {.out = out, .name = j->rewrite};
    for (int k = 0; k < n_files; k++)
        if (!read_progs_file(j->arch, files[k], rewrite_program, &r, &e))
            return complain(&e);
    if (j->random && !r.found &&
        !read_random(j->arch, j->random, j->seed, j->count ? j->count : N_RANDOM, rewrite_program, &r, &e))
        return complain(&e);
    if (j->cross && !r.found &&
        !read_cross(j->arch, j->cross, j->seed, j->count ? j->count : N_CROSS, rewrite_program, &r, &e))
        return complain(&e);
    if (r.found && !r.bytes)
        return 0;
    fprintf(stderr, "everypc-asm: %s\n",
            r.bytes ? "that case is machine code, not Progs"
                    : "no such case in these .progs files and templates");
    return 2;
}

static int disassemble(const struct job *j, FILE *out)
{
    struct error e;
    return disasm_list(j->arch, j->disasm, out, &e) ? 0 : complain(&e);
}

static int list_stub(const struct job *j, FILE *out)
{
    struct error e;
    return stub_write(j->arch, j->stub, out, &e) ? 0 : complain(&e);
}

static int number(const struct job *j, FILE *out)
{
    struct error e;
    char *text = read_file(j->number, &e);
    bool ok = text && number_lines(text, j->number, out, &e);
    free(text);
    return ok ? 0 : complain(&e);
}

/* What is half written must not be taken for a result; but /dev/null and its like are not ours to remove. */
static void remove_output(const char *path)
{
    struct stat s;
    if (lstat(path, &s) == 0 && S_ISREG(s.st_mode))
        unlink(path);
}

int main(int argc, char **argv)
{
    struct job j;
    if (!parse(&j, argc, argv))
        return 2;
    if (j.go_source)
        return write_go_source(&j, argv + optind, argc - optind);
    FILE *out = j.out ? fopen(j.out, "w") : stdout;
    if (!out) {
        fprintf(stderr, "%s: can't be written\n", j.out);
        return 2;
    }
    int status = j.stub         ? list_stub(&j, out)
                 : j.number     ? number(&j, out)
                 : j.disasm     ? disassemble(&j, out)
                 : j.rewrite    ? rewrite(&j, out, argv + optind, argc - optind)
                 : j.go_listing ? list(&j, out)
                                : assemble(&j, out, argv + optind, argc - optind);
    if (fclose(out) != 0 && status == 0) {
        fprintf(stderr, "%s: can't be written\n", j.out ? j.out : "standard output");
        status = 2;
    }
    if (status && j.out)
        remove_output(j.out);
    return status;
}
