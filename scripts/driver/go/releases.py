"""Go's releases: where the toolchain of a version comes from, and cases/go/releases.tsv, which says of
each of its programs on each target what check-go found."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, astuple, dataclass, fields
from pathlib import Path

from .. import folders
from ..build import setup
from ..context import Context
from ..errors import DriverError, UsageError
from ..tsv import read_rows
from . import toolchain
from .check_report import ranges
from .records import Checked
from .triage import KNOWN, NEW
from .unchecked import line, preemptible

VERSIONS = Path("cases/go/versions.tsv")
VERSION_COLUMNS = ("version", "changed")
FILE = Path("cases/go/releases.tsv")
UNPACKED = Path("build/go/releases")   # of ci/setup --go-release, a folder for each version
MOST_INCOMPLETE = 0.001                # of the functions that may be preempted
NONE = "-"
_HEAD = """\
# What check-go finds in the programs of each Go release, on each target. Written by `make go-releases`, which
# replaces the rows of the versions, targets and programs that it was asked for.
#
# go, target, program   the toolchain's version; program: one of check-go's PROGRAMS
# functions             in the binary; preemptible: those that the runtime may preempt somewhere
# pcs                   of these functions, where the runtime's filter refuses nothing
# safe, restart         shares of these: a call may be injected and the thread goes on; in restart ranges
# ranges                restart ranges
# new, known            violations by check: check:number; known by triage.tsv
# fragile               findings that the runtime's filter alone protects
# incomplete            functions that may be preempted and could not be checked throughout, all in unchecked
# jumps                 through a register, with no table found
# lost                  registers of which its injected call loses something
# left_out              checks that could not be done, and why
# unchecked             place: what is the matter; separated by "; "
"""


@dataclass(frozen=True)
class Release:
    """A Go toolchain that is here."""

    asked: str      # "1.23", or a folder
    goroot: Path
    version: str    # "go1.23.5"
    where: str      # "installed", "given", "unpacked"


@dataclass(frozen=True)
class Row:
    """A line of the table; its fields are text, as they stand there."""

    go: str
    target: str
    program: str
    functions: str
    preemptible: str
    pcs: str
    safe: str
    restart: str
    ranges: str
    new: str
    known: str
    fragile: str
    incomplete: str
    jumps: str
    lost: str
    left_out: str
    unchecked: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.go, self.target, self.program


COLUMNS = tuple(field.name for field in fields(Row))


def listed(root: Path) -> list[str]:
    """The versions that are checked where none is named."""
    rows = read_rows(root / VERSIONS, VERSION_COLUMNS)
    return [row["version"] for row in rows if row["version"] != "version"]


def find(context: Context, asked: str) -> Release:
    """The toolchain of "1.23" (the installed one if that is it, else one that ci/setup unpacks below build/),
    of "1.23.5", or of "1.23=GOROOT". Raises UsageError or SetupError where there is none."""
    name, equals, given = asked.partition("=")
    if not name or (equals and not given) or not name.replace(".", "").isdigit():
        raise UsageError(f"--versions: '{asked}' is neither a version, such as 1.23 or 1.23.5, nor "
                         "VERSION=GOROOT")
    if equals:
        goroot, where = toolchain.goroot(context, given), "given"
    elif installed := _installed(context, name):
        return installed
    else:
        goroot, where = setup.go_release(context, name, context.root / UNPACKED / name), "unpacked"
    version = toolchain.version(context, goroot)
    if not _is(version, name):
        raise UsageError(f"--versions {asked}: the toolchain in {goroot} is {version}")
    return Release(name, goroot, version, where)


def _installed(context: Context, name: str) -> Release | None:
    goroot = toolchain.installed(context)
    if goroot is None:
        return None
    version = toolchain.version(context, goroot)
    return Release(name, goroot, version, "installed") if _is(version, name) else None


def _is(version: str, name: str) -> bool:
    return version == f"go{name}" or version.startswith((f"go{name}.", f"go{name}rc"))


def row(version: str, program: str, done: Checked) -> Row:
    """Of a binary that was checked."""
    counts = done.counts
    pcs = counts.get("pcs", {})
    n = sum(pcs.get(kind, 0) for kind in ("safe", "unsafe", "restart", "restart_at_entry"))
    named = [line(one) for one in preemptible(done.unchecked)]
    return Row(version, done.info.target, program, str(counts.get("functions", 0)),
               str(counts.get("preemptible_functions", 0)), str(n), _share(pcs.get("safe", 0), n),
               _share(pcs.get("restart", 0) + pcs.get("restart_at_entry", 0), n),
               str(counts.get("restart_ranges", 0)), _by_check(done, NEW), _by_check(done, KNOWN),
               str(done.count("fragile")), str(done.incomplete), str(counts.get("unresolved_jumps", 0)),
               ranges(done.lost) or NONE,
               _clean("; ".join(f"{check}: {why}" for check, why in done.left_out.items())),
               _clean("; ".join(named)))


def _share(part: int, n: int) -> str:
    return f"{100 * part / n:.2f}%" if n else NONE


def _by_check(done: Checked, state: str) -> str:
    return " ".join(f"{check}:{by[state]}" for check, by in sorted(done.states.items()) if by[state]) or NONE


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text) or NONE


def by_check(text: str) -> dict[str, int]:
    """What a field of `new` or `known` says: findings by check."""
    words = (word.rpartition(":") for word in text.split() if text != NONE)
    return {check: int(n) for check, _, n in words}


def incomplete_share(rows: Iterable[Row]) -> tuple[int, int]:
    """Functions that may be preempted and could not be checked throughout, and all that may be."""
    every = list(rows)
    return sum(int(one.incomplete) for one in every), sum(int(one.preemptible) for one in every)


def read(path: Path) -> list[Row]:
    """Empty if there is no such file. Raises DriverError if it is another table."""
    rows = [Row(**one) for one in read_rows(path, COLUMNS)]
    if rows and astuple(rows[0]) != COLUMNS:
        raise DriverError(f"{path}: its first line does not name the columns {' '.join(COLUMNS)}")
    return rows[1:]


def write(path: Path, rows: Iterable[Row]) -> None:
    """In the order that they come in."""
    body = ["\t".join(COLUMNS), *("\t".join(asdict(one).values()) for one in rows)]
    folders.write_text(path, _HEAD + "".join(f"{text}\n" for text in body))


def merged(old: Iterable[Row], new: Iterable[Row], targets: list[str]) -> list[Row]:
    """`new` in place of the rows of `old` with the same key, by version, target and program."""
    every = {one.key: one for one in (*old, *new)}
    rank = {name: k for k, name in enumerate(targets)}
    programs = {name: k for k, name in enumerate(toolchain.PROGRAMS)}
    return sorted(every.values(), key=lambda one: (numbers(one.go), rank.get(one.target, len(rank)),
                                                   one.target, programs.get(one.program, len(programs))))


def numbers(version: str) -> list[int]:
    """To sort by: "go1.23.5" is [1, 23, 5]."""
    return [int(word) for word in version.removeprefix("go").partition("rc")[0].split(".") if word.isdigit()]
