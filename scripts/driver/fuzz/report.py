"""results/fuzz/fuzz.md: what was covered, what was found."""
from __future__ import annotations

from pathlib import Path

from .. import folders
from ..report.console import markdown_table
from .corpus import Corpus

FILE = "fuzz.md"
COLUMNS = ("target", "seeds", "cases", "shots", "PCs covered", "entries of the optab",
           "with marks and operations",
           "findings", "hours")


def row(one: Corpus) -> list[str | int]:
    entries = {key.split()[0] for key in one.coverage}
    return [one.target, one.seeds, one.cases, one.shots, f"{one.covered}/{one.reportable}",
            f"{len(entries)}/{one.entries}", len(one.coverage), len(one.distinct()),
            f"{one.seconds / 3600:.2f}"]


def write(folder: Path, several: list[Corpus]) -> None:
    parts = ["# everypc fuzz\n", markdown_table(COLUMNS, [row(one) for one in several], left=1)]
    found = [(one, finding) for one in several for finding in one.distinct()]
    if found:
        parts.append("## Findings, one of each shape\n")
        parts.append(markdown_table(
            ("target", "oracle", "Prog", "mark", "blame", "seen", "seeds", "shot", "minimised"),
            [[one.target, f["oracle"], f["shape"], f["mark"], f.get("blame", ""), f["count"],
              f"{f['first_seed']} to {f['last_seed']}", f"`{f['id']}`",
              f"`{f['minimised']}`" if f.get("minimised") else f.get("note", "")] for one, f in found],
            left=9))
    for one in several:
        parts.append(f"## What {one.target} was fired at\n")
        parts.append(markdown_table(("entry", "a Prog", "operations", "marks", "seeds"), _entries(one),
                                    left=4))
        if one.missing:
            parts.append(f"## Entries that no program of {one.target} has held\n\nPrograms are drawn from "
                         "the lines of random.tmpl. The tree's own cases, which `make check` fires at, may "
                         "have them.\n")
            parts.append(markdown_table(("entry", "operations", "template"),
                                        [[entry, operations, f"`{template}`"]
                                         for entry, (operations, template) in one.missing.items()], left=3))
    folders.write_text(folder / FILE, "\n".join(parts))


def _entries(one: Corpus) -> list[list[str | int]]:
    """A row for each entry, those fired at from the fewest seeds first."""
    rows: dict[str, tuple[set[str], set[str], int]] = {}
    for key, seeds in one.coverage.items():
        entry, operation, mark = key.split()
        operations, marks, most = rows.get(entry, (set(), set(), 0))
        rows[entry] = (operations | {operation}, marks | {mark}, max(most, seeds))
    return [[entry, f"`{one.examples.get(entry, '')}`", " ".join(sorted(operations)),
             " ".join(sorted(marks, key=int)), seeds]
            for entry, (operations, marks, seeds) in sorted(rows.items(),
                                                            key=lambda item: (item[1][2], item[0]))]
