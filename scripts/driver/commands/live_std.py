"""everypc live-std: the test binaries of the standard library's packages under fire, on each target."""
from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from .. import folders, project
from ..build import setup, targets
from ..build.targets import LIVE, Target, words
from ..context import Context
from ..go import tool, toolchain
from ..live import plan, std, sweep, sweep_report
from ..live.plan import Wish
from ..live.sweep import Sweep, Unit
from ..publish import github, page
from ..report import console, results
from ..report.progress import Bar
from ..unfinished import Unfinished, digest
from . import arguments
from .arguments import Subparsers
from .soak import Load

NAME = "live-std"
_PLAIN_EVERY_S = 60.0   # off a terminal; besides, each test binary has its line


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME,
                            "run the tests of a Go toolchain's standard packages under fire", run)
    one.add_argument("--goroot", metavar="DIR", help="the toolchain (default: the installed one)")
    arguments.arch(one)
    one.add_argument("--packages", metavar="LIST",
                     help=f"globs over import paths, such as 'sort hash/*' (default: {std.FILE})")
    arguments.fire(one)
    one.add_argument("--times", type=arguments.positive, default=1, metavar="N",
                     help="fire at each test binary so often: the verdicts must be the same, and counts that "
                          "differ are named (default: %(default)s)")
    one.add_argument("--busy", type=arguments.natural, default=0, metavar="N",
                     help="processes that keep the CPUs busy meanwhile (default: %(default)s)")
    one.add_argument("--budget", type=arguments.seconds, metavar="S",
                     help="fire for so long in each test binary, which then goes on to its end")
    one.add_argument("--runner", choices=("qemu", "native"), help="(default: native where this machine runs "
                                                                  "the target's programs, else qemu)")
    one.add_argument("--qemu", metavar="DIR", help="a folder with other QEMUs than the installed ones")
    arguments.no_setup(one)
    arguments.jobs(one, "test binaries at a time")
    arguments.output(one, f"{sweep_report.JSON}, {sweep_report.MARKDOWN}, {sweep_report.JUNIT} and units/",
                     "results/live-std")
    arguments.resume(one, "the last finished test binary")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    inside, visits = arguments.fired(args)
    wish = Wish(visits=visits, inside=inside, runner=args.runner, qemu=args.qemu or None)
    args.results = args.results.resolve()   # test binaries run in folders of their own
    results.prepare(context, args.results)
    goroot = toolchain.goroot(context, args.goroot or None)
    chosen, runners = _ready(context, args, wish)
    packages = std.packages(context, goroot, words(args.packages or ""))
    facts: dict[str, Any] = {
        "go": toolchain.version(context, goroot), "goroot": str(goroot), "runners": runners,
        "targets": [t.name for t in chosen], "packages": [p.name for p in packages],
        "inside": list(inside), "visits": str(visits),
        "times": args.times, "busy": args.busy}
    work = Unfinished(args.results, NAME, context.jobs)
    work.begin(_identity(context, facts, chosen, args), args.resume, console.notice)
    units = [Unit(target, package, k + 1)
             for k in range(args.times) for package in packages for target in chosen]
    now = Sweep(context, goroot, wish, args.budget, work, runners)
    out = console.console(to_stderr=context.as_json)
    out.print(f"{facts['go']} in {goroot}: {len(packages)} packages on {' '.join(facts['targets'])}",
              soft_wrap=True)
    with Load(context, args.busy), Bar(out, NAME, what="test binaries", every_s=_PLAIN_EVERY_S) as bar:
        sweep.run(now, units, lambda one: out.print(sweep_report.line(one), soft_wrap=True),
                  lambda done, doing: bar.update(done, len(units), ", ".join(doing)))
    return _finish(context, now, units, facts, args.results)


def _ready(context: Context, args: argparse.Namespace, wish: Wish) -> tuple[list[Target], dict[str, str]]:
    """The targets, with what they need installed and built, and the runner of each."""
    setup.ensure(context, [], "native")
    known = targets.select(targets.load(context), args.arch or None, args.runner or "qemu")
    chosen = setup.available(context, targets.having(known, LIVE), args.arch or None, "native")
    tool.build(context)
    return chosen, {target.name: plan.prepare(context, target, wish) for target in chosen}


def _identity(context: Context, facts: dict[str, Any], chosen: list[Target],
              args: argparse.Namespace) -> dict[str, Any]:
    return {**facts, "qemu": args.qemu or "", "revision": project.revision(context.root),
            "the tool": digest(context.root / tool.TOOL),
            **{f"{t.name}/{path.name}": digest(path) for t in chosen for path in plan.agents(context, t)}}


def _finish(context: Context, now: Sweep, units: list[Unit], facts: dict[str, Any],
            to: Path) -> tuple[int, str]:
    ended = sweep.outcomes(now, units)
    total = sweep_report.overall(ended, len(units), facts, context.stop.requested)
    if ended:
        folders.replace_keeping(now.work.folder / sweep.DONE, to / sweep.DONE)
    sweep_report.write(to, total)
    if not context.stop.requested:
        now.work.finish()
    sweep_report.show(total, to, to_stderr=context.as_json)
    if context.as_json:
        results.print_json(total)
    page.write_if_possible(to)
    github.publish(to, to / sweep_report.MARKDOWN, to_stderr=context.as_json)
    code, line = sweep_report.verdict(total)
    return code, f"{line}; see {to / sweep_report.MARKDOWN}"
