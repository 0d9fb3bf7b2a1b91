"""In GitHub Actions, failures stand at their lines in the changed files, and the summary on the job's
page."""
from __future__ import annotations

import os
import sys
from pathlib import Path

from ..errors import UsageError
from ..report.console import notice
from . import collect
from .problems import Problem, all_of

SHOWN = 10   # GitHub shows so many errors of a step


def publish(folder: Path, markdown: Path, to_stderr: bool = False) -> None:
    """Prints the annotations of what is in a results folder, and adds `markdown` to the job's summary. Does
    nothing outside of GitHub Actions. Its runner reads both streams."""
    out = sys.stderr if to_stderr else sys.stdout
    if not os.environ.get("GITHUB_ACTIONS"):
        return
    try:
        problems = [one for one in all_of(collect.read(folder)) if not one.known]
    except UsageError as error:   # of what another command left there
        problems = []
        notice(f"no annotations: {error}")
    for one in problems[:SHOWN]:
        print(annotation(one), file=out, flush=True)
    if len(problems) > SHOWN:
        print(f"::notice::{len(problems) - SHOWN} more failures are in {_escaped(str(markdown))}",
              file=out, flush=True)
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path and markdown.exists():
        with Path(path).open("a", encoding="utf-8") as out:
            out.write(markdown.read_text(encoding="utf-8") + "\n")


def annotation(one: Problem) -> str:
    place = f"file={_property(one.file)},line={one.line}," if one.file else ""
    return f"::error {place}title={_property(f'{one.rule} at {one.id}')}::" + _escaped(
        f"{one.message}\n{one.again}".rstrip())


def _escaped(text: str) -> str:
    """As the runner's workflow commands want data."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
