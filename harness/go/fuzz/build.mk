# Fuzzing the reader of Go binaries: `make fuzz-go [RUNS=n]`. Seeds are made, not kept: made-up ones always,
# and some of real functions where there is a Go compiler.

FUZZ_CC    ?= clang
FUZZ_FLAGS  = -std=gnu11 -O2 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
              -Iharness -Iarch $(CAPSTONE) $(GO_FLAGS)
FUZZ_LIB   := $(call SOURCES,harness/go/binary) $(call SOURCES,harness/pctab) $(TARGET_C) harness/asm/error.c
FUZZ_DEPS  := $(FUZZ_LIB) $(wildcard harness/go/binary/*.h harness/pctab/*.h harness/test/go_*.h)
# The writers of small Go binaries and objects are the tests'.
GO_IMAGE_C := $(wildcard harness/test/go_image*.c) harness/test/go_object.c harness/test/go_samples.c
# Real functions of one target of each family.
FUZZ_GOARCH = $(foreach t,$(TARGETS),$(if $(filter 1,$($(t).family)),$(t)))
FUZZ_GO    := $(if $(shell command -v go 2>/dev/null),$(FUZZ_GOARCH:%=build/fuzz/hello-%))
RUNS       ?= 10000000
# Half of an execution's time went to recording where memory came from, to pages that are kept from being
# used again, and to choosing inputs by how rare what they cover is.
FUZZ_ASAN    := ASAN_OPTIONS=malloc_context_size=2:quarantine_size_mb=4
FUZZ_OPTIONS := -max_len=4096 -entropic=0 -print_final_stats=1

.PHONY: fuzz-go no-fuzz-cc
no-fuzz-cc:
	@echo "no $(FUZZ_CC): apt-get install $(FUZZ_PACKAGES)"; exit 2
fuzz-go: $(if $(shell command -v $(FUZZ_CC) 2>/dev/null),,no-fuzz-cc) build/fuzz/fuzz_gobin
fuzz-go: build/fuzz/seeds.made
	$(if $(FUZZ_GO),,@echo 'no seeds from real functions: no Go toolchain')
	@mkdir -p build/fuzz/corpus
	$(FUZZ_ASAN) build/fuzz/fuzz_gobin -runs=$(RUNS) $(FUZZ_OPTIONS) -artifact_prefix=build/fuzz/ \
	  build/fuzz/corpus build/fuzz/seeds
build/fuzz/fuzz_gobin: harness/go/fuzz/fuzz_gobin.c $(FUZZ_DEPS)
	$(call say,CC)
	$(folder)
	$(Q)$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $(filter %.c,$^) -lelf
build/fuzz/make_seeds: harness/go/fuzz/make_seeds.c $(GO_IMAGE_C) $(FUZZ_DEPS)
	$(call say,CC)
	$(folder)
	$(Q)$(FUZZ_CC) $(FUZZ_FLAGS) $(WARNINGS) -o $@ $(filter %.c,$^) -lelf
build/fuzz/hello-%: harness/go/fuzz/hello.go
	$(call say,GO)
	$(folder)
	$(Q)GOARCH=$* GOOS=linux CGO_ENABLED=0 GOFLAGS= GO111MODULE=off GOCACHE=$(CURDIR)/build/fuzz/cache \
	  go build -trimpath -o $@ $<
build/fuzz/seeds.made: build/fuzz/make_seeds $(FUZZ_GO)
	@mkdir -p build/fuzz/seeds
	$(Q)build/fuzz/make_seeds build/fuzz/seeds $(FUZZ_GO)
	@touch $@
