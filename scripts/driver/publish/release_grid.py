"""The table of Go's releases as the page draws it: a cell for each version and target, over its programs."""
from __future__ import annotations

from collections import Counter
from typing import Any

from ..go import releases
from ..go.releases import Row


def grid(rows: list[Row]) -> dict[str, Any]:
    """versions, targets, and cells by target and version; the functions that were not checked throughout;
    what was left out. Empty without rows."""
    if not rows:
        return {}
    versions = sorted({one.go for one in rows}, key=releases.numbers)
    names = list(dict.fromkeys(one.target for one in rows))
    by_place: dict[tuple[str, str], list[Row]] = {}
    for one in rows:
        by_place.setdefault((one.target, one.go), []).append(one)
    return {"versions": versions,
            "targets": [{"name": name,
                         "cells": [_cell(by_place.get((name, version), [])) for version in versions]}
                        for name in names],
            "programs": list(dict.fromkeys(one.program for one in rows)),
            "unchecked": [(f"{one.go} {one.target} {one.program}", one.unchecked) for one in rows
                          if one.unchecked != releases.NONE],
            "left_out": [(f"{one.go} {one.target} {one.program}", one.left_out) for one in rows
                         if one.left_out != releases.NONE]}


def _cell(rows: list[Row]) -> dict[str, Any] | None:
    """None where the version was not checked on the target."""
    if not rows:
        return None
    n = sum(int(one.pcs) for one in rows)
    safe, restart = (_weighted(rows, name) / n if n else 0.0 for name in ("safe", "restart"))
    gaps, of = releases.incomplete_share(rows)
    return {"new": _sum(rows, "new"), "known": _sum(rows, "known"), "preemptible": f"{safe + restart:.1f}%",
            "restart": f"{restart:.1f}%" if restart else "", "ranges": sum(int(one.ranges) for one in rows),
            "incomplete": gaps, "of": of, "programs": len(rows)}


def _weighted(rows: list[Row], name: str) -> float:
    return sum(int(one.pcs) * float(getattr(one, name).rstrip("%")) for one in rows
               if getattr(one, name) != releases.NONE)


def _sum(rows: list[Row], name: str) -> list[tuple[str, int]]:
    """Findings by check."""
    counts: Counter[str] = Counter()
    for one in rows:
        counts.update(releases.by_check(getattr(one, name)))
    return sorted(counts.items())
