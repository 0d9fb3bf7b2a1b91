"""The probe's event lines: their form, the groups of lines that belong to one case, and the joining of
several shards' groups in the order of the case index, so that the result does not depend on how many CPUs ran
them."""
from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

Event = dict[str, Any]

CASE_COUNTS = ("pcs", "reportable", "covered", "shots", "resumed", "restarted", "entry_restarted", "refused",
               "failures")

# Of an event: what no two runs have alike.
TIMES = ("wall_ns", "shot_ns", "floor_ns", "early", "boot_ns", "boots")

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
    "boot": {"boot_ns": int},
    "experiment": {"what": str, "verdict": str},
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


def groups(stream: Iterable[str]) -> Iterator[Group]:
    """The groups of a spool or an events.jsonl, in the order of the file; other lines are left out."""
    index = -1
    lines: list[str] = []
    for line in stream:
        line = line.rstrip("\n")
        event = json.loads(line)
        if event["ev"] == "begin":
            index, lines = event["index"], []
        lines.append(line)
        if event["ev"] == "case":
            yield Group(index, lines)


def write_merged(out: TextIO, start: Event, loose: Iterable[str], spools: list[Path],
                 end: Event) -> list[int]:
    """Writes one run's events: the start, the lines that belong to no case (sorted, each once), the groups of
    all spools by index, the end. Returns the indices that came from more than one spool (they must not)."""
    twice: list[int] = []
    out.write(dump(start) + "\n")
    for line in sorted(set(loose)):
        out.write(line + "\n")
    files = [path.open(encoding="utf-8") for path in spools]
    try:
        last = None
        for group in heapq.merge(*(groups(f) for f in files), key=lambda g: g.index):
            if group.index == last:
                twice.append(group.index)
                continue
            last = group.index
            out.writelines(line + "\n" for line in group.lines)
    finally:
        for f in files:
            f.close()
    out.write(dump(end) + "\n")
    return twice


def loose(path: Path) -> list[str]:
    """The lines of an events.jsonl that belong to no case: those between its start and its first group."""
    found = []
    with path.open(encoding="utf-8") as f:
        for line in f:
            kind = json.loads(line)["ev"]
            if kind in ("begin", "end"):
                break
            if kind != "start":
                found.append(line.rstrip("\n"))
    return found


def read(path: Path) -> Iterator[Event]:
    with path.open(encoding="utf-8") as f:
        for line in f:
            yield json.loads(line)


def timeless(path: Path) -> Iterator[str]:
    """The lines of an events.jsonl without what differs from run to run: the same seed gives the same
    ones."""
    for event in read(path):
        yield dump({name: value for name, value in event.items() if name not in TIMES})
