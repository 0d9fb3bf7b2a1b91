"""Sees to it that what a run needs is installed: calls `ci/setup TARGET...` when something is missing, and
gives the exact package command when that may not install either."""
from __future__ import annotations

import importlib
import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .. import children
from ..context import Context
from ..errors import SetupError
from . import make
from .targets import Target, missing_tools, words

HOST_TOOLS = ("gcc", "make")
CAPSTONE_MAJOR = 5   # the first one that disassembles RISC-V

# Headers whose absence means a missing package, not a broken commit.
_HEADERS = {"libelf.h": "libelf-dev", "gelf.h": "libelf-dev", "jansson.h": "libjansson-dev",
            "capstone/capstone.h": "libcapstone-dev", "capstone.h": "libcapstone-dev"}


def ensure(context: Context, chosen: list[Target], runner: str) -> None:
    """Returns when everything that `chosen` needs is installed; raises SetupError otherwise. `chosen` empty:
    what the driver itself needs."""
    missing = _missing(chosen, runner)
    if not missing:
        return
    if context.may_install and (context.root / "ci" / "setup").exists():
        print(f"missing: {' '.join(missing)}; calling ci/setup", file=sys.stderr, flush=True)
        done = _call(context, *([t.name for t in chosen] or ["--driver"]))
        importlib.invalidate_caches()
        still = _missing(chosen, runner)
        if done.status == 0 and not still:
            return
        if done.status != 0:
            raise SetupError(done.out.strip() or _advice(context, chosen, runner, still))
        missing = still
    raise SetupError(_advice(context, chosen, runner, missing))


def available(context: Context, chosen: list[Target], arch: str | None, runner: str,
              lacks: Callable[[Target], str | None] = lambda target: None) -> list[Target]:
    """`ensure`, and the targets for which it is so. Those that --arch does not name are skipped, and the
    reason is printed, where their tools are the next release's and not to be had, or `lacks` says what is not
    installed of what only they need, and is large."""
    named = words(arch or "")
    why = {t.name: reason for t in chosen
           if t.name not in named and (reason := lacks(t) or _not_to_be_had(context, t, runner))}
    for name, reason in why.items():
        print(f"skipped {name}: {reason}", file=sys.stderr, flush=True)
    kept = [t for t in chosen if t.name not in why]
    if not kept:
        raise SetupError("no target is left")
    if unseen := [t for t in kept if not t.unpack or t.name in named]:   # the others were seen to just now
        ensure(context, unseen, runner)
    return kept


def _not_to_be_had(context: Context, target: Target, runner: str) -> str | None:
    """Why the next release's tools, where this target needs those, can't be had."""
    if not target.unpack:
        return None
    try:
        ensure(context, [target], runner)
    except SetupError as error:
        return str(error).splitlines()[-1].removeprefix("ci/setup: ")
    return None


def ensure_go(context: Context) -> None:
    """Returns when there is a Go toolchain; raises SetupError otherwise."""
    if shutil.which("go") is not None:
        return
    advice = "missing: go; install with: apt-get install -y " + " ".join(make.run(context,
                                                                                  "go-packages").out.split())
    if not context.may_install:
        raise SetupError(f"{advice} (or name a toolchain: GOROOT=path)")
    print("missing: go; calling ci/setup", file=sys.stderr, flush=True)
    done = _call(context, "--go")
    if done.status != 0 or shutil.which("go") is None:
        raise SetupError(done.out.strip() or advice)


def go_release(context: Context, version: str, folder: Path) -> Path:
    """The GOROOT of a Go version in `folder`, where ci/setup has unpacked it or does now; raises SetupError
    if there is none to be had."""
    found = _goroot_in(folder)
    if found:
        return found
    if not context.may_install:
        raise SetupError(f"no Go {version} here; unpack one with: ci/setup --go-release {version} (or name a "
                         f"toolchain: {version}=GOROOT)")
    done = _call(context, "--go-release", version)
    found = _goroot_in(folder)
    if done.status != 0 or found is None:
        raise SetupError(f"no Go {version} to be had: ci/setup --go-release {version} failed (its messages "
                         f"are above); name a toolchain: {version}=GOROOT")
    return found


def _goroot_in(folder: Path) -> Path | None:
    return next((path for path in sorted(folder.glob("usr/lib/go-*")) if (path / "bin/go").exists()), None)


def ensure_gdb(context: Context, program: str) -> None:
    """Returns when there is a GDB for all targets; raises SetupError otherwise."""
    if shutil.which(program) is not None:
        return
    advice = f"missing: {program}; install with: apt-get install -y {program}"
    if not context.may_install:
        raise SetupError(advice)
    print(f"missing: {program}; calling ci/setup", file=sys.stderr, flush=True)
    done = _call(context, "--gdb")
    if done.status != 0 or shutil.which(program) is None:
        raise SetupError(done.out.strip() or advice)


def _call(context: Context, *args: str) -> children.Completed:
    """ci/setup, with its messages on the driver's own standard error."""
    return children.run([str(context.root / "ci" / "setup"), *args], context.root, context.stop,
                        env=make.environment(),
                        err=None)


def _missing(chosen: list[Target], runner: str) -> list[str]:
    lacking = [tool for tool in HOST_TOOLS if shutil.which(tool) is None]
    for target in chosen:
        lacking += [tool for tool in missing_tools(target, runner) if tool not in lacking]
    if importlib.util.find_spec("rich") is None:
        lacking.append("python3-rich")
    if chosen and not _has_capstone():
        lacking.append(f"capstone-{CAPSTONE_MAJOR}")
    return lacking


def _has_capstone() -> bool:
    """Whether the headers of a new enough Capstone are there."""
    if shutil.which("pkg-config") is None:
        return False
    done = subprocess.run(["pkg-config", "--modversion", "capstone"], capture_output=True, text=True,
                          check=False)
    return done.returncode == 0 and int(done.stdout.split(".")[0] or 0) >= CAPSTONE_MAJOR


def _advice(context: Context, chosen: list[Target], runner: str, missing: list[str]) -> str:
    return (f"missing: {' '.join(missing)}; install with: "
            f"apt-get install -y {' '.join(packages(context, chosen, runner))} "
            f"(`make setup ARCH=\"{' '.join(t.name for t in chosen)}\"` does the same)")


def packages(context: Context, chosen: list[Target], runner: str) -> list[str]:
    """The Debian packages for what is missing: the host's when a host tool or QEMU is, and each lacking
    target's own."""
    names: list[str] = []
    host_lacks = any(shutil.which(tool) is None
                     for tool in HOST_TOOLS) or importlib.util.find_spec("rich") is None
    qemu_lacks = runner == "qemu" and any(shutil.which(t.emulator) is None for t in chosen if not t.runner)
    if host_lacks or qemu_lacks:
        names += make.run(context, "host-packages").out.split() if shutil.which("make") else ["make", "gcc"]
    for target in chosen:
        if shutil.which(target.compiler) is None or (target.runner and shutil.which(target.runner) is None):
            names += target.packages
    return list(dict.fromkeys(names))


def package_of_header(log: str) -> str | None:
    """The package that a compiler's "fatal error: X: No such file" asks for, if it is one that a run
    needs."""
    for header, package in _HEADERS.items():
        if f"fatal error: {header}: No such file" in log:
            return package
    return None
