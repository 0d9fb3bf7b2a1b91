# The reader and checker of Go binaries: build/host/everypc-go. Included by the Makefile.

# What an architecture's instructions do is part of no assembler and of no probe.
EFFECTS_C := $(wildcard $(ARCHES:%=arch/%/insn/*.c))
GO_ROOMS  := binary flow checks sequences commands
GO_LIB    := $(call SOURCES,harness/insn) $(filter-out %/main.c,$(foreach r,$(GO_ROOMS),$(call SOURCES,harness/go/$(r)))) $(EFFECTS_C)
GO_C      := harness/go/commands/main.c $(GO_LIB) $(call SOURCES,harness/pctab) harness/asm/error.c
GO_O      := $(GO_C:%.c=build/host/obj-go/%.o)
GO_FLAGS  := -DEFFECTS_TARGETS='$(foreach t,$(TARGETS),$(if $(wildcard arch/$($(t).arch)/insn/effects.c),TARGET($(t))))' \
             -DELF_TARGETS='$(foreach t,$(TARGETS),ELF("$(t)", $($(t).elf)))'
GO_LIBS   := -lcapstone -lelf -ljansson -lpthread

.PHONY: go-tool
go-tool: build/host/everypc-go
	@:
build/host/everypc-go: $(GO_O)
	$(call say,LINK)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) -o $@ $^ $(GO_LIBS)
build/host/obj-go/%.o: %.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(HOST_CC) -std=gnu11 $(WARNINGS) $(HOST_CFLAGS) $(DEPENDS) $(CAPSTONE) $(GO_FLAGS) -Iharness -Iarch -c -o $@ $<
# The list of architectures is in its flags.
build/host/obj-go/harness/insn/decoder.o build/test/obj/harness/insn/decoder.o: $(EFFECTS_C)
-include $(GO_O:.o=.d)
include harness/go/fuzz/build.mk
