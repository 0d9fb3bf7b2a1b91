"""Which shots of a plain signal a program fails by: all of them were handled, so that each is suspected.
Halves of the shots are fired, and halves of those that fail, until single PCs are left."""
from __future__ import annotations

import dataclasses
from collections.abc import Callable

from . import verdict
from .plan import Visits, Wish
from .shots import Pc
from .verdict import Failure, Run

_FOUND, _RUNS = 5, 100   # at most


def narrow(run: Run, failure: Failure, wish: Wish, fails: Callable[[Wish], Run | None]) -> None:
    """Puts what is found into `failure`. `fails` runs the program with other shots, and returns the run if it
    failed."""
    verdict.tried_alone(run, failure, _search(wish, fails))


def _search(wish: Wish, fails: Callable[[Wish], Run | None]) -> list[str]:
    """Places, "main+0x1c#2", at each of which one shot alone does it. By shards, each half of another one."""
    part, of = (int(word) for word in wish.shard.split("/"))
    ways = [(part, of, run) for run in [fails(wish)] if run]   # the failure may be another one's
    found: list[str] = []
    runs = 1
    while ways and len(found) < _FOUND and runs < _RUNS:
        part, of, run = ways.pop(0)
        if len(run.shots.pcs) == 1:
            pc = run.shots.pcs[0]
            at = run.plan.name(pc.function, pc.address)
            visits = _visits(wish, pc)
            runs += len(visits)
            found += [f"{at}#{visit}" for visit in visits
                      if len(visits) == 1 or fails(dataclasses.replace(
                          wish, functions=(), at=(at,), visits=Visits((visit,)), shard="1/1"))][:1]
            continue
        for half in (part, part + of):
            runs += 1
            failed = fails(dataclasses.replace(wish, shard=f"{half}/{2 * of}"))
            if failed:
                ways.append((half, 2 * of, failed))
    return found


def _visits(wish: Wish, pc: Pc) -> list[int]:
    """At which the PC may have been fired at."""
    return sorted({*wish.visits.listed, *([pc.last] if pc.last else []),
                   *({1, max(pc.visits, 1)} if wish.visits.every else [])})
