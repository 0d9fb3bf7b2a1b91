# `make lint` and its steps; each says what it did, and how to mend what it found. Included by the Makefile.

LINT_PACKAGES := clang-format clang-tidy shellcheck flake8 mypy python3-pytest python3-rich

# In a recipe: ends it with the exact command where a tool is missing.
need = @command -v $(1) >/dev/null || \
       { echo "$@: no $(1): apt-get install -y --no-install-recommends $(LINT_PACKAGES)"; exit 2; }

LINT_C    = $(shell find arch harness scripts -name '*.c' -o -name '*.h')
LINT_SH   := ci/setup ci/capstone.sh ci/qemu-next.sh ci/unpack.sh ci/go-release.sh ci/go-debian.sh \
             ci/system.sh ci/job \
             ci/run-matrix-locally .ci/run
LINT_PY   := scripts scripts/everypc
LINT_JOBS := $(shell nproc)

# The host's code: what is linked into everypc-asm and everypc-go.
TIDY_C     = $(sort $(HOST_C) $(GO_C))
TIDY_OK    = $(TIDY_C:%=build/lint/%$(if $(ANALYZE),.analyzed).ok)
ANALYZER  := --checks='-*,clang-analyzer-*'
TIDY_FLAGS = -std=gnu11 $(CAPSTONE) -Iharness -Iarch $(GO_FLAGS) \
             $(or $(TARGET_FLAGS),-DASM_TARGETS='$(foreach t,$(TARGETS),TARGET($(t)))')

# Beside the host's objects, those of a target that the host's compiler builds are searched for circles.
LINT_TARGET := $(firstword $(foreach t,$(TARGETS),$(if $(filter-out -,$($(t).triple)),,$(t))))
LINT_NAMES  := $(sort $(TARGETS) $(foreach a,$(ARCHES),$(firstword $(subst /, ,$(a)))))

.PHONY: lint lint-c lint-py lint-sh lint-tidy lint-structure format lint-packages
lint:
	@status=0; for step in c py sh structure tidy; do \
	  $(MAKE) --no-print-directory lint-$$step || status=2; done; \
	  [ $$status = 0 ] && echo 'lint: clean' || echo 'lint: not clean, see above'; exit $$status
lint-c:
	$(call need,clang-format)
	@printf '%s\n' $(LINT_C) | xargs -P $(LINT_JOBS) -n 40 clang-format --dry-run -Werror || \
	  { echo 'lint-c: not as .clang-format has it: make format'; exit 1; }
	@echo 'lint-c: $(words $(LINT_C)) files are as .clang-format has them'
format:
	$(call need,clang-format)
	@printf '%s\n' $(LINT_C) | xargs -P $(LINT_JOBS) -n 40 clang-format -i
lint-py:
	$(call need,mypy)
	@if command -v ruff >/dev/null; then ruff check $(LINT_PY) && echo 'lint-py: ruff found nothing'; \
	elif command -v flake8 >/dev/null; then flake8 $(LINT_PY) && echo 'lint-py: flake8 found nothing'; \
	else echo 'lint-py: no flake8: apt-get install -y --no-install-recommends $(LINT_PACKAGES)'; exit 2; fi || \
	  { echo 'lint-py: mend these lines by hand; .flake8 and pyproject.toml have the rules'; exit 1; }
	@mypy --cache-dir build/lint/mypy || \
	  { echo 'lint-py: mend the types; pyproject.toml has the rules'; exit 1; }
lint-sh:
	$(call need,shellcheck)
	@shellcheck -x $(LINT_SH) || { echo 'lint-sh: mend these lines; shellcheck.net explains each code'; exit 1; }
	@echo 'lint-sh: shellcheck found nothing in $(LINT_SH)'
lint-structure: host go-tool
	@$(MAKE) --no-print-directory -j$(LINT_JOBS) mutants-probe effects-probe agent TARGET=$(LINT_TARGET) \
	  APART=1 OUT=build/$(LINT_TARGET)/lint MUTANTS=1 CASE_FILES=arch/$($(LINT_TARGET).arch)/insn/measure.S
	@cd scripts && PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 -m lint --names '$(LINT_NAMES)' \
	  $$(cd .. && find $(HOST)/obj build/host/obj-go build/$(LINT_TARGET)/obj-apart \
	    build/$(LINT_TARGET)/live/obj -name '*.o') || \
	  { echo 'lint-structure: each line says how to mend it; scripts/lint/ has the rules'; exit 1; }
# A file that had no finding is not checked again before it or a header changes.
lint-tidy:
	$(call need,clang-tidy)
	@$(MAKE) --no-print-directory -k -j$(LINT_JOBS) $(TIDY_OK) || \
	  { echo 'lint-tidy: mend these lines; .clang-tidy has the checks, and why some are off'; exit 1; }
	@echo 'lint-tidy: $(words $(TIDY_C)) files have no finding of .clang-tidy'
TIDY_H    := $(shell find arch harness -name '*.h' -o -name '*.def')
$(TIDY_OK): build/lint/%$(if $(ANALYZE),.analyzed).ok: % .clang-tidy $(TIDY_H)
	$(call say,TIDY)
	$(folder)
	$(Q)clang-tidy --quiet $(if $(ANALYZE),$(ANALYZER)) $< -- $(TIDY_FLAGS) 2>$@.log || \
	  { grep -v 'warnings generated' $@.log; exit 1; }
	@touch $@
lint-packages:
	@echo $(LINT_PACKAGES)
