"""What is wrong, from whichever command found it, each with its place in a source file where there is one:
what GitHub's annotations and SARIF show."""
from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..go import findings
from ..go.triage import KNOWN, NEW
from .collect import Collected

_PLACE = re.compile(r"(?P<file>.+?):(?P<line>\d+)$")


@dataclass(frozen=True)
class Problem:
    """`rule`: "check/state", "check-go/clobber", "live/registers": the command and the oracle or check."""

    rule: str
    id: str
    message: str          # one line
    file: str = ""        # as the tool that compiled it named it, or relative to the working folder
    line: int = 0
    again: str = ""       # the command that repeats it
    known: bool = False   # listed as known; not a failure


def all_of(found: Collected) -> list[Problem]:
    """Of a results folder, in the order of the page."""
    return [*_of_check(found), *_of_go(found), *_of_live(found)]


def _of_check(found: Collected) -> Iterator[Problem]:
    for failure in found.failures:
        file, line = place(failure.get("source", ""))
        what = f"{failure['prog']}: " if failure.get("prog") else ""
        said = f"expected {failure['expected']}, got {failure['got']}" if failure.get("expected") else (
            failure.get("got") or failure.get("why") or failure["oracle"])
        yield Problem(f"check/{failure['oracle']}", failure["id"], f"{what}{said}", file, line,
                      failure.get("repro", ""))


def _of_go(found: Collected) -> Iterator[Problem]:
    for binary in found.go.get("binaries", []):
        for one in binary["findings"]:
            if one["state"] in (NEW, KNOWN):
                yield Problem(f"check-go/{one['check']}", f"{binary['name']}/{findings.place(one)}",
                              one["why"], relative(one.get("file", "")), one.get("line", 0),
                              one.get("repro", ""), known=one["state"] != NEW)


def _of_live(found: Collected) -> Iterator[Problem]:
    for unit in found.live:
        for failure in unit["failures"]:
            file, line = _place_in_code(failure)
            yield Problem(f"live/{failure['oracle']}", failure["id"],
                          f"expected {failure['expected']}, got {failure['got']}", file, line,
                          failure.get("again", ""))


def _place_in_code(failure: dict[str, Any]) -> tuple[str, int]:
    """Of a live failure: where its explanation has the PC."""
    for line in (failure.get("explanation") or {}).get("lines", []):
        if line.get("here") and line.get("source"):
            return place(line["source"])
    return place(failure.get("source", ""))


def place(source: str) -> tuple[str, int]:
    """Of "cases/arm64/add.progs:6"."""
    found = _PLACE.fullmatch(source)
    return (relative(found["file"]), int(found["line"])) if found else ("", 0)


def relative(file: str) -> str:
    """As seen from the repository that CI checked out, or from here, where it is inside."""
    top = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    path = Path(file)
    return str(path.relative_to(top)) if file and path.is_absolute() and path.is_relative_to(top) else file
