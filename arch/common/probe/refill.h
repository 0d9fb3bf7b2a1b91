/* Bytes below its stack pointer that async_preempt2 writes anew behind everypc_adversary, whose frame lies
 * there. A multiple of 256. */
#define ADVERSARY_REFILL 1024
