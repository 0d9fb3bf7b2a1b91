/* What loong64's instructions do: encodings by GNU as, effects by the LoongArch Reference Manual, volume 1.
 * Each way to move SP, R0, the thread pointer, immediates and distances of every format, FCSR and its parts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "test/effects_rows.h"
#include "test/listed.h"

#include "../insn/effects_table.h"

/* clang-format off */
static const struct effects_row cases[] = {
    /* SP moved by a constant, by a register loaded with one, copied */
    {"6340ff02", "addi.d $sp, $sp, -48", "next; r sp; w sp; sp=sp-0x30"},
    {"be682414", "lu12i.w $s7, 74565", "next; w r30; r30=0x12345000"},
    {"dee39903", "ori $s7, $s7, 1656", "next; r r30; w r30; r30=r30|0x678"},
    {"1e000015", "lu12i.w $s7, -524288", "next; w r30; r30=0xffffffff80000000"},
    {"de83be02", "addi.w $s7, $s7, -96", "next; r r30; w r30; r30=r30+32-0x60"},
    {"63f81000", "add.d $sp, $sp, $s7", "next; r sp r30; w sp; sp=sp+r30"},
    {"63f81100", "sub.d $sp, $sp, $s7", "next; r sp r30; w sp; sp=sp-r30"},
    {"68001500", "move $a4, $sp", "next; r sp; w r8; r8=sp+0x0"},
    {"03011500", "move $sp, $a4", "next; r r8; w sp; sp=r8+0x0"},
    {"05ecff02", "addi.d $a1, $zero, -5", "next; w r5; r5=0xfffffffffffffffb"},
    {"c5c07f03", "andi $a1, $a2, 4080", "next; r r6; w r5; r5=r6&0xff0"},
    {"c504c003", "xori $a1, $a2, 1", "next; r r6; w r5; r5=r6^0x1"},
    {"c5c04100", "slli.d $a1, $a2, 48", "next; r r6; w r5; r5=r6<<0x30"},
    {"63f8ff13", "addu16i.d $sp, $sp, -2", "next; r sp; w sp; sp=sp-0x20000"},
    {"85000018", "pcaddi $a1, 4", "next; w r5; r5=0x10"},
    {"4500001a", "pcalau12i $a1, 2", "next; w r5; r5=0x2000"},
    {"e5ffff1d", "pcaddu12i $a1, -1", "next; w r5; r5=0xfffffffffffff000"},
    {"05981100", "sub.d $a1, $zero, $a2", "next; r r6; w r5"},
    {"63941400", "and $sp, $sp, $a1", "next; r sp r5; w sp; sp=sp&r5"},
    /* R0: no register */
    {"00004003", "nop", "next"},
    {"0014c002", "addi.d $zero, $zero, 5", "next"},
    {"6020c029", "st.d $zero, $sp, 8", "next; r sp; store 8 [sp+8]"},
    /* memory */
    {"0540c028", "ld.d $a1, $zero, 16", "next; w r5; load 8 [0x10]; r5=mem"},
    {"6100c028", "ld.d $ra, $sp, 0", "next; r sp; w r1; load 8 [sp]; r1=mem"},
    {"c500a028", "ld.w $a1, $a2, -2048", "next; r r6; w r5; load 4 [r6-2048]"},
    {"a504002a", "ld.bu $a1, $a1, 1", "next; r r5; w r5; load 1 [r5+1]"},
    {"61e0ff29", "st.d $ra, $sp, -8", "next; r r1 sp; store 8 [sp-8]"},
    {"c5fc1f29", "st.b $a1, $a2, 2047", "next; r r5 r6; store 1 [r6+2047]"},
    {"6120802b", "fld.d $fa1, $sp, 8", "next; r sp; w f1.0; load 8 [sp+8]"},
    {"61f07f2b", "fst.s $fa1, $sp, -4", "next; r sp f1.0; store 4 [sp-4]"},
    {"c51c0c38", "ldx.d $a1, $a2, $a3", "next; r r6 r7; w r5; load 8 [r6+r7*1]; r5=mem"},
    {"651c1838", "stx.w $a1, $sp, $a3", "next; r sp r5 r7; store 4 [sp+r7*1]"},
    {"65e0ff26", "ldptr.d $a1, $sp, -32", "next; r sp; w r5; load 8 [sp-32]; r5=mem"},
    {"65040025", "stptr.w $a1, $sp, 4", "next; r sp r5; store 4 [sp+4]"},
    {"c5000022", "ll.d $a1, $a2, 0", "next, LL; r r6; w r5; load 8 [r6]"},
    {"c5080023", "sc.d $a1, $a2, 8", "next, SC; r r5 r6; w r5; store 8 [r6+8]"},
    {"c59c6a38", "amadd_db.d $a1, $a3, $a2", "next, atomic; r r6 r7; w r5; update 8 [r6]"},
    {"c01c6038", "amswap.w $zero, $a3, $a2", "next, atomic; r r6 r7; update 4 [r6]"},
    /* plain */
    {"00007238", "dbar 0", "next"},
    {"c51c1000", "add.w $a1, $a2, $a3", "next; r r6 r7; w r5"},
    {"c51c2d00", "alsl.d $a1, $a2, $a3, 3", "next; r r6 r7; w r5"},
    {"c5008700", "bstrins.d $a1, $a2, 7, 0", "next; r r5 r6; w r5"},
    {"c5806700", "bstrpick.w $a1, $a2, 7, 0", "next; r r6; w r5"},
    {"c5006700", "bstrins.w $a1, $a2, 7, 0", "next; r r5 r6; w r5"},
    {"25000016", "lu32i.d $a1, 1", "next; r r5; w r5"},
    {"a5040003", "lu52i.d $a1, $a1, 1", "next; r r5; w r5"},
    {"c51c1300", "maskeqz $a1, $a2, $a3", "next; r r6 r7; w r5"},
    /* floating point, flags, FCSR */
    {"410c0101", "fadd.d $fa1, $fa2, $fa3", "next; r f2.0 f3.0; w f1.0; p fcsr"},
    {"410c2208", "fmadd.d $fa1, $fa2, $fa3, $fa4", "next; r f2.0 f3.0 f4.0; w f1.0; p fcsr"},
    {"2288210c", "fcmp.slt.d $fcc2, $fa1, $fa2", "next; r f1.0 f2.0; w fcc2; p fcsr"},
    {"418c030d", "fsel $fa1, $fa2, $fa3, $fcc7", "next; r f2.0 f3.0 fcc7; w f1.0"},
    {"a1a41401", "movgr2fr.w $fa1, $a1", "next; r r5; p f1.0"},
    {"25b81401", "movfr2gr.d $a1, $fa1", "next; r f1.0; w r5"},
    {"a3d81401", "movgr2cf $fcc3, $a1", "next; r r5; w fcc3"},
    {"65dc1401", "movcf2gr $a1, $fcc3", "next; r fcc3; w r5"},
    {"a0c01401", "movgr2fcsr $fcsr0, $a1", "next; r r5; w fcsr"},
    {"a2c01401", "movgr2fcsr $fcsr2, $a1", "next; r r5; p fcsr"},
    {"05c81401", "movfcsr2gr $a1, $fcsr0", "next; r fcsr; w r5"},
    /* control */
    {"20080048", "bceqz $fcc1, 8", "branch 0x8; r fcc1"},
    {"1ff9ff4b", "bcnez $fcc0, -8", "branch 0xfffffffffffffff8; r fcc0"},
    {"a3fcff43", "beqz $a1, 1048572", "branch 0xffffc; r r5"},
    {"a600005a", "beq $a1, $a2, -131072", "branch 0xfffffffffffe0000; r r5 r6"},
    {"a5080058", "beq $a1, $a1, 8", "jump 0x8; r r5"},
    {"a0080068", "bltu $a1, $zero, 8", "branch 0x8; r r5"},
    {"fffdff53", "b 134217724", "jump 0x7fffffc"},
    {"00020054", "bl -134217728", "call 0xfffffffff8000000; w r1"},
    {"2000004c", "ret", "return; r r1"},
    {"2004004c", "jirl $zero, $ra, 4", "jump reg; r r1"},
    {"a100004c", "jirl $ra, $a1, 0", "call reg; r r5; w r1"},
    {"bf00004c", "jirl $s8, $a1, 0", "call reg; r r5; w r31"},
    /* the kernel, the thread, two results */
    {"00002b00", "syscall 0", 
        "next; r r4 r5 r6 r7 r8 r9 r10 r11; w r4; p r12 r13 r14 r15 r16 r17 r18 r19 r20"},
    {"00002a00", "break 0", "stop"},
    {"45001500", "move $a1, $tp", "next, TLS; r r2; w r5; r5=r2+0x0"},
    {"c5680000", "rdtime.d $a1, $a2", "next; w r5 r6"},
    /* vectors */
    {"c140002c", "vld $vr1, $r6, 16", "next; r r6; w f1.0 f1.1; p f1.2 f1.3; load 16 [r6+16]"},
    {"7f80ff2c", "xvst $xr31, $r3, -32", "next; r sp f31.0 f31.1 f31.2 f31.3; store 32 [sp-32]"},
    {"ff7f2771", ".word 0x71277fff", "next; w f31.0 f31.1; p f31.2 f31.3"},
    {"418c2671", ".word 0x71268c41", "next; r f2.0 f2.1 f3.0 f3.1; w f1.0 f1.1; p f1.2 f1.3"},
    {"422c9c72", ".word 0x729c2c42", "next; r f2.0; w f2.0; p f2.1 f2.2 f2.3"},
    {"622c9c72", ".word 0x729c2c62", "next; r f3.0 f3.1; w f2.0 f2.1; p f2.2 f2.3"},
    /* what is not in the table */
    {"05040004", "csrrd $a1, 1", "unknown"},
    {"ffffffff", "", "invalid"},
};
/* clang-format on */

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("loong64", cases, sizeof cases / sizeof *cases), 0);
}

/* What the search in effects.c relies on. */
static void test_the_table_is_in_order_and_nothing_is_in_it_twice(void **state)
{
    (void)state;
    for (size_t k = 0; k + 1 < sizeof rows / sizeof *rows; k++) {
        assert_int_equal(rows[k].value & ~rows[k].mask, 0);
        assert_int_equal((~rows[k].mask + 1) & ~rows[k].mask, 0); /* a prefix */
        assert_true((rows[k].value | ~rows[k].mask) < rows[k + 1].value);
    }
}

/* ---- each row of the table is executed by effects-match ---- */

/* Of those that no list has: what can't be compared, or not by this QEMU. First and last values. */
static const uint32_t not_executed[][2] = {
    {0x00006000, 0x00006400}, /* rdtimel.w, rdtimeh.w: another result each time, or now and then */
    {0x01147400, 0x01148800}, /* frecipe, frsqrte: LoongArch 1.1, not in QEMU */
    {0x38580000, 0x385f8000}, /* amcas, and amswap and amadd of bytes and halves: likewise */
};

static bool is_left_out(uint32_t value)
{
    for (size_t k = 0; k < sizeof not_executed / sizeof *not_executed; k++)
        if (value >= not_executed[k][0] && value <= not_executed[k][1])
            return true;
    return false;
}

static void mark_row(void *context, const uint8_t *bytes, size_t size)
{
    bool *listed = context;
    assert_int_equal(size, 4);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        listed[k] |= (listed_word(bytes, false) & rows[k].mask) == rows[k].value;
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    bool listed[sizeof rows / sizeof *rows] = {false};
    int missing = 0;
    each_listed("arch/loong64/test/instructions/loong64.tsv", mark_row, listed);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (!listed[k] && !is_left_out(rows[k].value)) {
            print_message("0x%08x is in no list of instructions\n", (unsigned)rows[k].value);
            missing++;
        }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows), cmocka_unit_test(test_the_table_is_in_order_and_nothing_is_in_it_twice),
        cmocka_unit_test(test_each_row_is_executed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
