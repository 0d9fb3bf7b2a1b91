# The probe with mutants: `make mutants-probe TARGET=... OUT=...`. Included by harness/build.mk where a TARGET is given.

MUTANT_O := $(patsubst %.c,$(OBJ)/%.o,$(call SOURCES,harness/mutants))
WRAPPED  := push_call handle_preempt pctab_lookup_cached everypc_adversary enter_case sigaction timer_settime

.PHONY: mutants-probe
mutants-probe: $(OUT)/mutants
TAILS_O  := $(OBJ)/harness/mutants/tails-$(arch).o
$(TAILS_O): harness/mutants/tails/$(arch).S harness/mutants/tails.inc arch/$(arch)/case.inc
	$(call say,AS)
	@mkdir -p $(@D)
	$(Q)$(CC_T) $($(TARGET).flags) $(INC) -Wa,-Iarch/$(arch) -c -o $@ $<
$(OUT)/mutants: $(PROBE_O) $(MUTANT_O) $(TAILS_O) $(OUT)/cases.o $(case_objs)
	$(call say,LINK)
	$(Q)$(CC_T) $(FLAGS_T) $(LINK_T) $(WRAPPED:%=-Wl,--wrap=%) -o $@ $^

-include $(MUTANT_O:.o=.d)
