/* The data of a shot: what is asked of it, and what came of it. */
#ifndef EVERYPC_SHOT_H
#define EVERYPC_SHOT_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "handle.h"

/* Changes what the handler finds: called before each decision with `made` null, and after it with what was
 * decided. `data` is the request's scene_data. */
typedef void fire_scene(const void *data, struct thread *t, ucontext_t *uc, const struct decision *made);

/* How to fire. All zero: as things are. */
struct request {
    uint32_t patience_ms; /* CPU time that the run may take before it counts as hung; 0: 10000 */
    bool unmended;        /* the handlers do without ctx_mend: shows what the platform loses by itself */
    fire_scene *scene;    /* every signal is delivered in it; null: in none */
    const void *scene_data;
    uintptr_t resume_pc; /* no decision is asked for: every signal that lands injects the call, with this
                            resume PC; 0: the code under test decides */
    const char *stub;    /* where the injected call goes, once what was decided has been judged as if it went
                            to async_preempt; null: there */
    void (*in_call)(void); /* what the injected call calls as well; or null */
};

/* What became of a run. */
enum outcome {
    RUN_LEFT,    /* came to its end */
    RUN_CRASHED, /* a fatal signal in the case, the stub or the handler */
    RUN_HUNG,    /* the watchdog ended it */
};

/* What happened in one shot. */
struct shot {
    enum outcome outcome;
    int fatal_signal;   /* RUN_CRASHED */
    uintptr_t fatal_pc; /* RUN_CRASHED, RUN_HUNG: where */
    bool landed;        /* the signal hit its PC, at the visit asked for */
    uint32_t visits;    /* how often the PC was reached before the run ended */
    uint32_t pc;        /* index of the PC that was hit */
    struct decision decision;
    bool answered; /* the request for preemption is withdrawn, as it must be once the call is injected */
    uintptr_t pc_at, sp_at, lr_at; /* the interrupted context */
    uintptr_t sp_at_entry;         /* of the case */
    uintptr_t return_at_entry;     /* its return address */
    uintptr_t link, return_slot;   /* where it may lie when the signal comes (return_oracle.h) */
    bool root_lost;                /* a pointer is in the link register alone (roots_oracle.h) */
    bool guard_raised; /* when the signal came: the stack check had not seen the request for preemption */
    bool only;         /* no other signal was delivered in this run, so that `morestacks` is about this one */
    uint32_t morestacks; /* how often the case then called what stands in for morestack, in the whole run */
    bool chained; /* the frame-pointer chain leads along the live stack to the entry's record (fp_walk.h) */
    uintptr_t fp_at_entry, astray; /* else where it leads */
    bool frame_ok;                 /* push_call left what frame_rule says, or nothing where it refused */
    char frame_expected[96], frame_got[96];
    uintptr_t resume_pc;     /* read back from the frame */
    uint32_t injected;       /* how often the injected call ran */
    const char *broken_rule; /* of the ABI, that its call broke (adversary.h); null: none */
    uint32_t before;         /* how often it had run when this signal landed */
    uintptr_t moved; /* how far from its place the case lay, in bytes: what the PCs above are off by */
};

#endif
