"""The marks of two builds of the same cases: where they differ, and mixtures of both for one probe."""
from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import folders
from ..context import Context
from ..errors import UsageError
from ..go import tool
from ..probe.explanation import VALUES
from ..report import depth
from . import pattern

UNSAFE, RESTART, OTHER_RESTART = -2, -3, -4   # values of PCDATA_UnsafePoint
_KINDS = {RESTART: "restart", OTHER_RESTART: "restart"}
ENTRY, RULE = "entry", "rule"   # what changes are: entries of the table, or what makes them


@dataclass(frozen=True)
class Prog:
    offset: int
    value: int
    text: str
    source: str


Cases = dict[str, tuple[Prog, ...]]   # by name, in the probe's order


@dataclass(frozen=True)
class Entry:
    """A Prog that the two builds mark differently."""

    case: str
    prog: int
    text: str
    source: str
    good: str     # its mark there, in words
    bad: str
    change: int   # the ID of the change that it is part of

    def said(self) -> str:
        return f"{self.case} +{self.prog}: {self.text}: {self.good} is now {self.bad} ({self.source})"


def read(context: Context, path: Path, glob: str | None = None) -> Cases:
    """Of a probe, or of a file with what `everypc-go cases --tables` printed of one. The tool is built."""
    if path.suffix == ".json":
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as error:
            raise UsageError(f"{path}: {error.strerror}") from None
    else:
        text = tool.call(context, "cases", "--tables", *(["--only", glob] if glob else []), str(path)).out
    return parse(path, text)


def parse(path: object, text: str) -> Cases:
    """What `everypc-go cases --tables` printed. `path`: where it is from, for the message."""
    found: Cases = {}
    try:
        for line in text.splitlines():
            one = json.loads(line).get("case")
            if one:
                found[one["name"]] = tuple(Prog(*prog) for prog in one["progs"])
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise UsageError(f"{path}: not what everypc-go cases --tables prints: {error}") from None
    if not found:
        raise UsageError(f"{path}: no case in it")
    return found


def _kind(value: int) -> str:
    return _KINDS.get(value, VALUES.get(value, str(value)))


def _goes_on(progs: tuple[Prog, ...], k: int) -> bool:
    """Prog k belongs to the restart range of the one before it."""
    return k > 0 and _kind(progs[k].value) == "restart" and progs[k].value == progs[k - 1].value


def _mark(progs: tuple[Prog, ...], k: int) -> str:
    return f"{_kind(progs[k].value)}{', of the range before it' if _goes_on(progs, k) else ''}"


def same_code(one: Cases, other: Cases) -> tuple[list[str], list[str]]:
    """The cases of both whose Progs lie at the same offsets, and those that can't be compared."""
    fit: list[str] = []
    unfit: list[str] = []
    for name, progs in one.items():
        theirs = other.get(name, ())
        alike = [p.offset for p in progs] == [p.offset for p in theirs]
        (fit if alike else unfit).append(name)
    return fit, unfit


def deviating(good: Cases, bad: Cases, by: str = ENTRY) -> list[Entry]:
    """Where the marks differ, in the order of the cases. `by`: each entry is a change of its own, or all
    those that one rule makes: one shape of Prog, from one mark to another."""
    found = []
    for name in same_code(good, bad)[0]:
        for k, prog in enumerate(bad[name]):
            was, now = _mark(good[name], k), _mark(bad[name], k)
            if was != now:
                what = (name, k) if by == ENTRY else (depth.shape(prog.text), was, now)
                found.append(Entry(name, k, prog.text, prog.source, was, now, pattern.identity(*what)))
    return found


def reported(entries: Iterable[Entry], matched: set[int], visible: bool, by: str) -> Iterator[str]:
    """The lines that report the changes that matched, with their markers."""
    seen: dict[int, int] = {}
    for entry in entries:
        if entry.change in matched:
            seen[entry.change] = seen.get(entry.change, 0) + 1
            if seen[entry.change] == 1:
                text = entry.said() if by == ENTRY else (
                    f"{depth.shape(entry.text)}: {entry.good} is now {entry.bad} (as in {entry.case}, "
                    f"{entry.source})")
                yield pattern.marker(entry.change) + (f" {text}" if visible else "")


def mixed(good: tuple[Prog, ...], bad: tuple[Prog, ...], as_bad: set[int]) -> list[int]:
    """The marks of a case whose Progs `as_bad` are marked as in `bad`, and the others as in `good`. The two
    restart values are assigned anew, so that ranges of both that come to lie side by side stay apart."""
    values: list[int] = []
    for k in range(len(good)):
        source = bad if k in as_bad else good
        value = source[k].value
        if _kind(value) == "restart":
            before = values[-1] if values else UNSAFE
            goes_on = _goes_on(source, k) and _kind(before) == "restart"
            value = before if goes_on else (OTHER_RESTART if before == RESTART else RESTART)
        values.append(value)
    return values


def write(path: Path, good: Cases, bad: Cases, entries: list[Entry], enabled: set[int]) -> None:
    """What a probe takes as --marks: all cases that have deviating entries, with those of the enabled changes
    as in `bad`."""
    as_bad: dict[str, set[int]] = {}
    for entry in entries:
        some = as_bad.setdefault(entry.case, set())
        if entry.change in enabled:
            some.add(entry.prog)
    lines = [" ".join([name, *map(str, mixed(good[name], bad[name], some))]) for name, some in as_bad.items()]
    folders.write_text(path, "".join(f"{line}\n" for line in lines))
