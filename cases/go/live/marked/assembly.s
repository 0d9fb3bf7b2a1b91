#include "textflag.h"

// No architecture's instruction: one file for all of them.
TEXT ·assembly(SB), NOSPLIT, $0-0
	RET
