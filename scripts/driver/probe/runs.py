"""Runs the probes of all targets, several at a time and each in several parts when CPUs would idle otherwise,
and joins the parts of a target into its events.jsonl as soon as all of them have ended."""
from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from ..context import Context
from ..errors import DriverError
from . import event_file, events, spool
from .events import Event
from .plan import Counter, Outcome, Plan
from .shard import Shard, parts_per_target
from .shardrun import ShardRun

EVENTS = event_file.NAME


@dataclass
class TargetRun:
    """One target's run, while it lasts and after."""

    plan: Plan
    folder: Path                       # of this run: its spools, and what becomes of them
    counters: list[Counter]
    outcomes: list[Outcome] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)   # for outcomes
    began: float | None = None         # time.monotonic()
    ended: float | None = None

    @property
    def wall_s(self) -> float:
        if self.began is None:
            return 0.0
        return (self.ended if self.ended is not None else time.monotonic()) - self.began

    @property
    def complete(self) -> Path:
        """The folder that takes the place of results/<target>."""
        return self.folder / "complete"

    @property
    def events(self) -> Path:
        return self.complete / EVENTS

    @property
    def interrupted(self) -> bool:
        return any(outcome.interrupted for outcome in self.outcomes)

    @property
    def usage(self) -> str | None:
        return next((outcome.usage for outcome in self.outcomes if outcome.usage), None)

    @property
    def expected(self) -> int:
        return sum(outcome.expected for outcome in self.outcomes)

    @property
    def done(self) -> int:
        return sum(outcome.done for outcome in self.outcomes)


def all_targets(context: Context, plans: list[Plan], folder: Path, shard: Shard,
                watch: Callable[[list[TargetRun]], None], parts: int = 0,
                ended: Callable[[TargetRun], None] = lambda _: None) -> list[TargetRun]:
    """Runs every plan in `folder`/<target>, from where an earlier run in as many `parts` got to (0: as many
    as keep all CPUs busy). `watch` is called about five times a second, and `ended` with each target whose
    events.jsonl is there, by whichever thread ended it."""
    divided = shard.split(parts or parts_per_target(max(1, len(plans)), context.jobs))
    runs = [TargetRun(plan, folder / plan.target.name, [Counter() for _ in divided]) for plan in plans]
    for run in runs:
        run.folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=context.jobs) as pool:
        pending = {pool.submit(_part, context, run, j, shard, divided, ended)
                   for run in runs for j in range(len(divided))}
        done: set[Future[None]] = set()
        while pending:
            some, pending = wait(pending, timeout=0.2, return_when=FIRST_EXCEPTION)
            done |= some
            if any(future.exception() for future in some):   # a full disk: the others have no use any more
                context.stop.ask("an error")
            watch(runs)
    for future in done:
        future.result()
    return runs


def _spool(run: TargetRun, part: Shard) -> Path:
    return run.folder / f"part-{part.i}-of-{part.n}.jsonl"


def _part(context: Context, run: TargetRun, k: int, shard: Shard, divided: list[Shard],
          ended: Callable[[TargetRun], None]) -> None:
    if run.began is None:
        run.began = time.monotonic()
    outcome = ShardRun(run.plan, divided[k], _spool(run, divided[k]), run.counters[k], context.stop).run()
    with run.lock:
        run.outcomes.append(outcome)
        if len(run.outcomes) < len(divided):
            return
    run.ended = time.monotonic()
    _join(run, shard, divided)
    ended(run)


def _join(run: TargetRun, shard: Shard, divided: list[Shard]) -> None:
    plan = run.plan
    start = {"ev": "start", "schema": 1, "target": plan.target.name, "mode": plan.mode, "seed": plan.seed,
             "shard": str(shard), "cases": run.expected, "from": 0}
    spools = [_spool(run, part) for part in divided]
    loose = (line for path in spools for line in spool.of_no_case(path))
    end = joined_end([end for one in run.outcomes for end in one.ends], sum(c.shots for c in run.counters))
    shutil.rmtree(run.complete, ignore_errors=True)
    run.complete.mkdir()
    with event_file.writing(run.events, event_file.large(spools)) as out:
        twice = events.write_merged(out, start, loose, spools, end)
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
            "floor_ns": mean("floor_ns", None), "early": total("early"),
            **({name: total(name) for name in ("boots", "boot_ns", "boot_cpu_ns")} if total("boots") else {})}
