/* Ways through a function's graph (cfg.h, cfg_memory.h). */
#include "cfg_memory.h"

int32_t cfg_found_at(const struct cfg *cfg, uint64_t offset)
{
    if (offset >= cfg_size(cfg) || offset % cfg->arch->target->quantum != 0)
        return NO_INDEX;
    int32_t i = *cfg_slot(cfg, (uint32_t)offset);
    return i >= 0 ? i : NO_INDEX;
}

int32_t cfg_find(const struct cfg *cfg, uint32_t offset)
{
    int32_t i = cfg_found_at(cfg, offset);
    return i == NO_INDEX ? NO_INDEX : cfg->memory->number[i];
}

void cfg_text(const struct cfg *cfg, struct decoder *d, const struct insn *insn, char *out, size_t size)
{
    decoder_text(d, cfg->func.code + insn->offset, cfg_size(cfg) - insn->offset, insn->fx.pc, out, size);
}

bool cfg_ends_path(const struct cfg *cfg, const struct effects *fx)
{
    if (fx->flags & IS_CONDITIONAL)
        return false;
    switch (fx->flow) {
    case FLOW_JUMP:
    case FLOW_JUMP_REG:
    case FLOW_RET:
    case FLOW_STOP:
        return true;
    case FLOW_CALL:
        return cfg->around->never_returns && cfg->around->never_returns(cfg->around->context, fx->target);
    default:
        return false;
    }
}

void cfg_successors(const struct cfg *cfg, const struct block *b, edge_visitor *visit, void *context)
{
    for (int i = 0; i < 2; i++)
        if (b->successor[i] != NO_INDEX)
            visit(context, b->successor[i]);
    for (int32_t t = 0; t < b->n_table; t++)
        visit(context, cfg->targets[b->table + t]);
}
