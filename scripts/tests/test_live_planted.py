"""Faults planted into a stock Go program (live_faults.py), which `everypc live` finds and calls by the right
oracle. Each kind on one target, and each target with a kind; `make test-planted` takes all of both."""
from __future__ import annotations

import functools
from pathlib import Path

import pytest
from conftest import real_targets
from go_code import Program
from live_faults import FAULTS, NotHere, quiet
from live_programs import build, fire, needs_go

pytestmark = [pytest.mark.guest, needs_go]

RUN = [name for name, target in real_targets().items() if not target.go_qemu and "live" not in target.lacks]
ON = {"SP delta": "mips64", "scratch register marked safe": "riscv64", "restart range too long": "arm64",
      "restart at entry, SP moved": "s390x", "pushCall: SP not stored": "ppc64le",
      "pushCall: SP lowered otherwise": "arm", "pushCall: slot not stored": "mips",
      "pushCall: resume PC not stored": "mipsle", "pushCall: PC not stored": "amd64",
      "pushCall: another register's slot": "ppc64", "stub: general register not restored": "s390x",
      "stub: FP register not restored": "amd64", "stub: flags not restored": "arm",
      "stub: register not saved": "mips64le", "filter: unsafe point accepted": "riscv64",
      "filter: assembly accepted": "mipsle", "filter: runtime.* accepted": "mips64",
      "filter: all refused": "ppc64le", "filter: range's PC kept": "mips64le",
      "scheduler not called": "arm64", "collector: frame not scanned": "amd64",
      "collector: locals not scanned": "ppc64"}
# Why a kind is not on a target that this test expects it on: the toolchain is another one.
KNOWN = ("is lost that Go's assembler marks", "restarts nothing", "has no flags", "is kept there",
         "live compares none")


def _each(kinds: dict[str, str]) -> list[object]:
    """Each kind with each target, but only those of `kinds` without --matrix."""
    return [pytest.param(target, kind, id=f"{target}-{kind}",
                         marks=[pytest.mark.xdist_group(target)]
                         + ([] if kinds[kind] == target else [pytest.mark.matrix]))
            for target in RUN for kind in FAULTS]


@functools.cache
def _program(target: str) -> Program:
    """The program as it was built, but for the scheduler's own signals."""
    built = build(target, "marked")
    return _write(Program(target, built), quiet, built.with_name("quiet"))


def _write(program: Program, change: object, path: Path) -> Program:
    assert callable(change)
    image: bytes = change(program)
    path.write_bytes(image)
    path.chmod(0o755)
    return Program(program.target, path)


def _plant(target: str, kind: str, folder: Path) -> Program:
    try:
        return _write(_program(target), FAULTS[kind].plant, folder / "planted")
    except NotHere as reason:
        why = f"{target}: {kind}: {reason}"
        assert str(reason).endswith(KNOWN) or ON[kind] != target, why
        pytest.skip(why)


@pytest.mark.parametrize(("target", "kind"), _each(ON))
def test_a_fault_is_found(target: str, kind: str, tmp_path: Path) -> None:
    fault = FAULTS[kind]
    planted = _plant(target, kind, tmp_path)
    inside = [f"--inside={fault.inside}"] if fault.inside else []
    fired = fire(tmp_path / "results", planted.path, *inside, *fault.where(planted))
    assert fired.code != 0
    assert fault.oracle in fired.oracles
    assert not fault.alone or fired.oracles == {fault.oracle}
    first = next(one for one in fired.result["failures"] if one["oracle"] == fault.oracle)
    assert first["function"].startswith(fault.function + "+0x"), first


@pytest.mark.parametrize("target", [pytest.param(name, marks=[
    pytest.mark.xdist_group(name), *([] if name == "s390x" else [pytest.mark.matrix])])
    for name in RUN])
def test_without_a_fault_all_is_well(target: str, tmp_path: Path) -> None:
    functions = sorted({fault.function for fault in FAULTS.values()})
    for inside in ("", "adversary", "gc"):
        fired = fire(tmp_path, _program(target).path, *([f"--inside={inside}"] if inside else []),
                     *(word for name in functions for word in ("--func", name)))
        assert fired.code == 0, fired.err
        assert fired.result["injected"] == fired.result["resumed"] > 60 and fired.result["scheduled"]
