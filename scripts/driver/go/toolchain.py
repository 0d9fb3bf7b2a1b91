"""A Go toolchain, and the programs that it builds for a target: its own, two test binaries, and the tree's
controls, which hold what is known to be wrong with some toolchains."""
from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from .. import children
from ..build import make, setup
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError

FOLDER = Path("build/go")
CONTROLS = Path("cases/go/controls.go")
# Makes a test binary; what vet says of Go's own packages is not ours to ask, and takes long.
TEST_BINARY = "test -c -vet=off"
# Each with the words that make it, after -o.
PROGRAMS = {"controls": ("build", ""), "gofmt": ("build", "cmd/gofmt"), "asm": ("build", "cmd/asm"),
            "go": ("build", "cmd/go"),
            "compile": ("build", "cmd/compile"), "runtime.test": (TEST_BINARY, "runtime"),
            "math_big.test": (TEST_BINARY, "math/big")}
# What each is run with where its violations are fired at: words, "@" before those that are below GOROOT.
ARGUMENTS = {"controls": "", "gofmt": "-d @src/fmt/print.go",
             "asm": "-p runtime -I @pkg/include -I @src/runtime -o asm.o @src/runtime/asm.s",
             "go": "env", "compile": "-std -complete -p unicode/utf8 -o utf8.o @src/unicode/utf8/utf8.go",
             "runtime.test": "-test.short -test.run=^Test(Append|Chan|Closure|Defer|Map|Panic|Slice|String)",
             "math_big.test": "-test.short"}


def arguments(toolchain: Path, name: str) -> list[str]:
    """Of one of PROGRAMS, so that it does something that ends."""
    return [str(toolchain / word[1:]) if word.startswith("@") else word for word in ARGUMENTS[name].split()]


def choose(names: list[str]) -> list[str]:
    """The programs of a list, in the order of PROGRAMS; empty: all."""
    wrong = [name for name in names if name not in PROGRAMS]
    if wrong:
        raise UsageError(f"--programs: there is no '{wrong[0]}'; there are: {' '.join(PROGRAMS)}")
    return [name for name in PROGRAMS if name in names or not names]


def goroot(context: Context, given: str | None) -> Path:
    """The toolchain's folder: the one given, or that of the `go` which is installed, or can be."""
    if given:
        folder = Path(given).resolve()
        if not (folder / "bin/go").exists():
            raise UsageError(f"GOROOT {folder}: there is no bin/go in it")
        return _with_sources(folder)
    setup.ensure_go(context)
    done = context.run([str(shutil.which("go")), "env", "GOROOT"])
    if done.status != 0 or not done.out.strip():
        raise UsageError("`go env GOROOT` printed no path; name a toolchain with --goroot")
    return _with_sources(Path(done.out.strip()))


def _with_sources(folder: Path) -> Path:
    """Debian has the standard library's sources in a package of their own."""
    if not (folder / "src").is_dir():
        raise UsageError(f"GOROOT {folder}: there is no src/ in it, of which programs are built; in "
                         "Debian, install or unpack golang-VERSION-src beside golang-VERSION-go")
    return folder


def installed(context: Context) -> Path | None:
    """The folder of the installed toolchain, if there is one."""
    return goroot(context, None) if shutil.which("go") else None


def program(context: Context, target: Target, toolchain: Path, name: str) -> Path:
    """Builds one of PROGRAMS; returns its path."""
    words, package = PROGRAMS[name]
    return build(context, target, toolchain, name, words, package or str(context.root / CONTROLS))


def build(context: Context, target: Target, toolchain: Path, name: str, words: str, package: str,
          system: str = "linux") -> Path:
    """Has the toolchain make a file of that name, by `go <words> <package>`; returns its path. Raises
    BuildError with the compiler's first line."""
    root = context.root
    path = built(root, toolchain) / (target.name if system == "linux" else f"{system}-{target.name}") / name
    path.parent.mkdir(parents=True, exist_ok=True)
    env = environment(toolchain, target, **folders(root, toolchain), GOOS=system)
    argv = [str(toolchain / "bin" / "go"), *words.split(), "-p", str(context.jobs), "-o", str(path), package]
    done = context.run(argv, cwd=toolchain / "src", env=env)
    if done.status != 0:
        said = [line for line in done.err.splitlines() if line.strip() and not line.startswith("#")]
        raise BuildError(f"{target.name}: {name}: {said[0] if said else children.status_text(done.status)}")
    return path


def built(root: Path, toolchain: Path) -> Path:
    """The folder of what `build` has it make: a folder in it for each target."""
    known_as = f"{toolchain.name}-{hashlib.sha256(str(toolchain).encode()).hexdigest()[:8]}"
    return root / FOLDER / known_as


def version(context: Context, goroot: Path) -> str:
    """What the toolchain calls itself: "go1.19.8"."""
    words = context.run([str(goroot / "bin/go"), "version"], cwd=goroot, env=environment(goroot)).out.split()
    if len(words) < 3:
        raise UsageError(f"GOROOT {goroot}: bin/go does not report its version")
    return words[2]


def folders(root: Path, toolchain: Path) -> dict[str, str]:
    """Where `go build` looks for what it has compiled before. Of the installed toolchain, in the user's own
    cache, so that another clone does not compile the standard library again for each target. Another tree
    may be one that somebody works on, and go tells compilers of one VERSION apart by that alone: there is a
    cache below build/ for each compiler."""
    path = {"GOPATH": str(root / FOLDER / "path")}
    found = shutil.which("go")
    installed = found and Path(found).resolve().is_relative_to(toolchain.resolve())
    if installed and any(os.environ.get(name) for name in ("GOCACHE", "XDG_CACHE_HOME", "HOME")):
        return path
    return path | {"GOCACHE": str(root / FOLDER / "cache" / _compilers(toolchain))}


def _compilers(toolchain: Path) -> str:
    """Another word for each build of the tools that make code."""
    tools = sorted(path for name in ("compile", "asm", "link")
                   for path in (toolchain / "pkg/tool").glob(f"*/{name}"))
    known = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in tools]
    return hashlib.sha256(repr(known).encode()).hexdigest()[:12]


def environment(goroot: Path, target: Target | None = None, **more: str) -> dict[str, str]:
    """For the toolchain's commands: this toolchain and no other, for Linux on the target."""
    env = make.environment() | {"GOROOT": str(goroot), "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOOS": "linux",
                                "CGO_ENABLED": "0",
                                "GOENV": "off", "GO111MODULE": "auto"} | more
    return env | ({"GOARCH": target.name} if target else {})
