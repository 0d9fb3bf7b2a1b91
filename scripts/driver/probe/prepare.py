"""From what the user asks for to probes that are built and ready to run: targets, cases, set-up, build."""
from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from ..build import casefiles, probes, setup, targets
from ..build.casefiles import Selection
from ..build.targets import NATIVE, Target, words
from ..context import Context
from ..errors import SetupError, UsageError
from . import wine
from .plan import Plan
from .runner import Runner
from .shard import Shard
from .start import Start


ALL_CASES = Selection(None)   # of the tree


@dataclass(frozen=True)
class RunOptions:
    """What the user asks of a run of probes."""

    arch: str | None
    mode: str
    cases: list[str] | None
    seed: int
    shard: Shard
    runner: Runner
    results: Path
    sut: Path | None = None
    budget_s: float | None = None
    hang_s: float = 60.0
    depth: str = "quick"
    seeds: str = ""    # "1..100", or "": those of `seed` alone
    drawn: int = 0     # so many random programs of each kind, and no other cases (build/probes.py)


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
    chosen = with_runner(options, chosen or targets.select(known, options.arch, options.runner.kind))
    chosen = setup.available(context, chosen, options.arch, options.runner.kind, wine.why_skip)
    options.runner.check(context, chosen)
    return chosen, selection


def with_runner(options: RunOptions, chosen: list[Target]) -> list[Target]:
    """Those of `chosen` that the runner has something for. Each other one is left out, visibly, unless --arch
    names it."""
    why = {t.name: reason for t in chosen if (reason := options.runner.lacks(t))}
    named = [name for name in why if name in words(options.arch or "")]
    if named or len(why) == len(chosen):
        name = (named or list(why))[0]
        raise SetupError(f"--runner {options.runner.given}: {name}: {why[name]}; name other targets with "
                         "--arch, or use --runner qemu")
    for name, reason in why.items():
        print(f"skipped {name}: {reason}", file=sys.stderr, flush=True)
    if why:
        print(f"skipped: {len(why)} of {len(chosen)} targets, which --runner {options.runner.given} has "
              "nothing for", file=sys.stderr, flush=True)
    return [t for t in chosen if t.name not in why]


def plans(context: Context, options: RunOptions, chosen: list[Target], selection: Selection) -> Prepared:
    """Builds the probes of `chosen`."""
    built = probes.build(context, chosen, probes.Recipe(options.seed, selection, options.sut,
                                                            seeds=options.seeds, drawn=options.drawn))
    started = runnable(context, options, chosen, built)
    made = [Plan(t, context.root, built[t.name], start, options.runner.given, options.mode, options.seed,
                 selection.glob, options.budget_s, options.hang_s, extra=_extra(options))
            for t, start in started]
    return Prepared(made, {t.name: options.runner.name(context, t) for t, _ in started}, selection)


def runnable(context: Context, options: RunOptions, chosen: list[Target],
             built: dict[str, Path]) -> list[tuple[Target, Start]]:
    """Those of `chosen` that the runner can run, and how it starts their probes: natively, a kernel may lack
    the interface for 32-bit programs. Without --arch such a target is left out, visibly; with it, that is an
    error."""
    runner, why = options.runner, {}
    started = [(t, runner.start(context, t, built[t.name], options.mode)) for t in chosen]
    for target, start in started:
        reason = runner.refuses(context, start, built[target.name])
        if reason:
            why[target.name] = reason
    if why and (options.arch is not None or len(why) == len(chosen)):
        advice = "use --runner qemu" if runner.kind == NATIVE else "name with --arch what it runs"
        raise SetupError(f"--runner {runner.given}: {next(iter(why))}: {next(iter(why.values()))}; {advice}")
    for name, reason in why.items():
        print(f"skipped {name}: {reason}", file=sys.stderr, flush=True)
    return [(target, start) for target, start in started if target.name not in why]


def _extra(options: RunOptions) -> tuple[str, ...]:
    return ("--depth", options.depth) if options.depth != "quick" else ()


def prepare(context: Context, options: RunOptions) -> Prepared:
    """Installs and builds what `options` asks for."""
    return plans(context, options, *choose(context, options))
