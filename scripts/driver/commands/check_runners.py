"""check under several runners: one after the other, each into a results folder of its own, and what they have
not alike."""
from __future__ import annotations

import argparse
import contextlib
import dataclasses
import re
from collections.abc import Callable, Iterator

from .. import folders
from ..build import targets
from ..build.casefiles import Selection
from ..build.targets import SYSTEM, Target
from ..context import Context
from ..errors import FAILED, DriverError, Interrupted, UsageError
from ..probe import prepare
from ..probe.prepare import RunOptions
from ..report import console, results, side_by_side
from . import arguments

FILE = "runners.json"
Run = Callable[[RunOptions, list[Target], Selection], arguments.Result]


def folder_name(given: str) -> str:
    """A runner's folder below the results."""
    return re.sub(r"[^A-Za-z0-9.]+", "-", given).strip("-.")


def _alike(context: Context, each: list[RunOptions]) -> list[RunOptions]:
    """Without --arch, all take what there are kernels of, if one of them needs kernels: that is the smallest
    choice, and only what several run is compared."""
    first = next((one for one in each if one.runner.kind == SYSTEM), None)
    if first is None or first.arch is not None:
        return each
    common = " ".join(t.name for t in prepare.with_runner(first, targets.load(context)))
    return [dataclasses.replace(one, arch=common) for one in each]


@contextlib.contextmanager
def _naming(options: RunOptions) -> Iterator[None]:
    """An error within says which runner it is of."""
    try:
        yield
    except Interrupted:
        raise
    except DriverError as error:
        which = f"--runner {options.runner.given}"
        raise type(error)(str(error) if which in str(error) else f"with {which}: {error}") from error


def _choose(context: Context, options: RunOptions) -> tuple[list[Target], Selection]:
    with _naming(options):
        return prepare.choose(context, options)


def run(context: Context, args: argparse.Namespace, each: list[RunOptions], check: Run) -> arguments.Result:
    """`check` runs all of it under one runner, once all of them are known to be there."""
    if args.watch or args.static:
        raise UsageError("--watch and --static take one runner")
    results.prepare(context, each[0].results)
    each = _alike(context, each)
    names = [folder_name(one.runner.given) for one in each]
    if len(set(names)) < len(names):
        names = [f"{k}-{name}" for k, name in enumerate(names, 1)]
    chosen = [_choose(context, options) for options in each]
    runs = []
    for options, name, (those, selection) in zip(each, names, chosen):
        console.notice(f"runner {options.runner.given}:")
        own = dataclasses.replace(options, results=options.results / name)
        results.prepare(context, own.results)
        with _naming(options):
            code, line = check(own, those, selection)
        console.notice(line or "")
        if context.stop.requested:
            return FAILED, line
        runs.append(side_by_side.Run(options.runner.given, own.results, code))
    made = side_by_side.compare(runs, side_by_side.Known(context.root))
    folders.write_json(each[0].results / FILE, made)
    if context.as_json:
        results.print_json(made)
    else:
        side_by_side.show(console.console(), made, args.show)
    return side_by_side.verdict(made, each[0].results / FILE)
