"""The last visit of each PC: a run without shots counts them, and the run under fire fires there. Where the
program does not run twice in the same way, the counts differ; the report says at how many PCs."""
from __future__ import annotations

from pathlib import Path
from typing import Any

from ..context import Context
from ..errors import UsageError
from . import runs, shots
from .plan import LivePlan, Wish
from .program import Ended
from .runs import Limits
from .shots import Shots

AT_MOST = 1000   # of a PC that are counted: each one has the program stopped


def last_visits(context: Context, made: LivePlan, words: list[str], wish: Wish, limits: Limits,
                without: Ended | None, source: Path | None) -> dict[int, int]:
    """By address, of those that were executed. The plan is as it was before."""
    before = made.shots.read_bytes()
    shots.ask_to_count(made.shots, made.big_endian, AT_MOST)
    ended = runs.under_fire(context, made, words, wish, limits, without, source, quiet=True)
    found = shots.read(made.shots, made.big_endian)
    if ended.interrupted:
        raise context.stop.error()
    if ended.hung:
        raise UsageError("the program made no progress while its visits were counted: narrow with --func, or "
                         "give --budget")
    made.shots.write_bytes(before)
    return {pc.address: pc.visits for pc in found.pcs if pc.visits}


def ask_for_last(made: LivePlan, visits: dict[int, int]) -> None:
    """Has the plan fire at these, too."""
    pcs = shots.read(made.shots, made.big_endian).by_index
    shots.ask_for_last(made.shots, made.big_endian,
                       {index: visits[pc.address] for index, pc in pcs.items() if pc.address in visits})


def counts(found: Shots) -> dict[str, Any]:
    """How the run under fire compares with the one that counted, in PCs."""
    asked = [pc for pc in found.pcs if pc.last]
    return {"last_counted": len(asked), "last_cut": sum(pc.last == AT_MOST for pc in asked),
            "last_missed": sum(pc.visits < pc.last for pc in asked),
            "last_came_again": sum(pc.came_again and pc.last != AT_MOST for pc in asked)}
