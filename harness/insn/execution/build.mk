# The guest that runs single instructions: `make effects-probe TARGET=...`. Included by harness/build.mk where
# a TARGET is given.

# An emulator runs it for longer than it takes to be compiled.
$(OBJ)/harness/insn/execution/%.o: FLAGS_T += -O2
RUN_EFFECTS_O := $(patsubst %.c,$(OBJ)/%.o,$(call SOURCES,harness/insn/execution)) $(OBJ)/arch/enter.o

.PHONY: effects-probe
effects-probe: build/$(TARGET)/effects-probe
	@:
build/$(TARGET)/effects-probe: $(RUN_EFFECTS_O)
	$(call say,LINK)
	$(Q)$(CC_T) $(FLAGS_T) $(filter-out %cases.ld,$(LINK_T)) -o $@ $^

-include $(RUN_EFFECTS_O:.o=.d)
