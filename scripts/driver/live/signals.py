"""The number that a signal has on a target: that of its C library's <signal.h>, since they differ."""
from __future__ import annotations

import re

from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError
from ..nearest import hint

_MAX = 128
_NO_HANDLER = ("KILL", "STOP")


def number(context: Context, target: Target, word: str) -> int:
    """Of "USR1", "SIGUSR1" or a number, which is taken for the target's own."""
    known = _known(context, target)
    name = word.upper().removeprefix("SIG")
    found = int(word) if word.isdecimal() else known.get(name)
    if found is None or not 0 < found <= _MAX:
        raise UsageError(f"--signal: {target.name} has no signal '{word}' (of real-time signals give the "
                         f"number){hint(name, known)}")
    if found in (known.get(each) for each in _NO_HANDLER):
        raise UsageError(f"--signal: no program can have a handler of {word}")
    return found


def _known(context: Context, target: Target) -> dict[str, int]:
    done = context.run([target.compiler, "-dM", "-E", "-x", "c", "-include", "signal.h", "/dev/null"])
    if done.status != 0:
        raise BuildError(f"{target.compiler} can't read <signal.h>: {done.err.strip()}")
    said = dict(re.findall(r"^#define SIG([A-Z][A-Z0-9]*) (\w+)$", done.out, re.MULTILINE))
    known = {name: int(value) for name, value in said.items() if value.isdecimal()}
    aliases = {name: known[value[3:]] for name, value in said.items() if value[3:] in known}
    return {**aliases, **known}
