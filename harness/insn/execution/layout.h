/* What the host and the guest agree on when instructions are run to see what they do: where they lie, and how
 * one is described.
 *
 * An instruction lies at the very end of the code page. What follows is not mapped, so that going on there
 * is as visible as a jump: a fault at the address that control went to, with every register as the
 * instruction left it. */
#ifndef EVERYPC_EFFECTS_LAYOUT_H
#define EVERYPC_EFFECTS_LAYOUT_H

#define SLOT_END   0x20010000ul /* an instruction of n bytes lies at SLOT_END - n */
#define SLOT_SIZE  0x10000ul    /* mapped below SLOT_END */
#define SLOT_ROOM  0x200000ul   /* mapped with no access on both sides of that */
#define ARENA_AT   0x20400000ul /* where its memory operands point */
#define ARENA_SIZE 4096         /* bytes */

/* The guest's input, tab-separated: first the line
 *   target link unit mask unit mask    link: a unit or -1; of which bits of two units the effects speak,
 *                                      unless the mask is 0
 * then one for each instruction, numbers in hexadecimal but for units:
 *   bytes flow flags target reads writes kills mem values text
 * with sets as four numbers, mem as "base,index,scale,access,size,disp;" and values as
 * "op,dst,src,src2,shift,imm;" (or "-"), access 1 for loads, 2 for stores, 3 for both. A delay slot's
 * instruction is part of the bytes.
 *
 * Its output, one line for each instruction and each thing noticed:
 *   ok bytes
 *   skip bytes reason text
 *   wrong bytes what text     the effects claim less than what was seen, or something else
 *   loose bytes what text     the effects claim more than what was seen in all of the states that were tried
 */
#endif
