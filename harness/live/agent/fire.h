/* Fires at the program's PCs, and watches what its handler and its stub make of it. */
#ifndef EVERYPC_LIVE_FIRE_H
#define EVERYPC_LIVE_FIRE_H

/* Takes the trap's signal. Call it once, before the program is entered. */
void fire_begin(void);

#endif
