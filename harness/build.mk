# How the host assembler and the probes are built. One probe is built a call, for TARGET, into OUT; what does
# not depend on the cases is kept in build/<target>/obj and shared.

TARGET     ?=
OUT        ?= build/$(TARGET)/seed-$(SEED)
# The files of cases, or a file that holds their names, for more than fit into an argument.
CASE_FILES ?=
CASE_LIST  ?=
SOURCES     = $(wildcard $(1)/*.c)
space      := $(subst ,, )
define newline


endef
WARNINGS   := -Wall -Wextra -Werror
# Depend on headers as the compiler saw them.
DEPENDS     = -MMD -MP
# A make below this one: on all CPUs, where the caller did not say on how many.
submake     = $(MAKE) --no-print-directory $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,-j$$(nproc))

# The folders of a target's cases, the most special one last, and the lowering of abstract programs there.
folders        = $(foreach d,. $($(1).cases) $(1),$(patsubst %/.,%,cases/$($(1).arch)/$(d)))
cross_template = $(lastword $(wildcard $(addsuffix /cross.tmpl,$(call folders,$(1)))))

# What is under test can be replaced: the file of that name in SUT, else the architecture's own. SUT speaks of
# TARGET's architecture; the others keep theirs.
under_test  = $(firstword $(if $(filter $(1),$($(TARGET).arch)),$(wildcard $(SUT)/$(2))) arch/$(1)/$(3)/$(2))
sut_id      = -sut-$(shell echo '$(realpath $(SUT))' | cksum | cut -d' ' -f1)
variant     = $(if $(SUT),$(sut_id))

# What a port lacks of the tiers of arch/arch.h: "mutants", "binaries" and "live" are words of <target>.lacks.
port_lacks  = $(if $(wildcard arch/$(1)/test/mutants/*.S),,mutants) \
              $(if $(wildcard arch/$(1)/insn/effects.c),,binaries) \
              $(if $(wildcard arch/$(1)/live/start.S),,live)
# What reads binaries and what fires at programs are made for what the architecture's first target runs on.
not_here    = $(if $($(1).system),binaries live)
lacks_tier  = $(filter $(2),$(call port_lacks,$($(1).arch)) $(call not_here,$(1)))
$(foreach t,$(TARGETS),$(eval $(t).lacks := $(strip $(foreach tier,mutants binaries live, \
  $(firstword $(call lacks_tier,$(t),$(tier)))))))

# ---- the host assembler ----

# The lists of targets that programs on the host are compiled with: all, and those whose instructions are
# described.
TARGET_FLAGS := -DALL_TARGETS='$(foreach t,$(TARGETS),TARGET($(subst -,_,$(t))))'

# With other marks it is another program, of the same objects but for that one.
HOST     := build/host$(if $(wildcard $(SUT)/marks.c),$(sut_id)-$(subst /,-,$($(TARGET).arch)))
HOST_CC  ?= gcc
# What the members of a family share, such as arch/x86/common for x86/32 and x86/64.
FAMILIES := $(sort $(foreach a,$(ARCHES),$(if $(findstring /,$(a)),arch/$(dir $(a))common)))
TARGET_C := $(ARCHES:%=arch/%/target.c)
HOST_C   := $(foreach r,asm disasm pctab,$(call SOURCES,harness/$(r))) $(TARGET_C) \
            $(foreach f,$(FAMILIES),$(call SOURCES,$(f)/asm)) \
            $(foreach a,$(ARCHES),$(filter-out %/marks.c,$(wildcard arch/$(a)/asm/*.c)) \
              $(call under_test,$(a),marks.c,asm))
HOST_O   := $(foreach c,$(HOST_C),$(if $(filter $(SUT)/%,$(c)),$(HOST),build/host)/obj/$(c:.c=.o))
# -O2 compiles for two thirds longer, and check-go takes the same time.
HOST_CFLAGS ?= -O1 -g1
# Asked for once, by the first recipe that needs it.
CAPSTONE_I = $(eval CAPSTONE_I := $(shell pkg-config --cflags-only-I capstone 2>/dev/null))$(CAPSTONE_I)
CAPSTONE  = $(CAPSTONE_FLAGS)

.PHONY: host
host: $(HOST)/everypc-asm build/host/launch
	@:
$(HOST)/everypc-asm: $(HOST_O)
	$(call say,LINK)
	$(Q)$(HOST_CC) $(HOST_CFLAGS) -o $@.new $^ -lcapstone -lelf
	@mv $@.new $@
define compile_host
	$(call say,CC)
	$(folder)
	$(Q)$(HOST_CC) -std=gnu11 $(WARNINGS) $(HOST_CFLAGS) $(DEPENDS) $(CAPSTONE) -Iharness -Iarch \
	  $(TARGET_FLAGS) $(if $(filter $(SUT)/%,$<),-Iarch/$($(TARGET).arch)/asm) -c -o $@ $<
endef
build/host/obj/%.o: %.c
	$(compile_host)
ifneq ($(HOST),build/host)
$(HOST)/obj/%.o: %.c
	$(compile_host)
endif
# What the driver starts its processes by; static, as there are many of them.
build/host/launch: scripts/driver/launch.c
	$(call say,CC)
	$(folder)
	$(Q)gcc -std=gnu11 $(WARNINGS) -O2 -static -o $@.new $<
	@mv $@.new $@
# The list of targets is in its flags, and comes from the Makefile.
build/host/obj/harness/asm/targets.o build/test/obj/harness/asm/targets.o: Makefile
-include $(if $(filter-out $(TABLES),$(goals)),$(HOST_O:.o=.d))

# ---- the probes ----

# The tools that ci/setup unpacked come before installed ones: it does that only where there are none.
tools_at  = $(if $($(1).unpack),$(addsuffix /,$(wildcard build/tools-next/bin)))
tool      = $(if $(filter-out -,$($(1).triple)),$(tools_at)$($(1).triple)-$(2),$(2))

# Of all targets; each has a make of its own, as one builds for one TARGET only. `make setup` does not install
# the compilers of those that another system than this one runs.
.PHONY: probes $(TARGETS:%=probe/%)
no_compiler = $(if $($(1).runner),$(if $(shell command -v $(call tool,$(1),gcc)),,y))
BUILDABLE   = $(foreach t,$(TARGETS),$(if $(call no_compiler,$(t)),,$(t)))
probes:
	$(foreach t,$(filter-out $(BUILDABLE),$(TARGETS)),\
	  $(info skipped $(t): no $(call tool,$(t),gcc); install it with `ci/setup $(t)`))
	+@$(submake) $(BUILDABLE:%=probe/%)
$(TARGETS:%=probe/%): probe/%: host
	@$(MAKE) --no-print-directory probe TARGET=$*

ifneq ($(TARGET),)
ifeq ($(filter $(TARGET),$(TARGETS)),)
$(error unknown target $(TARGET); the targets are: $(TARGETS))
endif
arch     := $($(TARGET).arch)
# What the probe runs on: harness/probe/$(system).
system   := $(or $($(TARGET).system),posix)
CC_T     := $(call tool,$(TARGET),gcc)
# Assembly is ELF everywhere, as the host's tools read it: on Windows by another target's compiler.
elf      := $(or $($(TARGET).elf),$(TARGET))
CC_ELF   := $(call tool,$(elf),gcc)
OBJCOPY_T := $(call tool,$(elf),objcopy)
OBJ      := build/$(TARGET)/$(if $(APART),obj-apart,obj)
# What is under test, and nothing else, differs where SUT names another.
UNDER    := $(OBJ)/arch$(variant)
own      := $(wildcard arch/$(arch)/probe/$(system))
INC      := -Iharness $(patsubst %,-I%,$(own) $(wildcard harness/probe/$(system)/include)) -Iarch \
            -Iarch/$(arch)/probe
AS_INC   := $(own:%=-Wa,-I%) -Wa,-Iarch/$(arch)/probe -Wa,-Iarch/common/probe -Wa,-Iarch
# Static and at fixed addresses, so that every run sees the same; no stack protector and no vectorised
# libc tricks in the handler, whose thread pointer and vector state belong to the case. For a debugger:
# functions and lines, of what is under test variables too.
FLAGS_T  := $($(TARGET).flags) -O1 -g1 -fno-stack-protector -fno-pie
LINK_SCRIPT := harness/probe/cases.ld
# Each of libc's thousand members gets hash tables of that size in the linker.
LINK_T   := -static -no-pie -Wl,--hash-size=251 -Wl,-Ttext-segment=0x31600000 \
            -Wl,--no-warn-rwx-segments -Wl,-z,noexecstack -Wl,-T,harness/probe/cases.ld
# The arena, and what lies behind it (case_memory.c): in steps of 64 bytes, which is what cases may count on,
# another place for each seed.
ARENA     = everypc_memory+65536+$(shell echo $$(($(SEED) * 29 % 47 * 64)))
PLACES_T  = -Wl,--defsym=everypc_arena=$(ARENA) -Wl,--defsym=everypc_g=$(ARENA)+576 \
            -Wl,--defsym=everypc_thread=$(ARENA)+4096 -Wl,--defsym=everypc_stack_check=$(ARENA)+8192
# Links these objects, with these flags and what lists the objects of cases, in a recipe. What another run
# starts meanwhile is whole.
link_probe = $(CC_T) $(FLAGS_T) $(LINK_T) $(2) -o $@.new $(1) $(3) && mv $@.new $@
PROBE_C  := $(call SOURCES,harness/probe) $(call SOURCES,harness/probe/$(system)) \
            $(call SOURCES,harness/pctab)
include harness/probe/units.mk
PROBE_O  := $(PROBE_UNITS:%=$(OBJ)/units/%.o) \
            $(patsubst %.c,$(OBJ)/%.o,$(filter-out $(foreach u,$(PROBE_UNITS),$(in.$(u))),$(PROBE_C))) \
            $(OBJ)/arch/enter.o $(UNDER)/push_call.o $(UNDER)/preempt.o $(UNDER)/stub.o
-include harness/probe/$(system)/build.mk
# Their flags are said there.
$(PROBE_O): arch/$(arch)/target.mk

compile_t = $(CC_T) -std=gnu11 $(WARNINGS) $(FLAGS_T) $(DEPENDS) $(INC)
$(OBJ)/%.o: %.c
	$(call say,CC)
	$(folder)
	$(Q)$(compile_t) -DEVERYPC_TARGET='"$(TARGET)"' -c -o $@ $<
$(foreach u,$(PROBE_UNITS),$(eval $(OBJ)/units/$(u).o: $(in.$(u))))
$(PROBE_UNITS:%=$(OBJ)/units/%.o): $(OBJ)/units/%.o:
	$(call say,CC)
	$(folder)
	$(Q)$(compile_t) -D_GNU_SOURCE= \
	  -DEVERYPC_TARGET='"$(TARGET)"' $(in.$*:%=-include %) -x c -c -o $@ /dev/null
$(OBJ)/arch/enter.o: arch/$(arch)/probe/enter.S
	$(call say,CC)
	$(folder)
	$(Q)$(CC_ELF) $(WARNINGS) $(FLAGS_T) $(DEPENDS) $(INC) -c -o $@ $<
$(UNDER)/preempt.o: $(call under_test,$(arch),preempt.S,probe)
	$(call say,CC)
	$(folder)
	$(Q)$(CC_ELF) $(WARNINGS) $(FLAGS_T) -g $(DEPENDS) $(INC) -c -o $@ $<
# Where its instructions begin, for signals and mutants in it.
$(UNDER)/stub.S: $(UNDER)/preempt.o $(HOST)/everypc-asm
	$(call say,STUB)
	$(Q)$(HOST)/everypc-asm --target $(TARGET) --stub $< -o $@
$(UNDER)/stub.o: $(UNDER)/stub.S arch/$(arch)/probe/case.inc
	$(call say,AS)
	$(Q)$(CC_ELF) $($(TARGET).flags) $(INC) $(AS_INC) -c -o $@ $<
$(UNDER)/push_call.o: $(call under_test,$(arch),push_call.c,probe)
	$(call say,CC)
	$(folder)
	$(Q)$(compile_t) -g -c -o $@ $<

# The cases: all of the architecture's files, the random and the abstract programs of the seed, and Go's own
# Progs; or, with DRAWN=n, n programs of either kind alone; or CASE_FILES. Of the templates the most special
# folder's are taken.
ifneq ($(CASE_LIST),)
CASE_FILES := $(file <$(CASE_LIST))
endif
ifeq ($(CASE_FILES),)
case_dirs  := $(call folders,$(TARGET))
# <target>.without names files, and <target>.without.<file> says why a probe for it can't have their cases.
case_out   := $(if $(DRAWN),,$(foreach f,$($(TARGET).without),$(wildcard $(case_dirs:%=%/$(f)))))
case_files := $(if $(DRAWN),,$(filter-out $(case_out),$(sort $(wildcard $(case_dirs:%=%/*.progs) \
                $(case_dirs:%=%/*.S)))))
case_tmpl  := --random $(lastword cases/$(arch)/random.tmpl $(wildcard $(case_dirs:%=%/random.tmpl))) \
              $(patsubst %,--cross %,$(call cross_template,$(TARGET))) $(DRAWN:%=--count %)
go_rows    := cases/go/go-progs.tsv
why_no_row := $($(TARGET).without.$(notdir $(go_rows)))
go_extra   := $(if $(why_no_row),--left-out '$(go_rows)=$(why_no_row)',--go $(go_rows))
case_extra := $(case_tmpl) $(if $(DRAWN),,$(go_extra)) \
              $(foreach f,$(case_out),--left-out '$(f)=$($(TARGET).without.$(notdir $(f)))')
case_extra += $(SEEDS:%=--seeds %)
case_deps  := $(wildcard $(case_dirs:%=%/random.tmpl) $(case_dirs:%=%/cross.tmpl)) cases/go/go-progs.tsv
else
case_files := $(CASE_FILES)
case_extra := $(patsubst %,--go %,$(filter %.tsv,$(case_files)))
endif
case_progs := $(filter %.progs,$(case_files))
case_asm   := $(filter %.S,$(case_files)) $(if $(MUTANTS),$(wildcard arch/$(arch)/test/mutants/*.S))
case_extra += $(if $(MUTANTS),--predicate-mutants)
case_obj    = $(OUT)/asm/$(notdir $(1:.S=.o))
case_objs  := $(foreach f,$(case_asm),$(call case_obj,$(f)))

# The case NAME as a .progs file, on standard output.
.PHONY: rewritten
rewritten: $(HOST)/everypc-asm
	$(Q)$< --target $(TARGET) --seed $(SEED) $(SEEDS:%=--seeds %) --rewrite '$(NAME)' $(case_tmpl) $(case_progs)

# The entries of the optab that the programs drawn for SEEDS are made by, on standard output.
.PHONY: coverage
coverage: $(HOST)/everypc-asm
	$(Q)$< --target $(TARGET) --seeds $(SEEDS) --coverage $(case_tmpl)

.PHONY: probe go-listing
probe: $(OUT)/probe
	@:
# As many files as the cases need, known only when they are written: a make of their own assembles them, and
# the linker reads the list.
PARTS     := $(OUT)/parts
$(PARTS)/list: $(HOST)/everypc-asm $(case_progs) $(case_objs) $(case_deps) $(CASE_LIST)
	$(call say,CASES)
	$(shell mkdir -p $(@D))$(file >$(OUT)/files,$(subst $(space),$(newline),$(strip $(case_progs) \
	  $(foreach f,$(case_asm),$(f)=$(call case_obj,$(f))))))
	$(Q)$(HOST)/everypc-asm --target $(TARGET) --seed $(SEED) $(case_extra) --files $(OUT)/files --parts $(@D)
$(PARTS)/assembled: $(PARTS)/list arch/$(arch)/probe/case.inc
	+$(Q)$(submake) -f harness/parts.mk PARTS=$(PARTS) INCLUDED=arch/$(arch)/probe/case.inc Q=$(Q) \
	  AS='$(CC_ELF) $($(TARGET).flags) $(INC) $(AS_INC)'
	@touch $@
# In three steps, as GNU as can't say the line of a macro's invocation (asm/number.h).
define assemble_case
$(call case_obj,$(1)): $(1) $(wildcard arch/$(arch)/probe/*.inc arch/common/*/*.inc) $(HOST)/everypc-asm
	$$(call say,AS)
	$$(folder)
	$$(Q)$(CC_ELF) $($(TARGET).flags) $(INC) -E -o $$(@:.o=.i) $$<
	$$(Q)$(HOST)/everypc-asm --target $(TARGET) --number $$(@:.o=.i) -o $$(@:.o=.s)
	$$(Q)$(CC_ELF) $($(TARGET).flags) $(AS_INC) -c -o $$@ $$(@:.o=.s)
endef
$(foreach f,$(case_asm),$(eval $(call assemble_case,$(f))))
$(OUT)/probe: $(PROBE_O) $(PARTS)/assembled $(case_objs) $(LINK_SCRIPT)
	$(call say,LINK)
	$(file >$(OUT)/objects,$(case_objs))
	$(Q)$(call link_probe,$(PROBE_O),$(PLACES_T),@$(PARTS)/list @$(OUT)/objects)

# Our assembly of Go's Progs, as raw bytes: of the table GO_PROGS into GO_LIST.
GO_PROGS ?= cases/go/go-progs.tsv
GO_LIST  ?= golist
go-listing: build/$(TARGET)/$(GO_LIST).bin
build/$(TARGET)/$(GO_LIST).S: $(HOST)/everypc-asm $(GO_PROGS)
	$(folder)
	$(Q)$< --target $(TARGET) --go-listing $(GO_PROGS) --listing $(@:.S=.tsv) -o $@
build/$(TARGET)/$(GO_LIST).bin: build/$(TARGET)/$(GO_LIST).S arch/$(arch)/probe/case.inc
	$(Q)$(CC_ELF) $($(TARGET).flags) $(AS_INC) -c -o $(@:.bin=.o) $<
	$(Q)$(OBJCOPY_T) -O binary -j .text $(@:.bin=.o) $@

# The tree's cases in Go's syntax for Go's own assembler, and our assembly of them as raw bytes.
.PHONY: go-source
go-source: build/$(TARGET)/go-source/cases-ours.bin
build/$(TARGET)/go-source/cases-ours.S: $(HOST)/everypc-asm $(case_progs) $(case_deps)
	$(call say,CASES)
	$(folder)
	$(Q)$(HOST)/everypc-asm --target $(TARGET) --seed $(SEED) --go-source $(@D)/cases \
	  $(filter-out --cross% --go%,$(wordlist 1,2,$(case_extra))) $(case_progs)
build/$(TARGET)/go-source/cases-ours.bin: build/$(TARGET)/go-source/cases-ours.S arch/$(arch)/probe/case.inc
	$(call say,AS)
	$(Q)$(CC_ELF) $($(TARGET).flags) $(AS_INC) -c -o $(@:.bin=.o) $<
	$(Q)$(OBJCOPY_T) -O binary -j .text $(@:.bin=.o) $@

include harness/mutants/build.mk
include harness/insn/execution/build.mk
include harness/live/build.mk
-include $(PROBE_O:.o=.d)
endif
include harness/guest/build.mk
