"""Progs as the assembler of a Go toolchain encodes and marks them: cases/go/progs/ holds them in Go's syntax,
and cases/go/go-progs*.tsv what came of it."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .. import folders
from ..context import Context
from ..errors import BuildError, UsageError
from . import toolchain
from .reference import COLUMNS, GoRow

SOURCES = Path("cases/go/progs")
_GOARCH = re.compile(r"// GOARCH: (.*)")
_PACKAGE = "cases"
_LINE = re.compile(r"\t0x[0-9a-f]+ (\d+) \(\S+:(\d+)\)\t(\S+)(?:\t(.*))?")
_BYTES = re.compile(r"\t0x[0-9a-f]+ ((?:[0-9a-f]{2} )+)")
_SAFE, _UNSAFE = -1, -2


@dataclass
class _Prog:
    text: str
    line: int    # of the source
    start: int
    mark: int


def sources(root: Path) -> dict[str, Path]:
    """The file of each GOARCH."""
    found: dict[str, Path] = {}
    for path in sorted((root / SOURCES).glob("*.s")):
        head = _GOARCH.match(path.read_text(encoding="utf-8"))
        if not head:
            raise UsageError(f"{path}: its first line does not name its architectures: // GOARCH: ...")
        found |= {name: path for name in head[1].split()}
    return found


def assemble(context: Context, goroot: Path, goarch: str, path: Path) -> list[GoRow]:
    """What the toolchain makes of the Progs of a file. Raises BuildError with the assembler's first line."""
    folder = context.root / toolchain.FOLDER / "progs"
    folder.mkdir(parents=True, exist_ok=True)
    argv = [str(goroot / "bin/go"), "tool", "asm", "-S", "-p", _PACKAGE, "-o", str(folder / f"{goarch}.o"),
            str(path)]
    done = context.run(argv, cwd=folder, env=toolchain.environment(goroot, GOARCH=goarch))
    if done.status != 0:
        said = (done.err.strip() or done.out.strip()).partition("\n")[0]
        raise BuildError(f"{goarch}: go tool asm {path.name}: {said}")
    rows = list(read(done.out, path.read_text(encoding="utf-8")))
    if not rows:
        raise BuildError(f"{goarch}: go tool asm -S {path.name} lists no instruction")
    return rows


def read(listing: str, source: str) -> Iterator[GoRow]:
    """The rows of the first function that `go tool asm -S` lists. Where the assembler makes several Progs of
    a line, of which none is restartable, or another one, as ppc64's ADDIS of ADD, they are one row with the
    text of the line."""
    progs, code = _listed(listing)
    lines = source.splitlines()
    ends = [prog.start for prog in progs[1:]] + [len(code)]
    seq = 0
    at = 0
    while at < len(progs):
        first, last = progs[at], at
        while last + 1 < len(progs) and _same(first, progs[last + 1]):
            last += 1
        written = lines[first.line - 1].strip().replace("·", '"".')
        text = written if last > at or _rewritten(first.text, written) else first.text
        if ends[last] > first.start:
            seq += 1
            yield GoRow(seq, text, code[first.start:ends[last]], first.mark, first.start)
        at = last + 1


def _listed(listing: str) -> tuple[list[_Prog], bytes]:
    progs: list[_Prog] = []
    code = bytearray()
    mark = _SAFE
    for line in listing.splitlines():
        if not line.startswith("\t") and progs:
            break   # what follows is the next symbol
        if m := _LINE.match(line):
            op, args = m[3], m[4] or ""
            if op == "PCDATA" and args.startswith("$0, $"):
                mark = int(args.removeprefix("$0, $"))
            elif op not in ("TEXT", "FUNCDATA", "PCDATA"):
                text = f"{op} {args}".strip().replace(f"{_PACKAGE}.", '"".')
                progs.append(_Prog(text, int(m[2]), int(m[1]), mark))
        elif m := _BYTES.match(line):
            code += bytes.fromhex(m[1])
    return progs, bytes(code)


def _rewritten(listed: str, written: str) -> bool:
    """Whether the assembler made another operation of the line's, with another constant."""
    (op, _, args), (wanted, _, given) = listed.partition(" "), written.partition(" ")
    return op != wanted and op.startswith(wanted) and args != given


def _same(one: _Prog, other: _Prog) -> bool:
    """Whether these are one Prog of the source. What stands in a delay slot, and literals, are their own."""
    own = other.text.split()[0] in ("NOOP", "WORD", "DWORD") or other.text.endswith(" 0(PC)")
    return not own and one.line == other.line and one.mark == other.mark and one.mark in (_SAFE, _UNSAFE)


def write(path: Path, rows: dict[str, list[GoRow]]) -> None:
    """The table, by GOARCH."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join(COLUMNS)]
    for arch, some in rows.items():
        lines += ["\t".join((arch, str(r.seq), r.prog, str(r.start), str(r.start + len(r.code)), r.code.hex(),
                             str(r.mark))) for r in some]
    folders.write_text(path, "".join(f"{line}\n" for line in lines))
