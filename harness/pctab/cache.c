/* The lookup cache: remembers the runs of the PCs that were asked for last. Relies on its owner thread
 * being interrupted by signals at worst, never on a second thread. */
#include "pctab.h"
#include "quantum.h"

#include <stdatomic.h>

static bool same_table(const struct pctab *a, const struct pctab *b)
{
    return a->bytes == b->bytes && a->length == b->length && a->func_size == b->func_size &&
           a->quantum == b->quantum && a->kind == b->kind;
}

static enum pctab_error lookup_owned(struct pctab_cache *cache, const struct pctab *table, uint32_t pc,
                                     struct pc_run *run)
{
    /* By instruction slot: the low bits of a byte offset are the same for every instruction. */
    uint32_t set = (pc >> quantum_shift(table->quantum)) % PCTAB_CACHE_SETS;
    struct pctab_cache_entry *entry = &cache->entry[set];

    if (entry->valid && entry->pc == pc && same_table(&entry->table, table)) {
        cache->hits++;
        *run = entry->run;
        return PCTAB_OK;
    }
    cache->misses++;
    enum pctab_error error = pctab_lookup(table, pc, run);
    if (error == PCTAB_OK) {
        entry->table = *table;
        entry->pc = pc;
        entry->run = *run;
        entry->valid = true;
    }
    return error;
}

enum pctab_error pctab_lookup_cached(struct pctab_cache *cache, const struct pctab *table, uint32_t pc,
                                     struct pc_run *run)
{
    /* A second signal can interrupt the handler halfway through an entry. It must neither read that entry
     * nor replace it under the first one's hands, so it does without the cache (as Go does since 1.22). */
    if (cache->busy)
        return pctab_lookup(table, pc, run);
    cache->busy = true;
    atomic_signal_fence(memory_order_seq_cst);
    enum pctab_error error = lookup_owned(cache, table, pc, run);
    atomic_signal_fence(memory_order_seq_cst);
    cache->busy = false;
    return error;
}
