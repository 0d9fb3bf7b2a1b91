/* The cases in several files: what a change makes new, and what stays. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "asm/emit.h"
#include "asm/read.h"

enum { N_CASES = 3000, N_COPIES = 40000, MAX_LISTED = 32 };

static const struct asm_arch *arm64(void)
{
    return asm_arch_find("arm64");
}

struct listed {
    int n;
    char path[MAX_LISTED][200];
    struct stat status[MAX_LISTED];
};

/* N_CASES lines, with `text` in the place of line `changed`, from 0 */
static void write_cases(const char *path, int changed, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    for (int k = 0; k < N_CASES; k++)
        if (k == changed)
            fprintf(f, "%s\n", text);
        else
            fprintf(f, "ADD $%d, R1, R2\n", k);
    fclose(f);
}

/* In a process of its own: labels have the number of the file among those that it has read. */
static void assemble(const char *path, const char *folder)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        struct emitter m;
        struct parts parts;
        struct error e;
        _exit(!(parts_begin(&parts, folder, &e) && emit_begin_parts(&m, &parts, arm64(), &e) &&
                read_progs_file(arm64(), path, emit_program, &m, &e) && emit_end(&m, &e) &&
                parts_end(&parts, &e)));
    }
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* The parts that the list names, as files. */
static void read_list(const char *folder, struct listed *l)
{
    char path[200];
    snprintf(path, sizeof path, "%s/list", folder);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    for (l->n = 0; l->n < MAX_LISTED && fscanf(f, "%199s", l->path[l->n]) == 1; l->n++) {
        l->path[l->n][strlen(l->path[l->n]) - 1] = 's';
        assert_int_equal(stat(l->path[l->n], &l->status[l->n]), 0);
    }
    fclose(f);
}

static int written_anew(const struct listed *before, const struct listed *now)
{
    int n = 0;
    for (int k = 0; k < now->n; k++) {
        bool same = false;
        for (int j = 0; j < before->n; j++)
            same |= strcmp(before->path[j], now->path[k]) == 0 &&
                    memcmp(&before->status[j].st_mtim, &now->status[k].st_mtim, sizeof(struct timespec)) == 0;
        n += !same;
    }
    return n;
}

static void test_a_changed_case_changes_its_part_only(void **state)
{
    (void)state;
    char folder[] = "/tmp/everypc-parts-XXXXXX", path[100], parts[100], stale[200];
    static struct listed first, again, changed, without;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/cases.progs", folder);
    snprintf(parts, sizeof parts, "%s/parts", folder);
    write_cases(path, -1, "");
    assemble(path, parts);
    read_list(parts, &first);
    assert_true(first.n > N_CASES / 1024);
    assert_non_null(strstr(first.path[0], "/begin.s"));
    assert_non_null(strstr(first.path[first.n - 1], "/end.s"));
    assemble(path, parts);
    read_list(parts, &again);
    assert_int_equal(written_anew(&first, &again), 0);
    write_cases(path, N_CASES / 2, "SUB $7, R1, R2");
    assemble(path, parts);
    read_list(parts, &changed);
    assert_int_equal(changed.n, first.n);
    assert_int_equal(written_anew(&first, &changed), 1);
    snprintf(stale, sizeof stale, "%s/gone.s", parts);
    fclose(fopen(stale, "w"));
    write_cases(path, N_CASES / 2, "");
    assemble(path, parts);
    read_list(parts, &without); /* the source lines stay, the number of cases does not */
    assert_true(written_anew(&changed, &without) <= 3);
    assert_int_equal(access(stale, F_OK), -1);
    char command[200];
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

/* As many cases of one name as take minutes where each is compared with all before. */
static void test_many_cases_may_share_a_name(void **state)
{
    (void)state;
    static struct program p = {.file = "a.progs", .line = 1};
    struct case_names names = {0};
    struct error e = {""};
    for (int k = 0; k < N_COPIES; k++) {
        strcpy(p.name, "a.NOOP");
        assert_true(case_names_add(&names, &p, &e));
    }
    assert_string_equal(p.name, "a.NOOP.40000");
    case_names_free(&names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_changed_case_changes_its_part_only),
        cmocka_unit_test(test_many_cases_may_share_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
