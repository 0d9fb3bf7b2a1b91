"""Runs the program, with or without shots: its output goes where the user's goes as it comes, and is kept in
short to be compared."""
from __future__ import annotations

import hashlib
import os
import re
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import IO

from .. import children
from ..context import Context

# Times in what a test prints: "--- PASS: TestAdd (0.01s)", "ok  	sort	0.123s".
_TIME = re.compile(rb"\d+(?:\.\d+)?(?:ns|us|\xc2\xb5s|ms|s)\b")
_KEPT = 200        # lines of standard error, for what a runtime prints when it dies
_CHUNK = 1 << 16
_LONGEST = 1 << 16   # of a line that is compared in one piece
_POLL_S = 0.2
GRACE_S = 10.0     # from SIGTERM to SIGKILL


@dataclass(frozen=True)
class Ended:
    """How a run of the program ended."""

    status: int               # exit code, or minus a signal
    output: str               # of both outputs, times apart
    said: list[str]           # the last lines of standard error
    wall_s: float
    cpu_s: float
    hung: bool = False
    interrupted: bool = False
    printed: tuple[str, ...] = ()   # the last lines of standard output
    told: bool = False        # to end, by SIGTERM, and killed if it did not


@dataclass(frozen=True)
class Look:
    """At a run that goes on."""

    pid: int
    wall_s: float
    cpu_s: float


class Order(Enum):
    """What is to become of it."""

    GO_ON = 0
    END = 1    # it is told to: the time for it is over
    KILL = 2   # it hangs


class _Stream:
    """One output of the program."""

    def __init__(self, to: IO[bytes] | None) -> None:
        self.to, self.rest = to, b""
        self.digest = hashlib.sha256()
        self.last: deque[bytes] = deque(maxlen=_KEPT)

    def take(self, chunk: bytes) -> None:
        if self.to is not None:
            self.to.write(chunk)
            self.to.flush()
        *lines, rest = chunk.split(b"\n")
        for line in lines:
            self._cut(self.rest + line)
            self._line(self.rest)
            self.rest = b""
        self._cut(self.rest + rest)

    def end(self) -> None:
        self._line(self.rest)
        self.rest = b""

    def text(self) -> list[str]:
        """Its last lines."""
        return [line.decode("utf-8", "replace") for line in self.last]

    def _cut(self, line: bytes) -> None:
        """One without an end comes in pieces, always the same ones."""
        while len(line) > _LONGEST:
            self._line(line[:_LONGEST])
            line = line[_LONGEST:]
        self.rest = line

    def _line(self, line: bytes) -> None:
        self.digest.update(_TIME.sub(b"T", line) + b"\n")
        self.last.append(line)


class _Watched:
    """A program that runs, and what is to become of it."""

    def __init__(self, proc: subprocess.Popen[bytes], watch: Callable[[Look], Order] | None) -> None:
        self.proc, self.watch = proc, watch
        self.begin, self.told_at, self.cpu_s = time.monotonic(), 0.0, 0.0
        self.order = Order.GO_ON

    def wall_s(self) -> float:
        return time.monotonic() - self.begin

    def has_to_be_killed(self) -> bool:
        if self.proc.poll() is None:
            self.cpu_s = children.cpu_seconds(self.proc.pid)
        now = self.wall_s()
        if self.order == Order.GO_ON and self.watch:
            self.order = self.watch(Look(self.proc.pid, now, self.cpu_s))
            if self.order == Order.END:
                self.told_at = now
                self.proc.send_signal(signal.SIGTERM)
        return self.order == Order.KILL or (self.order == Order.END and now - self.told_at > GRACE_S)


def run(context: Context, argv: list[str], env: dict[str, str], stdin: Path | None, quiet: bool = False,
        watch: Callable[[Look], Order] | None = None, cwd: Path | None = None) -> Ended:
    """To its end, in the caller's folder or in `cwd`. `watch` is asked now and then what to do with it."""
    one = _Watched(children.start(argv, cwd or Path.cwd(), env, stdin=stdin), watch)
    proc = one.proc
    assert proc.stdout and proc.stderr
    streams = {proc.stdout: _Stream(None if quiet else sys.stdout.buffer),
               proc.stderr: _Stream(None if quiet else sys.stderr.buffer)}
    kill = False
    with selectors.DefaultSelector() as selector:
        for pipe in streams:
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map() and not kill:
            for key, _ in selector.select(timeout=_POLL_S):
                chunk = os.read(key.fd, _CHUNK)
                if chunk:
                    streams[key.fileobj].take(chunk)   # type: ignore[index]
                else:
                    selector.unregister(key.fileobj)
            kill = context.stop.requested or one.has_to_be_killed()
    status = children.kill(proc) if kill else proc.wait()
    _close(proc, streams)
    for stream in streams.values():
        stream.end()
    out, err = (streams[pipe] for pipe in (proc.stdout, proc.stderr))
    return Ended(status, out.digest.hexdigest() + err.digest.hexdigest(), err.text(), one.wall_s(), one.cpu_s,
                 one.order == Order.KILL, context.stop.requested, tuple(out.text()), one.order == Order.END)


def _close(proc: subprocess.Popen[bytes], streams: dict[IO[bytes], _Stream]) -> None:
    for pipe in streams:
        pipe.close()


def exit_code(status: int) -> int:
    """As a shell would have it."""
    return status if status >= 0 else 128 + -status


def status_text(status: int) -> str:
    return f"exit code {status}" if status >= 0 else f"killed by {signal.Signals(-status).name}"
