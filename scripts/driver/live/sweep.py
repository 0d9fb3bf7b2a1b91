"""A sweep: test binaries of many packages on many targets under fire, a few at a time. Each that has ended is
on disk at once, so that a sweep goes on where it was killed."""
from __future__ import annotations

import dataclasses
import json
import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import children, folders
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, DriverError, Interrupted
from ..report.results import count
from ..unfinished import Unfinished
from . import baseline, plan, report, session, std
from .plan import LivePlan, Wish
from .runs import Limits
from .std import Package

Outcome = dict[str, Any]

# How a unit ended.
FIRED, SKIPPED, UNFIT, NOT_BUILT, NOT_RUN = ("fired", "skipped", "failing without a shot", "not built",
                                             "not run")
DONE, SHOTS = "units", "shots"   # folders of what is done, and of what goes on
_TEST_TIMEOUT = "30m"            # the runtime's own; what stands still under fire is found sooner


@dataclass(frozen=True)
class Unit:
    """One package on one target, for the first time or again."""

    target: Target
    package: Package
    time: int = 1

    @property
    def name(self) -> str:
        again = f".{self.time}" if self.time > 1 else ""
        return f"{self.target.name}-{self.package.file}{again}"


@dataclass
class Sweep:
    context: Context
    goroot: Path
    wish: Wish
    budget_s: float | None
    work: Unfinished
    runners: dict[str, str] = field(default_factory=dict)   # by target
    building: dict[str, threading.Lock] = field(default_factory=dict)   # by target
    cannot: dict[str, str] = field(default_factory=dict)   # by target: why its programs don't start, or ""

    def path(self, unit: Unit) -> Path:
        return self.work.folder / DONE / f"{unit.name}.json"


def run(sweep: Sweep, units: list[Unit], say: Callable[[Outcome], None],
        tick: Callable[[int, list[str]], None]) -> None:
    """Runs those that are not done. `say` is told of each that ends; `tick` now and then how many have ended
    and which go on."""
    left = [unit for unit in units if not sweep.path(unit).exists()]
    sweep.building.update({unit.target.name: threading.Lock() for unit in units})
    doing: list[str] = []
    with ThreadPoolExecutor(sweep.context.jobs) as pool:
        waiting: set[Future[Outcome | None]] = {pool.submit(_one, sweep, unit, doing) for unit in left}
        try:
            while waiting:
                ended, waiting = wait(waiting, timeout=children.POLL_S, return_when=FIRST_COMPLETED)
                for one in ended:
                    outcome = one.result()
                    if outcome:
                        say(outcome)
                tick(len(units) - len(waiting), list(doing))
        except BaseException:   # ends the others, which the pool waits for
            sweep.context.stop.ask("a fault")
            raise


def outcomes(sweep: Sweep, units: list[Unit]) -> list[Outcome]:
    """Of those that have ended."""
    return [json.loads(sweep.path(unit).read_text(encoding="utf-8")) for unit in units
            if sweep.path(unit).exists()]


def _one(sweep: Sweep, unit: Unit, doing: list[str]) -> Outcome | None:
    """None: it was interrupted, and has to be run again."""
    if sweep.context.stop.requested:
        return None
    began = time.monotonic()
    doing.append(f"{unit.target.name} {unit.package.name}")
    folder = sweep.work.folder / SHOTS / unit.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        outcome = _outcome(sweep, unit, folder)
    except Interrupted:
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        doing.remove(f"{unit.target.name} {unit.package.name}")
    outcome = {"unit": unit.name, "target": unit.target.name, "package": unit.package.name,
               "time": unit.time, **outcome, "seconds": round(time.monotonic() - began, 1)}
    folders.write_json(sweep.path(unit), outcome)
    return outcome


def _outcome(sweep: Sweep, unit: Unit, folder: Path) -> Outcome:
    """Whatever is wrong with one unit, the others go on."""
    try:
        if reason := sweep.cannot.get(unit.target.name):
            return {"state": SKIPPED, "why": reason}
        with sweep.building[unit.target.name]:   # two at a time would compile the same packages
            binary = std.build(sweep.context, unit.target, sweep.goroot, unit.package)
        return _fire(sweep, unit, binary, folder)
    except Interrupted:
        raise
    except baseline.Unfit as error:
        return {"state": UNFIT, "why": str(error)}
    except BuildError as error:
        return {"state": NOT_BUILT, "why": str(error)}
    except DriverError as error:
        return {"state": NOT_RUN, "why": str(error).splitlines()[-1]}


def _fire(sweep: Sweep, unit: Unit, binary: Path, folder: Path) -> Outcome:
    context, wish = sweep.context, dataclasses.replace(sweep.wish, functions=unit.package.functions)
    limits = Limits(budget_s=sweep.budget_s, cwd=unit.package.folder)
    words = [str(binary), "-test.short", f"-test.timeout={_TEST_TIMEOUT}"]
    made = plan.make_plan(context, binary, unit.target, sweep.runners[unit.target.name], wish,
                          folder / "shots.bin")
    if reason := _cannot_run(sweep, made, words, limits):
        return {"state": SKIPPED, "why": reason}
    tests, left_out, without = baseline.passing(context, made, words, unit.package.run, limits)
    words.append(f"-test.run={tests}")
    found = session.fire_plan(context, made, words, wish, limits, without)
    failures = session.failures(context, found)
    for one in failures:
        session.confirm(context, found, one, wish, limits, folder)
        session.add_code(context, found, one)
        one.again = f"cd {unit.package.folder} && {one.again}" if one.again else ""
    context.stop.check()
    result = report.as_dict(found, failures, wish.inside)
    return {"state": FIRED, "why": _left_out(left_out), "tests_left_out": left_out, **result}


def _cannot_run(sweep: Sweep, made: LivePlan, words: list[str], limits: Limits) -> str:
    """Why no Go program of the target starts here, or "". The first one that is tried says so."""
    name = made.target.name
    if name not in sweep.cannot and (reason := session.too_old(sweep.context, made)):
        sweep.cannot[name] = reason
    if name not in sweep.cannot:
        ended = baseline.starts(sweep.context, made, words, limits)
        sweep.cannot[name] = "" if ended.status == 0 else (
            f"Go programs do not start on {made.prefix[0] if made.prefix else 'this machine'}: "
            f"{baseline.reason(ended)}")
    return sweep.cannot[name]


def _left_out(names: list[str]) -> str:
    if not names:
        return ""
    return f"without {count(len(names), 'test')} that fail without a shot: {', '.join(names)}"
