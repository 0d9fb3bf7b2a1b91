/* How often each shape of code occurs in a binary, and what its tables say of it: for comparing binaries that
 * have few functions in common. A shape is an instruction, or the instructions of one restart range,
 * without their numbers and with registers named in the order in which they come: "movz a, #; add b, b, a".
 */
#ifndef EVERYPC_GO_SHAPES_H
#define EVERYPC_GO_SHAPES_H

#include "go/flow/cfg.h"
#include "go/flow/points.h"

struct shapes;

struct shapes *shapes_new(void);
void shapes_free(struct shapes *s);

/* Adds a function's. */
void shapes_count(struct shapes *s, const struct cfg *cfg, struct decoder *d);
/* Adds another one's. */
void shapes_add(struct shapes *to, const struct shapes *from);

/* Calls visit for each shape, in the order of their code. */
struct shape_count {
    char *code;
    uint64_t n, pcs[N_PC_KINDS]; /* how often it occurs; PCs in it, by kind */
};
typedef void shape_visitor(void *context, const struct shape_count *shape);
void shapes_each(const struct shapes *s, shape_visitor *visit, void *context);

/* The shape of a text of an instruction, after that of others in the same sequence: *names has n register
 * names so far, of at most MAX_SHAPE_NAMES. For tests. */
enum { MAX_SHAPE_NAMES = 8, SHAPE_TEXT = 400 };
struct shape_text {
    char text[SHAPE_TEXT];
    size_t n;
    char names[MAX_SHAPE_NAMES][8];
    int n_names;
};
void shape_append(struct shape_text *s, const char *insn);

#endif
