/* Out of the units that an instruction reads and writes (data.h). */
#include "data.h"

#include "unitset.h"

int data_units(const struct effects_arch *arch, const struct effects *fx, int16_t unit[MAX_DATA])
{
    const struct effect_mem *m = &fx->mem[0];
    if (fx->n_mem != 1 || m->load == m->store)
        return 0;
    struct unitset data = unitset_and(m->store ? &fx->reads : &fx->writes, &arch->general), not = {{0}};
    int n = 0;
    if (m->store && m->base != NO_UNIT)
        unit_add(&not, m->base);
    if (m->store && m->index != NO_UNIT)
        unit_add(&not, m->index);
    for (int i = 0; m->load && i < fx->n_values; i++)
        if (fx->value[i].op != VALUE_LOAD)
            unit_add(&not, fx->value[i].dst);
    data = unitset_minus(&data, &not );
    for (int w = 0; w < MAX_UNITS / 64; w++)
        for (uint64_t left = data.w[w]; left; left &= left - 1) {
            if (n == MAX_DATA)
                return 0;
            unit[n++] = (int16_t)(64 * w + __builtin_ctzll(left));
        }
    for (int i = 0; m->descending && i < n / 2; i++) {
        int16_t other = unit[n - 1 - i];
        unit[n - 1 - i] = unit[i];
        unit[i] = other;
    }
    return m->size == (unsigned)n * arch->target->word ? n : 0;
}
