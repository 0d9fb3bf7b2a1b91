"""What is known of the findings in real Go binaries: cases/go/triage.tsv, whose head says what its columns
mean. A finding that matches no row is new, and fails the run."""
from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build.targets import among
from ..errors import UsageError

FILE = Path("cases/go/triage.tsv")
COLUMNS = ("check", "targets", "function", "code", "versions", "verdict", "argument")
NEW, KNOWN, FALSE = "new", "known", "false"
VERDICTS = {"real-upstream": KNOWN, "real": KNOWN, "false": FALSE}


@dataclass
class Row:
    """One line of the file; all but the verdict and the argument say what it matches."""

    line: int
    check: str
    targets: str    # names, or *
    function: str   # a glob
    code: str       # a glob over findings.shape()
    versions: str   # globs, separated by spaces
    verdict: str
    argument: str
    matched: int = field(default=0, compare=False)

    def applies(self, target: str, version: str) -> bool:
        """Whether such a binary may have such a finding."""
        return among(target, self.targets) and among(version, self.versions)

    def knows(self, target: str, version: str, check: str, function: str, shape: str) -> bool:
        return (self.check == check and self.applies(target, version)
                and fnmatch.fnmatchcase(function, self.function)
                and fnmatch.fnmatchcase(shape, _literal(self.code)))


def _literal(glob: str) -> str:
    """Brackets are part of memory operands, not of a glob's sets."""
    return glob.replace("[", "[[]")


class Triage:
    """The rows of the file, and what they matched."""

    def __init__(self, rows: list[Row]) -> None:
        self.rows = rows

    def judge(self, target: str, version: str, check: str, function: str, shape: str) -> tuple[str, str]:
        """A finding's state (new, known or false), and the argument for it."""
        for row in self.rows:
            if row.knows(target, version, check, function, shape):
                row.matched += 1
                return VERDICTS[row.verdict], row.argument
        return NEW, ""

    def matches(self) -> dict[int, int]:
        """How many findings each row matched so far, by its line."""
        return {row.line: row.matched for row in self.rows}

    def again(self, lines: list[int]) -> None:
        """These rows matched in an earlier part of the run."""
        for row in self.rows:
            row.matched += row.line in lines

    def stale(self, checked: set[tuple[str, str]]) -> list[dict[str, Any]]:
        """The rows that matched nothing, although a binary of their target and version was among those
        checked."""
        return [{"line": row.line, "check": row.check, "targets": row.targets, "argument": row.argument}
                for row in self.rows
                if not row.matched and any(row.applies(target, version) for target, version in checked)]


def read(path: Path) -> Triage:
    """No file: nothing is known."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else [], 1):
        if not line.strip() or line.startswith("#") or line.split("\t") == list(COLUMNS):
            continue
        fields = line.split("\t")
        if len(fields) != len(COLUMNS) or not all(f.strip() for f in fields):
            raise UsageError(f"{path}:{number}: expected {len(COLUMNS)} fields, separated by tabs, none of "
                             "them empty")
        if fields[5] not in VERDICTS:
            raise UsageError(f"{path}:{number}: unknown verdict '{fields[5]}'; there are: "
                             f"{', '.join(VERDICTS)}")
        check, names, function, code, versions, verdict, argument = fields
        rows.append(Row(number, check, names, function, code, versions, verdict, argument))
    return Triage(rows)
