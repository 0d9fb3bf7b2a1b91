"""Progress of one thing after the other: a bar on a terminal, and otherwise a plain line every few seconds."""
from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from .progress import PLAIN_EVERY_S, Live, on_terminal


class Bar(Live):
    """For one thing that takes its time. `note` says what is done now, `update` how far that is."""

    def __init__(self, out: Console, name: str, what: str = "functions", every_s: float = PLAIN_EVERY_S) -> None:
        self.out, self.name, self.what, self.every_s = out, name, what, every_s
        self.doing = ""
        self.next_plain = time.monotonic() + every_s
        self.bars = Progress(TextColumn("{task.description}"), BarColumn(bar_width=30), TextColumn("{task.fields[said]}"),
                             console=out, transient=True) if on_terminal(out) else None
        self.task = self.bars.add_task(name, total=None, said="") if self.bars else None

    def note(self, doing: str) -> None:
        self.doing = doing
        self._show(doing, None, None)

    def update(self, done: int, of: int) -> None:
        self._show(f"{self.doing}: {done}/{of} {self.what}", done, of)

    def _show(self, said: str, done: int | None, of: int | None) -> None:
        if self.bars and self.task is not None:
            self.bars.update(self.task, completed=done, total=of, said=said)
        elif time.monotonic() >= self.next_plain:
            self.next_plain = time.monotonic() + self.every_s
            self.out.print(f"{self.name}: {said}", soft_wrap=True)
