"""everypc go-match: the project's own assembly of Go's Progs against Go's bytes and marks."""
from __future__ import annotations

import argparse
from dataclasses import asdict

from ..build import failure, make, setup, targets
from ..build.targets import Target
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..go import reference
from ..go.reference import GoRow, Match
from ..report import console, results
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "go-match",
                            "compare the project's own assembly of Go's Progs with Go's bytes and marks", run)
    arguments.arch(one, "all")
    arguments.no_setup(one)
    arguments.jobs(one, "jobs of make")
    arguments.output(one, "go-match.json")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    root, arch = context.root, args.arch or None
    results.prepare(context, args.results)
    theirs = reference.read_reference(root / reference.REFERENCE)
    known = targets.load(context)
    chosen = [t for t in targets.select(known, arch or "all") if arch or t.name in theirs]
    skipped = [{"what": f"{len(rows)} rows of {name}", "why": f"{name} is not a target"}
               for name, rows in theirs.items() if not any(t.name == name for t in known)]
    skipped += [{"what": t.name, "why": "the reference table has no rows for it"} for t in chosen
                if t.name not in theirs]
    chosen = setup.available(context, chosen, arch, "none")
    reasons = reference.read_reasons(root / reference.HOLES) | reference.read_reasons(root / reference.NOTES)
    matches = [_match(context, t, theirs[t.name], reasons) for t in chosen if t.name in theirs]
    if not matches:
        raise UsageError("the reference table has no row for any of the targets, so nothing was compared")
    data = {"needed_share": reference.NEEDED_SHARE, "skipped": skipped,
            "targets": [{**asdict(m), "share": round(m.share, 4), "good": m.good} for m in matches]}
    results.write_json(args.results / "go-match.json", data)
    if context.as_json:
        results.print_json(data)
    else:
        _print(matches, skipped)
    bad = [m.target for m in matches if not m.good]
    if bad:
        return FAILED, (f"failed: a mark differs, or fewer than {reference.NEEDED_SHARE:.0%} of the rows "
                        "have Go's bytes, "
                        f"on {', '.join(bad)}")
    return PASSED, (f"passed: {sum(m.rows for m in matches)} rows on "
                    f"{results.count(len(matches), 'target')}; "
                    f"see {args.results / 'go-match.json'}")


def _match(context: Context, target: Target, rows: list[GoRow], reasons: dict[tuple[str, int], str]) -> Match:
    """Assembles the Progs for one target and compares them."""
    done = make.run(context, "go-listing", f"TARGET={target.name}", merge=True, jobs=context.jobs)
    if done.status != 0:
        failure.raise_from_log(context.root, target.name, done.out, None, [target])
    base = context.root / "build" / target.name
    ours = reference.read_ours(base / "golist.tsv", base / "golist.bin")
    ours |= {row.seq: reference.data_row(row, base / "golist.bin") for row in rows if row.is_data
             and row.seq not in ours}
    return reference.compare(target.name, rows, ours, reasons)


def _print(matches: list[Match], skipped: list[dict[str, str]]) -> None:
    out = console.console()
    cells = [[m.target, m.rows, m.relocated, m.same_bytes, m.same_marks, m.stricter, f"{m.share:.1%}"]
             for m in matches]
    columns = ("target", "rows", "relocated", "same bytes", "same marks", "stricter",
               "share without relocation")
    console.print_table(out, console.table(columns, cells, bad=[i for i,
                                                                m in enumerate(matches) if not m.good]))
    for match in matches:
        for d in match.differences:
            out.print(f"{match.target} {d['seq']} {d['prog']}: {d['what']}: Go {d['go']}, ours {d['ours']}"
                      + (f" ({d['note']})" if d["note"] else ""), soft_wrap=True)
    for skip in skipped:
        out.print(f"skipped {skip['what']}: {skip['why']}", soft_wrap=True)
