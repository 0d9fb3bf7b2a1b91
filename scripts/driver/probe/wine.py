"""Wine, without a display: runs Windows' programs on this machine's processor. Its drives and registry are a
folder below build/ for each target, made once: what the 64-bit half alone has made runs nothing else."""
from __future__ import annotations

import fcntl
import os
import re
from pathlib import Path

from ..build.targets import WINE, Target
from ..context import Context
from ..errors import SetupError
from .runner import Qemu, Runner, installed
from .start import Start

HALF = "wine32"
_HALF_LOADER = Path("/usr/lib/wine/wine")   # Debian's; beside it, wine64
BOOT_S = 300   # what making the folder may take, seconds
INSTALL = "install it with `ci/setup {}`, which says what it installs"


class Wine(Runner):
    """The installed Wine."""

    kind = WINE

    def __init__(self, given: str = WINE) -> None:
        super().__init__(given)
        self._booted: set[str] = set()

    def lacks(self, target: Target) -> str | None:
        return None if target.runner == WINE else "it is not a Windows target"

    def check(self, context: Context, chosen: list[Target]) -> None:
        for target in chosen:
            why = missing(target)
            if why:
                raise SetupError(f"{target.name}: {why}; {INSTALL.format(target.name)}")

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        folder = _folder(context, target)
        self._boot(context, folder)
        return Start(("env", *_environment(folder), WINE))

    def name(self, context: Context, target: Target) -> str:
        found = re.search(r"wine-(\S+)", context.run([WINE, "--version"]).out)
        return f"wine {found.group(1) if found else 'unknown'}"

    def _boot(self, context: Context, folder: Path) -> None:
        """Makes the folder, if it is not there; two that want it at a time make it one after the other."""
        done = folder / "everypc-made"
        if folder.name in self._booted or done.exists():
            return
        folder.mkdir(parents=True, exist_ok=True)
        with open(folder / "lock", "w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                made = context.run(["env", *_environment(folder), WINE, "wineboot", "--init"],
                                   timeout_s=BOOT_S)
                if made.timed_out or made.status != 0:
                    raise SetupError(f"wineboot could not make {folder}: "
                                     f"{made.err.strip() or f'exit status {made.status}'}; remove it and try "
                                     "again")
                done.touch()
        self._booted.add(folder.name)


class Installed(Qemu):
    """What each target runs on by default: the installed QEMU, and for Windows' Wine."""

    def __init__(self) -> None:
        super().__init__()
        self._wine = Wine()

    def check(self, context: Context, chosen: list[Target]) -> None:
        self._wine.check(context, [target for target in chosen if target.runner])

    def start(self, context: Context, target: Target, probe: Path, mode: str = "pin") -> Start:
        return (self._wine.start if target.runner else super().start)(context, target, probe, mode)

    def name(self, context: Context, target: Target) -> str:
        return (self._wine.name if target.runner else super().name)(context, target)


def why_skip(target: Target) -> str | None:
    """Why a target is skipped unless it is named: its runner is large, and not what most ask for."""
    why = missing(target)
    return f"{why}; {INSTALL.format(target.name)}" if why else None


def missing(target: Target) -> str | None:
    """Why Wine can't run this target here, if it can't."""
    if not target.runner:
        return None
    if installed(WINE) is None:
        return "Wine is not installed"
    if HALF in target.packages and not _HALF_LOADER.exists():
        return f"the 32-bit half of Wine ({HALF}) is not installed"
    return None


def _folder(context: Context, target: Target) -> Path:
    return context.root / "build" / WINE / target.name


def _environment(folder: Path) -> list[str]:
    return [f"WINEPREFIX={folder}", "WINEDEBUG=-all",
            "WINEDLLOVERRIDES=mscoree,mshtml=;winemenubuilder.exe=d",
            *([] if "DISPLAY" not in os.environ else ["DISPLAY="])]
