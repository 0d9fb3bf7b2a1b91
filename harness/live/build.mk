# The agent of `everypc live`, for TARGET: build/<target>/agent. It has no C library, and lies where no
# program is linked: Go's begin at 64 KB, C's at 4 MB to 256 MB, mips64's at 4.5 GB. <target>.live are further
# flags.
LIVE_C     := $(call SOURCES,harness/live/agent) harness/pctab/decode.c
LIVE_OBJ   := build/$(TARGET)/live/obj
LIVE_O     := $(LIVE_C:%.c=$(LIVE_OBJ)/%.o) $(LIVE_OBJ)/start.o
LIVE_FLAGS := $(filter-out -Wl%,$(FLAGS_T)) $($(TARGET).live) -ffreestanding -Iarch/$(arch)/live
LIVE_LINK  := -nostdlib -static -no-pie -Wl,-e,_start -Wl,-Ttext-segment=0x60000000 \
              -Wl,-z,noexecstack -Wl,-z,separate-code

.PHONY: agent
agent: build/$(TARGET)/agent
	@:
build/$(TARGET)/agent: $(LIVE_O)
	$(call say,LINK)
	$(Q)$(CC_T) $(LIVE_FLAGS) $(LIVE_LINK) -o $@ $^ -lgcc
$(LIVE_OBJ)/%.o: %.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC_T) -std=gnu11 $(WARNINGS) $(LIVE_FLAGS) $(DEPENDS) $(INC) -c -o $@ $<
$(LIVE_OBJ)/start.o: arch/$(arch)/live/start.S
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)$(CC_T) $(WARNINGS) $(LIVE_FLAGS) $(DEPENDS) $(INC) -c -o $@ $<
-include $(LIVE_O:.o=.d)
