# The agent of `everypc live`, for TARGET: build/<target>/agent; and agent-<n> for its programs whose ELF
# header has the flags n, of <target>.abis, with the compiler's flags <target>.abi<n>. It has no C library,
# and lies where no program is linked: Go's begin at 64 KB, C's at 4 MB to 256 MB, mips64's at 4.5 GB.
# <target>.live are further flags.
LIVE_C     := $(call SOURCES,harness/live/agent) harness/pctab/decode.c
LIVE_FLAGS := $(filter-out -Wl%,$(FLAGS_T)) $($(TARGET).live) -ffreestanding -Iarch/$(arch)/live
LIVE_LINK  := -nostdlib -static -no-pie -Wl,-e,_start -Wl,-Ttext-segment=0x60000000 \
              -Wl,-z,noexecstack -Wl,-z,separate-code

# $(1): "" or "-<n>". $(2): further flags. $(3): libraries.
define LIVE_AGENT
agent: build/$(TARGET)/agent$(1)
build/$(TARGET)/agent$(1): $(LIVE_C:%.c=build/$(TARGET)/live$(1)/obj/%.o) build/$(TARGET)/live$(1)/obj/start.o
	$$(call say,LINK)
	$$(Q)$$(CC_T) $$(LIVE_FLAGS) $(2) $$(LIVE_LINK) -o $$@.new $$^ $(3)
	@mv $$@.new $$@
build/$(TARGET)/live$(1)/obj/%.o: %.c
	$$(call say,CC)
	$$(folder)
	$$(Q)$$(CC_T) -std=gnu11 $$(WARNINGS) $$(LIVE_FLAGS) $(2) $$(DEPENDS) $$(INC) -c -o $$@ $$<
build/$(TARGET)/live$(1)/obj/start.o: arch/$(arch)/live/start.S
	$$(call say,CC)
	$$(folder)
	$$(Q)$$(CC_T) $$(WARNINGS) $$(LIVE_FLAGS) $(2) $$(DEPENDS) $$(INC) -c -o $$@ $$<
-include $(LIVE_C:%.c=build/$(TARGET)/live$(1)/obj/%.d) build/$(TARGET)/live$(1)/obj/start.d
endef

.PHONY: agent
agent:
	@:
$(eval $(call LIVE_AGENT,,,-lgcc))
$(foreach n,$($(TARGET).abis),$(eval $(call LIVE_AGENT,-$(n),$($(TARGET).abi$(n)),)))
