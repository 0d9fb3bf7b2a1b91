"""everypc minimise: shrinks a case that fails until nothing can be taken away."""
from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from pathlib import Path

from .. import folders
from ..build import casefiles
from ..build.casefiles import Selection
from ..build.probes import Recipe
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..minimise import lines, source, trial
from ..minimise.search import Found, Search
from ..minimise.trial import Bench, Symptom
from ..probe import one_shot, retry
from ..probe.events import Event
from ..probe.one_shot import Fired
from ..probe.plan import Plan
from ..report import console, results, summary
from . import arguments
from .arguments import Result, Subparsers

# Oracles that are not about the case: it may be any.
_OF_NO_CASE = ("nested", "platform", "protocol")
_FULL = ("truth", "pairs")     # those of --depth full
# Initial states, the simplest first: all zero, all the same, sign bits, edges, random (harness/README.md).
_STATES = (32, 34, 33, 1, 0)
_TIMES = 3
_FOR_THE_SEARCH = 0.85   # of the time; the rest is for the result


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "minimise", "shrink a case that fails, until nothing can be taken "
                                                    "away, and write it as a file for check", run)
    arguments.shot_id(one, live=False)
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--budget", type=arguments.seconds, default=60.0, metavar="S",
                     help="end after so many seconds with what there is (default: %(default)g)")
    one.add_argument("--output", type=Path, metavar="FILE",
                     help="where to write it (default: results/minimised/TARGET-CASE.progs, or .S)")


def run(context: Context, args: argparse.Namespace) -> Result:
    began = time.monotonic()
    options = arguments.run_options(args)
    shot, plan = one_shot.prepared(context, options, args.id)
    if plan.start.is_far:
        raise UsageError(f"--runner {plan.runner}: minimise builds hundreds of probes and runs them here; "
                         "leave it out")
    fired = one_shot.fire(context, shot, plan)
    failure = _failure(context, fired, args.id)
    if failure["oracle"] in _FULL:
        plan = dataclasses.replace(plan, extra=("--depth", "full"))
    recipe = Recipe(options.seed, casefiles.parse(args.cases, Path.cwd()), options.sut,
                    seeds=one_shot.seeds_of(shot.case), drawn=options.drawn)
    start = source.read(context, plan, recipe, shot.case, failure)
    out = console.console()
    out.print(f"{args.id}: oracle {failure['oracle']}, {failure['blame']} to blame; "
              f"{len(start.body)} lines, {start.progs} Progs", soft_wrap=True)
    trial.host_tool(context)
    (context.root / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="minimise-", dir=context.root / "build") as folder:
        bench = Bench(context, plan, recipe, Symptom.of(failure), Path(folder))
        left = args.budget * _FOR_THE_SEARCH - (time.monotonic() - began)
        search = Search(bench, start, failure, left, lambda text: out.print(f"  {text}"))
        found = search.run()
    path = args.output or _output(context, shot.target, shot.case, found)
    written = _write(context, plan, recipe, found, path, args.id)
    out.print(path.read_text(encoding="utf-8"), end="")
    if written is None:
        return FAILED, f"failed: as a file of its own ({path}) the case does not fail any more"
    out.print(summary.failure_text({k: v for k, v in written.items() if k != "ev"}), soft_wrap=True)
    how = "nothing can be taken away" if found.minimal else "the time ran out before it was minimal"
    shown = path.relative_to(context.root) if path.is_relative_to(context.root) else path
    return PASSED, (f"passed: {results.count(found.case.progs, 'Prog')} left of {start.progs} in {shown} "
                    f"after {time.monotonic() - began:.1f} s and {results.count(bench.builds, 'build')}: "
                    f"{how}")


def _failure(context: Context, fired: Fired, text: str) -> Event:
    """What the shot fails with, and who is to blame."""
    if not fired.failures:
        raise UsageError(f"{text} passes now, so there is nothing to minimise")
    failure = fired.failures[0]
    if failure["oracle"] in _OF_NO_CASE:
        raise UsageError(f"oracle {failure['oracle']} is not about the case: it fails with any, so there is "
                         f"nothing to minimise; see `everypc explain '{text}'`")
    return failure | retry.judge(context, fired.plain_plan, failure)


def _output(context: Context, target: str, case: str, found: Found) -> Path:
    name = "".join(c if c.isalnum() or c in "-_." else "_" for c in case)
    folder = context.root / "results/minimised"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{target}-{name}{found.case.suffix}"


def _write(context: Context, plan: Plan, recipe: Recipe, found: Found, path: Path, text: str) -> Event | None:
    """Writes the case, and fires at it as it stands there. A case's name decides its random values, so other
    names are tried where it does not fail."""
    symptom = Symptom.of(found.failure)
    for name in ("minimal", *(f"minimal{k}" for k in range(2, 9))):
        comment = [f"{text}, minimised: oracle {symptom.oracle}, {found.failure.get('blame', '')} to blame"]
        folders.write_text(path, lines.text({name: found.case}, comment))
        failure = _fires(context, plan, recipe, path, f"{path.stem}.{name}", symptom)
        if failure:
            return failure
    return None


def _fires(context: Context, plan: Plan, recipe: Recipe, path: Path, case: str,
           symptom: Symptom) -> Event | None:
    """Its failure in the simplest state from which it fails each time."""
    selection = Selection(None, (path.resolve(),))
    built = trial.built(context, plan, dataclasses.replace(recipe, cases=selection))
    whole = one_shot.fire(context, one_shot.ShotId(plan.target.name, case, None), built)
    shown = [event for event in whole.failures if symptom.shown_by(event)]
    if not shown:
        return None
    best = shown[0]
    place, state, _ = best["id"].partition("#")
    for k in _STATES if state and best["id"].count(":") == 0 else ():
        shot = one_shot.parse_id(f"{place}#{k}")
        runs = [one_shot.fire(context, shot, built) for _ in range(_TIMES)]
        if all(any(symptom.shown_by(event) for event in one.failures) for one in runs):
            best, whole = next(event for event in runs[0].failures if symptom.shown_by(event)), runs[0]
            break
    best = best | retry.judge(context, whole.plain_plan, best)
    best["explanation"] = whole.explanation(context, best)
    files = " ".join(selection.names(context.root))
    best["repro"] = results.repro_command(best["id"], recipe.seed, plan.mode, "quick", plan.runner, files,
                                          str(recipe.sut or ""))
    return best
