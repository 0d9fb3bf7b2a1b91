/* Tests of the decoder: what it keeps of instructions that it has seen must be the same as decoding them
 * again, at another address too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "insn/effects.h"

enum { N_WORDS = 3000 };

static const char *const targets[] = {"arm64", "riscv64"};

/* Addresses that differ in every field of a distance. */
static const uint64_t here = 0x10000, there = 0x7fed01234560;

static uint32_t random_word(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 32);
}

static void compare(struct decoder *often, struct decoder *once, uint32_t word)
{
    const uint8_t bytes[] = {(uint8_t)word, (uint8_t)(word >> 8), (uint8_t)(word >> 16),
                             (uint8_t)(word >> 24)};
    struct effects first, again, fresh;
    enum decode_result r = decoder_insn(often, bytes, 4, here, &first);
    assert_int_equal(decoder_insn(often, bytes, 4, there, &again), r);
    assert_int_equal(decoder_insn(once, bytes, 4, there, &fresh), r);
    if (r == DECODED && memcmp(&again, &fresh, sizeof fresh) != 0)
        fail_msg("word %08x is another at another address", (unsigned)word);
}

static void test_seen_instructions(void **state)
{
    (void)state;
    for (size_t t = 0; t < sizeof targets / sizeof *targets; t++) {
        struct error e = {""};
        struct decoder *often = decoder_open(targets[t], &e), *once = decoder_open(targets[t], &e);
        assert_true(often && once);
        uint64_t seed = 1;
        for (int i = 0; i < N_WORDS; i++)
            compare(often, once, random_word(&seed));
        decoder_close(often);
        decoder_close(once);
    }
}

/* A halfword is the same whatever comes behind it, and a word is not. */
static void test_lengths(void **state)
{
    (void)state;
    static const uint8_t halves[2][4] = {{0x05, 0x05, 0x13, 0x05},
                                         {0x05, 0x05, 0x01, 0x00}}; /* c.addi a0, 1 */
    static const uint8_t words[2][4] = {{0x13, 0x05, 0x15, 0x00}, {0x13, 0x05, 0x25, 0x00}}; /* addi a0, a0 */
    struct error e = {""};
    struct effects fx;
    struct decoder *d = decoder_open("riscv64", &e);
    assert_non_null(d);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(decoder_insn(d, halves[i], 4, here, &fx), DECODED);
        assert_int_equal(fx.size, 2);
        assert_int_equal(decoder_insn(d, words[i], 4, here, &fx), DECODED);
        assert_int_equal(fx.size, 4);
        assert_int_equal(fx.value[0].imm, i + 1);
    }
    decoder_close(d);
}

/* ADDO of Power: the tables have it, capstone 5 has not. */
static void test_text_is_empty_where_the_disassembler_has_none(void **state)
{
    (void)state;
    static const uint8_t addo[] = {0x7c, 0x64, 0x2e, 0x14};
    struct error e;
    struct effects fx;
    char text[] = "left over";
    struct decoder *d = decoder_open("ppc64", &e);
    assert_non_null(d);
    assert_int_equal(decoder_insn(d, addo, sizeof addo, 0, &fx), DECODED);
    assert_int_equal(decoder_text(d, addo, sizeof addo, 0, text, sizeof text), 0);
    assert_string_equal(text, "");
    decoder_close(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_seen_instructions),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_text_is_empty_where_the_disassembler_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
