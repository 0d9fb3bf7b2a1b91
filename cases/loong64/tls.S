/* loong64: g in thread-local storage. */
	.include "cases.inc"
#include "common/probe/tls_cases.inc"

	TLS_CASE tls_load, load, unsafe
	TLS_CASE tls_store, store, unsafe
