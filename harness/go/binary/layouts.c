/* The layouts of .gopclntab. After Go's own readers: debug/gosym/pclntab.go, and runtime/symtab.go and
 * runtime2.go of 1.15, 1.16, 1.19 and 1.24. */
#include "pclntab.h"

/* clang-format off */
const struct layout pclntab_layouts[N_LAYOUTS] = {
    {"1.2", 0xfffffffb, .id = 28, .n_funcdata = 31, .size = 32,
     .inl_index = 2, .inl_tree = 4, .inl_entry = 20, .inl_name = 12, .inl_pc = 16},
    {"1.16", 0xfffffffa, .names = 2, .units = 3, .files = 4, .pctab = 5, .funcs = 6,
     .id = 32, .flag = 33, .n_funcdata = 35, .size = 36,
     .inl_index = 2, .inl_tree = 3, .inl_entry = 20, .inl_name = 12, .inl_pc = 16},
    {"1.18", 0xfffffff0, .text_start = 2, .names = 3, .units = 4, .files = 5, .pctab = 6, .funcs = 7,
     .relative = true, .id = 32, .flag = 33, .n_funcdata = 35, .size = 36,
     .inl_index = 2, .inl_tree = 3, .inl_entry = 20, .inl_name = 12, .inl_pc = 16},
    {"1.20", 0xfffffff1, .text_start = 2, .names = 3, .units = 4, .files = 5, .pctab = 6, .funcs = 7,
     .relative = true, .id = 36, .flag = 37, .n_funcdata = 39, .size = 40,
     .inl_index = 2, .inl_tree = 3, .inl_entry = 16, .inl_name = 4, .inl_pc = 8},
};
/* clang-format on */

void pclntab_start(const struct image *img, int layout, uint8_t quantum, uint8_t out[PCLNTAB_START])
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(pclntab_layouts[layout].magic >> 8 * (img->file.big_endian ? 3 - i : i));
    out[4] = out[5] = 0;
    out[6] = quantum;
    out[7] = (uint8_t)img->pointer;
}
