"""everypc merge: joins the results of shards and targets that ran on other machines."""
from __future__ import annotations

import argparse
from pathlib import Path

from ..build import setup, targets
from ..context import Context
from ..publish import github, page
from ..report import console, merging, results, summary
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "merge", "join the results of shards and targets that ran elsewhere",
                            run)
    one.add_argument("folders", nargs="+", type=Path, metavar="RESULTS",
                     help="results folders, searched for <target>/summary.json")
    one.add_argument("--expect", metavar="LIST",
                     help="targets that must be there, or 'all' (default: those that are)")
    arguments.show(one)
    arguments.output(one, "the joined files")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    setup.ensure(context, [], "native")
    expected = targets.words(args.expect or "")
    if "all" in expected:
        expected = [t.name for t in targets.load(context)]
    total = merging.merge(context, args.folders, args.results, expected)
    summary.final(console.console(to_stderr=context.as_json), total, args.results, args.show)
    summary.write_markdown(args.results / results.MARKDOWN, total)
    page.write_if_possible(args.results)
    github.publish(args.results, args.results / results.MARKDOWN, to_stderr=context.as_json)
    if context.as_json:
        results.print_json(total)
    return results.verdict(total)
