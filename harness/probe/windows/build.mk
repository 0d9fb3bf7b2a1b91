# How a probe for Windows is linked: mingw's objects with ELF ones, into a PE image at a fixed address, laid
# out as cases.ld lays out the others. Included by harness/build.mk.

PREFIX      := $($(TARGET).prefix)
# The TEB is an address space of its own to GCC, which takes its start for a null pointer.
FLAGS_T     += -D__USE_MINGW_ANSI_STDIO=1 --param=min-pagesize=0
IMAGE       := 0x30000000
TEXT        := 0x31600000
LINK_SCRIPT := $(OBJ)/probe.ld
LINK_T      := -static -Wl,--image-base=$(IMAGE) -Wl,--disable-dynamicbase -Wl,--disable-reloc-section \
               -Wl,-T,$(LINK_SCRIPT)
# g's distance from what stands for the thread pointer.
PLACES_T    := $(subst --defsym=everypc,--defsym=$(PREFIX)everypc,\
               $(subst =everypc_memory,=$(PREFIX)everypc_memory,$(PLACES_T))) \
               -Wl,--defsym=$(PREFIX)everypc_tlsg=256 -Wl,--defsym=__text_start__=$(TEXT)
PROBE_O     += $(UNDER)/preempt_thread.o $(OBJ)/arch/room.o
PROBE_O     := $(filter-out %/windows/preempt_thread.o,$(PROBE_O))

# For mutants of it.
WRAPPED_HERE := preempt_thread

# Under test, as push_call: the file of that name in SUT, else ours.
preempter := harness/probe/windows/preempt_thread.c
$(UNDER)/preempt_thread.o: $(firstword $(if $(SUT),$(wildcard $(SUT)/preempt_thread.c)) $(preempter))
	$(call say,CC)
	$(folder)
	$(Q)$(compile_t) -c -o $@ $<
$(OBJ)/arch/room.o: harness/probe/windows/room.S
	$(call say,CC)
	$(folder)
	$(Q)$(CC_ELF) $($(TARGET).flags) -c -o $@ $<
# The linker's own script, with the room for cases in front of .text.
$(LINK_SCRIPT): harness/probe/windows/room.ld
	$(folder)
	$(Q)$(CC_T) -Wl,--verbose 2>/dev/null | awk -v room=$< '/^=====/ { on = !on; next } !on { next } \
	  /^  \.text / { while ((getline line < room) > 0) print line; print "  .text $(TEXT) :"; next } \
	  { print }' >$@

# ELF objects carry no prefix, and what PE has no use for.
NOT_IN_PE   := note.gnu.property note.GNU-stack comment everypc everypc_files eh_frame
is_elf      = $(filter $(patsubst %,$(OBJ)/arch/%.o,enter room tails) $(UNDER)/preempt.o $(UNDER)/stub.o,$(1))
link_probe  = $(CC_ELF) $($(TARGET).flags) -nostdlib -r -o $@.elf.o $(call is_elf,$(1)) $(3) && \
              $(OBJCOPY_T) $(PREFIX:%=--prefix-symbols=%) $(NOT_IN_PE:%=-R .%) $@.elf.o && \
              $(CC_T) $(FLAGS_T) $(LINK_T) $(2) -o $@.exe $(filter-out $(call is_elf,$(1)),$(1)) $@.elf.o \
                -lsynchronization -lntdll && \
              mv $@.exe $@
