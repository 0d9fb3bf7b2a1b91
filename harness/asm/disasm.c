/* Instruction boundaries: what capstone says, and where a delay slot is. */
#include "disasm.h"

#include <capstone/capstone.h>
#include <stdlib.h>

struct disasm {
    csh handle;
    const struct asm_arch *arch;
    cs_insn *insn;
};

struct disasm *disasm_open(const struct asm_arch *arch, struct error *e)
{
    struct disasm *d = calloc(1, sizeof *d);
    if (d && cs_open((cs_arch)arch->capstone_arch, (cs_mode)arch->capstone_mode, &d->handle) == CS_ERR_OK) {
        cs_option(d->handle, CS_OPT_DETAIL, CS_OPT_ON);
        d->arch = arch;
        d->insn = cs_malloc(d->handle);
        return d;
    }
    free(d);
    error_set(e, "capstone", 0, "this version does not know %s; 5 or newer is needed", arch->target);
    return NULL;
}

void disasm_close(struct disasm *d)
{
    if (!d)
        return;
    cs_free(d->insn, 1);
    cs_close(&d->handle);
    free(d);
}

bool disasm_prog(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p, bool *in_slot)
{
    while (n > 0 && p->n_insns < MAX_INSNS && cs_disasm_iter(d->handle, &bytes, &n, &address, d->insn)) {
        prog_add(p, d->insn->size, "%s %s", d->insn->mnemonic, d->insn->op_str);
        p->insn[p->n_insns - 1].in_delay_slot = *in_slot;
        *in_slot = d->arch->has_delay_slots && (cs_insn_group(d->handle, d->insn, CS_GRP_JUMP) ||
                                                cs_insn_group(d->handle, d->insn, CS_GRP_CALL));
    }
    return n == 0;
}
