/* s390x: how Progs move SP. Go 1.19, cmd/internal/obj/s390x/objz.go preprocess, knows ADD of a constant; SUB
 * and MOVD of an address move SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule s390x_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},     {"SUB", NULL, SP_ADD, 1},      {"MOVD", NULL, SP_ADDR, 0},
    {"CMP*", NULL, SP_READ, 0},
    {"BR", NULL, SP_JUMP, 0},      {"JMP", NULL, SP_JUMP, 0},     {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
