"""The packages of a user's own module: the test binary of each, whose functions alone are checked, and what
its assembly files hold."""
from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import children
from ..build import make
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError
from . import tool
from .toolchain import FOLDER

_LIST = "{{.ImportPath}}\t{{.Name}}\t{{.Dir}}\t{{range .SFiles}}{{.}} {{end}}\t" \
        "{{len .TestGoFiles}}\t{{len .XTestGoFiles}}"
_TEXT = re.compile(r"^\s*TEXT\s+·([^\s(<]+)(?:<ABI\w+>)?(?:<>)?\(SB\)", re.MULTILINE)


@dataclass(frozen=True)
class Package:
    """As `go list` has it for a target."""

    path: str
    name: str
    folder: Path
    assembly: tuple[Path, ...]
    has_tests: bool

    @property
    def prefix(self) -> str:
        """What its functions' names begin with (cmd/internal/objabi, PathToPrefix)."""
        parent, slash, last = self.path.rpartition("/")
        return parent + slash + last.replace("%", "%25").replace(".", "%2e") + "."

    def texts(self) -> list[str]:
        """The names of its assembly functions, as the files that are for the target define them."""
        return [self.prefix + name.replace("∕", "/").replace("·", ".")
                for path in self.assembly
                for name in _TEXT.findall(path.read_text(encoding="utf-8", errors="replace"))]


@dataclass(frozen=True)
class Assembly:
    """An assembly function of the user's, and what keeps the runtime from preempting it, "" for nothing."""

    name: str
    protected: str

    def __str__(self) -> str:
        return f"{self.name}: " + (f"protected by the runtime's filter ({self.protected})" if self.protected
                                   else "NOT protected: preemptible wherever its table says so")


def environment(goroot: Path, target: Target) -> dict[str, str]:
    """The user's own, where his modules are, for a target."""
    return make.environment() | {"GOROOT": str(goroot), "GOTOOLCHAIN": "local", "GOOS": "linux",
                                 "GOARCH": target.name, "CGO_ENABLED": "0"}


def find(context: Context, target: Target, goroot: Path, module: Path, pattern: str) -> list[Package]:
    """The packages that a pattern names in the module of a folder. Raises UsageError with Go's own words."""
    done = context.run([str(goroot / "bin" / "go"), "list", "-f", _LIST, "--", pattern], cwd=module,
                       env=environment(goroot, target))
    if done.status != 0 or not done.out.strip():
        said = [line for line in done.err.splitlines() if line.strip()]
        raise UsageError(f"--package {pattern} in {module}: {said[-1] if said else 'no package'}")
    found = []
    for line in done.out.splitlines():
        path, name, folder, assembly, inside, outside = line.split("\t")
        found.append(Package(path, name, Path(folder), tuple(Path(folder) / one for one in assembly.split()),
                             int(inside) + int(outside) > 0))
    return found


def build(context: Context, target: Target, goroot: Path, package: Package) -> Path:
    """Builds its test binary; returns its path. One without tests gets an empty one, outside of the user's
    files."""
    root = context.root
    digest = hashlib.sha256(f"{goroot} {package.folder}".encode()).hexdigest()[:8]
    name = package.path.replace("/", "_")
    path = root / FOLDER / f"packages-{digest}" / target.name / f"{name}.test"
    path.parent.mkdir(parents=True, exist_ok=True)
    argv = [str(goroot / "bin" / "go"), "test", "-c", "-vet=off", "-p", str(context.jobs), "-o", str(path)]
    if not package.has_tests:
        empty, overlay = path.with_suffix(".go"), path.with_suffix(".json")
        empty.write_text(f"package {package.name}\n", encoding="utf-8")
        overlay.write_text(json.dumps({"Replace": {str(package.folder / "everypc_empty_test.go"):
                                                   str(empty)}}), encoding="utf-8")
        argv += ["-overlay", str(overlay)]
    path.unlink(missing_ok=True)
    done = context.run([*argv, package.path], cwd=package.folder, env=environment(goroot, target))
    if done.status != 0 or not path.exists():
        said = [line for line in done.err.splitlines() if line.strip() and not line.startswith("#")]
        raise BuildError(f"{target.name}: {package.path}: "
                         f"{said[0] if said else children.status_text(done.status)}")
    return path


def functions(context: Context, package: Package, binary: Path) -> dict[str, dict[str, Any]]:
    """Those of the package that are in its binary, by name."""
    told = map(json.loads, tool.call(context, "funcs", str(binary)).out.splitlines())
    return {f["name"]: f for f in told if f["name"].startswith(package.prefix)}


def assembly(package: Package, found: dict[str, dict[str, Any]]) -> tuple[list[Assembly], list[str]]:
    """Its assembly functions that are in the binary, and the names of those that are not."""
    names = dict.fromkeys(package.texts())
    there = [Assembly(name, "" if found[name]["filter"] == "preemptible" else found[name]["filter"])
             for name in names if name in found]
    return there, [name for name in names if name not in found]


def of_object(context: Context, path: Path) -> list[Assembly]:
    """Those of an assembly file's object."""
    return [Assembly(f["name"], "" if f["filter"] == "preemptible" else f["filter"])
            for f in map(json.loads, tool.call(context, "funcs", str(path)).out.splitlines())]


def glob(package: Package) -> str:
    """For everypc-go's --only."""
    return re.sub(r"([\[*?\\])", r"\\\1", package.prefix) + "*"


def module(given: str | None) -> Path:
    """The folder that patterns are relative to."""
    path = Path(given or ".").resolve()
    if not path.is_dir():
        raise UsageError(f"--module {path}: there is no such folder")
    return path
