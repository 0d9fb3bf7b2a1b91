/* riscv64: the thread pointer is X4, which the compiler uses for nothing else. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 0
#include "common/probe/tls_above.h"

#define TLS_READ  "mv %0, tp"
#define TLS_WRITE "mv tp, %0"
#include "common/probe/tls_register.h"

#endif
