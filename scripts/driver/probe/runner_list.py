"""What --runner takes: one runner or several."""
from __future__ import annotations

import shlex
from pathlib import Path

from ..build.targets import NATIVE, QEMU, SYSTEM, WINE
from ..errors import UsageError
from ..nearest import hint
from .commanded import FOLDER, SSH, Command, Ssh
from .guest import System
from .runner import Native, Qemu, Runner
from .start import PROBE
from .wine import Installed, Wine

_NAMES = (QEMU, NATIVE, SYSTEM, WINE)
TAKES = (f"qemu, native, wine, system (real kernels in guests), qemu:PATH (a binary, or a folder of them), "
         f"ssh:HOST[:FOLDER], or a command with {PROBE} in it")


def parse(text: str, qemu: str | None = None) -> list[Runner]:
    """The runners of a list such as `qemu native`, in which a command is quoted, or of one command. `qemu`:
    the path that takes the place of the installed QEMU."""
    try:
        words = shlex.split(text)
    except ValueError as error:
        raise UsageError(f"--runner '{text}': {error}") from None
    if not words:
        raise UsageError(f"--runner names nothing; it takes {TAKES}")
    is_list = all(_is_name(word) or (PROBE in word and " " in word) for word in words)
    made = [_one(word, qemu) for word in (words if is_list else [text])]
    names = [one.given for one in made]
    if len(set(names)) < len(names):
        raise UsageError(f"--runner '{text}' names a runner twice")
    if qemu and not any(isinstance(one, Qemu) for one in made):
        raise UsageError(f"--qemu {qemu}: --runner {text} takes no QEMU")
    return made


def single(text: str, qemu: str | None = None) -> Runner:
    """For a command that takes one runner."""
    made = parse(text, qemu)
    if len(made) > 1:
        raise UsageError(f"--runner '{text}': only check takes several runners at a time")
    return made[0]


def _is_name(word: str) -> bool:
    return word in _NAMES or word.startswith((f"{QEMU}:", f"{SSH}:"))


def _one(text: str, qemu: str | None) -> Runner:
    if text == NATIVE:
        return Native(text)
    if text == WINE:
        return Wine()
    if text == SYSTEM:
        return System(text)
    if text == QEMU and not qemu:
        return Installed()
    if text == QEMU or text.startswith(f"{QEMU}:"):
        path = (qemu or "") if text == QEMU else text.partition(":")[2]
        if not path:
            raise UsageError(f"--runner {text}: it takes a path behind the colon")
        return Qemu(f"{QEMU}:{path}", Path(path).expanduser())
    if text.startswith(f"{SSH}:"):
        host, _, folder = text.partition(":")[2].partition(":")
        if not host or host.startswith("-"):
            raise UsageError(f"--runner {text}: it takes a host behind the colon")
        return Ssh(text, [SSH, "-o", "BatchMode=yes", host, f"{folder.rstrip('/') or FOLDER}/{PROBE}"])
    words = shlex.split(text)
    if not any(PROBE in word for word in words):
        near = hint(text, _NAMES) if len(words) == 1 else ""
        raise UsageError(f"--runner '{text}': there is no such runner{near}; it takes {TAKES}")
    return Ssh(text, words) if Path(words[0]).name == SSH else Command(text, words)
