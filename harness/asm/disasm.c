/* Instruction boundaries: what the disassembler says, and where a delay slot is. */
#include "disasm.h"

#include <stdio.h>
#include <stdlib.h>

#include "disasm/machine.h"

struct disasm {
    const struct asm_arch *arch;
    struct machine *machine;
};

struct disasm *disasm_open(const struct asm_arch *arch, struct error *e)
{
    struct machine *machine = machine_open(arch->target, e);
    struct disasm *d = machine ? calloc(1, sizeof *d) : NULL;
    if (!d) {
        machine_close(machine);
        return NULL;
    }
    *d = (struct disasm){arch, machine};
    return d;
}

void disasm_close(struct disasm *d)
{
    if (d)
        machine_close(d->machine);
    free(d);
}

bool disasm_insn(struct disasm *d, const uint8_t *bytes, size_t n, uint64_t address, struct prog *p,
                 bool *in_slot, size_t *size)
{
    char text[sizeof p->insn->text];
    if (p->n_insns == MAX_INSNS || !machine_read(d->machine, bytes, n, address))
        return false;
    *size = machine_size(d->machine);
    machine_text(d->machine, text, sizeof text);
    prog_add(p, (uint32_t)*size, "%s", text);
    struct insn *insn = &p->insn[p->n_insns - 1];
    bool jump = machine_is_jump(d->machine), call = machine_is_call(d->machine);
    insn->in_delay_slot = *in_slot;
    insn->is_jump = jump && !call;
    *in_slot = d->arch->target->has_delay_slots && (jump || call);
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
