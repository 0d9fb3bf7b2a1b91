"""The cases of the tree against a Go toolchain's own assembler: each Prog's bytes and marks, ours and Go's.
What differs is a report, not a failure: toolchains differ from each other."""
from __future__ import annotations

import csv
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..build import failure, make
from ..build.targets import Target
from ..context import Context
from . import toolchain

SAFE, UNSAFE = -1, -2
SHOWN = 3   # examples of each shape
_ERROR = re.compile(r"\S+\.s:(\d+): (.*)|(?:asm: )?(.*?): \d+ \(\S+\.s:(\d+)\)")
_LINE = re.compile(r"\t0x[0-9a-f]+ (\d+) \(\S+\.s:(\d+)\)\t(\S+)(?:\t(.*))?")
_BYTES = re.compile(r"\t0x([0-9a-f]+) ((?:[0-9a-f]{2} )+)")
_RELOCATION = re.compile(r"\trel (\d+)\+(\d+) ")


@dataclass(frozen=True)
class Prog:
    """One line of the source, as one of the assemblers has it."""

    code: bytes
    # of all its PCs; restart values count as one, since which of the two it is depends on neighbours
    marks: frozenset[int]
    relocated: bool = False


@dataclass
class Comparison:
    """Of one target."""

    target: str
    version: str
    progs: int = 0         # that both assemble
    refused: int = 0       # by Go's assembler
    relocated: int = 0     # whose bytes the linker completes: their marks alone are compared
    same_bytes: int = 0
    # of these, where only the distance to a literal differs: that depends on the code around
    literals: int = 0
    same_marks: int = 0
    stricter: int = 0      # unsafe with us, not with Go
    differences: dict[str, dict[str, Any]] = field(default_factory=dict)   # by what and shape
    refusals: dict[str, int] = field(default_factory=dict)                 # Go's words and how often

    def differ(self, what: str, prog: str, go: str, ours: str) -> None:
        one = self.differences.setdefault(f"{what}: {shape(prog)}",
                                          {"what": what, "shape": shape(prog), "progs": 0, "examples": []})
        one["progs"] += 1
        if len(one["examples"]) < SHOWN:
            one["examples"].append({"prog": prog, "go": go, "ours": ours})


def shape(prog: str) -> str:
    """A Prog without its numbers, and with its registers named by the order in which they come."""
    names: dict[str, str] = {}
    text = re.sub(r"(?<![\w.])-?(?:0x[0-9a-fA-F]+|\d+)(?:\.\d+)?(?![\w.])", "#", prog)
    return re.sub(r"\b([RFVX])(\d+)\b", lambda m: names.setdefault(m[0],
                                                                   m[1] + "abcdefghij"[min(len(names), 9)]),
                  text)


def compare(context: Context, target: Target, goroot: Path) -> Comparison:
    """Assembles every .progs case of `target` with both. Raises UsageError if there is no such toolchain."""
    done = make.run(context, "go-source", f"TARGET={target.name}", merge=True, jobs=context.jobs)
    if done.status != 0:
        failure.raise_from_log(context.root, target.name, done.out, None, [target])
    folder = context.root / "build" / target.name / "go-source"
    with (folder / "cases.tsv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t", quoting=csv.QUOTE_NONE))
    code = (folder / "cases-ours.bin").read_bytes()
    found = Comparison(target.name, toolchain.version(context, goroot))
    listing = _assemble(context, folder, target, goroot, found)
    theirs = read_listing(listing)
    for row in rows:
        ours = Prog(code[int(row["start"]):int(row["end"])], frozenset([_plain(int(row["mark"]))]),
                    row["relocated"] == "1")
        _compare(target, found, row["prog"], ours, theirs.get(int(row["line"])))
    return found


def _assemble(context: Context, folder: Path, target: Target, goroot: Path, found: Comparison) -> str:
    """Go's listing of the cases, without the functions that it refuses, which are counted."""
    source = (folder / "cases.s").read_text(encoding="utf-8").splitlines()
    begins = [k for k, line in enumerate(source) if line.startswith("TEXT ")] + [len(source)]
    listings: list[str] = []
    todo = [[range(first, end) for first, end in zip(begins, begins[1:])]]
    while todo:
        functions = todo.pop()
        path = folder / "part.s"
        kept = {k for function in functions for k in function}
        path.write_text("".join(line + "\n" if k in kept else "\n" for k, line in enumerate(source)),
                        encoding="utf-8")
        argv = [str(goroot / "bin" / "go"), "tool", "asm", "-e", "-S", "-p", "cases", "-o",
                str(folder / "part.o"), str(path)]
        done = context.run(argv, cwd=folder, env=toolchain.environment(goroot, target))
        if done.status == 0:
            listings.append(done.out)
            continue
        words = {int(m[1] or m[4]) - 1: m[2] or m[3] for m in map(_ERROR.match, done.err.splitlines()) if m}
        bad = [f for f in functions if any(k in f for k in words)]
        if not bad and len(functions) > 1:   # it died without saying where
            half = len(functions) // 2
            todo += [functions[half:], functions[:half]]
            continue
        for function in bad or functions:
            why = next((words[k] for k in function if k in words),
                       done.err.strip().partition("\n")[0].removeprefix("asm: "))
            found.refused += sum(source[k].startswith("\t") for k in function) - 1   # the last one is our RET
            found.refusals[why] = found.refusals.get(why, 0) + 1
        left = [f for f in functions if f not in bad] if bad else []
        todo += [left] if left else []
    return "\n".join(listings)


def read_listing(text: str) -> dict[int, Prog]:
    """Progs by their line in the source, from the listing that `go tool asm -S` prints: the PCDATA that the
    assembler put in between says the marks. A line may become several Progs; the assembler's own literals
    belong to the last one."""
    found: dict[int, Prog] = {}
    spans: dict[int, list[tuple[int, int, int]]] = {}   # line: start, end, mark
    code = bytearray()
    relocations: list[tuple[int, int]] = []

    def close() -> None:
        for line, parts in spans.items():
            data = b"".join(bytes(code[start:end]) for start, end, _ in parts)
            touched = any(start < at + size and at < end for start, end, _ in parts for at,
                          size in relocations)
            found[line] = Prog(data, frozenset(mark for start, end, mark in parts if end > start), touched)

    pending: tuple[int, int, int] | None = None   # line, start, mark
    mark = SAFE
    for text_line in text.splitlines():
        if not text_line.startswith("\t"):
            close()
            spans, code, relocations, pending, mark = {}, bytearray(), [], None, SAFE
        elif m := _LINE.match(text_line):
            pc, line, op, args = int(m[1]), int(m[2]), m[3], m[4] or ""
            if pending is not None:
                spans.setdefault(pending[0], []).append((pending[1], pc, pending[2]))
                pending = None
            if op == "PCDATA" and args.startswith("$0, $"):
                mark = _plain(int(args.removeprefix("$0, $")))
            elif op not in ("TEXT", "FUNCDATA", "PCDATA"):
                pending = line, pc, mark
        elif m := _BYTES.match(text_line):
            code += bytes.fromhex(m[2])
        elif m := _RELOCATION.match(text_line):
            relocations.append((int(m[1]), int(m[2])))
    close()
    return found


def _plain(mark: int) -> int:
    return -3 if mark in (-3, -4) else mark


def without_distance(target: Target, code: bytes) -> bytes:
    """Code with the distances to literals cleared, where the target has loads of literals."""
    if not target.literal or len(code) % 4:
        return code
    mask, value, distance = target.literal
    given = [int.from_bytes(code[at:at + 4], "little") for at in range(0, len(code), 4)]
    return b"".join((word & ~distance if word & mask == value else word).to_bytes(4, "little")
                    for word in given)


def _compare(target: Target, found: Comparison, prog: str, ours: Prog, go: Prog | None) -> None:
    if go is None:
        return   # refused, and counted as such
    found.progs += 1
    if ours.marks == go.marks or not go.code:
        found.same_marks += 1
    else:
        found.stricter += ours.marks == {UNSAFE} and UNSAFE not in go.marks
        found.differ("mark", prog, _text(go.marks), _text(ours.marks))
    if ours.relocated or go.relocated:
        found.relocated += 1
    elif ours.code == go.code:
        found.same_bytes += 1
    elif without_distance(target, ours.code) == without_distance(target, go.code):
        found.same_bytes += 1
        found.literals += 1
    else:
        found.differ("bytes", prog, go.code.hex(), ours.code.hex())


def _text(marks: frozenset[int]) -> str:
    return " and ".join(str(m) for m in sorted(marks))


def as_dict(found: Comparison) -> dict[str, Any]:
    compared = found.progs - found.relocated
    return {"target": found.target, "go": found.version, "progs": found.progs, "refused": found.refused,
            "relocated": found.relocated,
            "same_bytes": found.same_bytes, "literals": found.literals,
            "share": round(found.same_bytes / compared, 4) if compared else None,
            "same_marks": found.same_marks, "stricter": found.stricter,
            "differences": sorted(found.differences.values(), key=lambda d: (-d["progs"], d["shape"])),
            "refusals": dict(Counter(found.refusals).most_common())}
