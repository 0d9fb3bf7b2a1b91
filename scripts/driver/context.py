"""What every part of a command is handed: where the project lies, whether a stop was asked for, and what the
user allows."""
from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from pathlib import Path

from . import children


@dataclass(frozen=True)
class Context:
    """One command's surroundings. `stop` is the only part that changes while it runs."""

    root: Path                  # the project's folder
    stop: children.StopRequest
    jobs: int = 1               # processes at a time
    may_install: bool = True    # whether ci/setup may be called for what is missing
    # the result goes to standard output as JSON, everything else to standard error
    as_json: bool = False
    # closed when the command ends
    closing: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def run(self, argv: list[str], cwd: Path | None = None, env: dict[str, str] | None = None,
            timeout_s: float | None = None, stdin: Path | int | None = None) -> children.Completed:
        """Runs a program to its end, in the project's folder unless `cwd` says otherwise. `stdin`, and
        what is raised, are those of children.run."""
        return children.run(argv, cwd or self.root, self.stop, env=env, timeout_s=timeout_s, stdin=stdin)
