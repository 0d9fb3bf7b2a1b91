# The probe with mutants: `make mutants-probe TARGET=... OUT=...`. Included by harness/build.mk where a TARGET is given.

MUTANT_O := $(patsubst %.c,$(OBJ)/%.o,$(call SOURCES,harness/mutants))
WRAPPED  := push_call handle_preempt pctab_lookup_cached everypc_adversary

.PHONY: mutants-probe
mutants-probe: $(OUT)/mutants
$(OUT)/stub.S: $(OBJ)/arch/preempt.o $(HOST)/everypc-asm
	$(call say,STUB)
	@mkdir -p $(@D)
	$(Q)$(HOST)/everypc-asm --target $(TARGET) --stub $< -o $@
$(OUT)/stub.o: $(OUT)/stub.S arch/$(arch)/case.inc
	$(call say,AS)
	$(Q)$(CC_T) $($(TARGET).flags) $(INC) -Wa,-Iarch/$(arch) -c -o $@ $<
$(OUT)/mutants: $(PROBE_O) $(MUTANT_O) $(OUT)/cases.o $(OUT)/stub.o $(case_objs)
	$(call say,LINK)
	$(Q)$(CC_T) $(FLAGS_T) -static -no-pie -Wl,--no-warn-rwx-segments -Wl,-z,noexecstack $(WRAPPED:%=-Wl,--wrap=%) -o $@ $^

-include $(MUTANT_O:.o=.d)
