"""What the tables of arch/<arch>/insn say that an instruction does, against what it does when it is run. The
instructions are those of arch/<arch>/test/instructions/<target>.tsv, or one of each shape in Go binaries."""
from __future__ import annotations

import fnmatch
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from .. import children
from ..build import failure, make
from ..build.targets import NATIVE, Target
from ..context import Context
from ..errors import BuildError, UsageError
from ..probe import runner
from ..tsv import read_all
from . import tool

DIFFERENCES = "differences.tsv"   # of a port's tests, where its tables are not wrong: text, what (globs), why
KINDS = ("ok\t", "skip\t", "wrong\t", "loose\t")
GUEST_REFUSES = 2   # harness/insn/execution/main.c
ILLEGAL = "it faults in each state: Illegal instruction"   # harness/insn/execution/judge.c


@dataclass(frozen=True)
class Difference:
    """One line of DIFFERENCES."""

    text: str
    what: str
    why: str

    def explains(self, text: str, what: str) -> bool:
        return fnmatch.fnmatchcase(text, self.text) and fnmatch.fnmatchcase(what, self.what)


@dataclass
class Matched:
    """What was seen on one target. Mismatches are dicts of instruction, what and, where known, why."""

    target: str
    instructions: int = 0
    tested: int = 0
    skipped: dict[str, int] = field(default_factory=dict)   # by reason
    wrong: list[dict[str, str]] = field(default_factory=list)
    known: list[dict[str, str]] = field(default_factory=list)
    loose: list[dict[str, str]] = field(default_factory=list)

    @property
    def good(self) -> bool:
        return self.tested > 0 and not self.wrong


def read_differences(paths: list[Path]) -> list[Difference]:
    return [Difference(**row) for row in read_all(paths, ("text", "what", "why"))]


def sort_out(target: str, printed: str, differences: list[Difference]) -> Matched:
    """Of what the guest prints (harness/insn/execution/layout.h)."""
    done = Matched(target)
    seen: set[str] = set()
    skipped: dict[str, str] = {}
    for line in printed.splitlines():
        kind, code, *rest = line.split("\t")
        seen.add(code)
        if kind == "skip":
            skipped[code] = rest[0]
        elif kind in ("wrong", "loose"):
            item = {"bytes": code, "text": rest[1], "what": rest[0]}
            why = next((d.why for d in differences if kind == "wrong"
                        and d.explains(rest[1], rest[0])), None)
            if why is None:
                getattr(done, kind).append(item)
            else:
                done.known.append({**item, "why": why})
    done.instructions, done.tested = len(seen), len(seen - skipped.keys())
    done.skipped = dict(Counter(skipped.values()).most_common())
    return done


def one_target(context: Context, target: Target, binaries: tuple[Path, ...]) -> Matched:
    """Builds the guest and runs the target's instructions: those of `binaries`, or the listed ones."""
    root = context.root
    done = make.run(context, "effects-probe", f"TARGET={target.name}", merge=True)
    if done.status != 0:
        failure.raise_from_log(root, target.name, done.out, None, [target])
    folder = root / "build" / target.name
    listed = root / "arch" / target.arch / "test/instructions" / f"{target.name}.tsv"
    if binaries:
        listed = folder / "effects.list"
        listed.write_text(tool.call(context, "shapes", *map(str, binaries)).out)
    elif not listed.exists():
        raise UsageError(f"{listed}: there is no list of instructions for {target.name}")
    claims = folder / "effects.claims"
    claims.write_text(tool.call(context, "claims", target.name, str(listed)).out)
    printed = run(context, target, claims, runner.Qemu())
    if target.runs_natively:
        printed = unknown_to_qemu(context, target, claims, printed)
    return sort_out(target.name, printed, read_differences(target.test_files(root, DIFFERENCES)))


def unknown_to_qemu(context: Context, target: Target, claims: Path, printed: str) -> str:
    """Runs what QEMU has no CPU for on this machine, as far as its CPU is another one: AVX-512."""
    lines = printed.splitlines(keepends=True)
    illegal = {line.split("\t")[1] for line in lines if line.startswith("skip\t") and ILLEGAL in line}
    if not illegal:
        return printed
    head, *rows = claims.read_text().splitlines(keepends=True)
    only = claims.with_suffix(".native")
    only.write_text(head + "".join(row for row in rows if row.split("\t")[0] in illegal))
    again = run(context, target, only, runner.Native(NATIVE))
    return "".join(line for line in lines if line.split("\t")[1] not in illegal) + again.replace(
        ILLEGAL, "neither QEMU nor this machine has such an instruction")


def run(context: Context, target: Target, claims: Path, on: runner.Runner) -> str:
    """What the guest prints about these claims. After an instruction that ends it (data among code may be a
    jump to anywhere) it is restarted; that instruction counts as skipped."""
    binary = context.root / "build" / target.name / "effects-probe"
    start = on.start(context, target, binary)
    if target.insn_cpu and not start.is_native:
        start = start.on_cpu(target.insn_cpu)
    head, *left = claims.read_text().splitlines(keepends=True)
    printed, rest = "", claims.with_suffix(".rest")
    while True:
        rest.write_text("".join([head, *left]))
        done = context.run(start.argv(binary, [str(rest)]))
        # Whole lines of the guest's own: QEMU prints there, too, when it gives up.
        whole = "".join(line for line in done.out.splitlines(keepends=True) if line.startswith(KINDS)
                        and line.endswith("\n"))
        printed += whole
        if done.status == 0:
            return printed
        seen = {line.split("\t")[1] for line in whole.splitlines()}
        left = left[next((i for i, line in enumerate(left) if line.split("\t")[0] not in seen), len(left)):]
        if done.status == GUEST_REFUSES or not left:
            raise BuildError(f"{target.name}: effects-probe: {children.status_text(done.status)}: "
                             f"{done.err.strip()}")
        code, *_, text = left.pop(0).rstrip("\n").split("\t")
        printed += f"skip\t{code}\tit kills the guest\t{text}\n"
