/* What everypc-asm --help says. */
#ifndef EVERYPC_ASM_USAGE_H
#define EVERYPC_ASM_USAGE_H

extern const char asm_usage[];

#endif
