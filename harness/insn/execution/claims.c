/* Reckons with the claims of effects.h, in the guest's word and byte order. */
#include "claims.h"

#include <string.h>

#include "asm/splitmix.h"
#include "units.h"

/* What may end the guest, or do what is not the instruction's business, by mnemonic. */
static const char *refused(const char *text)
{
    static const struct {
        const char *mnemonic, *why;
        /* clang-format off */
    } rows[] = {
        {"svc", "it enters the kernel"},    {"swi", "it enters the kernel"},
        {"syscall", "it enters the kernel"},
        {"int", "it enters the kernel"},    {"ecall", "it enters the kernel"},
        {"sysenter", "it enters the kernel"},
        {"sc", "it enters the kernel"},     {"scv", "it enters the kernel"},
        {"popfq", "it may begin single steps"},
        {"popfd", "it may begin single steps"}, {"popf", "it may begin single steps"},
    };
    /* clang-format on */
    size_t n = strcspn(text, " ");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strlen(rows[i].mnemonic) == n && strncmp(text, rows[i].mnemonic, n) == 0)
            return rows[i].why;
    return NULL;
}

const char *claim_unfit(const struct effects_case *c)
{
    const struct effects *fx = &c->fx;
    bool direct = fx->flow == FLOW_JUMP || fx->flow == FLOW_BRANCH || fx->flow == FLOW_CALL;
    bool is_store = fx->flags & IS_SC; /* SC of MIPS; ppc64's is a system call */
    if (fx->flow == FLOW_NEXT && !is_store && refused(c->text))
        return refused(c->text);
    for (int u = 0; u < n_units; u++)
        if (!unit_is_free(u) && (unit_in(&fx->reads, u) || unit_in(&fx->writes, u)))
            return units[u].kind == REG_TMP ? "it uses REGTMP" : "it uses the thread's register";
    for (int i = 0; i < fx->n_mem; i++)
        if (fx->mem[i].base == NO_UNIT && fx->mem[i].index == NO_UNIT)
            return "its memory operand is at a fixed address";
    if (direct && fx->target - (SLOT_END - SLOT_SIZE) < SLOT_SIZE)
        return "its target is in the page that it is run in";
    return NULL;
}

static uint64_t address(const struct effect_mem *m, const struct state *regs)
{
    uint64_t a = (uint64_t)m->disp;
    if (m->base != NO_UNIT)
        a += unit_get(regs, m->base);
    if (m->index != NO_UNIT)
        a += unit_get(regs, m->index) * m->scale;
    return (uintptr_t)a;
}

/* A word of the arena, as a load of a whole register finds it. */
static bool load_word(const struct effect_mem *m, const struct image *start, uint64_t *v)
{
    uint64_t at = address(m, &start->regs) - ARENA_AT;
    uintptr_t word;
    if ((m->index != NO_UNIT && m->scale == 0) || at > ARENA_SIZE - sizeof word)
        return false;
    memcpy(&word, start->arena + at, sizeof word);
    *v = word;
    return true;
}

bool claim_value(const struct effects *fx, int i, const struct image *start, uint64_t *said)
{
    const struct effect_value *v = &fx->value[i];
    uint64_t a = v->src == NO_UNIT ? 0 : unit_get(&start->regs, v->src), imm = (uint64_t)v->imm;
    if (fx->flags & IS_CONDITIONAL)
        return false;
    switch (v->op) {
    case VALUE_CONST:
        *said = imm;
        return true;
    case VALUE_ADD_IMM:
        *said = a + imm;
        return true;
    case VALUE_ADD32_IMM:
        *said = (uint64_t)(int64_t)(int32_t)(uint32_t)(a + imm);
        return true;
    case VALUE_ADD:
        *said = a + unit_get(&start->regs, v->src2);
        return true;
    case VALUE_SUB:
        *said = a - unit_get(&start->regs, v->src2);
        return true;
    case VALUE_AND:
        *said = a & unit_get(&start->regs, v->src2);
        return true;
    case VALUE_AND_IMM:
        *said = a & imm;
        return true;
    case VALUE_OR_IMM:
        *said = a | imm;
        return true;
    case VALUE_XOR_IMM:
        *said = a ^ imm;
        return true;
    case VALUE_SHL_IMM:
        *said = a << imm;
        return true;
    case VALUE_INSERT:
        *said = (a & ~(UINT64_C(0xffff) << v->shift)) | imm << v->shift;
        return true;
    case VALUE_LOAD:
        return load_word(&fx->mem[0], start, said);
    default:
        return false;
    }
}

bool claim_memory(const struct effects *fx, const struct state *regs, uint8_t role[ARENA_SIZE])
{
    bool known = true;
    memset(role, 0, ARENA_SIZE);
    for (int i = 0; i < fx->n_mem && known; i++) {
        const struct effect_mem *m = &fx->mem[i];
        uint64_t at = address(m, regs) - ARENA_AT;
        known = m->size > 0 && (m->index == NO_UNIT || m->scale > 0) && at < ARENA_SIZE &&
                at + m->size <= ARENA_SIZE;
        for (unsigned j = 0; known && j < m->size; j++)
            role[at + j] |= (m->load ? ROLE_LOAD : 0) | (m->store ? ROLE_STORE : 0);
    }
    if (known)
        return true;
    for (int i = 0; i < ARENA_SIZE; i++) {
        role[i] = 0;
        for (int j = 0; j < fx->n_mem; j++)
            role[i] |= (fx->mem[j].load ? ROLE_LOAD : 0) | (fx->mem[j].store ? ROLE_STORE : 0);
    }
    return false;
}

void random_arena(int k, uint8_t arena[ARENA_SIZE])
{
    uint64_t rng = splitmix_seed(9, k);
    for (int i = 0; i < ARENA_SIZE; i += 8) {
        uint64_t v = splitmix64(&rng);
        memcpy(arena + i, &v, 8);
    }
}
