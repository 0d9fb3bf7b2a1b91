# The reader and checker of Go binaries: build/host/everypc-go. Included by the Makefile.

# What an architecture's instructions do is part of no assembler and of no probe.
EFFECTS_C := $(wildcard $(FAMILIES:%=%/insn/*.c) $(ARCHES:%=arch/%/insn/*.c))
# Who may know whom is in README.md; scripts/tests/test_rooms.py holds the includes to it.
GO_ROOMS  := binary flow checks sequences commands
GO_LIB    := $(call SOURCES,harness/insn) $(call SOURCES,harness/disasm) $(EFFECTS_C) $(TARGET_C) \
             $(filter-out %/main.c,$(foreach r,$(GO_ROOMS),$(call SOURCES,harness/go/$(r)))) \
             $(call SOURCES,harness/live/plan)
GO_C      := harness/go/commands/main.c $(GO_LIB) $(call SOURCES,harness/pctab) harness/asm/error.c
GO_O      := $(GO_C:%.c=build/host/obj-go/%.o)
READ      := $(foreach t,$(TARGETS),$(if $(filter binaries,$($(t).lacks)),,$(t)))
GO_FLAGS  := $(TARGET_FLAGS) -DEFFECTS_TARGETS='$(patsubst %,TARGET(%),$(READ))'
GO_LIBS   := -lcapstone -lelf -ljansson -lpthread

.PHONY: go-tool
go-tool: build/host/everypc-go
	@:
build/host/everypc-go: $(GO_O)
	$(call say,LINK)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) -o $@.new $^ $(GO_LIBS)
	@mv $@.new $@
build/host/obj-go/%.o: %.c
	$(call say,CC)
	$(folder)
	$(Q)$(HOST_CC) -std=gnu11 $(WARNINGS) $(HOST_CFLAGS) $(DEPENDS) $(CAPSTONE) $(GO_FLAGS) -Iharness -Iarch \
	  -c -o $@ $<
# The lists of targets are in their flags.
$(foreach o,build/host/obj-go build/test/obj,\
    $(addprefix $(o)/harness/,insn/decoder.o go/binary/image_format.o)): \
  Makefile $(EFFECTS_C)
-include $(if $(filter-out $(TABLES) $(FOR_PROBE),$(goals)),$(GO_O:.o=.d))
