"""What a commit did to the tables: a line for each Prog of cases, or each function of binaries."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..go import compare
from ..report.results import count
from . import marks

SHOWN = 20


def between(before: Path, after: Path, tree: str) -> list[str]:
    """From the tables that two trials wrote. `tree`: how sources in the worktree are named, left out."""
    if not before.exists() or not after.exists():
        return ["tables: not compared, as one of the two commits has none that can be read"]
    one, other = (json.loads(path.read_text(encoding="utf-8")) for path in (before, after))
    found = [*_cases(one.get("cases", {}), other.get("cases", {})),
             *_functions(one.get("functions", {}), other.get("functions", {}))]
    head = f"tables: {count(len(found), 'difference')} to the commit before"
    more = [f"  ... and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return [head, *(f"  {line}".replace(tree, "") for line in found[:SHOWN]), *more]


def _cases(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    for target in sorted(before.keys() & after.keys()):
        try:
            one, other = marks.parse(target, before[target]), marks.parse(target, after[target])
        except UsageError:   # no case matched in one of them
            continue
        for entry in marks.deviating(one, other):
            yield f"{target}/{entry.said()}"
        for name in sorted(one.keys() - other.keys()):
            yield f"{target}/{name}: gone"
        for name in sorted(other.keys() - one.keys()):
            yield f"{target}/{name}: new"
        for name in marks.same_code(one, other)[1]:
            if name in other:
                yield f"{target}/{name}: its code is another"
        yield from _deltas(target, before[target], after[target])


def _deltas(target: str, before: str, after: str) -> Iterator[str]:
    one, other = _by_name(before), _by_name(after)
    for name in sorted(one.keys() & other.keys()):
        if one[name] != other[name]:
            yield f"{target}/{name}: SP deltas {one[name]} are now {other[name]}"


def _by_name(text: str) -> dict[str, Any]:
    found = (json.loads(line).get("case") for line in text.splitlines())
    return {case["name"]: case["deltas"] for case in found if case}


def _functions(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in sorted(before.keys() & after.keys()):
        one, other = ({f["name"]: f for f in side[name]} for side in (before, after))
        for function in sorted(one.keys() & other.keys()):
            found = compare.function(function, one[function], other[function])
            if found:
                yield (f"{name} {function}: {found['gained']} PCs gained and {found['lost']} lost "
                       f"preemptibility, {found['other_action']} are resumed otherwise ({found['how']})")
            if one[function]["deltas"] != other[function]["deltas"]:
                yield (f"{name} {function}: SP deltas {one[function]['deltas']} are now "
                       f"{other[function]['deltas']}")
