/* Writing JSON line by line (json_lines.h). */
#include "json_lines.h"

#include <string.h>

#include "go/binary/grow.h"

void lines_add(struct lines *out, const char *kind, json_t *object)
{
    json_t *line = json_pack("{s:o}", kind, object);
    char *text = json_dumps(line, JSON_COMPACT);
    json_decref(line);
    if (!text)
        return;
    size_t n = strlen(text);
    out->text = grow(out->text, &out->capacity, out->n + n + 2, 1);
    memcpy(out->text + out->n, text, n);
    out->n += n;
    out->text[out->n++] = '\n';
    out->text[out->n] = 0;
    free(text);
}

void print_line(const char *kind, json_t *object)
{
    json_t *line = json_pack("{s:o}", kind, object);
    json_dumpf(line, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(line);
}

json_t *json_text(const char *text)
{
    json_t *s = json_string(text);
    return s ? s : json_string("?");
}
