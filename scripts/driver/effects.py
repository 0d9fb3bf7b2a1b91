"""The effects-match command: what the tables of arch/<arch>/insn say that an instruction does, against what it does when it is run.
The instructions are those of arch/<arch>/test/instructions/<target>.tsv, or one of each shape in Go binaries."""
from __future__ import annotations

import fnmatch
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import build, check, children, gotool, make, mutants, project, results, setup, targets
from .errors import FAILED, PASSED, BuildError, UsageError
from .targets import Target

DIFFERENCES = "differences.tsv"   # of a port's tests, where not its tables are wrong: text, what (globs), why
KINDS = ("ok\t", "skip\t", "wrong\t", "loose\t")
GUEST_REFUSES = 2   # harness/insn/execution/main.c


@dataclass(frozen=True)
class Options:
    arch: str | None
    binaries: tuple[Path, ...]   # of one target; none: the tracked lists
    results: Path
    jobs: int
    loose: bool = False
    setup: bool = True
    json: bool = False


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
    return [Difference(**row) for row in mutants.read_all(paths, ("text", "what", "why"))]


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
            why = next((d.why for d in differences if kind == "wrong" and d.explains(rest[1], rest[0])), None)
            if why is None:
                getattr(done, kind).append(item)
            else:
                done.known.append({**item, "why": why})
    done.instructions, done.tested = len(seen), len(seen - skipped.keys())
    done.skipped = dict(Counter(skipped.values()).most_common())
    return done


def effects_match(options: Options, stop: children.StopRequest) -> tuple[int, str]:
    root = project.root()
    results.prepare(options.results)
    known = targets.load(root, stop)
    setup.ensure(root, [], "native", stop, options.setup)
    gotool.make_tool(root, options.jobs, stop)
    if options.binaries:
        infos = {gotool.info(root, stop, path).target for path in options.binaries}
        if len(infos) > 1:
            raise UsageError(f"--bin: the binaries are of different targets: {', '.join(sorted(infos))}")
        chosen = targets.select(known, infos.pop())
    else:
        chosen = targets.select(known, options.arch or "all")
    setup.ensure(root, chosen, "qemu", stop, options.setup)
    with ThreadPoolExecutor(max_workers=options.jobs) as pool:
        matches = list(pool.map(lambda t: one_target(root, t, options, stop), chosen))
    data = {"targets": [{**vars(m), "good": m.good} for m in matches]}
    results.write_json(options.results / "effects-match.json", data)
    if options.json:
        results.print_json(data)
    else:
        _print(matches, options.loose)
    bad = [m.target for m in matches if not m.good]
    if bad:
        return FAILED, f"failed: an instruction does what the tables don't say, or none could be run, on {', '.join(bad)}"
    return PASSED, f"passed: {sum(m.tested for m in matches)} instructions do what the tables say; see {options.results / 'effects-match.json'}"


def one_target(root: Path, target: Target, options: Options, stop: children.StopRequest) -> Matched:
    done = make.run(root, stop, "effects-probe", f"TARGET={target.name}", merge=True)
    if done.status != 0:
        build.fail(root, build.write_log(root, target.name, done.out), done.out, None, [target])
    folder = root / "build" / target.name
    listed = root / "arch" / target.arch / "test/instructions" / f"{target.name}.tsv"
    if options.binaries:
        listed = folder / "effects.list"
        listed.write_text(gotool.call(root, stop, "shapes", *map(str, options.binaries)).out)
    elif not listed.exists():
        raise UsageError(f"{listed}: there is no list of instructions for {target.name}")
    claims = folder / "effects.claims"
    claims.write_text(gotool.call(root, stop, "claims", target.name, str(listed)).out)
    return sort_out(target.name, run(root, target, claims, stop),
                    read_differences(target.test_files(root, DIFFERENCES)))


def run(root: Path, target: Target, claims: Path, stop: children.StopRequest) -> str:
    """What the guest prints of these claims. Behind an instruction that ends it (data among code may be a jump to anywhere) it
    is started again; that instruction counts as skipped."""
    probe = [*check.prefix(target, "qemu", "pin", root, stop), str(root / "build" / target.name / "effects-probe")]
    head, *left = claims.read_text().splitlines(keepends=True)
    printed, rest = "", claims.with_suffix(".rest")
    while True:
        rest.write_text("".join([head, *left]))
        done = children.run([*probe, str(rest)], root, stop)
        # Whole lines of the guest's own: QEMU prints there, too, when it gives up.
        whole = "".join(line for line in done.out.splitlines(keepends=True) if line.startswith(KINDS) and line.endswith("\n"))
        printed += whole
        if done.status == 0:
            return printed
        seen = {line.split("\t")[1] for line in whole.splitlines()}
        left = left[next((i for i, line in enumerate(left) if line.split("\t")[0] not in seen), len(left)):]
        if done.status == GUEST_REFUSES or not left:
            raise BuildError(f"{target.name}: effects-probe: {children.status_text(done.status)}: {done.err.strip()}")
        code, *_, text = left.pop(0).rstrip("\n").split("\t")
        printed += f"skip\t{code}\tit ends the guest\t{text}\n"


def _print(matches: list[Matched], loose: bool) -> None:
    from . import report  # needs rich
    out = report.console()
    cells: list[list[Any]] = [[m.target, m.instructions, m.tested, sum(m.skipped.values()), len(m.wrong), len(m.known), len(m.loose)]
                              for m in matches]
    columns = ("target", "instructions", "tested", "skipped", "wrong", "known", "loose")
    report.print_table(out, report.table(columns, cells, bad=[i for i, m in enumerate(matches) if not m.good]))
    for m in matches:
        for reason, n in m.skipped.items():
            out.print(f"{m.target}: skipped {n}: {reason}", soft_wrap=True)
        for why, n in Counter(d["why"] for d in m.known).items():
            out.print(f"{m.target}: known {n}: {why}", soft_wrap=True)
        for title, items in (("", m.wrong), ("loose: ", m.loose if loose else [])):
            for d in items:
                out.print(f"{m.target} {d['bytes']} {d['text']}: {title}{d['what']}", soft_wrap=True)
