"""live-std: which packages, which of their tests, how a sweep goes on where it was stopped, what it reports;
and a small one with the installed Go."""
from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from conftest import CONTEXT, SCRIPTS, real_targets

from driver import children
from driver.context import Context
from driver.errors import Interrupted, UsageError
from driver.live import alike, baseline, runs, std, sweep, sweep_report
from driver.live.plan import Wish
from driver.live.program import Ended
from driver.live.runs import Limits
from driver.live.std import Package
from driver.live.sweep import Sweep, Unit
from driver.unfinished import Unfinished

needs_go = pytest.mark.skipif(not shutil.which("go"),
                              reason="no Go toolchain is installed, so there is no standard library to build")
PACKAGES = ("container/list", "sort")


def fired(unit: Unit, **more: Any) -> sweep.Outcome:
    return {"unit": unit.name, "target": unit.target.name, "package": unit.package.name,
            "state": sweep.FIRED, "why": "", "seconds": 1.5, "pcs": 10, "executed": 6, "fired": 6,
            "injected": 4, "refused": 2, "refused_though_allowed": 0, "uncompared": 1, "failed": 0,
            "refused_why": {"marked unsafe": 2}, "failures": [], "functions": [], **more}


def not_fired(unit: Unit, state: str, why: str) -> sweep.Outcome:
    return {"unit": unit.name, "target": unit.target.name, "package": unit.package.name, "state": state,
            "why": why, "seconds": 0.1}


def overall(outcomes: list[sweep.Outcome], interrupted: bool = False) -> dict[str, Any]:
    return sweep_report.overall(outcomes, 2, {"go": "go1.2.3"}, interrupted)


@pytest.fixture
def units(tmp_path: Path) -> list[Unit]:
    return [Unit(real_targets()["arm64"], Package(name, tmp_path)) for name in PACKAGES]


@pytest.fixture
def now(tmp_path: Path) -> Sweep:
    context = Context(tmp_path, children.StopRequest(), jobs=2)
    work = Unfinished(tmp_path / "results", "live-std", 2)
    work.begin({}, False, print)
    return Sweep(context, tmp_path, Wish(), None, work)


def run(now: Sweep, units: list[Unit], monkeypatch: pytest.MonkeyPatch, fire: Any) -> list[str]:
    """Which were run."""
    names: list[str] = []

    def one(_sweep: Sweep, unit: Unit, _binary: Path, _folder: Path) -> sweep.Outcome:
        names.append(unit.package.name)
        return fire(unit)

    monkeypatch.setattr(std, "build", lambda *_: Path("binary"))
    monkeypatch.setattr(sweep, "_fire", one)
    sweep.run(now, units, lambda _: None, lambda _done, _doing: None)
    return names


def test_a_unit_that_cannot_be_run_does_not_end_the_sweep(now: Sweep, units: list[Unit],
                                                          monkeypatch: pytest.MonkeyPatch) -> None:
    def fire(unit: Unit) -> sweep.Outcome:
        if unit.package.name == "sort":
            raise UsageError("no such thing")
        return fired(unit)

    assert set(run(now, units, monkeypatch, fire)) == set(PACKAGES)
    found = sweep.outcomes(now, units)
    assert [one["state"] for one in found] == [sweep.FIRED, sweep.NOT_RUN]
    code, line = sweep_report.verdict(overall(found))
    assert code == 1 and line.startswith("failed: 1 test binary under fire: 6 shots at 6 of 10 PCs")
    assert line.endswith("1 not run")


def test_it_goes_on_behind_what_has_ended(now: Sweep, units: list[Unit],
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    def fire(unit: Unit) -> sweep.Outcome:
        if unit.package.name == "sort":
            raise Interrupted("by SIGINT")
        return fired(unit)

    run(now, units, monkeypatch, fire)
    assert [one["package"] for one in sweep.outcomes(now, units)] == ["container/list"]
    assert run(now, units, monkeypatch, fired) == ["sort"]
    assert len(sweep.outcomes(now, units)) == 2
    assert not list((now.work.folder / sweep.SHOTS).iterdir())


def test_nothing_is_begun_after_a_stop(now: Sweep, units: list[Unit],
                                       monkeypatch: pytest.MonkeyPatch) -> None:
    now.context.stop.ask("SIGTERM")
    assert run(now, units, monkeypatch, fired) == []


def test_a_fault_of_ours_ends_all(now: Sweep, units: list[Unit], monkeypatch: pytest.MonkeyPatch) -> None:
    def fire(_unit: Unit) -> sweep.Outcome:
        raise KeyError("x")

    with pytest.raises(KeyError):
        run(now, units, monkeypatch, fire)
    assert now.context.stop.requested


def test_where_no_program_starts_the_others_are_skipped(now: Sweep, units: list[Unit],
                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    now.cannot["arm64"] = "it has no legs"
    assert run(now, units, monkeypatch, fired) == []
    total = overall(sweep.outcomes(now, units))
    assert total["states"] == {sweep.SKIPPED: 2}
    assert sweep_report.verdict(total) == (1, "failed: nothing was fired; 0 test binaries under fire: 0 "
                                              "shots at 0 of 0 PCs, 0 injected, 0 refused, 2 skipped")


def test_the_report(units: list[Unit], tmp_path: Path) -> None:
    failure = {"id": "arm64/live:sort.test/sort.f+0x8#1", "oracle": "unwind", "expected": "a", "got": "b"}
    one, other = units
    total = overall([not_fired(one, sweep.UNFIT, "exit code 1"), fired(other, failed=1, failures=[failure])])
    sweep_report.write(tmp_path, total)
    assert "functions" not in json.loads((tmp_path / sweep_report.JSON).read_text())["units"][1]
    text = (tmp_path / sweep_report.MARKDOWN).read_text()
    assert "| arm64 | sort | 10 | 6 | 6 | 4 | 2 | 0 | 1 | 1 | 1.5 |  |" in text
    assert "failing without a shot: exit code 1" in text and "FAIL arm64/live:sort.test/sort.f+0x8#1" in text
    assert "refused: 2 marked unsafe" in text
    suite = ET.parse(tmp_path / sweep_report.JUNIT).getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("2", "1", "1")
    assert sweep_report.verdict(total)[1].startswith("failed: 1 failure in arm64-sort; ")
    assert sweep_report.verdict(overall([fired(one)], interrupted=True))[1].startswith(
        "failed: interrupted after 1 of 2 units")
    assert sweep_report.verdict(overall([fired(one)]))[0] == 0


class Made:
    """A plan, as far as a run without shots needs it."""

    prefix = ()


def plain_runs(monkeypatch: pytest.MonkeyPatch, *ended: Ended) -> list[list[str]]:
    """Runs without shots end so, one after the other; returns their words."""
    calls: list[list[str]] = []

    def plain(_context: Any, _made: Any, words: list[str], *_: Any) -> Ended:
        calls.append(words)
        return ended[len(calls) - 1]

    monkeypatch.setattr(runs, "plain", plain)
    return calls


def test_tests_that_fail_without_a_shot_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = plain_runs(monkeypatch, Ended(1, "", [], 1, 1, printed=("--- FAIL: TestB (0.00s)", "FAIL")),
                       Ended(0, "", [], 1, 1))
    monkeypatch.setattr(Context, "run", lambda *_: children.Completed(0, "TestA\nTestB\nExampleC\n"
                                                                         "BenchmarkD\n", ""))
    tests, left_out, ended = baseline.passing(CONTEXT, Made(), ["x.test"], ".", Limits())
    assert (tests, left_out, ended.status) == ("^(TestA|ExampleC)$", ["TestB"], 0)
    assert [words[-1] for words in calls] == ["-test.run=.", "-test.run=^(TestA|ExampleC)$"]


def test_a_crash_without_a_shot_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    plain_runs(monkeypatch, Ended(2, "", ["SIGSEGV: segmentation violation", "PC=1"], 1, 1))
    with pytest.raises(baseline.Unfit, match="exit code 2; SIGSEGV: segmentation violation"):
        baseline.passing(CONTEXT, Made(), ["x.test"], ".", Limits())


def everypc(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPTS / "everypc", *words], capture_output=True, text=True, check=False)


@needs_go
@pytest.mark.guest
def test_a_small_sweep_with_the_installed_go(tmp_path: Path) -> None:
    done = everypc("live-std", "--arch", "arm64", "--packages", "container/ring", "--results", str(tmp_path))
    assert done.returncode == 0, done
    total = json.loads((tmp_path / sweep_report.JSON).read_text())
    assert total["fired"] > 1000 and total["injected"] > 1000 and total["failed"] == 0
    assert (tmp_path / "units/arm64-container_ring.json").exists() and not (tmp_path / ".unfinished").exists()
    assert done.stdout.splitlines()[-1].startswith("passed: 1 test binary under fire: ")


@needs_go
@pytest.mark.guest
def test_packages_that_nothing_matches(tmp_path: Path) -> None:
    done = everypc("live-std", "--arch", "arm64", "--packages", "container/lisst", "--results", str(tmp_path))
    assert done.returncode == 2 and "did you mean container/list" in done.stderr


def test_runs_of_one_package_that_are_not_alike(units: list[Unit]) -> None:
    """Another verdict fails; other counts are said."""
    failure = {"id": "arm64/live:sort.test/sort.f+0x8#1", "oracle": "unwind"}
    same = [fired(units[0], time=k) for k in (1, 2)]
    assert alike.differences(same) == []
    counts, = alike.differences([same[0], {**same[1], "executed": 7}])
    assert counts["what"] == "counts" and "run 2: 10 pcs, 7 executed" in counts["said"]
    failed = [same[0], {**same[1], "failed": 1, "failures": [failure]}]
    verdict, = alike.differences(failed)
    assert verdict["what"] == "verdict" and "run 2: fired, 1 failed, unwind at arm64" in verdict["said"]
    unfit = [same[0], {**not_fired(units[0], sweep.UNFIT, "exit code 1"), "time": 2}]
    total = overall(unfit)
    code, line = sweep_report.verdict(total)
    assert code == 1 and "another verdict from run to run of container/list on arm64" in line
    total = sweep_report.overall([same[0], {**same[1], "executed": 7}], 2, {"go": "go1.2.3", "times": 2},
                                 False)
    assert sweep_report.verdict(total)[1].endswith("2 runs of each, the same verdicts, other counts from run "
                                                   "to run for 1 of 1")


@pytest.mark.parametrize("command", ["live-std", "bench-live"])
def test_a_toolchain_that_is_not_there_is_one_line(command: str, tmp_path: Path) -> None:
    done = everypc(command, "--goroot", "/no/such", "--results", str(tmp_path))
    assert done.returncode == 2 and done.stderr == "usage: GOROOT /no/such: there is no bin/go in it\n", done
