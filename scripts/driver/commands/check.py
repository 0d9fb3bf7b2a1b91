"""everypc check: set-up, build, run, verdict."""
from __future__ import annotations

import argparse

from ..build import targets
from ..build.casefiles import Selection
from ..build.targets import Target
from ..context import Context
from ..errors import UsageError
from ..probe import prepare, runs
from ..probe.prepare import Prepared, RunOptions
from ..probe.shard import parts_per_target
from ..publish import github, history, page
from ..report import console, record, results, summary
from ..report.progress import Display
from ..report.results import Summary
from ..unfinished import Unfinished
from . import arguments, check_runners, static_check, watching
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "check", "build the probes, run every case and give a verdict", run)
    arguments.arch(one, f"{arguments.FAMILIES}, or with --runner native what runs on this machine")
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--seeds", type=arguments.seeds, default="", metavar="A..B",
                     help="random and abstract programs of all these seeds, which stand in their names, in "
                          "place of --seed's; the states are --seed's")
    one.add_argument("--shard", default="1/1", metavar="I/N",
                     help="run this part of the cases (default: %(default)s)")
    one.add_argument("--per-target-budget", type=arguments.seconds, metavar="S",
                     help="seconds for each target's run; free mode then stops")
    one.add_argument("--static", nargs="?", const=static_check.ALONE,
                     choices=(static_check.ALONE, static_check.TOO),
                     help="check the cases by what check-go knows of instructions, without executing them; "
                          "too: beside the execution, and both must agree")
    arguments.jobs(one, "parallel runs")
    arguments.show(one)
    arguments.output(one, "events, summaries and JUnit XML")
    arguments.resume(one, "the last finished case of each target")
    one.add_argument("--watch", action="store_true",
                     help="then run again what a changed file touches, into DIR/watch, until Ctrl-C")


def run(context: Context, args: argparse.Namespace) -> arguments.Result:
    """Runs everything; the results are written whatever the verdict is."""
    each = arguments.each_runner(args)
    if args.watch and context.as_json:
        raise UsageError("--watch has no single result that --json could print; leave one of them out")
    if len(each) > 1:
        return check_runners.run(context, args, each,
                                 lambda one, chosen, selection: _run(context, args, one, chosen, selection,
                                                                     False))
    options = each[0]
    results.prepare(context, options.results)
    chosen, selection = prepare.choose(context, options)
    if not args.watch:
        return _run(context, args, options, chosen, selection)
    return watching.watch(context, options, chosen, selection,
                          lambda part: _run(context, args, part, *prepare.choose(context, part)))


def _run(context: Context, args: argparse.Namespace, options: RunOptions, chosen: list[Target],
         selection: Selection, alone: bool = True) -> arguments.Result:
    """`alone`: whether its result is the command's."""
    if args.static:
        chosen = targets.having(chosen, targets.BINARIES)
    prepared = prepare.plans(context, options, chosen, selection)
    if args.static == static_check.ALONE:
        return static_check.run(context, prepared, options, args.show)
    out = console.console(to_stderr=context.as_json)
    work = Unfinished(options.results, "check", context.jobs)
    work.begin(record.identity(context, prepared, options), args.resume, console.notice)
    total = once(context, prepared, options, Display(out), work)
    summary.final(out, total, options.results, args.show)
    for line in targets.lacking(chosen):
        out.print(line, soft_wrap=True)
    summary.write_markdown(options.results / results.MARKDOWN, total)
    if not total["interrupted"]:
        work.finish()
        history.append(options.results, history.of_check(total))
    page.write_if_possible(options.results)
    github.publish(options.results, options.results / results.MARKDOWN, to_stderr=context.as_json)
    if context.as_json and alone:
        results.print_json(total)
    code, line = results.verdict(total)
    if args.static and not total["interrupted"]:
        said = static_check.run(context, prepared, options, args.show, total["cases"])
        if code == 0:
            return said
        out.print(said[1] or "", soft_wrap=True)
    return code, line if code == 0 else f"{line}; see {options.results / results.MARKDOWN}"


def once(context: Context, prepared: Prepared, options: RunOptions, display: Display,
         work: Unfinished) -> Summary:
    """Runs what is built and not yet run, and writes and returns the summary over all targets."""
    recorder = record.Recorder(context, prepared, options, work)
    parts = parts_per_target(len(prepared.plans), work.jobs)
    with display:
        finished = runs.all_targets(context, recorder.open_plans(), work.folder, options.shard,
                                    display.update, parts, recorder.ended)
    return recorder.total(finished)
