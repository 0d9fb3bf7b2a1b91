/* The writer of events. They are put together here, byte by byte and without printf: under an emulator each
 * call, and each turn of printf's, costs as much as the text of a whole key. */
#include "events.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

static char text[8192]; /* of the event under way, as far as it is not written yet */
static size_t length;

static void put_out(void)
{
    fwrite(text, 1, length, stdout);
    length = 0;
}

static inline void put(char c)
{
    if (length == sizeof text)
        put_out();
    text[length++] = c;
}

static void put_all(const char *s)
{
    for (; *s; s++)
        put(*s);
}

static void put_escaped(unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    put('\\');
    if (c == '"' || c == '\\') {
        put((char)c);
    } else if (c == '\n') {
        put('n');
    } else {
        put_all("u00");
        put(digits[c >> 4]);
        put(digits[c & 15]);
    }
}

static void quoted(const char *s)
{
    put('"');
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
            put_escaped(c);
        else
            put((char)c);
    }
    put('"');
}

static void decimal(uint64_t value)
{
    char digits[21], *at = digits + sizeof digits - 1;
    *at = 0;
    for (; value > UINT32_MAX; value /= 10)
        *--at = (char)('0' + value % 10);
    uint32_t rest = (uint32_t)value; /* whose division is a single instruction everywhere */
    do
        *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    put_all(at);
}

static void key_begin(const char *key)
{
    put(',');
    quoted(key);
    put(':');
}

void event_begin(const char *kind)
{
    put_all("{\"ev\":");
    quoted(kind);
}

void event_string(const char *key, const char *value)
{
    key_begin(key);
    quoted(value);
}

void event_number(const char *key, uint64_t value)
{
    key_begin(key);
    decimal(value);
}

void event_signed(const char *key, int64_t value)
{
    key_begin(key);
    if (value < 0)
        put('-');
    decimal(value < 0 ? -(uint64_t)value : (uint64_t)value);
}

static bool first;

void event_list(const char *key)
{
    key_begin(key);
    put('[');
    first = true;
}

void event_item(const char *value)
{
    if (!first)
        put(',');
    first = false;
    quoted(value);
}

void event_list_end(void)
{
    put(']');
}

void event_end(int flush)
{
    put_all("}\n");
    put_out();
    if (flush)
        fflush(stdout);
}
