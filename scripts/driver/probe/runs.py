"""Runs the probes of all targets, several at a time and each in several parts when CPUs would idle otherwise,
and joins the parts of a target into its events.jsonl."""
from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from ..context import Context
from ..errors import DriverError
from . import events
from .events import Event
from .plan import Counter, Outcome, Plan
from .shard import Shard, parts_per_target
from .shardrun import ShardRun

EVENTS = "events.jsonl"


@dataclass
class TargetRun:
    """One target's run, while it lasts and after."""

    plan: Plan
    folder: Path                       # results/<target>
    counters: list[Counter]
    outcomes: list[Outcome] = field(default_factory=list)
    began: float | None = None         # time.monotonic()
    ended: float | None = None

    @property
    def wall_s(self) -> float:
        if self.began is None:
            return 0.0
        return (self.ended if self.ended is not None else time.monotonic()) - self.began

    @property
    def expected(self) -> int:
        return sum(outcome.expected for outcome in self.outcomes)

    @property
    def done(self) -> int:
        return sum(outcome.done for outcome in self.outcomes)


def all_targets(context: Context, plans: list[Plan], results: Path, shard: Shard,
                watch: Callable[[list[TargetRun]], None]) -> list[TargetRun]:
    """Runs every plan and leaves results/<target>/events.jsonl. `watch` is called about five times a
    second."""
    parts = shard.split(parts_per_target(len(plans), context.jobs))
    runs = [TargetRun(plan, results / plan.target.name, [Counter() for _ in parts]) for plan in plans]
    for run in runs:
        run.folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=context.jobs) as pool:
        futures = {run.plan.target.name: [pool.submit(_part, context, run, part, counter, j)
                                          for j, (part, counter) in enumerate(zip(parts, run.counters))]
                   for run in runs}
        pending = {future for several in futures.values() for future in several}
        while pending:
            _, pending = wait(pending, timeout=0.2)
            watch(runs)
    for run in runs:
        run.outcomes = [future.result() for future in futures[run.plan.target.name]]
        _join(run, shard, len(parts))
    return runs


def _spool(run: TargetRun, part: int) -> Path:
    return run.folder / f".part-{part}.jsonl"


def _part(context: Context, run: TargetRun, shard: Shard, counter: Counter, part: int) -> Outcome:
    if run.began is None:
        run.began = time.monotonic()
    try:
        return ShardRun(run.plan, shard, _spool(run, part), counter, context.stop).run()
    finally:
        run.ended = time.monotonic() if all(c.finished for c in run.counters) else None


def _join(run: TargetRun, shard: Shard, parts: int) -> None:
    run.ended = run.ended or time.monotonic()
    plan = run.plan
    start = {"ev": "start", "schema": 1, "target": plan.target.name, "mode": plan.mode, "seed": plan.seed,
             "shard": str(shard), "cases": run.expected, "from": 0}
    spools = [path for path in (_spool(run, part) for part in range(parts)) if path.exists()]
    loose = [line for outcome in run.outcomes for line in outcome.loose]
    end = joined_end([end for one in run.outcomes for end in one.ends], sum(c.shots for c in run.counters))
    with (run.folder / EVENTS).open("w", encoding="utf-8") as out:
        twice = events.write_merged(out, start, loose, spools, end)
    for path in spools:
        path.unlink()
    if twice:
        raise DriverError(f"{plan.target.name}: the probe ran case {twice[0]} in two shards; its --shard is "
                          "at fault")


def joined_end(ends: list[Event], shots: int) -> Event:
    """One "end" for all parts: times add up, the time of a shot is their mean weighted by shots. `shots`:
    those of all cases, since a part whose probe died wrote no "end"."""
    def mean(name: str, weight: str | None) -> float:
        pairs = [(end[name], end.get(weight, 0) if weight else 1) for end in ends
                 if isinstance(end.get(name), (int, float))]
        total = sum(w for _, w in pairs)
        return round(sum(value * w for value, w in pairs) / total, 1) if total else 0

    def total(name: str) -> int:
        return sum(end.get(name, 0) for end in ends)

    return {"ev": "end", "shots": shots, "wall_ns": total("wall_ns"), "shot_ns": mean("shot_ns", "shots"),
            "floor_ns": mean("floor_ns", None), "early": total("early")}
