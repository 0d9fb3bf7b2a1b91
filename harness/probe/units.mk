# What of the probe is compiled together: a unit names files by what they are for. Half of what a compiler
# takes for one of them is its start and the headers. With APART=1 each is compiled alone, as `make lint`
# does, which wants each to include what it needs, and no circles. A file in no unit is always compiled alone.
#
# In no unit are main.c, in whose place mutants have their own, and what mutants wrap
# (harness/mutants/build.mk), as the linker wraps no call within a unit.

in.shots    := $(patsubst %,harness/probe/%.c,blocked case_memory deliver events fire golden initial_state \
               injectability pattern pins registers run stack_check thread)
in.oracles  := $(patsubst %,harness/probe/%.c,end_state expectation fp_walk frame_check guard_cases maps \
               oracle other_marks return_oracle roots_oracle sp_oracle verdict wild)
in.depth    := $(patsubst %,harness/probe/%.c,cross nested nested_trial pairs thorough truth)
in.commands := $(patsubst %,harness/probe/%.c,bench blame check commands explain measure options platform \
               whole_run)
in.tables   := $(filter-out %/cache.c,$(call SOURCES,harness/pctab))
in.posix    := $(filter-out %/shot_timer.c,$(call SOURCES,harness/probe/posix))

PROBE_UNITS := $(if $(APART),,shots oracles depth commands tables $(if $(in.$(system)),$(system)))
