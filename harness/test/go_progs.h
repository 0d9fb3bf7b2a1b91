/* Reads cases/go/go-progs.tsv, what Go 1.19.8 made of some 430 Progs, for the tests that compare with it.
 * Include after cmocka.h; needs EVERYPC_SOURCE_DIR, the path of the repository. */
#ifndef EVERYPC_TEST_GO_PROGS_H
#define EVERYPC_TEST_GO_PROGS_H

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "asm/prog.h"

struct go_prog {
    char arch[16], text[128];
    uint32_t start, end; /* bytes from the entry of the function that holds all Progs of the architecture */
    int32_t value;       /* of PCDATA_UnsafePoint */
};

enum { GO_PROGS = 434 };

static inline void go_progs_read(struct go_prog progs[GO_PROGS])
{
    char line[512];
    size_t n = 0;
    FILE *f = fopen(EVERYPC_SOURCE_DIR "/cases/go/go-progs.tsv", "r");

    if (!f)
        fail_msg("no " EVERYPC_SOURCE_DIR "/cases/go/go-progs.tsv");
    assert_non_null(fgets(line, sizeof line, f));
    assert_string_equal(line, "arch\tseq\tprog\tstart\tend\tbytes_in_memory_order\tpcdata_unsafepoint\n");
    while (fgets(line, sizeof line, f)) {
        assert_in_range(n, 0, GO_PROGS - 1);
        struct go_prog *p = &progs[n++];
        int fields = sscanf(line, "%15[^\t]\t%*u\t%127[^\t]\t%" SCNu32 "\t%" SCNu32 "\t%*[0-9a-f]\t%" SCNd32,
                            p->arch, p->text, &p->start, &p->end, &p->value);
        if (fields != 5)
            fail_msg("can't read: %s", line);
    }
    fclose(f);
    assert_int_equal(n, GO_PROGS);
}

/* The index behind the last Prog of the architecture that progs[i] belongs to. */
static inline size_t go_progs_end(const struct go_prog progs[GO_PROGS], size_t i)
{
    size_t end = i;
    while (end < GO_PROGS && strcmp(progs[end].arch, progs[i].arch) == 0)
        end++;
    return end;
}

/* PCQuantum, as the Go linker sets it (Go 1.19, cmd/internal/sys/arch.go MinLC); 4 where
 * there is no port, as for the one such architecture in the file. */
static inline uint32_t go_quantum(const char *arch)
{
    const struct asm_arch *found = asm_arch_find(arch);
    return found ? found->target->case_quantum : 4;
}

#endif
