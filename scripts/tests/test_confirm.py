"""check-go --confirm: what firing at a violation's PCs makes of it; and the controls, with the installed
Go."""
from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTEXT, SCRIPTS, real_targets

from driver.errors import UsageError
from driver.go import toolchain
from driver.live import elsewhere, plan, runs, session, suspicion
from driver.live.plan import LivePlan
from driver.live.program import Ended
from driver.live.shots import Pc, Shots
from driver.live.verdict import Failure, Run


def finding(function: str, *offsets: int) -> dict[str, Any]:
    return {"check": "sp", "function": function, "pc": 0x1000 + offsets[0], "offset": offsets[0],
            "pcs": [0x1000 + offset for offset in offsets]}


class World:
    """Programs under fire that do what a test says: for each round the outcome of each PC, and failures."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch,
                 *rounds: tuple[dict[int, str], list[Failure]]) -> None:
        self.rounds, self.wishes = list(rounds), list[plan.Wish]()
        monkeypatch.setattr(plan, "ready", lambda *_: (real_targets()["arm64"], "qemu"))
        monkeypatch.setattr(plan, "make_plan", self.plan)
        monkeypatch.setattr(runs, "plain", lambda *_: Ended(0, "", [], 1, 1))
        monkeypatch.setattr(session, "fire_plan", self.fire)
        monkeypatch.setattr(session, "failures", lambda *_: self.rounds.pop(0)[1])
        monkeypatch.setattr(session, "confirm", lambda *_: None)

    def plan(self, _context: Any, program: Path, target: Any, runner: str, wish: plan.Wish,
             shots: Path) -> LivePlan:
        self.wishes.append(wish)
        return LivePlan(program, target, "go1.2.3", Path("agent"), runner, (), shots, False)

    def fire(self, _context: Any, made: LivePlan, words: list[str], *_: Any) -> Run:
        outcomes = self.rounds[0][0]
        pcs = {n: Pc(0x1000 + offset, 4, 0, 1, outcome, False, 0, 1)
               for n, (offset, outcome) in enumerate(outcomes.items())}
        return Run(made, words, Shots({}, pcs, [], 0), Ended(0, "", [], 1, 1), None)


def confirm(tmp_path: Path, *found: dict[str, Any]) -> list[str]:
    """Their verdicts, in words."""
    suspicion.confirm(CONTEXT, real_targets()["arm64"], Path("prog"), [], list(found), 60.0, tmp_path)
    return [one["live"]["text"] for one in found]


def test_each_gets_its_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = {8: "resumed", 16: "resumed", 24: "refused", 32: "not reached"}
    unwound = Failure("id", "unwind", "frames", "0x1", "main.f+0x8", again="everypc live --at x -- prog")
    World(monkeypatch, (outcomes, [unwound]), (outcomes, []))
    assert confirm(tmp_path, finding("main.f", 8), finding("main.f", 16), finding("main.f", 24),
                   finding("main.f", 32)) == [
        "confirmed: unwind: got 0x1; again: everypc live --at x -- prog", "not reproduced",
        "not reproduced: the runtime refused each call", "never executed"]


def test_any_of_its_pcs_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    state = Failure("id", "state", "a", "b", "main.f+0xc", again="everypc live --at x -- prog")
    world = World(monkeypatch, ({8: "resumed", 12: "resumed"}, []), ({8: "resumed"}, [state]))
    found = confirm(tmp_path, finding("main.f", 8, 12))
    assert found == ["confirmed: state: got b; again: everypc live --at x -- prog"]
    assert world.wishes[-1].inside and not world.wishes[0].inside


def test_what_a_crash_hides_is_fired_at_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crash = Failure("id", "crash", "exit code 0", "killed by SIGSEGV", "main.f+0x8", again="again",
                    suspects=["main.f+0x8#1: alone, it does it"])
    world = World(monkeypatch, ({8: "injected", 16: "not reached"}, [crash]), ({16: "resumed"}, []),
                  ({16: "resumed"}, []))
    found = confirm(tmp_path, finding("main.f", 8), finding("main.f", 16))
    assert found == ["confirmed: crash: got killed by SIGSEGV; again: again", "not reproduced"]
    assert world.wishes[-1].at == ("0x1010",)


def test_a_crash_that_no_shot_does_alone_confirms_nothing(tmp_path: Path,
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    crash = Failure("id", "crash", "a", "b", "main.f+0x8", suspects=["main.f+0x8#1: alone, it does not"])
    World(monkeypatch, ({8: "injected"}, [crash]), ({8: "resumed"}, []))
    assert confirm(tmp_path, finding("main.f", 8)) == ["not reproduced"]


def test_a_program_that_cannot_be_run_is_not_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise UsageError("it is stripped")

    World(monkeypatch)
    monkeypatch.setattr(plan, "make_plan", refuse)
    assert confirm(tmp_path, finding("main.f", 8)) == ["not tried: it is stripped"]


@pytest.mark.guest
@pytest.mark.skipif(not shutil.which("go"), reason="no Go toolchain is installed, so there are no controls")
@pytest.mark.parametrize("target", ["arm64", "arm"])
def test_the_controls(target: str, tmp_path: Path) -> None:
    path = toolchain.program(CONTEXT, real_targets()[target], toolchain.goroot(CONTEXT, None), "controls")
    done = subprocess.run([SCRIPTS / "everypc", "check-go", "--checks", "sp", "--confirm", "--results",
                           tmp_path, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done
    lines = (tmp_path / f"go/{target}-controls/findings.jsonl").read_text().splitlines()
    found = [one["live"] for one in map(json.loads, lines)]
    if not found:
        pytest.skip(f"nothing is known to be wrong with the controls of the installed Go on {target}")
    assert {(live["verdict"], live["oracle"]) for live in found} == {("confirmed", "unwind")}


def test_what_a_function_is_called_and_where() -> None:
    assert [(elsewhere.package_of(name), elsewhere.expression(name)) for name in (
        "sort.Stable", "math/big.(*Int).Add", "sort.IntSlice.Len", "sort.insertionSort", "sort.Slice.func1",
        "os.(*fileWithoutReadFrom).Chdir", "main.f[go.shape.int]", "slices.Sort[a/b.T]")] == [
        ("sort", "p.Stable"), ("math/big", "(*p.Int).Add"), ("sort", "p.IntSlice.Len"), ("sort", None),
        ("sort", None), ("os", None), ("main", None), ("slices", None)]
    assert elsewhere.driver("sort", ["sort.insertionSort"]) is None
    assert elsewhere.driver("internal/bytealg", ["internal/bytealg.Count"]) is None
    assert elsewhere.driver("syscall", ["syscall.Reboot"]) is None


class Elsewhere(World):
    """Of package sort there are tests, which come next, and then a driver."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *rounds: Any) -> None:
        super().__init__(monkeypatch, *rounds)
        self.binaries: list[str] = []
        monkeypatch.setattr(elsewhere.std, "with_tests", lambda *_: {"sort": tmp_path})
        monkeypatch.setattr(elsewhere.toolchain, "build", self.build)
        monkeypatch.setattr(elsewhere, "moved", lambda _context, binary, one:
                            None if "elsewhere" in one["function"] else {**one, "live": {}})

    def build(self, _context: Any, _target: Any, _goroot: Path, name: str, *_: Any) -> Path:
        self.binaries.append(name)
        return Path(name)


def confirm_elsewhere(tmp_path: Path, *found: dict[str, Any]) -> list[str]:
    suspicion.confirm(CONTEXT, real_targets()["arm64"], Path("prog"), [], list(found), 60.0, tmp_path,
                      Path("goroot"))
    return [one["live"]["text"] for one in found]


def test_the_packages_tests_execute_what_the_program_does_not(tmp_path: Path,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    never: tuple[dict[int, str], list[Failure]] = ({8: "not reached", 16: "not reached"}, [])
    wrong = Failure("id", "unwind", "a", "0x1", "sort.Sort+0x8", 0x1008, "again")
    Elsewhere(monkeypatch, tmp_path, never, never, ({8: "resumed", 16: "not reached"}, [wrong]),
              ({16: "resumed"}, []), ({16: "resumed"}, []))
    assert confirm_elsewhere(tmp_path, finding("sort.Sort", 8), finding("sort.Sort", 16)) == [
        f"confirmed, by the tests of sort: unwind: got 0x1; again: cd {tmp_path} && again",
        "not reproduced, by the tests of sort"]


def test_a_driver_executes_what_the_tests_do_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    never: tuple[dict[int, str], list[Failure]] = ({8: "not reached", 16: "not reached"}, [])
    half: tuple[dict[int, str], list[Failure]] = ({8: "resumed", 16: "not reached"}, [])
    world = Elsewhere(monkeypatch, tmp_path, never, never, never, never, half, half)
    assert confirm_elsewhere(tmp_path, finding("sort.Sort", 8), finding("sort.less", 16)) == [
        "not reproduced, by a driver that calls it in sort with zero values",
        "never executed: tried: the program; the tests of sort; a driver that calls it in sort with zero "
        "values"]
    source = (tmp_path / "driver_sort.go").read_text()
    assert "\tcall(p.Sort)\n" in source and "less" not in source and world.binaries == [
        "std/sort.test", "std/driver_sort"]


def test_other_code_is_not_fired_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    never: tuple[dict[int, str], list[Failure]] = ({8: "not reached"}, [])
    Elsewhere(monkeypatch, tmp_path, never, never)
    assert confirm_elsewhere(tmp_path, finding("sort.elsewhere", 8)) == [
        "never executed: tried: the program; the tests of sort, where its code is not the same; no driver: "
        "the function can't be called from outside with values that are made up"]
