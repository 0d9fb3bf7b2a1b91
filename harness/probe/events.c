/* The writer of events. */
#include "events.h"

#include <stdio.h>

static void quoted(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\')
            printf("\\%c", c);
        else if (c == '\n')
            fputs("\\n", stdout);
        else if (c < 0x20 || c >= 0x7f)
            printf("\\u%04x", c);
        else
            putchar(c);
    }
    putchar('"');
}

void event_begin(const char *kind)
{
    fputs("{\"ev\":", stdout);
    quoted(kind);
}

void event_string(const char *key, const char *value)
{
    putchar(',');
    quoted(key);
    putchar(':');
    quoted(value);
}

void event_number(const char *key, uint64_t value)
{
    putchar(',');
    quoted(key);
    printf(":%llu", (unsigned long long)value);
}

void event_signed(const char *key, int64_t value)
{
    putchar(',');
    quoted(key);
    printf(":%lld", (long long)value);
}

static int items;

void event_list(const char *key)
{
    putchar(',');
    quoted(key);
    fputs(":[", stdout);
    items = 0;
}

void event_item(const char *value)
{
    if (items++)
        putchar(',');
    quoted(value);
}

void event_list_end(void)
{
    putchar(']');
}

void event_end(int flush)
{
    puts("}");
    if (flush)
        fflush(stdout);
}
