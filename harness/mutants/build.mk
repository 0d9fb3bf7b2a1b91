# The probe with mutants: `make mutants-probe TARGET=... OUT=...`. Included by harness/build.mk where a TARGET
# is given.

MUTANT_O := $(patsubst %.c,$(OBJ)/%.o,$(call SOURCES,harness/mutants) \
            $(call SOURCES,harness/mutants/$(system)))
WRAPPED  := push_call handle_preempt pctab_lookup_cached everypc_adversary enter_case fire_signal \
            shot_timer_start $(WRAPPED_HERE)

.PHONY: mutants-probe
mutants-probe: $(OUT)/mutants
	@:
TAILS_O  := $(OBJ)/arch/tails.o
$(TAILS_O): arch/$(arch)/test/tails.S arch/common/test/tails.inc arch/$(arch)/probe/case.inc
	$(call say,AS)
	$(folder)
	$(Q)$(CC_ELF) $($(TARGET).flags) $(INC) $(AS_INC) -c -o $@ $<
MUTANTS_O := $(filter-out %/probe/main.o,$(PROBE_O)) $(MUTANT_O) $(TAILS_O)
$(OUT)/mutants: $(MUTANTS_O) $(PARTS)/assembled $(case_objs) $(filter-out harness/%,$(LINK_SCRIPT))
	$(call say,LINK)
	$(file >$(OUT)/objects,$(case_objs))
	$(Q)$(call link_probe,$(MUTANTS_O),$(PLACES_T) $(WRAPPED:%=-Wl,--wrap=%),\
	  @$(PARTS)/list @$(OUT)/objects)

-include $(MUTANT_O:.o=.d)
