"""Which files changed, by looking at their times again and again, and what of a check they touch: which
cases, on which targets."""
from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..children import StopRequest
from .casefiles import SUFFIXES, Selection
from .targets import Target

POLL_S = 0.3    # how soon a change is seen
SETTLE_S = 0.1  # an editor's save may be several writes
# What a probe is built from, beside cases/ and arch/.
_SOURCES = ("harness/probe", "harness/pctab", "harness/asm", "harness/build.mk", "Makefile")
_APART = ("test", "insn", "live")   # of a port: no part of its probe
_IGNORED = (".", "#")
_TEMPORARY = ("~", ".swp", ".tmp")

Times = dict[Path, tuple[int, int]]


@dataclass(frozen=True)
class Touched:
    """`files`: the cases to run; empty: all that were asked for."""

    targets: tuple[str, ...]
    files: tuple[Path, ...]


class Watch:
    """Of files and folders."""

    def __init__(self, places: Iterable[Path]) -> None:
        self.places = list(places)
        self.times = self._look()

    def wait(self, stop: StopRequest) -> list[Path]:
        """What changed, appeared or went since the last call; empty where a stop was asked for."""
        while not stop.requested:
            time.sleep(POLL_S)
            changed = self._changed()
            if changed:
                time.sleep(SETTLE_S)
                return sorted({*changed, *self._changed()})
        return []

    def _changed(self) -> set[Path]:
        now = self._look()
        changed = {path for path in {*now, *self.times} if now.get(path) != self.times.get(path)}
        self.times = now
        return changed

    def _look(self) -> Times:
        found: Times = {}
        for place in self.places:
            _scan(place, found)
        return found


def _scan(place: Path, found: Times) -> None:
    try:
        if not place.is_dir():
            said = place.stat()
            found[place] = (said.st_mtime_ns, said.st_size)
            return
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.startswith(_IGNORED) or entry.name.endswith(_TEMPORARY):
                    continue
                if entry.is_dir():
                    _scan(Path(entry.path), found)
                else:
                    said = entry.stat()
                    found[Path(entry.path)] = (said.st_mtime_ns, said.st_size)
    except FileNotFoundError:   # it goes while it is looked at
        return


def places(root: Path, selection: Selection, sut: Path | None) -> list[Path]:
    """What to watch for a check."""
    return [root / "cases", root / "arch", *(root / name for name in _SOURCES), *selection.files,
            *([sut] if sut else [])]


def touched(root: Path, changed: list[Path], chosen: list[Target], selection: Selection,
            sut: Path | None) -> Touched | None:
    """What has to run again of a check of `chosen` and `selection`; None: nothing."""
    names: set[str] = set()
    files: set[Path] = set()
    whole = False
    for path in changed:
        if path in selection.files:
            own = {t.name for t in chosen}
            files.add(path)
        elif path.is_relative_to(root / "cases"):
            own = set() if selection.files else _of(root / "cases", path, chosen)
            case = path.suffix in SUFFIXES and path.exists()
            files |= {path} if own and case else set()
            whole |= bool(own) and not case
        else:
            own = {t.name for t in chosen} if sut and path.is_relative_to(sut) else _of_source(root, path,
                                                                                               chosen)
            whole |= bool(own)
        names |= own
    if not names:
        return None
    order = tuple(t.name for t in chosen if t.name in names)
    return Touched(order, () if whole else tuple(sorted(files)))


def _of_source(root: Path, path: Path, chosen: list[Target]) -> set[str]:
    if path.is_relative_to(root / "arch"):
        apart = any(part in _APART for part in path.relative_to(root / "arch").parts[:-1])
        return set() if apart else _of(root / "arch", path, chosen)
    return {t.name for t in chosen} if any(path.is_relative_to(root / name) for name in _SOURCES) else set()


def _of(top: Path, path: Path, chosen: list[Target]) -> set[str]:
    """The targets whose folder below `top` has the file, or shares the folder that has it."""
    own = {t.name for t in chosen if path.is_relative_to(top / t.arch)}
    if own or not path.is_relative_to(top):
        return own
    first = path.relative_to(top).parts[0]
    family = {t.name for t in chosen if t.arch.startswith(first + "/")}
    others = {t.arch.partition("/")[0] for t in chosen}
    if family or first in others:
        return family
    return {t.name for t in chosen} if first == "common" or len(path.relative_to(top).parts) == 1 else set()
