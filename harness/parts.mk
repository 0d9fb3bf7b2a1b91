# Assembles what everypc-asm --parts wrote into PARTS: AS is the cross assembler's command, INCLUDED what the
# parts include. build.mk calls it, which can't know the parts before they are written.

MAKEFLAGS += --no-builtin-rules
all: $(patsubst %.s,%.o,$(wildcard $(PARTS)/*.s))
	@:
%.o: %.s $(INCLUDED)
	$(if $(Q),$(info $(empty)  AS	$@))
	$(Q)$(AS) -c -o $@ $<
