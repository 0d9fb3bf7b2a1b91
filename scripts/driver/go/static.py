"""The static check of cases: everypc-go's checks of compiled code, on the cases of a probe and their tables.
Nothing is executed. Where it differs from what execution found, cases/static.tsv says why that stays."""
from __future__ import annotations

import fnmatch
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build.targets import among
from ..context import Context
from ..probe.events import Event
from ..tsv import read_rows
from . import tool
from .findings import Finding

FILE = Path("cases/static.tsv")
COLUMNS = ("targets", "cases", "finds", "why")
NOTHING = "-"   # in column "finds": execution alone fails
# Failures that are not about what a table says of a PC, so that no static check could agree.
_OTHER = ("decision", "platform", "coverage", "liveness", "layout", "cross", "nested")
_NOT_THE_TABLE = ("stub", "handler", "emulator", "lowering")

Row = dict[str, str]


@dataclass
class Checked:
    """What the static check says of one target's cases."""

    target: str
    summary: dict[str, Any]
    findings: list[Finding]                                       # those that no row explains
    documented: list[tuple[Finding, Row]] = field(default_factory=list)


@dataclass(frozen=True)
class Disagreement:
    """The static check and execution differ on a case, and no row says why."""

    target: str
    case: str
    static: str      # what it finds, or ""
    execution: str   # the oracles that fail, or ""


class Known:
    """The rows of cases/static.tsv."""

    def __init__(self, root: Path) -> None:
        self.rows = read_rows(root / FILE, COLUMNS)

    def explains(self, target: str, case: str, finds: str) -> Row | None:
        """The row that explains a difference, if one does."""
        return next((row for row in self.rows if among(target, row["targets"]) and row["finds"] == finds
                     and fnmatch.fnmatchcase(case, row["cases"])), None)


def check(context: Context, known: Known, target: str, probe: Path, glob: str | None) -> Checked:
    """Checks the cases of a probe whose names match `glob`; the tool is built. Raises as tool.call does."""
    done = tool.call(context, "cases", *(["--only", glob] if glob else []), str(probe))
    made = Checked(target, {}, [])
    for line in done.out.splitlines():
        kind, one = next(iter(json.loads(line).items()))
        if kind == "summary":
            made.summary = one
        elif kind == "finding":
            row = known.explains(target, one["function"], one["check"])
            if row:
                made.documented.append((one, row))
            else:
                made.findings.append(one)
    return made


def failing(events: Iterable[Event]) -> dict[str, list[str]]:
    """The cases that execution finds a wrong table in, with the oracles that say so."""
    found: dict[str, list[str]] = {}
    for event in events:
        if event["ev"] != "fail" or event["oracle"] in _OTHER or event.get("blame") in _NOT_THE_TABLE:
            continue
        case = event["id"].partition("/")[2].rpartition("@")[0]
        if case and event["oracle"] not in found.setdefault(case, []):
            found[case].append(event["oracle"])
    return found


def compare(known: Known, one: Checked, failed: dict[str, list[str]]) -> list[Disagreement]:
    """Where the two differ on a case. `failed`: by failing()."""
    found: dict[str, list[str]] = {}
    for finding in one.findings:
        if finding["check"] not in found.setdefault(finding["function"], []):
            found[finding["function"]].append(finding["check"])
    apart = [Disagreement(one.target, case, ", ".join(checks), "") for case, checks in found.items()
             if case not in failed]
    explained = {finding["function"] for finding, _ in one.documented}
    apart += [Disagreement(one.target, case, "", ", ".join(oracles)) for case, oracles in failed.items()
              if case not in found and case not in explained
              and known.explains(one.target, case, NOTHING) is None]
    return apart


def agreed(one: Checked, failed: dict[str, list[str]]) -> int:
    """Cases that both find wrong."""
    return len({finding["function"] for finding in one.findings} & failed.keys())
