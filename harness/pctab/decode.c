/* Reads PC-value tables: the iterator, and check and lookup on top of it. Follows Go 1.19,
 * runtime/symtab.go step and pcvalue, but trusts no byte: a table may come from a damaged binary. */
#include "pctab.h"
#include "quantum.h"

/* Reads a varint at *at and steps over it; *at and *v are left alone on an error. */
static enum pctab_error read_varint(const struct pctab *table, size_t *at, uint32_t *v)
{
    uint32_t sum = 0;

    for (unsigned i = 0;; i++) {
        if (*at + i >= table->length)
            return PCTAB_TRUNCATED;
        uint32_t byte = table->bytes[*at + i];
        /* The fifth byte holds bits 28-31; more, or a sixth byte, can't fit. Without this the shift below
         * would reach 35 on a run of continuation bytes. */
        if (i == 4 && byte > 0x0f)
            return PCTAB_OVERLONG;
        sum |= (byte & 0x7f) << (7 * i);
        if (byte < 0x80) {
            *at += i + 1;
            *v = sum;
            return PCTAB_OK;
        }
    }
}

static int64_t unzigzag(uint32_t u)
{
    int64_t half = u >> 1;
    return u & 1 ? -half - 1 : half;
}

void pctab_begin(struct pctab_iter *it, const struct pctab *table)
{
    it->table = *table;
    it->at = 0;
    it->done = false;
    it->run.start = it->run.end = 0;
    it->run.value = POINT_SAFE; /* the encoding's initial value */
}

/* Leaves the iterator where it is on an error, so that the same error is reported again if asked. */
static enum pctab_error step(struct pctab_iter *it)
{
    const struct pctab *table = &it->table;
    size_t at = it->at;
    uint32_t uvdelta, quanta;

    enum pctab_error error = read_varint(table, &at, &uvdelta);
    if (error != PCTAB_OK)
        return error;
    if (uvdelta == 0 && it->at != 0) {
        /* Go ends at a zero byte and takes a padded zero for a run with its neighbour's value, whose
         * start no assembler ever meant. */
        if (at - it->at > 1)
            return PCTAB_OVERLONG;
        it->done = true;
        return PCTAB_OK;
    }
    error = read_varint(table, &at, &quanta);
    if (error != PCTAB_OK)
        return error;

    int64_t value = it->run.value + unzigzag(uvdelta);
    bool legal = table->kind == PCTAB_ANY ? value == (int32_t)value
                                          : value >= POINT_RESTART_AT_ENTRY && value <= POINT_SAFE;
    if (!legal)
        return PCTAB_OUT_OF_RANGE;
    if (quanta == 0 && it->at != 0 && at < table->length && table->bytes[at] == 0) {
        it->done = true;
        return PCTAB_OK;
    }
    uint64_t end = it->run.end + (uint64_t)quanta * table->quantum;
    if (end <= it->run.end || end > UINT32_MAX)
        return PCTAB_NOT_MONOTONIC;
    if (end > table->func_size)
        return PCTAB_OUT_OF_RANGE;

    it->run.start = it->run.end;
    it->run.end = (uint32_t)end;
    it->run.value = (int32_t)value;
    it->at = at;
    return PCTAB_OK;
}

bool pctab_next(struct pctab_iter *it, enum pctab_error *error)
{
    *error = PCTAB_OK;
    if (it->done)
        return false;
    if (!quantum_is_valid(it->table.quantum)) {
        *error = PCTAB_MISALIGNED;
        return false;
    }
    if (it->table.length == 0) {
        it->done = true;
        it->run.end = it->table.func_size;
        return it->run.end > 0;
    }
    *error = step(it);
    return *error == PCTAB_OK && !it->done;
}

enum pctab_error pctab_check(const struct pctab *table)
{
    struct pctab_iter it;
    enum pctab_error error;

    pctab_begin(&it, table);
    while (pctab_next(&it, &error))
        ;
    return error;
}

enum pctab_error pctab_lookup(const struct pctab *table, uint32_t pc, struct pc_run *run)
{
    struct pctab_iter it;
    enum pctab_error error;

    pctab_begin(&it, table);
    while (pctab_next(&it, &error)) {
        if (pc < it.run.end) {
            *run = it.run;
            return PCTAB_OK;
        }
    }
    return error != PCTAB_OK ? error : PCTAB_NOT_COVERED;
}
