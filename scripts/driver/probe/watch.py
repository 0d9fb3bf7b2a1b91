"""One process of a probe: its output line by line, until it ends, hangs, outlives its budget or a stop is
asked for."""
from __future__ import annotations

import collections
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import children
from .plan import Plan

SILENCE_FACTOR = 5    # so many times the hang time without any output is a hang even if no CPU time was used
_STDERR_LINES = 20


@dataclass
class End:
    """How a process ended. At most one of hang, cut and stopped is set, and then the driver killed it."""

    status: int = 0
    hang: str | None = None
    cut: bool = False
    stopped: bool = False
    stderr: list[str] = field(default_factory=list)

    @property
    def killed(self) -> bool:
        return bool(self.hang or self.cut or self.stopped)


class Watch:
    """Reads a probe's output line by line, and stops when it ends, hangs, outlives its budget or a stop is
    asked for."""

    def __init__(self, proc: subprocess.Popen[bytes], plan: Plan, budget_s: float | None,
                 stop: children.StopRequest) -> None:
        self.proc, self.echo, self.stop = proc, plan.verbose, stop
        self.hang_s = plan.hang_s * plan.start.patience
        self.deadline = None if budget_s is None else time.monotonic() + budget_s + self.hang_s
        self.end = End()

    def lines(self) -> Iterator[str]:
        """The complete lines of standard output. A last line without its end is a dying probe's, and
        dropped."""
        out, err = self.proc.stdout, self.proc.stderr
        assert out and err
        said: collections.deque[str] = collections.deque(maxlen=_STDERR_LINES)
        rest = {out: b"", err: b""}
        last_output, silent_cpu = time.monotonic(), None
        with selectors.DefaultSelector() as selector:
            for pipe in (out, err):
                selector.register(pipe, selectors.EVENT_READ, data=pipe)
            while selector.get_map():
                ready = selector.select(timeout=children.POLL_S)
                for key, _ in ready:
                    pipe = key.data
                    chunk = os.read(key.fd, 1 << 16)
                    if not chunk:
                        selector.unregister(pipe)
                        continue
                    *complete, rest[pipe] = (rest[pipe] + chunk).split(b"\n")
                    text = [raw.decode("utf-8", "replace") for raw in complete]
                    if pipe is out:
                        last_output, silent_cpu = time.monotonic(), None
                        yield from text
                    else:
                        said.extend(line for line in text if line.strip())
                        if self.echo:
                            sys.stderr.writelines(line + "\n" for line in text)
                now = time.monotonic()
                if silent_cpu is None and not ready:
                    silent_cpu = children.cpu_seconds(self.proc.pid)
                if self._over(now, now - last_output, silent_cpu):
                    break
        if rest[err].strip():
            said.append(rest[err].decode("utf-8", "replace"))
        self.end.stderr = list(said)
        if not self.end.killed:
            try:
                self.proc.wait(self.hang_s)
            except subprocess.TimeoutExpired:
                self.end.hang = "the probe closed its output and did not exit"

    def _over(self, now: float, silence_s: float, silent_cpu: float | None) -> bool:
        if self.stop.requested:
            self.end.stopped = True
        elif self.deadline is not None and now > self.deadline:
            self.end.cut = True
        elif silence_s > self.hang_s:
            used = children.cpu_seconds(self.proc.pid) - (silent_cpu or 0.0)
            # A machine that is merely busy gives the probe little CPU time: then wait longer.
            if used > self.hang_s / 4 or silence_s > SILENCE_FACTOR * self.hang_s:
                self.end.hang = f"no output for {self.hang_s:g} s of running"
        return self.end.killed
