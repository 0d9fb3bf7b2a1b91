/* The second thread's storage: far from the first's, or near it, which is never silent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "probe/thread.h"
#include "tls.h"

uintptr_t fake_thread_pointer;
__typeof__(everypc_thread) everypc_thread;

static _Alignas(64) uint8_t storage[FAKE_STORAGE];
static bool refuses;

void *__real_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset);
void *__wrap_mmap(void *at, size_t bytes, int protection, int flags, int fd, off_t offset)
{
    return refuses ? MAP_FAILED : __real_mmap(at, bytes, protection, flags, fd, offset);
}

static void begin(bool without_memory)
{
    fake_thread_pointer = (uintptr_t)storage;
    refuses = without_memory;
    assert_true(thread_begin());
    refuses = false;
    assert_int_equal(fake_thread_pointer, (uintptr_t)storage);
}

static void test_far_away_no_byte_is_alike(void **state)
{
    (void)state;
    begin(false);
    assert_int_equal(thread_bytes_alike(), 0);
}

static void test_without_memory_there_it_is_near_and_says_so(void **state)
{
    (void)state;
    begin(true);
    assert_in_range(thread_bytes_alike(), 1, sizeof(uintptr_t) - 1);
    uintptr_t before = fake_thread_pointer;
    thread_fill(0);
    thread_move();
    assert_int_not_equal(fake_thread_pointer, before);
    thread_home();
    assert_int_equal(fake_thread_pointer, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_far_away_no_byte_is_alike),
        cmocka_unit_test(test_without_memory_there_it_is_near_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
