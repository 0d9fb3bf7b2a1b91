/* riscv64: how Progs move SP. Go 1.19, cmd/internal/obj/riscv/obj.go preprocess, knows ADDI, which ADD of a
 * constant becomes; MOV of an address moves SP by a constant, too. */
#include "optab.h"

/* clang-format off */
const struct sp_rule riscv64_sp_rules[] = {
    {"ADD", NULL, SP_ADD, -1},    {"ADDI", NULL, SP_ADD, -1},    {"SUB", NULL, SP_ADD, 1},
    {"MOV", NULL, SP_ADDR, 0},
    {"JMP", NULL, SP_JUMP, 0},    {"RET", NULL, SP_JUMP, 0},
    {0},
};
/* clang-format on */
