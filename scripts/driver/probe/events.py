"""The probe's event lines: their form, the groups of lines that belong to one case, and the joining of
several shards' groups in the order of the case index, so that the result does not depend on how many CPUs ran
them."""
from __future__ import annotations

import contextlib
import heapq
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from . import event_file

Event = dict[str, Any]

CASE_COUNTS = ("pcs", "reportable", "covered", "shots", "resumed", "restarted", "entry_restarted", "refused",
               "failures")

# Of an event: what no two runs have alike.
TIMES = ("wall_ns", "shot_ns", "floor_ns", "early", "boot_ns", "boot_cpu_ns", "boots")

_NEEDED: dict[str, dict[str, type]] = {
    "start": {"cases": int},
    "begin": {"index": int, "case": str},
    "case": {"index": int, "case": str} | dict.fromkeys(CASE_COUNTS, int),
    "fail": {"id": str, "oracle": str},
    "skip": {"what": str, "why": str},
    "strict": {"prog": str, "pcs": int},
    "nested": {"stub_pcs": int, "stub_covered": int, "stub_skipped": int},
    "platform": {"kept": int, "lost": list},
    "injectable": {"injected": int, "injectable": int},
    "boot": {"boot_ns": int, "boot_cpu_ns": int},
    "experiment": {"what": str, "verdict": str},
    "blaming": {"shot": str, "visit": int},
}


def dump(event: Event) -> str:
    return json.dumps(event, separators=(",", ":"), ensure_ascii=False)


def parse(line: str) -> Event:
    """The event of a line; kinds that this driver doesn't know pass. Raises ValueError with the reason when
    it is not one."""
    event = json.loads(line)
    if not isinstance(event, dict) or not isinstance(event.get("ev"), str):
        raise ValueError("not an object with an \"ev\"")
    for name, kind in _NEEDED.get(event["ev"], {}).items():
        if not isinstance(event.get(name), kind) or isinstance(event.get(name), bool):
            raise ValueError(f"{event['ev']!r} needs {name!r} as {kind.__name__}")
    return event


@dataclass(frozen=True)
class Group:
    """The lines from a case's "begin" to its "case"."""

    index: int
    lines: list[str]


_KIND = re.compile(r'\{"ev":"(\w+)"')


def kind_of(line: str) -> str:
    """Of an event's line; most need no more, and parsing them is what a driver of a million shots does."""
    found = _KIND.match(line)
    return found.group(1) if found else json.loads(line)["ev"]


def groups(stream: Iterable[str]) -> Iterator[Group]:
    """The groups of a spool or an events.jsonl, in the order of the file; other lines are left out."""
    index = -1
    lines: list[str] = []
    for line in stream:
        line = line.rstrip("\n")
        kind = kind_of(line)
        if kind == "begin":
            index, lines = json.loads(line)["index"], []
        lines.append(line)
        if kind == "case":
            yield Group(index, lines)


def write_merged(out: IO[str], start: Event, loose: Iterable[str], spools: list[Path],
                 end: Event) -> list[int]:
    """Writes one run's events: the start, the lines that belong to no case (sorted, each once), the groups of
    all spools by index, the end. Returns the indices that came from more than one spool (they must not)."""
    twice: list[int] = []
    out.write(dump(start) + "\n")
    for line in sorted(set(loose)):
        out.write(line + "\n")
    with contextlib.ExitStack() as files:
        merged = heapq.merge(*(groups(files.enter_context(event_file.reading(path))) for path in spools),
                             key=lambda g: g.index)
        last = None
        for group in merged:
            if group.index == last:
                twice.append(group.index)
                continue
            last = group.index
            out.writelines(line + "\n" for line in group.lines)
    out.write(dump(end) + "\n")
    return twice


def loose(path: Path) -> list[str]:
    """The lines of an events.jsonl that belong to no case: those between its start and its first group."""
    found = []
    with event_file.reading(path) as f:
        for line in f:
            kind = kind_of(line)
            if kind in ("begin", "end"):
                break
            if kind != "start":
                found.append(line.rstrip("\n"))
    return found


def ends(path: Path) -> list[Event]:
    """The "end" of an events.jsonl."""
    with event_file.reading(path) as f:
        return [json.loads(line) for line in f if kind_of(line) == "end"]


def read(path: Path) -> Iterator[Event]:
    with event_file.reading(path) as f:
        for line in f:
            yield json.loads(line)


def timeless(path: Path) -> Iterator[str]:
    """The lines of an events.jsonl without what differs from run to run: the same seed gives the same
    ones."""
    for event in read(path):
        yield dump({name: value for name, value in event.items() if name not in TIMES})
