/* Pages on demand: see maps.h, and cases.ld for the room below the probe, which is the only part of its own
 * image that may be mapped anew: some emulators take all between an image's lowest and highest address for
 * occupied. */
#include "maps.h"

#include <stdio.h>
#include <string.h>

#include "pattern.h"
#include "system.h"

enum { MAX_PAGES = 8, LOWEST = 0x10000 };

extern uint8_t everypc_room_end[], __executable_start[];

static struct {
    const struct test_case *owner;
    size_t page; /* bytes */
    uint8_t *at[MAX_PAGES];
    bool reserved[MAX_PAGES]; /* it lies in the room */
    int n, n_golden;          /* n_golden: of those, the golden run's */
    uint8_t *kept;            /* what the golden run left in them */
    uint64_t seed;
    int k;
} maps;

static bool in_room(uintptr_t at)
{
    return at >= (uintptr_t)everypc_room_end && at + maps.page <= (uintptr_t)__executable_start;
}

static void drop(int from)
{
    for (int j = from; j < maps.n; j++) {
        if (maps.reserved[j])
            system_leave_room((uintptr_t)maps.at[j], maps.page);
        else
            system_unmap(maps.at[j], maps.page);
    }
    maps.n = from;
}

/* The pattern depends on the address, so that what a wrong one holds is something else. */
static void fill(uint8_t *page)
{
    for (size_t j = 0; j < maps.page; j += sizeof(uint64_t)) {
        uint64_t word = pattern_word(maps.seed, maps.k, (uintptr_t)page + j);
        memcpy(page + j, &word, sizeof word);
    }
}

void maps_enter(const struct test_case *c)
{
    if (c == maps.owner)
        return;
    drop(0);
    maps.owner = c;
    maps.n_golden = 0;
}

bool maps_fault(uintptr_t address)
{
    if (!maps.page)
        maps.page = system_page();
    uintptr_t at = address & ~(uintptr_t)(maps.page - 1);
    if (at < LOWEST || maps.n == MAX_PAGES)
        return false;
    bool reserved = in_room(at);
    uint8_t *page = (uint8_t *)at;
    if (reserved ? !system_take_room(at, maps.page) : !system_map_at(at, maps.page))
        return false; /* taken */
    maps.at[maps.n] = page;
    maps.reserved[maps.n++] = reserved;
    fill(page);
    return true;
}

void maps_fill(uint64_t seed, int k)
{
    maps.seed = seed;
    maps.k = k;
    drop(maps.n_golden);
    for (int j = 0; j < maps.n; j++)
        fill(maps.at[j]);
}

void maps_capture(void)
{
    if (maps.n && !maps.kept)
        maps.kept = system_map(MAX_PAGES * maps.page);
    maps.n_golden = maps.n;
    for (int j = 0; maps.kept && j < maps.n; j++)
        memcpy(maps.kept + (size_t)j * maps.page, maps.at[j], maps.page);
}

bool maps_equal(struct state_diff *diff)
{
    if (maps.n > maps.n_golden) {
        snprintf(diff->expected, sizeof diff->expected, "the memory that it uses without a signal");
        snprintf(diff->got, sizeof diff->got, "a page at 0x%llx as well",
                 (unsigned long long)(uintptr_t)maps.at[maps.n_golden]);
        return false;
    }
    for (int j = 0; j < maps.n; j++) {
        const uint8_t *kept = maps.kept ? maps.kept + (size_t)j * maps.page : NULL;
        if (kept && memcmp(kept, maps.at[j], maps.page) == 0)
            continue;
        size_t b = 0;
        while (kept && kept[b] == maps.at[j][b])
            b++;
        snprintf(diff->expected, sizeof diff->expected, "[0x%llx]=0x%02x",
                 (unsigned long long)(uintptr_t)(maps.at[j] + b), kept ? kept[b] : 0);
        snprintf(diff->got, sizeof diff->got, "[0x%llx]=0x%02x",
                 (unsigned long long)(uintptr_t)(maps.at[j] + b), maps.at[j][b]);
        return false;
    }
    return true;
}
