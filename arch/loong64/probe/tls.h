/* loong64: the thread pointer is R2, which the compiler uses for nothing else. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 0
#include "common/probe/tls_above.h"

#define TLS_READ  "move %0, $tp"
#define TLS_WRITE "move $tp, %0"
#include "common/probe/tls_register.h"

#endif
