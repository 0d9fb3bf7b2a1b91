"""Runners that are a command of the user's: another emulator, a wrapper, or a board behind ssh."""
from __future__ import annotations

import re
import shlex
from pathlib import Path

from .. import children
from ..build.targets import Target
from ..context import Context
from ..errors import SetupError, UsageError
from ..unfinished import digest
from .runner import Runner, installed
from .start import PROBE, CommandStart, FarStart, Start

SSH = "ssh"
FOLDER = "/tmp"                                # for probes on another machine
_TAKES_VALUE = "BbcDEeFIiJLlmOoPpQRSWw"        # ssh(1): options with an argument
_COPY_S = 300.0


class Command(Runner):
    """Any command on this machine: PROBE in it is the probe's path, and its arguments go to the end."""

    def __init__(self, given: str, words: list[str]) -> None:
        super().__init__(given)
        self.words = tuple(words)

    def check(self, context: Context, chosen: list[Target]) -> None:
        if self.words[0] == PROBE:
            return
        found = installed(self.words[0])
        if found is None:
            raise SetupError(f"--runner '{self.given}': there is no program {self.words[0]}; install it, or "
                             "name it with its path")
        self.words = (found, *self.words[1:])

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        return CommandStart(words=self.words)


class Ssh(Runner):
    """Another machine. Where the command has PROBE behind a folder (/tmp/{probe}), the probe is copied there
    under a name of its own; where PROBE is a word by itself, it is this machine's path, of a file system
    that both see."""

    def __init__(self, given: str, words: list[str]) -> None:
        super().__init__(given)
        host = 1
        while host < len(words) and words[host].startswith("-"):
            host += 2 if re.fullmatch(f"-[A-Za-z0-9]*[{_TAKES_VALUE}]", words[host]) else 1
        self.words = tuple(words[:host + 1])
        self.far = tuple(one for word in words[host + 1:] for one in shlex.split(word))
        self.host = words[host] if host < len(words) else ""
        if not self.host or not any(PROBE in word for word in self.far):
            raise UsageError(f"--runner '{given}': it takes ssh, its options, a host, and a command there "
                             f"that has {PROBE} in it, such as {FOLDER}/{PROBE}")
        self._system = ""

    def check(self, context: Context, chosen: list[Target]) -> None:
        if installed(self.words[0]) is None:
            raise SetupError(f"--runner '{self.given}': there is no program {self.words[0]}; apt-get install "
                             "-y openssh-client")
        done = context.run([*self.words, "uname -srm"], timeout_s=60)
        if done.status != 0:
            said = [line for line in done.err.splitlines() if line.strip()] or [
                "no answer within a minute" if done.timed_out else children.status_text(done.status)]
            raise SetupError(f"--runner '{self.given}': no command can be run on {self.host} "
                             f"({said[-1].strip()}); `{shlex.join(self.words)} true` must work without a "
                             "question")
        self._system = done.out.strip()

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        name = f"everypc-{target.name}-{digest(probe)[:12]}"
        far = tuple(word if word == PROBE else word.replace(PROBE, name) for word in self.far)
        for word, there in zip(self.far, far):
            if word != there:
                self._copy(context, probe, there)
        return FarStart(words=self.words, far=far)

    def _copy(self, context: Context, probe: Path, there: str) -> None:
        """Through ssh itself: not every board has what scp needs."""
        path, part = shlex.quote(there), f"{shlex.quote(there)}.$$"
        done = context.run([*self.words, f"test -x {path} || {{ cat >{part} && chmod 755 {part} && "
                                         f"mv {part} {path}; }}"], timeout_s=_COPY_S, stdin=probe)
        if done.status != 0:
            said = done.err.strip().splitlines() or [children.status_text(done.status)]
            raise SetupError(f"--runner '{self.given}': the probe can't be copied to {self.host}:{there} "
                             f"({said[-1].strip()}); name a folder that can be written to: "
                             f"ssh:{self.host}:FOLDER")

    def name(self, context: Context, target: Target) -> str:
        return f"{self.given} ({self._system})"
