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
#include "usage.h"

enum { N_RANDOM = 120, N_CROSS = 40 };

struct job {
    const struct asm_arch *arch;
    uint64_t seed, last_seed; /* the same, unless `tagged` */
    bool tagged;              /* the seeds stand in the names of what is drawn */
    const char *random, *cross, *go, *go_listing, *go_source, *listing, *stub, *number, *disasm, *rewrite,
        *seeds, *list, *parts, *out;
    struct {
        const char *file, *why;
    } left_out[8];
    int n_left_out, count; /* 0: each kind's own */
    bool expand, coverage, predicates;
};

static int complain(const struct error *e)
{
    fprintf(stderr, "%s\n", e->text);
    return 2;
}

/* "A..B" */
static bool seeds_argument(struct job *j)
{
    unsigned long long first, last;
    char rest;
    if (!j->seeds) {
        j->last_seed = j->seed;
        return true;
    }
    if (sscanf(j->seeds, "%llu..%llu%c", &first, &last, &rest) != 2 || first > last) {
        fprintf(stderr, "everypc-asm: --seeds takes FIRST..LAST, such as 1..100\n");
        return false;
    }
    j->seed = first;
    j->last_seed = last;
    return j->tagged = true;
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

/* Options that take a text, but the target's. */
static bool take_text(struct job *j, int option)
{
    if (option == 'L')
        return left_out_argument(j, optarg);
    const struct {
        int option;
        const char **text;
    } rows[] = {
        {'r', &j->random},  {'x', &j->cross}, {'g', &j->go},   {'l', &j->go_listing}, {'G', &j->go_source},
        {'i', &j->listing}, {'u', &j->stub},  {'o', &j->out},  {'n', &j->number},     {'d', &j->disasm},
        {'w', &j->rewrite}, {'S', &j->seeds}, {'f', &j->list}, {'P', &j->parts},
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
        {"go", 1, 0, 'g'},     {"go-listing", 1, 0, 'l'}, {"listing", 1, 0, 'i'}, {"seeds", 1, 0, 'S'},
        {"cross", 1, 0, 'x'},  {"stub", 1, 0, 'u'},       {"go-source", 1, 0, 'G'},
        {"number", 1, 0, 'n'}, {"disasm", 1, 0, 'd'},     {"rewrite", 1, 0, 'w'}, {"targets", 0, 0, 'T'},
        {"files", 1, 0, 'f'},  {"parts", 1, 0, 'P'},      {"left-out", 1, 0, 'L'},
        {"expand", 0, 0, 'e'}, {"coverage", 0, 0, 'C'}, {"predicate-mutants", 0, 0, 'p'},
        {"help", 0, 0, 'h'},   {0, 0, 0, 0},
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
        case 'C':
            j->expand = j->coverage = true;
            break;
        case 'T':
            for (int k = 0; asm_arches[k]; k++)
                puts(asm_arches[k]->target->name);
            exit(0);
        case 'h':
            fputs(asm_usage, stdout);
            exit(0);
        default:
            if (take_text(j, c))
                break;
            fputs(asm_usage, stderr);
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
    return seeds_argument(j);
}

typedef bool drawer(const struct asm_arch *arch, const char *path, uint64_t seed, const char *tag, int count,
                    program_sink *sink, void *context, struct error *e);

/* What a template makes of each seed; without a template, nothing. */
static bool draw(const struct job *j, drawer *one, const char *path, int count, program_sink *sink,
                 void *context, struct error *e)
{
    bool ok = true;
    char tag[24] = "";
    for (uint64_t seed = j->seed; ok && path && seed <= j->last_seed; seed++) {
        if (j->tagged)
            snprintf(tag, sizeof tag, "s%llu", (unsigned long long)seed);
        ok = one(j->arch, path, seed, tag, j->count ? j->count : count, sink, context, e);
        if (seed == UINT64_MAX)
            break;
    }
    return ok;
}

/* The files of the arguments, then those of the list. */
struct files {
    char **name;
    int n;
    char *text; /* the list's; owned */
};

static bool files_read(const struct job *j, char **arguments, int n_arguments, struct files *f,
                       struct error *e)
{
    int lines = 0;
    char *text = j->list ? read_file(j->list, e) : NULL;
    if (j->list && !text)
        return false;
    for (const char *c = text; c && *c; c++)
        lines += *c == '\n';
    *f = (struct files){calloc((size_t)(n_arguments + lines + 1), sizeof *f->name), n_arguments, text};
    if (!f->name)
        return error_set(e, j->list ? j->list : "", 0, "out of memory");
    for (int k = 0; k < n_arguments; k++)
        f->name[k] = arguments[k];
    for (char *line = text ? strtok(text, "\n") : NULL; line; line = strtok(NULL, "\n"))
        f->name[f->n++] = line;
    return true;
}

static void files_free(struct files *f)
{
    free(f->name);
    free(f->text);
}

/* The hand-written files when `objects`, else the others. */
static bool read_files(const struct job *j, const struct files *f, bool objects, program_sink *sink,
                       void *context, struct error *e)
{
    for (int k = 0; k < f->n; k++) {
        char *equals = strstr(f->name[k], ".S=");
        if (!equals != !objects)
            continue;
        if (!objects && !read_progs_file(j->arch, f->name[k], sink, context, e))
            return false;
        if (objects) {
            equals[2] = 0;
            if (!read_object(j->arch, equals + 3, f->name[k], sink, context, e))
                return false;
        }
    }
    return true;
}

static bool skip_left_out(const struct job *j, struct emitter *m)
{
    for (int k = 0; k < j->n_left_out; k++)
        emit_skip(m, j->left_out[k].file, j->left_out[k].why);
    return true;
}

static bool assemble_all(const struct job *j, const struct files *f, struct emitter *m, struct error *e)
{
    return read_files(j, f, false, emit_program, m, e) &&
           (!j->random || emit_idle_case(m, e)) && /* the tree's own cases, not the user's */
           draw(j, read_random, j->random, N_RANDOM, emit_program, m, e) &&
           draw(j, read_cross, j->cross, N_CROSS, emit_program, m, e) &&
           (!j->go || read_go_rows(j->arch, j->go, emit_program, emit_skip, m, e)) &&
           read_files(j, f, true, emit_program, m, e) && skip_left_out(j, m) && emit_end(m, e);
}

static bool expand_all(const struct job *j, const struct files *f, FILE *out, struct error *e)
{
    program_sink *write = j->coverage ? listing_coverage : listing_expand;
    if (j->coverage)
        listing_coverage_begin(out, j->arch);
    return read_files(j, f, false, write, out, e) &&
           draw(j, read_random, j->random, N_RANDOM, write, out, e) &&
           draw(j, read_cross, j->cross, N_CROSS, write, out, e);
}

static int assemble(const struct job *j, FILE *out, const struct files *f)
{
    struct emitter m;
    struct parts parts;
    struct error e;
    if (j->expand)
        return expand_all(j, f, out, &e) ? 0 : complain(&e);
    if (!j->parts)
        emit_begin(&m, out, j->arch);
    else if (!parts_begin(&parts, j->parts, &e) || !emit_begin_parts(&m, &parts, j->arch, &e))
        return complain(&e);
    if (j->predicates)
        emit_with_alternatives(&m);
    return assemble_all(j, f, &m, &e) && (!j->parts || parts_end(&parts, &e)) ? 0 : complain(&e);
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

static int write_go_source(const struct job *j, const struct files *f)
{
    struct error e, closing;
    struct go_source s;
    bool ok = go_source_begin(&s, j->go_source, &e);
    ok = ok && read_files(j, f, false, go_source_program, &s, &e) &&
         draw(j, read_random, j->random, N_RANDOM, go_source_program, &s, &e);
    if (!go_source_end(&s, j->go_source, ok ? &e : &closing))
        ok = false;
    return ok ? 0 : complain(&e);
}

static int rewrite(const struct job *j, FILE *out, const struct files *f)
{
    struct error e;
    struct rewrite r = {.out = out, .name = j->rewrite};
    if (!read_files(j, f, false, rewrite_program, &r, &e) ||
        (!r.found && !draw(j, read_random, j->random, N_RANDOM, rewrite_program, &r, &e)) ||
        (!r.found && !draw(j, read_cross, j->cross, N_CROSS, rewrite_program, &r, &e)))
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

static int run(const struct job *j, const struct files *f)
{
    if (j->go_source)
        return write_go_source(j, f);
    FILE *out = j->out ? fopen(j->out, "w") : stdout;
    if (!out) {
        fprintf(stderr, "%s: can't be written\n", j->out);
        return 2;
    }
    int status = j->stub         ? list_stub(j, out)
                 : j->number     ? number(j, out)
                 : j->disasm     ? disassemble(j, out)
                 : j->rewrite    ? rewrite(j, out, f)
                 : j->go_listing ? list(j, out)
                                 : assemble(j, out, f);
    if (fclose(out) != 0 && status == 0) {
        fprintf(stderr, "%s: can't be written\n", j->out ? j->out : "standard output");
        status = 2;
    }
    if (status && j->out)
        remove_output(j->out);
    return status;
}

int main(int argc, char **argv)
{
    struct job j;
    struct files f;
    struct error e;
    if (!parse(&j, argc, argv))
        return 2;
    if (!files_read(&j, argv + optind, argc - optind, &f, &e))
        return complain(&e);
    int status = run(&j, &f);
    files_free(&f);
    return status;
}
