/* The host's part of the mutants: what mutated predicates make of Progs, and the injected call's
 * instructions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "asm/emit.h"
#include "asm/predicates.h"
#include "asm/program.h"
#include "asm/stub.h"
#include "pctab/pctab.h"
#include "probe/case.h"

static int named(const char *name)
{
    for (int k = 0; k < n_predicate_mutants; k++)
        if (strcmp(predicate_mutant_name(k), name) == 0)
            return k;
    fail_msg("no predicate mutant hides the %s", name);
    return -1;
}

static const struct program *assembled(const char *target, const char *line)
{
    static struct program p;
    struct error e = {""};
    const struct asm_arch *arch = asm_arch_find(target);
    p = (struct program){.file = "t.progs", .line = 1};
    if (!program_add_prog(arch, &p, line, "t.progs", 1, &e) || !program_assemble(arch, &p, &e))
        fail_msg("%s", e.text);
    return &p;
}

/* What the mutant marks the only Prog with; 0 if no differently than the predicates themselves. */
static int32_t marked(const char *target, const char *line, const char *hidden)
{
    int32_t values[MAX_PROGS];
    const struct program *p = assembled(target, line);
    bool differs = predicate_mutant_mark(asm_arch_find(target), p, named(hidden), values);
    assert_int_equal(differs, values[0] != p->progs[0].value);
    return differs ? values[0] : 0;
}

static void test_operands_are_hidden_one_by_one(void **state)
{
    (void)state;
    assert_int_equal(marked("arm64", "ADD R27, R1, R2", "first operand"), POINT_SAFE);
    assert_int_equal(marked("arm64", "ADD R27, R1, R2", "second operand"), 0);
    assert_int_equal(marked("arm64", "ADD R27, R1, R2", "register operand"), POINT_SAFE);
    assert_int_equal(marked("arm64", "MOVD (R1)(R27), R2", "index of memory"), POINT_SAFE);
    assert_int_equal(marked("arm64", "MOVD (R1)(R27), R2", "base of memory"), 0);
    assert_int_equal(marked("arm64", "STP (R1, R27), 16(R2)", "second of pair"), POINT_SAFE);
    assert_int_equal(marked("arm64", "STP (R1, R27), 16(R2)", "first of pair"), 0);
    assert_int_equal(marked("386", "MOVL (CX)(TLS*1), AX", "first operand"), POINT_SAFE);
    assert_int_equal(marked("386", "MOVL AX, (CX)(TLS*1)", "second operand"), POINT_SAFE);
    assert_int_equal(marked("amd64", "CMPQ AX, (CX)(TLS*1)", "index of memory"), POINT_SAFE);
    assert_int_equal(marked("amd64", "MOVQ TLS, CX", "first operand"), 0);
    assert_int_equal(marked("s390x", "STMG R9, R11, 16(R1)", "operation"), POINT_SAFE);
}

static void test_the_flag_and_the_order(void **state)
{
    (void)state;
    assert_int_equal(marked("arm64", "ADD $0x12345678, R1, R2", "USES_REGTMP flag"), POINT_SAFE);
    assert_int_equal(marked("riscv64", "MOV 0x12345678(X5), X6", "USES_REGTMP flag"), POINT_SAFE);
    assert_int_equal(marked("mips", "MOVW 0x12345678(R1), R23", "unsafe before restartable"),
                     POINT_RESTART_1);
    assert_int_equal(marked("arm64", "ADD $1, R1, R2", "USES_REGTMP flag"), 0);
    for (int k = 0; k < n_predicate_mutants; k++) /* the predicates are constant there */
        assert_int_equal(marked("arm", "ADD $0x1234, R11, R2", predicate_mutant_name(k)), 0);
    assert_string_equal(predicate_mutant_class(asm_arch_find("amd64"), 0), "M2");
}

static void test_marks_by_hand_stay(void **state)
{
    (void)state;
    struct program p = *assembled("arm64", "ADD R27, R1, R2");
    int32_t values[MAX_PROGS];
    p.progs[0].has_pcdata = true;
    p.progs[0].pcdata = POINT_UNSAFE;
    assert_false(predicate_mutant_mark(asm_arch_find("arm64"), &p, named("first operand"), values));
    assert_int_equal(values[0], POINT_UNSAFE);
}

/* The kinds of mutants have a counter each in the emitter. */
static void test_there_is_room(void **state)
{
    (void)state;
    assert_in_range(n_predicate_mutants, 1, MAX_ALTERNATIVE_KINDS);
}

static void test_a_stub_that_is_none(void **state)
{
    (void)state;
    struct error e = {""};
    char path[] = "/tmp/everypc-stub-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_false(stub_write(asm_arch_find("arm64"), "/nonexistent.o", stdout, &e));
    assert_non_null(strstr(e.text, "not an object file"));
    assert_int_equal(write(fd, "\177ELF, but not really", 20), 20);
    assert_false(stub_write(asm_arch_find("arm64"), path, stdout, &e));
    assert_non_null(strstr(e.text, path));
    close(fd);
    unlink(path);
}

/* The flags of the case that the emitter makes of two Progs, the second with a mark set by hand or without.
 */
static unsigned flags_of(bool by_hand)
{
    struct error e = {""};
    struct emitter m;
    char *text = NULL;
    size_t size = 0;
    unsigned flags = 0;
    const struct asm_arch *arch = asm_arch_find("arm64");
    static struct program p;
    p = (struct program){.name = "t", .file = "t.progs", .line = 1};
    assert_true(program_add_prog(arch, &p, "ADD R1, R2", "t.progs", 1, &e));
    assert_true(program_add_prog(arch, &p, "ADD R1, R2", "t.progs", 2, &e));
    p.progs[1].has_pcdata = by_hand;
    p.progs[1].pcdata = POINT_UNSAFE;
    assert_true(program_assemble(arch, &p, &e));
    FILE *out = open_memstream(&text, &size);
    emit_begin(&m, out, arch);
    assert_true(emit_program(&m, &p, &e));
    fflush(out);
    assert_int_equal(sscanf(strrchr(text, ','), ",%u", &flags), 1); /* the last field of the last record */
    assert_true(emit_end(&m, &e));
    fclose(out);
    free(text);
    return flags;
}

static void test_marks_by_rule_are_told_from_marks_by_hand(void **state)
{
    (void)state;
    assert_int_equal(flags_of(false) & CASE_BY_RULE, CASE_BY_RULE);
    assert_int_equal(flags_of(true) & CASE_BY_RULE, 0);
}

/* This test's own code is an object without async_preempt; with the host's gcc a stub is assembled. */
static void test_a_stub(void **state)
{
    (void)state;
    struct error e = {""};
    char text[4096] = "";
    assert_int_equal(
        system("printf 'async_preempt:\\n nop\\n push %%rax\\n jmp 1f\\n1: ret\\nasync_preempt_end:\\n' |"
               " gcc -x assembler -c -o /tmp/everypc-stub.o -"),
        0);
    FILE *out = fmemopen(text, sizeof text, "w");
    assert_non_null(out);
    bool ok = stub_write(asm_arch_find("amd64"), "/tmp/everypc-stub.o", out, &e);
    fclose(out);
    unlink("/tmp/everypc-stub.o");
    if (!ok)
        fail_msg("%s", e.text);
    assert_non_null(strstr(text, "everypc_n_stub:\n\t.4byte 4"));
    assert_non_null(strstr(text, ".2byte 2,2,1,0")); /* the jump */
    assert_non_null(strstr(text, ".2byte 1,1,0,0"));
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operands_are_hidden_one_by_one), cmocka_unit_test(test_the_flag_and_the_order),
        cmocka_unit_test(test_marks_by_hand_stay), cmocka_unit_test(test_there_is_room),
        cmocka_unit_test(test_marks_by_rule_are_told_from_marks_by_hand),
            cmocka_unit_test(test_a_stub_that_is_none), cmocka_unit_test(test_a_stub),
    };
    /* clang-format on */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
