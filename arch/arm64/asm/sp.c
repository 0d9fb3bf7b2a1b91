/* arm64: how Progs move SP. Go 1.19, cmd/internal/obj/arm64/obj7.go preprocess, knows ADD and SUB of a
 * constant, and what writes its base back; MOVD of an address moves SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule arm64_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},     {"SUB", NULL, SP_ADD, 1},       {"MOVD", NULL, SP_ADDR, 0},
    {"*", ".W", SP_INDEXED, 0},    {"*", ".P", SP_INDEXED, 0},
    {"CMP*", NULL, SP_READ, 0},    {"CMN*", NULL, SP_READ, 0},     {"B", NULL, SP_JUMP, 0},
    {"JMP", NULL, SP_JUMP, 0},     {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
