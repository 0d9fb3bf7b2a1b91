/* Hand-written cases: where their lines come from, and what they can't hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "asm/case_names.h"
#include "asm/number.h"
#include "asm/prog.h"
#include "asm/refuse.h"

static char *numbered(const char *text)
{
    char *out;
    size_t size;
    struct error e = {""};
    FILE *f = open_memstream(&out, &size);
    if (!number_lines(text, "t.i", f, &e))
        fail_msg("%s", e.text);
    fclose(f);
    return out;
}

static void test_statements_are_numbered(void **state)
{
    (void)state;
    char *out = numbered("# 0 \"a.S\"\n# 7 \"a.S\"\n\tnop\n\n\t.text\nlabel: PROG safe\n");
    assert_string_equal(out, "# 0 \"a.S\"\n# 7 \"a.S\"\n"
                             ".pushsection .everypc_files,\"\",%progbits; .asciz \"0 a.S\"; .popsection; "
                             ".set everypc.at, 7; \tnop\n\n\t.text\n.set everypc.at, 10; label: PROG safe\n");
    free(out);
}

static void test_bodies_of_macros_have_the_line_of_who_invokes_them(void **state)
{
    (void)state;
    char *out = numbered("# 1 \"a.S\"\n.macro one a\nPROG \\a\n.endm\none safe\n"
                         "\t.macro two; nop; .endm\n .ascii \".macro\"\ntwo\n");
    assert_null(strstr(out, "; PROG"));
    assert_non_null(strstr(out, ".set everypc.at, 4; one safe\n"));
    assert_non_null(strstr(out, ".set everypc.at, 7; two\n"));
    free(out);
}

static void test_files_have_numbers(void **state)
{
    (void)state;
    char *out = numbered("# 1 \"a.S\"\nnop\n# 1 \"b.inc\" 1\nnop\n# 3 \"a.S\" 2\nnop\n");
    char line[64];
    assert_non_null(strstr(out, ".asciz \"1 b.inc\""));
    snprintf(line, sizeof line, ".set everypc.at, %d; nop", (1 << NUMBER_LINE_BITS) + 1);
    assert_non_null(strstr(out, line));
    assert_non_null(strstr(out, ".set everypc.at, 3; nop"));
    free(out);
}

static void test_lines_stay_lines(void **state)
{
    (void)state;
    char *out = numbered("\"open\nnop\n# odd\n#\n# 1 \"\n\"\\");
    int lines = 0;
    for (const char *c = out; *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 5);
    free(out);
}

/* On every target: its system call, in memory order, is refused; nothing of a no-op is. */
static void test_instructions_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *target, *bytes;
        size_t n;
        const char *why;
    } rows[] = {
        {"arm64", "\x01\x00\x00\xd4", 4, "system call"},
        {"arm64", "\x1f\x20\x03\xd5", 4, NULL},
        {"amd64", "\x0f\x05", 2, "system call"},
        {"amd64", "\xcd\x80", 2, "system call"},
        {"amd64", "\x62\xf1\x7c\x48\x58", 5, "AVX-512"},
        {"amd64", "\x90", 1, NULL},
        {"386", "\xcd\x80", 2, "system call"},
        {"386", "\x62\x00", 2, NULL},
        {"arm", "\x00\x00\x00\xef", 4, "system call"},
        {"arm", "\x00\xf0\x20\xe3", 4, NULL},
        {"mips", "\x00\x00\x00\x0c", 4, "system call"},
        {"mipsle", "\x0c\x00\x00\x00", 4, "system call"},
        {"mips64", "\x78\x00\x00\x0e", 4, "MSA"},
        {"mips64le", "\x00\x00\x00\x00", 4, NULL},
        {"ppc64", "\x44\x00\x00\x02", 4, "system call"},
        {"ppc64le", "\x02\x00\x00\x44", 4, "system call"},
        {"ppc64", "\x60\x00\x00\x00", 4, NULL},
        {"riscv64", "\x73\x00\x00\x00", 4, "system call"},
        {"riscv64", "\x57\x70\x05\x0d", 4, "the vector"},
        {"riscv64", "\x07\x60\x05\x02", 4, "the vector"},
        {"riscv64", "\x07\x30\x05\x00", 4, NULL},
        {"riscv64", "\x13\x00\x00\x00", 4, NULL},
        {"s390x", "\x0a\x01", 2, "system call"},
        {"s390x", "\x07\x00", 2, NULL},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const struct asm_arch *arch = asm_arch_find(rows[k].target);
        assert_non_null(arch);
        const char *why = refuse_insn(arch->target, (const uint8_t *)rows[k].bytes, rows[k].n);
        if (!why != !rows[k].why || (why && !strstr(why, rows[k].why)))
            fail_msg("row %zu: %s", k, why ? why : "not refused");
    }
}

/* Which a case may hold all the same, where it says what a signal makes of them. */
static void test_system_calls_are_told_from_others(void **state)
{
    (void)state;
    const struct target *t = asm_arch_find("arm64")->target;
    assert_true(refuse_is_system_call(refuse_insn(t, (const uint8_t *)"\x01\x00\x00\xd4", 4)));
    assert_false(refuse_is_system_call(refuse_insn(t, (const uint8_t *)"\x00\x00\x80\xc0", 4)));
    assert_false(refuse_is_system_call(NULL));
}

static void test_operations_are_refused(void **state)
{
    (void)state;
    assert_non_null(refuse_op("SYSCALL"));
    assert_non_null(refuse_op("SVC"));
    assert_null(refuse_op("SCD"));
}

static void test_symbols_are_taken_once(void **state)
{
    (void)state;
    static struct program p = {
        .name = "a.one", .symbol = "one", .kind = PROGRAM_OBJECT, .file = "a.S", .line = 3};
    struct case_names names = {0};
    struct error e = {""};
    assert_true(case_names_add(&names, &p, &e));
    strcpy(p.name, "b.one");
    p.file = "b.S";
    assert_false(case_names_add(&names, &p, &e));
    assert_string_equal(e.text, "b.S:3: CASE one is in another .S file too, as case a.one; rename one");
    case_names_free(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_statements_are_numbered),
        cmocka_unit_test(test_bodies_of_macros_have_the_line_of_who_invokes_them),
        cmocka_unit_test(test_files_have_numbers),
        cmocka_unit_test(test_lines_stay_lines),
        cmocka_unit_test(test_instructions_are_refused),
        cmocka_unit_test(test_system_calls_are_told_from_others),
        cmocka_unit_test(test_operations_are_refused),
        cmocka_unit_test(test_symbols_are_taken_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
