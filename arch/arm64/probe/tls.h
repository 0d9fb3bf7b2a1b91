/* arm64: the thread pointer is TPIDR_EL0, which user code may write. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET 16
#include "common/probe/tls_above.h"

#define TLS_READ  "mrs %0, tpidr_el0"
#define TLS_WRITE "msr tpidr_el0, %0"
#include "common/probe/tls_register.h"

#endif
