"""The targets, as `make -s targets` lists them, and what --arch says of them."""
from __future__ import annotations

import platform
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import children, make
from .errors import BuildError, UsageError

HOST_TRIPLE = "-"


@dataclass(frozen=True)
class Target:
    """One line of `make -s targets`."""

    name: str
    arch: str                  # folder under arch/ and cases/
    family: bool               # one of the eight that run by default
    triple: str                # of the cross compiler; HOST_TRIPLE: the host's own gcc
    qemu: str                  # name of the QEMU user-mode binary
    native: str                # machine (uname -m) that runs it without QEMU, or "-"
    packages: tuple[str, ...]  # Debian packages of its compiler and C library
    cpu: str = ""              # of QEMU, where its default one falls short
    cpus: tuple[str, ...] = () # further CPU models, for what asks the CPU what it has
    kept: tuple[str, ...] = () # registers that a Go runtime keeps across an injected call by other means than its stub
    literal: tuple[int, ...] = () # of a 4-byte word that loads a literal: a mask, its value, and the bits of the distance

    @property
    def compiler(self) -> str:
        return "gcc" if self.triple == HOST_TRIPLE else self.triple + "-gcc"

    def test_files(self, root: Path, name: str) -> list[Path]:
        """The files of that name in the test folders of its port and of what the port shares with others."""
        folder = root / "arch" / self.arch
        return [path for path in (folder.parent / "common/test" / name, folder / "test" / name) if path.exists()]

    @property
    def runs_natively(self) -> bool:
        return self.native == platform.machine()


def load(root: Path, stop: children.StopRequest) -> list[Target]:
    """All targets in the order of the project's list."""
    done = make.run(root, stop, "targets")
    if done.status != 0:
        lines = [line for line in done.err.splitlines() if line.strip()]
        raise BuildError(f"`make -s targets` failed: {lines[0] if lines else children.status_text(done.status)}")
    found = [_parse(line) for line in done.out.splitlines() if line.strip()]
    if not found:
        raise BuildError("`make -s targets` lists no target")
    return found


def _parse(line: str) -> Target:
    fields = line.split("\t")
    if len(fields) < 6:
        raise BuildError(f"`make -s targets` has a line that is not eleven fields: {line!r}")
    packages = tuple(fields[6].split()) if len(fields) > 6 else ()
    return Target(fields[0], fields[1], fields[2] == "1", fields[3], fields[4], fields[5], packages,
                  fields[7] if len(fields) > 7 else "", tuple(fields[8].split()) if len(fields) > 8 else (),
                  tuple(fields[9].split()) if len(fields) > 9 else (),
                  tuple(int(word, 0) for word in fields[10].split()) if len(fields) > 10 else ())


def words(text: str) -> list[str]:
    """The words of a list that is separated by spaces or commas."""
    return [word for word in re.split(r"[\s,]+", text) if word]


def select(known: list[Target], arch: str | None, runner: str = "qemu") -> list[Target]:
    """The targets that --arch names, in the list's order; None: the families, or what this machine can run natively."""
    if arch is None:
        chosen = [t for t in known if (t.runs_natively if runner == "native" else t.family)]
        if not chosen:
            raise UsageError(f"no target runs natively on {platform.machine()}; leave out RUNNER=native")
        return chosen
    names = words(arch)
    if not names:
        raise UsageError("--arch names no target; " + _listing(known))
    by_name = {t.name: t for t in known}
    for name in names:
        if name != "all" and name not in by_name:
            raise UsageError(f"unknown target '{name}' in --arch; " + _listing(known))
    chosen = [t for t in known if "all" in names or t.name in names]
    if runner == "native":
        foreign = [t.name for t in chosen if not t.runs_natively]
        if foreign:
            raise UsageError(f"--runner native: {', '.join(foreign)} cannot run natively on {platform.machine()}; "
                             "use --runner qemu")
    return chosen


def _listing(known: list[Target]) -> str:
    return "the targets are: all " + " ".join(t.name for t in known)


def qemu_version(target: Target, root: Path, stop: children.StopRequest) -> str:
    """"qemu-user 7.2.22", or "qemu-user unknown"."""
    done = children.run([target.qemu, "--version"], root, stop)
    found = re.search(r"version\s+(\d+(?:\.\d+)*)", done.out)
    return f"qemu-user {found.group(1) if found else 'unknown'}"


def one_insn_flag(target: Target, root: Path, stop: children.StopRequest) -> str:
    """QEMU's flag for one guest instruction per translation block: it was renamed in 8.1, and the old name went later."""
    done = children.run([target.qemu, "--help"], root, stop)
    return "-one-insn-per-tb" if "one-insn-per-tb" in done.out + done.err else "-singlestep"


def missing_tools(target: Target, runner: str) -> list[str]:
    """The programs that `target` needs and this machine lacks."""
    needed = [target.compiler] + ([target.qemu] if runner == "qemu" else [])
    return [tool for tool in needed if shutil.which(tool) is None]
