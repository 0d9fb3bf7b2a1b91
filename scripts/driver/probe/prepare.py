"""From what the user asks for to probes that are built and ready to run: targets, cases, set-up, build."""
from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from ..build import casefiles, probes, setup, targets
from ..build.casefiles import Selection
from ..build.targets import Target
from ..context import Context
from ..errors import SetupError, UsageError
from . import runner
from .plan import Plan
from .shard import Shard


@dataclass(frozen=True)
class RunOptions:
    """What the user asks of a run of probes."""

    arch: str | None
    mode: str
    cases: list[str] | None
    seed: int
    shard: Shard
    runner: str
    results: Path
    sut: Path | None = None
    budget_s: float | None = None
    hang_s: float = 60.0
    depth: str = "quick"


@dataclass(frozen=True)
class Prepared:
    """The plans of the chosen targets with their probes built, and each runner as the reports name it."""

    plans: list[Plan]
    runners: dict[str, str]
    cases: Selection


def choose(context: Context, options: RunOptions) -> tuple[list[Target], Selection]:
    """The targets and cases that `options` asks for, with all that they need installed."""
    selection = casefiles.parse(options.cases, Path.cwd())
    if options.sut is not None and not options.sut.is_dir():
        raise UsageError(f"--sut {options.sut}: no such folder")
    known = targets.load(context)
    chosen = casefiles.default_targets(known, selection, context.root) if options.arch is None else None
    chosen = chosen or targets.select(known, options.arch, options.runner)
    setup.ensure(context, chosen, options.runner)
    return chosen, selection


def plans(context: Context, options: RunOptions, chosen: list[Target], selection: Selection) -> Prepared:
    """Builds the probes of `chosen`."""
    built = probes.build(context, chosen, probes.Recipe(options.seed, selection, options.sut))
    chosen = runnable(context, options, chosen, built)
    made = [Plan(t, context.root, built[t.name], runner.prefix(context, t, options.runner, options.mode),
                 options.mode, options.seed,
                 selection.glob, options.budget_s, options.hang_s, extra=_extra(options)) for t in chosen]
    runners = {t.name: "native" if options.runner == "native" else runner.qemu_version(context, t)
               for t in chosen}
    return Prepared(made, runners, selection)


def runnable(context: Context, options: RunOptions, chosen: list[Target],
             built: dict[str, Path]) -> list[Target]:
    """Those of `chosen` that the runner can run: natively, a kernel may lack the interface for 32-bit
    programs. Without --arch such a target is left out, visibly; with it, that is an error."""
    why = {}
    for target in chosen if options.runner == "native" else []:
        try:
            context.run([str(built[target.name]), "--help"])
        except OSError as error:
            why[target.name] = f"this machine's kernel does not run its programs ({error.strerror})"
    if why and (options.arch is not None or len(why) == len(chosen)):
        raise SetupError(f"--runner native: {next(iter(why))}: {next(iter(why.values()))}; use --runner qemu")
    for name, reason in why.items():
        print(f"skipped {name}: {reason}", file=sys.stderr, flush=True)
    return [target for target in chosen if target.name not in why]


def _extra(options: RunOptions) -> tuple[str, ...]:
    return ("--depth", options.depth) if options.depth != "quick" else ()


def prepare(context: Context, options: RunOptions) -> Prepared:
    """Installs and builds what `options` asks for."""
    return plans(context, options, *choose(context, options))
