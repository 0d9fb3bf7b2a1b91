"""everypc soak: the same check again and again, on a machine that is kept busy. Nobody believes a harness
that cries wolf: no run may fail, and each must give the same events as the first one, times aside (except in
free mode, where chance decides them)."""
from __future__ import annotations

import argparse
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

from .. import children
from ..context import Context
from ..errors import FAILED, PASSED
from ..probe import events, prepare, runs
from ..report import console, results
from ..report.progress import Display
from ..report.results import Summary
from . import arguments, check
from .arguments import Subparsers

FILE = "soak.json"
FIRST = 1
# It ends by itself when its parent is gone.
_BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(100000))"


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "soak",
                            "run the same check again and again on a busy machine: no run may fail, or "
                                                "give other events than the first", run)
    arguments.arch(one)
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--times", type=arguments.positive, default=20, metavar="N",
                     help="how often (default: %(default)s)")
    one.add_argument("--busy", type=arguments.natural, default=4, metavar="N",
                     help="processes that keep the CPUs busy (default: %(default)s)")
    arguments.jobs(one, "parallel runs")
    arguments.output(one, "soak.json, and the results of runs that failed or differ", "results/soak")


class Load:
    """A context manager that keeps so many processes busy while it lasts."""

    def __init__(self, context: Context, processes: int) -> None:
        self.root, self.processes = context.root, processes
        self.started: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        self.started = [children.start([sys.executable, "-c", _BUSY], self.root)
                        for _ in range(self.processes)]
        return self

    def __exit__(self, *_: object) -> None:
        for proc in self.started:
            children.kill(proc)
            proc.communicate()


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    """Runs the check --times times beside --busy busy processes, and writes soak.json. The first run's
    results stay in run-1/; so do those of each run that failed or differs from it."""
    options, times, busy = arguments.run_options(args), args.times, args.busy
    results.prepare(options.results)
    for old in options.results.glob("run-[0-9]*"):
        if re.fullmatch(r"run-\d+", old.name) and (old / results.SUMMARY).exists():
            shutil.rmtree(old)
    prepared = prepare.prepare(context, options)
    names = [plan.target.name for plan in prepared.plans]
    out = console.console(to_stderr=context.as_json)
    rows: list[dict[str, Any]] = []
    with Load(context, busy):
        for k in range(FIRST, FIRST + times):
            one = dataclasses.replace(options, results=options.results / f"run-{k}")
            began = time.monotonic()
            total = check.once(context, prepared, one, Display(out))
            wall_s = round(time.monotonic() - began, 1)
            compared = names if options.mode == "pin" and k > FIRST else []
            changed = changes(options.results / f"run-{FIRST}", one.results, compared)
            rows.append(row(k, total, wall_s, changed))
            out.print(f"run {k} of {times}: {said(rows[-1])}", soft_wrap=True)
            if rows[-1]["exit"] == PASSED and not rows[-1]["changed"] and k > FIRST:
                shutil.rmtree(one.results)
            if total["interrupted"]:
                break
    record = {"schema": 1, "targets": names, "mode": options.mode, "depth": options.depth,
            "seed": options.seed, "times": times, "busy": busy, "cpus": os.cpu_count(), "runs": rows}
    results.write_json(options.results / FILE, record)
    if context.as_json:
        results.print_json(record)
    return verdict(record, context.stop.requested, options.results)


def row(k: int, total: Summary, wall_s: float, changed: list[str]) -> dict[str, Any]:
    return {"run": k, "exit": total["exit"], "failed": total["failed"], "cases": total["cases"],
            "shots": total["shots"],
            "wall_s": wall_s, "load": round(os.getloadavg()[0], 1), "verdict": results.verdict(total)[1],
            "changed": changed}


def said(one: dict[str, Any]) -> str:
    return "; ".join([one["verdict"], *one["changed"]]) + f" ({one['wall_s']} s, load {one['load']})"


def changes(first: Path, other: Path, names: list[str]) -> list[str]:
    """Where the events of two runs differ, one line for each target."""
    found = []
    for name in names:
        pairs = itertools.zip_longest(events.timeless(first / name / runs.EVENTS),
                                      events.timeless(other / name / runs.EVENTS), fillvalue="")
        for n, (a, b) in enumerate(pairs, 1):
            if a != b:
                found.append(f"{name} differs from run {FIRST} at line {n}: {b or 'the end'}, not "
                             f"{a or 'the end'}")
                break
    return found


def verdict(record: dict[str, Any], interrupted: bool, folder: Path) -> tuple[int, str]:
    every = record["runs"]
    beside = (f"{results.count(len(every), 'run')} beside {results.count(record['busy'], 'busy loop')} on "
              f"{results.count(record['cpus'], 'CPU')}")
    failed = [str(r["run"]) for r in every if r["exit"] != PASSED]
    changed = [str(r["run"]) for r in every if r["changed"]]
    if interrupted:
        return FAILED, f"failed: interrupted in run {len(every)} of {record['times']}"
    if failed or changed:
        what = [f"run {', '.join(failed)} failed"] * bool(failed)
        what += [f"run {', '.join(changed)} gave other events"] * bool(changed)
        return FAILED, f"failed: of {beside}, {' and '.join(what)}; see {folder}"
    same = ", all with the same events" if record["mode"] == "pin" else ""
    return PASSED, (f"passed: {beside}, no run failed{same} "
                    f"({results.count(len(record['targets']), 'target')}, {every[0]['shots']} shots a run)")
