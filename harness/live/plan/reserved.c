#include "reserved.h"

/* With cgo, the runtime has signals' actions set by the C library, whose functions are not followed. */
static const struct {
    enum reading_name name;
    uint8_t role;
} executed[] = {{NAME_SIGPROCMASK, ROLE_SIGPROCMASK}, {NAME_SIGACTION, ROLE_SIGACTION}};
enum { N_EXECUTED = sizeof executed / sizeof *executed };

/* All of them or none. */
static bool executes(const struct reading *r)
{
    bool all = r->named[NAME_CGO] == SIZE_MAX;
    for (int k = 0; k < N_EXECUTED; k++)
        all = all && r->named[executed[k].name] != SIZE_MAX;
    return all;
}

const char *reserved_why(const struct reading *r, size_t function)
{
    static const char ours[] = "everypc has traps of its own there";
    if (function == r->named[NAME_ASYNC_PREEMPT])
        return ours;
    if (function == r->named[NAME_CLONE])
        return "a new thread has data below SP there, and every signal blocked";
    for (int k = 0; k < N_EXECUTED; k++)
        if (executes(r) && function == r->named[executed[k].name])
            return ours;
    return NULL;
}

/* Whether a system call's function has its arguments in registers, as riscv64's and loong64's of Go 1.27
 * have: then it loads nothing from memory, but for the return address. (It may store to a small address, to
 * crash where the call fails.) */
static bool has_registers(struct reading *r, const struct gobin_func *f)
{
    reading_graph(r, f);
    for (int32_t k = 0; k < r->cfg->n_insns; k++) {
        const struct insn *insn = cfg_at(r->cfg, k);
        for (int m = 0; m < insn->fx.n_mem; m++)
            if (insn->fx.mem[m].load && insn->fx.flow != FLOW_RET)
                return false;
    }
    return true;
}

bool reserved_entry(struct reading *r, size_t k, struct shots_pc *pc)
{
    struct gobin_func f;
    if (k >= N_EXECUTED || !executes(r))
        return false;
    reading_named(r, executed[k].name, &f);
    *pc = (struct shots_pc){.pc = f.entry, .role = executed[k].role};
    if (has_registers(r, &f))
        pc->role |= ROLE_REGISTERS;
    return true;
}
