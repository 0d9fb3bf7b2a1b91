#include "machine.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "llvm.h"

struct machine {
    const struct target *target;
    csh handle;
    cs_insn *insn; /* null: LLVM's */
    struct llvm *llvm;
    char text[128]; /* of LLVM's, and the first 4 bytes as a number */
    uint32_t word;
    size_t size;
};

static bool open_capstone(struct machine *m, struct error *e)
{
    const struct target *t = m->target;
    if (cs_open((cs_arch)t->capstone_arch, (cs_mode)t->capstone_mode, &m->handle) != CS_ERR_OK)
        return error_set(e, "capstone", 0, "this version does not know %s; 5 or newer is needed", t->name);
    cs_option(m->handle, CS_OPT_DETAIL, CS_OPT_ON);
    m->insn = cs_malloc(m->handle);
    if (m->insn)
        return true;
    cs_close(&m->handle);
    return error_set(e, "capstone", 0, "no memory");
}

struct machine *machine_open(const struct target *target, struct error *e)
{
    struct machine *m = calloc(1, sizeof *m);
    if (!m) {
        error_set(e, target->name, 0, "no memory");
        return NULL;
    }
    m->target = target;
    if (target->llvm ? (m->llvm = llvm_open(target, e)) != NULL : open_capstone(m, e))
        return m;
    free(m);
    return NULL;
}

void machine_close(struct machine *m)
{
    if (!m)
        return;
    if (m->insn) {
        cs_free(m->insn, 1);
        cs_close(&m->handle);
    }
    llvm_close(m->llvm);
    free(m);
}

bool machine_read(struct machine *m, const uint8_t *bytes, size_t n, uint64_t pc)
{
    if (!m->llvm) {
        bool known = cs_disasm_iter(m->handle, &bytes, &n, &pc, m->insn);
        m->size = known ? m->insn->size : 0;
        return known;
    }
    m->word = 0;
    for (size_t k = 0; k < n && k < 4; k++)
        m->word |= (uint32_t)bytes[k] << 8 * (m->target->big_endian ? 3 - k : k);
    /* The target's own text first, so that a newer LLVM changes nothing. */
    if (n >= 4 && m->target->llvm->text(m->word, m->text, sizeof m->text))
        m->size = 4;
    else
        m->size = llvm_text(m->llvm, bytes, n, pc, m->text, sizeof m->text);
    return m->size != 0;
}

size_t machine_size(const struct machine *m)
{
    return m->size;
}

void machine_text(const struct machine *m, char *out, size_t size)
{
    if (m->llvm)
        snprintf(out, size, "%s", m->text);
    else
        snprintf(out, size, "%s%s%s", m->insn->mnemonic, *m->insn->op_str ? " " : "", m->insn->op_str);
}

static bool in_group(const struct machine *m, int capstone_group, enum insn_group group)
{
    if (!m->llvm)
        return cs_insn_group(m->handle, m->insn, (unsigned)capstone_group);
    for (const struct group_of_words *g = m->target->llvm->groups; g->mask; g++)
        if ((m->word & g->mask) == g->value)
            return g->group == group;
    return false;
}

bool machine_is_jump(const struct machine *m)
{
    return in_group(m, CS_GRP_JUMP, INSN_JUMP);
}

bool machine_is_call(const struct machine *m)
{
    return in_group(m, CS_GRP_CALL, INSN_CALL) ||
           (!m->llvm && m->target->has_delay_slots &&
            strncmp(m->insn->mnemonic, "jal", 3) == 0); /* capstone 4 has it in no group */
}

bool machine_enters_kernel(const struct machine *m)
{
    return in_group(m, CS_GRP_INT, INSN_KERNEL) || (!m->llvm && in_group(m, CS_GRP_PRIVILEGE, INSN_KERNEL));
}

const struct cs_insn *machine_capstone(const struct machine *m, size_t *handle)
{
    *handle = m->handle;
    return m->insn;
}
