"""everypc effects-match: the tables of instructions that check-go relies on, against the instructions'
execution."""
from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from ..build import setup, targets
from ..build.targets import BINARIES, Target
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..go import effects, tool
from ..go.effects import Matched
from ..report import console, results
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "effects-match",
                            "run single instructions and compare what they do with the "
                                                         "tables that check-go relies on", run)
    arguments.arch(one, "all")
    one.add_argument("--bin", action="append", default=[], metavar="PATH",
                     help="take the instructions from these Go binaries, all of one target, instead of the "
                          "listed ones; "
                          "may be repeated")
    one.add_argument("--loose", action="store_true", help="also list what the tables claim and no run showed")
    arguments.no_setup(one)
    arguments.jobs(one, "targets at a time")
    arguments.output(one, "effects-match.json")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    results.prepare(context, args.results)
    known = targets.load(context)
    setup.ensure(context, [], "native")
    tool.build(context)
    binaries = tuple(Path(name).resolve() for name in args.bin)
    chosen = targets.having(_chosen(context, known, args.arch or "all", binaries), BINARIES)
    chosen = setup.available(context, chosen, args.arch if not binaries else chosen[0].name, "qemu")
    with ThreadPoolExecutor(max_workers=context.jobs) as pool:
        matches = list(pool.map(lambda t: effects.one_target(context, t, binaries), chosen))
    data = {"targets": [{**vars(m), "good": m.good} for m in matches]}
    results.write_json(args.results / "effects-match.json", data)
    if context.as_json:
        results.print_json(data)
    else:
        _print(matches, args.loose)
    bad = [m.target for m in matches if not m.good]
    if bad:
        return FAILED, ("failed: an instruction does something other than the tables say, or none could be "
                        "run, "
                        f"on {', '.join(bad)}")
    return PASSED, (f"passed: {sum(m.tested for m in matches)} instructions do what the tables say; "
                    f"see {args.results / 'effects-match.json'}")


def _chosen(context: Context, known: list[Target], arch: str, binaries: tuple[Path, ...]) -> list[Target]:
    """The target of the binaries, or those of --arch."""
    if not binaries:
        return targets.select(known, arch)
    names = {tool.info(context, path).target for path in binaries}
    if len(names) > 1:
        raise UsageError(f"--bin: the binaries are of different targets: {', '.join(sorted(names))}")
    return targets.select(known, names.pop())


def _print(matches: list[Matched], loose: bool) -> None:
    out = console.console()
    cells: list[list[Any]] = [[m.target, m.instructions, m.tested, sum(m.skipped.values()), len(m.wrong),
                               len(m.known),
                               len(m.loose)] for m in matches]
    columns = ("target", "instructions", "tested", "skipped", "wrong", "known", "loose")
    console.print_table(out, console.table(columns, cells, bad=[i for i,
                                                                m in enumerate(matches) if not m.good]))
    for m in matches:
        for reason, n in m.skipped.items():
            out.print(f"{m.target}: skipped {n}: {reason}", soft_wrap=True)
        for why, n in Counter(d["why"] for d in m.known).items():
            out.print(f"{m.target}: known {n}: {why}", soft_wrap=True)
        for title, items in (("", m.wrong), ("loose: ", m.loose if loose else [])):
            for d in items:
                out.print(f"{m.target} {d['bytes']} {d['text']}: {title}{d['what']}", soft_wrap=True)
