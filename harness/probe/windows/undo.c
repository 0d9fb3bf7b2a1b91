/* Windows: the list of changes, which outlives what is undone. */
#include "undo.h"

enum { MAX_CHANGES = 65536 };

enum change { MAPPED, COMMITTED, PROTECTED, GONE };

static struct changes {
    uint32_t n, depth;
    struct {
        enum change what;
        DWORD before;
        void *at;
        size_t bytes;
    } of[MAX_CHANGES];
} * changes; /* not among the variables that are put back */

uint32_t undo_begin(void)
{
    if (!changes)
        changes = VirtualAlloc(NULL, sizeof *changes, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    if (!changes)
        return 0;
    changes->depth++;
    return changes->n;
}

static void undo(uint32_t k)
{
    void *at = changes->of[k].at;
    DWORD now;
    switch (changes->of[k].what) {
    case MAPPED:
        VirtualFree(at, 0, MEM_RELEASE);
        break;
    case COMMITTED:
        VirtualFree(at, changes->of[k].bytes, MEM_DECOMMIT);
        break;
    case PROTECTED:
        VirtualProtect(at, changes->of[k].bytes, changes->of[k].before, &now);
        break;
    case GONE:
        break;
    }
}

void undo_end(uint32_t begun)
{
    if (!changes)
        return;
    while (changes->n > begun)
        undo(--changes->n);
    changes->depth--;
}

static void note(enum change what, void *at, size_t bytes, DWORD before)
{
    if (!changes || changes->depth == 0 || changes->n == MAX_CHANGES)
        return;
    changes->of[changes->n].what = what;
    changes->of[changes->n].before = before;
    changes->of[changes->n].at = at;
    changes->of[changes->n++].bytes = bytes;
}

void undo_map(void *at, size_t bytes, bool all_of_it)
{
    note(all_of_it ? MAPPED : COMMITTED, at, bytes, 0);
}

void undo_protect(void *at, size_t bytes, DWORD before)
{
    note(PROTECTED, at, bytes, before);
}

bool undo_unmap(void *at)
{
    if (!changes || changes->depth == 0)
        return true;
    for (uint32_t k = changes->n; k-- > 0;)
        if (changes->of[k].at == at && changes->of[k].what <= COMMITTED) {
            changes->of[k].what = GONE;
            return true;
        }
    return false;
}
