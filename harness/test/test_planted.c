/* Faults planted into Go binaries, a whole one each: everypc-go's checks find it, in the right function and
 * at its PCs, and nothing else; in the sound binary they find nothing. Code and tables are in
 * arch/<arch>/test/planted/, for every target. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <elf.h>
#include <glob.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "go/commands/check_run.h"
#include "go_image.h"
#include "planted.h"

struct fixture {
    const struct target *target;
    struct planted planted;
    struct lost lost;
};

/* ---- what the injected call loses ---- */

/* "x27 v0.1" as a file of everypc-go's --lost, and read from it. */
static struct lost read_lost(const char *target, const char *words)
{
    char copy[PLANTED_TEXT], path[] = "/tmp/everypc-lost-XXXXXX", *save;
    json_t *list = json_array(), *root = json_pack("{s:s,s:o}", "target", target, "lost", list);
    struct lost lost;
    struct error e;
    snprintf(copy, sizeof copy, "%s", words);
    for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
        char *part = strchr(word, '.');
        if (part)
            *part++ = 0;
        json_t *one = json_pack("{s:s}", "reg", word);
        if (part)
            json_object_set_new(one, "parts", json_pack("[i]", atoi(part)));
        json_array_append_new(list, one);
    }
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(json_dumpfd(root, fd, 0), 0);
    close(fd);
    json_decref(root);
    struct decoder *d = decoder_open(target, &e);
    assert_non_null(d);
    bool good = lost_read(path, decoder_arch(d), &lost, &e);
    decoder_close(d);
    unlink(path);
    if (!good)
        fail_msg("%s", e.text);
    return lost;
}

/* ---- a binary, and what is found in it ---- */

struct found {
    char text[1000];   /* as in the listings: "sp@8-c sp, restart@c" */
    const char *where; /* the function that it is expected in; others are named */
};

static void add_finding(struct found *found, const char *line)
{
    json_error_t error;
    json_t *root = json_loads(line, 0, &error), *f = json_object_get(root, "finding"),
           *pcs = json_object_get(f, "pcs");
    const char *reg = json_string_value(json_object_get(f, "register"));
    size_t at = strlen(found->text), n = json_array_size(pcs);
    assert_non_null(f);
    assert_true(n > 0);
    json_int_t from = json_integer_value(json_object_get(f, "offset"));
    json_int_t last =
        from + json_integer_value(json_array_get(pcs, n - 1)) - json_integer_value(json_object_get(f, "pc"));
    const char *function = json_string_value(json_object_get(f, "function"));
    bool elsewhere = strcmp(function, found->where) != 0;
    at += (size_t)snprintf(found->text + at, sizeof found->text - at, "%s%s%s%s@%x", at ? ", " : "",
                           elsewhere ? function : "", elsewhere ? ": " : "",
                           json_string_value(json_object_get(f, "check")), (unsigned)from);
    if (last != from)
        at += (size_t)snprintf(found->text + at, sizeof found->text - at, "-%x", (unsigned)last);
    if (reg)
        snprintf(found->text + at, sizeof found->text - at, " %s", reg);
    json_decref(root);
}

static void take(void *context, const char *lines, size_t done, size_t of)
{
    assert_true(done <= of);
    while (lines && *lines) {
        size_t n = strcspn(lines, "\n");
        char *line = strndup(lines, n);
        add_finding(context, line);
        free(line);
        lines += n + (lines[n] == '\n');
    }
}

/* What the binary is like. */
struct shape {
    enum go_layout layout;
    enum go_format format;
};

/* Writes all functions, one of them with its fault, and checks that binary. */
static struct check_summary check(const struct fixture *x, const struct planted_fault *fault,
                                  struct shape shape, const char *package, struct found *found)
{
    static struct planted_bytes bytes[PLANTED_FUNCS];
    static char names[PLANTED_FUNCS][64];
    struct go_func funcs[PLANTED_FUNCS] = {{0}};
    struct go_options o = {
        .machine = (uint16_t)x->target->elf_machine,
        .wide = x->target->word == 8,
        .big_endian = x->target->big_endian,
        .quantum = (uint8_t)x->target->case_quantum,
    };
    struct check_options options = {.checks = (1u << N_CHECKS) - 1, .jobs = 1};
    struct check_summary s;
    struct error e;
    o.layout = shape.layout;
    o.format = shape.format;
    o.version = shape.layout == GO_1_18 ? "go1.19.8" : "go1.21.13";
    for (int i = 0; i < x->planted.n_funcs; i++) {
        struct planted_bytes *b = &bytes[i];
        planted_encode(fault && fault->func == i ? &fault->code : &x->planted.func[i].code, o.quantum, b);
        snprintf(names[i], sizeof names[i], "%s.%s", package, x->planted.func[i].name);
        funcs[i] = (struct go_func){.name = names[i],
                                    .size = b->n_code,
                                    .code = b->code,
                                    .pcsp = {b->deltas, b->n_deltas},
                                    .unsafe_point = {b->points, b->n_points}};
    }
    *found = (struct found){.where = fault ? names[fault->func] : ""};
    struct go_image image = go_image_write(&o, funcs, (size_t)x->planted.n_funcs);
    struct gobin *bin = gobin_open_memory("planted", image.bytes, image.n, &e);
    if (!bin || !check_run(bin, &x->lost, &options, take, found, &s, &e))
        fail_msg("%s", e.text);
    assert_string_equal(gobin_target(bin), x->target->name);
    assert_int_equal(s.functions, x->planted.n_funcs);
    assert_int_equal(s.damaged + s.no_code, 0);
    if (s.n_unknown)
        fail_msg("unknown instruction %s at 0x%llx", s.unknown[0].mnemonic,
                 (unsigned long long)s.unknown[0].pc);
    gobin_close(bin);
    free(image.bytes);
    return s;
}

/* ---- the tests ---- */

static void setup(struct fixture *x, const struct target *target)
{
    char error[300] = "no listing in arch/<arch>/test/planted is for it";
    bool good = false;
    glob_t files;
    x->target = target;
    assert_int_equal(glob(EVERYPC_SOURCE_DIR "/arch/*/test/planted/*.txt", 0, NULL, &files), 0);
    assert_int_equal(glob(EVERYPC_SOURCE_DIR "/arch/*/*/test/planted/*.txt", GLOB_APPEND, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++)
        if (planted_is_for(files.gl_pathv[i], target->name)) {
            good = planted_read(files.gl_pathv[i], target->case_quantum, target->big_endian, &x->planted,
                                error, sizeof error);
            break;
        }
    globfree(&files);
    if (!good)
        fail_msg("%s: %s", target->name, error);
    x->lost = read_lost(target->name, x->planted.lost);
}

static bool is_found(const struct fixture *x, const struct planted_fault *f, const char *found,
                     const char *expected)
{
    if (strcmp(found, expected) == 0)
        return true;
    print_error("%s, %s: found \"%s\", expected \"%s\"\n", f ? x->planted.func[f->func].name : "sound",
                f ? f->what : "no fault", found, expected);
    return false;
}

/* Finds the fault; where the runtime's filter refuses the function it is found as well, and only counted. */
static int try_fault(const struct fixture *x, const struct planted_fault *f, struct shape shape)
{
    struct found found;
    uint64_t n = 0, n_fragile = 0;
    struct check_summary s = check(x, f, shape, "main", &found);
    bool good = is_found(x, f, found.text, f->finds);
    struct check_summary fragile = check(x, f, shape, "runtime", &found);
    good &= is_found(x, f, found.text, "");
    for (int c = 0; c < N_CHECKS; c++) {
        n += s.violations[c];
        n_fragile += fragile.fragile[c];
        assert_int_equal(s.fragile[c] + fragile.violations[c], 0);
    }
    assert_int_equal(n, n_fragile);
    return !good;
}

static const struct shape shapes[] = {
    {GO_1_18, GO_ELF}, {GO_1_20, GO_ELF}, {GO_1_20, GO_PE}, {GO_1_20, GO_MACHO}};

/* Whether there is such a file of the target. */
static bool has(const struct target *t, enum go_format format)
{
    return format == GO_ELF || (format == GO_PE ? t->pe_machine : t->macho_cpu) != 0;
}

static void test_target(void **state)
{
    static struct fixture x;
    struct found found;
    int wrong = 0;
    setup(&x, *state);
    for (size_t k = 0; k < sizeof shapes / sizeof *shapes; k++) {
        if (!has(x.target, shapes[k].format))
            continue;
        check(&x, NULL, shapes[k], "main", &found);
        wrong += !is_found(&x, NULL, found.text, "");
        for (int i = 0; i < x.planted.n_faults; i++)
            wrong += try_fault(&x, &x.planted.fault[i], shapes[k]);
    }
    assert_int_equal(wrong, 0);
    print_message("%s: %d sound functions, %d faults\n", x.target->name, x.planted.n_funcs,
                  x.planted.n_faults);
}

#define TARGET(name) &target_##name,
static const struct target *const targets[] = {READABLE_TARGETS};
#undef TARGET
enum { N_TARGETS = sizeof targets / sizeof *targets };

int main(void)
{
    struct CMUnitTest tests[N_TARGETS];
    for (int i = 0; i < N_TARGETS; i++)
        tests[i] = (struct CMUnitTest){targets[i]->name, test_target, NULL, NULL, (void *)targets[i]};
    return cmocka_run_group_tests_name("faults planted into Go binaries", tests, NULL, NULL);
}
