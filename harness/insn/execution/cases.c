/* Reads what the host wrote (layout.h); libc only. */
#include "cases.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool read_header(FILE *f, struct effects_header *h)
{
    char line[256];
    if (fgets(line, sizeof line, f) &&
        sscanf(line, "%15s %d %d %" SCNx64 " %d %" SCNx64, h->target, &h->link, &h->spoken[0].unit,
               &h->spoken[0].mask, &h->spoken[1].unit, &h->spoken[1].mask) == 6)
        return true;
    fprintf(stderr, "effects: the first line is not the list's header\n");
    return false;
}

static bool read_set(const char *field, struct unitset *s)
{
    return sscanf(field, "%" SCNx64 " %" SCNx64 " %" SCNx64 " %" SCNx64, &s->w[0], &s->w[1], &s->w[2],
                  &s->w[3]) == 4;
}

static bool read_mems(char *field, struct effects *fx)
{
    for (; strchr(field, ';'); field = strchr(field, ';') + 1) {
        unsigned scale, access, size;
        struct effect_mem *m = &fx->mem[fx->n_mem];
        if (fx->n_mem++ == MAX_EFFECT_MEM || sscanf(field, "%hd,%hd,%x,%x,%x,%" SCNx64, &m->base, &m->index,
                                                    &scale, &access, &size, (uint64_t *)&m->disp) != 6)
            return false;
        m->scale = (uint8_t)scale;
        m->size = (uint16_t)size;
        m->load = access & 1;
        m->store = access >> 1 & 1;
    }
    return true;
}

static bool read_values(char *field, struct effects *fx)
{
    for (; strchr(field, ';'); field = strchr(field, ';') + 1) {
        unsigned op, shift;
        struct effect_value *v = &fx->value[fx->n_values];
        if (fx->n_values++ == MAX_EFFECT_VALUES ||
            sscanf(field, "%x,%hd,%hd,%hd,%x,%" SCNx64, &op, &v->dst, &v->src, &v->src2, &shift,
                   (uint64_t *)&v->imm) != 6)
            return false;
        v->op = (enum value_op)op;
        v->shift = (uint8_t)shift;
    }
    return true;
}

static bool read_code(const char *hex, struct effects_case *c)
{
    unsigned byte;
    if (strlen(hex) >= sizeof c->hex)
        return false;
    strcpy(c->hex, hex);
    for (; *hex && sscanf(hex, "%2x", &byte) == 1 && hex[1]; hex += 2)
        c->code[c->n_code++] = (uint8_t)byte;
    return c->n_code > 0 && !*hex;
}

int read_case(FILE *f, struct effects_case *c)
{
    enum { BYTES, FLOW, FLAGS, TARGET, READS, WRITES, KILLS, MEM, VALUES, TEXT, N_FIELDS };
    char line[1024], *field[N_FIELDS], *at = line;
    memset(c, 0, sizeof *c);
    if (!fgets(line, sizeof line, f))
        return 0;
    line[strcspn(line, "\n")] = '\0';
    for (int i = 0; i < N_FIELDS; i++) {
        field[i] = at ? at : "";
        at = at ? strchr(at, '\t') : NULL;
        if (at)
            *at++ = '\0';
    }
    c->fx.flow = (uint8_t)strtoul(field[FLOW], NULL, 16);
    c->fx.flags = (uint8_t)strtoul(field[FLAGS], NULL, 16);
    c->fx.target = strtoull(field[TARGET], NULL, 16);
    snprintf(c->text, sizeof c->text, "%s", field[TEXT]);
    if (read_code(field[BYTES], c) && read_set(field[READS], &c->fx.reads) &&
        read_set(field[WRITES], &c->fx.writes) && read_set(field[KILLS], &c->fx.kills) &&
        read_mems(field[MEM], &c->fx) && read_values(field[VALUES], &c->fx))
        return 1;
    fprintf(stderr, "effects: not an instruction of the list: %s\n", line);
    return -1;
}
