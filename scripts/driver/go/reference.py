"""The project's own assembly of the Progs in cases/go/go-progs*.tsv against the bytes and marks that Go gave
them, row by row. Our assembler answers to Go 1.19.8, whose bytes it must make; to other versions by its
marks."""
from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

from ..build.targets import among
from ..errors import UsageError

REFERENCE = "cases/go/go-progs.tsv"
VERSION = "go1.19.8"   # of that file; go-progs-1.27.4.tsv has its version in its name
COLUMNS = ("arch", "seq", "prog", "start", "end", "bytes_in_memory_order", "pcdata_unsafepoint")
HOLES = "cases/go/holes.tsv"
UNSAFE, SAFE = -2, -1
NOTES = "cases/go/differences.tsv"
NEEDED_SHARE = 0.95   # of the rows without a relocation, whose bytes must be Go's


@dataclass(frozen=True)
class GoRow:
    """One Prog as Go assembled it."""

    seq: int
    prog: str
    code: bytes
    mark: int
    start: int = 0   # bytes from the function's entry

    @property
    def is_data(self) -> bool:
        """Whether it is the assembler's own: its literals, or the branch to itself in front of them."""
        return self.prog.split()[0] in ("WORD", "DWORD") or self.prog.endswith(" 0(PC)")


@dataclass(frozen=True)
class OurRow:
    """The same Prog as everypc-asm and the cross assembler made it."""

    code: bytes
    mark: int
    relocated: bool   # the linker fills in an address, so the bytes can't be compared
    note: str


@dataclass
class Match:
    """The comparison of one target with one version."""

    target: str
    go: str = VERSION
    rows: int = 0
    relocated: int = 0
    same_bytes: int = 0   # among the rows without a relocation
    same_marks: int = 0
    stricter: int = 0     # unsafe with us, safe with Go, for the reason that its difference gives
    differences: list[dict[str, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        compared = self.rows - self.relocated
        return self.same_bytes / compared if compared else 0.0

    @property
    def good(self) -> bool:
        answers = self.go != VERSION or self.share >= NEEDED_SHARE
        return answers and self.same_marks + self.stricter == self.rows


def file_of(version: str) -> Path:
    """Where the rows of a Go version are kept."""
    base = Path(REFERENCE)
    return base if version == VERSION else base.with_name(f"{base.stem}-{version.removeprefix('go')}.tsv")


def version_of(path: Path) -> str:
    """Of a table's rows, by its name."""
    number = path.stem.removeprefix(Path(REFERENCE).stem).removeprefix("-")
    return f"go{number}" if number else VERSION


def tables(root: Path) -> list[Path]:
    """Those of the tree, the one that we answer to first."""
    base = root / REFERENCE
    return [base, *sorted(base.parent.glob(f"{base.stem}-*.tsv"))]


def read_reference(path: Path) -> dict[str, list[GoRow]]:
    """Go's rows by GOARCH."""
    try:
        with path.open(encoding="utf-8", newline="") as f:
            lines = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
        found: dict[str, list[GoRow]] = {}
        for line in lines:
            code = bytes.fromhex(line["bytes_in_memory_order"])
            row = GoRow(int(line["seq"]), line["prog"], code, int(line["pcdata_unsafepoint"]),
                        int(line["start"]))
            found.setdefault(line["arch"], []).append(row)
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}") from None
    except (KeyError, ValueError, TypeError) as error:
        raise UsageError(f"{path}: not the reference table: {error!r}") from None
    return found


def read_ours(tsv: Path, binary: Path) -> dict[int, OurRow]:
    """Our rows by their seq, from the listing and the raw .text beside it."""
    try:
        code = binary.read_bytes()
        found = {}
        for line in tsv.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if cells[0] == "seq" or not line.strip():
                continue
            seq, _, start, end, mark, relocated = cells[:6]
            found[int(seq)] = OurRow(code[int(start, 0):int(end, 0)], int(mark), relocated == "1",
                                     cells[6] if len(cells) > 6 else "")
        return found
    except OSError as error:
        raise UsageError(f"{error.filename}: {error.strerror}") from None
    except ValueError as error:
        raise UsageError(f"{tsv}: not a listing: {error}") from None


def data_row(row: GoRow, binary: Path) -> OurRow:
    """What our assembler wrote where Go's has data of its own."""
    code = binary.read_bytes()[row.start:row.start + len(row.code)]
    return OurRow(code, row.mark, "(SB)" in row.prog, "")


def read_reasons(path: Path, version: str = VERSION) -> dict[tuple[str, int], str]:
    """Why some rows of a version differ from ours, by GOARCH and seq: the column "why"; "versions" has globs,
    and is missing where that is so in all."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as f:
        return {(line["arch"], int(line["seq"])): line["why"]
                for line in csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE)
                if among(version, line.get("versions") or "*")}


def compare(target: str, theirs: list[GoRow], ours: dict[int, OurRow],
            reasons: dict[tuple[str, int], str], version: str = VERSION) -> Match:
    match = Match(target, version, rows=len(theirs))
    for row in theirs:
        mine, why = ours.get(row.seq), reasons.get((target, row.seq), "no reason is known")
        if mine is None:
            match.differences.append(_difference(row, "row", "assembled", "missing", ""))
            continue
        match.relocated += mine.relocated
        if mine.mark == row.mark:
            match.same_marks += 1
        elif (mine.mark, row.mark) == (UNSAFE, SAFE):
            match.stricter += 1
            match.differences.append(_difference(row, "mark", str(row.mark), str(mine.mark),
                                                 f"ours is stricter: {why}"))
        else:
            match.differences.append(_difference(row, "mark", str(row.mark), str(mine.mark), why))
        if mine.relocated:
            continue
        if mine.code == row.code:
            match.same_bytes += 1
        else:
            match.differences.append(_difference(row, "bytes", row.code.hex(), mine.code.hex(), why))
    return match


def _difference(row: GoRow, what: str, go: str, ours: str, note: str) -> dict[str, str]:
    return {"seq": str(row.seq), "prog": row.prog, "what": what, "go": go, "ours": ours, "note": note}
