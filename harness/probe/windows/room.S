/* Address space without memory in the file (room.ld): room around the code of cases that nothing uses, and
 * the memory of cases (../case_memory.h). */
	.section .room_front,"aw",%nobits
	.skip	0x8f000
	.section .room_behind,"aw",%nobits
	.skip	0x1000
	.section .case_memory,"aw",%nobits
	.globl	everypc_memory, case_stack
everypc_memory:
	.skip	3 * 65536
case_stack:
	.skip	3 * 65536
	.section .note.GNU-stack,"",%progbits
