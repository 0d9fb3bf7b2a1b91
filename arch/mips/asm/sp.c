/* mips and mips64: how Progs move SP. Go 1.19, cmd/internal/obj/mips/obj0.go preprocess, knows additions of a
 * constant; MOVW and MOVV of an address move SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule mips_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},     {"ADDU", NULL, SP_ADD, -1},     {"ADDV", NULL, SP_ADD, -1},
    {"ADDVU", NULL, SP_ADD, -1},
    {"SUB", NULL, SP_ADD, 1},      {"SUBU", NULL, SP_ADD, 1},      {"SUBV", NULL, SP_ADD, 1},
    {"SUBVU", NULL, SP_ADD, 1},
    {"MOVW", NULL, SP_ADDR, 0},    {"MOVV", NULL, SP_ADDR, 0},     {"JMP", NULL, SP_JUMP, 0},
    {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
