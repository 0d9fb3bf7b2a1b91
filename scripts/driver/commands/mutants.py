"""everypc mutants: faults put into the code under test, the tables and the marks, one at a time; each must
make a check fail."""
from __future__ import annotations

import argparse
from typing import Any

from .. import project
from ..build import probes, targets
from ..build.targets import MUTANTS
from ..context import Context
from ..errors import UsageError
from ..probe import prepare
from ..probe.mutant_passes import Found
from ..probe.plan import Plan
from ..probe.prepare import RunOptions
from ..publish import history, page
from ..report import console, mutation_score, results
from ..report.mutation_score import FILE
from ..report.progress import Display
from ..unfinished import Unfinished, digest
from . import arguments
from .arguments import Subparsers

HANG_S = 15.0   # a mutant that is silent for longer has taken the probe down with it


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "mutants",
                            "put faults into what is under test and count those that make a check "
                                                   "fail", run)
    arguments.arch(one)
    one.add_argument("--class", "--mutant", dest="mutant", metavar="GLOB",
                     help="classes (M14) or ids (table.*) (default: all)")
    arguments.probes(one)
    arguments.jobs(one, "parallel runs")
    arguments.output(one, "mutants.json")
    arguments.resume(one, "the last finished mutant of each target")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    """Runs the mutants that --class (a glob over ids or classes) names, and writes mutants.json."""
    options, which = arguments.run_options(args), args.mutant or None
    results.prepare(context, options.results)
    chosen, selection = prepare.choose(context, options)
    chosen = targets.having(chosen, MUTANTS)
    built = probes.build(context, chosen, probes.Recipe(options.seed, selection, options.sut, mutants=True))
    started = prepare.runnable(context, options, chosen, built)
    out = console.console(to_stderr=context.as_json)
    plans = [Plan(t, context.root, built[t.name], start, options.runner.given, seed=options.seed,
                  hang_s=min(options.hang_s, HANG_S), extra=("--mutants", "--mutant", which or "*"))
             for t, start in started]
    chosen = [t for t, _ in started]
    work = Unfinished(options.results, "mutants", context.jobs)
    work.begin(_identity(context, plans, options, which), args.resume, console.notice)
    with Display(out, what="mutants") as display:
        found = Found(context, plans, work.folder, work.jobs, display.update).all()
    for name, mutants in found.by_target.items():
        found.by_target[name] = mutation_score.asked(mutants, which)
    if not context.stop.requested and not any(found.by_target.values()) and not any(found.broken.values()):
        work.finish()
        raise UsageError(f"there is no mutant that matches '{which or '*'}'")
    classes = {}
    for t in chosen:
        argued = t.test_files(context.root, mutation_score.EQUIVALENT)
        if t.runner:
            argued += t.test_files(context.root, mutation_score.ONE_CPU)
        mutation_score.believe(found.by_target[t.name], mutation_score.read_equivalent(argued))
        classes[t.name] = mutation_score.read_classes(t.test_files(context.root, mutation_score.CLASSES))
    total = mutation_score.summarise(found, classes, which, context.stop.requested)
    for one in total["targets"]:
        results.write_json(options.results / one["target"] / FILE, one)
    slim = [{k: v for k, v in one.items() if k != "mutants"} for one in total["targets"]]
    results.write_json(options.results / FILE, {**total, "targets": slim})
    if not total["interrupted"]:
        work.finish()
        history.append(options.results, history.of_mutants(total, project.revision(context.root)))
    page.write_if_possible(options.results)
    if context.as_json:
        results.print_json(total)
    mutation_score.show(out, total)
    return mutation_score.verdict(total, options.results / FILE)


def _identity(context: Context, plans: list[Plan], options: RunOptions, which: str | None) -> dict[str, Any]:
    """What decides which mutants there are and what becomes of them (unfinished.py)."""
    return {"targets": [plan.target.name for plan in plans], "mutants": which or "*", "seed": options.seed,
            "runner": options.runner.given, "sut": str(options.sut or ""),
            "revision": project.revision(context.root),
            **{f"the runner of {plan.target.name}": options.runner.name(context, plan.target)
               for plan in plans},
            **{f"the probe of {plan.target.name}": digest(plan.probe) for plan in plans}}
