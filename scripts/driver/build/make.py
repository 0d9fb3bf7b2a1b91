"""Calls of make. What the user gave to an outer make (ARCH=, CASES=, -j) must not leak into these, so its
variables are taken out of the environment first."""
from __future__ import annotations

import contextlib
import os
import shutil
import subprocess

from .. import children
from ..context import Context
from ..errors import SetupError
from .lock import building

# Goals that build nothing, but print.
_PRINTED = ("targets", "host-packages", "go-packages", "gdb-packages")
_OURS = ("MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL", "GNUMAKEFLAGS", "ARCH", "MODE", "CASES", "SEED",
         "SEEDS", "CASE_LIST", "HOURS", "DRAWN",
         "SHARD",
         "RUNNER", "SUT", "ID", "M", "TARGET", "OUT", "CASE_FILES", "RESULTS", "RESUME", "JOBS",
         "BIN", "GOROOT", "PROGRAMS", "ONLY", "CHECKS", "FRAGILE", "A", "B", "STATIC", "GOOD", "BAD", "REPO",
         "BUILD", "CHECK_GO", "LIVE", "AT", "WITH", "BY", "MOST")


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OURS}


def run(context: Context, *args: str, merge: bool = False, jobs: int = 1) -> children.Completed:
    """`make -s -j<jobs> args` in the project's folder; with `merge`, its errors are part of the output, in
    their order. Waits while another run builds for the same target, or for the host."""
    if shutil.which("make") is None:
        raise SetupError("make is not installed; install it with: apt-get install -y make")
    target = next((arg.removeprefix("TARGET=") for arg in args if arg.startswith("TARGET=")), None)
    with contextlib.nullcontext() if args[0] in _PRINTED else building(context, target):
        return children.run(["make", "-s", f"-j{jobs}", *args], context.root, context.stop,
                            env=environment(), err=subprocess.STDOUT if merge else subprocess.PIPE)


def own_lines(line: str) -> bool:
    """Whether `line` is make talking about itself ("make: *** [...]"), which says nothing to the user."""
    return line.startswith(("make:", "make[", "gmake:"))
