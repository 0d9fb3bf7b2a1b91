"""Runners: what stands before a probe on the command line, and what QEMU says of itself."""
from __future__ import annotations

import re

from ..build.targets import Target
from ..context import Context


def prefix(context: Context, target: Target, runner: str = "qemu", mode: str = "pin") -> tuple[str, ...]:
    """What stands before the probe on the command line."""
    if runner == "native":
        return ()
    command = (target.qemu, "-cpu", target.cpu) if target.cpu else (target.qemu,)
    return (*command, one_insn_flag(context, target)) if mode == "free" else command


def qemu_version(context: Context, target: Target) -> str:
    """"qemu-user 7.2.22", or "qemu-user unknown"."""
    done = context.run([target.qemu, "--version"])
    found = re.search(r"version\s+(\d+(?:\.\d+)*)", done.out)
    return f"qemu-user {found.group(1) if found else 'unknown'}"


def one_insn_flag(context: Context, target: Target) -> str:
    """QEMU's flag for one guest instruction per translation block: it was renamed in 8.1, and the old name
    went later."""
    done = context.run([target.qemu, "--help"])
    return "-one-insn-per-tb" if "one-insn-per-tb" in done.out + done.err else "-singlestep"
