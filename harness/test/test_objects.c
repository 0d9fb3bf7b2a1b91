/* Objects of Go's compiler and assembler: what the reader gives of functions, tables, inlining and
 * references, and what it does with damaged ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <string.h>

#include "go/binary/gobin.h"
#include "go/commands/check_run.h"
#include "go_object.h"

/* str x30, [sp, #-32]!; bl elsewhere; movz x27, #1; bl panic; and what no path leads to if that never
 * returns: nop; ret. The table says 32 up to there, and then 0. */
static const uint8_t calls[] = {0xfe, 0x0f, 0x1e, 0xf8, 0x00, 0x00, 0x00, 0x94, 0x3b, 0x00, 0x80, 0xd2,
                                0x00, 0x00, 0x00, 0x94, 0x1f, 0x20, 0x03, 0xd5, 0xc0, 0x03, 0x5f, 0xd6};
/* adrp x1, table; ldr x1, [x1, x0, lsl #3]; br x1; ret; ret */
static const uint8_t jumps[] = {0x01, 0x00, 0x00, 0x90, 0x21, 0x78, 0x60, 0xf8, 0x20, 0x00,
                                0x1f, 0xd6, 0xc0, 0x03, 0x5f, 0xd6, 0xc0, 0x03, 0x5f, 0xd6};
static const uint8_t sp[] = {2, 1, 64, 3, 63, 2, 0}, none[] = {2, 5, 0}, points[] = {1, 2, 2, 4, 0};

static const struct object_table table = {.func = 1, .offset = {12, 16}, .n = 2};
static const struct object_func funcs[] = {
    {.name = "m.calls",
     .code = calls,
     .size = sizeof calls,
     .pcsp = sp,
     .pcsp_size = sizeof sp,
     .unsafe_point = points,
     .unsafe_size = sizeof points,
     .inlined = "runtime.inlined",
     .reference = {{.offset = 4, .size = 4, .name = "m/other.f"}, {.offset = 12, .size = 4, .builtin = 9}}},
    {.name = "m.jumps",
     .code = jumps,
     .size = sizeof jumps,
     .pcsp = none,
     .pcsp_size = sizeof none,
     .flags = 4,
     .reference = {{.offset = 0, .size = 4, .to = 2}}},
};
enum { N_FUNCS = sizeof funcs / sizeof *funcs };

static struct object_options options_of(bool archive)
{
    return (struct object_options){.header = "linux arm64 go1.19.8 X:regabi",
                                   .archive = archive,
                                   .word = 8,
                                   .tables = &table,
                                   .n_tables = 1};
}

static struct gobin *opened(const struct go_object *o)
{
    struct error e;
    struct gobin *bin = gobin_open_memory("x.o", o->bytes, o->n, &e);
    if (!bin)
        fail_msg("%s", e.text);
    return bin;
}

static void functions_have_their_tables(void **state)
{
    (void)state;
    for (int form = 0; form < 4; form++) {
        struct go_object o;
        struct object_options options = options_of(form & 1);
        options.newest = form & 2;
        go_object_write(&o, &options, funcs, N_FUNCS);
        struct gobin *bin = opened(&o);
        assert_string_equal(gobin_target(bin), "arm64");
        assert_string_equal(gobin_version(bin), "go1.19.8");
        assert_string_equal(gobin_system(bin), "linux");
        assert_string_equal(gobin_format(bin), "Go object");
        assert_int_equal(gobin_n_funcs(bin), N_FUNCS);
        struct gobin_func f;
        struct pc_run run;
        uint32_t until;
        gobin_func(bin, 0, &f);
        assert_string_equal(f.name, "m.calls");
        assert_string_equal(f.damage, "");
        assert_int_equal(f.end - f.entry, sizeof calls);
        assert_memory_equal(f.code, calls, sizeof calls);
        assert_int_equal(f.filter, FILTER_NONE);
        assert_int_equal(pctab_lookup(&f.sp_delta, 8, &run), PCTAB_OK);
        assert_int_equal(run.value, 32);
        assert_int_equal(pctab_lookup(&f.unsafe_point, 4, &run), PCTAB_OK);
        assert_int_equal(run.value, POINT_UNSAFE);
        assert_int_equal(gobin_filter_at(bin, &f, 0, &until), FILTER_RUNTIME);
        assert_int_equal(until, 4);
        gobin_func(bin, 1, &f);
        assert_int_equal(f.filter, FILTER_ASM);
        gobin_close(bin);
    }
}

static void references_lead_to_names_and_data(void **state)
{
    (void)state;
    struct go_object o;
    struct object_options options = options_of(false);
    struct gobin_func f;
    uint64_t target;
    go_object_write(&o, &options, funcs, N_FUNCS);
    struct gobin *bin = opened(&o);
    gobin_func(bin, 0, &f);
    assert_true(gobin_reference(bin, f.entry + 4, f.entry + 8, &target));
    assert_string_equal(gobin_external(bin, target), "m/other.f");
    assert_true(gobin_reference(bin, f.entry + 12, f.entry + 16, &target));
    assert_string_equal(gobin_external(bin, target), "runtime.gopanic"); /* number 9 in Go 1.19 */
    assert_false(gobin_reference(bin, f.entry + 8, f.entry + 12, &target));
    gobin_func(bin, 1, &f);
    assert_true(gobin_reference(bin, f.entry, f.entry + 4, &target));
    const uint8_t *words = gobin_bytes(bin, target, 16);
    assert_non_null(words);
    for (int i = 0; i < 2; i++) {
        uint64_t place = 0;
        for (int k = 0; k < 8; k++)
            place |= (uint64_t)words[8 * i + k] << 8 * k;
        assert_int_equal(place, f.entry + table.offset[i]);
    }
    gobin_close(bin);
}

static void ignore(void *context, const char *lines, size_t done, size_t of)
{
    (void)context, (void)lines, (void)done, (void)of;
}

static struct check_summary checked(const struct object_func *of)
{
    struct check_options options = {.checks = (1u << N_CHECKS) - 1, .jobs = 1};
    struct object_options form = options_of(false);
    static const struct lost lost;
    struct check_summary s;
    struct go_object o;
    struct error e;
    go_object_write(&o, &form, of, N_FUNCS);
    struct gobin *bin = opened(&o);
    assert_true(check_run(bin, &lost, &options, ignore, NULL, &s, &e));
    summary_free(&s);
    gobin_close(bin);
    return s;
}

/* Control ends where the panic is called, and goes on where the table of jumps leads. */
static void checks_follow_references(void **state)
{
    (void)state;
    struct object_func other[N_FUNCS];
    struct check_summary s = checked(funcs);
    assert_int_equal(s.violations[CHECK_SP], 0);
    assert_int_equal(s.unresolved_jumps, 0);
    memcpy(other, funcs, sizeof other);
    other[0].reference[1].builtin = 1; /* newobject, which returns */
    other[1].reference[0].to = 0;
    s = checked(other);
    assert_int_not_equal(s.violations[CHECK_SP], 0);
    assert_int_equal(s.unresolved_jumps, 1);
}

static void what_is_missing_is_said(void **state)
{
    static const struct {
        const char *header, *error;
    } wrong[] = {{"linux arm64", "its first line names no system, machine and version"},
                 {"js wasm go1.19.8", "object file for wasm, which is not one of the targets"}};
    (void)state;
    struct object_options options = options_of(true);
    struct go_object o;
    struct error e;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        options.header = wrong[i].header;
        go_object_write(&o, &options, funcs, N_FUNCS);
        assert_null(gobin_open_memory("x.o", o.bytes, o.n, &e));
        if (!strstr(e.text, wrong[i].error))
            fail_msg("%s", e.text);
    }
    assert_null(gobin_open_memory("x.a", "!<arch>\n", 8, &e));
    assert_non_null(strstr(e.text, "holds no object of Go's compiler"));
    options = options_of(false);
    go_object_write(&o, &options, funcs, 0);
    assert_null(gobin_open_memory("x.o", o.bytes, o.n, &e));
    assert_non_null(strstr(e.text, "there is no function in it"));
}

/* Opens a copy whose last byte is the block's, so that a sanitizer sees a read beyond it. */
static void try_bytes(const uint8_t *bytes, size_t n)
{
    uint8_t *copy = malloc(n + !n);
    struct error e = {""};
    assert_non_null(copy);
    memcpy(copy, bytes, n);
    struct gobin *bin = gobin_open_memory("x.o", copy, n, &e);
    assert_true(bin || *e.text);
    for (size_t i = 0; bin && i < gobin_n_funcs(bin); i++) {
        struct gobin_func f;
        gobin_func(bin, i, &f);
    }
    gobin_close(bin);
    free(copy);
}

static void damage_is_found_or_harmless(void **state)
{
    (void)state;
    struct object_options options = options_of(true);
    struct go_object o;
    go_object_write(&o, &options, funcs, N_FUNCS);
    for (size_t n = 0; n < o.n; n += 1 + (n > o.at + 200) * 3)
        try_bytes(o.bytes, n);
    for (size_t at = 0; at < o.n; at++)
        for (int k = 0; k < 2; k++) {
            uint8_t was = o.bytes[at];
            o.bytes[at] = k ? 0xff : (uint8_t)(was + 1);
            try_bytes(o.bytes, o.n);
            o.bytes[at] = was;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(functions_have_their_tables), cmocka_unit_test(references_lead_to_names_and_data),
        cmocka_unit_test(checks_follow_references),    cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(damage_is_found_or_harmless),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
