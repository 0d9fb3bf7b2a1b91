"""The soak command: failed runs, runs with other events, the load, and what stays of each."""
from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

from conftest import Project, last_line

CPUS = f"{os.cpu_count()} CPU{'s' if os.cpu_count() != 1 else ''}"


def soak(project: Project, *more: str, times: int = 4) -> object:
    return project.run("soak", "--arch", "arm64,mips", "--times", str(times), "--busy", "1", "--results",
                       "results", *more)


def kept(project: Project) -> list[str]:
    return sorted(path.name for path in project.results.iterdir())


def busy_ones(project: Project) -> list[Path]:
    """Processes that keep a CPU busy for a soak of this project; other tests have theirs."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (b"os.getppid() == parent" in (folder / "cmdline").read_bytes()
                    and str(project.root).encode() in (folder / "environ").read_bytes()):
                found.append(folder)
        except OSError:
            continue
    return found


def test_all_runs_alike_pass(project: Project) -> None:
    done = soak(project)
    assert done.returncode == 0, done
    assert last_line(done) == (f"passed: 4 runs beside 1 busy loop on {CPUS}, no run failed, all with the "
                               f"same events "
                               "(2 targets, 168 shots a run)")
    assert ([f"run {k} of 4: passed: 2 targets, 14 cases, 168 shots" in done.stdout for k in range(1, 5)]
            == [True] * 4)
    assert kept(project) == ["run-1", "soak.json"]
    told = json.loads((project.results / "soak.json").read_text())
    assert [one["exit"] for one in told["runs"]] == [0] * 4 and told["busy"] == 1


def test_one_red_run_fails_and_stays(project: Project) -> None:
    project.world["cases"][3] |= {"does": "fail-at", "at": 5}   # of two targets: in run 3
    done = soak(project)
    assert done.returncode == 1
    assert last_line(done).startswith(f"failed: of 4 runs beside 1 busy loop on {CPUS}, run 3 failed and "
                                      f"run 3 gave other events;")
    assert "run 3 of 4: failed: 1 failure on" in done.stdout
    assert kept(project) == ["run-1", "run-3", "soak.json"]


def test_green_with_other_events_fails(project: Project) -> None:
    project.world["cases"][3] |= {"does": "drift-at", "at": 4}
    done = soak(project)
    assert done.returncode == 1
    assert last_line(done).startswith(f"failed: of 4 runs beside 1 busy loop on {CPUS}, run 2 gave other "
                                      f"events;")
    assert 'differs from run 1 at line 9: {"ev":"case"' in done.stdout and '"shots":13' in done.stdout
    assert kept(project) == ["run-1", "run-2", "soak.json"]


def test_what_an_earlier_soak_left_goes(project: Project) -> None:
    for name in ("run-9", "run-9-of-mine"):
        (project.results / name).mkdir(parents=True)
        (project.results / name / "summary.json").touch()
    soak(project, times=1)
    assert kept(project) == ["run-1", "run-9-of-mine", "soak.json"]


def test_an_interrupted_one_fails_and_leaves_nothing_busy(project: Project) -> None:
    note = project.root / "note"
    project.world["cases"][0] |= {"does": "sleep", "note": str(note)}
    proc = project.start("soak", "--arch", "arm64", "--busy", "2", "--results", "results")
    while not note.exists():
        time.sleep(0.05)
    assert len(busy_ones(project)) == 2
    proc.send_signal(signal.SIGINT)
    out, err = proc.communicate(timeout=60)
    assert proc.returncode == 1
    # on standard error before the first case's end
    assert "failed: interrupted" in (out + err).rstrip().splitlines()[-1]
    assert not busy_ones(project)
