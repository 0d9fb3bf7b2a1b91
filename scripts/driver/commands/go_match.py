"""everypc go-match: the project's own assembly of Go's Progs against Go's bytes and marks."""
from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from ..build import failure, make, setup, targets
from ..build.targets import Target
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..go import progs, reference, toolchain
from ..go.reference import GoRow, Match
from ..report import console, results
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "go-match",
                            "compare the project's own assembly of Go's Progs with Go's bytes and marks", run)
    one.add_argument("--goroot", metavar="DIR",
                     help="with what this toolchain makes of cases/go/progs now (default: with the tables in "
                          "cases/go)")
    arguments.arch(one, "all")
    arguments.no_setup(one)
    arguments.jobs(one, "jobs of make")
    arguments.output(one, "go-match.json")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    results.prepare(context, args.results)
    known = targets.load(context)
    matches: list[Match] = []
    skipped: list[dict[str, str]] = []
    for path in _tables(context, args.goroot or None):
        _match_all(context, args.arch or None, known, path, matches, skipped)
    if not matches:
        raise UsageError("the reference tables have no row for any of the targets, so nothing was compared")
    data = {"needed_share": reference.NEEDED_SHARE, "skipped": skipped,
            "targets": [{**asdict(m), "share": round(m.share, 4), "good": m.good} for m in matches]}
    results.write_json(args.results / "go-match.json", data)
    if context.as_json:
        results.print_json(data)
    else:
        _print(matches, skipped)
    bad = list(dict.fromkeys(m.target for m in matches if not m.good))
    if bad:
        return FAILED, (f"failed: a mark differs, or fewer than {reference.NEEDED_SHARE:.0%} of the rows "
                        f"of {reference.VERSION} have Go's bytes, on {', '.join(bad)}")
    return PASSED, (f"passed: {sum(m.rows for m in matches)} rows of "
                    f"{' and '.join(dict.fromkeys(m.go for m in matches))} on "
                    f"{results.count(len({m.target for m in matches}), 'target')}; "
                    f"see {args.results / 'go-match.json'}")


def _tables(context: Context, given: str | None) -> list[Path]:
    """Those of the tree; or the one that a toolchain makes now."""
    if not given:
        return reference.tables(context.root)
    goroot = toolchain.goroot(context, given)
    name = reference.file_of(toolchain.version(context, goroot)).name
    path = context.root / toolchain.FOLDER / "progs" / name
    progs.write(path, {arch: progs.assemble(context, goroot, arch, source)
                       for arch, source in progs.sources(context.root).items()})
    return [path]


def _match_all(context: Context, arch: str | None, known: list[Target], path: Path, matches: list[Match],
               skipped: list[dict[str, str]]) -> None:
    """Adds the comparisons with a table, and what of it is not compared."""
    root, version = context.root, reference.version_of(path)
    theirs = reference.read_reference(path)
    chosen = [t for t in targets.select(known, arch or "all") if arch or t.name in theirs]
    skipped += [{"what": f"{len(rows)} rows of {name}, {version}", "why": f"{name} is not a target"}
                for name, rows in theirs.items() if not any(t.name == name for t in known)]
    skipped += [{"what": f"{t.name}, {version}", "why": "the reference table has no rows for it"}
                for t in chosen if t.name not in theirs]
    chosen = setup.available(context, chosen, arch, "none")
    reasons = reference.read_reasons(root / reference.HOLES, version) | reference.read_reasons(
        root / reference.NOTES, version)
    matches += [_match(context, t, theirs[t.name], reasons, path) for t in chosen if t.name in theirs]


def _match(context: Context, target: Target, rows: list[GoRow], reasons: dict[tuple[str, int], str],
           path: Path) -> Match:
    """Assembles the Progs of a table for one target and compares them."""
    listed = path.stem.replace("go-progs", "golist")
    done = make.run(context, "go-listing", f"TARGET={target.name}", f"GO_PROGS={path}", f"GO_LIST={listed}",
                    merge=True, jobs=context.jobs)
    if done.status != 0:
        failure.raise_from_log(context.root, target.name, done.out, None, [target])
    folder = context.root / "build" / target.name
    code = folder / f"{listed}.bin"
    ours = reference.read_ours(folder / f"{listed}.tsv", code)
    ours |= {row.seq: reference.data_row(row, code) for row in rows if row.is_data and row.seq not in ours}
    return reference.compare(target.name, rows, ours, reasons, reference.version_of(path))


def _print(matches: list[Match], skipped: list[dict[str, str]]) -> None:
    out = console.console()
    cells = [[m.target, m.go, m.rows, m.relocated, m.same_bytes, m.same_marks, m.stricter, f"{m.share:.1%}"]
             for m in matches]
    columns = ("target", "go", "rows", "relocated", "same bytes", "same marks", "stricter",
               "share without relocation")
    bad = [i for i, m in enumerate(matches) if not m.good]
    console.print_table(out, console.table(columns, cells, left=2, bad=bad))
    for match in matches:
        for d in match.differences:
            out.print(f"{match.target} {match.go} {d['seq']} {d['prog']}: {d['what']}: Go {d['go']}, "
                      f"ours {d['ours']}" + (f" ({d['note']})" if d["note"] else ""), soft_wrap=True)
    for skip in skipped:
        out.print(f"skipped {skip['what']}: {skip['why']}", soft_wrap=True)
