"""Programs that a Go toolchain builds for a target: its own, two test binaries, and the tree's controls, which hold what is known
to be wrong with some toolchains."""
from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

from . import children, goprogs, setup
from .errors import BuildError, UsageError
from .targets import Target

FOLDER = Path("build/go")
CONTROLS = Path("cases/go/controls.go")
# Each with the words that make it, after -o.
PROGRAMS = {"controls": ("build", ""), "gofmt": ("build", "cmd/gofmt"), "asm": ("build", "cmd/asm"), "go": ("build", "cmd/go"),
            "compile": ("build", "cmd/compile"), "runtime.test": ("test -c", "runtime"), "math_big.test": ("test -c", "math/big")}


def choose(names: list[str]) -> list[str]:
    """The programs of a list, in the order of PROGRAMS; empty: all."""
    wrong = [name for name in names if name not in PROGRAMS]
    if wrong:
        raise UsageError(f"--programs: there is no '{wrong[0]}'; there are: {' '.join(PROGRAMS)}")
    return [name for name in PROGRAMS if name in names or not names]


def goroot(root: Path, given: str | None, stop: children.StopRequest, may_install: bool) -> Path:
    """The toolchain's folder: the one given, or that of the `go` which is installed, or can be."""
    if given:
        return Path(given).resolve()
    setup.ensure_go(root, stop, may_install)
    done = children.run([str(shutil.which("go")), "env", "GOROOT"], root, stop)
    if done.status != 0 or not done.out.strip():
        raise UsageError("`go env GOROOT` tells of no toolchain; name one with --goroot")
    return Path(done.out.strip())


def program(root: Path, target: Target, toolchain: Path, name: str, jobs: int, stop: children.StopRequest) -> Path:
    """Builds a program; returns its path. Raises BuildError with the compiler's first line."""
    folder = root / FOLDER / f"{toolchain.name}-{hashlib.sha256(str(toolchain).encode()).hexdigest()[:8]}" / target.name
    folder.mkdir(parents=True, exist_ok=True)
    words, package = PROGRAMS[name]
    env = goprogs.environment(toolchain, target, GOCACHE=str(root / FOLDER / "cache"), GOPATH=str(root / FOLDER / "path"))
    argv = [str(toolchain / "bin" / "go"), *words.split(), "-p", str(jobs), "-o", str(folder / name), package or str(root / CONTROLS)]
    done = children.run(argv, toolchain / "src", stop, env=env)
    if done.status != 0:
        said = [line for line in done.err.splitlines() if line.strip() and not line.startswith("#")]
        raise BuildError(f"{target.name}: {name}: {said[0] if said else children.status_text(done.status)}")
    return folder / name
