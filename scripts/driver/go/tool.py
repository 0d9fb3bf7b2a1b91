"""build/host/everypc-go, which reads and checks Go binaries: building it, calling it, and reading what it
prints."""
from __future__ import annotations

import json
import os
import selectors
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import children
from ..build import failure, make
from ..context import Context
from ..errors import BuildError, UsageError

TOOL = Path("build/host/everypc-go")
NAME = "everypc-go: "   # begins its lines on standard error
OBJECT, DUMP = "Go object", "dump"   # formats of what is not a program


@dataclass(frozen=True)
class Info:
    """What a binary is, by `everypc-go info`."""

    path: Path
    target: str
    version: str   # "go1.19.8", or "" without build info
    layout: str    # of its tables: "1.18"
    format: str = "ELF"   # or "PE", "Mach-O", OBJECT, DUMP
    system: str = ""      # GOOS, where an object or a dump says it

    @property
    def is_program(self) -> bool:
        """Whether it is all of one, with a runtime and its stub."""
        return self.format not in (OBJECT, DUMP)


def build(context: Context) -> Path:
    """Builds the tool where something changed."""
    done = make.run(context, "go-tool", merge=True, jobs=context.jobs)
    if done.status != 0:
        failure.raise_from_log(context.root, "host", done.out, None, [])
    return context.root / TOOL


def call(context: Context, *args: str) -> children.Completed:
    """One command of the tool, to its end. Exit status 2 is the user's binary or arguments: its line becomes
    a UsageError."""
    done = context.run([str(context.root / TOOL), *args])
    _raise(done.status, done.err, args)
    return done


def _raise(status: int, said: str, args: tuple[str, ...]) -> None:
    lines = [line for line in said.splitlines() if line.strip()]
    if status == 2:
        raise UsageError(lines[-1].removeprefix(NAME) if lines
                         else f"everypc-go {args[0]} refused its arguments")
    if status not in (0, 1):
        raise BuildError(f"everypc-go {' '.join(args)}: {children.status_text(status)}"
                         + (f": {lines[-1]}" if lines else ""))


def info(context: Context, path: Path) -> Info:
    """Raises UsageError with the tool's message for what is not a Go binary."""
    lines = call(context, "info", str(path)).out.splitlines()
    facts = {name: value.strip() for name, _, value in (line.partition(" ") for line in lines)}
    return Info(path, facts.get("target", ""), facts.get("version", ""), facts.get("layout", ""),
                facts.get("format", "ELF"), facts.get("system", ""))


def read(context: Context, *args: str) -> Iterator[dict[str, Any]]:
    """The objects that a command of the tool prints, as they come. Errors as for call."""
    proc = children.start([str(context.root / TOOL), *args], context.root)
    out, err = proc.stdout, proc.stderr
    assert out and err
    rest = {out: b"", err: b""}
    try:
        with selectors.DefaultSelector() as selector:
            for pipe in (out, err):
                selector.register(pipe, selectors.EVENT_READ, data=pipe)
            while selector.get_map():
                for key, _ in selector.select(timeout=children.POLL_S):
                    chunk = os.read(key.fd, 1 << 16)
                    if not chunk:
                        selector.unregister(key.fileobj)
                    rest[key.data] += chunk
                *complete, rest[out] = rest[out].split(b"\n")
                yield from (json.loads(line) for line in complete)
                if context.stop.requested:
                    raise context.stop.error(f" during everypc-go {args[0]}")
        _raise(proc.wait(), rest[err].decode("utf-8", "replace"), args)
    finally:
        if proc.poll() is None:
            children.kill(proc)
        out.close()
        err.close()
