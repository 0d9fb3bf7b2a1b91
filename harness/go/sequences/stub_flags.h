/* What a stub asks of the CPU it runs on. With GOEXPERIMENT=simd, amd64's of Go 1.26 and later compares two
 * bytes of internal/cpu.X86 with 1, AVX-512's first, then AVX2's, and saves ZMM, YMM or XMM registers
 * (runtime/preempt_amd64.s). loong64's of Go 1.27 loads two bytes of internal/cpu.Loong64, LASX's first, then
 * LSX's (runtime/preempt_loong64.s). A probe has no such bytes: it gets some of its own, and what can't be
 * reached with them is left out. */
#ifndef EVERYPC_GO_STUB_FLAGS_H
#define EVERYPC_GO_STUB_FLAGS_H

#include <stdio.h>

#include "go/binary/gobin.h"
#include "insn/effects.h"

enum { MAX_STUB_FLAGS = 4, MAX_STUB_QUESTIONS = 8 };

/* One or two instructions, before a branch. */
struct stub_question {
    uint64_t at, flag;  /* addresses in the binary */
    uint32_t size;      /* bytes, of both */
    int16_t base, unit; /* registers with the flag's address and with its value, or NO_UNIT */
};

struct stub_flags {
    const struct effects_arch *arch;
    const struct gobin_func *f;
    uint64_t at[MAX_STUB_FLAGS]; /* their addresses in the binary, in the order in which they are asked for */
    int n;
    struct stub_question question[MAX_STUB_QUESTIONS];
    int n_questions;
    unsigned set; /* so many of the flags, the last ones: what is asked for first is the rarest */
};

/* Finds all that the code asks for. False if that is too much. `f` must stay. */
bool stub_flags_find(struct stub_flags *s, const struct gobin_func *f, struct decoder *d, unsigned set);
/* The question that an instruction is part of, or null. */
const struct stub_question *stub_flags_question(const struct stub_flags *s, uint64_t pc);
/* Each instruction: a branch on a flag becomes a jump, or goes nowhere but on. */
void stub_flags_decide(const struct stub_flags *s, struct effects *fx);
/* The question, asked of the file's own flag, in as many bytes; and the flags. */
void stub_flags_write_question(const struct stub_flags *s, const struct stub_question *q, FILE *out);
void stub_flags_write(const struct stub_flags *s, FILE *out);

#endif
