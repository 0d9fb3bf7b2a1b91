"""build/host/everypc-go, which reads and checks Go binaries: building and calling it."""
from __future__ import annotations

from pathlib import Path

from . import build, children, make
from .errors import BuildError, UsageError

TOOL = Path("build/host/everypc-go")


def make_tool(root: Path, jobs: int, stop: children.StopRequest) -> Path:
    """Builds the tool where something changed."""
    done = make.run(root, stop, "go-tool", merge=True, jobs=jobs)
    if done.status != 0:
        build.fail(root, build.write_log(root, "host", done.out), done.out, None, [])
    return root / TOOL


def call(root: Path, stop: children.StopRequest, *args: str) -> children.Completed:
    """One command of the tool, to its end. Exit status 2 is the user's binary or arguments: its line becomes a UsageError."""
    done = children.run([str(root / TOOL), *args], root, stop)
    lines = [line for line in done.err.splitlines() if line.strip()]
    if done.status == 2:
        raise UsageError(lines[-1].removeprefix("everypc-go: ") if lines else f"everypc-go {args[0]} refused its arguments")
    if done.status not in (0, 1):
        raise BuildError(f"everypc-go {' '.join(args)}: {children.status_text(done.status)}" + (f": {lines[-1]}" if lines else ""))
    return done
