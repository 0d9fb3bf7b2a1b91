/* ppc64: the thread pointer is R13, which the compiler uses for nothing else. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#define TLS_OFFSET -0x7000
#include "common/probe/tls_above.h"

#define TLS_READ  "mr %0, 13"
#define TLS_WRITE "mr 13, %0"
#include "common/probe/tls_register.h"

#endif
