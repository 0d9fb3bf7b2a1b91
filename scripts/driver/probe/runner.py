"""Runners: what a probe runs on. A runner says whether it is there, how it starts a target's probe
(start.py), and what the reports call it; shardrun.py and watch.py read the events of what it started, notice
that it hangs, and start it again behind a broken case, whatever the runner."""
from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from ..build.targets import NATIVE, OTHER, QEMU, Target
from ..context import Context
from ..errors import SetupError, UsageError
from .start import Start

NEXT_QEMU = "`ci/setup --qemu-next` unpacks a newer one into build/qemu-next"


class Runner:
    """One runner. `given`: as --runner takes it. `kind`: which targets it takes and what set-up has to see to
    (build/targets.py)."""

    kind = OTHER

    def __init__(self, given: str) -> None:
        self.given = given

    def lacks(self, target: Target) -> str | None:
        """Why there is nothing that could run this target, if that is known beforehand."""
        return None

    def check(self, context: Context, chosen: list[Target]) -> None:
        """Raises SetupError if what it takes is not there, with a line on how to get it; UsageError if it
        can't be used for these targets."""

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        """How a target's probe is started, after it was brought to where it runs."""
        raise NotImplementedError

    def name(self, context: Context, target: Target) -> str:
        """As the reports name it, with its version."""
        return self.given

    def refuses(self, context: Context, start: Start, probe: Path) -> str | None:
        """Why it can't run this probe at all, if it can't."""
        try:
            done = context.run(start.argv(probe, ["--help"]), timeout_s=60, stdin=start.stdin)
        except OSError as error:
            return error.strerror or str(error)
        if done.timed_out:
            return "no answer within a minute"
        if done.status in (126, 127, 255):   # of shells, env and QEMU: not executed; of ssh: not there
            said = [line for line in done.err.splitlines() if line.strip()]
            return said[-1].strip() if said else f"exit status {done.status}"
        return None


class Native(Runner):
    """This machine's own processor and kernel."""

    kind = NATIVE

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        return Start()

    def refuses(self, context: Context, start: Start, probe: Path) -> str | None:
        why = super().refuses(context, start, probe)
        return f"this machine's kernel does not run its programs ({why})" if why else None


class Qemu(Runner):
    """QEMU user mode: the installed one, or another. `path`: a binary, or a folder with one a target."""

    def __init__(self, given: str = QEMU, path: Path | None = None) -> None:
        super().__init__(given)
        self.path = path.resolve() if path else None
        self.kind = OTHER if path else QEMU

    def lacks(self, target: Target) -> str | None:
        return "it runs under Wine, and has no QEMU" if self.path and not target.qemu else None

    def binary(self, target: Target) -> str:
        if self.path is None:
            return target.emulator
        if not self.path.is_dir():
            return str(self.path)
        plain, static = self.path / target.qemu, self.path / f"{target.qemu}-static"
        return str(static if static.exists() and not plain.exists() else plain)

    def check(self, context: Context, chosen: list[Target]) -> None:
        if self.path is None:
            return   # setup.ensure
        if not self.path.exists():
            raise SetupError(f"QEMU {self.path}: no such file or folder; {NEXT_QEMU}")
        if not self.path.is_dir() and len({target.qemu for target in chosen}) > 1:
            raise UsageError(f"QEMU {self.path} is one binary, and {' '.join(t.name for t in chosen)} need "
                             "several: name the folder that holds them, or one target with --arch")
        for target in chosen:
            if not os.access(self.binary(target), os.X_OK):
                raise SetupError(f"QEMU {self.path}: no {target.qemu} to execute there, which {target.name} "
                                 f"needs; {NEXT_QEMU}")

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        binary = self.binary(target)
        command = (binary, "-cpu", target.cpu) if target.cpu else (binary,)
        return Start((*command, one_insn_flag(context, binary)) if mode == "free" else command)

    def name(self, context: Context, target: Target) -> str:
        return qemu_version(context, self.binary(target))

    def refuses(self, context: Context, start: Start, probe: Path) -> str | None:
        """Set-up has seen to the installed one."""
        return super().refuses(context, start, probe) if self.path else None


def installed(word: str) -> str | None:
    """The path of a command's first word, which may be relative to the user's folder; None if there is no
    such program."""
    found = shutil.which(word)
    return str(Path(found).resolve() if "/" in word and found else found) if found else None


def qemu_version(context: Context, binary: str) -> str:
    """"qemu-user 7.2.22", or "qemu-user unknown"."""
    return f"qemu-user {installed_version(context, binary)}"


def installed_version(context: Context, binary: str) -> str:
    """What a QEMU gives as its version, "7.2.22", or "unknown"."""
    done = context.run([binary, "--version"])
    found = re.search(r"version\s+(\d+(?:\.\d+)*)", done.out)
    return found.group(1) if found else "unknown"


def one_insn_flag(context: Context, binary: str) -> str:
    """QEMU's flag for one guest instruction per translation block: it was renamed in 8.1, and the old name
    went later."""
    done = context.run([binary, "--help"])
    return "-one-insn-per-tb" if "one-insn-per-tb" in done.out + done.err else "-singlestep"
