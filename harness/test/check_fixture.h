/* What the tests of checks share: a function made by hand is checked, and what is found is given as text. */
#ifndef EVERYPC_CHECK_FIXTURE_H
#define EVERYPC_CHECK_FIXTURE_H

#include "go/checks/checks.h"
#include "go/flow/cfg_build.h"
#include "go/flow/values.h"
#include "made_function.h"

struct row {
    const char *what;
    struct made f;
    const char
        *found; /* "check@offset", with "-offset" if there are more PCs, with " register"; divided by ", " */
};

#define RET 0xd65f03c0
#define NOP 0xd503201f
/* str x30, [sp, #-32]! and ldr x30, [sp], #32 */
#define PUSH_LR 0xf81e0ffe
#define POP_LR  0xf84207fe

struct fixture {
    struct decoder *d;
    struct check_input in;
    struct findings findings;
    struct cfg *cfg;
    const struct surroundings *around;
};

static inline struct fixture *fixture(const char *target)
{
    struct error e;
    struct fixture *x = calloc(1, sizeof *x);
    x->d = decoder_open(target, &e);
    assert_non_null(x->d);
    const struct effects_arch *arch = decoder_arch(x->d);
    x->cfg = cfg_new(arch);
    x->in = (struct check_input){.cfg = x->cfg,
                                 .kept_below_sp = arch->kept_below_sp,
                                 .liveness = liveness_new(),
                                 .sets = sets_new(),
                                 .caller_pc = homes_new(),
                                 .caller_fp = homes_new(),
                                 .out = &x->findings};
    for (int u = 0; u < arch->n_units; u++)
        if (strcmp(arch->units[u].reg, "x27") == 0 ||
            (arch->units[u].reg[0] == 'v' && arch->units[u].part == 1))
            unit_add(&x->in.lost, u);
    return x;
}

static inline int setup(void **state)
{
    *state = fixture("arm64");
    return 0;
}

static inline int setup_amd64(void **state)
{
    *state = fixture("amd64");
    return 0;
}

static inline int setup_arm(void **state)
{
    *state = fixture("arm");
    return 0;
}

static inline int setup_mips(void **state)
{
    *state = fixture("mipsle");
    return 0;
}

static inline int teardown(void **state)
{
    struct fixture *x = *state;
    decoder_close(x->d);
    cfg_free(x->cfg);
    liveness_free(x->in.liveness);
    homes_free(x->in.caller_pc);
    homes_free(x->in.caller_fp);
    sets_free(x->in.sets);
    free(x->findings.list);
    free(x);
    return 0;
}

/* Runs all checks; the findings as text, valid until the next call. */
static inline const char *find_in(struct fixture *x, const struct gobin_func *f)
{
    static char text[600];
    static const struct surroundings nothing;
    cfg_build(x->cfg, x->d, f, x->around ? x->around : &nothing);
    values_follow(x->cfg);
    x->findings.n = 0;
    for (int c = 0; c < N_CHECKS; c++)
        check_functions[c](&x->in);
    size_t at = 0;
    text[0] = 0;
    for (size_t i = 0; i < x->findings.n; i++) {
        const struct finding *g = &x->findings.list[i];
        assert_int_equal(g->filter, g->key == IN_THE_CALL ? FILTER_NONE : f->filter);
        assert_true(strlen(g->why) > 20 && strlen(g->why) < sizeof g->why - 1);
        at += (size_t)snprintf(text + at, sizeof text - at, "%s%s@%x", i ? ", " : "", check_names[g->check],
                               cfg_at(x->cfg, g->first)->offset);
        if (g->last != g->first)
            at += (size_t)snprintf(text + at, sizeof text - at, "-%x", cfg_at(x->cfg, g->last)->offset);
        if (g->unit != NO_UNIT)
            at += (size_t)snprintf(text + at, sizeof text - at, " %s", x->cfg->arch->units[g->unit].reg);
        if (g->key == UNPROVEN)
            at += (size_t)snprintf(text + at, sizeof text - at, "?");
    }
    return text;
}

static inline const char *find(struct fixture *x, const struct made *made, enum gobin_filter filter)
{
    struct made_memory m;
    struct gobin_func f = made_function(made, &m);
    f.filter = filter;
    return find_in(x, &f);
}

/* Each row's fault is found, and nothing else; and the same, but fragile, where the runtime's filter refuses
 * the function: find asserts it. */
static inline void check_rows(struct fixture *x, const struct row *rows, size_t n)
{
    int wrong = 0;
    for (size_t i = 0; i < n; i++) {
        const char *found = find(x, &rows[i].f, FILTER_NONE);
        if (strcmp(found, rows[i].found) != 0) {
            print_error("%s: found \"%s\", expected \"%s\"\n", rows[i].what, found, rows[i].found);
            wrong++;
        } else
            assert_string_equal(find(x, &rows[i].f, FILTER_ASM), rows[i].found);
    }
    assert_int_equal(wrong, 0);
}

#endif
