/* loong64: how Progs move SP. Go 1.19, cmd/internal/obj/loong64/obj.go preprocess, knows additions of a
 * constant; MOVV of an address moves SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule loong64_sp_rules[] = {
    {"ADDV", NULL, SP_ADD, -1},    {"ADDVU", NULL, SP_ADD, -1},    {"SUBV", NULL, SP_ADD, 1},
    {"SUBVU", NULL, SP_ADD, 1},
    {"MOVV", NULL, SP_ADDR, 0},    {"JMP", NULL, SP_JUMP, 0},      {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
