"""What a sweep says at its end: a table of its units and the failures in full, on the terminal and as JSON,
Markdown and JUnit in the results."""
from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .. import folders
from ..errors import FAILED, PASSED
from ..report import console, junit
from ..report.results import count
from . import alike, report
from .sweep import FIRED, NOT_BUILT, NOT_RUN, SKIPPED, UNFIT, Outcome

JSON, MARKDOWN, JUNIT = "live-std.json", "live-std.md", "junit.xml"
COLUMNS = ("target", "package", "PCs", "executed", "fired", "injected", "refused", "refused, allowed",
           "not compared", "failed", "s", "why")
# By the names that a unit's outcome has.
COUNTS = ("pcs", "executed", "fired", "injected", "refused", "refused_though_allowed", "uncompared", "failed")
SHOWN = 20
_KEPT_APART = ("functions",)   # of a unit, only in its own file


def overall(outcomes: list[Outcome], of: int, facts: dict[str, Any], interrupted: bool) -> dict[str, Any]:
    """`facts`: what was asked for. `of`: how many units."""
    units = [{name: value for name, value in one.items() if name not in _KEPT_APART} for one in outcomes]
    total = {"schema": 1, **facts, "interrupted": interrupted, "of_units": of,
             **{name: sum(one.get(name, 0) for one in units) for name in COUNTS},
             "refused_why": _summed(one.get("refused_why", {}) for one in units),
             "differ": alike.differences(units),
             "states": _summed({one["state"]: 1} for one in units), "units": units}
    total["exit"] = verdict(total)[0]
    return total


def _summed(several: Iterable[dict[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for one in several:
        for name, n in one.items():
            total[name] = total.get(name, 0) + n
    return total


def binaries(n: int) -> str:
    return f"{n} test {'binary' if n == 1 else 'binaries'}"


def failures(total: dict[str, Any]) -> list[dict[str, Any]]:
    return [failure for one in total["units"] for failure in one.get("failures", [])]


def verdict(total: dict[str, Any]) -> tuple[int, str]:
    states = total["states"]
    what = (f"{binaries(states.get(FIRED, 0))} under fire: "
            f"{count(total['fired'], 'shot')} at {total['executed']} of {count(total['pcs'], 'PC')}, "
            f"{total['injected']} injected, {total['refused']} refused")
    what += "".join(f", {states[state]} {state}" for state in (SKIPPED, UNFIT, NOT_BUILT, NOT_RUN)
                    if states.get(state))
    if total["interrupted"]:
        return FAILED, f"failed: interrupted after {len(total['units'])} of {total['of_units']} units; {what}"
    if total["failed"]:
        names = [one["unit"] for one in total["units"] if one.get("failed")]
        return FAILED, f"failed: {count(total['failed'], 'failure')} in {', '.join(names)}; {what}"
    if states.get(NOT_BUILT) or states.get(NOT_RUN):
        return FAILED, f"failed: {what}"
    others = [f"{one['package']} on {one['target']}" for one in total["differ"] if one["what"] == "verdict"]
    if others:
        return FAILED, f"failed: another verdict from run to run of {', '.join(others)}; {what}"
    if not total["fired"]:
        return FAILED, f"failed: nothing was fired; {what}"
    if total.get("times", 1) > 1:
        differ = len(total["differ"])
        what += f"; {total['times']} runs of each, the same verdicts, " + (
            f"other counts from run to run for {differ} of {total['of_units'] // total['times']}"
            if differ else "the same counts")
    return PASSED, f"passed: {what}"


def line(one: Outcome) -> str:
    """Of a unit that has just ended."""
    again = f", run {one['time']}" if one.get("time", 1) > 1 else ""
    head = f"{one['target']} {one['package']}{again}: "
    if one["state"] != FIRED:
        return f"{head}{one['state']}: {one['why']} ({one['seconds']} s)"
    return (f"{head}{count(one['fired'], 'shot')}, {one['injected']} injected, {one['refused']} refused, "
            f"{count(one['failed'], 'failure')} ({one['seconds']} s)")


def differs(one: dict[str, Any]) -> str:
    """Of a package whose runs are not alike."""
    return f"{one['target']} {one['package']}: other {one['what']} from run to run: {one['said']}"


def _said(one: Outcome) -> str:
    return one["why"] if one["state"] == FIRED else f"{one['state']}: {one['why']}"


def _cells(one: Outcome) -> list[Any]:
    return [one["target"], one["package"], *(one.get(name, "-") for name in COUNTS), f"{one['seconds']:.1f}",
            _said(one)]


def _sum(total: dict[str, Any]) -> list[Any]:
    return ["all", "", *(total[name] for name in COUNTS),
            f"{sum(one['seconds'] for one in total['units']):.1f}", ""]


def refused(total: dict[str, Any]) -> str:
    """Why the runtime refused shots."""
    parts = sorted(total["refused_why"].items(), key=lambda item: -item[1])
    return "refused: " + (", ".join(f"{n} {why}" for why, n in parts) or "none")


def show(total: dict[str, Any], to: Path, to_stderr: bool) -> None:
    out = console.console(to_stderr)
    rows = [_cells(one) for one in total["units"]]
    short = [row[:-1] for row in [*rows, _sum(total)]]
    bad = [i for i, one in enumerate(total["units"]) if one.get("failed")]
    console.print_table(out, console.table(COLUMNS[:-1], short, left=2, bad=bad))
    for one in total["units"]:
        if said := _said(one):
            out.print(f"{one['target']} {one['package']}: {said}", soft_wrap=True)
    out.print(refused(total), soft_wrap=True)
    for apart in total["differ"]:
        out.print(differs(apart), soft_wrap=True)
    found = failures(total)
    for one in found[:SHOWN]:
        out.print("\n".join(report.failure_text(one)), soft_wrap=True)
    if (left := total["failed"] - min(SHOWN, len(found))) > 0:
        out.print(f"... and {count(left, 'failure')} more: {to / MARKDOWN}", soft_wrap=True)


def write(folder: Path, total: dict[str, Any]) -> None:
    folders.write_json(folder / JSON, total)
    folders.write_text(folder / MARKDOWN, markdown(total))
    names = dict.fromkeys(one["target"] for one in total["units"])
    junit.write(folder / JUNIT, [_suite(name, [one for one in total["units"] if one["target"] == name])
                                 for name in names])


def markdown(total: dict[str, Any]) -> str:
    rows = [_cells(one) for one in total["units"]]
    lines = [f"# {total['go']}: its packages' tests under fire\n", verdict(total)[1] + "\n",
             console.markdown_table(COLUMNS, [*rows, _sum(total)], left=2), refused(total) + "\n"]
    lines += [f"- {differs(one)}\n" for one in total["differ"]]
    found = failures(total)
    if found:
        lines += ["## Failures\n", "```", *("\n".join(report.failure_text(one)) for one in found), "```\n"]
    if left := total["failed"] - len(found):
        lines.append(f"... and {count(left, 'failure')} more, without details\n")
    return "\n".join(lines)


def _suite(target: str, units: list[Outcome]) -> ET.Element:
    """A test case for each package."""
    suite = ET.Element("testsuite", name=target, time=f"{sum(one['seconds'] for one in units):.3f}")
    for one in units:
        fails = one.get("failures", [])
        if one["state"] in (NOT_BUILT, NOT_RUN):
            fails = [{"oracle": one["state"], "id": one["unit"], "why": one["why"]}]
        skips = [{"why": _said(one)}] if one["state"] in (SKIPPED, UNFIT) else []
        again = f" (run {one['time']})" if one.get("time", 1) > 1 else ""
        junit.testcase(suite, target, one["package"] + again, fails, skips)
    return junit.counted(suite)
