/* What riscv64's instructions do: encodings by GNU as, effects by The RISC-V Instruction Set Manual. Each way
 * to move SP, x0, the thread pointer, parts of FCSR, immediates of every format, and aliases, of which
 * capstone leaves operands out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <capstone/capstone.h>

#include "riscv64/insn/effects_bits.h"
#include "riscv64/insn/effects_compressed.h"
#include "riscv64/insn/effects_table.h"
#include "test/effects_rows.h"
#include "test/listed.h"

static const struct effects_row expected[] = {
    /* SP moved by a constant, by a register loaded with one, copied */
    {"130101fc", "addi sp, sp, -0x40", "next; r sp; w sp; sp=sp-0x40"},
    {"b71f0000", "lui t6, 1", "next; w x31; x31=0x1000"},
    {"b70f0080", "lui t6, 0x80000", "next; w x31; x31=0xffffffff80000000"},
    {"9b8f0ffa", "addiw t6, t6, -0x60", "next; r x31; w x31; x31=x31+32-0x60"},
    {"3301f101", "add sp, sp, t6", "next; r sp x31; w sp; sp=sp+x31"},
    {"3301f141", "sub sp, sp, t6", "next; r sp x31; w sp; sp=sp-x31"},
    {"13040100", "mv s0, sp", "next; r sp; w x8; x8=sp+0x0"},
    {"13010400", "mv sp, s0", "next; r x8; w sp; sp=x8+0x0"},
    {"9302b0ff", "addi t0, zero, -5", "next; w x5; x5=0xfffffffffffffffb"},
    {"9b020300", "sext.w t0, t1", "next; r x6; w x5; x5=x6+320x0"},
    {"9b027000", "addiw t0, zero, 7", "next; w x5; x5=0x7"},
    {"137101ff", "andi sp, sp, -0x10", "next; r sp; w sp; sp=sp&0xfffffffffffffff0"},
    {"93621300", "ori t0, t1, 1", "next; r x6; w x5; x5=x6|0x1"},
    {"9342f3ff", "not t0, t1", "next; r x6; w x5; x5=x6^0xffffffffffffffff"},
    {"93120303", "slli t0, t1, 0x30", "next; r x6; w x5; x5=x6<<0x30"},
    {"97523412", "auipc t0, 0x12345", "next; w x5; x5=0x12345000"},
    {"b3026040", "neg t0, t1", "next; r x6; w x5"},
    {"b3020340", "sub t0, t1, zero", "next; r x6; w x5; x5=x6+0x0"},
    {"b3026000", "add t0, zero, t1", "next; r x6; w x5; x5=x6+0x0"},
    /* x0: no register */
    {"13000000", "nop", "next"},
    {"13005000", "addi zero, zero, 5", "next"},
    {"23340100", "sd zero, 8(sp)", "next; r sp; store 8 [sp+8]"},
    {"83320001", "ld t0, 0x10(zero)", "next; w x5; load 8 [0x10]; x5=mem"},
    {"b3020000", "add t0, zero, zero", "next; w x5; x5=0x0"},
    /* what capstone does not know: Zba, Zbb, Zbs, Zicond */
    {"13172660", "cpop x14, x12", "next; r x12; w x14"},
    {"1317862a", "bseti x14, x12", "next; r x12; w x14"},
    {"1b17860a", "slli.uw x14, x12", "next; r x12; w x14"},
    {"3b07b608", "add.uw x14, x12, x11", "next; r x11 x12; w x14"},
    {"13170660", "clz x14, x12", "next; r x12; w x14"},
    {"1b171660", "ctzw x14, x12", "next; r x12; w x14"},
    {"1357866b", "rev8 x14, x12", "next; r x12; w x14"},
    {"13577628", "orc.b x14, x12", "next; r x12; w x14"},
    {"3b470608", "zext.h x14, x12", "next; r x12; w x14"},
    {"13578669", "", "invalid"}, /* rev8 of RV32 */
    {"33f7c640", "andn x14, x13, x12", "next; r x12 x13; w x14"},
    {"33e0c60a", "max x0, x13, x12", "next; r x12 x13"},
    {"13570663", "rori x14, x12", "next; r x12; w x14"},
    {"33610120", "sh3add x2, x2, x0", "next; r sp; w sp"},
    {"3357c60e", "czero.eqz x14, x12, x12", "next; r x12; w x14"},
    {"33720240", "andn x4, x4, x0", "next, TLS; r x4; w x4"},
    /* memory */
    {"83300100", "ld ra, 0(sp)", "next; r sp; w x1; load 8 [sp]; x1=mem"},
    {"83220380", "lw t0, -0x800(t1)", "next; r x6; w x5; load 4 [x6-2048]"},
    {"83e24200", "lwu t0, 4(t0)", "next; r x5; w x5; load 4 [x5+4]"},
    {"83021300", "lb t0, 1(t1)", "next; r x6; w x5; load 1 [x6+1]"},
    {"83522300", "lhu t0, 2(t1)", "next; r x6; w x5; load 2 [x6+2]"},
    {"233c11fe", "sd ra, -8(sp)", "next; r x1 sp; store 8 [sp-8]"},
    {"a30f537e", "sb t0, 0x7ff(t1)", "next; r x5 x6; store 1 [x6+2047]"},
    {"231f5300", "sh t0, 0x1e(t1)", "next; r x5 x6; store 2 [x6+30]"},
    {"87308100", "fld ft1, 8(sp)", "next; r sp; w f1; load 8 [sp+8]"},
    {"87208100", "flw ft1, 8(sp)", "next; r sp; w f1; load 4 [sp+8]"},
    {"27341100", "fsd ft1, 8(sp)", "next; r sp f1; store 8 [sp+8]"},
    {"272e11fe", "fsw ft1, -4(sp)", "next; r sp f1; store 4 [sp-4]"},
    {"af220314", "lr.w.aq t0, (t1)", "next, LL; r x6; w x5; load 4 [x6]"},
    {"af320310", "lr.d t0, (t1)", "next, LL; r x6; w x5; load 8 [x6]"},
    {"af32731c", "sc.d.aq t0, t2, (t1)", "next, SC; r x6 x7; w x5; store 8 [x6]"},
    {"af22031a", "sc.w.rl t0, zero, (t1)", "next, SC; r x6; w x5; store 4 [x6]"},
    {"af227306", "amoadd.w.aqrl t0, t2, (t1)", "next, atomic; r x6 x7; w x5; update 4 [x6]"},
    {"2f30730c", "amoswap.d.aq zero, t2, (t1)", "next, atomic; r x6 x7; update 8 [x6]"},
    {"afb252e0", "amomaxu.d t0, t0, (t0)", "next, atomic; r x5; w x5; update 8 [x5]"},
    {"0f00f00f", "fence", "next"},
    {"0f100000", "fence.i", "next"},
    /* plain */
    {"bb027300", "addw t0, t1, t2", "next; r x6 x7; w x5"},
    {"b3326000", "snez t0, t1", "next; r x6; w x5"},
    {"93321300", "seqz t0, t1", "next; r x6; w x5"},
    {"9352f343", "srai t0, t1, 0x3f", "next; r x6; w x5"},
    {"bb527340", "sraw t0, t1, t2", "next; r x6 x7; w x5"},
    {"b3f25200", "and t0, t0, t0", "next; r x5; w x5"},
    {"b3327302", "mulhu t0, t1, t2", "next; r x6 x7; w x5"},
    {"bb727302", "remuw t0, t1, t2", "next; r x6 x7; w x5"},
    /* control */
    {"63880200", "beqz t0, 0x10", "branch 0x10; r x5"},
    {"e39c62fe", "bne t0, t1, -8", "branch 0xfffffffffffffff8; r x5 x6"},
    {"e3ff627e", "bgeu t0, t1, 0xffe", "branch 0xffe; r x5 x6"},
    {"63405080", "bgtz t0, -0x1000", "branch 0xfffffffffffff000; r x5"},
    {"6ff0f77f", "j 0x7fffe", "jump 0x7fffe"},
    {"6f000080", "j -0x100000", "jump 0xfffffffffff00000"},
    {"ef104023", "jal 0x1234", "call 0x1234; w x1"},
    {"ef028000", "jal t0, 8", "call 0x8; w x5"},
    {"67800000", "ret", "return; r x1"},
    {"67800200", "jr t0", "jump reg; r x5"},
    {"67808000", "jalr zero, ra, 8", "jump reg; r x1"},
    {"e7008d00", "jalr ra, s10, 8", "call reg; r x26; w x1"},
    {"e7800f00", "jalr t6", "call reg; r x31; w x1"},
    {"73000000", "ecall", "next; r x10 x11 x12 x13 x14 x15 x17; w x10"},
    {"73001000", "ebreak", "stop"},
    {"731000c0", "unimp", "stop"},
    /* thread pointer */
    {"83328200", "ld t0, 8(tp)", "next, TLS; r x4; w x5; load 8 [x4+8]; x5=mem"},
    {"b3824200", "add t0, t0, tp", "next, TLS; r x4 x5; w x5; x5=x5+x4"},
    {"13820200", "mv tp, t0", "next; r x5; w x4; x4=x5+0x0"},
    /* control and status */
    {"f3223000", "frcsr t0", "next; r fcsr; w x5"},
    {"73903200", "fscsr t0", "next; r x5; w fcsr"},
    {"f3123300", "fscsr t0, t1", "next; r x6 fcsr; w x5 fcsr"},
    {"73901200", "fsflags t0", "next; r x5; p fcsr"},
    {"73e01000", "csrsi fflags, 1", "next; r fcsr; p fcsr"},
    {"f3222000", "frrm t0", "next; r fcsr; w x5"},
    {"f3723000", "csrrci t0, fcsr, 0", "next; r fcsr; w x5"},
    {"f32200c0", "rdcycle t0", "next; w x5"},
    {"f32210c0", "rdtime t0", "next; w x5"},
    {"731010c0", "csrw time, zero", "stop"},
    {"f3120310", "csrrw t0, sstatus, t1", "unknown"},
    /* floating point: flags accumulate in fcsr */
    {"d3703102", "fadd.d ft1, ft2, ft3", "next; r f2 f3; w f1; p fcsr"},
    {"d3700158", "fsqrt.s ft1, ft2", "next; r f2; w f1; p fcsr"},
    {"c3703122", "fmadd.d ft1, ft2, ft3, ft4", "next; r f2 f3 f4; w f1; p fcsr"},
    {"cbf020f8", "fnmsub.s ft1, ft1, ft2, ft11", "next; r f1 f2 f31; w f1; p fcsr"},
    {"d3002122", "fmv.d ft1, ft2", "next; r f2; w f1"},
    {"d3102120", "fneg.s ft1, ft2", "next; r f2; w f1"},
    {"d3203122", "fsgnjx.d ft1, ft2, ft3", "next; r f2 f3; w f1"},
    {"d3a220a2", "feq.d t0, ft1, ft2", "next; r f1 f2; w x5; p fcsr"},
    {"d39220a0", "flt.s t0, ft1, ft2", "next; r f1 f2; w x5; p fcsr"},
    {"d39200e2", "fclass.d t0, ft1", "next; r f1; w x5"},
    {"d300312a", "fmin.d ft1, ft2, ft3", "next; r f2 f3; w f1; p fcsr"},
    {"d38200e2", "fmv.x.d t0, ft1", "next; r f1; w x5"},
    {"d38002f0", "fmv.w.x ft1, t0", "next; r x5; w f1"},
    {"d39220c2", "fcvt.l.d t0, ft1, rtz", "next; r f1; w x5; p fcsr"},
    {"d39210c0", "fcvt.wu.s t0, ft1, rtz", "next; r f1; w x5; p fcsr"},
    {"d38002d2", "fcvt.d.w ft1, t0", "next; r x5; w f1"},
    {"d3f032d2", "fcvt.d.lu ft1, t0", "next; r x5; w f1; p fcsr"},
    {"d3701140", "fcvt.s.d ft1, ft2", "next; r f2; w f1; p fcsr"},
    /* vectors: what is a register of the list, and memory */
    {"d777360c", "vsetvli 15, 12, 3", "next; r x12; w x15"},
    {"d77784cd", "vsetivli 15, 8, 24", "next; w x15"},
    {"57f38380", "vsetvl 6, 7, 8", "next; r x7 x8; w x6"},
    {"07040502", "vle8.v 8, 10, 0", "next; r x10; load 0 [x10]"},
    {"27740102", "vse64.v 8, 2, 0", "next; r sp; store 0 [sp]"},
    {"0764b50a", "vlse32.v 8, 10, 11", "next; r x10 x11; load 0 [x10]"},
    {"07644506", "vluxei32.v 8, 10, 4", "next; r x10; load 0 [x10]"},
    {"070485e2", "vle8.v 8, 10, 8", "next; r x10; load 0 [x10]"},
    {"0700b502", "vle8.v 0, 10, 11", "next; r x10; load 0 [x10]"},
    {"d7802102", "vadd.vv 1, 3, 2", "next"},
    {"d7402502", "vadd.vx 1, 10, 2", "next; r x10"},
    {"d7b02102", "vadd.vi 1, 3, 2", "next"},
    {"57a70842", "vfirst.m 14, 17, 0", "next; w x14"},
    {"d7262042", "vmv.x.s 13, 0, 2", "next; w x13"},
    {"57e10642", "vmv.vx 2, 13, 0", "next; r x13"},
    {"57152042", "vfmv.f.s 10, 0, 2", "next; w f10"},
    {"d7502502", "vfadd.vf 1, 10, 2", "next; r f10; p fcsr"},
    {"d71031b2", "vfmacc.vv 1, 2, 3", "next; p fcsr"},
    {"57700082", "", "invalid"}, /* vsetvl with a bit that is none */
    /* not known: privileged; a no-op is */
    {"73002010", "sret", "unknown"},
    {"0100", "c.nop", "next"},
    {"0000", "c.unimp", "stop"},
};

/* Compressed instructions, and what GNU as makes of the same without compression. */
static const struct {
    const char *half, *whole;
} pairs[] = {
    {"fe92", "b382f201"}, /* c.add t0, t6 */
    {"2291", "33018100"}, /* c.add sp, s0 */
    {"0a85", "33052000"}, /* c.mv a0, sp */
    {"2681", "33019000"}, /* c.mv sp, s1 */
    {"8280", "67800000"}, /* c.jr ra */
    {"8282", "67800200"}, /* c.jr t0 */
    {"0299", "e7000900"}, /* c.jalr s2 */
    {"0100", "13000000"}, /* c.nop */
    {"0113", "130303fe"}, /* c.addi t1, -32 */
    {"7d01", "1301f101"}, /* c.addi sp, 31 */
    {"fd37", "9b87f7ff"}, /* c.addiw a5, -1 */
    {"d54d", "930d5001"}, /* c.li s11, 21 */
    {"857f", "b71ffeff"}, /* c.lui t6, 0xfffe1 */
    {"5565", "37550100"}, /* c.lui a0, 21 */
    {"4571", "130101e3"}, /* c.addi16sp sp, -464 */
    {"3561", "13010116"}, /* c.addi16sp sp, 352 */
    {"0171", "130101e0"}, /* c.addi16sp sp, -512 */
    {"a00a", "13048115"}, /* c.addi4spn s0, sp, 344 */
    {"3c15", "9307812a"}, /* c.addi4spn a5, sp, 680 */
    {"e81f", "1305c13f"}, /* c.addi4spn a0, sp, 1020 */
    {"2a1e", "131eae02"}, /* c.slli t3, 42 */
    {"d580", "93d45401"}, /* c.srli s1, 21 */
    {"7d97", "1357f743"}, /* c.srai a4, 63 */
    {"d59a", "93f656ff"}, /* c.andi a3, -11 */
    {"7d8c", "3374f400"}, /* c.and s0, a5 */
    {"d18d", "b3e5c500"}, /* c.or a1, a2 */
    {"a58f", "b3c79700"}, /* c.xor a5, s1 */
    {"158e", "3306d640"}, /* c.sub a2, a3 */
    {"259c", "3b049400"}, /* c.addw s0, s1 */
    {"099f", "3b07a740"}, /* c.subw a4, a0 */
    {"7c48", "83274405"}, /* c.lw a5, 84(s0) */
    {"8854", "03a58402"}, /* c.lw a0, 40(s1) */
    {"c077", "03b4870a"}, /* c.ld s0, 168(a5) */
    {"2c6a", "83350605"}, /* c.ld a1, 80(a2) */
    {"4035", "0734850a"}, /* c.fld fs0, 168(a0) */
    {"e4c9", "23aa9504"}, /* c.sw s1, 84(a1) */
    {"90d6", "23a4c602"}, /* c.sw a2, 40(a3) */
    {"58f4", "2334e40a"}, /* c.sd a4, 168(s0) */
    {"a4eb", "23b89704"}, /* c.sd s1, 80(a5) */
    {"bca8", "27b8f404"}, /* c.fsd fa5, 80(s1) */
    {"d64f", "832f4105"}, /* c.lwsp t6, 84(sp) */
    {"aa50", "8320810a"}, /* c.lwsp ra, 168(sp) */
    {"aa70", "8330810a"}, /* c.ldsp ra, 168(sp) */
    {"d662", "83320115"}, /* c.ldsp t0, 336(sp) */
    {"562e", "073e0115"}, /* c.fldsp ft8, 336(sp) */
    {"eeca", "232ab105"}, /* c.swsp s11, 84(sp) */
    {"02d5", "2324010a"}, /* c.swsp zero, 168(sp) */
    {"06f5", "2334110a"}, /* c.sdsp ra, 168(sp) */
    {"feea", "2338f115"}, /* c.sdsp t6, 336(sp) */
    {"feaa", "2738f115"}, /* c.fsdsp ft11, 336(sp) */
    {"0290", "73001000"}, /* c.ebreak */
    {"0000", "731000c0"}, /* c.unimp */
    {"cdc7", "6385070a"}, /* c.beqz a5, .+170 */
    {"b1db", "e38a07f4"}, /* c.beqz a5, .-172 */
    {"fdcf", "638f070e"}, /* c.beqz a5, .+254 */
    {"81d3", "e38007f0"}, /* c.beqz a5, .-256 */
    {"31e8", "631a0404"}, /* c.bnez s0, .+84 */
    {"4df4", "e31504fa"}, /* c.bnez s0, .-86 */
    {"91ab", "6f004055"}, /* c.j .+1364 */
    {"6db4", "6ff0bfaa"}, /* c.j .-1366 */
    {"6da4", "6f00a02a"}, /* c.j .+682 */
    {"91bb", "6ff05fd5"}, /* c.j .-684 */
    {"fdaf", "6f00e07f"}, /* c.j .+2046 */
    {"01b0", "6ff01f80"}, /* c.j .-2048 */
};

static bool text_of(struct decoder *d, const char *hex, char *text, size_t n)
{
    uint8_t bytes[4];
    size_t size = 0;
    unsigned byte;
    struct effects fx;
    for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
        bytes[size++] = (uint8_t)byte;
    if (decoder_insn(d, bytes, size, 0x100000, &fx) != DECODED || fx.size != size)
        return false;
    effects_text(decoder_arch(d), &fx, text, n);
    return true;
}

static void test_compressed_instructions_do_what_they_stand_for(void **state)
{
    struct error e;
    struct decoder *d = decoder_open("riscv64", &e);
    int wrong = 0;
    (void)state;
    assert_non_null(d);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char half[2048] = "unknown", whole[2048] = "unknown too";
        text_of(d, pairs[i].half, half, sizeof half);
        text_of(d, pairs[i].whole, whole, sizeof whole);
        if (strcmp(half, whole) == 0)
            continue;
        print_error("%s: %s\n%s: %s\n", pairs[i].half, half, pairs[i].whole, whole);
        wrong++;
    }
    decoder_close(d);
    assert_int_equal(wrong, 0);
}

static void test_rows(void **state)
{
    (void)state;
    assert_int_equal(effects_rows_wrong("riscv64", expected, sizeof expected / sizeof *expected), 0);
}

/* ---- each row of the tables is executed by effects-match ---- */

/* Of what capstone does not know: names. */
struct names {
    const char *name[64];
    size_t n;
};

static bool has(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return true;
    return false;
}

static void note_bits(struct names *names, uint32_t word)
{
    const char *name;
    bool reads_rs2;
    if (!riscv64_bits(word, &name, &reads_rs2) || has(names, name))
        return;
    assert_true(names->n < sizeof names->name / sizeof *names->name);
    names->name[names->n++] = name;
}

struct marked {
    csh cs;
    bool *listed;
    struct names *bits;
};

static void mark_insn(void *context, const uint8_t *bytes, size_t size)
{
    const struct marked *marked = context;
    cs_insn *insn;
    size_t n = cs_disasm(marked->cs, bytes, size, 0, 1, &insn);
    if (n)
        marked->listed[insn->id] = true;
    else
        note_bits(marked->bits, listed_word(bytes, false));
    cs_free(insn, n);
}

static bool is_row(uint32_t id)
{
    uint32_t word;
    return rows[id].kind != UNKNOWN || riscv64_expand(0, &id, &word);
}

/* Whatever funct3, funct7 and rs2 are, with the opcodes of arithmetic. */
static void find_bits(struct names *names)
{
    static const uint32_t opcodes[] = {0x13, 0x1b, 0x33, 0x3b};
    for (size_t i = 0; i < sizeof opcodes / sizeof *opcodes; i++)
        for (uint32_t funct3 = 0; funct3 < 8; funct3++)
            for (uint32_t high = 0; high < 1 << 12; high++)
                note_bits(names, high << 20 | funct3 << 12 | opcodes[i]);
}

static void test_each_row_is_executed(void **state)
{
    (void)state;
    static bool listed[RISCV_INS_ENDING];
    struct names bits = {.n = 0}, all = {.n = 0};
    csh cs;
    int missing = 0;
    assert_int_equal(cs_open(CS_ARCH_RISCV, CS_MODE_RISCV64 | CS_MODE_RISCVC, &cs), CS_ERR_OK);
    each_listed("arch/riscv64/test/instructions/riscv64.tsv", mark_insn, &(struct marked){cs, listed, &bits});
    for (uint32_t id = 0; id < RISCV_INS_ENDING; id++)
        if (is_row(id) && !listed[id]) {
            print_message("%s is in no list of instructions\n", cs_insn_name(cs, id));
            missing++;
        }
    find_bits(&all);
    for (size_t i = 0; i < all.n; i++)
        if (!has(&bits, all.name[i])) {
            print_message("%s is in no list of instructions\n", all.name[i]);
            missing++;
        }
    cs_close(&cs);
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows),
                                       cmocka_unit_test(test_compressed_instructions_do_what_they_stand_for),
                                       cmocka_unit_test(test_each_row_is_executed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
