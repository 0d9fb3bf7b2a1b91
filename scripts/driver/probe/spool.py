"""The file that a shard's events go to as they come. It is what a later run continues from, so it also has
what no events.jsonl has: the start of each process, its end, what is counted over cases, and a last line when
nothing is left to run."""
from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from . import events
from .events import Event

FINISHED = {"ev": "finished"}
# Kinds of lines for this file only.
_OWN = ("start", "end", "injectable", "finished")


@dataclass
class Kept:
    """What a spool has from before."""

    size: int = 0                  # bytes up to the end of the last whole case, or line that is of no case
    expected: int | None = None
    done: int = 0
    shots: int = 0
    failures: int = 0
    hangs: int = 0
    last_index: int | None = None
    counts: tuple[int, int] = (0, 0)   # of the last "injectable" event
    ends: list[Event] = field(default_factory=list)
    finished: bool = False


def scan(path: Path) -> Kept:
    """Reads what is there. A case that is not whole ends it: a killed driver's last write."""
    kept, at, counts = Kept(), 0, (0, 0)
    open_failures: list[Event] | None = None   # of the case that has begun
    with path.open("rb") as file:
        for raw in file:
            at += len(raw)
            event = _parse(raw)
            if event is None:
                break
            kind = event["ev"]
            if kind == "begin":
                open_failures = []
            elif kind == "fail" and open_failures is not None:
                open_failures.append(event)
            elif kind == "injectable":   # stands before the case that it counts
                counts = (event["injected"], event["injectable"])
            elif kind == "case":
                _count_case(kept, event, open_failures or [])
                open_failures, kept.counts = None, counts
            elif kind == "fail":
                _count_failure(kept, event)
            elif kind == "start" and kept.expected is None:
                kept.expected = event["cases"]
            elif kind == "end":
                kept.ends.append(event)
            kept.finished = kept.finished or kind == "finished"
            if open_failures is None and kind != "injectable":
                kept.size = at
    # Without a case there is nothing to continue behind.
    return kept if kept.done or kept.finished else Kept()


def _parse(raw: bytes) -> Event | None:
    if not raw.endswith(b"\n"):
        return None
    try:
        return events.parse(raw.decode("utf-8"))
    except ValueError:
        return None


def _count_case(kept: Kept, event: Event, failures: list[Event]) -> None:
    kept.done += 1
    kept.shots += event["shots"]
    kept.last_index = event["index"]
    for failure in failures:
        _count_failure(kept, failure)


def _count_failure(kept: Kept, event: Event) -> None:
    kept.failures += 1
    kept.hangs += event["oracle"] == "hang" and event.get("by") == "driver"


def of_no_case(path: Path) -> Iterator[str]:
    """The lines of a spool for events.jsonl that belong to no case."""
    inside = False
    with path.open(encoding="utf-8") as file:
        for line in file:
            kind = events.kind_of(line)
            inside = inside or kind == "begin"
            if not inside and kind not in _OWN:
                yield line.rstrip("\n")
            inside = inside and kind != "case"


def read(path: Path) -> Iterator[Event]:
    """The probe's events in a spool."""
    return (event for event in events.read(path) if event["ev"] not in _OWN)


class Spool:
    """Appends to the file behind what it `kept`. Every write is whole lines, and is on its way to the disk
    when it returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept = scan(path) if path.exists() else Kept()
        self._size = self.kept.size

    def __enter__(self) -> Self:
        self._fd = os.open(self.path, os.O_WRONLY | os.O_CREAT, 0o666)
        os.ftruncate(self._fd, self._size)
        os.lseek(self._fd, 0, os.SEEK_END)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        os.close(self._fd)

    def write(self, *lines: str) -> None:
        """Raises OSError, with the file's name, if they don't fit; then none of them is there."""
        data = "".join(line + "\n" for line in lines).encode("utf-8")
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._fd, rest):]
        except OSError as error:
            os.ftruncate(self._fd, self._size)
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        self._size += len(data)
