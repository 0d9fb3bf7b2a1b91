"""What no check could speak of in a binary: functions with damaged tables, instructions that nothing is known
of, PCs where SP is not known. Where the runtime may preempt such a function, the verdict is incomplete."""
from __future__ import annotations

from collections import Counter
from typing import Any

Unchecked = dict[str, Any]   # a line of everypc-go check: harness/go/commands/unchecked.h

SHOWN = 10   # of each binary, on the terminal


def preemptible(listed: list[Unchecked]) -> list[Unchecked]:
    return [one for one in listed if one["preemptible"]]


def line(one: Unchecked) -> str:
    """Where, what, why: "main.f+0x8: a7f4ffff (alghsik %r1, %r2, -1): nothing is known of ..."."""
    if "offset" not in one:
        return f"{one['function']} ({one['size']} bytes): {one['why']}: {one['detail']}"
    more = f", {one['n']} of them" if one["n"] > 1 else ""
    return f"{one['function']}+{one['offset']:#x}: {one['bytes']} ({one['text']}){more}: {one['detail']}"


def notes(name: str, listed: list[Unchecked], functions: int, of: int) -> list[str]:
    """The lines of a binary: those that matter first, each named; then those that the runtime refuses, by
    what is the matter. `functions`: how many are incomplete; `of`: that may be preempted."""
    mine = preemptible(listed)
    lines = []
    if functions:
        lines.append(f"{name}: incomplete: {functions} of {of} functions that may be preempted could not be "
                     "checked throughout:")
        lines += [f"  {line(one)}" for one in mine[:SHOWN]]
        if len(mine) > SHOWN:
            lines.append(f"  ... and {len(mine) - SHOWN} more in its summary.json")
    return lines + _refused(name, [one for one in listed if not one["preemptible"]])


def _refused(name: str, others: list[Unchecked]) -> list[str]:
    """A line for each reason, with an example of each mnemonic."""
    lines = []
    for why, n in Counter(one["why"] for one in others).items():
        examples: dict[str, Unchecked] = {}
        for one in others:
            if one["why"] == why:
                examples.setdefault(one.get("text", "").partition(" ")[0], one)
        shown = [f"{mnemonic} at {one['function']}+{one['offset']:#x}" if mnemonic else one["function"]
                 for mnemonic, one in list(examples.items())[:SHOWN]]
        more = f" and {len(examples) - SHOWN} more kinds" if len(examples) > SHOWN else ""
        lines.append(f"{name}: never preempted, so that it does not matter to the verdict: {why} in {n} "
                     f"{'function' if n == 1 else 'functions'}: {', '.join(shown)}{more}")
    return lines
