/* The facts of a target that tools on the host rely on: arch/<arch>/target.c defines one struct for each
 * target of the port, `const struct target target_<name>`. The assembler (asm/prog.h) and the effects of
 * instructions (insn/effects.h) point to it. Facts that the probe needs too stand in regs.h, from which
 * TARGET_OF_REGS (common/target_facts.h) derives the fields here. */
#ifndef EVERYPC_HOST_TARGET_H
#define EVERYPC_HOST_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Instructions that no case can hold: those whose first 4 bytes, as a number in the target's byte order, have
 * `value` where `mask` has ones. `why` completes "a case can't hold ...". */
struct refusal {
    uint32_t mask, value;
    const char *why;
};

#define REFUSED_SYSTEM_CALL \
    "a system call, unless BLOCKS behind a PROG of a .S file says what a signal makes of it: EINTR or " \
    "RESTART"
#define REFUSED_STATE(registers) \
    "an instruction that works on " registers ": no state holds them, so nothing would notice their loss"

/* Groups of instructions, by their first 4 bytes as a number, where `mask` has ones. */
enum insn_group { INSN_OTHER, INSN_JUMP, INSN_CALL, INSN_KERNEL };
struct group_of_words {
    uint32_t mask, value;
    enum insn_group group;
};

/* What LLVM is told of a target that capstone does not know: the name in its functions' names, a triple, CPU
 * features; and what it does not say, the groups, of which the first that fits counts; ended by a mask of 0.
 */
struct llvm_target {
    const char *name, *triple, *features;
    const struct group_of_words *groups;
    /* Puts the text of a word that the oldest LLVM does not know. False: no such instruction. */
    bool (*text)(uint32_t word, char *out, size_t size);
};

struct target {
    const char *name; /* "arm64" */
    bool big_endian;
    uint32_t word;      /* bytes of a pointer and of a general register */
    uint32_t quantum;   /* bytes: where an instruction of a binary may begin; 1, 2 or 4 */
    uint32_t insn_size; /* bytes of every instruction of a case, or 0 where they differ */
    int elf_machine;    /* EM_ARM */
    uint32_t
        pe_machine;     /* IMAGE_FILE_MACHINE_..., and CPU_TYPE_... of Mach-O, where Go has had such a port */
    uint32_t macho_cpu; /* 0: none */
    int elf_relative;   /* the relocation that adds the address the file is loaded at */
    int capstone_arch, capstone_mode;
    const struct llvm_target *llvm; /* null: capstone disassembles it */
    const struct refusal *refused;  /* ended by one without `why`; null: none */
    /* A mapping symbol of the ABI that begins code in another instruction set, and why cases can't hold it;
     * null: there is none. */
    const char *other_code, *other_code_why;

    /* from regs.h: TARGET_OF_REGS */
    uint32_t case_quantum; /* the quantum of our cases and their tables, which may be larger */
    uint32_t spin_size;    /* bytes that a pinned PC overwrites */
    bool has_delay_slots;  /* behind branches */
    uint32_t stack_align;  /* bytes that SP is a multiple of wherever a signal may land */
    /* Where Go keeps frame pointers: the register, as the list names it, and how many bytes below SP a live
     * frame record may begin. Null: it keeps none. */
    const char *frame_pointer;
    uint32_t record_below_sp;
    const char *sp, *regtmp; /* as the list names them; "" without a register that an injected call loses */
    const char *const *state_regs; /* the register list, null-terminated */
};

/* The list of targets is a flag of programs on the host; guests that share a header with them have none. */
#ifdef ALL_TARGETS
#define TARGET(name) extern const struct target target_##name;
ALL_TARGETS
#undef TARGET
#endif

#endif
