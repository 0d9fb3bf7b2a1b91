"""How a runner starts a probe: the command line made of the probe's path and its arguments."""
from __future__ import annotations

import dataclasses
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROBE = "{probe}"   # in a user's command, stands for the probe


@dataclass(frozen=True)
class Start:
    """What stands before a probe on this machine: QEMU and its flags, or nothing."""

    prefix: tuple[str, ...] = ()

    @property
    def is_native(self) -> bool:
        """Whether this machine's processor and kernel are all that the probe runs on."""
        return not self.prefix

    @property
    def is_far(self) -> bool:
        """Whether it runs on another machine."""
        return False

    @property
    def patience(self) -> float:
        """How many times longer than under QEMU's user mode a silence may last."""
        return 1.0

    @property
    def stdin(self) -> int | None:
        """What children.start gives it as standard input."""
        return None

    def argv(self, probe: Path, arguments: list[str]) -> list[str]:
        return [*self.prefix, str(probe), *arguments]

    def on_cpu(self, cpu: str) -> Start:
        """Another CPU model of QEMU's."""
        return dataclasses.replace(self, prefix=(*self.prefix, "-cpu", cpu))


@dataclass(frozen=True)
class CommandStart(Start):
    """A command of the user's on this machine. `words`: with PROBE in one of them at least."""

    words: tuple[str, ...] = (PROBE,)

    @property
    def is_native(self) -> bool:
        return False

    def argv(self, probe: Path, arguments: list[str]) -> list[str]:
        return [*(word.replace(PROBE, str(probe)) for word in self.words), *arguments]


@dataclass(frozen=True)
class FarStart(Start):
    """A command that another machine's shell is given. `words`: what leads there; `far`: the command, with
    `place` where the probe lies there."""

    words: tuple[str, ...] = ()
    far: tuple[str, ...] = ()

    @property
    def is_native(self) -> bool:
        return False

    @property
    def is_far(self) -> bool:
        return True

    @property
    def stdin(self) -> int | None:
        return subprocess.PIPE

    def argv(self, probe: Path, arguments: list[str]) -> list[str]:
        """Killing what leads there does not end the probe; so that a hung one does not stay, it is killed
        when its standard input ends, as it does when the driver dies, too."""
        line = shlex.join([*(word.replace(PROBE, str(probe)) for word in self.far), *arguments])
        return [*self.words, f"exec 3<&0; {line} </dev/null 3<&- & p=$!; "
                             "{ cat <&3; kill -9 $p; } >/dev/null 2>&1 & w=$!; exec 3<&-; "
                             "wait $p; s=$?; kill $w 2>/dev/null; exit $s"]
