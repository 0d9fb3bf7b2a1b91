"""Faults planted into real Go binaries: a byte or two of a table are changed in a program that the installed
Go built for one target of each architecture, and everypc-go finds just that. Many more kinds, in made
binaries, are in arch/<arch>/test/planted/."""
from __future__ import annotations

import functools
import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ports
import pytest
from conftest import CONTEXT, real_targets
from go_tables import Run, quantum, replaced, to_the_return, value_at

from driver.go import findings, toolchain, triage

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.guest
TOOL = ROOT / "build/host/everypc-go"
FUNCTIONS = ("main.bigFrame", "main.mixed")   # of cases/go/controls.go

Finding = tuple[str, str, int, str]

needs_go = pytest.mark.skipif(not shutil.which("go"),
                              reason="no Go toolchain is installed, so there is no real binary to plant into")


def _targets() -> list[Any]:
    """The first target of each architecture, since each is built from Go's runtime up; all of its tests in
    one worker."""
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in ports.FIRST.values()]


@functools.cache
def _toolchain() -> Path:
    subprocess.run(["make", "-s", "go-tool"], cwd=ROOT, check=True)
    return toolchain.goroot(CONTEXT, None)


@dataclass
class Binary:
    target: str
    path: Path
    lost: Path
    functions: dict[str, dict[str, Any]]
    found: set[Finding]   # as it was built

    @property
    def quantum(self) -> int:
        return quantum(self.path.read_bytes())

    @property
    def regtmp(self) -> dict[str, Any] | None:
        return ports.expected(self.target, "regtmp")

    def planted(self, function: str, table: str, runs: list[Run]) -> Path | None:
        """A copy with another table; None if the table is not the function's alone, or if the new one is not
        as long."""
        image = replaced(self.path.read_bytes(), self.functions[function][table], runs)
        if image is None:
            return None
        copy = self.lost.with_name("planted")
        copy.write_bytes(image)
        return copy

    def new(self, path: Path) -> set[Finding]:
        return {(f["check"], f["function"], f["offset"], f.get("register", ""))
                for f in _check(path, self.lost)} - self.found


def _check(path: Path, lost: Path) -> list[dict[str, Any]]:
    done = subprocess.run([TOOL, "check", "--lost", lost, "--jobs", "2", path], capture_output=True,
                          text=True)
    assert done.returncode in (0, 1), done.stderr
    return [line["finding"] for line in map(json.loads, done.stdout.splitlines()) if "finding" in line]


@pytest.fixture(scope="module", params=_targets())
def binary(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Binary:
    """The controls, which hold nothing that is new."""
    target = real_targets()[request.param]
    goroot = _toolchain()
    path = toolchain.program(CONTEXT, target, goroot, "controls")
    lost = tmp_path_factory.mktemp(target.name) / "lost.json"
    regtmp = ports.expected(target.name, "regtmp")
    lost.write_text(json.dumps({"target": target.name, "lost": [{"reg": regtmp["reg"]}] if regtmp else []}))
    told = subprocess.run([TOOL, "funcs", path], capture_output=True, text=True, check=True).stdout
    functions = {f["name"]: f for f in map(json.loads, told.splitlines()) if f["name"] in FUNCTIONS}
    assert set(functions) == set(FUNCTIONS)
    found = _check(path, lost)
    known = triage.read(ROOT / triage.FILE)
    version = toolchain.version(CONTEXT, goroot)
    for f in found:
        assert known.judge(target.name, version, f["check"], f["function"],
                           findings.shape(f))[0] != triage.NEW, f
    return Binary(target.name, path, lost, functions, {(f["check"], f["function"], f["offset"],
                                                        f.get("register", "")) for f in found})


@needs_go
def test_an_sp_delta_that_comes_late(binary: Binary) -> None:
    tried = 0
    for name in FUNCTIONS:
        runs, points = binary.functions[name]["sp_delta"], binary.functions[name]["unsafe_point"]
        for k in to_the_return(runs):
            (start, edge, value), (_, end, after) = runs[k:k + 2]
            late = [*runs[:k], (start, edge + binary.quantum, value), (edge + binary.quantum, end, after),
                    *runs[k + 2:]]
            if value_at(points, edge) != -1 or edge + binary.quantum >= end:
                continue
            if not (path := binary.planted(name, "sp_delta", late)):
                continue
            new = binary.new(path)
            assert ({(check, function, offset) for check, function, offset, _ in new}
                    == {("sp", name, edge)}), new
            tried += 1
    assert tried


@needs_go
def test_an_sp_delta_of_another_value(binary: Binary) -> None:
    tried = 0
    for name in FUNCTIONS:
        runs, points = binary.functions[name]["sp_delta"], binary.functions[name]["unsafe_point"]
        for k in to_the_return(runs):
            start, end, value = runs[k]
            path = value and binary.planted(name, "sp_delta",
                                            [*runs[:k], (start, end, value + 8), *runs[k + 1:]])
            if not path:
                continue
            new = binary.new(path)
            assert {(check, function) for check, function, *_ in new} == {("sp", name)}
            assert all(start <= offset < end for _, _, offset, _ in new), new
            assert value_at(points, start) != -1 or start in {offset for _, _, offset, _ in new}, new
            tried += 1
    assert tried


@needs_go
def test_a_mark_that_ends_early(binary: Binary) -> None:
    regtmp = binary.regtmp
    if regtmp is None:
        pytest.skip(f"no register of {binary.target} is lost that Go's assembler marks")
    values = (-3, -4) if regtmp["restarts"] else (-2,)
    tried, caught = 0, 0
    for name in FUNCTIONS:
        runs = binary.functions[name]["unsafe_point"]
        for k in range(len(runs) - 1):
            (start, end, value), (_, until, after) = runs[k:k + 2]
            edge = start + binary.quantum
            if value not in values or after != -1 or end <= edge:
                continue
            path = binary.planted(name, "unsafe_point", [*runs[:k], (start, edge, value),
                                                         (edge, until, after), *runs[k + 2:]])
            if not path:
                continue
            new = binary.new(path)
            assert all((check, function, reg) == ("clobber", name, regtmp["reg"]) and edge <= offset < end
                       for check, function, offset, reg in new), new
            tried += 1
            caught += bool(new)
    assert caught
    # A range is there for REGTMP's sake; an unsafe run may be there for something else.
    assert not regtmp["restarts"] or caught == tried
