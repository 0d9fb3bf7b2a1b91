"""Which failures the terminal shows: up to a limit for each target, each case's first before any case's
second, and those of a case together."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .results import Summary

SHOWN = 20    # of each target


@dataclass(frozen=True)
class CaseFailures:
    """Those of one case: the ones to show, and how many more are known."""

    case: str
    failures: list[dict[str, Any]]
    left: int


def _place(failure: dict[str, Any]) -> tuple[str, str]:
    """Target and case of a failure's id."""
    target, _, rest = failure["id"].partition("/")
    case, at, _ = rest.rpartition("@")
    return target, case if at else rest


def by_target(total: Summary, limit: int) -> dict[str, list[CaseFailures]]:
    """The cases of each target that failed, with what to show of them, in the order of the events."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for failure in total["failures"]:
        target, case = _place(failure)
        found.setdefault(target, {}).setdefault(case, []).append(failure)
    return {target: _limited(cases, limit) for target, cases in found.items()}


def _limited(cases: dict[str, list[dict[str, Any]]], limit: int) -> list[CaseFailures]:
    kept = dict.fromkeys(cases, 0)
    for depth in range(max(map(len, cases.values()))):
        for case, failures in cases.items():
            if len(failures) > depth and limit > 0:
                kept[case] += 1
                limit -= 1
    return [CaseFailures(case, failures[:kept[case]], len(failures) - kept[case])
            for case, failures in cases.items()]


def left_out(total: Summary, target: str, cases: list[CaseFailures]) -> str:
    """What the terminal does not show of a target's failures; empty: it shows all."""
    shown = sum(len(one.failures) for one in cases)
    known = shown + sum(one.left for one in cases)
    counted = next((s["failed"] for s in total["targets"] if s["target"] == target), known)
    more = max(counted, known) - shown
    unseen = sum(not one.failures for one in cases)
    if not more:
        return ""
    return f"... and {more} more on {target}" + (f", {unseen} of the cases not shown at all" if unseen
                                                 else "")
