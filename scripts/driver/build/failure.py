"""What a failed build amounts to: a fault in a case file (the user's), a missing package, or a broken
tree."""
from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import NoReturn

from ..errors import BuildError, SetupError, UsageError
from . import make, setup
from .casefiles import SUFFIXES, Selection
from .targets import Target

_POSITION = re.compile(r"(?P<file>[^\s:][^:]*):(?:\d+:){0,2}\s*(?P<reason>.+)")


def write_log(root: Path, name: str, text: str) -> Path:
    path = root / "build" / name / "build.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def raise_from_log(root: Path, name: str, text: str, cases: Selection | None,
                   chosen: list[Target]) -> NoReturn:
    """Keeps the log of a failed build and raises what it amounts to. `name`: the target, or "host"."""
    log = write_log(root, name, text)
    lines = [line for line in text.splitlines() if line.strip() and not make.own_lines(line)]
    where = log.relative_to(root)
    faults = case_faults(text, cases.names(root) if cases else [])
    if faults:
        raise UsageError("\n".join(faults[:5])
                         + (f"\n... and {len(faults) - 5} more in {where}" if len(faults) > 5 else ""))
    full = next((line for line in lines if os.strerror(errno.ENOSPC) in line), None)
    if full:
        raise SetupError(f"{full.strip()}: make room and run it again")
    package = setup.package_of_header(text)
    if package:
        raise SetupError(f"missing: {package}; install with: apt-get install -y {package} "
                         f"(`make setup ARCH=\"{' '.join(t.name for t in chosen)}\"` does that too)")
    raise BuildError(f"{name}: {first_error(lines) or text.strip() or 'make failed'}; see {where}")


def case_faults(log: str, case_files: list[str]) -> list[str]:
    """The `file:line: reason` lines that blame a case file: everypc-asm's (make then reports its exit status
    2), and the cross assembler's where they are about a file that the user gave."""
    refused = re.search(r"^make(\[\d+\])?: \*\*\* .*\bError 2$", log, re.MULTILINE) is not None
    faults = []
    for line in log.splitlines():
        found = _POSITION.fullmatch(line.strip())
        if not found or make.own_lines(line) or found["reason"] == "Assembler messages:":
            continue
        given = found["file"] in case_files and "warning" not in found["reason"].lower()[:8]
        if given or (refused and found["file"].endswith((*SUFFIXES, ".inc", ".h"))):
            faults.append(line.strip())
    return list(dict.fromkeys(faults))


def first_error(lines: list[str]) -> str | None:
    """The line that says what went wrong: the first with "error" in it, else the last one."""
    for line in lines:
        if re.fullmatch(r"  [A-Z]+ +\S+", line):   # what make makes, by its name: "  CC      .../error.o"
            continue
        if re.search(r"\berror\b|undefined reference|No such file|not found", line, re.IGNORECASE):
            return line.strip()
    return lines[-1].strip() if lines else None
