"""Tries each failure's shot again with one thing changed at a time (harness/probe/blame.h), under the same
runner and natively where this machine can, and adds to the events who is to blame, and an explanation."""
from __future__ import annotations

import dataclasses
import itertools
import json
import time
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


def judge(context: Context, plan: Plan, failure: Event) -> Event:
    """The fields that blame adds to a failure: blame, why, experiments and, where it was tried, native."""
    experiments, lost = _try(context, plan, failure)
    native = None
    if not plan.start.is_native and plan.target.runs_natively:
        native = _try(context, dataclasses.replace(plan, start=Start()), failure)[0] or None
    blame, why = decide(Facts(failure, experiments, native, lost))
    texts = {"experiments": _text(experiments), "native": _text(native or {})}
    return {"blame": blame, "why": why} | {name: text for name, text in texts.items() if text}


def _text(experiments: dict[str, Experiment]) -> str:
    return ", ".join(f"{name} {outcome.verdict}" for name, outcome in experiments.items())


def _try(context: Context, plan: Plan, failure: Event) -> tuple[dict[str, Experiment], tuple[str, ...]]:
    """The experiments with a failure, and the registers that the platform loses. Fewer when the probe dies of
    one."""
    shot = failure["id"].partition("/")[2]
    visit = failure["visit"] if isinstance(failure.get("visit"), int) else 1
    try:
        done = plan.call(context, "--blame", shot, "--visit", str(max(1, visit)), timeout_s=_TIMEOUT_S)
    except OSError:   # no such machine after all
        return {}, ()
    experiments: dict[str, Experiment] = {}
    lost: tuple[str, ...] = ()
    for line in done.out.splitlines():
        try:
            event = events.parse(line)
        except ValueError:
            continue
        if event["ev"] == "experiment":
            experiments[event["what"]] = Experiment(event["verdict"], event.get("expected", ""),
                                                    event.get("got", ""))
        elif event["ev"] == "platform":
            lost = tuple(event["lost"])
    return experiments, lost


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
    """These failures with blame, as many as there is time for."""
    deadline = time.monotonic() + BUDGET_S
    judged: list[Event] = []
    for event in fails:
        if context.stop.requested or time.monotonic() > deadline:
            break
        try:
            judged.append({**event, **judge(context, plan, event),
                           "explanation": explain.explain(context, plan, event)})
        except Interrupted:
            break
    return judged
