# What RUNNER=system needs beside a kernel: `make guest TARGET=...` builds the program that runs a probe in a
# guest, and the guest's init. Included by harness/build.mk.

GUEST_C := harness/guest/main.c harness/guest/frames.c harness/guest/newc.c

.PHONY: guest
guest: build/host/guest $(if $(TARGET),build/$(TARGET)/init)
	@:
build/host/guest: $(GUEST_C) $(wildcard harness/guest/*.h)
	$(call say,LINK)
	$(folder)
	$(Q)$(HOST_CC) -std=gnu11 $(WARNINGS) -O2 -o $@.new $(GUEST_C)
	@mv $@.new $@
ifneq ($(TARGET),)
build/$(TARGET)/init: harness/guest/init.c harness/guest/console.h
	$(call say,LINK)
	$(folder)
	$(Q)$(CC_T) -std=gnu11 $(WARNINGS) $(filter-out -Wl%,$($(TARGET).flags)) -O2 -static -o $@.new $<
	@mv $@.new $@
endif
