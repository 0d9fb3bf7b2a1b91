/* arm: the table of effects_table.h, after the Arm ARM (DDI 0406C), chapters A5, A7 and A8: A32 up to ARMv7
 * with VFPv4, as Go's assembler has names for it. Without Thumb, Advanced SIMD, parallel arithmetic and
 * privileged instructions.
 *
 * The word says it plainer than capstone's operands, in which aliases (LSL, POP), shifts and write-back take
 * many forms. */
#include "effects_table.h"

#include "insn/effects.h"

#define ROW(m, v, ...) {.mask = (m), .value = (v), __VA_ARGS__},

/* Data processing, by opcode; bit 25 chooses an immediate, bit 20 sets the flags. */
#define DATA(opcode, roles, ...) ROW(0x0de00000, (opcode) << 21, roles, __VA_ARGS__)
#define ARITHMETIC(opcode, what) DATA(opcode, "wdrnro", F_S | F_NZCV, HOW_DATA, .op = what)
#define LOGIC(opcode, what)      DATA(opcode, "wdrnro", F_S | F_NZ, HOW_DATA, .op = what)
#define CARRY(opcode)            DATA(opcode, "wdrnro", F_S | F_NZCV | F_NZCV_R, HOW_DATA)
#define COMPARE(opcode, flags)   ROW(0x0df00000, (opcode) << 21 | 1 << 20, "rnro", flags)

#define MULTIPLY(value, roles) ROW(0x0fe000f0, (value) | 0x90, roles, F_S | F_NZ)
/* Halves of registers: two bits choose which. */
#define HALVES(value, roles, flags) ROW(0x0ff00090, (value) | 0x80, roles, flags)
#define EXTEND(value) \
    ROW(0x0ff003f0, (value) | 0x70, "wdrnrm") /* N is 15 where nothing is added: no register */
#define EXCLUSIVE(value, roles, flags) ROW(0x0ff00ff0, (value) | 0xf90, roles, flags, HOW_EXCLUSIVE)
#define HINT(value, name)              ROW(0x0fffffff, 0x0320f000 | (value), "")

/* Floating point: bits 23, 21, 20 and 6 are the operation; bit 8 the size, bit 22 a part of D. */
#define VFP3(value, roles)        ROW(0x0fb00e50, 0x0e000a00 | (value), roles, F_FPSCR)
#define VFP2(value, roles, flags) ROW(0x0fbf0ed0, 0x0eb00a40 | (value), roles, flags)

/* clang-format off */
const struct arm_row arm_rows[] = {
    /* Multiplications, and what else hides among data processing. */
    MULTIPLY(0x00000000, "wnrmrs") MULTIPLY(0x00200000, "wnrmrsrd")                /* MUL, MLA */
    ROW(0x0ff000f0, 0x00400090, "wdwnrmrsrdrn") ROW(0x0ff000f0, 0x00600090, "wnrmrsrd") /* UMAAL, MLS */
    MULTIPLY(0x00800000, "wdwnrmrs") MULTIPLY(0x00a00000, "xdxnrmrs")              /* UMULL, UMLAL */
    MULTIPLY(0x00c00000, "wdwnrmrs") MULTIPLY(0x00e00000, "xdxnrmrs")              /* SMULL, SMLAL */
    ROW(0x0fb000f0, 0x01000090, "wdrmrn", F_ATOMIC, HOW_EXCLUSIVE)                 /* SWP, SWPB */
    EXCLUSIVE(0x01800000, "wdrmrn", F_SC) EXCLUSIVE(0x01900000, "wdrn", F_LL)      /* STREX, LDREX */
    EXCLUSIVE(0x01a00000, "wdrmrfrn", F_SC) EXCLUSIVE(0x01b00000, "wdwern", F_LL)  /* STREXD, LDREXD */
    EXCLUSIVE(0x01c00000, "wdrmrn", F_SC) EXCLUSIVE(0x01d00000, "wdrn", F_LL)      /* STREXB, LDREXB */
    EXCLUSIVE(0x01e00000, "wdrmrn", F_SC) EXCLUSIVE(0x01f00000, "wdrn", F_LL)      /* STREXH, LDREXH */
    ROW(0x0e0000f0, 0x000000b0, "", .how = HOW_EXTRA) ROW(0x0e0000f0, 0x000000d0, "", .how = HOW_EXTRA)
    ROW(0x0e0000f0, 0x000000f0, "", .how = HOW_EXTRA)
    ROW(0x0ff000f0, 0x01200010, "rm", .how = HOW_BX, .flow = FLOW_JUMP_REG)        /* BX */
    ROW(0x0ff000f0, 0x01200030, "rm", .how = HOW_BX, .flow = FLOW_CALL_REG)        /* BLX */
    ROW(0x0ff000f0, 0x01200070, "", .flow = FLOW_STOP)                             /* BKPT */
    ROW(0x0ff000f0, 0x01600010, "wdrm")                                            /* CLZ */
    /* MRS, MSR */
    ROW(0x0fbf0fff, 0x010f0000, "wd", F_NZCV_R) ROW(0x0fb0fff0, 0x0120f000, "rm", .how = HOW_MSR)
    ROW(0x0f9000f0, 0x01000050, "wdrmrn", F_NZ)                                    /* QADD and its like */
    HALVES(0x01000000, "wnrmrsrd", F_NZ) HALVES(0x01400000, "xdxnrmrs", 0)         /* SMLABB, SMLALBB */
    ROW(0x0ff000b0, 0x01200080, "wnrmrsrd", F_NZ) ROW(0x0ff000b0, 0x012000a0, "wnrmrs") /* SMLAWB, SMULWB */
    HALVES(0x01600000, "wnrmrs", 0)                                                /* SMULBB */
    ROW(0x0ff00000, 0x03000000, "wd", .how = HOW_MOVW) ROW(0x0ff00000, 0x03400000, "xd", .how = HOW_MOVT)
    HINT(0, "NOP") HINT(1, "YIELD") HINT(2, "WFE") HINT(3, "WFI") HINT(4, "SEV") HINT(20, "CSDB")
    ROW(0x0fb0f000, 0x0320f000, "", .how = HOW_MSR)                                /* MSR of an immediate */

    /* other multiplications and exclusives, of ARMv8: LDA, STL */
    ROW(0x0e000090, 0x00000090, 0)

    /* Data processing. */
    COMPARE(8, F_NZ) COMPARE(9, F_NZ) COMPARE(10, F_NZCV) COMPARE(11, F_NZCV)      /* TST, TEQ, CMP, CMN */
    /* the same without S: none of them */
    ROW(0x0d900000, 0x01000000, 0)
    LOGIC(0, DATA_AND) LOGIC(1, DATA_XOR) ARITHMETIC(2, DATA_SUB) ARITHMETIC(3, DATA_OTHER) /* RSB */
    ARITHMETIC(4, DATA_ADD) CARRY(5) CARRY(6) CARRY(7) LOGIC(12, DATA_OR)
    DATA(13, "wdro", F_S | F_NZ, HOW_DATA, .op = DATA_MOV) LOGIC(14, DATA_BIC)
    DATA(15, "wdro", F_S | F_NZ, HOW_DATA, .op = DATA_MVN)

    /* Media. */
    EXTEND(0x06800000) EXTEND(0x06a00000) EXTEND(0x06b00000) EXTEND(0x06c00000) EXTEND(0x06e00000)
    EXTEND(0x06f00000)
    ROW(0x0ff000f0, 0x06b00030, "wdrm") ROW(0x0ff000f0, 0x06b000b0, "wdrm")        /* REV, REV16 */
    ROW(0x0ff000f0, 0x06f00030, "wdrm") ROW(0x0ff000f0, 0x06f000b0, "wdrm")        /* RBIT, REVSH */
    ROW(0x0ff00030, 0x06800010, "wdrnrm")                                          /* PKHBT, PKHTB */
    ROW(0x0fa00030, 0x06a00010, "wdrm", F_NZ)                                      /* SSAT, USAT: Q */
    ROW(0x0ff000f0, 0x07100010, "wnrmrs") ROW(0x0ff000f0, 0x07300010, "wnrmrs")    /* SDIV, UDIV */
    ROW(0x0ff000d0, 0x07500010, "wnrmrsrd") ROW(0x0ff000d0, 0x075000d0, "wnrmrsrd") /* SMMLA, SMMUL; SMMLS */
    ROW(0x0fa00070, 0x07a00050, "wdrm")                                            /* SBFX, UBFX */
    ROW(0x0fe0007f, 0x07c0001f, "xd") ROW(0x0fe00070, 0x07c00010, "xdrm")          /* BFC, BFI */
    ROW(0x0ff000f0, 0x07f000f0, "", .flow = FLOW_STOP)                             /* UDF */
    /* other media instructions */
    ROW(0x0e000010, 0x06000010, 0)

    /* Loads, stores and branches. */
    ROW(0x0c000000, 0x04000000, "", .how = HOW_LOAD_STORE)
    ROW(0x0e000000, 0x08000000, "", .how = HOW_MULTIPLE)
    ROW(0x0f000000, 0x0a000000, "", .how = HOW_BRANCH, .flow = FLOW_JUMP)
    ROW(0x0f000000, 0x0b000000, "", .how = HOW_BRANCH, .flow = FLOW_CALL)
    ROW(0x0f000000, 0x0f000000, "", .how = HOW_SVC)
    /* MRC of TPIDRURO, TPIDRURW */
    ROW(0x0fff0fff, 0x0e1d0f70, "wd", F_TLS) ROW(0x0fff0fff, 0x0e1d0f50, "wd", F_TLS)
    /* MCR: barriers before ARMv7 */
    ROW(0x0fff0f1f, 0x0e070f1a, "rd")
    ROW(0x0fff0fff, 0x0e070f95, "rd")

    /* Floating point. */
    ROW(0x0fe00e00, 0x0c400a00, "", .how = HOW_VFP_PAIR)
    ROW(0x0f200e00, 0x0d000a00, "", .how = HOW_VFP_LOAD_STORE)
    ROW(0x0e000e00, 0x0c000a00, "", .how = HOW_VFP_MULTIPLE)
    VFP3(0x00000000, "xDrNrM") VFP3(0x00000040, "xDrNrM") VFP3(0x00100000, "xDrNrM")
    VFP3(0x00100040, "xDrNrM")
    VFP3(0x00200000, "wDrNrM") VFP3(0x00200040, "wDrNrM") VFP3(0x00300000, "wDrNrM")
    VFP3(0x00300040, "wDrNrM")
    VFP3(0x00800000, "wDrNrM") VFP3(0x00900000, "xDrNrM") VFP3(0x00900040, "xDrNrM")
    VFP3(0x00a00000, "xDrNrM") VFP3(0x00a00040, "xDrNrM")
    ROW(0x0fb00ef0, 0x0eb00a00, "wD")                                              /* VMOV of an immediate */
    VFP2(0x00000, "wDrM", 0) VFP2(0x00080, "wDrM", 0) VFP2(0x10000, "wDrM", 0)     /* VMOV, VABS, VNEG */
    VFP2(0x10080, "wDrM", F_FPSCR)                                                 /* VSQRT */
    VFP2(0x40000, "rDrM", F_FPSCR) VFP2(0x40080, "rDrM", F_FPSCR)                  /* VCMP, VCMPE */
    VFP2(0x50000, "rD", F_FPSCR) VFP2(0x50080, "rD", F_FPSCR)                      /* with zero */
    /* VCVT between the sizes */
    VFP2(0x70080, "wOrM", F_FPSCR)
    VFP2(0x80000, "wDrG", F_FPSCR) VFP2(0x80080, "wDrG", F_FPSCR)                  /* VCVT from integers, */
    VFP2(0xc0000, "wFrM", F_FPSCR) VFP2(0xc0080, "wFrM", F_FPSCR)                  /* to them */
    VFP2(0xd0000, "wFrM", F_FPSCR) VFP2(0xd0080, "wFrM", F_FPSCR)
    /* VCVT with fixed-point numbers */
    ROW(0x0fba0e50, 0x0eba0a40, "xD", F_FPSCR)
    ROW(0x0fbe0f50, 0x0eb20a40, "xFrG", F_FPSCR)                                   /* VCVTB, VCVTT */
    /* VMOV: a register and a single, */
    ROW(0x0ff00f7f, 0x0e000a10, "wNrd") ROW(0x0ff00f7f, 0x0e100a10, "wdrN")
    ROW(0x0fd00f7f, 0x0e000b10, "wHrd") ROW(0x0fd00f7f, 0x0e100b10, "wdrH")        /* half of a double */
    ROW(0x0fffffff, 0x0ef1fa10, "", F_FPSCR_R | F_NZCV)                            /* VMRS APSR_nzcv, FPSCR */
    ROW(0x0fff0fff, 0x0ef10a10, "wd", F_FPSCR_R) ROW(0x0fff0fff, 0x0ee10a10, "rd", F_FPSCR_W) /* VMRS, VMSR */
    ROW(0, 0, 0)
};

const struct arm_row arm_unconditional_rows[] = {
    ROW(0x0fffffff, 0x057ff01f, "")                                                /* CLREX */
    /* DSB, DMB, ISB */
    ROW(0x0ffffff0, 0x057ff040, "") ROW(0x0ffffff0, 0x057ff050, "") ROW(0x0ffffff0, 0x057ff060, "")
    /* PLD, PLDW, PLI */
    ROW(0x0d70f000, 0x0550f000, "") ROW(0x0d70f000, 0x0510f000, "") ROW(0x0d70f000, 0x0450f000, "")
    ROW(0, 0, 0)
};
/* clang-format on */
