/* The way from g to where a stub keeps registers that the stack has no room for: g.m, m.p, p.xRegs. From
 * Go 1.26 on the stubs of arm64 and amd64 store vector registers in p.xRegs.scratch, and come back with those
 * that p.xRegs.cache points to; asyncPreempt2 takes them from one to the other (Go 1.27,
 * runtime/preempt_arm64.s and preempt_xreg.go). A probe has no g. */
#ifndef EVERYPC_GO_STUB_WALK_H
#define EVERYPC_GO_STUB_WALK_H

#include "insn/effects.h"

enum { MAX_WALKS = 4 };

/* Two loads, one after the other: m from g, p from m. Or the load of g from the thread's storage. */
struct stub_walk {
    uint64_t at;
    uint32_t size; /* bytes, of both */
    int16_t unit;  /* that p is in after them; NO_UNIT: of g */
};

struct stub_walks {
    struct stub_walk walk[MAX_WALKS];
    int n;
    int64_t scratch, cache; /* offsets in p: where registers are saved, and of the pointer to where they are
                               restored from; or -1 */
    /* What general registers hold: units, or NO_UNIT. */
    const struct effects_arch *arch;
    int16_t m, p, constant;
    uint64_t m_at, imm; /* the load of m; the constant */
    int64_t offset;     /* of what `p` points to from p's beginning */
};

void stub_walks_begin(struct stub_walks *w, const struct effects_arch *arch);
/* Each instruction in order, then the end; null, or why the stub can't be moved. Without arch->load_address
 * there are no walks. */
const char *stub_walks_insn(struct stub_walks *w, const struct effects *fx);
const char *stub_walks_end(const struct stub_walks *w);
/* The walk that begins at this address, or null. */
const struct stub_walk *stub_walk_at(const struct stub_walks *w, uint64_t at);

#endif
