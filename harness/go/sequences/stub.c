/* Taking the stub out of a binary: see stub.h. Follows the code in order, to the last instruction that is
 * reached, past what no jump leads to; literals lie after it. */
#include "stub.h"

#include <stdlib.h>
#include <string.h>

#include "insn/effects.h"
#include "stub_flags.h"
#include "stub_read.h"
#include "stub_walk.h"

/* clang-format off */
enum {
    MAX_CODE = 8192,   /* bytes of a stub */
    MAX_LITERALS = 16,
    MAX_TARGETS = 32,
    MAX_DEAD = 8,
    SAVE_AREA = 4096,  /* bytes after the last that is known of a p */
    DATA_BYTES = 8,    /* copied of what a literal points to */
};
/* clang-format on */

static const char stub_name[] = "runtime.asyncPreempt", callee[] = "runtime.asyncPreempt2";

struct literal {
    uint64_t at; /* its address */
    uint64_t value;
    bool is_address; /* of data, which is copied */
};

struct stub {
    const struct gobin *bin;
    struct gobin_func f;
    struct decoder *decoder;
    const struct effects_arch *arch;
    struct literal literal[MAX_LITERALS];
    int n_literals;
    const struct go_stub_setting *setting;
    struct stub_flags flags;
    struct stub_walks walks;
    uint64_t target[MAX_TARGETS]; /* of jumps, ahead of them */
    int n_targets;
    /* Code that is never reached, as what a stub would save on another CPU if its toolchain were built so. */
    struct {
        uint64_t from, to;
    } dead[MAX_DEAD];
    int n_dead;
    uint64_t end; /* after the last instruction */
    int calls;
    struct error *e;
};

static bool refuse(struct stub *s, uint64_t pc, const char *why)
{
    return error_set(s->e, stub_name, 0, "+0x%llx: %s", (unsigned long long)(pc - s->f.entry), why);
}

static bool find(struct stub *s)
{
    size_t n = gobin_n_funcs(s->bin);
    for (size_t i = 0; i < n; i++) {
        gobin_func(s->bin, i, &s->f);
        if (strcmp(s->f.name, stub_name) == 0)
            return (s->f.code && s->f.end - s->f.entry <= MAX_CODE) ||
                   error_set(s->e, stub_name, 0, "its code is not in the file, or longer than %d bytes",
                             MAX_CODE);
    }
    return error_set(s->e, stub_name, 0,
                     "the binary has no such function: its runtime does not preempt by signals");
}

static uint64_t read_word(const struct stub *s, const uint8_t *bytes)
{
    uint64_t v = 0;
    for (unsigned i = 0; i < s->arch->target->word; i++)
        v |= (uint64_t)bytes[gobin_is_big_endian(s->bin) ? s->arch->target->word - 1 - i : i] << 8 * i;
    return v;
}

static bool inside(const struct stub *s, uint64_t address)
{
    return address >= s->f.entry && address < s->f.end;
}

/* Small numbers are not addresses, although a position-independent binary is linked at 0. */
static bool is_address(const struct stub *s, uint64_t value)
{
    return value >= 0x1000 && gobin_bytes(s->bin, value, 1) != NULL;
}

static bool add_literal(struct stub *s, const struct effects *fx, const struct effect_mem *m)
{
    uint64_t at = (uint64_t)m->disp;
    if (!inside(s, at) || !inside(s, at + s->arch->target->word - 1) || m->store)
        return refuse(s, fx->pc, "memory at a fixed address, which is there in the binary only");
    for (int i = 0; i < s->n_literals; i++)
        if (s->literal[i].at == at)
            return true;
    if (s->n_literals == MAX_LITERALS)
        return refuse(s, fx->pc, "too many literals");
    uint64_t value = read_word(s, s->f.code + (at - s->f.entry));
    s->literal[s->n_literals++] = (struct literal){at, value, is_address(s, value)};
    return true;
}

static bool check_call(struct stub *s, const struct effects *fx)
{
    size_t i = gobin_find(s->bin, fx->target);
    struct gobin_func f = {.name = ""};
    if (i < gobin_n_funcs(s->bin))
        gobin_func(s->bin, i, &f);
    s->calls++;
    return strncmp(f.name, callee, strlen(callee)) == 0 ||
           refuse(s, fx->pc, "it calls something other than asyncPreempt2");
}

/* What an instruction depends on besides registers and the stack. */
static bool check_insn(struct stub *s, const struct effects *fx)
{
    if (stub_flags_question(&s->flags, fx->pc))
        return true;
    for (int i = 0; i < fx->n_mem; i++)
        if (fx->mem[i].base == NO_UNIT && fx->mem[i].index == NO_UNIT && !add_literal(s, fx, &fx->mem[i]))
            return false;
    for (int i = 0; i < fx->n_values; i++)
        if (fx->value[i].op == VALUE_CONST &&
            (fx->flags & MAKES_ADDRESS || is_address(s, (uint64_t)fx->value[i].imm)))
            return refuse(s, fx->pc, "it computes an address, which is there in the binary only");
    switch (fx->flow) {
    case FLOW_CALL:
        return check_call(s, fx);
    case FLOW_CALL_REG:
        return refuse(s, fx->pc, "a call through a register");
    case FLOW_JUMP:
    case FLOW_BRANCH:
        return inside(s, fx->target) || refuse(s, fx->pc, "it jumps to another function");
    default:
        return true;
    }
}

/* Notes where a jump goes; not into what was passed over. */
static bool add_target(struct stub *s, const struct effects *fx)
{
    for (int i = 0; i < s->n_dead; i++)
        if (fx->target >= s->dead[i].from && fx->target < s->dead[i].to)
            return refuse(s, fx->pc, "it jumps back to code that nothing before leads to");
    if (s->n_targets == MAX_TARGETS)
        return refuse(s, fx->pc, "too many jumps");
    s->target[s->n_targets++] = fx->target;
    return true;
}

/* Where control may come to from `pc` on, as far as is known: the nearest target of a jump. `pc` itself if
 * there is none, or no room to note the gap. */
static uint64_t next_reached(struct stub *s, uint64_t pc)
{
    uint64_t next = 0;
    for (int i = 0; i < s->n_targets; i++)
        if (s->target[i] >= pc && (next == 0 || s->target[i] < next))
            next = s->target[i];
    if (next <= pc || s->n_dead == MAX_DEAD)
        return pc;
    s->dead[s->n_dead].from = pc;
    s->dead[s->n_dead++].to = next;
    return next;
}

/* Reads all instructions, in order, to the last that is reached. */
static bool read_code(struct stub *s)
{
    uint64_t pc = s->f.entry, farthest = pc;
    const char *why;
    stub_walks_begin(&s->walks, s->arch);
    if (!stub_flags_find(&s->flags, &s->f, s->decoder, s->setting->flags))
        return refuse(s, pc, "it asks for too much of the CPU");
    for (bool ended = false; !ended || pc <= farthest;) {
        struct effects fx;
        if (pc >= s->f.end ||
            decoder_insn(s->decoder, s->f.code + (pc - s->f.entry), s->f.end - pc, pc, &fx) != DECODED)
            return refuse(s, pc, "an unknown instruction");
        stub_flags_decide(&s->flags, &fx);
        if (!check_insn(s, &fx))
            return false;
        if ((why = stub_walks_insn(&s->walks, &fx)))
            return refuse(s, pc, why);
        if ((fx.flow == FLOW_JUMP || fx.flow == FLOW_BRANCH) && !add_target(s, &fx))
            return false;
        if ((fx.flow == FLOW_JUMP || fx.flow == FLOW_BRANCH) && fx.target > farthest)
            farthest = fx.target;
        pc += fx.size;
        ended =
            fx.flow == FLOW_RET || fx.flow == FLOW_JUMP_REG || fx.flow == FLOW_STOP || fx.flow == FLOW_JUMP;
        if (ended && fx.flags & HAS_DELAY_SLOT)
            pc += fx.size;
        ended &= !(fx.flags & IS_CONDITIONAL);
        if (ended)
            pc = next_reached(s, pc);
    }
    s->end = pc;
    if ((why = stub_walks_end(&s->walks)))
        return error_set(s->e, stub_name, 0, "%s", why);
    return s->calls > 0 || error_set(s->e, stub_name, 0, "it calls nothing");
}

static void write_bytes(FILE *out, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        fprintf(out, "%s0x%02x", i ? "," : "\t.byte\t", bytes[i]);
}

/* What stands in place of the loads, in as many bytes. */
static void write_walk(const struct stub *s, const struct stub_walk *walk, FILE *out)
{
    fprintf(out, "1:\t");
    if (walk->unit != NO_UNIT)
        fprintf(out, s->arch->load_address, s->arch->units[walk->unit].reg, "stub_p");
    fprintf(out, "\t/* in place of loads of g, from g and from m */\n\t.org\t1b + %u, 0x90\n",
            (unsigned)walk->size);
}

static uint64_t dead_until(const struct stub *s, uint64_t pc)
{
    for (int i = 0; i < s->n_dead; i++)
        if (s->dead[i].from == pc)
            return s->dead[i].to;
    return pc;
}

/* As it is in the binary, so that the instruction behind it begins where it does there. */
static void write_dead(const struct stub *s, uint64_t pc, uint64_t end, FILE *out)
{
    const char *between = "\t.byte\t";
    for (; pc < end; pc++, between = ",")
        fprintf(out, "%s0x%02x", between, s->f.code[pc - s->f.entry]);
    fprintf(out, "\t/* never reached */\n");
}

static void write_code(struct stub *s, FILE *out)
{
    for (uint64_t pc = s->f.entry; pc < s->end;) {
        struct effects fx;
        const struct stub_walk *walk = stub_walk_at(&s->walks, pc);
        const struct stub_question *question = stub_flags_question(&s->flags, pc);
        uint64_t live = dead_until(s, pc);
        if (live > pc) {
            write_dead(s, pc, live, out);
            pc = live;
            continue;
        }
        if (walk) {
            write_walk(s, walk, out);
            pc += walk->size;
            continue;
        }
        if (question) {
            stub_flags_write_question(&s->flags, question, out);
            pc += question->size;
            continue;
        }
        char text[160] = "";
        const uint8_t *bytes = s->f.code + (pc - s->f.entry);
        decoder_insn(s->decoder, bytes, s->end - pc, pc, &fx);
        decoder_text(s->decoder, bytes, s->end - pc, pc, text, sizeof text);
        if (fx.flow == FLOW_CALL) {
            fprintf(out, "\t");
            fprintf(out, s->arch->call, "async_preempt2");
        } else {
            write_bytes(out, bytes, fx.size);
        }
        fprintf(out, "\t/* %s */\n", text);
        pc += fx.size;
    }
}

static const struct literal *literal_at(const struct stub *s, uint64_t at)
{
    for (int i = 0; i < s->n_literals; i++)
        if (s->literal[i].at == at)
            return &s->literal[i];
    return NULL;
}

/* What lies between the code and the last literal, at the same distance. */
static void write_literals(struct stub *s, FILE *out)
{
    uint64_t last = s->end;
    for (int i = 0; i < s->n_literals; i++)
        if (s->literal[i].at + s->arch->target->word > last)
            last = s->literal[i].at + s->arch->target->word;
    for (uint64_t at = s->end; at < last;) {
        const struct literal *l = literal_at(s, at);
        if (l && l->is_address)
            fprintf(out, "\t.%ubyte\tstub_data_%d\n", (unsigned)s->arch->target->word, (int)(l - s->literal));
        else
            write_bytes(out, s->f.code + (at - s->f.entry), l ? s->arch->target->word : 1),
                fprintf(out, "\n");
        at += l ? s->arch->target->word : 1;
    }
}

static void write_data(struct stub *s, bool switched, FILE *out, enum go_stub_data *data)
{
    *data = STUB_NO_DATA;
    for (int i = 0; i < s->n_literals; i++) {
        if (!s->literal[i].is_address)
            continue;
        const uint8_t *bytes = gobin_bytes(s->bin, s->literal[i].value, DATA_BYTES);
        uint8_t copy[DATA_BYTES] = {0};
        if (bytes)
            memcpy(copy, bytes, sizeof copy);
        if (copy[0] == 0 && !s->arch->stub_data_is_linked)
            *data = STUB_VARIABLES;
        else if (*data == STUB_NO_DATA)
            *data = STUB_CONSTANTS;
        for (int j = 0; switched && j < DATA_BYTES; j++)
            copy[j] = !copy[j];
        fprintf(out, "\t.data\n\t.balign 8\nstub_data_%d:\n", i);
        write_bytes(out, copy, sizeof copy);
        fprintf(out, "\n");
    }
}

/* A p whose cache is its scratch: what asyncPreempt2 does with the two has the same effect (Go 1.27,
 * preempt_xreg.go). */
static void write_p(struct stub *s, FILE *out)
{
    const struct stub_walks *w = &s->walks;
    if (w->n == 0)
        return;
    int64_t word = s->arch->target->word, last = w->cache > w->scratch ? w->cache : w->scratch;
    fprintf(out, "\t.data\n\t.balign 64\nstub_p:\n\t.skip\t%lld\n\t.%lldbyte\tstub_p + %lld\n\t.skip\t%lld\n",
            (long long)w->cache, (long long)word, (long long)w->scratch,
            (long long)(last + SAVE_AREA - w->cache - word));
}

bool go_stub_write(const struct gobin *bin, const struct go_stub_setting *setting, FILE *out,
                   struct go_stub_asks *asks, struct error *e)
{
    struct stub s = {.bin = bin, .setting = setting, .e = e};
    if (!find(&s) || !(s.decoder = decoder_open(gobin_target(bin), e)))
        return false;
    s.arch = decoder_arch(s.decoder);
    bool ok = read_code(&s);
    if (ok) {
        fprintf(out, "/* runtime.asyncPreempt of a binary of %s, %s. */\n", gobin_version(bin),
                gobin_target(bin));
        fprintf(out,
                "#include \"case.inc\"\n\t.text\n\t.balign 16\n\t.globl async_preempt, async_preempt_end\n"
                "\t.hidden async_preempt, async_preempt_end\nasync_preempt:\n");
        write_code(&s, out);
        fprintf(out, "async_preempt_end:\n");
        write_literals(&s, out);
        write_data(&s, setting->switched, out, &asks->data);
        stub_flags_write(&s.flags, out);
        asks->flags = (unsigned)s.flags.n;
        write_p(&s, out);
        fprintf(out, "\t.section .note.GNU-stack,\"\",%%progbits\n");
    }
    decoder_close(s.decoder);
    return ok;
}

bool go_stub_read(const struct gobin *bin, const struct go_stub_setting *setting, struct unitset *lost,
                  const struct effects_arch **arch, struct error *e)
{
    struct stub s = {.bin = bin, .setting = setting, .e = e};
    if (!find(&s) || !(s.decoder = decoder_open(gobin_target(bin), e)))
        return false;
    *arch = s.arch = decoder_arch(s.decoder);
    const struct stub_code code = {&s.f, s.decoder, &s.flags, &s.walks};
    const char *why = NULL;
    uint64_t at;
    bool ok = read_code(&s) && !(why = stub_read(&code, lost, &at));
    decoder_close(s.decoder);
    return ok || !why ? ok : refuse(&s, at, why);
}
