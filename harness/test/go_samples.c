/* The samples of go_samples.h. */
#include "go_samples.h"

#include <elf.h>

#define TABLE(...) \
    { \
        (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}) \
    }

/* Sizes are multiples of every quantum; the tables' PCs are in quanta, of which a function has at least 16.
 */
/* clang-format off */
const struct go_func go_samples[N_SAMPLES] = {
    [PLAIN] = {.name = "main.plain", .size = 64, .args = 24, /* 0: 4 quanta; 32: 8; then nothing: padding */
     .pcsp = TABLE(2, 4, 64, 8, 0),                /* -1 + 1, + 32 */
     .unsafe_point = TABLE(0, 2, 1, 3, 1, 4, 4, 7, 0), /* -1, -2, -3, -1 */
     .pcfile = TABLE(4, 5, 2, 7, 0),   /* 1: 5 quanta; 2: 7 */
     .pcln = TABLE(22, 3, 5, 9, 0)},   /* 10: 3; 7: 9 */
    [MEMMOVE] = {.name = "runtime.memmove", .size = 64, .flag = 4, .no_pointers = true},
    [MALLOCGC] = {.name = "runtime.mallocgc", .size = 64},
    [INLINES] = {.name = "main.inlines", .size = 64, .unsafe_point = TABLE(0, 16, 0),
     .inl_index = TABLE(0, 2, 2, 3, 2, 4, 3, 5, 0), /* -1, 0, 1, -1 */
     .inlined = {"runtime.nanotime", "sort.Swap"}},
    [REFLECT] = {.name = "reflect.call", .size = 64, .inl_index = TABLE(2, 8, 0), .inlined = {"main.f"}},
    [NO_MAPS] = {.name = "main.nomaps", .size = 64, .no_maps = true},
    [CALL32] = {.name = "runtime.call32", .size = 64, .flag = 4, .no_pointers = true, .id = 9},
};

const struct go_machine go_machines[N_MACHINES] = {
    [AMD64] = {"amd64", {.machine = EM_X86_64, .wide = true, .quantum = 1, .relative = R_X86_64_RELATIVE}},
    [I386] = {"386", {.machine = EM_386, .quantum = 1, .relative = R_386_RELATIVE}},
    [ARM64] = {"arm64", {.machine = EM_AARCH64, .wide = true, .quantum = 4, .relative = R_AARCH64_RELATIVE}},
    [ARM] = {"arm", {.machine = EM_ARM, .quantum = 4, .relative = R_ARM_RELATIVE}},
    [MIPS] = {"mips", {.machine = EM_MIPS, .big_endian = true, .quantum = 4, .relative = R_MIPS_REL32}},
    [MIPS64] = {"mips64", {.machine = EM_MIPS, .wide = true, .big_endian = true, .quantum = 4}},
    [MIPSLE] = {"mipsle", {.machine = EM_MIPS, .quantum = 4}},
    [RISCV64] = {"riscv64", {.machine = EM_RISCV, .wide = true, .quantum = 4, .relative = R_RISCV_RELATIVE}},
    [RISCV64_COMPRESSED] = {"riscv64", {.machine = EM_RISCV, .wide = true, .quantum = 2,
        .relative = R_RISCV_RELATIVE}},
    [S390X] = {"s390x", {.machine = EM_S390, .wide = true, .big_endian = true, .quantum = 2,
        .relative = R_390_RELATIVE}},
};
/* clang-format on */

struct go_options go_options_for(const struct go_machine *m, enum go_layout layout)
{
    static const char *const versions[GO_LAYOUTS] = {"go1.15.15", "go1.16.2", "go1.19.8", "go1.21.13",
                                                     "go1.27.3"};
    struct go_options o = m->options;
    o.layout = layout;
    o.version = versions[layout];
    o.no_text_start = layout == GO_1_27;
    o.relative = 0;
    return o;
}
