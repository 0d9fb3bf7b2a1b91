"""Delta debugging of a case: lines are taken away, then operands made simpler, until no single step of either
kind leaves a case that shows the symptom."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from ..errors import UsageError
from ..probe.events import Event
from . import simpler
from .lines import Case
from .trial import Bench

_BATCH_LINES = 4000      # of all candidates of a build
_SMALL = 8               # lines, from which on operands are made simpler too
_BATCH_CASES = 400
_TRIES = 12              # candidates that are run again, of those that fail
Said = Callable[[str], None]


@dataclass
class Found:
    """The smallest case so far, and its failure."""

    case: Case
    failure: Event
    minimal: bool = False   # nothing can be taken away
    steps: int = 0


class OutOfTime(Exception):
    """The search is over before it has come to its end."""


class Search:
    """One search. `budget_s`: it ends after so long, with what it has."""

    def __init__(self, bench: Bench, start: Case, failure: Event, budget_s: float, said: Said) -> None:
        self.bench, self.said = bench, said
        self.found = Found(start, failure)
        self.extra: list[Case] = []     # what the step before suggests
        self.deadline = time.monotonic() + budget_s

    def run(self) -> Found:
        """Raises UsageError where the case does not show its symptom in a probe of its own."""
        self._begin()
        try:
            while len(self.found.case.body) > _SMALL and self._lines():
                pass
            while self._all():
                pass
            self.found.minimal = True
        except OutOfTime:
            pass
        return self.found

    def _begin(self) -> None:
        failing = self.bench.failing([self.found.case])
        failure = self.bench.confirmed(failing[0][0]) if failing else None
        if failure is None:
            raise UsageError(f"oracle {self.bench.symptom.oracle} does not fail each time in a probe with "
                             "the case alone, so it can't be minimised: it depends on more than the case")
        self.found.failure = failure

    def _lines(self) -> bool:
        """Takes lines away; whether any went."""
        base, sets = self.found.case, list(dict.fromkeys(_removals(self.found.case)))
        failing = self._step([*self.extra, *(base.without(gone) for gone in sets)])
        # What could go by itself may go together.
        single = [gone for gone in sets if len(gone) == 1 and base.without(gone) in failing]
        self.extra = list(_together(base, sorted(k for gone in single for k in gone)))
        return bool(failing)

    def _all(self) -> bool:
        """Takes a line away or makes operands simpler; false if neither can be done."""
        base = self.found.case
        failing = self._step([*self.extra, *(base.without(gone) for gone in _removals(base)),
                              *simpler.leaps(base), *simpler.candidates(base)])
        self.extra = [_combined(base, failing)] if failing else []
        return bool(failing)

    def _step(self, candidates: list[Case]) -> list[Case]:
        """Tries candidates, the simplest first, until some fail, and keeps the simplest of those that do so
        each time. Returns all that failed; none: the case can't be made simpler so."""
        now = simpler.weight(self.found.case)
        ordered = sorted(dict.fromkeys(one for one in candidates if one.instructions
                                       and simpler.weight(one) < now), key=simpler.weight)
        while ordered:
            if time.monotonic() > self.deadline:
                raise OutOfTime
            batch = _batch(ordered)
            ordered = ordered[len(batch):]
            failing = self.bench.failing(batch)
            for number in _spread([number for number, _ in failing]):
                failure = self.bench.confirmed(number)
                if failure is None:
                    continue
                self.found.case, self.found.failure = batch[number], failure
                self.found.steps += 1
                self.said(f"{len(self.found.case.body)} lines, Progs: {self.found.case.progs}")
                return [batch[n] for n, _ in failing]
        return []


def _spread(numbers: list[int]) -> list[int]:
    """The first of them, and some of the rest, up to the last: those that fail in another way are often the
    simplest."""
    first, rest = numbers[:_TRIES // 2], numbers[_TRIES // 2:]
    step = max(1, -(-len(rest) // (_TRIES // 2)))
    return first + rest[::-step][::-1]


def _batch(ordered: list[Case]) -> list[Case]:
    size = n = 0
    while n < len(ordered) and n < _BATCH_CASES and (n == 0 or size < _BATCH_LINES):
        size += len(ordered[n].body)
        n += 1
    return ordered[:n]


def _removals(case: Case) -> Iterator[tuple[int, ...]]:
    """Sets of lines to take away: all but one Prog or two, with and without what is set beside them; chunks
    of every size; each Prog; each line."""
    n, groups = len(case.body), case.groups()
    code = [k for group in groups for k in group]
    inits = [k for k in range(n) if case.body[k].split()[:1] == ["INIT"]]
    for width in (1, 2):
        for i in range(len(groups) - width + 1):
            kept = {k for group in groups[i:i + width] for k in group}
            gone = [k for k in code if k not in kept]
            yield tuple(gone)
            yield tuple(sorted({*gone, *inits}))
    yield tuple(inits)
    yield from groups
    size = n // 2
    while size >= 1:
        yield from (tuple(range(at, min(n, at + size))) for at in range(0, n, size))
        size //= 2


def _together(base: Case, lines: list[int]) -> Iterator[Case]:
    for part in (lines, lines[::2], lines[1::2], lines[:len(lines) // 2], lines[len(lines) // 2:]):
        if len(part) > 1:
            yield base.without(part)


def _combined(base: Case, failing: Iterable[Case]) -> Case:
    """Of each line the simplest of its forms that failed where it alone was changed."""
    best: dict[int, Case] = {}
    for case in failing:
        changed = [k for k, line in enumerate(case.body) if line != base.body[k]] if (
            len(case.body) == len(base.body)) else []
        if len(changed) == 1 and (changed[0] not in best
                                  or simpler.weight(case) < simpler.weight(best[changed[0]])):
            best[changed[0]] = case
    return base.changed({k: case.body[k] for k, case in best.items()})
