/* After The RISC-V "V" Vector Extension, version 1.0, chapters 6, 7 and 10, and its "Vector Instruction
 * Listing". The vectors themselves, vl and vtype are not in the register list. */
#include "effects_vector.h"

#include <stdio.h>

enum { LOAD = 0x07, STORE = 0x27, ARITHMETIC = 0x57 };
/* funct3 of arithmetic: where the other operand comes from, and of which kind it is */
enum { IVV, FVV, MVV, IVI, IVX, FVF, MVX, SET };
enum { UNARY = 0x10, WHOLE = 0x27 }; /* funct6 */

static uint32_t bits(uint32_t word, int low, int n)
{
    return word >> low & ((1u << n) - 1);
}

/* By funct6: integers (IVV, IVI, IVX), integers by MVV and MVX, floating point. Null: there is none. */
/* clang-format off */
static const char *const integers[64] = {
    "vadd", NULL, "vsub", "vrsub", "vminu", "vmin", "vmaxu", "vmax", NULL, "vand", "vor", "vxor", "vrgather",
    NULL, "vslideup", "vslidedown", "vadc", "vmadc", "vsbc", "vmsbc", NULL, NULL, NULL, "vmerge", "vmseq",
    "vmsne", "vmsltu", "vmslt", "vmsleu", "vmsle", "vmsgtu", "vmsgt", "vsaddu", "vsadd", "vssubu", "vssub",
    NULL, "vsll", NULL, "vsmul", "vsrl", "vsra", "vssrl", "vssra", "vnsrl", "vnsra", "vnclipu", "vnclip",
    "vwredsumu", "vwredsum",
};
static const char *const multiplies[64] = {
    "vredsum", "vredand", "vredor", "vredxor", "vredminu", "vredmin", "vredmaxu", "vredmax", "vaaddu",
    "vaadd", "vasubu", "vasub", NULL, NULL, "vslide1up", "vslide1down", "vmv", NULL, "vext", NULL, "vmunary",
    NULL, NULL, "vcompress", "vmandn", "vmand", "vmor", "vmxor", "vmorn", "vmnand", "vmnor", "vmxnor",
    "vdivu", "vdiv", "vremu", "vrem", "vmulhu", "vmul", "vmulhsu", "vmulh", NULL, "vmadd", NULL, "vnmsub",
    NULL, "vmacc", NULL, "vnmsac", "vwaddu", "vwadd", "vwsubu", "vwsub", "vwaddu.w", "vwadd.w", "vwsubu.w",
    "vwsub.w", "vwmulu", NULL, "vwmulsu", "vwmul", "vwmaccu", "vwmacc", "vwmaccus", "vwmaccsu",
};
static const char *const floats[64] = {
    "vfadd", "vfredusum", "vfsub", "vfredosum", "vfmin", "vfredmin", "vfmax", "vfredmax", "vfsgnj",
    "vfsgnjn", "vfsgnjx", NULL, NULL, NULL, "vfslide1up", "vfslide1down", "vfmv", NULL, "vfcvt", "vfunary",
    NULL, NULL, NULL, "vfmerge", "vmfeq", "vmfle", NULL, "vmflt", "vmfne", "vmfgt", NULL, "vmfge", "vfdiv",
    "vfrdiv", NULL, NULL, "vfmul", NULL, NULL, "vfrsub", "vfmadd", "vfnmadd", "vfmsub", "vfnmsub", "vfmacc",
    "vfnmacc", "vfmsac", "vfnmsac", "vfwadd", "vfwredusum", "vfwsub", "vfwredosum", "vfwadd.w", NULL,
    "vfwsub.w", NULL, "vfwmul", NULL, NULL, NULL, "vfwmacc", "vfwnmacc", "vfwmsac", "vfwnmsac",
};
/* clang-format on */

static bool set_length(uint32_t word, unsigned *roles, char *name, size_t size)
{
    bool immediate = bits(word, 30, 2) == 3, by_register = bits(word, 25, 7) == 0x40;
    if (bits(word, 31, 1) && !immediate && !by_register)
        return false;
    *roles = V_WRITES_RD | (immediate ? 0 : V_READS_RS1) | (by_register ? V_READS_RS2 : 0);
    snprintf(name, size, immediate ? "vsetivli" : by_register ? "vsetvl" : "vsetvli");
    return true;
}

/* Those that move an element out of a vector, or count a mask, have 0 or one of two numbers in rs1's place.
 */
static bool out_of_vector(uint32_t word, unsigned *roles, char *name, size_t size)
{
    uint32_t which = bits(word, 15, 5);
    bool is_float = bits(word, 12, 3) == FVV;
    const char *text = which == 0    ? (is_float ? "vfmv.f.s" : "vmv.x.s")
                       : is_float    ? NULL
                       : which == 16 ? "vcpop.m"
                       : which == 17 ? "vfirst.m"
                                     : NULL;
    *roles = is_float ? V_WRITES_FD : V_WRITES_RD;
    if (text)
        snprintf(name, size, "%s", text);
    return text != NULL;
}

static bool arithmetic(uint32_t word, unsigned *roles, char *name, size_t size)
{
    static const unsigned by_form[] = {
        [IVX] = V_READS_RS1, [MVX] = V_READS_RS1, [FVF] = V_READS_F1 | V_FLAGS, [FVV] = V_FLAGS};
    static const char *const suffix[] = {".vv", ".vv", ".vv", ".vi", ".vx", ".vf", ".vx"};
    uint32_t form = bits(word, 12, 3), operation = bits(word, 26, 6);
    if (form == SET)
        return set_length(word, roles, name, size);
    if (operation == UNARY && (form == MVV || form == FVV))
        return out_of_vector(word, roles, name, size);
    const char *const *names = form == FVV || form == FVF   ? floats
                               : form == MVV || form == MVX ? multiplies
                                                            : integers;
    if (!names[operation])
        return false;
    const char *text = form == IVI && operation == WHOLE ? "vmvr" : names[operation];
    *roles = form < sizeof by_form / sizeof *by_form ? by_form[form] : 0;
    if (names == integers) /* fixed-point ones set vxsat, which is not in fcsr */
        *roles &= ~(unsigned)V_FLAGS;
    snprintf(name, size, "%s%s", text, suffix[form]);
    return true;
}

/* Bits 12 to 14: the elements' size, those of F and D left out; 26 and 27: how they lie. */
static bool memory(uint32_t word, bool load, unsigned *roles, char *name, size_t size)
{
    static const uint8_t widths[8] = {8, 0, 0, 0, 0, 16, 32, 64};
    enum { UNIT, INDEXED, STRIDED, INDEXED_IN_ORDER };
    uint32_t how = bits(word, 26, 2), width = widths[bits(word, 12, 3)];
    if (!width || bits(word, 28, 1)) /* elements of 128 bits and more are reserved */
        return false;
    *roles = V_READS_RS1 | (load ? V_LOADS : V_STORES) | (how == STRIDED ? V_READS_RS2 : 0);
    static const char *const forms[] = {"e", "uxei", "se", "oxei"};
    snprintf(name, size, "v%c%s%u.v", load ? 'l' : 's', forms[how], (unsigned)width);
    return true;
}

bool riscv64_vector(uint32_t word, unsigned *roles, char *name, size_t size)
{
    switch (word & 0x7f) {
    case LOAD:
    case STORE:
        return memory(word, (word & 0x7f) == LOAD, roles, name, size);
    case ARITHMETIC:
        return arithmetic(word, roles, name, size);
    default:
        return false;
    }
}
