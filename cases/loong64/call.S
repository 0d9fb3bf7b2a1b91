/* loong64: a signal in a system call. */
	.include "cases.inc"
#include "common/probe/call_cases.inc"

	CALL_SLEEP sleep, safe
	CALL_READ read_tick
