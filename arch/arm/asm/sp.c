/* arm: how Progs move SP. Go 1.19, cmd/internal/obj/arm/obj5.go preprocess, knows ADD and SUB of a constant,
 * and MOVW that writes its base back; MOVM that does, and MOVW of an address, move SP by a constant, too.
 * Conditional ones fit no rule. */
#include "optab.h"

/* clang-format off */
const struct sp_rule arm_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},         {"SUB", NULL, SP_ADD, 1},          {"MOVW", NULL, SP_ADDR, 0},
    {"MOVM", ".DB.W", SP_LIST, 4},     {"MOVM", ".P.W", SP_LIST, 4},      {"MOVM", ".IA.W", SP_LIST, -4},
    {"*", ".W", SP_INDEXED, 0},        {"*", ".P", SP_INDEXED, 0},
    {"CMP", NULL, SP_READ, 0},         {"CMN", NULL, SP_READ, 0},         {"TST", NULL, SP_READ, 0},
    {"TEQ", NULL, SP_READ, 0},         {"B", NULL, SP_JUMP, 0},           {"JMP", NULL, SP_JUMP, 0},
    {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
