"""Fires a shot again to explain it: asks the probe for the code, the tables and all that differs, and
everypc-asm for the disassembly (explanation.py has the result's shape)."""
from __future__ import annotations

import re
from pathlib import Path

from ..build import make
from ..build.targets import Target
from ..context import Context
from ..errors import DriverError
from . import events, explanation
from .events import Event
from .explanation import Explanation, Line
from .plan import Plan

EVENTS = ("init", "property", "code", "insn", "differs")   # what --explain adds to the events of --repro
# Such a failure is explained by the run that --blame makes, too.
_ASM = Path("build/host/everypc-asm")
_TIMEOUT_S = 30.0
_PLACE = re.compile(r"@\+(0x[0-9a-fA-F]+)#")


def explain(context: Context, plan: Plan, failure: Event | None, case: str = "") -> Explanation:
    """What happened at a failure that `plan`'s probe reported; or, without one, what a case is."""
    shot = failure["id"].partition("/")[2] if failure else case
    place = _PLACE.search(shot)
    found: list[Event] = []
    try:
        done = plan.call(context, "--repro", shot if place else f"{shot}@+0x0#0", "--explain",
                         timeout_s=min(_TIMEOUT_S, plan.hang_s))
    except OSError:
        return of_events(context, plan.target, [], failure)
    for line in done.out.splitlines():
        try:
            found.append(events.parse(line))
        except ValueError:   # the probe died in the middle of it
            continue
    return of_events(context, plan.target, found, failure)


def is_whole(found: list[Event]) -> bool:
    """Whether they explain a shot to its end."""
    kinds = {event["ev"] for event in found}
    return "insn" in kinds and ("shot" in kinds or "fail" in kinds)


def of_events(context: Context, target: Target, found: list[Event], failure: Event | None,
              shot: str = "") -> Explanation:
    """The same from events that are there. `shot`: the id of one that passed, where there is no failure."""
    # A failure of the case as a whole has an id with offset 0, and no Prog.
    place = _PLACE.search(failure["id"] if failure else shot)
    at = int(place[1], 16) if place and (failure is None or "prog" in failure) else None
    whole = failure is not None and at is None   # what became of its first PC does not count
    one = explanation.of_events(target.name, found, None if whole else failure, at)
    _disassemble(context, target, one)
    return one


def _disassemble(context: Context, target: Target, one: Explanation) -> None:
    lines: list[Line] = [line for line in one["lines"] if line["bytes"]]
    if not lines:
        return
    asked = ",".join(f"{line['offset']:#x}:{line['bytes']}" for line in lines)
    try:
        done = context.run([str(_tool(context)), "--target", target.name, "--disasm", asked])
    except (OSError, DriverError) as error:
        one["notes"].append(f"not disassembled: {error}")
        return
    texts = done.out.splitlines()
    if done.status != 0 or len(texts) != len(lines):
        one["notes"].append(f"not disassembled: {done.err.strip() or 'everypc-asm gave no text'}")
        return
    for line, text in zip(lines, texts):
        line["text"] = "" if text == "?" else text


def _tool(context: Context) -> Path:
    """With marks.c under test, only another build of it may be there."""
    path = context.root / _ASM
    if not path.exists():
        make.run(context, "host", merge=True, jobs=context.jobs)
    return path
