"""The targets, as `make -s targets` lists them, and what --arch says of them."""
from __future__ import annotations

import dataclasses
import fnmatch
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .. import children
from ..context import Context
from ..errors import BuildError, UsageError
from ..nearest import hint
from . import make

# Tiers of a port that it may lack (arch/README.md), and what then can't be done.
MUTANTS, BINARIES, LIVE = "mutants", "binaries", "live"
WINE = "wine"   # Target.runner
_TIERS = {MUTANTS: "tier 2, mutants: nothing measures whether the checks there would notice a fault",
          BINARIES: "tier 3, binaries: no Go binary for it can be checked",
          LIVE: "tier 4, live: nothing fires at a real program of it"}
# Kinds of runners, as far as set-up and the choice of targets matter: the installed QEMU user mode; this
# machine, for what it runs; guests, for what there is a kernel of; whatever else.
QEMU, NATIVE, SYSTEM, OTHER = "qemu", "native", "system", "other"
_NONE = ("", "-")   # how the list says "none"
# Where ci/setup unpacks what it can't install.
QEMU_NEXT, TOOLS_NEXT = "build/qemu-next", "build/tools-next/bin"


@dataclass(frozen=True)
class Target:
    """One target of the Makefile's list; the fields have the names that they have there."""

    name: str
    arch: str                       # folder under arch/ and cases/
    family: bool = True             # whether it runs by default: one target of each architecture
    triple: str = ""                # of the cross compiler; "": the host's own gcc
    qemu: str = ""                  # name of the QEMU user-mode binary
    native: str = ""                # machine (uname -m) that runs it without QEMU, if there is one
    packages: tuple[str, ...] = ()  # Debian packages of its compiler and C library
    cpu: str = ""                   # of QEMU, where the default one falls short
    cpus: tuple[str, ...] = ()      # further CPU models, for what depends on the CPU's features
    # registers that a Go runtime keeps across an injected call by other means than its stub
    kept: tuple[str, ...] = ()
    # of a 4-byte word that loads a literal: a mask, its value, and the bits of the distance
    literal: tuple[int, ...] = ()
    go_qemu: int = 0                # QEMU's first major version that runs Go programs; 0: any
    abis: tuple[int, ...] = ()      # flags of ELF headers, of programs that need an agent of their own
    lacks: tuple[str, ...] = ()     # tiers that the port does not have: MUTANTS, BINARIES
    guest: tuple[str, ...] = ()     # QEMU's system mode, and its options for the machine
    console: str = ""               # of that machine, as its kernel calls it
    kernel_options: str = ""        # further ones, beside the console
    no_guest: str = ""              # why there is no kernel for one
    qemu_from: int = 0              # QEMU's first major version that will do; 0: any
    # packages of the next release, for ci/setup to unpack into build/ where its compiler can't be installed
    unpack: tuple[str, ...] = ()
    llvm: int = 0                   # libLLVM's first major version that disassembles it; 0: Capstone does
    insn_cpu: str = ""              # CPU model that has all extensions that insn/ knows, for effects-match
    runner: str = ""                # what runs it in place of QEMU: WINE
    elf: str = ""                   # the target whose compiler assembles for it; "": its own
    root: Path = Path()             # of the project

    @property
    def compiler(self) -> str:
        """What ci/setup unpacked, if it did, else the installed one."""
        unpacked = self.root / TOOLS_NEXT / f"{self.triple}-gcc"
        if self.unpack and unpacked.exists():
            return str(unpacked)
        return f"{self.triple}-gcc" if self.triple else "gcc"

    @property
    def emulator(self) -> str:
        """The QEMU that runs its programs, when the user names none: an unpacked one, if it is there, as the
        installed one may be too old."""
        unpacked = self.root / QEMU_NEXT / self.qemu
        return str(unpacked) if self.qemu_from and unpacked.exists() else self.qemu

    def test_files(self, root: Path, name: str) -> list[Path]:
        """The files of that name in the test folders of its port and of what the port shares with others."""
        folder = root / "arch" / self.arch
        return [path for path in (folder.parent / "common/test" / name, folder / "test" / name)
                if path.exists()]

    @property
    def runs_natively(self) -> bool:
        return self.native == platform.machine()


def load(context: Context) -> list[Target]:
    """All targets in the order of the project's list."""
    done = make.run(context, "targets")
    if done.status != 0:
        lines = [line for line in done.err.splitlines() if line.strip()]
        raise BuildError("`make -s targets` failed: "
                         f"{lines[0] if lines else children.status_text(done.status)}")
    found = [dataclasses.replace(target, root=context.root) for target in read(done.out)]
    if not found:
        raise BuildError("`make -s targets` lists no target")
    return found


def read(text: str) -> list[Target]:
    """Reads lines of the form `<target>.<key>=<value>`. Keys that this driver does not know are skipped."""
    facts: dict[str, dict[str, str]] = {}
    for line in filter(str.strip, text.splitlines()):
        found = re.fullmatch(r"([^.=\s]+)\.(\w+)=(.*)", line)
        if not found:
            raise BuildError(f"`make -s targets` printed a line that is not <target>.<key>=<value>: {line!r}")
        facts.setdefault(found[1], {})[found[2]] = found[3].strip()
    return [_target(name, values) for name, values in facts.items()]


def _target(name: str, values: dict[str, str]) -> Target:
    def text(key: str) -> str:
        return "" if values.get(key, "") in _NONE else values[key]

    for key in ("arch", "qemu"):
        if not text(key) and not (key == "qemu" and text("runner")):
            raise BuildError(f"`make -s targets` gives no {key} for {name}")
    try:
        literal, abis = (tuple(int(word, 0) for word in text(key).split()) for key in ("literal", "abis"))
    except ValueError as error:
        raise BuildError(f"`make -s targets`: {name}.literal or {name}.abis: {error}") from None
    return Target(name, text("arch"), text("family") == "1", text("triple"), text("qemu"), text("native"),
                  tuple(text("packages").split()), text("cpu"), tuple(text("cpus").split()),
                  tuple(text("kept").split()),
                  literal, int(text("go_qemu") or "0"), abis, tuple(text("lacks").split()),
                  tuple(text("guest").split()), text("console"), text("kernel_options"),
                  text("no_guest"),
                  int(text("qemu_from") or "0"), tuple(text("unpack").split()), int(text("llvm") or "0"),
                  runner=text("runner"), elf=text("elf"), insn_cpu=text("insn_cpu"))


def words(text: str) -> list[str]:
    """The words of a list that is separated by spaces or commas."""
    return [word for word in re.split(r"[\s,]+", text) if word]


def among(name: str, globs: str) -> bool:
    """Whether a list of globs, as `words` takes it, has one for this name."""
    return any(fnmatch.fnmatchcase(name, glob) for glob in words(globs))


def select(known: list[Target], arch: str | None, runner: str = "qemu") -> list[Target]:
    """The targets that --arch names, in the list's order; None: the families, or what this machine can run
    natively, or all that may have a guest. `runner`: its kind."""
    if arch is None:
        chosen = [t for t in known if (t.runs_natively if runner == NATIVE else t.family or runner == SYSTEM)]
        if not chosen:
            raise UsageError(f"no target runs natively on {platform.machine()}; leave out RUNNER=native")
        return chosen
    names = words(arch)
    if not names:
        raise UsageError("--arch names no target; " + _listing(known))
    by_name = {t.name: t for t in known}
    for name in names:
        if name != "all" and name not in by_name:
            raise UsageError(f"unknown target '{name}' in --arch{hint(name, by_name)}; " + _listing(known))
    chosen = [t for t in known if "all" in names or t.name in names]
    if runner == NATIVE:
        foreign = [t.name for t in chosen if not t.runs_natively]
        if foreign:
            raise UsageError(f"--runner native: {', '.join(foreign)} cannot run natively on "
                             f"{platform.machine()}; "
                             "use --runner qemu")
    return chosen


def _listing(known: list[Target]) -> str:
    return "the targets are: all " + " ".join(t.name for t in known)


def lacking(chosen: list[Target]) -> list[str]:
    """What the ports of these targets lack, one line for each tier."""
    found = []
    for tier, meaning in _TIERS.items():
        names = [t.name for t in chosen if tier in t.lacks]
        if names:
            found.append(f"{', '.join(names)}: the port lacks {meaning}")
    return found


def having(chosen: list[Target], tier: str) -> list[Target]:
    """Those of `chosen` whose port has this tier; the others are skipped, and the reason is printed. One must
    be left."""
    kept = [t for t in chosen if tier not in t.lacks]
    if not kept:
        raise UsageError(f"nothing can be done for {', '.join(t.name for t in chosen)}: the port lacks "
                         f"{_TIERS[tier]}")
    for target in chosen:
        if target not in kept:
            print(f"skipped {target.name}: the port lacks {_TIERS[tier]}", file=sys.stderr, flush=True)
    return kept


def missing_tools(target: Target, runner: str) -> list[str]:
    """What `target` needs and this machine lacks: programs, and libLLVM."""
    missing = [] if shutil.which(target.compiler) else [target.compiler]
    runs_on = target.runner or target.emulator
    if runner == QEMU and shutil.which(runs_on) is None:
        missing.append(target.runner or target.qemu)
    elif runner == QEMU and target.qemu_from and _major(target.emulator) < target.qemu_from:
        missing.append(f"{target.qemu} of version {target.qemu_from} or newer")
    if target.llvm and not _has_llvm(target.llvm):
        missing.append(f"libLLVM of version {target.llvm} or newer")
    return missing


def _major(qemu: str) -> int:
    done = subprocess.run([qemu, "--version"], capture_output=True, text=True, check=False)
    found = re.search(r"version\s+(\d+)", done.stdout)
    return int(found[1]) if found else 0


def _has_llvm(oldest: int) -> bool:
    """Where the dynamic linker looks for libraries: libLLVM-16.so.1, or libLLVM.so.19.1 of later ones."""
    done = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=False)
    return any(int(one or other) >= oldest
               for one, other in re.findall(r"libLLVM(?:-(\d+)\.so\.1|\.so\.(\d+)\.\d+)\b", done.stdout))
