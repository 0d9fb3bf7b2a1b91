/* Pins: the copies of a case, and patching it in place. */
#include "pins.h"

#include <string.h>

#include "arch.h"
#include "code_written.h"
#include "pattern.h"
#include "system.h"

enum { CODE_ALIGN = 16 }; /* bytes: of a case (cases.inc) */

/* Behind a trap, which is shorter, nothing is executed. */
static const uint8_t spin[PIN_SIZE] = ARCH_SPIN, trap_here[PIN_SIZE] = ARCH_TRAP;

const uint8_t *pins_bytes(bool trap)
{
    return trap ? trap_here : spin;
}

bool pins_trapped(uintptr_t pc, const uint8_t *at)
{
    return pc - (uintptr_t)at < PIN_SIZE;
}

const uint8_t *pins_clean(const struct test_case *c, uint32_t pc)
{
    return c->entry + c->pcs[pc].offset;
}

uint8_t *pins_copy(const struct pins *p, uint32_t pinned, bool trap)
{
    return (trap ? p->traps : p->copies) + pinned * p->stride;
}

uint8_t *pins_in_copy(const struct pins *p, uint32_t pinned, bool trap, uint32_t pc)
{
    return pins_copy(p, pinned, trap) + (pins_clean(p->c, pc) - p->c->code);
}

uint8_t *pins_copy_end(const struct pins *p, uint32_t pinned, bool trap)
{
    return pins_copy(p, pinned, trap) + (p->c->leave - p->c->code);
}

static bool needs_traps(const struct test_case *c)
{
    bool any = c->flags & CASE_BLOCKS;
    for (uint32_t k = 0; k < c->n_pcs; k++)
        any |= c->pcs[k].hop != NO_HOP;
    return any;
}

static void make_copies(const struct pins *p, bool trap)
{
    size_t code = (size_t)(p->c->limit - p->c->code);
    for (uint32_t k = 0; k < p->c->n_pcs; k++) {
        memcpy(pins_copy(p, k, trap), p->c->code, code);
        memcpy(pins_copy_end(p, k, trap), pins_bytes(trap), PIN_SIZE);
        memcpy(pins_in_copy(p, k, trap, k), pins_bytes(trap), PIN_SIZE);
    }
}

/* Copies lie in memory that is mapped once for many cases, each case's on pages of its own, which are written
 * once and then become code. Null if the system refuses. */
static uint8_t *take_pages(size_t bytes)
{
    enum { MAP_BYTES = 1 << 20 };
    static uint8_t *map;
    static size_t mapped, used;
    size_t page = system_page();
    bytes = (bytes + page - 1) & ~(page - 1);
    if (mapped - used < bytes) {
        if (map)
            system_unmap(map, mapped);
        used = 0;
        mapped = bytes > MAP_BYTES ? bytes : MAP_BYTES;
        map = system_map(mapped);
        if (!map) {
            mapped = 0;
            return NULL;
        }
    }
    used += bytes;
    return map + used - bytes;
}

/* How far from the start of a page a case's copies lie: anywhere that its alignment allows, by its name, so
 * that code is tried at all places of a page and each shot at the same one again. */
static size_t place_in_page(const struct test_case *c)
{
    size_t page = system_page();
    return pattern_mix(pattern_hash(c->name)) % (page / CODE_ALIGN) * CODE_ALIGN;
}

bool pins_open(struct pins *p, const struct test_case *c, bool in_place)
{
    *p = (struct pins){.c = c};
    if (in_place || (c->flags & CASE_STAY))
        return true;
    size_t code = (size_t)(c->limit - c->code), place = place_in_page(c);
    p->stride = (code + PIN_SIZE + CODE_ALIGN - 1) & ~(size_t)(CODE_ALIGN - 1);
    bool traps = needs_traps(c);
    size_t series = p->stride * c->n_pcs, bytes = place + series * (traps ? 2 : 1);
    uint8_t *pages = take_pages(bytes);
    if (!pages)
        return false;
    p->copies = pages + place;
    make_copies(p, false);
    if (traps) {
        p->traps = p->copies + series;
        make_copies(p, true);
    }
    code_written(p->copies, pages + bytes);
    return system_protect((uintptr_t)pages, (uintptr_t)pages + bytes, ACCESS_CODE);
}

void pins_patch(uint8_t *at, const uint8_t *bytes)
{
    memcpy(at, bytes, PIN_SIZE);
    code_written(at, at + PIN_SIZE);
}

uint32_t pins_pc_index(const struct test_case *c, uintptr_t pc)
{
    for (uint32_t k = 0; k < c->n_pcs; k++)
        if (pc == (uintptr_t)pins_clean(c, k))
            return k;
    return UINT32_MAX;
}
