#include "textflag.h"

TEXT ·lie(SB), 0, $16-0
	LEAQ -64(SP), SP // ADDQ and SUBQ the assembler would follow
	MOVQ $0, 72(SP)
	MOVQ $0, 80(SP)
	CALL ·callee(SB)
	LEAQ 64(SP), SP
	RET

TEXT ·honest(SB), 0, $80-0
	CALL ·callee(SB)
	RET
