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
_TIMEOUT_S = 30.0     # for one start of the probe
_TOGETHER = 5         # failures that one start tries


@dataclass
class Tried:
    """What the probe said of a failure's shot."""

    experiments: dict[str, Experiment] = field(default_factory=dict)   # fewer when the probe died of one
    lost: tuple[str, ...] = ()                                         # registers that the platform loses
    explaining: list[Event] = field(default_factory=list)              # what followed, if it was asked for


def judge(context: Context, plan: Plan, failure: Event) -> Event:
    """The fields that blame adds to a failure: blame, why, experiments and, where it was tried, native."""
    return _fields(context, plan, [failure], _try(context, plan, [failure]))[0]


def _fields(context: Context, plan: Plan, failures: list[Event], tried: list[Tried]) -> list[Event]:
    native: list[Tried | None] = [None] * len(failures)
    if not plan.start.is_native and plan.target.runs_natively:
        native = [*_try(context, dataclasses.replace(plan, start=Start()), failures)]
    return [_decided(*each) for each in zip(failures, tried, native)]


def _decided(failure: Event, tried: Tried, native: Tried | None) -> Event:
    there = (native.experiments or None) if native else None
    blame, why = decide(Facts(failure, tried.experiments, there, tried.lost))
    texts = {"experiments": _text(tried.experiments), "native": _text(there or {})}
    return {"blame": blame, "why": why} | {name: text for name, text in texts.items() if text}


def _judge_and_explain(context: Context, plan: Plan, failures: list[Event]) -> list[Event]:
    """The failures with blame and an explanation. One start of the probe serves both for all of them; what
    does not survive the experiments is explained by another."""
    tried = _try(context, plan, failures, "--explain")
    return [{**failure, **fields, "explanation":
             explain.of_events(context, plan.target, one.explaining, failure)
             if explain.is_whole(one.explaining) else explain.explain(context, plan, failure)}
            for failure, fields, one in zip(failures, _fields(context, plan, failures, tried), tried)]


def _text(experiments: dict[str, Experiment]) -> str:
    return ", ".join(f"{name} {outcome.verdict}" for name, outcome in experiments.items())


def _try(context: Context, plan: Plan, failures: list[Event], *more: str) -> list[Tried]:
    """The experiments with some failures, whose shots the probe tries one after the other. Those that it did
    not come to, as it died or took too long, are tried alone."""
    asked = [_asked(failure) for failure in failures]
    common, told = _call(context, plan, list(dict.fromkeys(asked)), *more)
    if len(set(asked)) == 1:
        return [common] * len(failures)
    for one in asked:
        if one not in told:
            told[one] = _call(context, plan, [one], *more)[0]
    return [told[one] for one in asked]


def _asked(failure: Event) -> str:
    """As --blame takes it: the shot, and the visit that it was at."""
    visit = failure["visit"] if isinstance(failure.get("visit"), int) else 1
    return f"{failure['id'].partition('/')[2]}={max(1, visit)}"


def _call(context: Context, plan: Plan, asked: list[str], *more: str) -> tuple[Tried, dict[str, Tried]]:
    """What the probe said of all of them, or of the one, and of each."""
    common, told = Tried(), dict[str, Tried]()
    try:
        done = plan.call(context, "--blame", ",".join(asked), *more,
                         timeout_s=_TIMEOUT_S * plan.start.patience)
    except OSError:   # no such machine after all
        return common, told
    now = common
    for line in done.out.splitlines():
        try:
            event = events.parse(line)
        except ValueError:
            continue
        if event["ev"] == "blaming":
            now = told[f"{event['shot']}={event['visit']}"] = Tried(dict(common.experiments), common.lost)
        elif event["ev"] == "experiment":
            now.experiments[event["what"]] = Experiment(event["verdict"], event.get("expected", ""),
                                                        event.get("got", ""))
        elif event["ev"] == "platform":
            now.lost = tuple(event["lost"])
        elif now.experiments:
            now.explaining.append(event)
    return common, told


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

    def some(failures: list[Event]) -> list[Event] | None:
        if context.stop.requested or time.monotonic() > deadline:
            return None
        try:
            return _judge_and_explain(context, plan, failures)
        except Interrupted:
            return None

    judged: list[Event] = []
    with ThreadPoolExecutor(context.jobs) as pool:
        for done in pool.map(some, [fails[k:k + _TOGETHER] for k in range(0, len(fails), _TOGETHER)]):
            if done is None:
                break
            judged += done
    return judged
