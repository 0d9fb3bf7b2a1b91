/* SP deltas: the encoding of their tables, and what each architecture's Progs do to SP. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "asm/literals.h"
#include "asm/sp_delta.h"
#include "pctab/pctab.h"

/* ---- tables ---- */

static void known_bytes(void **state)
{
    const struct pc_run runs[] = {{0, 4, 0}, {4, 12, 32}, {12, 16, 0}};
    const uint8_t expected[] = {2, 1, 0x40, 2, 0x3f, 1, 0};
    uint8_t out[40];
    size_t length;
    (void)state;
    assert_int_equal(pctab_encode_sp_delta(runs, 3, 4, out, sizeof out, &length), PCTAB_OK);
    assert_int_equal(length, sizeof expected);
    assert_memory_equal(out, expected, length);
}

static void round_trips(void **state)
{
    static const int32_t values[] = {SP_DELTA_UNKNOWN, SP_DELTA_MIN, 0, SP_DELTA_MAX, -8, 65552};
    struct pc_run runs[6], run;
    uint8_t out[11 * 6 + 1];
    size_t length;
    (void)state;
    for (uint32_t k = 0; k < 6; k++)
        runs[k] = (struct pc_run){k * 8, k * 8 + 8, values[k]};
    assert_int_equal(pctab_encode_sp_delta(runs, 6, 2, out, sizeof out, &length), PCTAB_OK);
    struct pctab table = {out, length, 48, 2, PCTAB_ANY};
    for (uint32_t pc = 0; pc < 48; pc++) {
        assert_int_equal(pctab_lookup(&table, pc, &run), PCTAB_OK);
        assert_int_equal(run.value, values[pc / 8]);
        assert_int_equal(run.start, pc / 8 * 8);
    }
    assert_int_equal(pctab_lookup(&table, 48, &run), PCTAB_NOT_COVERED);
}

static void each_kind_of_table_has_its_values(void **state)
{
    const struct pc_run far = {0, 4, SP_DELTA_MAX + 1}, frame = {0, 4, 32},
                        unknown = {0, 4, SP_DELTA_UNKNOWN};
    uint8_t out[40];
    size_t length;
    (void)state;
    assert_int_equal(pctab_encode_sp_delta(&far, 1, 4, out, sizeof out, &length), PCTAB_OUT_OF_RANGE);
    assert_int_equal(pctab_encode(&frame, 1, 4, out, sizeof out, &length), PCTAB_OUT_OF_RANGE);
    assert_int_equal(pctab_encode_sp_delta(&unknown, 1, 4, out, sizeof out, &length), PCTAB_OK);
    assert_int_equal(length, 0); /* no table: what Go's lookup says then */
}

/* ---- Progs ---- */

/* The deltas of a program of lines set apart by ';', as text; a line that ends with ':' is a label. */
static const char *follow(const char *target, const char *lines)
{
    static struct program p;
    static char text[400];
    const struct asm_arch *arch = asm_arch_find(target);
    struct error e = {""};
    char copy[400], *rest = copy, *line;
    assert_non_null(arch);
    p = (struct program){.file = "t.progs", .name = "t"};
    literals_begin("t");
    snprintf(copy, sizeof copy, "%s", lines);
    while ((line = strsep(&rest, ";"))) {
        line += strspn(line, " ");
        size_t n = strlen(line);
        bool label = line[n - 1] == ':';
        if (label)
            line[n - 1] = 0;
        if (!(label ? program_add_label(&p, line, "t.progs", 1, &e)
                    : program_add_prog(arch, &p, line, "t.progs", 1, &e)))
            fail_msg("%s: %s", target, e.text);
    }
    if (!program_assemble(arch, &p, &e))
        fail_msg("%s: %s", target, e.text);
    size_t at = 0;
    text[0] = 0;
    for (int k = 0; k < p.n_progs; k++)
        at += (size_t)snprintf(text + at, sizeof text - at,
                               p.progs[k].sp_delta == SP_DELTA_UNKNOWN ? "%s?" : "%s%d", k ? " " : "",
                               p.progs[k].sp_delta);
    return text;
}

static void every_architecture_knows_its_frames(void **state)
{
    static const struct {
        const char *target, *progs, *deltas;
        /* clang-format off */
    } cases[] = {
        {"arm64",
            "MOVD.W R30, -32(RSP); SUB $0x10010, RSP; ADD $0x10010, RSP, RSP; MOVD.P 32(RSP), R30; RET (R30)",
                "0 32 65584 32 0"},
        {"arm64", "STP.W (R29, R30), -16(RSP); MOVD $-16(RSP), RSP; CMP $16, RSP; MOVD R1, RSP; NOOP",
            "0 16 32 32 ?"},
        {"arm", "MOVW.W R14, -4(R13); MOVM.DB.W [R1-R3], (R13); SUB $0x1234, R13; "
                "MOVW R1, (R13); ADD.EQ $4, R13; "
                "MOVW R1, R2",
         "0 4 16 4676 4676 ?"},
        {"arm", "MOVM.P.W [R0,R14], (R13); MOVM.IA.W (R13), [R0,R14]; MOVW $-8(R13), R13; "
                "MOVW.P 8(R13), R14; RET",
         "0 8 0 8 0"},
        {"386", "PUSHL AX; SUBL $16, SP; PUSHAL; POPAL; LEAL 16(SP), SP; POPL BX; PUSHFL; POPL SP; NOOP",
            "0 4 20 52 20 4 0 4 ?"},
        {"amd64", "PUSHQ BP; SUBQ $32, SP; MOVQ SP, BP; ADDQ $32, SP; POPQ BP; ANDQ $-16, SP; NOOP",
            "0 8 40 40 8 0 ?"},
        {"mips", "ADDU $-32, R29; MOVW R1, (R29); ADDU $0x12345678, R29, R29; "
                 "ADDU $-0x12345678, R29; ADDU $32, R29; "
                 "SUBU R8, R29; NOOP",
         "0 32 32 -305419864 32 0 ?"},
        {"mips64", "ADDVU $-32, R29; MOVV R1, (R29); ADDVU $32, R29; NOOP", "0 32 32 0"},
        {"ppc64", "MOVDU R4, -64(R1); ADD $-32, R1; MOVD $16(R1), R1; CMP R4, R1; MOVD R5, R1; MOVD R4, R5",
            "0 64 96 80 80 ?"},
        {"riscv64",
            "ADD $-4096, SP; MOV X5, (SP); ADDI $2000, SP, SP; MOV $2096(SP), SP; SUB X5, SP; MOV X5, X6",
                "0 4096 4096 2096 0 ?"},
        {"s390x", "MOVD $-40(R15), R15; CMPU R3, R15; ADD $40, R15; SUB $0x1230, R15; ADD R2, R15, R15; "
                  "MOVD R2, R3", "0 40 40 0 4656 ?"},
    };
    /* clang-format on */
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        assert_string_equal(follow(cases[k].target, cases[k].progs), cases[k].deltas);
}

static void branches_are_followed(void **state)
{
    (void)state;
    /* behind a return the frame is that of the branch which leads there */
    assert_string_equal(follow("arm64", "SUB $32, RSP; CBZ R1, more; ADD $32, RSP; RET (R30); more:; MOVD "
                                        "R1, (RSP); ADD $32, RSP; RET (R30)"),
                        "0 32 32 0 32 32 0");
    /* two ways that disagree */
    assert_string_equal(follow("arm64", "CBZ R1, more; SUB $32, RSP; more:; NOOP; NOOP"), "0 0 ? ?");
    /* a loop that lowers SP in each round */
    assert_string_equal(follow("arm64", "more:; SUB $16, RSP; CBNZ R1, more; NOOP"), "? ? ?");
    /* a callee begins below its return address */
    assert_string_equal(
        follow("amd64",
               "PUSHQ AX; CALL callee; POPQ AX; JMP end; callee:; PUSHQ BX; POPQ BX; RET; end:; NOOP"),
        "0 8 8 0 16 24 16 0");
    /* what a Prog's operands don't say */
    assert_string_equal(
        follow("arm64", "SUB $0x10010, RSP, R20; SPADJ $0x10010; MOVD R20, RSP; ADD $0x10010, RSP; NOOP"),
        "0 0 65552 0");
    /* reached by nothing that is known */
    assert_string_equal(follow("arm64", "RET (R30); NOOP"), "0 ?");
}

static void frame_pointers_are_kept_where_go_does(void **state)
{
    static struct program p;
    (void)state;
    p = (struct program){0};
    assert_true(program_set_property(asm_arch_find("arm64"), &p, "FRAME_POINTER") && p.frame_pointer);
    p = (struct program){0};
    assert_false(program_set_property(asm_arch_find("386"), &p, "FRAME_POINTER") || p.frame_pointer);
    assert_true(program_set_property(asm_arch_find("386"), &p, "STACK_CHECK") && p.stack_check);
    assert_true(program_set_property(asm_arch_find("386"), &p, "STAY") && p.stay);
    assert_false(program_set_property(asm_arch_find("386"), &p, "STAYS"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_bytes),
        cmocka_unit_test(round_trips),
        cmocka_unit_test(each_kind_of_table_has_its_values),
        cmocka_unit_test(every_architecture_knows_its_frames),
        cmocka_unit_test(branches_are_followed),
        cmocka_unit_test(frame_pointers_are_kept_where_go_does),
    };
    return cmocka_run_group_tests_name("sp_delta", tests, NULL, NULL);
}
