/* Resolves jumps through tables of addresses, as Go's compiler has emitted them since 1.19 (cmd/compile,
 * ssagen, BlockJumpTable): a word loaded from [table + index * word], the table's address a constant. */
#include "jumps.h"

#include "values.h"
#include "go/binary/grow.h"

/* The table's address is computed close to the jump. */
enum { LOOK_BACK = 24 };

/* The address of the table that a memory operand reads from, if it is one. */
static bool is_table(const struct cfg *cfg, const struct effect_mem *m, const struct values *state,
                     uint64_t *address)
{
    int base = values_number(cfg, m->base);
    if (!m->load || m->index == NO_UNIT || m->scale != cfg->arch->target->word)
        return false;
    if (m->base != NO_UNIT && (base == NO_INDEX || state->of[base].kind != VALUE_NUMBER))
        return false;
    *address = (m->base == NO_UNIT ? 0 : (uint64_t)state->of[base].c) + (uint64_t)m->disp;
    if (cfg->arch->target->word == 4)
        *address = (uint32_t)*address;
    return true;
}

/* The register that a jump goes through, or NO_UNIT. */
static int jump_unit(const struct cfg *cfg, const struct effects *fx)
{
    int found = NO_UNIT;
    for (int u = 0; u < cfg->arch->n_units; u++)
        if (unit_in(&fx->reads, u) && unit_in(&cfg->arch->general, u)) {
            if (found != NO_UNIT)
                return NO_UNIT;
            found = u;
        }
    return found;
}

static bool find_table(const struct cfg *cfg, int32_t jump, uint64_t *address)
{
    int32_t first = cfg->memory->run_start;
    struct values state = values_unknown(cfg);
    bool found = false;
    if (first < jump - LOOK_BACK)
        first = jump - LOOK_BACK;
    const struct effects *fx = &cfg->insns[jump].fx;
    int unit = fx->n_mem ? NO_UNIT : jump_unit(cfg, fx);
    for (int32_t i = first; i < jump; i++) {
        struct insn scratch = cfg->insns[i];
        const struct effects *at = &scratch.fx;
        uint64_t table;
        if (unit != NO_UNIT && unit_in(&at->writes, unit)) {
            found = at->n_mem && at->n_values && at->value[0].op == VALUE_LOAD && at->value[0].dst == unit &&
                    is_table(cfg, &at->mem[0], &state, &table);
            if (found)
                *address = table;
        }
        values_step(cfg, &scratch, &state);
    }
    return unit == NO_UNIT ? fx->n_mem && is_table(cfg, &fx->mem[0], &state, address) : found;
}

static uint64_t read_word(const struct cfg *cfg, const uint8_t *bytes)
{
    uint64_t c = 0;
    uint32_t word = cfg->arch->target->word;
    for (uint32_t i = 0; i < word; i++)
        c = c << 8 | bytes[cfg->around->big_endian ? i : word - 1 - i];
    return c;
}

/* The table ends where no address of this function is. What stands after it may be another table of the same
 * function, whose targets are then taken for this one's too. */
static void read_table(struct cfg *cfg, uint64_t address, struct jump *jump)
{
    struct cfg_memory *m = cfg->memory;
    uint64_t size = cfg->func.end - cfg->func.entry;
    while ((uint64_t)jump->n < size / cfg->arch->target->quantum) {
        uint64_t at = address + (uint64_t)jump->n * cfg->arch->target->word;
        const struct surroundings *around = cfg->around;
        const uint8_t *word =
            around->constant ? around->constant(around->context, at, cfg->arch->target->word) : NULL;
        uint64_t offset = word ? read_word(cfg, word) - cfg->func.entry : size;
        if (offset >= size || offset % cfg->arch->target->quantum != 0)
            return;
        m->table_targets = grow(m->table_targets, &m->table_target_capacity, m->n_table_targets + 1,
                                sizeof *m->table_targets);
        m->table_targets[m->n_table_targets++] = (uint32_t)offset;
        jump->n++;
    }
}

struct jump *jump_add(struct cfg *cfg, int32_t insn)
{
    struct cfg_memory *m = cfg->memory;
    uint64_t address;
    m->jumps = grow(m->jumps, &m->jump_capacity, m->n_jumps + 1, sizeof *m->jumps);
    struct jump *jump = &m->jumps[m->n_jumps++];
    *jump = (struct jump){.insn = insn, .first = (int32_t)m->n_table_targets};
    if (find_table(cfg, insn, &address))
        read_table(cfg, address, jump);
    return jump;
}
