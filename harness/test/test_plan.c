/* Tests of the plan for programs under fire, on small Go binaries that have of the runtime what a request for
 * a preemption is found in: for one target in the host's byte order, and for one in the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <elf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "go_image.h"
#include "live/plan/plan.h"

/* clang-format off */
enum { ASYNC_PREEMPT, ASYNC_PREEMPT2, GC, ONE, ALL, F, G, N_FUNCS };
static const char *const names[N_FUNCS] = {"runtime.asyncPreempt", "runtime.asyncPreempt2",
    "runtime.GC", "runtime.preemptone", "runtime.preemptall", "main.f", "main.g"};
/* clang-format on */
enum { SIZE = 64, ALLP = 0x700000, PREEMPT = 0x2300 };

struct machine {
    uint16_t elf;
    bool wide, big_endian;
    uint8_t quantum, insn; /* insn: bytes of f's first instruction */
    uint8_t behind;        /* in asyncPreempt: behind its call */
    uint8_t code[N_FUNCS][SIZE];
};

/* asyncPreempt calls asyncPreempt2, SIZE bytes higher; preemptone stores a byte, or one on the stack, one
 * of G's and one of P's; preemptall loads two words, or both at once;
 * f has three instructions, not counting a delay slot. */
static const struct machine amd64 = {
    .elf = EM_X86_64,
    .wide = true,
    .quantum = 1,
    .insn = 1,
    .behind = 5,
    .code = {[ASYNC_PREEMPT] = {0xe8, SIZE - 5, 0, 0, 0, 0xc3},
             [ONE] = {0xc6, 0x80, 0, 0x23, 0, 0, 1, 0xc3},
             [ALL] = {0x48, 0x8b, 0x04, 0x25, 0, 0, 0x70, 0, 0x48, 0x8b, 0x0c, 0x25, 8, 0, 0x70, 0, 0xc3},
             [F] = {0x90, 0x90, 0xc3},
             [G] = {0xc3}}};
static const struct machine amd64_pair = {
    .elf = EM_X86_64,
    .wide = true,
    .quantum = 1,
    .insn = 1,
    .behind = 5,
    .code = {[ASYNC_PREEMPT] = {0xe8, SIZE - 5, 0, 0, 0, 0xc3},
             [ONE] = {0xc6, 0x44, 0x24, 8, 1, 0xc6, 0x40, 0x65, 1, 0xc6, 0x80, 0, 0x23, 0, 0, 1, 0xc3},
             [ALL] = {0x0f, 0x10, 0x04, 0x25, 0, 0, 0x70, 0, 0xc3},
             [F] = {0x90, 0x90, 0xc3},
             [G] = {0xc3}}};
static const struct machine mips = {
    .elf = EM_MIPS,
    .big_endian = true,
    .quantum = 4,
    .insn = 4,
    .behind = 8,
    .code = {[ASYNC_PREEMPT] = {0x04, 0x11, 0, SIZE / 4 - 1, 0, 0, 0, 0, 0x03, 0xe0, 0, 8},
             [ONE] = {0xa0, 0x80, 0x23, 0, 0x03, 0xe0, 0, 8},
             [ALL] = {0x3c, 0x02, 0, 0x70, 0x8c, 0x43, 0, 0, 0x8c, 0x44, 0, 4, 0x03, 0xe0, 0, 8},
             [F] = {0, 0, 0, 0, 0, 0, 0, 0, 0x03, 0xe0, 0, 8},
             [G] = {0x03, 0xe0, 0, 8}}};

/* The binary that open_binary wrote last. */
static uint8_t *image;

static struct gobin *open_binary(const struct machine *m, int without, bool stripped)
{
    struct go_func funcs[N_FUNCS];
    struct error e = {""};
    size_t n = 0;
    for (int i = 0; i < N_FUNCS; i++)
        if (i != without)
            funcs[n++] = (struct go_func){.name = names[i], .size = SIZE, .code = m->code[i]};
    /* How a stripped binary's tables are found. */
    static const uint8_t inlines[] = {2, SIZE / 4, 0};
    funcs[n - 1].inl_index = (struct go_table){inlines, sizeof inlines};
    funcs[n - 1].inlined[0] = "sort.Swap";
    struct go_image img = go_image_write(&(struct go_options){.layout = GO_1_18,
                                                              .machine = m->elf,
                                                              .wide = m->wide,
                                                              .big_endian = m->big_endian,
                                                              .quantum = m->quantum,
                                                              .no_symbols = stripped,
                                                              .no_sections = stripped,
                                                              .version = "go1.19.8",
                                                              .variable = "SIGNONE: no trap"},
                                         funcs, n);
    struct gobin *bin = gobin_open_memory("image", img.bytes, img.n, &e);
    if (!bin)
        print_error("%s\n", e.text);
    assert_non_null(bin);
    image = img.bytes;
    return bin;
}

static void close_binary(struct gobin *bin)
{
    gobin_close(bin);
    free(image);
}

static bool make(const struct gobin *bin, const char *glob, const char *at, struct plan *p, struct error *e)
{
    const char *globs[] = {glob, NULL};
    const char *places[] = {at, NULL};
    return plan_make(bin, &(struct plan_options){.functions = globs, .at = at ? places : NULL}, p, e);
}

static uint64_t entry(const struct gobin *bin, int which)
{
    struct gobin_func f;
    gobin_func(bin, (size_t)which, &f);
    assert_string_equal(f.name, names[which]);
    return f.entry;
}

/* Its PCs of a role, which are one behind the other. */
static size_t count(const struct plan *p, uint8_t role, uint64_t *first)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->pcs[i].role & role && n++ == 0)
            *first = p->pcs[i].pc;
    return n;
}

static void check_plan(const struct machine *m, bool stripped)
{
    struct gobin *bin = open_binary(m, N_FUNCS, stripped);
    struct plan p;
    struct error e = {""};
    uint64_t at, string;
    if (!make(bin, "main.f", NULL, &p, &e))
        fail_msg("%s", e.text);
    assert_int_equal(count(&p, ROLE_FIRE, &at), 3);
    assert_int_equal(at, entry(bin, F));
    assert_int_equal(count(&p, ROLE_CALL, &at), 1);
    assert_int_equal(at, entry(bin, ASYNC_PREEMPT) + m->behind);
    assert_int_equal(p.n_functions, 2);
    for (size_t i = 0; i < p.n; i++) {
        assert_true(i == 0 || p.pcs[i - 1].pc < p.pcs[i].pc);
        assert_int_equal(p.pcs[i].resume, p.pcs[i].role & ROLE_FIRE ? p.pcs[i].pc : 0);
    }
    assert_true(gobin_find_string(bin, "SIGNONE: no trap", &string));
    assert_int_equal(p.head.sigtable, string - (m->wide ? 8 : 4));
    assert_int_equal(p.head.allp, ALLP);
    assert_int_equal(p.head.p_preempt, PREEMPT);
    assert_int_equal(p.head.g_preempt, m == &amd64_pair ? 0x65 : 0);
    assert_int_equal(p.head.async_preempt, entry(bin, ASYNC_PREEMPT));
    assert_int_equal(p.head.gc, entry(bin, GC));
    plan_free(&p);
    close_binary(bin);
}

static void test_the_plan(void **state)
{
    (void)state;
    check_plan(&amd64, false);
    check_plan(&amd64_pair, false);
    check_plan(&mips, false);
}

static void test_a_stripped_binary_will_do(void **state)
{
    (void)state;
    check_plan(&amd64, true);
    check_plan(&mips, true);
}

static void test_one_pc(void **state)
{
    (void)state;
    char text[32];
    const struct machine *both[] = {&amd64, &mips};
    for (size_t k = 0; k < 2; k++) {
        struct gobin *bin = open_binary(both[k], N_FUNCS, false);
        struct plan p;
        struct error e = {""};
        uint64_t at;
        snprintf(text, sizeof text, "main.f+%#x", both[k]->insn);
        assert_true(make(bin, NULL, text, &p, &e));
        assert_int_equal(count(&p, ROLE_FIRE, &at), 1);
        assert_int_equal(at, entry(bin, F) + both[k]->insn);
        plan_free(&p);
        close_binary(bin);
    }
}

static void refused(int without, const char *glob, const char *at, const char *why)
{
    struct gobin *bin = open_binary(&mips, without, false);
    struct plan p;
    struct error e = {""};
    assert_false(make(bin, glob, at, &p, &e));
    if (!strstr(e.text, why))
        fail_msg("\"%s\" does not say \"%s\"", e.text, why);
    close_binary(bin);
}

static void test_what_can_not_be_planned(void **state)
{
    (void)state;
    refused(N_FUNCS, "other.*", NULL, "it has no function that was asked for");
    refused(N_FUNCS, NULL, "main.f", "not FUNCTION+0xOFFSET");
    refused(N_FUNCS, NULL, "main.f+0x100", "no such function, or it is shorter");
    refused(N_FUNCS, NULL, "main.h+0x0", "no such function, or it is shorter");
    refused(N_FUNCS, NULL, "main.f+0x2", "no instruction begins at the PC of --at");
    refused(ASYNC_PREEMPT, "main.*", NULL, "before Go 1.14");
    refused(ONE, "main.*", NULL, "it has no function runtime.preemptone");
    refused(ALL, "main.*", NULL, "it has no function runtime.preemptall");
}

static uint64_t word(const uint8_t *bytes, bool big_endian)
{
    uint64_t v = 0;
    for (int i = 0; i < 8; i++)
        v = v << 8 | bytes[big_endian ? i : 7 - i];
    return v;
}

static void check_file(const struct machine *m)
{
    struct gobin *bin = open_binary(m, N_FUNCS, false);
    static uint8_t bytes[1 << 16];
    char path[] = "/tmp/test_plan.XXXXXX";
    struct plan p;
    struct error e = {""};
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_true(make(bin, "main.*", NULL, &p, &e));
    assert_true(plan_write(bin, &p, path, &e));
    ssize_t n = read(fd, bytes, sizeof bytes);
    close(fd);
    unlink(path);
    assert_int_equal(n, sizeof p.head + p.n * sizeof *p.pcs + p.head.n_functions * sizeof *p.all +
                            p.head.n_table_bytes);
    assert_int_equal(word(bytes, m->big_endian), SHOTS_MAGIC);
    assert_int_equal(word(bytes + offsetof(struct shots_head, n_pcs), m->big_endian), p.n);
    assert_int_equal(word(bytes + offsetof(struct shots_head, allp), m->big_endian), ALLP);
    for (size_t i = 0; i < p.n; i++) {
        const uint8_t *pc = bytes + sizeof p.head + i * sizeof *p.pcs;
        assert_int_equal(word(pc + offsetof(struct shots_pc, pc), m->big_endian), p.pcs[i].pc);
        assert_int_equal(word(pc + offsetof(struct shots_pc, resume), m->big_endian), p.pcs[i].resume);
        assert_int_equal(pc[offsetof(struct shots_pc, role)], p.pcs[i].role);
    }
    plan_free(&p);
    close_binary(bin);
}

static void test_the_file_is_in_the_targets_byte_order(void **state)
{
    (void)state;
    check_file(&amd64);
    check_file(&mips);
}

static void test_where_the_scratch_register_is_needed(void **state)
{
    (void)state;
    static const uint8_t by_way_of_r23[] = {0x3c, 0x17, 0, 1, 0, 0x57, 0x10, 0x21, 0x03, 0xe0, 0, 8};
    struct machine m = mips;
    memcpy(m.code[F], by_way_of_r23, sizeof by_way_of_r23);
    struct gobin *bin = open_binary(&m, N_FUNCS, false);
    struct plan p;
    struct error e = {""};
    uint64_t at;
    assert_true(make(bin, "main.*", NULL, &p, &e));
    assert_int_equal(count(&p, ROLE_SCRATCH, &at), 1);
    assert_int_equal(at, entry(bin, F) + 4);
    plan_free(&p);
    close_binary(bin);
}

static void test_a_file_that_can_not_be_written(void **state)
{
    (void)state;
    struct gobin *bin = open_binary(&mips, N_FUNCS, false);
    struct plan p;
    struct error e = {""};
    assert_true(make(bin, "main.*", NULL, &p, &e));
    assert_false(plan_write(bin, &p, "/dev/null/plan", &e));
    assert_non_null(strstr(e.text, "can't be written"));
    plan_free(&p);
    close_binary(bin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_plan),
        cmocka_unit_test(test_a_stripped_binary_will_do),
        cmocka_unit_test(test_one_pc),
        cmocka_unit_test(test_what_can_not_be_planned),
        cmocka_unit_test(test_the_file_is_in_the_targets_byte_order),
        cmocka_unit_test(test_where_the_scratch_register_is_needed),
        cmocka_unit_test(test_a_file_that_can_not_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
