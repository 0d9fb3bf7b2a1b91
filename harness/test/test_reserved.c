/* Functions of the runtime that the agent executes in the program's place: where they have their arguments.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include <elf.h>
#include <string.h>

#include "go_image.h"
#include "live/plan/reserved.h"

enum { SIZE = 32, SYSCALL = 0x002b0000, RET = 0x4c000020 };

/* The roles of both functions, of which the first has this code. */
static void check(const uint32_t *words, size_t n, uint8_t registers)
{
    static const char *const names[] = {"runtime.rtsigprocmask", "runtime.rt_sigaction"};
    uint8_t code[2][SIZE] = {{0}};
    struct go_func funcs[2];
    struct error e = {""};
    struct reading r;
    struct shots_pc pc;
    uint32_t other[] = {SYSCALL, RET};
    memcpy(code[0], words, n * sizeof *words);
    memcpy(code[1], other, sizeof other);
    for (int i = 0; i < 2; i++)
        funcs[i] = (struct go_func){.name = names[i], .size = SIZE, .code = code[i], .no_maps = true};
    struct go_image image = go_image_write(
        &(struct go_options){
            .layout = GO_1_18, .machine = EM_LOONGARCH, .wide = true, .quantum = 4, .version = "go1.27.4"},
        funcs, 2);
    struct gobin *bin = gobin_open_memory("image", image.bytes, image.n, &e);
    if (!bin || !reading_open(bin, &r, &e))
        fail_msg("%s", e.text);
    assert_true(reserved_entry(&r, 0, &pc));
    assert_int_equal(pc.role, ROLE_SIGPROCMASK | registers);
    assert_true(reserved_entry(&r, 1, &pc));
    assert_int_equal(pc.role, ROLE_SIGACTION | ROLE_REGISTERS);
    assert_false(reserved_entry(&r, 2, &pc));
    reading_close(&r);
    gobin_close(bin);
    free(image.bytes);
}

static void test_arguments_on_the_stack_are_loaded(void **state)
{
    (void)state;
    static const uint32_t go_1_19[] = {0x28802064, /* ld.w $r4, $sp, 8 */
                                       0x28c04065, /* ld.d $r5, $sp, 16 */
                                       SYSCALL, RET};
    check(go_1_19, sizeof go_1_19 / sizeof *go_1_19, 0);
}

/* Go 1.27: it stores, to crash where the call fails. */
static void test_a_store_loads_no_argument(void **state)
{
    (void)state;
    static const uint32_t go_1_27[] = {SYSCALL, 0x15ffffe5, /* lu12i.w $r5, -1 */
                                       0x6c0008a4,          /* bgeu $r5, $r4, . + 8 */
                                       0x29c3c400,          /* st.d $r0, $r0, 241 */
                                       RET};
    check(go_1_27, sizeof go_1_27 / sizeof *go_1_27, ROLE_REGISTERS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_arguments_on_the_stack_are_loaded),
        cmocka_unit_test(test_a_store_loads_no_argument),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
