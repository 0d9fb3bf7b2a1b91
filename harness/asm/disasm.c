/* Instruction boundaries: what capstone says, and where a delay slot is. */
#include "disasm.h"

#include <capstone/capstone.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct disasm {
    csh handle;
    const struct asm_arch *arch;
    cs_insn *insn;
};

struct disasm *disasm_open(const struct asm_arch *arch, struct error *e)
{
    struct disasm *d = calloc(1, sizeof *d);
    if (d && cs_open((cs_arch)arch->target->capstone_arch, (cs_mode)arch->target->capstone_mode,
                     &d->handle) == CS_ERR_OK) {
        cs_option(d->handle, CS_OPT_DETAIL, CS_OPT_ON);
        d->arch = arch;
        d->insn = cs_malloc(d->handle);
        return d;
    }
    free(d);
    error_set(e, "capstone", 0, "this version does not know %s; 5 or newer is needed", arch->target->name);
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

bool disasm_insn(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p,
                 bool *in_slot, size_t *size)
{
    if (p->n_insns == MAX_INSNS || !cs_disasm_iter(d->handle, &bytes, &n, &address, d->insn))
        return false;
    prog_add(p, d->insn->size, "%s %s", d->insn->mnemonic, d->insn->op_str);
    struct insn *insn = &p->insn[p->n_insns - 1];
    bool jump = cs_insn_group(d->handle, d->insn, CS_GRP_JUMP),
         call = cs_insn_group(d->handle, d->insn, CS_GRP_CALL);
    call |= d->arch->target->has_delay_slots &&
            strncmp(d->insn->mnemonic, "jal", 3) == 0; /* capstone 4 has it in no group */
    insn->in_delay_slot = *in_slot;
    insn->is_jump = jump && !call;
    *in_slot = d->arch->target->has_delay_slots && (jump || call);
    *size = d->insn->size;
    return true;
}

bool disasm_prog(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p,
                 bool *in_slot)
{
    size_t size;
    while (n > 0 && disasm_insn(d, bytes, n, address, p, in_slot, &size)) {
        bytes += size;
        address += size;
        n -= size;
    }
    return n == 0;
}

/* The bytes of "e0031faa", up to the first character that is no digit, which is returned; *n of them. */
static const char *read_hex(const char *text, uint8_t *out, size_t capacity, size_t *n)
{
    unsigned byte;
    for (*n = 0; *n < capacity && sscanf(text, "%2x", &byte) == 1; text += 2)
        out[(*n)++] = (uint8_t)byte;
    return text;
}

bool disasm_list(const struct asm_arch *arch, const char *list, FILE *out, struct error *e)
{
    uint8_t bytes[32];
    size_t n, size;
    struct disasm *d = disasm_open(arch, e);
    while (d && *list) {
        char *colon;
        unsigned long long address = strtoull(list, &colon, 0);
        if (*colon != ':') {
            disasm_close(d);
            return error_set(e, "--disasm", 0, "expected ADDRESS:BYTES,... in hex, not %.40s", list);
        }
        list = read_hex(colon + 1, bytes, sizeof bytes, &n);
        list += *list == ',';
        struct prog p = {.arch = arch};
        bool in_slot = false;
        bool known = n > 0 && disasm_insn(d, bytes, n, address, &p, &in_slot, &size);
        fprintf(out, "%s\n", known ? p.insn[0].text : "?");
    }
    disasm_close(d);
    return d != NULL;
}
