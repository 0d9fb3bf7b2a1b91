"""Tries each failure's shot again with one thing changed at a time (harness/probe/blame.h), under the same
runner and natively where this machine can, and adds to the events who is to blame, and an explanation."""
from __future__ import annotations

import dataclasses
import itertools
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ..context import Context
from ..errors import Interrupted
from . import events, explain
from .blame import Experiment, Facts, decide
from .events import Event
from .plan import Plan
from .start import Start

LIMIT = 20            # failures of a target that are tried again
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


def assign(context: Context, plan: Plan, path: Path) -> None:
    """Adds blame and explanations to the first failures in an events.jsonl. Nothing is lost if a stop is
    asked for."""
    with path.open(encoding="utf-8") as file:
        fails = list(itertools.islice((event for line in file if '"fail"' in line
                                       and (event := json.loads(line))["ev"] == "fail"), LIMIT))
    judged = _judged(context, plan, fails)
    if not judged:
        return
    fresh = path.with_name(".blamed.jsonl")
    with path.open(encoding="utf-8") as old, fresh.open("w", encoding="utf-8") as new:
        for line in old:
            if judged and '"fail"' in line and json.loads(line)["ev"] == "fail":
                line = events.dump(judged.pop(0)) + "\n"
            new.write(line)
    fresh.replace(path)


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
