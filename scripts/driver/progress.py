"""Live progress: bars on a terminal, and otherwise (a pipe, a CI log) a plain line for each running target every few
seconds."""
from __future__ import annotations

import os
import time
from dataclasses import dataclass
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from .run import TargetRun

PLAIN_EVERY_S = 5.0


@dataclass(frozen=True)
class Standing:
    """Where a target's run stands. `total` is None until a part has said how many cases it has, and an estimate until
    all have."""

    done: int
    total: int | None
    shots_per_s: float
    failures: int
    left_s: float | None
    finished: bool


def standing(run: TargetRun) -> Standing:
    known = [c for c in run.counters if c.expected is not None]
    total = round(sum(c.expected or 0 for c in known) * len(run.counters) / len(known)) if known else None
    done = sum(c.done for c in run.counters)
    wall_s = run.wall_s
    finished = all(c.finished for c in run.counters)
    left = wall_s * (total - done) / done if total is not None and done and not finished else None
    return Standing(done, total, sum(c.shots for c in run.counters) / wall_s if wall_s > 0 else 0.0,
                    sum(c.failures for c in run.counters), left, finished)


def line(run: TargetRun, what: str = "cases") -> str:
    now = standing(run)
    left = "" if now.left_s is None else f", {_clock(now.left_s)} left"
    return (f"{run.plan.target.name}: {now.done}/{'?' if now.total is None else now.total} {what}, "
            f"{now.shots_per_s:.0f} shots/s, {now.failures} failures{', done' if now.finished else left}")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def on_terminal(out: Console) -> bool:
    """Whether bars can be drawn there."""
    return out.is_terminal and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


class Live:
    """A context manager whose bars are drawn while it lasts, where `bars` is not None."""

    bars: Progress | None = None

    def __enter__(self) -> Self:
        if self.bars:
            self.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bars:
            self.bars.stop()


class Display(Live):
    """Its `update` takes the runs. It never prints more often than its kind allows."""

    def __init__(self, out: Console, every_s: float = PLAIN_EVERY_S, what: str = "cases") -> None:
        self.out, self.every_s, self.what = out, every_s, what
        self.tasks: dict[str, TaskID] = {}
        self.next_plain = time.monotonic() + every_s
        if on_terminal(out):
            self.bars = Progress(TextColumn("{task.description:<9}"), BarColumn(bar_width=30),
                                 TextColumn("{task.fields[count]:>13} " + what), TextColumn("{task.fields[rate]:>6} shots/s"),
                                 TextColumn("{task.fields[failures]}"), TextColumn("{task.fields[left]}"),
                                 console=out, transient=True)

    def update(self, runs: list[TargetRun]) -> None:
        if self.bars:
            for run in runs:
                self._bar(self.bars, run)
        elif time.monotonic() >= self.next_plain:
            self.next_plain = time.monotonic() + self.every_s
            for run in runs:
                if run.began is not None and not standing(run).finished:
                    self.out.print(line(run, self.what), soft_wrap=True)

    def _bar(self, bars: Progress, run: TargetRun) -> None:
        now = standing(run)
        name = run.plan.target.name
        fields = {"count": f"{now.done}/{'?' if now.total is None else now.total}", "rate": f"{now.shots_per_s:.0f}",
                  "failures": f"{now.failures} failures" if now.failures else "",
                  "left": "done" if now.finished else "" if now.left_s is None else f"{_clock(now.left_s)} left"}
        if name not in self.tasks:
            self.tasks[name] = bars.add_task(name, total=now.total, **fields)
        bars.update(self.tasks[name], completed=now.done, total=now.total, **fields)
