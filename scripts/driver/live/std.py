"""The standard library's packages whose tests run under fire, and their test binaries."""
from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from pathlib import Path

from ..build.targets import Target, words
from ..context import Context
from ..errors import BuildError, UsageError
from ..go import toolchain
from ..nearest import hint
from ..tsv import read_rows

FILE = Path("cases/go/live-std.tsv")
COLUMNS = ("package", "functions", "run", "why")
_FORM = "{{.ImportPath}}\t{{.Dir}}\t{{len .TestGoFiles}}\t{{len .XTestGoFiles}}"
ALL_TESTS = "."


@dataclass(frozen=True)
class Package:
    name: str             # import path
    folder: Path          # of its source, where its tests run
    run: str = ALL_TESTS  # which tests: a regular expression
    functions: tuple[str, ...] = ()   # globs; none: its own and its tests'

    @property
    def file(self) -> str:
        """Its name as that of a file."""
        return self.name.replace("/", "_")


def packages(context: Context, goroot: Path, globs: list[str]) -> list[Package]:
    """Those of the toolchain that match, and have tests; no globs: those of the tree's list. In the order of
    the globs."""
    rows = read_rows(context.root / FILE, COLUMNS)
    known = with_tests(context, goroot, "std")
    found: dict[str, Package] = {}
    for glob in globs or [row["package"] for row in rows]:
        names = [name for name in known if fnmatch.fnmatchcase(name, glob)]
        if not names and globs:
            raise UsageError(f"--packages: {goroot} has no package '{glob}' with tests{hint(glob, known)}")
        for name in names:
            found.setdefault(name, _package(rows, name, known[name]))
    return list(found.values())


def with_tests(context: Context, goroot: Path, which: str) -> dict[str, Path]:
    """Of the toolchain's packages of that name, or all (std), those with tests, and their folders."""
    done = context.run([str(goroot / "bin/go"), "list", "-f", _FORM, which], cwd=goroot / "src",
                       env=toolchain.environment(goroot))
    if done.status != 0:
        raise BuildError(f"{goroot}/bin/go list {which}: {(done.err.splitlines() or [''])[0]}")
    lines = [line.split("\t") for line in done.out.splitlines()]
    return {name: Path(folder) for name, folder, *tests in lines if any(n != "0" for n in tests)}


def _package(rows: list[dict[str, str]], name: str, folder: Path) -> Package:
    for row in rows:
        if fnmatch.fnmatchcase(name, row["package"]):
            globs = () if row["functions"] == "-" else tuple(words(row["functions"]))
            return Package(name, folder, row["run"], globs)
    return Package(name, folder)


def build(context: Context, target: Target, goroot: Path, package: Package) -> Path:
    """Its test binary."""
    return toolchain.build(context, target, goroot, f"std/{package.file}.test", toolchain.TEST_BINARY,
                           package.name)
