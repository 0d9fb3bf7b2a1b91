# The tests: cmocka for C, under ASan and UBSan; pytest for the driver; on every target a short check, and the tables of instructions; some mutants.

SANITIZE  := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
TESTS     := $(patsubst %.c,%,$(wildcard harness/test/test_*.c $(ARCHES:%=arch/%/test/effects.c)))
TEST_LIB  := $(filter-out harness/asm/main.c,$(HOST_C)) $(GO_LIB)
TEST_O    := $(TEST_LIB:%.c=build/test/obj/%.o)
# The driver starts hundreds of times: it is compiled once, outside of the sources.
PYTEST    := env -u PYTHONDONTWRITEBYTECODE PYTHONPYCACHEPREFIX=$(CURDIR)/build/test/pycache \
             /usr/bin/python3 -m pytest -q -rs -p no:cacheprovider -n auto --dist loadgroup

.PHONY: test-c test-driver test-built test-targets test-mutants test-effects
test: test-c test-driver test-targets test-mutants test-effects

test-c:
	@$(MAKE) --no-print-directory -j$$(nproc) $(TESTS:%=build/test/bin/%)
	@for t in $(TESTS:%=build/test/bin/%); do echo "== $$t"; $$t || exit 1; done
test-driver: # side by side; what several of them need is built before, as two makes must not write the same file
	@$(MAKE) --no-print-directory -j$$(nproc) test-built
	@$(PYTEST) scripts/tests
test-built: go-tool $(TARGETS:%=test-built-%)
$(TARGETS:%=test-built-%): test-built-%: host
	@$(MAKE) --no-print-directory probe effects-probe TARGET=$* OUT=build/test/built/$* CASE_FILES=arch/$($*.arch)/insn/measure.S
test-targets:
	@$(DRIVER) check --arch all --shard 1/8 --results build/test/results
	@$(DRIVER) check --arch all --shard 1/40 --depth full --results build/test/results-full
test-mutants: # those that need every kind of case; all of them take a quarter of an hour
	@$(DRIVER) mutants --arch 386,mips --mutant 'decision.*' --results build/test/results-mutants
test-effects:
	@$(DRIVER) effects-match --arch all --results build/test/results-effects

build/test/bin/%: build/test/obj/%.o $(TEST_O)
	$(call say,LINK)
	@mkdir -p $(@D)
	$(Q)gcc $(SANITIZE) -o $@ $^ -lcmocka $(GO_LIBS)
build/test/obj/%.o: %.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)gcc -std=gnu11 $(WARNINGS) $(SANITIZE) $(DEPENDS) $(CAPSTONE) -Iharness -Iarch \
	  -DEVERYPC_SOURCE_DIR='"$(CURDIR)"' $(GO_FLAGS) -c -o $@ $<
.SECONDARY: $(TESTS:%=build/test/obj/%.o) $(TEST_O)
-include $(TEST_O:.o=.d) $(TESTS:%=build/test/obj/%.d) build/test/obj/fake/handle.d

# Which template belongs to which target.
build/test/obj/harness/test/test_abstract.o: CAPSTONE += -DCROSS_TEMPLATES='$(foreach t,$(TARGETS),TEMPLATE($(t),$(call cross_template,$(t))))'

# Go binaries are written for their reader's and the checks' tests.
build/test/bin/harness/test/test_gobin build/test/bin/harness/test/test_gobin_damage build/test/bin/harness/test/test_check_run build/test/bin/harness/test/test_go_stub build/test/bin/harness/test/test_harvest build/test/bin/harness/test/test_planted: \
  $(GO_IMAGE_C:%.c=build/test/obj/%.o)
build/test/bin/harness/test/test_planted: build/test/obj/harness/test/planted.o

# Parts of the guest: here they are compiled for a made-up architecture.
GUEST     := handle injectability options
$(foreach g,$(GUEST),$(eval build/test/bin/harness/test/test_$(g): build/test/obj/fake/$(g).o))
build/test/bin/harness/test/test_options: build/test/obj/fake/verdict.o
$(GUEST:%=build/test/obj/fake/%.o) $(GUEST:%=build/test/obj/harness/test/test_%.o): CAPSTONE := -Iharness/test/fake -Iharness -Iarch
build/test/obj/fake/%.o: harness/probe/%.c
	$(call say,CC)
	@mkdir -p $(@D)
	$(Q)gcc -std=gnu11 $(WARNINGS) $(SANITIZE) $(DEPENDS) -Iharness/test/fake -Iharness -Iarch -c -o $@ $<
