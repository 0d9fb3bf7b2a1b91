# everypc. `make help` lists what a user calls; the driver calls what stands below "low level".

# A new architecture adds its name here, and a folder of that name under arch/ and cases/.
ARCHES := arm64 x86/64 x86/32 arm mips ppc64 riscv64 s390x loong64
# A guest's clock (RUNNER=system) counts instructions, 8 ns each, and skips what is idle: how busy this
# machine is changes nothing there. MIPS machines of QEMU 7.2 don't boot with it.
BY_INSNS := -icount shift=3,sleep=off
include $(ARCHES:%=arch/%/target.mk)

ARCH    ?=
MODE    ?= pin
DEPTH   ?= quick
CASES   ?= *
SEED    ?= 1
SEEDS   ?=
DRAWN   ?=
SHARD   ?= 1/1
RUNNER  ?= qemu
RESULTS ?= results
QEMU    ?=
SUT     ?=
RESUME  ?=
DRIVER  := scripts/everypc
# An option whose default is the driver's own where the user did not set the variable.
asked    = $(if $(filter-out file,$(origin $(1))),$(2) '$($(1))')
# What runs the probes.
RUN_ON   = --runner '$(RUNNER)' $(QEMU:%=--qemu '%')

# Recipes print what they make, not how; `make V=1` shows the commands.
V       ?=
Q       := $(if $(V),,@)
# A build has thousands of these lines, and of folders that may be there: no process for either.
empty    :=
tab      := $(empty)	$(empty)
say      = $(if $(V),,$(info $(empty)  $(1)$(tab)$@))
folder   = $(if $(made.$(@D)),,$(eval made.$(@D) := y)$(shell mkdir -p $(@D)))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

.PHONY: help check fuzz report compare bisect bisect-entries soak check-go go-releases go-debian compare-go \
        live live-std mutants test bench bench-live repro explain minimise setup go-match go-progs \
        effects-match clean
help:
	@echo 'make check [ARCH="arm64 mips"|all] [CASES=glob|files] [DEPTH=quick|full] [MODE=pin|free]'
	@echo '           [SEED=n] [SEEDS=1..100] [SHARD=i/n] [SUT=dir] [RESULTS=dir] [RESUME=1] [SHOW=failures]'
	@echo '           [RUNNER=qemu|native|wine|system|ssh:HOST|"a command {probe}"] [QEMU=path]'
	@echo '           [STATIC=1|too] [WATCH=1]'
	@echo '                                     a timer signal at every PC of every case'
	@echo 'make fuzz [ARCH=...] [HOURS=1] [SUT=dir]'
	@echo '                                     random programs, seed after seed; minimises what fails'
	@echo 'make repro ID=target/case@+0x8#0 [REPEAT=n] [GDB=1]'
	@echo '                                     one shot again, in detail; GDB: stops at the PC'
	@echo 'make explain ID=target/case@+0x8#0   what happened there, failed or passed: code, tables, end states'
	@echo 'make minimise ID=target/case@+0x8#0 [CASES=...] [SUT=dir] [OUTPUT=file]'
	@echo '                                     shrinks a failing case until nothing can be taken away'
	@echo 'make report [RESULTS=dir] [FORMAT=html|sarif|tap|test2json] [OUTPUT=file]'
	@echo '                                     the results as a page (report.html), or for other tools'
	@echo 'make compare OLD=dir [NEW=dir]       two results folders: newly red, newly green, coverage, speed'
	@echo 'make bisect GOOD=rev [BAD=rev] [ID=...|CASES=...|CHECK_GO=list|LIVE=program] [REPO=path]'
	@echo '           [ARCH=...] [SUT=dir] [BUILD=command]'
	@echo '                                     which commit broke it: of everypc, of your marks, of a Go tree'
	@echo 'make bisect-entries [ARCH=target] [SUT=dir] [WITH=marks] [BY=entry|rule] [MOST=5]'
	@echo '                                     which entries of a table make a check fail'
	@echo 'make soak [ARCH=...] [TIMES=20] [BUSY=4]'
	@echo '                                     the same check again and again on a busy machine'
	@echo 'make mutants [ARCH=...] [M=M14]      puts faults into what is under test: does a check fail for each?'
	@echo 'make bench [ARCH=...]                what a shot costs, against a bare timer signal'
	@echo
	@echo 'make check-go BIN="path ..." [ONLY=glob] [CHECKS=list] [FRAGILE=1] [HARVEST=shapes|all]'
	@echo '           [STRICT=1]                fails, too, where a function could not be checked'
	@echo '                                     checks the tables of Go binaries against their code; also'
	@echo '                                     of objects, archives, dumps, and assembly files (foo_arm64.s)'
	@echo '           [STUB=program]            whose asyncPreempt, for objects and dumps [GOROOT=path]'
	@echo 'make check-go [GOROOT=path] [ARCH=...] [PROGRAMS=list]'
	@echo '                                     the same for what a Go toolchain builds, and its assembler'
	@echo 'make check-go PKG=./... [MODULE=dir] [ARCH=...] [GOROOT=path]'
	@echo '                                     packages of your own module, with its assembly functions'
	@echo '           CONFIRM=1 [ARGS="..."]    also runs each program, and fires at what was found'
	@echo 'make go-debian [PACKAGES="hugo restic"]  of programs in Debian, for many architectures'
	@echo 'make go-releases [VERSIONS="1.23 1.27=goroot"] [ARCH=...] [PROGRAMS=list] [RESUME=1]'
	@echo '                                     the same for every Go release to be had: cases/go/releases.tsv'
	@echo 'make compare-go A=path B=path        PCs that gained or lost preemptibility, findings'
	@echo 'make live BIN=path [ARGS="..."] [FUNC=glob] [AT=func+0x1c] [VISITS=1,2,last-seen] [INSIDE=...]'
	@echo '           [BUDGET=seconds] [SHARD=i/n] [SEED=n] [SIGNAL=USR1] [RUNNER=qemu|native] [RESULTS=dir]'
	@echo '                                     fires at every PC of a Go program that runs, under its runtime'
	@echo 'make live-std [GOROOT=path] [ARCH=...] [PKGS="sort hash/*"] [INSIDE=...] [BUDGET=seconds] [RESUME=1]'
	@echo '                                     the same for the tests of a toolchain'"'"'s standard packages'
	@echo '           [TIMES=5] [BUSY=4]        each several times, on a busy machine: the same verdicts?'
	@echo 'make bench-live [ARCH=...]           what live costs, against the same programs without shots'
	@echo 'make go-match [ARCH=...] [GOROOT=path]'
	@echo '                                     our assembly of Go'"'"'s Progs against the Go assembler'"'"'s'
	@echo 'make go-progs GOROOT=path [ARCH=...] the table of these Progs as that toolchain assembles them'
	@echo 'make effects-match [ARCH=...] [BIN=path]'
	@echo '                                     what check-go assumes of instructions against what they do'
	@echo
	@echo 'make test [T=word]                   the tests of everypc itself, with a short check on every target;'
	@echo '                                     T: those of that name'
	@echo 'make test-planted                    every kind of planted fault on every target, found by live'
	@echo 'make test-guests                     a guest of each target whose kernel is in build/kernels'
	@echo 'make test-quick                      the quick ones: of C, of the driver, a check on a few targets'
	@echo 'make probes                          builds the probes of all targets'
	@echo 'make fuzz-go [RUNS=10000000]         fuzzes the reader of Go binaries (Clang, libFuzzer)'
	@echo 'make lint                            formatting, linters, structure; `make format` mends the first'
	@echo 'make setup [ARCH=...]                installs what all of this needs (Debian packages)'
	@echo 'make qemu-next                       QEMU 10 into build/, for QEMU=build/qemu-next'
	@echo 'make system [ARCH=...]               kernels into build/, and QEMU for guests: for RUNNER=system'
	@echo 'make clean                           removes build/'
	@echo
	@echo 'RUNNER and QEMU (a binary, or a folder of them) are for check, repro, explain, soak, mutants, bench,'
	@echo 'bisect; check takes several runners: RUNNER="qemu native". harness/README.md has more.'
	@echo 'RESUME=1 continues check, soak, mutants, check-go, go-releases, live-std where one was stopped.'
	@echo 'Targets: $(TARGETS)'
	@echo 'More options: $(DRIVER) --help'

check:
	@$(DRIVER) check $(if $(ARCH),--arch "$(ARCH)") --mode $(MODE) --depth $(DEPTH) --cases '$(CASES)' \
	  --seed $(SEED) $(SEEDS:%=--seeds %) --shard $(SHARD) $(RUN_ON) --results $(RESULTS) \
	  $(if $(SUT),--sut $(SUT)) $(if $(RESUME),--resume) $(SHOW:%=--show %) \
	  $(if $(STATIC),--static $(filter too,$(STATIC))) \
	  $(if $(WATCH),--watch)
fuzz:
	@$(DRIVER) fuzz $(if $(ARCH),--arch "$(ARCH)") $(HOURS:%=--hours %) --seed $(SEED) $(RUN_ON) \
	  --results $(RESULTS)/fuzz $(if $(SUT),--sut $(SUT))
report:
	@$(DRIVER) report $(RESULTS) $(FORMAT:%=--format %) $(OUTPUT:%=--output %)
compare:
	@$(DRIVER) compare $(or $(OLD),$(error name two results folders: make compare OLD=dir NEW=dir)) \
	  $(or $(NEW),$(RESULTS)) $(SHOW:%=--show %)
soak:
	@$(DRIVER) soak $(if $(ARCH),--arch "$(ARCH)") --mode $(MODE) --depth $(DEPTH) --cases '$(CASES)' \
	  --seed $(SEED) $(RUN_ON) --results $(RESULTS)/soak $(if $(SUT),--sut $(SUT)) \
	  $(TIMES:%=--times %) $(BUSY:%=--busy %) $(if $(RESUME),--resume)
check-go:
	@$(DRIVER) check-go $(or $(BIN),$(PKG:%=--package '%' $(MODULE:%=--module %)) \
	  $(if $(PROGRAMS),--programs "$(PROGRAMS)")) $(if $(GOROOT),--goroot $(GOROOT)) \
	  $(if $(ARCH),--arch "$(ARCH)") $(STUB:%=--stub %) $(if $(ONLY),--only '$(ONLY)') \
	  $(if $(CHECKS),--checks '$(CHECKS)') $(if $(FRAGILE),--fragile) $(if $(HARVEST),--harvest $(HARVEST)) \
	  $(if $(STRICT),--strict) $(if $(CONFIRM),--confirm $(if $(ARGS),--confirm-args='$(ARGS)')) \
	  --results $(RESULTS) $(if $(RESUME),--resume)
go-releases:
	@$(DRIVER) go-releases $(if $(VERSIONS),--versions '$(VERSIONS)') $(if $(ARCH),--arch "$(ARCH)") \
	  $(if $(PROGRAMS),--programs "$(PROGRAMS)") $(OUTPUT:%=--output %) --results $(RESULTS) \
	  $(if $(RESUME),--resume)
# What is unpacked stays until build/ is removed.
DEBIAN = $(shell awk -F '\t' -v only=' $(PACKAGES) ' '/^[^#]/ && (only == "  " || \
           index(only, " " $$1 " ")) { print "build/go/debian/" $$1 "/" $$5 }' cases/go/debian.tsv)
go-debian:
	@ls $(DEBIAN) >/dev/null 2>&1 || ci/setup --go-debian '$(PACKAGES)'
	@$(DRIVER) check-go $(DEBIAN) --results $(RESULTS) $(if $(RESUME),--resume)
compare-go:
	@$(DRIVER) compare-go $(A) $(B) $(if $(ONLY),--only '$(ONLY)') $(if $(CHECKS),--checks '$(CHECKS)') \
	  $(if $(FRAGILE),--fragile) --results $(RESULTS)
live:
	@$(DRIVER) live $(if $(FUNC),--func '$(FUNC)') $(if $(AT),--at '$(AT)') $(VISITS:%=--visits %) \
	  $(INSIDE:%=--inside=%) $(if $(BUDGET),--budget $(BUDGET)) $(SIGNAL:%=--signal %) \
	  $(call asked,SHARD,--shard) $(call asked,SEED,--seed) $(call asked,RUNNER,--runner) \
	  $(call asked,RESULTS,--results) -- \
	  $(or $(BIN),$(error name a program: make live BIN=path)) $(ARGS)
live-std:
	@$(DRIVER) live-std $(if $(GOROOT),--goroot $(GOROOT)) $(if $(ARCH),--arch "$(ARCH)") \
	  $(if $(PKGS),--packages '$(PKGS)') $(VISITS:%=--visits %) $(INSIDE:%=--inside=%) \
	  $(if $(BUDGET),--budget $(BUDGET)) $(call asked,RUNNER,--runner) $(QEMU:%=--qemu '%') \
	  --results $(RESULTS)/live-std \
	  $(TIMES:%=--times %) $(BUSY:%=--busy %) $(if $(RESUME),--resume)
bench-live:
	@$(DRIVER) bench-live $(if $(ARCH),--arch "$(ARCH)") $(if $(GOROOT),--goroot $(GOROOT)) \
	  $(TIMES:%=--times %) $(call asked,RUNNER,--runner) --results $(RESULTS)
bench:
	@$(DRIVER) bench $(if $(ARCH),--arch "$(ARCH)") --seed $(SEED) $(RUN_ON) --results $(RESULTS) \
	  $(if $(SUT),--sut $(SUT))
mutants:
	@$(DRIVER) mutants $(if $(ARCH),--arch "$(ARCH)") $(if $(M),--class '$(M)') --seed $(SEED) \
	  $(RUN_ON) --results $(RESULTS) $(if $(SUT),--sut $(SUT)) $(if $(RESUME),--resume)
# What names a shot, and what was under test.
SHOT = '$(or $(ID),$(error name a shot: make $@ ID=target/case@+0x8#0))' --mode $(MODE) --depth $(DEPTH) \
  --cases '$(CASES)' --seed $(SEED) $(RUN_ON) $(if $(SUT),--sut $(SUT))
LIVE_SHOT = $(if $(BIN),--bin '$(BIN)') $(if $(ARGS),--args='$(ARGS)')
bisect:
	@$(DRIVER) bisect $(GOOD:%=--good '%') $(BAD:%=--bad '%') $(AT:%=--at '%') \
	  $(if $(REPO),--repo '$(REPO)') $(if $(ID),--id '$(ID)') $(if $(ARCH),--arch "$(ARCH)") \
	  --cases '$(CASES)' --mode $(MODE) --depth $(DEPTH) --seed $(SEED) $(RUN_ON) \
	  $(if $(SUT),--sut $(SUT)) $(if $(BUILD),--build '$(BUILD)') \
	  $(if $(CHECK_GO),--check-go '$(CHECK_GO)') $(if $(LIVE),--live '$(LIVE)')
bisect-entries:
	@$(DRIVER) bisect-entries $(if $(ARCH),--arch "$(ARCH)") --cases '$(CASES)' --depth $(DEPTH) \
	  --seed $(SEED) $(RUN_ON) $(if $(SUT),--sut $(SUT)) $(if $(WITH),--bad '$(WITH)') $(BY:%=--by %) \
	  $(MOST:%=--most %)
repro:
	@$(DRIVER) repro $(SHOT) $(LIVE_SHOT) $(REPEAT:%=--repeat %) \
	  $(if $(GDB),--gdb$(if $(filter-out 1,$(GDB)),=$(GDB)))
explain:
	@$(DRIVER) explain $(SHOT) $(LIVE_SHOT)
minimise:
	@$(DRIVER) minimise $(SHOT) $(BUDGET:%=--budget %) $(OUTPUT:%=--output %)
go-match:
	@$(DRIVER) go-match $(GOROOT:%=--goroot %) $(if $(ARCH),--arch "$(ARCH)") --results $(RESULTS)
go-progs:
	@$(DRIVER) go-progs $(GOROOT:%=--goroot %) $(if $(ARCH),--arch "$(ARCH)") $(OUTPUT:%=--output %)
effects-match:
	@$(DRIVER) effects-match $(if $(ARCH),--arch "$(ARCH)") $(BIN:%=--bin %) --results $(RESULTS)
setup:
	@ci/setup --test $(if $(filter-out all,$(ARCH)),$(ARCH))
.PHONY: qemu-next system
qemu-next:
	@ci/setup --qemu-next
system:
	@ci/setup --system $(if $(filter-out all,$(ARCH)),$(ARCH))
# The tests install what they need, as `make check` does.
.PHONY: test-setup
test-setup:
	@ci/setup --test --quiet
test-c test-driver test-planted test-guests test-targets test-mutants test-effects: | test-setup
clean:
	rm -rf build

# ---- low level: tables for the driver and ci/setup ----

HOST_PACKAGES := gcc libc6-dev make pkg-config libelf-dev libcapstone-dev libjansson-dev \
                 python3 python3-rich python3-jinja2 python3-zstandard qemu-user
TEST_PACKAGES := libcmocka-dev python3-pytest python3-pytest-xdist python3-jsonschema libxml2-utils tidy \
                 chromium-driver python3-selenium
GO_PACKAGES   := golang-go
GDB_PACKAGES  := gdb-multiarch
# For `make fuzz-go` alone; ci/setup leaves them out.
FUZZ_PACKAGES := clang libclang-rt-14-dev libfuzzer-14-dev

.PHONY: targets host-packages test-packages go-packages gdb-packages
# One line for each fact: <target>.<key>=<value>. A value may be empty; "-" is empty too.
TARGET_KEYS := arch family triple qemu native packages cpu cpus insn_cpu kept literal go_qemu abis lacks \
               runner elf guest console kernel_options kernel guest_packages no_guest qemu_from unpack llvm
targets:
	@: $(foreach t,$(TARGETS),$(foreach k,$(TARGET_KEYS),$(info $(t).$(k)=$($(t).$(k)))))
host-packages:
	@echo $(HOST_PACKAGES)
test-packages:
	@echo $(TEST_PACKAGES)
go-packages:
	@echo $(GO_PACKAGES)
gdb-packages:
	@echo $(GDB_PACKAGES)

# The driver calls make for these goals again and again. They need nothing of tests and linters, and tables no
# dependencies: reading all of that takes most of the time of a make that builds nothing.
TABLES    := targets host-packages test-packages go-packages gdb-packages
FOR_PROBE := host guest probe rewritten coverage mutants-probe effects-probe go-listing go-source
goals     := $(or $(MAKECMDGOALS),$(.DEFAULT_GOAL))
include harness/build.mk
include harness/go/build.mk
ifneq ($(filter-out $(TABLES) $(FOR_PROBE) go-tool,$(goals)),)
include harness/go/fuzz/build.mk
include harness/test.mk
include scripts/lint/lint.mk
endif
