"""Drives `git bisect run` in a worktree: each commit is tried once, and what came of it is kept, so that a
bisection which was stopped or killed goes on where it was."""
from __future__ import annotations

import dataclasses
import json
import math
import os
import re
import selectors
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .. import children, folders
from ..context import Context
from ..errors import FAILED, NOT_BUILT, PASSED, DriverError, UsageError
from .repository import Tree

WORDS = {PASSED: "good", FAILED: "bad", NOT_BUILT: "skipped"}
_VERDICTS = "verdicts.json"
_TRY = "everypc: try this commit"
# What git runs at each commit: it has the driver answer with the exit code. 255 ends git's bisection.
_ASK = f"echo '{_TRY}'; read -r code || exit 255; exit \"$code\""
_FIRST_BAD = re.compile(r"([0-9a-f]{40,64}) is the first bad commit")


@dataclass(frozen=True)
class Verdict:
    """What came of a commit."""

    code: int          # PASSED, FAILED or NOT_BUILT
    line: str          # why, in one line
    seconds: float = 0.0
    failure: str = ""  # the first failure, as a check prints it


Judge = Callable[[str], Verdict]   # of the commit that the worktree has


class Bisection:
    """Between two commits, in `folder`, which has the verdicts so far. `say` is told the progress."""

    def __init__(self, context: Context, tree: Tree, folder: Path, judge: Judge,
                 say: Callable[[str], None]) -> None:
        self.context, self._tree, self._judge, self._say = context, tree, judge, say
        self._path = folder / _VERDICTS
        kept = json.loads(self._path.read_text(encoding="utf-8")) if self._path.exists() else {}
        self.verdicts = {commit: Verdict(**one) for commit, one in kept.items()}
        self._steps = 0

    def check_ends(self, good: str, bad: str) -> None:
        """Raises UsageError where the good commit is not good or the bad one not bad."""
        for commit, code, name in ((bad, FAILED, "BAD"), (good, PASSED, "GOOD")):
            self._tree.checkout(commit)
            found = self.verdict(commit, name)
            if found.code != code:
                raise UsageError(f"{name} {commit[:12]} is {WORDS[found.code]}: {found.line}")

    def verdict(self, commit: str, what: str) -> Verdict:
        """Of the commit that the worktree has: the one that is known, or a new one."""
        known = self.verdicts.get(commit)
        title = self._tree.repository.title(commit)
        if known is None:
            self._say(f"{what}: {title}")
            began = time.monotonic()
            judged = self._judge(commit)
            known = dataclasses.replace(judged, seconds=round(time.monotonic() - began, 2))
            self.verdicts[commit] = known
            folders.write_json(self._path, {name: asdict(one) for name, one in self.verdicts.items()})
        else:
            self._say(f"{what}: {title} (known)")
        self._say(f"  {WORDS[known.code]}: {known.line} ({known.seconds:.1f} s)")
        return known

    def first_bad(self, good: str, bad: str) -> list[str]:
        """The first bad commit; several where commits that don't build lie between."""
        self._tree.git("bisect", "start", bad, good)
        said: list[str] = []
        reading, writing = os.pipe()
        proc = children.start(["git", "-C", str(self._tree.path), "bisect", "run", "sh", "-c", _ASK],
                              self._tree.path, err=subprocess.STDOUT, stdin=Path(f"/proc/self/fd/{reading}"))
        os.close(reading)
        try:
            for line in _lines(self.context, proc):
                if line == _TRY:
                    os.write(writing, f"{self._step()}\n".encode())
                else:
                    said.append(line)
            proc.wait()
        finally:
            os.close(writing)
            if proc.poll() is None:
                children.kill(proc)
        return self._end(said)

    def _step(self) -> int:
        left = self._tree.left()
        steps = max(1, math.ceil(math.log2(max(left, 2))))
        spent = [one.seconds for one in self.verdicts.values() if one.seconds]
        seconds = steps * sum(spent) / len(spent) if spent else 0.0
        self._steps += 1
        what = (f"step {self._steps}, {left} commits left, about {steps} more "
                f"step{'s' if steps > 1 else ''} and {seconds:.0f} s")
        return self.verdict(self._tree.head(), what).code

    @staticmethod
    def _end(said: list[str]) -> list[str]:
        for line in said:
            found = _FIRST_BAD.search(line)
            if found:
                return [found[1]]
        left = [line for line in said if re.fullmatch(r"[0-9a-f]{40,64}", line)]
        if not left:
            raise DriverError("git bisect run ended without a commit: "
                              f"{said[-1] if said else 'it said nothing'}")
        return left


def _lines(context: Context, proc: subprocess.Popen[bytes]) -> Iterator[str]:
    """The lines that a process prints, as they come. Raises Interrupted when a stop is asked for."""
    out = proc.stdout
    assert out
    rest = b""
    with selectors.DefaultSelector() as selector:
        selector.register(out, selectors.EVENT_READ)
        while True:
            ready = selector.select(timeout=children.POLL_S)
            context.stop.check()
            if not ready:
                continue
            chunk = os.read(out.fileno(), 1 << 16)
            *complete, rest = (rest + chunk).split(b"\n")
            yield from (line.decode("utf-8", "replace") for line in complete)
            if not chunk:
                return
