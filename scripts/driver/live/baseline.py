"""Which tests of a test binary pass without a shot: those that fail there would hide what a shot does."""
from __future__ import annotations

import re

from ..context import Context
from ..errors import DriverError
from . import program, runs
from .plan import LivePlan
from .program import Ended
from .runs import Limits

_FAILED = re.compile(r"--- FAIL: (\S+)")
_ROUNDS = 4
NO_TESTS = "-test.run=^$"


class Unfit(DriverError):
    """The tests end badly without a shot, and leaving out those that fail does not help."""


def starts(context: Context, made: LivePlan, words: list[str], limits: Limits) -> Ended:
    """A run without any test."""
    return _run(context, made, [*words, NO_TESTS], limits)


def passing(context: Context, made: LivePlan, words: list[str], tests: str,
            limits: Limits) -> tuple[str, list[str], Ended]:
    """The pattern of the tests that pass, the names of those that it leaves out, and how the run ended."""
    pattern, left_out = tests, list[str]()
    for _ in range(_ROUNDS):
        ended = _run(context, made, [*words, f"-test.run={pattern}"], limits)
        if ended.status == 0:
            return pattern, left_out, ended
        failing = {name for line in ended.printed if (name := _top_level(line))} - set(left_out)
        if not failing:
            break
        left_out += sorted(failing)
        every = context.run([*made.prefix, words[0], f"-test.list={tests}"]).out.split()
        kept = [name for name in every if name not in left_out and not name.startswith("Benchmark")]
        if not kept:
            break
        pattern = f"^({'|'.join(kept)})$"
    raise Unfit(f"{reason(ended)}")


def _run(context: Context, made: LivePlan, words: list[str], limits: Limits) -> Ended:
    ended = runs.plain(context, made, words, limits, None)
    if ended.interrupted:
        raise context.stop.error()
    return ended


def _top_level(line: str) -> str:
    found = _FAILED.match(line)
    return found[1] if found else ""


def reason(ended: Ended) -> str:
    """The status, and what was said of it."""
    lines = [line for line in (*ended.printed, *ended.said)
             if line.startswith(("--- FAIL", "panic:", "fatal error:", "runtime:", "SIG"))]
    return "; ".join([program.status_text(ended.status), *lines[:2]])
