"""Tries each failure's shot again with one thing changed at a time (harness/probe/blame.h), under the same
runner and natively where this machine can, and adds who is to blame to the events."""
from __future__ import annotations

import dataclasses
import json
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..context import Context
from ..errors import Interrupted
from . import events
from .blame import Experiment, Facts, decide
from .events import Event
from .plan import Plan

LIMIT = 20            # failures of a target that are tried again
BUDGET_S = 60.0       # for all of a target's
_TIMEOUT_S = 30.0     # for one


def judge(context: Context, plan: Plan, failure: Event) -> Event:
    """The fields that blame adds to a failure: blame, why, experiments and, where it was tried, native."""
    experiments, lost = _try(context, plan, failure)
    native = None
    if plan.prefix and plan.target.runs_natively:
        native = _try(context, dataclasses.replace(plan, prefix=()), failure)[0] or None
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
        done = context.run(plan.command("--blame", shot, "--visit", str(max(1, visit))), timeout_s=_TIMEOUT_S)
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


def assign(context: Context, runs: Iterable[tuple[Plan, Path]]) -> None:
    """Adds blame to the first failures in each events.jsonl. Nothing is lost if a stop is asked for."""
    with ThreadPoolExecutor(max_workers=context.jobs) as pool:
        for future in [pool.submit(_assign, context, plan, path) for plan, path in runs]:
            future.result()


def _assign(context: Context, plan: Plan, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    fails = [k for k, line in enumerate(lines) if '"fail"' in line
             and json.loads(line)["ev"] == "fail"][:LIMIT]
    if not fails:
        return
    deadline = time.monotonic() + BUDGET_S
    for k in fails:
        if context.stop.requested or time.monotonic() > deadline:
            break
        event = json.loads(lines[k])
        try:
            lines[k] = events.dump({**event, **judge(context, plan, event)})
        except Interrupted:
            break
    fresh = path.with_name(".blamed.jsonl")
    fresh.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    fresh.replace(path)
