#include "textflag.h"

TEXT ·lie(SB), 0, $16-0
	MOVD RSP, R1
	SUB  $64, R1
	MOVD R1, RSP // ADD and SUB the assembler would follow
	MOVD ZR, 0(RSP)
	CALL ·callee(SB)
	MOVD RSP, R1
	ADD  $64, R1
	MOVD R1, RSP
	RET

TEXT ·honest(SB), 0, $80-0
	CALL ·callee(SB)
	RET
