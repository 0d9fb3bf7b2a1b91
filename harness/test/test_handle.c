/* The handler's decision: every reason to refuse, every resume PC, and that a refusal changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "probe/handle.h"
#include "arch.h"
#include "mcontext.h"

const char async_preempt[1];

static uintptr_t pushed_target, pushed_resume;
static int pushes;

void push_call(ucontext_t *uc, uintptr_t target_pc, uintptr_t resume_pc)
{
    (void)uc;
    pushes++;
    pushed_target = target_pc;
    pushed_resume = resume_pc;
}

enum { ENTRY = 0x10000, SIZE = 0x100, STACK_LO = 0x80000, SP = STACK_LO + 2 * ASYNC_PREEMPT_STACK };

/* [0,8) safe, [8,16) unsafe, [16,28) restart 1, [28,36) restart 2, [36,64) restart at entry, [64,96) an
 * overlong restart range, then safe. */
static const struct pc_run runs[] = {
    {0, 8, -1}, {8, 16, -2}, {16, 28, -3}, {28, 36, -4}, {36, 64, -5}, {64, 96, -3}, {96, SIZE, -1},
};
static uint8_t table[64];
static struct function functions[3];

static struct thread thread_at_ease(void)
{
    size_t length;
    assert_int_equal(pctab_encode(runs, sizeof runs / sizeof *runs, 4, table, sizeof table, &length),
                     PCTAB_OK);
    struct pctab t = {table, length, SIZE, 4, PCTAB_UNSAFE_POINT};
    functions[0] = (struct function){
        .entry = ENTRY - 0x1000, .end = ENTRY - 0x800, .unsafe_points = {NULL, 0, 0x800, 4}};
    functions[1] =
        (struct function){.entry = ENTRY, .end = ENTRY + SIZE, .unsafe_points = t, .no_frame = true};
    functions[2] = (struct function){
        .entry = ENTRY + SIZE, .end = ENTRY + 2 * SIZE, .unsafe_points = t, .refused = true};
    return (struct thread){
        .want_preempt = true, .stack_lo = STACK_LO, .functions = functions, .n_functions = 3};
}

static void test_every_value(void **state)
{
    (void)state;
    static const struct {
        uint32_t pc;
        enum refusal refusal;
        uint32_t resume;
        /* clang-format off */
    } want[] = {
        {0, INJECT, 0},    {4, INJECT, 4},       {8, REFUSE_UNSAFE, 0}, {12, REFUSE_UNSAFE, 0},
        {16, INJECT, 16},  {20, INJECT, 16},     {24, INJECT, 16},      {28, INJECT, 28},
        {32, INJECT, 28},  {36, INJECT, 0},      {60, INJECT, 0},       {64, INJECT, 64},
        {84, INJECT, 64},  {88, REFUSE_RANGE, 0}, {92, REFUSE_RANGE, 0}, {96, INJECT, 96},
        {SIZE - 4, INJECT, SIZE - 4},
    };
    /* clang-format on */
    for (size_t k = 0; k < sizeof want / sizeof *want; k++) {
        struct thread t = thread_at_ease();
        struct decision d = is_async_safe_point(&t, ENTRY + want[k].pc, SP, 0);
        assert_int_equal(d.refusal, want[k].refusal);
        if (d.refusal == INJECT)
            assert_int_equal(d.resume_pc, ENTRY + want[k].resume);
    }
}

static void test_reasons_to_refuse(void **state)
{
    (void)state;
    struct thread t = thread_at_ease();
    t.want_preempt = false;
    assert_int_equal(is_async_safe_point(&t, ENTRY, SP, 0).refusal, REFUSE_UNWANTED);

    t = thread_at_ease(); /* the stack: enough by a byte, too little by a byte, below its end */
    assert_int_equal(is_async_safe_point(&t, ENTRY, STACK_LO + ASYNC_PREEMPT_STACK, 0).refusal, INJECT);
    assert_int_equal(is_async_safe_point(&t, ENTRY, STACK_LO + ASYNC_PREEMPT_STACK - 1, 0).refusal,
                     REFUSE_STACK);
    assert_int_equal(is_async_safe_point(&t, ENTRY, STACK_LO - 16, 0).refusal, REFUSE_STACK);

    static const uintptr_t unknown[] = {
        0, ENTRY - 4, ENTRY - 0x800, ENTRY - 0x1004, ENTRY + 2 * SIZE, UINTPTR_MAX};
    for (size_t k = 0; k < sizeof unknown / sizeof *unknown; k++)
        assert_int_equal(is_async_safe_point(&t, unknown[k], SP, 0).refusal, REFUSE_UNKNOWN_PC);
    assert_int_equal(is_async_safe_point(&t, ENTRY - 0x1000, SP, 0).refusal, INJECT);
    assert_int_equal(is_async_safe_point(&t, ENTRY - 0x804, SP, 0).refusal, INJECT);

    assert_int_equal(is_async_safe_point(&t, ENTRY + SIZE, SP, 0).refusal, REFUSE_LISTED);
}

static void test_half_executed_call(void **state)
{
    (void)state;
    struct thread t = thread_at_ease();
    assert_int_equal(is_async_safe_point(&t, ENTRY + 4, SP, ENTRY + 12).refusal, REFUSE_HALF_CALL);
    assert_int_equal(is_async_safe_point(&t, ENTRY + 4, SP, ENTRY + 8).refusal, INJECT);
    functions[1].no_frame = false; /* a function with a frame has saved the link register */
    assert_int_equal(is_async_safe_point(&t, ENTRY + 4, SP, ENTRY + 12).refusal, INJECT);
}

static void test_damaged_tables(void **state)
{
    (void)state;
    for (size_t cut = 1; cut < 12; cut++) {
        struct thread t = thread_at_ease();
        functions[1].unsafe_points.length = cut;
        assert_int_equal(is_async_safe_point(&t, ENTRY + SIZE - 4, SP, 0).refusal, REFUSE_TABLE);
    }
}

static void test_handler(void **state)
{
    (void)state;
    union {
        ucontext_t uc;
        struct fake_context c;
    } u;
    memset(&u, 0, sizeof u);
    u.c = (struct fake_context){ENTRY + 24, SP, 0};
    struct thread t = thread_at_ease();
    pushes = 0;
    handle_preempt(&t, &u.uc);
    assert_int_equal(pushes, 1);
    assert_int_equal(pushed_resume, ENTRY + 16);
    assert_true(pushed_target == (uintptr_t)async_preempt);
    assert_false(t.want_preempt);
    handle_preempt(&t, &u.uc); /* answered: nobody asks any more */
    assert_int_equal(pushes, 1);
    t.want_preempt = true;
    u.c.pc = ENTRY + 8;
    handle_preempt(&t, &u.uc);
    assert_int_equal(pushes, 1);
    assert_true(t.want_preempt); /* still asked: the next signal may find a better PC */
    assert_int_equal(u.c.pc, ENTRY + 8);
    assert_int_equal(u.c.sp, SP);
}

int main(void)
{
    /* clang-format off */
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_value),         cmocka_unit_test(test_reasons_to_refuse),
        cmocka_unit_test(test_half_executed_call),  cmocka_unit_test(test_damaged_tables),
        cmocka_unit_test(test_handler),
    };
    /* clang-format on */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
