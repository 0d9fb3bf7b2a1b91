/* x86: how Progs move SP. Go 1.19, cmd/internal/obj/x86/obj6.go preprocess, knows pushes, pops and ADJSP, for
 * which it emits the additions and subtractions here; LEA moves SP by a constant, too. */
#ifndef EVERYPC_X86_SP_H
#define EVERYPC_X86_SP_H

#include "asm/prog.h"

/* For registers of the width that the letter names, of so many bytes. */
/* clang-format off */
#define X86_SP_RULES(width, bytes) \
    {"ADD" width, NULL, SP_ADD, -1},          {"SUB" width, NULL, SP_ADD, 1}, \
    {"LEA" width, NULL, SP_LEA, 0}, \
    {"PUSH" width, NULL, SP_PUSH, bytes},     {"POP" width, NULL, SP_PUSH, -(bytes)}, \
    {"PUSHF" width, NULL, SP_PUSH, bytes}, \
    {"POPF" width, NULL, SP_PUSH, -(bytes)},  {"CALL", NULL, SP_CALL, bytes}, \
    {"JMP", NULL, SP_JUMP, 0}, \
    {"RET", NULL, SP_JUMP, 0},                {"CMP*", NULL, SP_READ, 0}, \
    {"TEST*", NULL, SP_READ, 0}, \
    {"BT" width, NULL, SP_READ, 0}
/* clang-format on */

#endif
