"""everypc compare-go: two Go binaries of one target, function by function and shape by shape."""
from __future__ import annotations

import argparse
from pathlib import Path

from .. import folders
from ..context import Context
from ..errors import UsageError
from ..go import compare, compare_report, session
from ..report import results
from . import arguments
from .arguments import Subparsers

NAME = "compare-go"
FILE, MARKDOWN = "go-compare.json", "go-compare.md"


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME,
                            "compare two Go binaries: PCs that gained or lost preemptibility, "
                                                      "new and vanished findings", run)
    one.add_argument("a", metavar="A", help="the binary before")
    one.add_argument("b", metavar="B", help="the binary after")
    arguments.binaries(one, "go/, go-compare.json, go-compare.md")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    """Checks both and compares."""
    options = arguments.go_options(args, functions=True)
    now = session.begin(context, options, NAME)
    infos = session.read_infos(now, [Path(args.a).resolve(), Path(args.b).resolve()])
    if infos[0].target != infos[1].target:
        raise UsageError(f"{args.a} is for {infos[0].target} and {args.b} for {infos[1].target}: "
                         "there is nothing to compare")
    infos = session.checkable(now, infos)
    session.start(now, {"binaries": [args.a, args.b]})
    session.check_all(now, infos)
    one, other = now.checked
    total = {"schema": 1, "target": one.info.target, "a": compare.side(one), "b": compare.side(other),
             **compare.compare(one, other)}
    code, line = compare.verdict(total)
    compare_report.show(total, to_stderr=context.as_json)
    results.write_json(options.results / FILE, total)
    folders.write_text(options.results / MARKDOWN, compare_report.markdown(total, line))
    session.publish(now)
    now.work.finish()
    if context.as_json:
        results.print_json(total)
    return code, f"{line}; see {options.results / MARKDOWN}"
