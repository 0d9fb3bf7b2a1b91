"""Which program's stub an injected call goes through: a program's own; for objects and dumps that of a
program built by the same Go."""
from __future__ import annotations

import shutil
from pathlib import Path

from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError
from . import tool, toolchain
from .tool import Info

PROGRAM = "controls"   # of toolchain.PROGRAMS


def find(context: Context, target: Target, info: Info, given: Path | None, goroot: str | None) -> Path:
    """The program. `given`, `goroot`: as the user named them. Raises UsageError, which says what to name,
    where there is none of the same target and version."""
    if info.is_program:
        return info.path
    if given:
        return _given(context, info, given)
    if not goroot and not shutil.which("go"):
        raise UsageError(f"a {info.format} file has no stub: name a program of {info.version} with --stub")
    folder = toolchain.goroot(context, goroot)
    version = toolchain.version(context, folder)
    if version != info.version:
        raise UsageError(f"it was made by {info.version or 'an unknown Go'}, and {folder} is {version}: name "
                         "a program that has its stub with --stub, or its toolchain with --goroot")
    try:
        return toolchain.program(context, target, folder, PROGRAM)
    except BuildError as error:
        raise UsageError(f"no program to take the stub from: {error}") from error


def _given(context: Context, info: Info, given: Path) -> Path:
    other = tool.info(context, given)
    if not other.is_program:
        raise UsageError(f"--stub {given}: a {other.format} file has no stub either")
    if other.target != info.target:
        raise UsageError(f"--stub {given} is for {other.target}, and {info.path} for {info.target}")
    if info.version and other.version != info.version:
        raise UsageError(f"--stub {given} is of {other.version or 'an unknown Go'}, and {info.path} of "
                         f"{info.version}")
    return given
