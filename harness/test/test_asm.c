/* The host assembler: syntax, grids, random programs, the optab against every Prog that Go assembled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "asm/emit.h"
#include "asm/grid.h"
#include "asm/listing.h"
#include "asm/oplook.h"
#include "asm/parse.h"
#include "asm/read.h"

static const struct asm_arch *arm64(void)
{
    const struct asm_arch *arch = asm_arch_find("arm64");
    assert_non_null(arch);
    return arch;
}

/* ---- syntax ---- */

static struct prog parsed(const char *line)
{
    struct prog p;
    struct error e = {""};
    if (!parse_prog(arm64(), line, "t.progs", 7, &p, &e))
        fail_msg("%s", e.text);
    return p;
}

static void test_operands(void **state)
{
    (void)state;
    struct prog p = parsed("ADD $-0x10, R1, R2");
    assert_string_equal(p.op, "ADD");
    assert_int_equal(p.n_args, 3);
    assert_int_equal(p.arg[0].kind, OPERAND_IMM);
    assert_int_equal(p.arg[0].value, -16);
    assert_int_equal(p.arg[1].reg, parse_register(arm64(), "R1"));
    p = parsed("MOVD 0x123456789abcdef0(R1), R2");
    assert_int_equal(p.arg[0].kind, OPERAND_MEM);
    assert_true(p.arg[0].value == INT64_C(0x123456789abcdef0));
    p = parsed("MOVD (R1)(R3*8), R2");
    assert_int_equal(p.arg[0].index, parse_register(arm64(), "R3"));
    assert_int_equal(p.arg[0].scale, 8);
    p = parsed("MOVD.P 8(R1), R2");
    assert_string_equal(p.suffix, ".P");
    p = parsed("LDP 16(R1), (R2, R3)");
    assert_int_equal(p.arg[1].kind, OPERAND_PAIR);
    assert_int_equal(p.arg[1].reg2, parse_register(arm64(), "R3"));
    p = parsed("MOVD \"\".g+8(SB), R2");
    assert_int_equal(p.arg[0].kind, OPERAND_SYM);
    assert_string_equal(p.arg[0].name, "g");
    assert_int_equal(p.arg[0].value, 8);
    p = parsed("MOVD $g(SB), R2");
    assert_int_equal(p.arg[0].kind, OPERAND_SYM_ADDR);
    p = parsed("ADD R1<<5, R2, R3");
    assert_int_equal(p.arg[0].kind, OPERAND_SHIFTED);
    assert_int_equal(p.arg[0].value, 5);
    p = parsed("JMP 2(PC)");
    assert_int_equal(p.arg[0].kind, OPERAND_TARGET);
    assert_int_equal(p.arg[0].value, 2);
}

/* Every malformed line gets one line with its file, its number and a reason. */
static void test_malformed_lines(void **state)
{
    (void)state;
    /* clang-format off */
    static const char *const lines[] = {
        "ADD $1,, R2", "ADD $1, R2,", "ADD $, R2", "ADD $0xzz, R1, R2", "MOVD 8(R99), R1", "MOVD 8(R1, R2",
            "MOVD 8(R1",
        "MOVD (R1)(R2*x), R3", "LDP (R1), (R2, )", "ADD R1<<, R2", "MOVD g(SB, R1", "ADD $1 R2",
            "ADD [R1, R2", "$1",
        "ADD $99999999999999999999, R1", "MOVD $g, R1", "ADD R1, R2, R3, R4, R5, R6, R7",
        "ANOVERLONGOPERATIONNAME R1",
    };
    /* clang-format on */
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        struct prog p;
        struct error e = {""};
        if (parse_prog(arm64(), lines[k], "t.progs", 12, &p, &e))
            fail_msg("accepted: %s", lines[k]);
        assert_int_equal(strncmp(e.text, "t.progs:12: ", 12), 0);
        assert_true(strlen(e.text) > 14);
        assert_null(strchr(e.text, '\n'));
    }
}

static void test_unknown_and_out_of_range(void **state)
{
    (void)state;
    static const char *const lines[] = {"FROB R1, R2", "LSL $64, R1, R2", "ADD F1, R2", "MOVD.Q 8(R1), R2",
                                        "NOOP R1"};
    for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
        struct prog p = parsed(lines[k]);
        struct error e = {""};
        assert_false(oplook(arm64(), &p, &e));
        assert_int_equal(strncmp(e.text, "t.progs:7: ", 11), 0);
    }
}

/* ---- grids ---- */

static void test_grid_makes_every_combination(void **state)
{
    (void)state;
    static struct grid_sets sets;
    static struct grid_line g;
    struct error e = {""};
    assert_true(grid_set(&sets, "r = R1|R2", "t", 1, &e));
    assert_true(grid_parse(&sets, "ADD ${0|1|2}, {@r|R9}, R3", "t", 2, &g, &e));
    int choice[MAX_GROUPS] = {0}, n = 0;
    char line[100], last[100] = "";
    do {
        assert_true(grid_fill(&g, choice, line, sizeof line));
        assert_string_not_equal(line, last);
        strcpy(last, line);
        n++;
    } while (grid_step(&g, choice));
    assert_int_equal(n, 9);
    assert_string_equal(last, "ADD $2, R9, R3");
    assert_false(grid_parse(&sets, "ADD ${0|1", "t", 3, &g, &e));
    assert_false(grid_parse(&sets, "ADD {@nothing}", "t", 3, &g, &e));
    assert_int_equal(strncmp(e.text, "t:3: ", 5), 0);
    assert_false(grid_fill(&g, choice, line, 4));
}

/* ---- files ---- */

struct seen {
    int cases;
    char names[400][MAX_NAME];
    int32_t values[400][8];
    int progs[400];
};

static bool see(void *context, struct program *p, struct error *e)
{
    struct seen *s = context;
    (void)e;
    assert_true(s->cases < 400);
    strcpy(s->names[s->cases], p->name);
    s->progs[s->cases] = p->n_progs;
    for (int k = 0; k < p->n_progs && k < 8; k++)
        s->values[s->cases][k] = p->progs[k].value;
    s->cases++;
    return true;
}

static const char *temporary(const char *text)
{
    static char path[] = "/tmp/everypc-test-XXXXXX";
    strcpy(path + sizeof path - 7, "XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    FILE *f = fdopen(fd, "w");
    fputs(text, f);
    fclose(f);
    return path;
}

static bool read_text(const char *text, struct seen *s, struct error *e)
{
    const char *path = temporary(text);
    *s = (struct seen){0};
    bool ok = read_progs_file(arm64(), path, see, s, e);
    remove(path);
    return ok;
}

static void test_progs_file(void **state)
{
    (void)state;
    static struct seen s;
    struct error e = {""};
    assert_true(read_text("// a comment\n"
                          "SET c = 1|0x1234\n"
                          "ADD ${@c}, R1, R2 // behind a line\n"
                          "TEXT both(SB), $0\n"
                          "INIT R5 = 7\n"
                          "PCDATA $0, $-2\n"
                          "ADD $0x1234, R1\n"
                          "PCDATA $0, $-1\n"
                          "again:\n"
                          "ADD $0x1234, R1\n"
                          "ADD $0x1234, R1\n"
                          "MOVD R1, R27\n"
                          "CBNZ R5, again\n"
                          "END\n",
                          &s, &e));
    assert_int_equal(s.cases, 3);
    assert_int_equal(s.values[0][0], -1);
    assert_int_equal(s.values[1][0], -3);
    static const int32_t both[] = {-2, -3, -4, -2, -1};
    assert_int_equal(s.progs[2], 5);
    assert_memory_equal(s.values[2], both, sizeof both);
}

static void test_windows_files(void **state)
{
    (void)state;
    static struct seen s;
    struct error e = {""};
    assert_true(read_text("\xef\xbb\xbfTEXT a(SB)\r\n\tNOOP\r\nEND\r\nNOOP\r\n", &s, &e));
    assert_int_equal(s.cases, 2);
}

static void test_bad_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *where;
    } bad[] = {
        {"", ": "},
        {"// nothing but a comment\n", ": "},
        {"NOOP\nTEXT a(SB)\nNOOP\n", ":2: "},
        {"END\n", ":1: "},
        {"TEXT a(SB)\nEND\n", ":1: "},
        {"TEXT a(SB)\nPCDATA $0, $-9\nNOOP\nEND\n", ":2: "},
        {"TEXT a(SB)\nJMP 9(PC)\nEND\n", ":2: "},
        {"TEXT a(SB)\nx:\nx:\nNOOP\nEND\n", ":3: "},
        {"TEXT a(SB)\nINIT R1 arena\nNOOP\nEND\n", ":2: "},
        {"TEXT a(SB)\nINIT Q1 = 3\nNOOP\nEND\n", ":2: "},
        {"TEXT a(SB)\nINIT R1 = 3z\nNOOP\nEND\n", ":2: "},
        {"SET x\nNOOP\n", ":1: "},
        {"NOOP\nADD $1 R2\n", ":2: "},
        {"TEXT a(SB)\nNOOP\nEND\nTEXT a(SB)\nNOOP\nEND\n", ":4: TEXT a is already there"},
        {"NOOP\n\177ELF\n", ":2: a control character"},
        {"TEXT a(SB)\nNOOP\n", ":1: TEXT a without its END; write END"},
        {"TEXT a(SB)\nB nowhere\nEND\n", ":2: B nowhere: no such operands for B on arm64; nowhere is no"},
        {"NOOP\n SVC $0\n", ":2: SVC $0: a case can't hold a system call"},
        {"MOVDD R1, R2\n", ":1: arm64 knows no operation MOVDD; did you mean MOVD"},
    };
    static struct seen s;
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        struct error e = {""};
        if (read_text(bad[k].text, &s, &e))
            fail_msg("accepted: %s", bad[k].text);
        if (!strstr(e.text, bad[k].where))
            fail_msg("\"%s\" lacks \"%s\"", e.text, bad[k].where);
    }
}

/* ---- random programs ---- */

static char *expansion(uint64_t seed, const char *target)
{
    char *text, path[300];
    size_t size;
    const struct asm_arch *arch = asm_arch_find(target);
    struct error e = {""};
    FILE *f = open_memstream(&text, &size);
    snprintf(path, sizeof path, "%s/cases/%s/random.tmpl", EVERYPC_SOURCE_DIR, target);
    if (!read_random(arch, path, seed, "", 40, listing_expand, f, &e))
        fail_msg("%s", e.text);
    fclose(f);
    return text;
}

static void test_random_follows_its_seed(void **state)
{
    (void)state;
    char *a = expansion(1, "arm64"), *b = expansion(1, "arm64"), *c = expansion(2, "arm64");
    assert_string_equal(a, b);
    assert_string_not_equal(a, c);
    free(a);
    free(b);
    free(c);
}

/* ---- against Go ---- */

/* Every Prog of every target begins, ends and is marked where Go's is, but for the marks that holes.tsv and
 * the stricter predicates explain: those are unsafe with us. */
static void test_every_go_prog(void **state)
{
    (void)state;
    static struct program p;
    for (int k = 0; asm_arches[k]; k++) {
        struct error e = {""};
        const char *path = EVERYPC_SOURCE_DIR "/cases/go/go-progs.tsv";
        char name[32];
        snprintf(name, sizeof name, " %s ", asm_arches[k]->target->name);
        if (strstr(WITHOUT_GO_ROWS, name))
            continue;
        if (!read_go_listing(asm_arches[k], path, &p, &e))
            fail_msg("%s: %s", asm_arches[k]->target->name, e.text);
        char *text = read_file(path, &e), *rest = text;
        assert_non_null(text);
        int at = 0;
        for (char *line; (line = strsep(&rest, "\n"));) {
            char arch[16], hex[128];
            int seq, value;
            unsigned start, end;
            const char *tab = strchr(line, '\t');
            if (!tab || sscanf(line, "%15s %d", arch, &seq) != 2 ||
                strcmp(arch, asm_arches[k]->target->name) != 0)
                continue;
            const char *columns = strchr(strchr(tab + 1, '\t') + 1, '\t');
            assert_int_equal(sscanf(columns, "%u %u %127s %d", &start, &end, hex, &value), 4);
            if (at == p.n_progs || p.progs[at].line != seq)
                continue; /* the assembler's own data */
            const struct prog *q = &p.progs[at++];
            if (q->pc != start || (q->value != value && q->value != -2))
                fail_msg("%s row %d (%s): ours at %u with %d, Go's at %u with %d", arch, seq, q->text,
                         (unsigned)q->pc, q->value, start, value);
        }
        assert_int_equal(at, p.n_progs);
        assert_true(at > 5);
        free(text);
    }
}

/* ---- what is written ---- */

static void test_names_are_unique(void **state)
{
    (void)state;
    char *text;
    size_t size;
    struct emitter m;
    struct error e = {""};
    FILE *f = open_memstream(&text, &size);
    const char *path = temporary("NOOP\nNOOP\nNOOP\n");
    emit_begin(&m, f, arm64());
    assert_true(read_progs_file(arm64(), path, emit_program, &m, &e));
    assert_true(emit_end(&m, &e));
    fclose(f);
    remove(path);
    assert_non_null(strstr(text, ".NOOP\""));
    assert_non_null(strstr(text, ".NOOP.2\""));
    assert_non_null(strstr(text, ".NOOP.3\""));
    free(text);
}

/* Any bytes at all are a file: an error or cases, never a fault (the sanitizers watch). */
static void test_mangled_files(void **state)
{
    (void)state;
    struct error e = {""};
    static struct seen s;
    char *text = read_file(EVERYPC_SOURCE_DIR "/cases/arm64/add.progs", &e);
    assert_non_null(text);
    size_t n = strlen(text);
    uint32_t random = 12345;
    int refused = 0;
    for (int round = 0; round < 300; round++) {
        char *mangled = strdup(text);
        for (int k = 0; k < 4; k++) {
            random = random * 1664525 + 1013904223;
            mangled[random % n] = "${}|@(),:;%\n 09aR-"[(random >> 20) % 19];
        }
        size_t from = random % n;
        refused += !read_text(mangled + from, &s, &e);
        free(mangled);
    }
    assert_true(refused > 0);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operands),
        cmocka_unit_test(test_malformed_lines),
        cmocka_unit_test(test_unknown_and_out_of_range),
        cmocka_unit_test(test_grid_makes_every_combination),
        cmocka_unit_test(test_progs_file),
        cmocka_unit_test(test_windows_files),
        cmocka_unit_test(test_bad_files),
        cmocka_unit_test(test_random_follows_its_seed),
        cmocka_unit_test(test_every_go_prog),
        cmocka_unit_test(test_names_are_unique),
        cmocka_unit_test(test_mangled_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
