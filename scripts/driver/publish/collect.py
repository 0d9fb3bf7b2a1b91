"""Reads all that is in a results folder: what check, mutants, check-go, live and live-std left, and the
history of runs. What is missing there is missing here; what can't be read is an error that names the file."""
from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UsageError
from ..go import records, releases
from ..live import report as live_report, sweep_report
from ..probe import event_file, runs
from ..report import mutation_score, results
from . import cases, history

_LIVE, _LIVE_STD, _UNITS = "live", "live-std", "units"
MAX_FINDINGS = 400        # of a binary
MAX_FUNCTIONS = 60        # of a program under fire, those that failed first
_FUNCTION = ("function", "pcs", "executed", "fired", "injected", "refused", "failed")


@dataclass
class Collected:
    """A results folder. Each part is empty where its command has not run."""

    folder: Path
    total: dict[str, Any] = field(default_factory=dict)            # check's summary over all targets
    cases: dict[str, dict[str, Any]] = field(default_factory=dict)  # by target (cases.columns)
    failures: list[dict[str, Any]] = field(default_factory=list)   # check's, as in the summaries
    mutants: dict[str, Any] = field(default_factory=dict)          # with the survivors of each target
    go: dict[str, Any] = field(default_factory=dict)               # with the findings of each binary
    live: list[dict[str, Any]] = field(default_factory=list)       # programs, and the packages of live-std
    releases: list[releases.Row] = field(default_factory=list)     # of go-releases
    history: list[history.Line] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.total or self.mutants or self.go or self.live or self.releases)


def read(folder: Path, most_cases: int | None = None) -> Collected:
    """`most_cases`: of all targets together, where the rest is to be counted only. Raises UsageError if
    there is no such folder, or nothing in it."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such results folder; `make check` writes one")
    found = Collected(folder, _load(folder / results.SUMMARY), history=history.read(folder))
    if found.total and "targets" not in found.total:
        raise UsageError(f"{folder}: this is one target's folder; name the one above it")
    _read_check(found, most_cases)
    found.mutants = _mutants(folder)
    found.go = _go(folder)
    found.releases = releases.read(folder / releases.FILE.name)
    found.live = [*_programs(folder / _LIVE), *_sweep(folder / _LIVE_STD),
                  *(_sweep(folder) if (folder / sweep_report.JSON).exists() else [])]
    if not found:
        raise UsageError(f"{folder}: no results of check, mutants, check-go, go-releases or live here")
    return found


def _load(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except ValueError as error:
        raise UsageError(f"{path}: not JSON: {error}") from None
    if not isinstance(data, dict):
        raise UsageError(f"{path}: not a JSON object")
    return data


def _read_check(found: Collected, most_cases: int | None) -> None:
    """The failures of a target's own summary are more than those of the sum, which stops at a thousand."""
    found.failures = [one for one in found.total.get("failures", []) if one["id"].startswith("all/")]
    targets = found.total.get("targets", [])
    most = None if most_cases is None else most_cases // max(1, len(targets))
    for target in targets:
        folder = found.folder / target["target"]
        own = _load(folder / results.SUMMARY)
        found.failures += own.get("failures", [])
        if event_file.found(folder / runs.EVENTS):
            found.cases[target["target"]] = cases.columns(folder / runs.EVENTS, most)


def _mutants(folder: Path) -> dict[str, Any]:
    total = _load(folder / mutation_score.FILE)
    for one in total.get("targets", []):
        every = _load(folder / one["target"] / mutation_score.FILE).get("mutants", [])
        one["survivors"] = [m for m in every if m["status"] == "survived"]
    return total


def _go(folder: Path) -> dict[str, Any]:
    total = _load(folder / records.FOLDER / records.SUMMARY)
    order = {state: k for k, state in enumerate(records.STATES)}
    for one in total.get("binaries", []):
        path = folder / records.FOLDER / one["name"] / records.FINDINGS
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        found = sorted((json.loads(line) for line in lines), key=lambda each: order.get(each["state"], 9))
        one["findings"], one["of_findings"] = found[:MAX_FINDINGS], len(found)
    return total


def _programs(folder: Path) -> list[dict[str, Any]]:
    paths = sorted(folder.glob(f"*/{live_report.JSON}"))
    return [_unit({"name": path.parent.name, "state": "fired", "why": "", **_load(path)}) for path in paths]


def _sweep(folder: Path) -> list[dict[str, Any]]:
    found = []
    for one in _load(folder / sweep_report.JSON).get("units", []):
        own = _load(folder / _UNITS / f"{one['unit']}.json")
        found.append(_unit({"name": one["package"], **one, "functions": own.get("functions", [])}))
    return found


def _unit(one: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a program under fire; its functions as rows of _FUNCTION."""
    rows = [row for row in one.get("functions", []) if row["executed"]]
    return {"name": one["name"], "target": one["target"], "state": one["state"], "why": one["why"],
            **{name: one.get(name, 0) for name in ("pcs", "executed", "fired", "injected", "refused",
                                                   "failed")},
            "failures": one.get("failures", []), "of_functions": len(rows),
            "functions": [[row[name] for name in _FUNCTION] for row in rows[:MAX_FUNCTIONS]]}
