"""everypc soak: the same check again and again, on a machine that is kept busy. Nobody believes a harness
that cries wolf: no run may fail, and each must give the same events as the first one, times aside (except in
free mode, where chance decides them)."""
from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self

from .. import children, folders
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..probe import events, prepare, runs
from ..probe.prepare import Prepared, RunOptions
from ..report import console, record, results
from ..report.progress import Display
from ..report.results import Summary
from ..unfinished import Unfinished
from . import arguments, check
from .arguments import Subparsers

FILE = "soak.json"
_ROWS = "rows.json"
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
    arguments.resume(one, "the last finished run")


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
    results.prepare(context, options.results)
    prepared = prepare.prepare(context, options)
    work = Unfinished(options.results, "soak", context.jobs)
    work.begin({**record.identity(context, prepared, options), "busy": busy}, args.resume, console.notice)
    try:
        cut = _runs(context, prepared, options, args, work)
    except UsageError:   # nothing to continue
        work.finish()
        raise
    every = _rows(work)[:times]
    made = {"schema": 1, "targets": [plan.target.name for plan in prepared.plans], "mode": options.mode,
            "depth": options.depth, "seed": options.seed, "times": times, "busy": busy,
            "cpus": os.cpu_count(), "runs": [*every, cut] if cut else every}
    _publish(work, made, options.results)
    if not cut:
        work.finish()
    if context.as_json:
        results.print_json(made)
    return verdict(made, cut is not None, options.results)


def _runs(context: Context, prepared: Prepared, options: RunOptions, args: argparse.Namespace,
          work: Unfinished) -> dict[str, Any] | None:
    """Runs what has not been run yet, and adds a row for each run that has ended. Returns the row of one that
    was interrupted."""
    out = console.console(to_stderr=context.as_json)
    first = work.folder / f"run-{FIRST}"
    names = [plan.target.name for plan in prepared.plans]
    rows = _rows(work)
    with Load(context, args.busy):
        for k in range(FIRST + len(rows), FIRST + args.times):
            one = dataclasses.replace(options, results=work.folder / f"run-{k}")
            shutil.rmtree(one.results, ignore_errors=True)   # what an earlier part of this soak did not end
            began = time.monotonic()
            part = Unfinished(one.results, "check", work.jobs)
            total = check.once(context, prepared, one, Display(out), part)
            part.finish()
            wall_s = round(time.monotonic() - began, 1)
            compared = names if options.mode == "pin" and k > FIRST else []
            made = row(k, total, wall_s, changes(first, one.results, compared))
            out.print(f"run {k} of {args.times}: {said(made)}", soft_wrap=True)
            if total["interrupted"]:
                return made
            if made["exit"] == PASSED and not made["changed"] and k > FIRST:
                shutil.rmtree(one.results)
            rows.append(made)
            folders.write_json(work.folder / _ROWS, rows)
    return None


def _rows(work: Unfinished) -> list[dict[str, Any]]:
    """The runs that have ended."""
    rows = work.folder / _ROWS
    return json.loads(rows.read_text(encoding="utf-8")) if rows.exists() else []


def _publish(work: Unfinished, made: dict[str, Any], folder: Path) -> None:
    """Puts this soak in the place of the one before."""
    mine = [path for path in work.folder.glob("run-*") if path.is_dir()]
    for path in mine:
        folders.replace_keeping(path, folder / path.name)
    folders.write_json(folder / FILE, made)
    for old in folder.glob("run-[0-9]*"):
        if (re.fullmatch(r"run-\d+", old.name) and (old / results.SUMMARY).exists()
                and old.name not in {path.name for path in mine}):
            shutil.rmtree(old)


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
