"""Whether a program runs the same way each time: the run that is in the results folder, if it was begun with
the same arguments, against the one that has just ended."""
from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..unfinished import digest
from . import report, shots
from .plan import Wish
from .shots import Shots

SHOTS = "shots.bin"


@dataclass(frozen=True)
class Earlier:
    """A run's identity, and what came of each PC, by address: its outcome, and how many shots it got."""

    identity: dict[str, Any]
    pcs: Mapping[int, tuple[str, int]]


def identity(program: Path, words: list[str], wish: Wish) -> dict[str, Any]:
    """What has to be the same for the same shots."""
    asked = {**dataclasses.asdict(wish), "visits": str(wish.visits)}
    made: dict[str, Any] = json.loads(json.dumps(
        {"program": digest(program), "arguments": words[1:], **asked}))
    return made


def earlier(folder: Path) -> Earlier | None:
    """The run before, as long as its files are there and whole."""
    try:
        result = json.loads((folder / report.JSON).read_text(encoding="utf-8"))
        found = shots.read(folder / SHOTS, result["big_endian"])
        return Earlier(result["identity"], _outcomes(found))
    except (OSError, ValueError, KeyError, shots.NotAPlan):
        return None


def changed(before: Earlier | None, now: dict[str, Any], found: Shots) -> int | None:
    """PCs that came to something else, or got more or fewer shots, than in the run before; None if it was
    another one."""
    if before is None or before.identity != now:
        return None
    after = _outcomes(found)
    return sum(before.pcs.get(pc) != outcome for pc, outcome in after.items())


def _outcomes(found: Shots) -> dict[int, tuple[str, int]]:
    return {pc.address: (pc.outcome, pc.shots) for pc in found.pcs}
