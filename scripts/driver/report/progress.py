"""Live progress: bars on a terminal, and otherwise (a pipe, a CI log) a plain line every few seconds."""
from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from ..probe.runs import TargetRun
from . import console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

PLAIN_EVERY_S = 5.0


@dataclass(frozen=True)
class Standing:
    """Where a target's run stands. `total` is None until a part has reported how many cases it has, and an
    estimate until all have."""

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


class Live:
    """A context manager whose bars, if there are any, are drawn while it lasts."""

    def __init__(self, bars: Progress | None) -> None:
        self.bars = bars

    def __enter__(self) -> Self:
        if self.bars:
            self.bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bars:
            self.bars.stop()


class Display(Live):
    """The progress of several targets side by side. `update` never prints more often than its kind allows."""

    def __init__(self, out: Console, every_s: float = PLAIN_EVERY_S, what: str = "cases") -> None:
        super().__init__(console.bars(
            out, "{task.description:<9}", "{task.fields[count]:>13} " + what,
            "{task.fields[rate]:>6} shots/s",
            "{task.fields[failures]}", "{task.fields[left]}", bar_at=1))
        self.out, self.every_s, self.what = out, every_s, what
        self.tasks: dict[str, TaskID] = {}
        self.next_plain = time.monotonic() + every_s

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
        fields: dict[str, Any] = {"count": f"{now.done}/{'?' if now.total is None else now.total}",
                                  "rate": f"{now.shots_per_s:.0f}",
                  "failures": f"{now.failures} failures" if now.failures else "",
                  "left": "done" if now.finished else "" if now.left_s is None
                                  else f"{_clock(now.left_s)} left"}
        if name not in self.tasks:
            self.tasks[name] = bars.add_task(name, total=now.total, **fields)
        bars.update(self.tasks[name], completed=now.done, total=now.total, **fields)


class Bar(Live):
    """The progress of one thing at a time. `note` names the current step, `update` says how far it is."""

    def __init__(self, out: Console, name: str, what: str = "functions",
                 every_s: float = PLAIN_EVERY_S) -> None:
        super().__init__(console.bars(out, "{task.description}", "{task.fields[said]}", bar_at=1))
        self.out, self.name, self.what, self.every_s = out, name, what, every_s
        self.doing = ""
        self.next_plain = time.monotonic() + every_s
        self.task = self.bars.add_task(name, total=None, said="") if self.bars else None

    def note(self, doing: str) -> None:
        self.doing = doing
        self._show(doing, None, None)

    def update(self, done: int, of: int, doing: str = "") -> None:
        self._show(f"{doing or self.doing}: {done}/{of} {self.what}", done, of)

    def _show(self, said: str, done: int | None, of: int | None) -> None:
        if self.bars and self.task is not None:
            self.bars.update(self.task, completed=done, total=of, said=said)
        elif time.monotonic() >= self.next_plain:
            self.next_plain = time.monotonic() + self.every_s
            self.out.print(f"{self.name}: {said}", soft_wrap=True)
