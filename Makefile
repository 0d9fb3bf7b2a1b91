# everypc. `make help` lists what a user calls; everything below "low level" is what the driver calls.

# The list of targets: a new architecture adds one line here and one folder under arch/ and cases/.
ARCHES := arm64 x86/64 x86/32 arm mips ppc64 riscv64 s390x
include $(ARCHES:%=arch/%/target.mk)

ARCH    ?=
MODE    ?= pin
DEPTH   ?= quick
CASES   ?= *
SEED    ?= 1
SHARD   ?= 1/1
RUNNER  ?= qemu
RESULTS ?= results
SUT     ?=
DRIVER  := scripts/everypc

# Recipes say what they make, not how; `make V=1` shows the commands.
V       ?=
Q       := $(if $(V),,@)
say      = @$(if $(V),true,printf '  %-7s %s\n' $(1) $@)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

.PHONY: help check soak check-go compare-go mutants test bench repro setup go-match effects-match clean
help:
	@echo 'make check [ARCH="arm64 mips"|all] [MODE=pin|free] [DEPTH=quick|full] [CASES=glob|files] [SEED=n] [SHARD=i/n] [RUNNER=qemu|native]'
	@echo '           [SUT=dir] [RESULTS=dir]   a timer signal at every PC of every case'
	@echo 'make soak [ARCH=...] [TIMES=20] [BUSY=4]  the same check again and again on a busy machine'
	@echo 'make check-go BIN="path ..." [ONLY=glob] [CHECKS=list] [FRAGILE=1] [HARVEST=shapes|all]'
	@echo '                                     the tables of Go binaries against their code'
	@echo 'make check-go [GOROOT=path] [ARCH=...] [PROGRAMS=list]'
	@echo '                                     the same for what a Go toolchain builds, and its assembler against ours'
	@echo 'make compare-go A=path B=path        what changed between two Go binaries: preemptible PCs, findings'
	@echo 'make test [T=word]                   the tests of everypc itself, with a short check on every target; T: those of that name'
	@echo 'make test-quick                      the quick ones: of C, of the driver, and a check on a few targets'
	@echo 'make probes                          builds the probes of all targets'
	@echo 'make mutants [ARCH=...] [M=M14]        faults put into what is under test: does a check turn red for each?'
	@echo 'make bench [ARCH=...]                what a shot costs, against a bare timer signal'
	@echo 'make repro ID=target/case@+0x8#0     one shot again, in detail'
	@echo 'make go-match                        our assembly of each Prog against the Go assembler'"'"'s'
	@echo 'make effects-match [ARCH=...] [BIN=...] the tables of instructions that check-go relies on against their execution'
	@echo 'make setup [ARCH=...]                installs what is needed (Debian packages)'
	@echo 'make fuzz-go [RUNS=10000000]         fuzzes the reader of Go binaries (Clang, libFuzzer)'
	@echo 'make clean                           removes build/'
	@echo
	@echo 'Targets: $(TARGETS)'
	@echo 'More options: $(DRIVER) --help'

check:
	@$(DRIVER) check $(if $(ARCH),--arch "$(ARCH)") --mode $(MODE) --depth $(DEPTH) --cases '$(CASES)' --seed $(SEED) --shard $(SHARD) \
	  --runner $(RUNNER) --results $(RESULTS) $(if $(SUT),--sut $(SUT))
soak:
	@$(DRIVER) soak $(if $(ARCH),--arch "$(ARCH)") --mode $(MODE) --depth $(DEPTH) --cases '$(CASES)' --seed $(SEED) \
	  --runner $(RUNNER) --results $(RESULTS)/soak $(if $(SUT),--sut $(SUT)) $(TIMES:%=--times %) $(BUSY:%=--busy %)
check-go:
	@$(DRIVER) check-go $(or $(BIN),$(if $(GOROOT),--goroot $(GOROOT)) $(if $(ARCH),--arch "$(ARCH)") \
	  $(if $(PROGRAMS),--programs "$(PROGRAMS)")) $(if $(ONLY),--only '$(ONLY)') $(if $(CHECKS),--checks '$(CHECKS)') $(if $(FRAGILE),--fragile) \
	  $(if $(HARVEST),--harvest $(HARVEST)) \
	  --results $(RESULTS)
compare-go:
	@$(DRIVER) compare-go $(A) $(B) $(if $(ONLY),--only '$(ONLY)') $(if $(CHECKS),--checks '$(CHECKS)') $(if $(FRAGILE),--fragile) \
	  --results $(RESULTS)
bench:
	@$(DRIVER) bench $(if $(ARCH),--arch "$(ARCH)") --seed $(SEED) --runner $(RUNNER) --results $(RESULTS) \
	  $(if $(SUT),--sut $(SUT))
mutants:
	@$(DRIVER) mutants $(if $(ARCH),--arch "$(ARCH)") $(if $(M),--class '$(M)') --seed $(SEED) --runner $(RUNNER) \
	  --results $(RESULTS) $(if $(SUT),--sut $(SUT))
repro:
	@$(DRIVER) repro '$(ID)' --mode $(MODE) --depth $(DEPTH) --cases '$(CASES)' --seed $(SEED) --runner $(RUNNER) $(if $(SUT),--sut $(SUT))
go-match:
	@$(DRIVER) go-match $(if $(ARCH),--arch "$(ARCH)") --results $(RESULTS)
effects-match:
	@$(DRIVER) effects-match $(if $(ARCH),--arch "$(ARCH)") $(BIN:%=--bin %) --results $(RESULTS)
setup:
	@ci/setup --test $(if $(filter-out all,$(ARCH)),$(ARCH))
clean:
	rm -rf build

# ---- low level: tables for the driver and ci/setup ----

tab := $(shell printf '\t')
HOST_PACKAGES := gcc libc6-dev make pkg-config libelf-dev libcapstone-dev libjansson-dev python3 python3-rich qemu-user
TEST_PACKAGES := libcmocka-dev python3-pytest python3-pytest-xdist
GO_PACKAGES   := golang-go
# For `make fuzz-go` alone; ci/setup leaves them out.
FUZZ_PACKAGES := clang libclang-rt-14-dev libfuzzer-14-dev

.PHONY: targets host-packages test-packages go-packages
targets:
	@$(foreach t,$(TARGETS),printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' $(t) $($(t).arch) $($(t).family) '$($(t).triple)' \
	  $($(t).qemu) '$($(t).native)' '$($(t).packages)' '$($(t).cpu)' '$($(t).cpus)' '$($(t).kept)' '$($(t).literal)';)
host-packages:
	@echo $(HOST_PACKAGES)
test-packages:
	@echo $(TEST_PACKAGES)
go-packages:
	@echo $(GO_PACKAGES)

include harness/build.mk
include harness/go/build.mk
include harness/test.mk
