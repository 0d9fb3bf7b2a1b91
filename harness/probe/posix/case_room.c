/* POSIX: where the memory of cases lies (case_memory.h). */
#include "probe/case_memory.h"

_Alignas(FENCE_SIZE) uint8_t everypc_memory[6 * FENCE_SIZE];
_Static_assert(FENCE_SIZE == 65536 && STACK_SIZE == 2 * FENCE_SIZE, "as in the lines below");
__asm__(".globl case_stack\n"
        ".set case_stack, everypc_memory + 3 * 65536");
