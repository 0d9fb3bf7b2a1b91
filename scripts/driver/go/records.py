"""What check-go leaves in results/go: for each binary its findings and counts, and over all of them summary,
verdict and JUnit XML. results/README.md describes the fields."""
from __future__ import annotations

import contextlib
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from .. import folders, project
from ..errors import FAILED, PASSED
from ..probe import events
from ..report import junit, results
from . import findings, groups
from .findings import Finding
from .groups import Group
from .tool import Info
from .triage import FALSE, KNOWN, NEW
from .unchecked import Unchecked, line, preemptible

FOLDER = "go"
FINDINGS, SUMMARY, JUNIT = "findings.jsonl", "summary.json", "junit.xml"
MARKDOWN = "go-summary.md"
FRAGILE = "fragile"
STATES = (NEW, KNOWN, FALSE, FRAGILE)
UNCHECKED = "unchecked"       # the test case of what could not be checked
INCOMPLETE = "incomplete"
KEPT = 1000   # findings of a binary that reports list; findings.jsonl has them all

_DONE = "done"
_KEPT_FIELDS = ("counts", "lost", "kept_below", "settings", "here", "read", "unread", "left_out", "harvest",
                "listed", "groups", "states", "unchecked", "functions", "shapes", "wall_s")

Summary = dict[str, Any]


@dataclass
class Checked:
    """A binary, and what was found in it."""

    info: Info
    folder: Path
    counts: Summary = field(default_factory=dict)              # the summary of everypc-go check
    # registers that its injected call loses something of
    lost: list[str] = field(default_factory=list)
    kept_below: int | None = None                              # bytes below SP that it keeps
    settings: str = ""   # where the stub asks what the CPU has: what was measured, and where
    here: bool = False   # the stub was measured on this machine, and not under QEMU
    # registers that no CPU here has: those whose fate was read in the stub; those of which nothing is known
    read: list[str] = field(default_factory=list)
    unread: str = ""
    left_out: dict[str, str] = field(default_factory=dict)     # checks that can't be done here, and why
    harvest: Summary = field(default_factory=dict)             # what was taken out of it and run (harvest.py)
    listed: list[Finding] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)          # of one kind each (groups.py)
    states: dict[str, dict[str, int]] = field(default_factory=dict)   # findings by check and state
    unchecked: list[Unchecked] = field(default_factory=list)   # what matters first, and so all of that
    functions: list[Summary] = field(default_factory=list)     # where they were asked for
    shapes: dict[str, Summary] = field(default_factory=dict)   # likewise, by their code
    wall_s: float = 0.0
    by_kind: dict[tuple[str, ...], Group] = field(default_factory=dict, repr=False)   # the groups

    @property
    def name(self) -> str:
        return self.folder.name

    def add(self, finding: Finding) -> None:
        by_state = self.states.setdefault(finding["check"], dict.fromkeys(STATES, 0))
        by_state[finding["state"]] += 1
        groups.add(self.groups, self.by_kind, finding)
        if len(self.listed) < KEPT:
            self.listed.append(finding)

    def add_unchecked(self, one: Unchecked) -> None:
        if one["preemptible"] or len(self.unchecked) < KEPT:
            self.unchecked.append(one)

    @property
    def incomplete(self) -> int:
        """Functions that may be preempted and could not be checked throughout."""
        return self.counts.get("incomplete", 0)

    def count(self, state: str) -> int:
        """Findings of a state. everypc-go counts the fragile ones without listing them."""
        if state == FRAGILE:
            return sum(self.counts.get("fragile", {}).values())
        return sum(by_state[state] for by_state in self.states.values())


def keep(folder: Path, done: Checked, binary: str, matched: list[int]) -> None:
    """Notes in an unfinished run's folder that a binary is done. `binary`: a digest of it; `matched`: the
    rows of the triage file."""
    fields = {name: getattr(done, name) for name in _KEPT_FIELDS}
    folders.write_json(folder / _DONE / f"{done.name}.json", {"binary": binary, "matched": matched, **fields})


def restore(folder: Path, done: Checked, binary: str) -> list[int] | None:
    """Fills in what was kept of the same binary and returns the rows that matched; None if there is none."""
    path = folder / _DONE / f"{done.name}.json"
    kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if kept.get("binary") != binary or not (done.folder / SUMMARY).exists():
        return None
    for name in _KEPT_FIELDS:
        setattr(done, name, kept[name])
    return kept["matched"]


@contextlib.contextmanager
def spool(done: Checked, more: bool = False) -> Iterator[TextIO]:
    """The file that findings go to as they come. What was found before (by the stub) is in it already; with
    `more`, so is what an earlier spool was given."""
    done.folder.mkdir(parents=True, exist_ok=True)
    with (done.folder / FINDINGS).open("a" if more else "w", encoding="utf-8") as out:
        for finding in [] if more else done.listed:
            out.write(events.dump(finding) + "\n")
        yield out


def rewrite(done: Checked) -> None:
    """The file of findings, with what was added to those that are listed: they are its first lines."""
    path = done.folder / FINDINGS
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[:len(done.listed)] = [events.dump(finding) for finding in done.listed]
    folders.write_text(path, "".join(f"{line}\n" for line in lines))


def live_counts(done: Checked) -> dict[str, int]:
    """How many violations firing at them confirmed, and so on; empty where that was not asked for."""
    counts: dict[str, int] = {}
    for finding in done.listed:
        if "live" in finding:
            counts[finding["live"]["verdict"]] = counts.get(finding["live"]["verdict"], 0) + 1
    return counts


def summary(done: Checked) -> Summary:
    counts = done.counts
    none: dict[str, int] = {}
    by_check = {check: {**dict.fromkeys(STATES, 0), **done.states.get(check, none),
                        FRAGILE: counts.get("fragile", none).get(check, 0)}
                for check in dict.fromkeys((*findings.CHECKS, *done.states))}
    return {"schema": 1, "name": done.name, "binary": str(done.info.path), "target": done.info.target,
            "go": done.info.version,
            "layout": done.info.layout, "lost": done.lost, "kept_below": done.kept_below,
            **{key: said for key, said in (("stub_settings", done.settings),
                                           ("stub_measured_here", done.here), ("stub_read", done.read),
                                           ("stub_unread", done.unread)) if said},
            **{s: done.count(s) for s in STATES},
            "kinds": [groups.summary(group) for group in done.groups],
            INCOMPLETE: done.incomplete, "unchecked_functions": done.unchecked,
            "by_check": by_check, "left_out": done.left_out, "harvest": done.harvest,
            "live": live_counts(done), "wall_s": done.wall_s,
            **{k: v for k, v in counts.items() if k not in ("target", "version", "layout", "violations",
                                                            "fragile")}}


def write_one(done: Checked, strict: bool = False) -> None:
    results.write_json(done.folder / SUMMARY, summary(done))
    junit.write(done.folder / JUNIT, [suite(done, strict)])


def suite(done: Checked, strict: bool = False) -> ET.Element:
    """A test case for each check, with the kinds of its new violations as failures, and one of what could
    not be checked: skipped, or failed where the run is strict."""
    element = ET.Element("testsuite", name=done.name, time=f"{done.wall_s:.3f}")
    shown = [*findings.CHECKS, *(check for check in done.states if check not in findings.CHECKS)]
    for check in shown:
        fails = [_failure(done, check, group) for group in done.groups
                 if group["check"] == check and group["state"] == NEW]
        skips = [{"why": done.left_out[check]}] if check in done.left_out else []
        junit.testcase(element, f"go.{done.name}", check, fails, skips)
    mine = [line(one) for one in preemptible(done.unchecked)]
    why = [{"oracle": INCOMPLETE, "id": done.name, "why": "\n".join(mine)}] if done.incomplete else []
    junit.testcase(element, f"go.{done.name}", UNCHECKED, why if strict else [], [] if strict else why)
    return junit.counted(element)


def _failure(done: Checked, check: str, group: Group) -> dict[str, Any]:
    first = group["finding"]
    kind = groups.text(group)
    return {"oracle": check, "id": findings.place(first), "why": first["why"],
            **({"kind": kind} if kind else {}),
            **({"live": first["live"]["text"]} if "live" in first else {}),
            "explanation": findings.explanation(done.info.target, first)}


def overall(checked: list[Checked], stale: list[dict[str, Any]], progs: Sequence[Summary],
            root: Path, strict: bool = False) -> Summary:
    """The sums, and the verdict. `strict`: what is incomplete fails."""
    ones = [summary(done) for done in checked]
    total = {"schema": 1, "revision": project.revision(root),
             **{s: sum(one[s] for one in ones) for s in STATES},
             INCOMPLETE: sum(one[INCOMPLETE] for one in ones), "strict": strict,
             "functions": sum(one.get("functions", 0) for one in ones), "stale_triage": stale,
             "binaries": ones, "progs": list(progs)}
    total["exit"], said = verdict(total)
    total["verdict"] = said.partition(":")[0]
    return total


def write_all(folder: Path, checked: list[Checked], total: Summary) -> None:
    results.write_json(folder / SUMMARY, total)
    junit.write(folder / JUNIT, [suite(done, total["strict"]) for done in checked])


def verdict(total: Summary) -> tuple[int, str]:
    """The exit code and the last line. New violations fail; what is incomplete has a verdict of its own, and
    fails where the run is strict."""
    known = f", {total[KNOWN]} known" if total[KNOWN] else ""
    names = {state: ", ".join(one["name"] for one in total["binaries"] if one[state])
             for state in (NEW, INCOMPLETE)}
    n = total[INCOMPLETE]
    if total[NEW]:
        more = f"; incomplete: {n} functions in {names[INCOMPLETE]}" if n else ""
        return FAILED, (f"failed: {total[NEW]} new violation{'s' if total[NEW] > 1 else ''}{known} in "
                        f"{names[NEW]}{more}")
    if n:
        return FAILED if total["strict"] else PASSED, (
            f"{INCOMPLETE}: no new violation{known}, but {n} of {total['functions']} functions, which may be "
            f"preempted, could not be checked throughout, in {names[INCOMPLETE]}")
    n = len(total["binaries"])
    return PASSED, (f"passed: {n} {'binary' if n == 1 else 'binaries'}, {total['functions']} functions, no "
                    f"new violation{known}, "
                    f"{total[FRAGILE]} fragile")
