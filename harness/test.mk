# The tests: cmocka for C, under ASan and UBSan; pytest for the driver; on every target a short check, and the
# tables of instructions; some mutants. `make test T=word` runs the programs and steps whose names contain
# it, and what pytest's -k takes for it.

T         ?=
# Unoptimised, the sanitizers compile in a third of the time.
SANITIZE  := -g1 -fsanitize=address,undefined -fno-sanitize-recover=all
TESTS     := $(patsubst %.c,%,$(wildcard harness/test/test_*.c $(ARCHES:%=arch/%/test/effects.c)))
# What the tests share, in an archive, so that each is linked with what it needs of it.
TEST_LIB  := $(filter-out harness/asm/main.c,$(HOST_C)) $(GO_LIB) $(GO_IMAGE_C) \
             $(filter-out harness/guest/main.c,$(GUEST_C)) harness/test/planted.c
TEST_O    := $(TEST_LIB:%.c=build/test/obj/%.o)
TEST_STEP := test-targets test-mutants test-effects
# The driver starts hundreds of times: it is compiled once, outside of the sources. A process more than CPUs,
# as some tests wait for what hangs.
PYTEST    := env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL -u PYTHONDONTWRITEBYTECODE \
             PYTHONPYCACHEPREFIX=$(CURDIR)/build/test/pycache /usr/bin/python3 -m pytest -q -rs \
             -p no:cacheprovider -n $$(($$(nproc) + 1)) --dist loadgroup
matching   = $(strip $(if $(T),$(foreach t,$(1),$(if $(findstring $(T),$(t)),$(t))),$(1)))
CHOSEN_C    := $(call matching,$(TESTS))
CHOSEN_STEP := $(call matching,$(TEST_STEP))
# What a port's target.mk says of the tests that are not run on every target.
tested     = $(foreach t,$(TARGETS),$(if $(filter $(1),$($(t).tests)),$(t)))

.PHONY: test test-quick test-planted test-guests test-c test-driver test-built test-build $(TEST_STEP) \
        $(TESTS:%=run/%)
# At the same time: the tests of C and what compiles the rest, then the driver's tests and the steps. Each of
# them ends on fewer CPUs than there are.
test: | test-setup
	+@$(submake) test-c test-driver $(CHOSEN_STEP)

# Each kind of fault that is planted into a Go program, on each target that runs one: `test` takes some.
test-planted:
	@$(PYTEST) --matrix -v scripts/tests/test_live_planted.py
# A guest of each target that has a kernel here: `test` boots one.
test-guests:
	@$(PYTEST) --matrix -v scripts/tests/test_system.py

# Where most mistakes show. The rest are real probes on every target.
test-quick: test-c
	+@$(submake) go-tool fakes $(patsubst %,probe/%,$(call tested,quick))
	@$(PYTEST) -m 'not guest and not long' scripts/tests
	@$(DRIVER) check --arch '$(call tested,quick)' --shard 1/8 --results build/test/results-quick

test-c:
	+$(if $(CHOSEN_C),@$(submake) $(CHOSEN_C:%=run/%))
$(TESTS:%=run/%): run/%: build/test/bin/%
	@$< >$<.log 2>&1 && sed -n 's:.*PASSED  \] \(.*\)\.:== $*\: \1:p' $<.log || { cat $<.log; exit 1; }

ifeq ($(T),)
test-driver: test-built
	@$(PYTEST) scripts/tests
else
test-driver:
	+@if $(PYTEST) -n 0 --collect-only -k '$(T)' scripts/tests >/dev/null; then \
	    $(submake) test-build && $(PYTEST) -k '$(T)' scripts/tests; \
	  else test -n '$(CHOSEN_C)$(CHOSEN_STEP)' || { echo "no test has '$(T)' in its name"; exit 1; }; fi
endif
# A step that others run beside says at its end, in one go, what it has to say.
IS_ALONE   = $(if $(filter -j% --jobserver%,$(MAKEFLAGS)),,y)
step       = @$(if $(IS_ALONE),$(1),$(1) >build/test/$@.log 2>&1; status=$$?; \
             printf '\n== %s\n' $@; cat build/test/$@.log; exit $$status)
test-targets: test-built
	$(call step,$(DRIVER) check --arch all --shard 1/8 --static too --results build/test/results)
# On targets that have every kind of case, some; all take a quarter of an hour.
test-mutants: test-built
	$(call step,$(DRIVER) mutants --arch '$(call tested,mutants)' --mutant 'decision.*' \
	  --results build/test/results-mutants)
test-effects: test-built
	$(call step,$(DRIVER) effects-match --arch all --results build/test/results-effects)

# What the steps run is built before: they may run at the same time, and two makes must not write the same
# file.
test-built:
	+@$(submake) test-build
# Windows' are built where they are tested, if they can be.
test-build: go-tool fakes $(foreach t,$(TARGETS),$(if $($(t).runner),,test-build/$(t)))
.PHONY: $(TARGETS:%=test-build/%)
$(TARGETS:%=test-build/%): test-build/%: probe/%
	@$(MAKE) --no-print-directory effects-probe TARGET=$*
	$(if $(filter mutants,$($*.tests)),@$(MAKE) --no-print-directory mutants-probe TARGET=$* \
	  OUT=build/$*/seed-$(SEED)-mutants MUTANTS=1)

# What stands for a make, probes and Go's tools in tests of the driver (scripts/tests/fakes); static, as there
# are thousands of starts of them.
FAKES := make probe everypc-go fake-go qemu-system-fake
.PHONY: fakes
fakes: $(FAKES:%=build/test/fakes/%) build/test/fakes/guest build/test/fakes/init
# A guest's own two programs are real ones, also where its QEMU is a fake.
build/test/fakes/guest: build/host/guest
	$(folder)
	@cp $< $@
build/test/fakes/init: harness/guest/init.c harness/guest/console.h
	$(call say,CC)
	$(folder)
	$(Q)gcc -std=gnu11 $(WARNINGS) -O1 -static -o $@ $<
build/test/fakes/probe: $(wildcard scripts/tests/fakes/probe*.[ch])
build/test/fakes/%: scripts/tests/fakes/%.c scripts/tests/fakes/world.c scripts/tests/fakes/world.h
	$(call say,CC)
	$(folder)
	$(Q)gcc -std=gnu11 $(WARNINGS) -O1 -static -o $@ $(sort $(filter %.c,$^)) -ljansson

build/test/bin/%: build/test/obj/%.o build/test/lib.a
	$(call say,LINK)
	$(folder)
	$(Q)gcc $(SANITIZE) -o $@ $(filter %.o,$^) build/test/lib.a -lcmocka $(GO_LIBS)
build/test/lib.a: $(TEST_O)
	$(call say,AR)
	@rm -f $@
	$(Q)ar qcsT $@ $^
build/test/obj/%.o: %.c
	$(call say,CC)
	$(folder)
	$(Q)gcc -std=gnu11 $(WARNINGS) $(SANITIZE) $(DEPENDS) $(CAPSTONE) -Iharness -Iarch \
	  -DEVERYPC_SOURCE_DIR='"$(CURDIR)"' $(GO_FLAGS) -c -o $@ $<
# But where the tests spend their time, in the reader and the analysis of Go binaries.
$(patsubst %.c,build/test/obj/%.o,$(wildcard harness/pctab/*.c harness/go/binary/*.c harness/go/flow/*.c)): \
  SANITIZE += -O1
.SECONDARY: $(TESTS:%=build/test/obj/%.o) $(TEST_O)

# Which template belongs to which target.
build/test/obj/harness/test/test_abstract.o: CAPSTONE += \
  -DCROSS_TEMPLATES='$(foreach t,$(TARGETS),TEMPLATE($(t),$(call cross_template,$(t))))'

# Targets whose ports read binaries.
READABLE := $(foreach t,$(TARGETS),$(if $(filter binaries,$($(t).lacks)),,$(t)))
build/test/obj/harness/test/test_planted.o: CAPSTONE += \
  -DREADABLE_TARGETS='$(foreach t,$(READABLE),TARGET($(subst -,_,$(t))))'
# Targets that Go's own Progs have no rows of.
build/test/obj/harness/test/test_asm.o: CAPSTONE += \
  -DWITHOUT_GO_ROWS='" $(foreach t,$(TARGETS),$(if $($(t).without.go-progs.tsv),$(t))) "'

# Parts of the guest: here they are compiled for a made-up architecture.
GUEST     := events handle injectability options thread
$(foreach g,$(GUEST),$(eval build/test/bin/harness/test/test_$(g): build/test/obj/fake/$(g).o))
build/test/bin/harness/test/test_options: build/test/obj/fake/verdict.o
build/test/bin/harness/test/test_thread: \
  $(addprefix build/test/obj/fake/,pattern.o posix/thread_storage.o posix/memory.o)
build/test/bin/harness/test/test_thread: SANITIZE += -Wl,--wrap=mmap
$(GUEST:%=build/test/obj/fake/%.o) $(GUEST:%=build/test/obj/harness/test/test_%.o): \
  CAPSTONE := -Iharness/test/fake -Iharness -Iarch
build/test/obj/fake/%.o: harness/probe/%.c
	$(call say,CC)
	$(folder)
	$(Q)gcc -std=gnu11 $(WARNINGS) $(SANITIZE) $(DEPENDS) -Iharness/test/fake -Iharness -Iarch -c -o $@ $<

-include $(TEST_O:.o=.d) $(TESTS:%=build/test/obj/%.d) \
  $(patsubst %,build/test/obj/fake/%.d,$(GUEST) verdict pattern posix/thread_storage posix/memory)
