/* What MIPS instructions do: encodings by GNU as, effects by the MIPS64 manual, volume II-A. Each way to move
 * SP, r0, delay slots, pairs of floating-point registers on the 32-bit targets, HI and LO, and what is not
 * known on purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "test/effects_rows.h"
#include "test/listed.h"

/* Of 32 bits, where a double is a pair. */
static const struct effects_row rows32[] = {
    /* SP moved by a constant, by a register loaded with one, copied */
    {"27bdffc0", "addiu $sp, $sp, -0x40", "next; r r29; w r29; r29=r29-0x40"},
    {"23bd0020", "addi $sp, $sp, 0x20", "next; r r29; w r29; r29=r29+0x20"},
    {"3c170001", "lui $s7, 1", "next; w r23; r23=0x10000"},
    {"3c048000", "lui $a0, 0x8000", "next; w r4; r4=0xffffffff80000000"},
    {"36f71234", "ori $s7, $s7, 0x1234", "next; r r23; w r23; r23=r23|0x1234"},
    {"03b7e821", "addu $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29+r23"},
    {"03b7e820", "add $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29+r23"},
    {"03b7e823", "subu $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29-r23"},
    {"03a02025", "move $a0, $sp", "next; r r29; w r4; r4=r29+0x0"},
    {"0004e825", "or $sp, $zero, $a0", "next; r r4; w r29; r29=r4+0x0"},
    {"001d2021", "addu $a0, $zero, $sp", "next; r r29; w r4; r4=r29+0x0"},
    {"27a47fff", "addiu $a0, $sp, 0x7fff", "next; r r29; w r4; r4=r29+0x7fff"},
    {"2404fffb", "addiu $a0, $zero, -5", "next; w r4; r4=0xfffffffffffffffb"},
    {"34048000", "ori $a0, $zero, 0x8000", "next; w r4; r4=0x8000"},
    {"3085fff8", "andi $a1, $a0, 0xfff8", "next; r r4; w r5; r5=r4&0xfff8"},
    {"38850001", "xori $a1, $a0, 1", "next; r r4; w r5; r5=r4^0x1"},
    {"03a4e824", "and $sp, $sp, $a0", "next; r r4 r29; w r29; r29=r29&r4"},
    {"000428c0", "sll $a1, $a0, 3", "next; r r4; w r5; r5=r4<<0x3"},
    {"00042823", "negu $a1, $a0", "next; r r4; w r5"},
    {"00862825", "or $a1, $a0, $a2", "next; r r4 r6; w r5"},
    /* r0: no register */
    {"00000000", "nop", "next"},
    {"00850021", "addu $zero, $a0, $a1", "next; r r4 r5"},
    {"00002025", "move $a0, $zero", "next; w r4; r4=0x0"},
    {"8c041234", "lw $a0, 0x1234($zero)", "next; w r4; load 4 [0x1234]; r4=mem"},
    {"afa00008", "sw $zero, 8($sp)", "next; r r29; store 4 [r29+8]"},
    {"10000001", "b 8", "jump 0x8, delay slot"},
    {"04010001", "bgez $zero, 8", "jump 0x8, delay slot"},
    {"04110001", "bal 8", "call 0x8, delay slot; w r31"},
    {"03e00008", "jr $ra", "return, delay slot; r r31"},
    /* memory */
    {"8fa4fffc", "lw $a0, -4($sp)", "next; r r29; w r4; load 4 [r29-4]; r4=mem"},
    {"80a40001", "lb $a0, 1($a1)", "next; r r5; w r4; load 1 [r5+1]"},
    {"90a40001", "lbu $a0, 1($a1)", "next; r r5; w r4; load 1 [r5+1]"},
    {"84840002", "lh $a0, 2($a0)", "next; r r4; w r4; load 2 [r4+2]"},
    {"94a40002", "lhu $a0, 2($a1)", "next; r r5; w r4; load 2 [r5+2]"},
    {"a0a40000", "sb $a0, ($a1)", "next; r r4 r5; store 1 [r5]"},
    {"a4a40000", "sh $a0, ($a1)", "next; r r4 r5; store 2 [r5]"},
    {"afbf0000", "sw $ra, ($sp)", "next; r r29 r31; store 4 [r29]"},
    {"88a40003", "lwl $a0, 3($a1)", "next; r r4 r5; w r4; load 0 [r5+3]"},
    {"98a40000", "lwr $a0, ($a1)", "next; r r4 r5; w r4; load 0 [r5]"},
    {"a8a40003", "swl $a0, 3($a1)", "next; r r4 r5; store 0 [r5+3]"},
    {"b8a40000", "swr $a0, ($a1)", "next; r r4 r5; store 0 [r5]"},
    {"c0a40000", "ll $a0, ($a1)", "next, LL; r r5; w r4; load 4 [r5]"},
    {"e0a40000", "sc $a0, ($a1)", "next, SC; r r4 r5; w r4; store 4 [r5]"},
    {"0000000f", "sync", "next"},
    {"cc800008", "pref 0, 8($a0)", "next; r r4"},
    /* HI and LO */
    {"00850018", "mult $a0, $a1", "next; r r4 r5; w hi lo"},
    {"0085001b", "divu $zero, $a0, $a1", "next; r r4 r5; w hi lo"},
    {"00002010", "mfhi $a0", "next; r hi; w r4"},
    {"00002012", "mflo $a0", "next; r lo; w r4"},
    {"00800011", "mthi $a0", "next; r r4; w hi"},
    {"00800013", "mtlo $a0", "next; r r4; w lo"},
    {"70850000", "madd $a0, $a1", "next; r r4 r5 hi lo; w hi lo"},
    {"70850005", "msubu $a0, $a1", "next; r r4 r5 hi lo; w hi lo"},
    {"70a62002", "mul $a0, $a1, $a2", "next; r r5 r6; w r4; p hi lo"},
    /* plain */
    {"00a6202a", "slt $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"2ca40001", "sltiu $a0, $a1, 1", "next; r r5; w r4"},
    {"00c52004", "sllv $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"00c52006", "srlv $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"000520c2", "srl $a0, $a1, 3", "next; r r5; w r4"},
    {"002520c2", "rotr $a0, $a1, 3", "next; r r5; w r4"},
    {"000520c3", "sra $a0, $a1, 3", "next; r r5; w r4"},
    {"00a62027", "nor $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"70a42020", "clz $a0, $a1", "next; r r5; w r4"},
    {"70a42021", "clo $a0, $a1", "next; r r5; w r4"},
    {"7c052420", "seb $a0, $a1", "next; r r5; w r4"},
    {"7ca418c0", "ext $a0, $a1, 3, 4", "next; r r5; w r4"},
    {"7ca430c4", "ins $a0, $a1, 3, 4", "next; r r4 r5; w r4"},
    {"00a6200b", "movn $a0, $a1, $a2", "next, conditional; r r5 r6; p r4"},
    {"00a6200a", "movz $a0, $a1, $a2", "next, conditional; r r5 r6; p r4"},
    {"00a02001", "movf $a0, $a1, $fcc0", "next, conditional; r r5 fcr31; p r4"},
    /* control */
    {"1485fffd", "bne $a0, $a1, -8", "branch 0xfffffffffffffff8, delay slot; r r4 r5"},
    {"10800003", "beqz $a0, 0x10", "branch 0x10, delay slot; r r4"},
    {"18800003", "blez $a0, 0x10", "branch 0x10, delay slot; r r4"},
    {"1c800003", "bgtz $a0, 0x10", "branch 0x10, delay slot; r r4"},
    {"04800003", "bltz $a0, 0x10", "branch 0x10, delay slot; r r4"},
    {"04910003", "bgezal $a0, 0x10", "call 0x10, delay slot, conditional; r r4; p r31"},
    {"04900003", "bltzal $a0, 0x10", "call 0x10, delay slot, conditional; r r4; p r31"},
    {"0800048d", "j 0x1234", "jump 0x1234, delay slot"},
    {"0c00048d", "jal 0x1234", "call 0x1234, delay slot; w r31"},
    {"00800008", "jr $a0", "jump reg, delay slot; r r4"},
    {"0080f809", "jalr $a0", "call reg, delay slot; r r4; w r31"},
    {"45010003", "bc1t 0x10", "branch 0x10, delay slot; r fcr31"},
    {"45000003", "bc1f 0x10", "branch 0x10, delay slot; r fcr31"},
    {"00000034", "teq $zero, $zero", "stop"},
    {"00800034", "teq $a0, $zero", "next; r r4"},
    {"00850036", "tne $a0, $a1", "next; r r4 r5"},
    {"00840031", "tgeu $a0, $a0", "stop; r r4"},
    {"00840033", "tltu $a0, $a0", "next; r r4"},
    {"048c0005", "teqi $a0, 5", "next; r r4"},
    {"0000000d", "break", "stop"},
    {"0000000c", "syscall",
     "next; r r2 r4 r5 r6 r7 r8 r9 r29; w r2 r7; p r1 r3 r8 r9 r10 r11 r12 r13 r14 r15 r24 r25 hi lo"},
    /* floating point: a double is a pair */
    {"46041000", "add.s $f0, $f2, $f4", "next; r f2 f4; w f0; p fcr31"},
    {"46241000", "add.d $f0, $f2, $f4", "next; r f2 f3 f4 f5; w f0 f1; p fcr31"},
    {"46001846", "mov.s $f1, $f3", "next; r f3; w f1"},
    {"46201006", "mov.d $f0, $f2", "next; r f2 f3; w f0 f1"},
    {"46201007", "neg.d $f0, $f2", "next; r f2 f3; w f0 f1; p fcr31"},
    {"46001821", "cvt.d.s $f0, $f3", "next; r f3; w f0 f1; p fcr31"},
    {"462000e0", "cvt.s.d $f3, $f0", "next; r f0 f1; w f3; p fcr31"},
    {"46801821", "cvt.d.w $f0, $f3", "next; r f3; w f0 f1; p fcr31"},
    {"4620104d", "trunc.w.d $f1, $f2", "next; r f2 f3; w f1; p fcr31"},
    {"46220032", "c.eq.d $f0, $f2", "next; r f0 f1 f2 f3; p fcr31"},
    {"4603083c", "c.lt.s $f1, $f3", "next; r f1 f3; p fcr31"},
    {"46211011", "movt.d $f0, $f2, $fcc0", "next, conditional; r fcr31 f2 f3; p f0 f1"},
    {"46041013", "movn.s $f0, $f2, $a0", "next, conditional; r r4 f2; p f0"},
    {"44840800", "mtc1 $a0, $f1", "next; r r4; w f1"},
    {"44040800", "mfc1 $a0, $f1", "next; r f1; w r4"},
    {"c7a10004", "lwc1 $f1, 4($sp)", "next; r r29; w f1; load 4 [r29+4]"},
    {"d7a20008", "ldc1 $f2, 8($sp)", "next; r r29; w f2 f3; load 8 [r29+8]"},
    {"d7a30008", "ldc1 $f3, 8($sp)", "next; r r29; w f2 f3; load 8 [r29+8]"},
    {"e7a10004", "swc1 $f1, 4($sp)", "next; r r29 f1; store 4 [r29+4]"},
    {"f7a20008", "sdc1 $f2, 8($sp)", "next; r r29 f2 f3; store 8 [r29+8]"},
    {"4444f800", "cfc1 $a0, $31", "next; r fcr31; w r4"},
    {"44c4f800", "ctc1 $a0, $31", "next; r r4; w fcr31"},
    {"44c4c800", "ctc1 $a0, $25", "next; r r4; p fcr31"},
    {"44c4d000", "ctc1 $a0, $26", "next; r r4 fcr31; p fcr31"},
    {"44c4e000", "ctc1 $a0, $28", "next; r r4 fcr31; p fcr31"},
    {"44440000", "cfc1 $a0, $0", "next; w r4"},
    /* not known */
    {"50850003", "beql $a0, $a1, 0x10", "unknown"},
    {"45030003", "bc1tl 0x10", "unknown"},
    {"249a0001", "addiu $k0, $a0, 1", "unknown"},
    {"40046000", "mfc0 $a0, $t4, 0", "unknown"},
    {"7c000007", "", "invalid"},
};

/* Of 64 bits: sums of 32 are sign-extended. */
static const struct effects_row rows64[] = {
    {"67bdffc0", "daddiu $sp, $sp, -0x40", "next; r r29; w r29; r29=r29-0x40"},
    {"63bd0040", "daddi $sp, $sp, 0x40", "next; r r29; w r29; r29=r29+0x40"},
    {"03b7e82d", "daddu $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29+r23"},
    {"03b7e82f", "dsubu $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29-r23"},
    {"03b7e82c", "dadd $sp, $sp, $s7", "next; r r23 r29; w r29; r29=r29+r23"},
    {"03a02025", "move $a0, $sp", "next; r r29; w r4; r4=r29+0x0"},
    {"03a0202d", "move $a0, $sp", "next; r r29; w r4; r4=r29+0x0"},
    {"3c178000", "lui $s7, 0x8000", "next; w r23; r23=0xffffffff80000000"},
    {"2404fffb", "addiu $a0, $zero, -5", "next; w r4; r4=0xfffffffffffffffb"},
    {"24a4fffb", "addiu $a0, $a1, -5", "next; r r5; w r4; r4=r5+32-0x5"},
    {"00a62021", "addu $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"00a02021", "move $a0, $a1", "next; r r5; w r4; r4=r5+320x0"},
    {"00052000", "sll $a0, $a1, 0", "next; r r5; w r4; r4=r5+320x0"},
    {"00052080", "sll $a0, $a1, 2", "next; r r5; w r4"},
    {"000520b8", "dsll $a0, $a1, 2", "next; r r5; w r4; r4=r5<<0x2"},
    {"000520bc", "dsll32 $a0, $a1, 2", "next; r r5; w r4; r4=r5<<0x22"},
    {"0005203e", "dsrl32 $a0, $a1, 0", "next; r r5; w r4"},
    {"00c52017", "dsrav $a0, $a1, $a2", "next; r r5 r6; w r4"},
    {"dfa40008", "ld $a0, 8($sp)", "next; r r29; w r4; load 8 [r29+8]; r4=mem"},
    {"8fa40008", "lw $a0, 8($sp)", "next; r r29; w r4; load 4 [r29+8]"},
    {"9fa40008", "lwu $a0, 8($sp)", "next; r r29; w r4; load 4 [r29+8]"},
    {"ffbffff8", "sd $ra, -8($sp)", "next; r r29 r31; store 8 [r29-8]"},
    {"68a40007", "ldl $a0, 7($a1)", "next; r r4 r5; w r4; load 0 [r5+7]"},
    {"b4a40000", "sdr $a0, ($a1)", "next; r r4 r5; store 0 [r5]"},
    {"d0a40000", "lld $a0, ($a1)", "next, LL; r r5; w r4; load 8 [r5]"},
    {"f0a40000", "scd $a0, ($a1)", "next, SC; r r4 r5; w r4; store 8 [r5]"},
    {"0085001d", "dmultu $a0, $a1", "next; r r4 r5; w hi lo"},
    {"0085001e", "ddiv $zero, $a0, $a1", "next; r r4 r5; w hi lo"},
    {"70a42024", "dclz $a0, $a1", "next; r r5; w r4"},
    {"7c0520a4", "dsbh $a0, $a1", "next; r r5; w r4"},
    {"7ca418c3", "dext $a0, $a1, 3, 4", "next; r r5; w r4"},
    {"7ca430c7", "dins $a0, $a1, 3, 4", "next; r r4 r5; w r4"},
    /* floating point: a single leaves its upper half open */
    {"46251840", "add.d $f1, $f3, $f5", "next; r f3 f5; w f1; p fcr31"},
    {"46051840", "add.s $f1, $f3, $f5", "next; r f3 f5; p fcr31 f1"},
    {"46001846", "mov.s $f1, $f3", "next; r f3; p f1"},
    {"46a01861", "cvt.d.l $f1, $f3", "next; r f3; w f1; p fcr31"},
    {"46a01860", "cvt.s.l $f1, $f3", "next; r f3; p fcr31 f1"},
    {"46201849", "trunc.l.d $f1, $f3", "next; r f3; w f1; p fcr31"},
    {"44a40800", "dmtc1 $a0, $f1", "next; r r4; w f1"},
    {"44240800", "dmfc1 $a0, $f1", "next; r f1; w r4"},
    {"44840800", "mtc1 $a0, $f1", "next; r r4; p f1"},
    {"d7a10008", "ldc1 $f1, 8($sp)", "next; r r29; w f1; load 8 [r29+8]"},
    {"f7a10008", "sdc1 $f1, 8($sp)", "next; r r29 f1; store 8 [r29+8]"},
    {"7c03e83b", "rdhwr $v1, $29", "next, TLS; w r3"},
    {"0800048d", "j 0x1234", "jump 0x1234, delay slot"},
    /* MSA: a vector's lower half is the register of its number */
    {"7b000007", "ldi.b $w0, 0", "next; w f0"},
    {"78102024", "st.b $w0, 0x10($a0)", "next; r r4 f0; store 16 [r4+16]"},
    {"7bffefe3", "ld.d $w31, -8($sp)", "next; r r29; w f31; load 16 [r29-8]"},
    {"78b10919", "copy_s.w $a0, $w1[1]", "next; r f1; w r4"},
    {"79392899", "insert.d $w2[1], $a1", "next; r r5 f2; w f2"},
    {"7b0230de", "fill.w $w3, $a2", "next; r r6; w f3"},
    {"78071054", "sld.b $w1, $w2[$a3]", "next; r r7 f1 f2; w f1"},
    {"78c71054", "splat.w $w1, $w2[$a3]", "next; r r7 f2; w f1"},
    {"787e0919", "cfcmsa $a0, $1", "next; w r4"},
    {"783e2059", "ctcmsa $1, $a0", "next; r r4"},
    {"78be1059", "move.v $w1, $w2", "next; r f2; w f1"},
    {"7843104e", "addv.w $w1, $w2, $w3", "next; r f2 f3; w f1"},
    {"78c31052", "maddv.w $w1, $w2, $w3", "next; r f1 f2 f3; w f1"},
    {"7883105e", "bmnz.v $w1, $w2, $w3", "next; r f1 f2 f3; w f1"},
    {"79711059", "insve.w $w1[1], $w2[0]", "next; r f1 f2; w f1"},
    {"78031059", "sldi.b $w1, $w2[3]", "next; r f1 f2; w f1"},
    {"45610002", "bz.v $w1, 0xc", "branch 0xc, delay slot; r f1"},
    {"47c10002", "bnz.w $w1, 0xc", "branch 0xc, delay slot; r f1"},
};

static void words_of_32_bits(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("mips", rows32, sizeof rows32 / sizeof *rows32), 0);
}

static void words_of_64_bits(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("mips64", rows64, sizeof rows64 / sizeof *rows64), 0);
}

/* The little-endian targets say the same of the same words. */
static void little_endian(void **state)
{
    (void)state;
    const struct effects_row row32 = {"1700013c", "lui $at, 0x17", "next; w r1; r1=0x170000"};
    const struct effects_row row64 = {"f0ffbd67", "daddiu $sp, $sp, -0x10",
                                      "next; r r29; w r29; r29=r29-0x10"};
    assert_int_equal(effects_rows_wrong("mipsle", &row32, 1), 0);
    assert_int_equal(effects_rows_wrong("mips64le", &row64, 1), 0);
}

/* A jump stays in the 256 MB of its delay slot, not of its own. */
static void jump_region(void **state)
{
    (void)state;
    const uint8_t j[] = {0x08, 0x00, 0x00, 0x01};
    struct error e;
    struct effects fx;
    struct decoder *d = decoder_open("mips", &e);
    assert_non_null(d);
    assert_int_equal(decoder_insn(d, j, sizeof j, 0x1ffffffc, &fx), DECODED);
    assert_int_equal(fx.target, 0x20000004);
    assert_int_equal(decoder_insn(d, j, sizeof j, 0x1ffffff8, &fx), DECODED);
    assert_int_equal(fx.target, 0x10000004);
    decoder_close(d);
}

/* ---- each row of the tables is executed by effects-match ---- */

static uint32_t msa_bits(uint32_t group)
{
    if (group >= 0x20)
        return 0x3f; /* LD, ST */
    if (group == 0x1e)
        return 0x03e0003f;
    if (group >= 0x19)
        return 0x03c0003f;
    return group < 0x06 ? 0x0300003f : 0x0380003f;
}

/* Which bits beside the opcode choose a row. Of the formats of arithmetic S stands for all. */
static uint32_t row_bits(uint32_t word)
{
    switch (word >> 26) {
    case 0:
    case 28:
    case 31:
        return 0x3f;
    case 1:
        return 0x1f << 16;
    case 17:
        return word >> 25 & 1 ? word >> 24 & 1 ? 0x03000000 : 0x0200003f : 0x03e00000;
    case 30:
        return msa_bits(word & 63);
    default:
        return 0;
    }
}

static uint32_t row_of(uint32_t word)
{
    return word & (0xfc000000 | row_bits(word));
}

enum { MAX_LISTED = 1024 };

struct rows_listed {
    uint32_t row[MAX_LISTED];
    size_t n;
};

static void note_row(void *context, const uint8_t *bytes, size_t size)
{
    struct rows_listed *listed = context;
    (void)size;
    assert_true(listed->n < MAX_LISTED);
    listed->row[listed->n++] = row_of(listed_word(bytes, true));
}

static bool is_listed(const struct rows_listed *listed, uint32_t row)
{
    for (size_t i = 0; i < listed->n; i++)
        if (listed->row[i] == row)
            return true;
    return false;
}

/* MSA, which the processor that the 32-bit targets are run on has not. */
static bool is_msa(uint32_t word)
{
    uint32_t opcode = word >> 26, rs = word >> 21 & 31;
    return opcode == 30 || (opcode == 17 && (rs == 11 || rs == 15 || rs >= 24)) || word == 5;
}

/* How many rows that the target knows are in no list; prints each. All numbers of registers are in the fields
 * rs, rt and rd, or in the lowest 16 bits. */
static int rows_missing(const char *target, bool has_msa, const char *list)
{
    struct rows_listed listed = {.n = 0};
    struct error e;
    struct decoder *d = decoder_open(target, &e);
    int missing = 0;
    assert_non_null(d);
    each_listed(list, note_row, &listed);
    for (uint32_t fields = 0; fields < 1 << 22; fields++) {
        uint32_t word = fields >> 6 << 16 | (fields & 63), rd = 31 << 11;
        struct effects fx = {.n_mem = 0};
        if (word != row_of(word) || (!has_msa && is_msa(word)) || is_listed(&listed, word) ||
            !decoder_arch(d)->fill_word(word | rd, &fx))
            continue;
        print_message("%s: the row of %#x is in no list of instructions\n", target, word);
        missing++;
    }
    decoder_close(d);
    return missing;
}

static void each_row_is_executed(void **state)
{
    (void)state;
    int missing = rows_missing("mips", false, "arch/mips/test/instructions/mips.tsv");
    missing += rows_missing("mips64", true, "arch/mips/test/instructions/mips64.tsv");
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_32_bits),     cmocka_unit_test(words_of_64_bits),
        cmocka_unit_test(little_endian),        cmocka_unit_test(jump_region),
        cmocka_unit_test(each_row_is_executed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
