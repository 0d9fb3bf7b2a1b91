"""The soak command: the same check again and again, on a machine that is kept busy. Nobody believes a harness that cries wolf: no run
may be red, and each has to tell the same events as the first one, times aside (but for free mode, which leaves them to chance)."""
from __future__ import annotations

import dataclasses
import itertools
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from . import check, children, events, project, results, run
from .errors import FAILED, PASSED
from .results import Summary

FILE = "soak.json"
FIRST = 1
# Ends by itself when its parent is gone.
_BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(100000))"


class Load:
    """A context manager that keeps so many processes busy while it lasts."""

    def __init__(self, processes: int) -> None:
        self.processes = processes
        self.started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.started = [children.start([sys.executable, "-c", _BUSY], project.root()) for _ in range(self.processes)]
        return self

    def __exit__(self, *_: object) -> None:
        for proc in self.started:
            children.kill(proc)
            proc.communicate()


def soak(options: check.Options, times: int, busy: int, stop: children.StopRequest) -> tuple[int, str]:
    """Runs the check that `options` describes `times` times beside `busy` busy processes. The first run's results stay in run-1/, and
    those of each run that was red or told something else; writes soak.json."""
    results.prepare(options.results)
    for old in options.results.glob("run-[0-9]*"):
        if re.fullmatch(r"run-\d+", old.name) and (old / results.SUMMARY).exists():
            shutil.rmtree(old)
    prepared = check.prepare(options, stop)
    names = [plan.target.name for plan in prepared.plans]
    from . import progress, report  # rich may have been installed by prepare() only
    out = report.console(to_stderr=options.json)
    rows: list[dict[str, Any]] = []
    with Load(busy):
        for k in range(FIRST, FIRST + times):
            one = dataclasses.replace(options, results=options.results / f"run-{k}")
            began = time.monotonic()
            total = check.once(prepared, one, progress.Display(out), stop)
            wall_s = round(time.monotonic() - began, 1)
            compared = names if options.mode == "pin" and k > FIRST else []
            changed = changes(options.results / f"run-{FIRST}", one.results, compared)
            rows.append(row(k, total, wall_s, changed))
            out.print(f"run {k} of {times}: {said(rows[-1])}", soft_wrap=True)
            if rows[-1]["exit"] == PASSED and not rows[-1]["changed"] and k > FIRST:
                shutil.rmtree(one.results)
            if total["interrupted"]:
                break
    told = {"schema": 1, "targets": names, "mode": options.mode, "depth": options.depth,
            "seed": options.seed, "times": times, "busy": busy, "cpus": os.cpu_count(), "runs": rows}
    results.write_json(options.results / FILE, told)
    if options.json:
        results.print_json(told)
    return verdict(told, stop.requested, options.results)


def row(k: int, total: Summary, wall_s: float, changed: list[str]) -> dict[str, Any]:
    return {"run": k, "exit": total["exit"], "failed": total["failed"], "cases": total["cases"], "shots": total["shots"],
            "wall_s": wall_s, "load": round(os.getloadavg()[0], 1), "verdict": results.verdict(total)[1], "changed": changed}


def said(one: dict[str, Any]) -> str:
    return "; ".join([one["verdict"], *one["changed"]]) + f" ({one['wall_s']} s, load {one['load']})"


def changes(first: Path, other: Path, names: list[str]) -> list[str]:
    """Where two runs tell different events, a line a target."""
    found = []
    for name in names:
        pairs = itertools.zip_longest(events.timeless(first / name / run.EVENTS), events.timeless(other / name / run.EVENTS), fillvalue="")
        for n, (a, b) in enumerate(pairs, 1):
            if a != b:
                found.append(f"{name} tells something else than in run {FIRST} at line {n}: {b or 'the end'}, not {a or 'the end'}")
                break
    return found


def verdict(told: dict[str, Any], interrupted: bool, folder: Path) -> tuple[int, str]:
    runs = told["runs"]
    beside = f"{results.count(len(runs), 'run')} beside {results.count(told['busy'], 'busy loop')} on {results.count(told['cpus'], 'CPU')}"
    red = [str(r["run"]) for r in runs if r["exit"] != PASSED]
    changed = [str(r["run"]) for r in runs if r["changed"]]
    if interrupted:
        return FAILED, f"failed: interrupted in run {len(runs)} of {told['times']}"
    if red or changed:
        what = [f"{len(red)} red (run {', '.join(red)})"] * bool(red) + [f"{len(changed)} with other events (run {', '.join(changed)})"] * bool(changed)
        return FAILED, f"failed: {' and '.join(what)} of {beside}; see {folder}"
    same = ", all with the same events" if told["mode"] == "pin" else ""
    return PASSED, f"passed: {beside}, none red{same} ({results.count(len(told['targets']), 'target')}, {runs[0]['shots']} shots a run)"
