/* The literal pool of the function that is being assembled: values that an instruction loads relative to
 * the PC. Entries are deduplicated and keep the order of their first use, as Go's assembler
 * does. */
#ifndef EVERYPC_LITERALS_H
#define EVERYPC_LITERALS_H

#include <stdint.h>
#include <stdio.h>

/* Starts an empty pool; `prefix` makes the labels unique in the file. */
void literals_begin(const char *prefix);
/* The prefix of the function that is being assembled; its Progs' labels begin with it too. */
const char *literals_prefix(void);
/* Writes the pool as GNU assembler text. */
void literals_write(FILE *out);

#endif
