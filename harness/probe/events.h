/* Events: what the probe reports to the driver, one JSON object a line on stdout. */
#ifndef EVERYPC_EVENTS_H
#define EVERYPC_EVENTS_H

#include <stdint.h>

/* Starts an object {"ev":"<kind>" */
void event_begin(const char *kind);
void event_string(const char *key, const char *value);
void event_number(const char *key, uint64_t value);
/* A list of strings: its start, each one, its end. */
void event_list(const char *key);
void event_item(const char *value);
void event_list_end(void);
void event_signed(const char *key, int64_t value);
/* Ends the line; `flush` writes it out at once. */
void event_end(int flush);

#endif
