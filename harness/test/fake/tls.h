/* The thread pointer of the architecture that is none: a variable. */
#ifndef EVERYPC_TLS_H
#define EVERYPC_TLS_H

#include <stdint.h>

extern uintptr_t fake_thread_pointer;
enum { FAKE_STORAGE = 512 }; /* bytes, from the pointer on */

static inline uintptr_t tls_pointer(void)
{
    return fake_thread_pointer;
}
static inline void tls_set_pointer(uintptr_t v)
{
    fake_thread_pointer = v;
}
static inline uintptr_t tls_low(uintptr_t pointer, uintptr_t segment)
{
    (void)segment;
    return pointer;
}
static inline uintptr_t tls_high(uintptr_t pointer, uintptr_t segment)
{
    (void)segment;
    return pointer + FAKE_STORAGE;
}

#endif
