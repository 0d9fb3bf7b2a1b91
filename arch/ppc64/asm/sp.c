/* ppc64: how Progs move SP. Go 1.19, cmd/internal/obj/ppc64/obj9.go preprocess, knows ADD of a constant and
 * MOVDU; the other loads and stores with update, SUB, and MOVD of an address move SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule ppc64_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},         {"SUB", NULL, SP_ADD, 1},          {"MOVD", NULL, SP_ADDR, 0},
    {"MOVDU", NULL, SP_INDEXED, 0},    {"MOVWU", NULL, SP_INDEXED, 0},    {"MOVWZU", NULL, SP_INDEXED, 0},
    {"MOVHU", NULL, SP_INDEXED, 0},    {"MOVHZU", NULL, SP_INDEXED, 0},   {"MOVBU", NULL, SP_INDEXED, 0},
    {"MOVBZU", NULL, SP_INDEXED, 0},   {"CMP*", NULL, SP_READ, 0},        {"JMP", NULL, SP_JUMP, 0},
    {"BR", NULL, SP_JUMP, 0},          {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
