"""From suspicion to crash: what is found in a program's tables is fired at while the program runs. Each is
then confirmed by an oracle, not reproduced, or at PCs that the program never comes to. For these other
programs are tried (elsewhere.py). What comes of it is the finding's "live"."""
from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..build.targets import LIVE, Target
from ..context import Context
from ..errors import UsageError
from . import elsewhere, plan, program, runs, session
from .elsewhere import Finding, Way
from .plan import CALLED, INSIDE_ALONE, LivePlan, Visits, Wish
from .runs import Limits
from .verdict import ALONE, AT_THE_END, Failure, Run

CONFIRMED, NOT_REPRODUCED, NEVER, NOT_TRIED = "confirmed", "not reproduced", "never executed", "not tried"
VERDICTS = (CONFIRMED, NOT_REPRODUCED, NEVER, NOT_TRIED)
_VISITS = Visits((1, 2, 16))


@dataclass
class Case:
    """A program that may show it, and what is left to show."""

    context: Context
    made: LivePlan          # its shots are planned anew for each run
    words: list[str]        # of its command line
    folder: Path            # where it runs, and where the shots file is
    limits: Limits
    until: float            # on the monotonic clock
    left: list[Finding]


def confirm(context: Context, target: Target, binary: Path, arguments: list[str], found: list[Finding],
            budget_s: float, folder: Path, goroot: Path | str = "") -> None:
    """Adds to each finding its "live": "verdict", of VERDICTS, and what belongs to it. `goroot`: the
    toolchain that built the program, for other programs that execute what this one does not; or why there is
    none."""
    for one in found:
        one["live"] = {"verdict": NOT_TRIED, "why": "" if one.get("pcs") else "it is at no PC"}
    folder.mkdir(parents=True, exist_ok=True)
    _try(context, target, Way("the program", binary, arguments, folder),
         [one for one in found if one.get("pcs")], budget_s, folder)
    never = [one for one in found if one["live"]["verdict"] == NEVER]
    if isinstance(goroot, Path):
        for package in dict.fromkeys(elsewhere.package_of(one["function"]) for one in never):
            group = [{**one, "binary": binary, "of": one} for one in never
                     if elsewhere.package_of(one["function"]) == package]
            _elsewhere(context, target, goroot, package, group, budget_s, folder)
    elif goroot:
        for one in never:
            one["live"]["why"] = goroot
    for one in found:
        one["live"]["text"] = _text(one["live"])


def _try(context: Context, target: Target, way: Way, left: list[Finding], budget_s: float,
         folder: Path) -> None:
    """Fires at them in one program."""
    try:
        if left:
            case = _begin(context, target, way, left, budget_s, folder)
            for inside in _insides(case.made):
                _fire(case, inside)
    except UsageError as error:
        for one in left:
            if one["live"].get("verdict", NOT_TRIED) == NOT_TRIED:
                one["live"] = {"verdict": NOT_TRIED, "why": str(error).splitlines()[-1]}


def _elsewhere(context: Context, target: Target, goroot: Path, package: str, group: list[Finding],
               budget_s: float, folder: Path) -> None:
    """Of a package, what the program never executes: in other programs, until it is executed."""
    left = list(group)

    def functions() -> list[str]:
        return [one["function"] for one in left]

    tried: list[str] = ["tried: the program"]
    for way in elsewhere.ways(context, target, goroot, package, functions, folder):
        if context.stop.requested:
            break
        if isinstance(way, str):
            tried.append(way)
        else:
            copies = [(one, copy) for one in left if (copy := elsewhere.moved(context, way.binary, one))]
            for _, copy in copies:
                copy["live"] = {"verdict": NOT_TRIED, "why": ""}
            _try(context, target, way, [copy for _, copy in copies], budget_s, folder)
            for one, copy in copies:
                if copy["live"]["verdict"] in (CONFIRMED, NOT_REPRODUCED):
                    one["of"]["live"] = {**copy["live"], "by": way.text}
                    if again := copy["live"].get("again"):
                        one["of"]["live"]["again"] = f"cd {way.cwd} && {again}"
                    left.remove(one)
            tried.append(way.text + ("" if copies else ", where its code is not the same"))
        for one in left:
            one["of"]["live"]["why"] = "; ".join(tried)
        if not left:
            return


def _text(live: dict[str, Any]) -> str:
    """In a line."""
    by = f", by {live['by']}" if live.get("by") else ""
    if live["verdict"] == CONFIRMED:
        return f"{CONFIRMED}{by}: {live['oracle']}: got {live['got']}; again: {live['again']}"
    return live["verdict"] + by + (f": {live['why']}" if live.get("why") else "")


def _begin(context: Context, target: Target, way: Way, left: list[Finding], budget_s: float,
           folder: Path) -> Case:
    """Runs the program once without a shot: one that does not end is killed, and is compared with nothing."""
    if LIVE in target.lacks:
        raise UsageError(f"the port of {target.name} lacks tier 4, live")
    target, how = plan.ready(context, way.binary, Wish())
    words = [str(way.binary), *way.arguments]
    made = plan.make_plan(context, way.binary, target, how, Wish(at=_places(left)), folder / "shots.bin")
    if reason := session.too_old(context, made):
        raise UsageError(reason)
    limits = Limits(budget_s=budget_s / 4, cwd=way.cwd, wall_s=budget_s / 2)
    ended = runs.plain(context, made, words, limits, None)
    if ended.status < 0 and not ended.hung:
        raise UsageError(f"it does not run without a shot, either: {program.status_text(ended.status)}")
    return Case(context, made, words, folder, replace(limits, reference=not ended.hung),
                time.monotonic() + budget_s, left)


def _insides(made: LivePlan) -> Iterator[tuple[str, ...]]:
    """A plain preemption first: what is wrong then needs nothing else."""
    yield ()
    yield tuple(name for name in INSIDE_ALONE if name in made.called or name not in CALLED)


def _fire(case: Case, inside: tuple[str, ...]) -> None:
    """Again without what is confirmed, as long as a shot ends the program, which hides those behind it."""
    while case.left and not case.context.stop.requested:
        if time.monotonic() > case.until:
            for one in case.left:
                one["live"]["why"] = one["live"].get("why") or "out of time"
            return
        if not (_round(case, inside) and case.left):
            return


def _round(case: Case, inside: tuple[str, ...]) -> bool:
    """One run with a shot at each PC that is left. True: it ended badly, for a reason that is now known."""
    wish = Wish(at=_places(case.left), visits=_VISITS, inside=inside)
    made = plan.make_plan(case.context, case.made.program, case.made.target, case.made.runner, wish,
                          case.folder / "shots.bin")
    run = session.fire_plan(case.context, made, case.words, wish, case.limits)
    failures = session.failures(case.context, run)
    ended_badly = False
    for one in failures:
        if one.oracle in AT_THE_END:
            if one.oracle == "hang" and run.with_shots.wall_s > (case.limits.wall_s or 0):
                continue   # it only ran out of time
            session.confirm(case.context, run, one, wish, case.limits, case.folder)
            if not any(ALONE in suspect for suspect in one.suspects):
                continue
            ended_badly = True
        _confirm(case, one)
    _judge(case, run)
    case.left = [one for one in case.left if one["live"]["verdict"] != CONFIRMED]
    return ended_badly


def _places(found: list[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{pc:#x}" for one in found for pc in one["pcs"]))


def _confirm(case: Case, failure: Failure) -> None:
    """The first failure at one of its PCs counts."""
    for one in case.left:
        names = {f"{one['function']}+{pc - one['pc'] + one['offset']:#x}" for pc in one["pcs"]}
        if failure.function in names and one["live"]["verdict"] != CONFIRMED:
            one["live"] = {"verdict": CONFIRMED, "oracle": failure.oracle, "expected": failure.expected,
                           "got": failure.got, "again": failure.again, "said": failure.said}


def _judge(case: Case, run: Run) -> None:
    """What was executed, of those that nothing confirms."""
    reached = {pc.address: pc for pc in run.shots.pcs if pc.outcome != "not reached"}
    for one in case.left:
        live = one["live"]
        pcs = [reached[pc] for pc in one["pcs"] if pc in reached]
        if live["verdict"] in (CONFIRMED, NOT_REPRODUCED) or (not pcs and live["verdict"] == NEVER):
            continue
        refused = pcs and all(pc.outcome == "refused" for pc in pcs)
        one["live"] = {"verdict": NOT_REPRODUCED if pcs else NEVER,
                       "why": "the runtime refused each call" if refused else ""}
