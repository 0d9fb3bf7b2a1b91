"""Tries each failure's shot again with one thing changed at a time (harness/probe/blame.h), under the same
runner and natively where this machine can, and adds to the events who is to blame, and an explanation."""
from __future__ import annotations

import dataclasses
import heapq
import json
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ..context import Context
from ..errors import Interrupted
from . import event_file, events, explain
from .blame import Experiment, Facts, decide
from .events import Event
from .plan import Plan
from .start import Start

LIMIT = 20            # failures of a target that are tried again: the first of each kind before any other
BUDGET_S = 60.0       # for all of a target's
_TIMEOUT_S = 30.0     # for one


@dataclass
class Tried:
    """What the probe said of a failure's shot."""

    experiments: dict[str, Experiment] = field(default_factory=dict)   # fewer when the probe died of one
    lost: tuple[str, ...] = ()                                         # registers that the platform loses
    explaining: list[Event] = field(default_factory=list)              # what followed, if it was asked for


def judge(context: Context, plan: Plan, failure: Event) -> Event:
    """The fields that blame adds to a failure: blame, why, experiments and, where it was tried, native."""
    return _judge(context, plan, failure, _try(context, plan, failure))


def _judge(context: Context, plan: Plan, failure: Event, tried: Tried) -> Event:
    native = None
    if not plan.start.is_native and plan.target.runs_natively:
        native = _try(context, dataclasses.replace(plan, start=Start()), failure).experiments or None
    blame, why = decide(Facts(failure, tried.experiments, native, tried.lost))
    texts = {"experiments": _text(tried.experiments), "native": _text(native or {})}
    return {"blame": blame, "why": why} | {name: text for name, text in texts.items() if text}


def _judge_and_explain(context: Context, plan: Plan, failure: Event) -> Event:
    """One start of the probe serves both, if it survives the experiments."""
    tried = _try(context, plan, failure, "--explain")
    fields = _judge(context, plan, failure, tried)
    if explain.is_whole(tried.explaining):
        return fields | {"explanation": explain.of_events(context, plan.target, tried.explaining, failure)}
    return fields | {"explanation": explain.explain(context, plan, failure)}


def _text(experiments: dict[str, Experiment]) -> str:
    return ", ".join(f"{name} {outcome.verdict}" for name, outcome in experiments.items())


def _try(context: Context, plan: Plan, failure: Event, *more: str) -> Tried:
    """The experiments with a failure."""
    tried = Tried()
    shot = failure["id"].partition("/")[2]
    visit = failure["visit"] if isinstance(failure.get("visit"), int) else 1
    try:
        done = plan.call(context, "--blame", shot, "--visit", str(max(1, visit)), *more,
                         timeout_s=_TIMEOUT_S * plan.start.patience)
    except OSError:   # no such machine after all
        return tried
    for line in done.out.splitlines():
        try:
            event = events.parse(line)
        except ValueError:
            continue
        if event["ev"] == "experiment":
            tried.experiments[event["what"]] = Experiment(event["verdict"], event.get("expected", ""),
                                                          event.get("got", ""))
        elif event["ev"] == "platform":
            tried.lost = tuple(event["lost"])
        elif tried.experiments:
            tried.explaining.append(event)
    return tried


Kind = tuple[str, str]   # of a failure: its oracle and its Prog's text; without one, it is the only one


def _kind(failure: Event) -> Kind:
    return failure["oracle"], failure.get("prog") or failure["id"]


def assign(context: Context, plan: Plan, path: Path) -> None:
    """Adds blame and an explanation to LIMIT failures in an events.jsonl, and to the others of their kinds
    the id of one that has them. Nothing is lost if a stop is asked for."""
    chosen = _chosen(path)
    judged = dict(zip(chosen, _judged(context, plan, list(chosen.values()))))
    if not judged:
        return
    alike: dict[Kind, str] = {}
    for failure in judged.values():
        alike.setdefault(_kind(failure), failure["id"])
    with event_file.writing(path, event_file.large([path])) as new:
        for number, (line, found) in enumerate(_lines(path)):
            if number in judged:
                line = events.dump(judged[number]) + "\n"
            elif found and _kind(found) in alike:
                line = events.dump({**found, "like": alike[_kind(found)]}) + "\n"
            new.write(line)


def _lines(path: Path) -> Iterator[tuple[str, Event | None]]:
    """Each line, and the failure that it is."""
    with event_file.reading(path) as file:
        for line in file:
            event = json.loads(line) if '"fail"' in line else None
            yield line, event if event and event["ev"] == "fail" else None


def _chosen(path: Path) -> dict[int, Event]:
    """The failures to try, by the numbers of their lines: of each kind the first, then the second."""
    seen: Counter[Kind] = Counter()

    def ranked() -> Iterator[tuple[int, int, Event]]:
        for number, (_, failure) in enumerate(_lines(path)):
            if failure:
                yield seen[_kind(failure)], number, failure
                seen[_kind(failure)] += 1

    best = heapq.nsmallest(LIMIT, ranked(), key=lambda one: one[:2])
    return {number: failure for _, number, failure in sorted(best, key=lambda one: one[1])}


def _judged(context: Context, plan: Plan, fails: list[Event]) -> list[Event]:
    """These failures with blame, the first ones, as many as there is time for."""
    deadline = time.monotonic() + BUDGET_S

    def one(failure: Event) -> Event | None:
        if context.stop.requested or time.monotonic() > deadline:
            return None
        try:
            return {**failure, **_judge_and_explain(context, plan, failure)}
        except Interrupted:
            return None

    judged: list[Event] = []
    with ThreadPoolExecutor(context.jobs) as pool:
        for event in pool.map(one, fails):
            if event is None:
                break
            judged.append(event)
    return judged
