"""everypc compare: two results folders, such as those of two commits."""
from __future__ import annotations

import argparse
from pathlib import Path

from ..context import Context
from ..publish import collect, comparison
from ..report import console, results, shown
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "compare",
                            "compare two results folders: newly red, newly green, coverage, speed; fails if "
                            "something is newly red", run)
    one.add_argument("old", type=Path, metavar="OLD", help="a results folder")
    one.add_argument("new", type=Path, metavar="NEW", help="a later one")
    one.add_argument("--show", type=arguments.natural, default=shown.SHOWN, metavar="N",
                     help="print up to so many names of each kind (default: %(default)s)")
    one.add_argument("--json", action="store_true",
                     help="print the result as JSON on standard output, the rest on standard error")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    made = comparison.compare(collect.read(args.old), collect.read(args.new))
    out = console.console(to_stderr=context.as_json)
    if made.rows:
        bad = {name.partition("/")[0] for name in made.red}
        console.print_table(out, console.table(comparison.COLUMNS, made.rows,
                                               bad=[k for k, row in enumerate(made.rows) if row[0] in bad]))
    for line in comparison.lines(made, args.show):
        out.print(line, soft_wrap=True)
    if context.as_json:
        results.print_json(made.as_dict())
    return made.verdict()
