/* x86: the length of an instruction in AT&T syntax, as GNU as 2.40 encodes it (Intel SDM vol. 2, chapter 2
 * and appendix B): prefixes, opcode, ModRM, SIB, displacement, immediate. Branches are taken for short ones;
 * see x86_relax. The probe checks every case's layout against the assembler's. */
#include "optab.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum form {
    F_NONE,  /* the opcode is all of it */
    F_MODRM, /* ModRM; an immediate is of one byte */
    F_ALU,   /* an immediate is of one byte where it fits; AX has a form without ModRM for wider ones */
    F_TEST,  /* the same without the short immediate */
    F_MOV,   /* immediates go to registers without ModRM, but for 64 bits; segment-relative EAX likewise */
    F_SHIFT, /* an immediate other than 1 is of one byte */
    F_IMUL,  /* one operand: opcode F7; two: 0F AF; an immediate: 69, 6B */
    F_STACK, /* push and pop: no ModRM for registers, nor REX.W */
    F_XCHG,  /* no ModRM where one of two registers is AX */
    F_INC,   /* no ModRM for registers on 386 */
    F_OPREG, /* the register is in the opcode */
    F_IMM4,  /* a four-byte immediate or distance, no ModRM: CALL */
};

/* Mnemonics by form. `opcode` counts the bytes before ModRM, mandatory prefixes included and REX not.
 * `sized`: the mnemonic takes a suffix b, w, l or q. */
static const struct mnemonics {
    const char *names;
    enum form form;
    unsigned char opcode;
    bool sized;
} table[] = {
    {" ret clc stc cmc cld std lahf sahf nop lock rep repne cltd cwtl pushfq pushfl popfq popfl pushal popal "
     "movsb movsl stosb stosl lodsb lodsl cmpsb cmpsl scasb scasl ",
     F_NONE, 1, false},
    {" cqto cltq cwtd cbtw movsw movsq stosw stosq lodsw lodsq cmpsw cmpsq scasw scasq pause "
     "fld1 fldz fldpi fldl2e fchs fabs fsqrt frndint fnclex ",
     F_NONE, 2, false},
    {" mfence lfence sfence ", F_NONE, 3, false},
    {" call ", F_IMM4, 1, false},
    {" movabsq ", F_NONE, 9, false}, /* and REX */
    {" ja jae jb jbe je jne jg jge jl jle js jns jo jno jp jnp jmp ", F_NONE, 2, false},
    {" add or adc sbb and sub xor cmp ", F_ALU, 1, true},
    {" test ", F_TEST, 1, true},
    {" mov ", F_MOV, 1, true},
    {" shl shr sar rol ror rcl rcr ", F_SHIFT, 1, true},
    {" imul ", F_IMUL, 1, true},
    {" push pop ", F_STACK, 1, true},
    {" xchg ", F_XCHG, 1, true},
    {" inc dec ", F_INC, 1, true},
    {" bswap ", F_OPREG, 2, true},
    {" not neg mul div idiv lea movsl ", F_MODRM, 1, true},
    {" bsf bsr bt bts btr btc shld shrd xadd cmpxchg movsb movsw movzb movzw cmova cmovae cmovb cmovbe cmove "
     "cmovne "
     "cmovg cmovge cmovl cmovle cmovs cmovns cmovo cmovno cmovp cmovnp ",
     F_MODRM, 2, true},
    {" cmpxchg8b cmpxchg16b seta setae setb setbe sete setne setg setge setl setle sets setns seto setno "
     "setp setnp "
     "ldmxcsr stmxcsr movups movaps addps subps mulps divps minps maxps sqrtps andps andnps orps xorps "
     "unpcklps "
     "shufps cvtps2pd ucomiss comiss movmskps ",
     F_MODRM, 2, false},
    {" cvtsi2sd cvtsi2ss cvttsd2si cvttss2si cvtsd2si ", F_MODRM, 3, true},
    {" movd movsd movss movupd movapd movdqu movdqa addsd subsd mulsd divsd minsd maxsd sqrtsd addss subss "
     "mulss "
     "divss minss maxss sqrtss addpd subpd mulpd divpd minpd maxpd sqrtpd andpd andnpd orpd xorpd unpcklpd "
     "shufpd "
     "cvtsd2ss cvtss2sd cvtpd2ps cvtdq2pd ucomisd comisd movmskpd pxor por pand pandn paddb paddd paddq "
     "psubd psubq "
     "pcmpeqd pmuludq punpcklqdq punpckldq pshufd psllq psrlq psrad pmovmskb ",
     F_MODRM, 3, false},
    {" flds fldl fldt fsts fstl fstps fstpl fstpt fildl fildll filds fistl fistpl fistpll fistps fadds faddl "
     "fmuls "
     "fmull fsubs fsubl fsubrl fdivs fdivl fdivrl fld fst fstp fadd fmul fsub fsubr fdiv fdivr faddp fmulp "
     "fxch "
     "fucomi fcomi fnstsw fnstcw fldcw ",
     F_MODRM, 1, false},
};

static bool is_listed(const char *names, const char *name, size_t n)
{
    char word[24];
    if (n + 3 > sizeof word)
        return false;
    word[0] = ' ';
    memcpy(word + 1, name, n);
    word[n + 1] = ' ';
    word[n + 2] = 0;
    return strstr(names, word) != NULL;
}

/* The entry of a mnemonic, and the width that its suffix says, or 0. */
static const struct mnemonics *find(const char *name, size_t n, char *width)
{
    for (int sized = 0; sized < 2; sized++) {
        *width = sized ? name[n - 1] : 0;
        if (sized && !strchr("bwlq", *width))
            return NULL;
        for (size_t k = 0; k < sizeof table / sizeof *table; k++)
            if (table[k].sized == sized && is_listed(table[k].names, name, n - (size_t)sized))
                return &table[k];
    }
    return NULL;
}

/* What the operands say. */
struct operands {
    bool is_64; /* the target */
    int n;
    bool has_imm, has_mem, has_xmm;
    int64_t imm;
    unsigned mem;  /* bytes behind ModRM */
    bool absolute; /* memory without base and index */
    unsigned seg;  /* bytes of a segment prefix */
    bool rex;      /* a register that only REX can name */
    bool acc;      /* the accumulator among the registers */
    bool acc_last; /* and as the last one */
};

static bool needs_rex(const char *reg)
{
    static const char *const low[] = {"%spl", "%bpl", "%sil", "%dil"};
    for (int k = 0; k < 4; k++)
        if (strcmp(reg, low[k]) == 0)
            return true;
    reg += strncmp(reg, "%xmm", 4) == 0 ? 4 : strncmp(reg, "%r", 2) == 0 ? 2 : strlen(reg);
    return isdigit((unsigned char)*reg) && atoi(reg) >= 8;
}

static bool is_one_of(const char *reg, const char *const *names)
{
    for (; *names; names++)
        if (strcmp(reg, *names) == 0)
            return true;
    return false;
}

/* "%fs:8(%rax,%rcx,4)" */
static void memory(struct operands *o, char *text)
{
    static const char *const sib[] = {"%rsp", "%r12", "%esp", NULL}, *const disp[] = {"%rbp", "%r13", "%ebp",
                                                                                      NULL};
    o->has_mem = true;
    char *colon = strchr(text, ':');
    if (colon) {
        o->seg = 1;
        text = colon + 1;
    }
    char *paren = strchr(text, '('), none[] = "";
    char *base = none, *index = none;
    char *end;
    long long value = strtoll(text, &end, 0);
    bool symbol = isalpha((unsigned char)*text) || *text == '_' || *text == '.';
    if (paren) {
        base = paren + 1;
        base[strcspn(base, ")")] = 0;
        char *comma = strchr(base, ',');
        if (comma) {
            *comma = 0;
            index = comma + 1;
            index[strcspn(index, ",")] = 0;
        }
    }
    o->rex |= needs_rex(base) || needs_rex(index);
    o->absolute = !*base && !*index;
    if (strcmp(base, "%rip") == 0)
        o->mem = 4;
    else if (o->absolute)
        o->mem = o->is_64 ? 5 : 4;
    else if (!*base || symbol)
        o->mem = 4 + (*index || is_one_of(base, sib));
    else
        o->mem = (value == 0 && !is_one_of(base, disp) ? 0
                  : value >= -128 && value < 128       ? 1
                                                       : 4) +
                 (*index || is_one_of(base, sib));
}

static void operand(struct operands *o, char *text)
{
    static const char *const acc[] = {"%al", "%ax", "%eax", "%rax", NULL};
    o->n++;
    o->acc_last = false;
    if (*text == '$') {
        o->has_imm = true;
        char *end;
        o->imm = strtoll(text + 1, &end, 0);
        if (*end) /* a symbol */
            o->imm = INT32_MAX;
    } else if (*text == '%' && !strchr(text, ':')) {
        o->rex |= needs_rex(text);
        o->has_xmm |= strncmp(text, "%xmm", 4) == 0;
        o->acc |= o->acc_last = is_one_of(text, acc);
    } else {
        memory(o, text);
    }
}

/* Takes the operands apart at the commas outside parentheses. */
static struct operands operands_of(char *text, bool is_64)
{
    struct operands o = {.is_64 = is_64};
    while (*text) {
        while (isspace((unsigned char)*text))
            text++;
        char *end = text;
        for (int depth = 0; *end && (depth || *end != ','); end++)
            depth += (*end == '(') - (*end == ')');
        bool last = !*end;
        *end = 0;
        operand(&o, text);
        text = last ? end : end + 1;
    }
    return o;
}

static unsigned imm_bytes(char width)
{
    return width == 'b' ? 1 : width == 'w' ? 2 : 4;
}

/* Bytes behind the opcode. */
static unsigned tail(const struct mnemonics *i, char width, const struct operands *o)
{
    unsigned modrm = 1 + (o->has_mem ? o->mem : 0), imm = imm_bytes(width);
    bool short_imm = o->imm >= -128 && o->imm < 128;
    switch (i->form) {
    case F_NONE:
        return 0;
    case F_IMM4:
        return 4;
    case F_MODRM:
        return modrm + o->has_imm;
    case F_ALU:
    case F_TEST:
        if (!o->has_imm)
            return modrm;
        if (i->form == F_ALU && short_imm && width != 'b')
            return modrm + 1;
        return o->acc_last && !o->has_mem ? imm : modrm + imm;
    case F_MOV:
        if (!o->is_64 && o->has_mem && o->absolute && o->acc)
            return o->mem;
        if (!o->has_imm)
            return modrm;
        return o->has_mem || width == 'q' ? modrm + imm : imm;
    case F_SHIFT:
        return modrm + (o->has_imm && o->imm != 1);
    case F_IMUL:
        return o->n == 1 ? modrm : !o->has_imm ? 1 + modrm : modrm + (short_imm ? 1 : imm);
    case F_STACK:
        return o->has_imm ? (short_imm ? 1 : imm) : o->has_mem ? modrm : 0;
    case F_XCHG:
        return o->acc && !o->has_mem && width != 'b' ? 0 : modrm;
    case F_INC:
        return !o->is_64 && !o->has_mem && width != 'b' ? 0 : modrm;
    case F_OPREG:
        return 0;
    }
    return 0;
}

uint32_t x86_size(const struct prog *p, const char *insn)
{
    char text[112];
    snprintf(text, sizeof text, "%s", insn);
    char *name = text;
    if (*name == '{')
        name = strchr(name, '}') + 2;
    size_t n = strcspn(name, " ");
    char width;
    const struct mnemonics *i = find(name, n, &width);
    if (!i)
        return 0; /* the expander complains */
    struct operands o = operands_of(name + n, p->arch->target->word == 8);
    unsigned opcode = i->opcode;
    bool w = width == 'q';
    if (i->form == F_MOV && o.has_xmm) { /* MOVQ: 66 REX.W 0F 6E with a GPR, F3 0F 7E or 66 0F D6 with none */
        bool gpr = strstr(insn, "%r") && !o.has_mem;
        return 3 + 1 + (o.has_mem ? o.mem : 0) + o.seg + (gpr || o.rex);
    }
    if (i->form == F_STACK || strncmp(name, "cmpxchg8b", n) == 0)
        w = false;
    if (strncmp(name, "cmpxchg16b", n) == 0 || strncmp(name, "movabsq", n) == 0)
        w = true;
    return o.seg + (width == 'w') + (w || o.rex) + opcode + tail(i, width, &o);
}

/* Makes a short branch long where its target is out of reach; `distance` is from the Prog's end, in bytes. */
bool x86_relax(struct prog *p, int64_t distance)
{
    if (p->size != 2 || (distance >= -128 && distance < 128))
        return false;
    p->size = p->insn[0].size = strncmp(p->insn[0].text, "jmp", 3) == 0 ? 5 : 6;
    return true;
}
