"""Finds which of many changes make a run fail, by patterns of their IDs (pattern.py): halves of what is left
are run until single changes remain. Three of 10,000 changes, each of which is enough by itself, take some 45
runs; a set that fails only as a whole is found, too, with more."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from ..errors import DriverError, UsageError
from . import pattern


@dataclass(frozen=True)
class Trial:
    """What a run with a pattern came to."""

    failed: bool
    reports: dict[int, str] = field(default_factory=dict)   # of the changes that matched, by ID


Run = Callable[[str], Trial]


@dataclass(frozen=True)
class Guilty:
    """A set of changes that together are enough to make the run fail, none of which can be left out."""

    changes: tuple[int, ...]
    reports: tuple[str, ...]


@dataclass(frozen=True)
class _Node:
    """The changes whose IDs end in the same bits."""

    suffix: str   # "": all
    changes: frozenset[int]

    def halves(self) -> tuple[_Node, _Node]:
        """By the next bit that tells them apart; there are at least two."""
        suffix, rest = self.suffix, self.changes
        while True:
            place = len(suffix)
            one = frozenset(change for change in rest if change >> place & 1)
            if one and one != rest:
                return _Node("0" + suffix, rest - one), _Node("1" + suffix, one)
            suffix = ("1" if one else "0") + suffix

    @property
    def term(self) -> str:
        return self.suffix or "y"


class Search:
    """`say` is told what happens. `most`: sets to find, 0 for all."""

    def __init__(self, run: Run, say: Callable[[str], None], most: int = 0) -> None:
        self._run, self._say, self._most = run, say, most
        self.runs = 0
        self.more = False            # the run fails without what was found, too
        self._inverted = ""          # "!" where switching changes off makes it fail
        self._skip: list[int] = []   # found already
        self._clean: set[int] = set()   # by themselves they don't make it fail

    def find(self) -> list[Guilty]:
        """The sets, in the order found. Raises UsageError where all and no changes come to the same, and
        DriverError where the outcome changes from run to run."""
        every = self._both_ends()
        found: list[Guilty] = []
        while True:
            guilty = self._next(frozenset(every - set(self._skip)))
            found.append(guilty)
            self._skip += guilty.changes
            self._say(f"found: {' and '.join(guilty.reports)}")
            self.more = self._fails(["y"])
            if not self.more or (self._most and len(found) >= self._most):
                return found

    def _both_ends(self) -> set[int]:
        """All changes. Says which way they work."""
        without, with_all = self._trial("n"), self._trial("y")
        if without.failed == with_all.failed:
            raise UsageError("the run {} with all changes and without any: there is nothing to find between "
                             "them".format("fails" if without.failed else "passes"))
        self._inverted = "!" if without.failed else ""
        every = set(with_all.reports) | set(without.reports)
        if not every:
            raise UsageError("the run reports no change: does the pattern reach it, and is its output shown?")
        self._say(f"{len(every)} changes; the run fails with all of them "
                  + ("off" if self._inverted else "on"))
        return every

    def _trial(self, text: str) -> Trial:
        self.runs += 1
        return self._run(text)

    def _fails(self, terms: Iterable[str], visible: bool = False, skip: bool = True) -> bool:
        return self._with(terms, visible, skip).failed

    def _with(self, terms: Iterable[str], visible: bool, skip: bool) -> Trial:
        text = ("v" if visible else "") + self._inverted + "+".join(terms)
        return self._trial(text + "".join(f"-{pattern.exactly(c)}" for c in (self._skip if skip else [])))

    def _next(self, changes: frozenset[int]) -> Guilty:
        """One more set, where all these changes fail together."""
        single = self._single(_Node("", changes))
        if single is not None:
            return single
        self._say("no change is enough by itself: looking for a set")
        return self._confirmed(self._minimal(_Node("", changes), []))

    def _single(self, node: _Node) -> Guilty | None:
        """A change that is enough by itself, taking it that there is one."""
        while len(node.changes) > 1:
            first, second = node.halves()
            if second.changes <= self._clean:
                node = first
            elif first.changes <= self._clean:
                node = second
            elif self._fails([first.term]):
                node = first
            else:
                self._clean |= first.changes
                node = second
        change = next(iter(node.changes))
        trial = self._with([pattern.exactly(change)], True, False)
        return Guilty((change,), (_report(trial, change),)) if trial.failed else None

    def _minimal(self, node: _Node, kept: list[str]) -> list[int]:
        """The changes of `node` that a failing set needs beside `kept`, which passes by itself."""
        if len(node.changes) == 1:
            return list(node.changes)
        first, second = node.halves()
        for half in (first, second):
            if self._fails([*kept, half.term]):
                return self._minimal(half, kept)
        some = self._minimal(first, [*kept, second.term])
        return some + self._minimal(second, [*kept, *map(pattern.exactly, some)])

    def _confirmed(self, changes: Sequence[int]) -> Guilty:
        trial = self._with(map(pattern.exactly, changes), True, False)
        if not trial.failed:
            raise DriverError(f"the run passes with the {len(changes)} changes that it failed with before: "
                              "its outcome is not the same every time")
        return Guilty(tuple(changes), tuple(_report(trial, change) for change in changes))


def _report(trial: Trial, change: int) -> str:
    return trial.reports.get(change) or f"{change:#018x}"
