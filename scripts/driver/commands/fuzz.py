"""everypc fuzz: seed after seed of random programs at full depth, for hours; what fails is told apart by
shape and minimised, and the next run goes on where this one ended."""
from __future__ import annotations

import argparse
import contextlib
import dataclasses
import io
import re
import shutil
import time
from pathlib import Path

from ..build import probes
from ..build.probes import Recipe
from ..build.targets import Target
from ..context import Context
from ..errors import FAILED, PASSED, DriverError, Interrupted
from ..fuzz import corpus, novelty, report
from ..fuzz.corpus import Corpus, Finding, minimal_shapes
from ..fuzz.novelty import Drawn
from ..probe import events, prepare, retry, runs
from ..probe.plan import Plan
from ..probe.prepare import RunOptions
from ..probe.runs import TargetRun
from ..probe.shard import Shard, parts_per_target
from ..report import console, results
from ..unfinished import FOLDER
from . import arguments, minimise
from .arguments import Result, Subparsers

_EXTRA = ("--depth", "full", "--without", "nested")   # which is not about the case
_DRAWN = "*.s[0-9]*.*"   # the cases that have a seed in their names
_FINDINGS = "findings"


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "fuzz", "fire at random programs of one seed after the other, those "
                                                "with new shapes of Progs first, and minimise what fails",
                            run)
    arguments.arch(one)
    arguments.probes(one)
    one.add_argument("--hours", type=arguments.hours, default=1.0, metavar="H",
                     help="end after so many, or with Ctrl-C; what was found is kept (default: %(default)g)")
    one.add_argument("--rounds", type=arguments.positive, metavar="N",
                     help="end after so many seeds of each target (default: only by the time)")
    one.add_argument("--budget", type=arguments.seconds, default=30.0, metavar="S",
                     help="seconds to minimise a new finding (default: %(default)g)")
    one.add_argument("--most", type=arguments.natural, default=3, metavar="N",
                     help="minimise so many findings of a seed at most (default: %(default)s)")
    one.add_argument("--programs", type=arguments.positive, default=120, metavar="N",
                     help="random programs of a seed, and as many abstract ones (default: %(default)s)")
    arguments.jobs(one, "parallel runs")
    arguments.output(one, "the corpus, the minimised cases and fuzz.md", "results/fuzz")


def run(context: Context, args: argparse.Namespace) -> Result:
    options = dataclasses.replace(arguments.run_options(args), depth="full")
    results.prepare(context, options.results)
    chosen, selection = prepare.choose(context, options)
    known = [corpus.load(options.results, target.name, str(options.sut or ""), options.seed)
             for target in chosen]
    session = Fuzz(context, args, options, chosen, known)
    with contextlib.suppress(Interrupted):   # Ctrl-C is how most of these end
        # The programs are drawn with it, on standard output, where make would say what it compiles.
        probes.host_tool(context, chosen, Recipe(options.seed, prepare.ALL_CASES))
        session.run(time.monotonic() + args.hours * 3600)
    report.write(options.results, known)
    console.print_table(console.console(to_stderr=context.as_json),
                        console.table(report.COLUMNS, [report.row(one) for one in known], left=1))
    found = sum(len(one.distinct()) for one in known)
    if context.as_json:
        results.print_json([dataclasses.asdict(one) for one in known])
    where = options.results / report.FILE
    if found:
        return FAILED, f"failed: {results.count(found, 'finding')}, {session.new} of them new; see {where}"
    return PASSED, (f"passed: {results.count(session.rounds, 'seed')} of each of "
                    f"{results.count(len(known), 'target')}, nothing found; see {where}")


class Fuzz:
    """One run over several targets, a seed of each at a time."""

    def __init__(self, context: Context, args: argparse.Namespace, options: RunOptions, chosen: list[Target],
                 known: list[Corpus]) -> None:
        self.context, self.args, self.options = context, args, options
        self.targets = dict(zip((target.name for target in chosen), chosen))
        self.known = {one.target: one for one in known}
        self.work = options.results / FOLDER / "fuzz"
        self.rounds = self.new = 0
        self.say = console.console(to_stderr=context.as_json).print

    def run(self, deadline: float) -> None:
        try:
            while (time.monotonic() < deadline and self.rounds != self.args.rounds
                   and not self.context.stop.requested):
                self._round()
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
            with contextlib.suppress(OSError):
                self.work.parent.rmdir()

    def _round(self) -> None:
        """A seed of each target. What a stop cuts off is not counted: the next run begins with that seed."""
        began = time.monotonic()
        picked = {name: novelty.choose(self.context, self.targets[name], one, self.args.programs)
                  for name, one in self.known.items()}
        plans = [self._plan(name, seed) for name, (seed, _) in picked.items()]
        shutil.rmtree(self.work, ignore_errors=True)
        finished = runs.all_targets(self.context, plans, self.work, Shard(1, 1), lambda _: None,
                                    parts_per_target(len(plans), self.context.jobs))
        self.context.stop.check()
        for one in finished:
            seed, drawn = picked[one.plan.target.name]
            self._take(one, seed, drawn, time.monotonic() - began)
        self.rounds += 1

    def _plan(self, name: str, seed: int) -> Plan:
        """The probe of a seed's programs, built."""
        recipe = Recipe(seed, prepare.ALL_CASES, self.options.sut, seeds=f"{seed}..{seed}",
                        drawn=self.args.programs)
        target = self.targets[name]
        built = probes.build(self.context, [target], recipe)
        (started,) = prepare.runnable(self.context, self.options, [target], built)
        return Plan(target, self.context.root, built[name], started[1], self.options.runner.given, seed=seed,
                    glob=_DRAWN, hang_s=self.options.hang_s, extra=_EXTRA)

    def _take(self, one: TargetRun, seed: int, drawn: Drawn, seconds: float) -> None:
        """Counts what a seed's run came to, and looks into what failed."""
        known = self.known[one.plan.target.name]
        new = known.cover(drawn.keys, drawn.examples)
        failures = []
        for event in events.read(one.events):
            if event["ev"] == "case":
                known.cases += 1
                for name in ("shots", "reportable", "covered"):
                    setattr(known, name, getattr(known, name) + event[name])
            elif event["ev"] == "fail":
                failures.append(event)
        failures.sort(key=corpus.by_plainness)
        before = len(known.findings)
        open_: dict[int, tuple[Finding, events.Event]] = {}
        for failure in failures:
            finding = known.add(failure, seed)
            if finding is not None:
                open_.setdefault(id(finding), (finding, failure))
        self.new += len(known.findings) - before
        self.say(f"{known.target}: seed {seed}, {new} new of {len(drawn.keys)} (entry, operation, mark), "
                 f"{len(failures)} failures of {len(open_)} shapes to look into", soft_wrap=True)
        known.next_seed += novelty.CANDIDATES
        known.seeds += 1
        known.seconds = round(known.seconds + seconds, 1)
        known.save(self.options.results)   # what a stop cuts off of the rest is tried when it is seen again
        tried = 0
        for finding, failure in open_.values():
            if finding.get("same_as") or tried == self.args.most or self.context.stop.requested:
                continue
            tried += 1
            finding |= retry.judge(self.context, one.plan, failure) | {"id": failure["id"]}
            known.spread(finding)
            self._minimise(known, finding, seed)
            finding["tried"] = True
            known.save(self.options.results)
        report.write(self.options.results, list(self.known.values()))

    def _minimise(self, known: Corpus, finding: Finding, seed: int) -> None:
        path = self._path(known, finding)
        path.parent.mkdir(parents=True, exist_ok=True)
        args = argparse.Namespace(**{**vars(self.args), "id": finding["id"], "cases": None, "mode": "pin",
                                     "depth": "full", "seed": seed, "budget": self.args.budget,
                                     "output": path.resolve(), "drawn": self.args.programs})
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                code, line = minimise.run(self.context, args)
        except Interrupted:
            raise
        except DriverError as error:
            finding["note"] = f"not minimised: {error}".splitlines()[0]
            return
        if code == PASSED:
            finding["minimised"] = str(path)
            known.join(finding, minimal_shapes(path.read_text(encoding="utf-8")))
        else:
            finding["note"] = line or ""
        self.say(f"{known.target}: {finding['oracle']} at {finding['shape']}: {line}", soft_wrap=True)

    def _path(self, known: Corpus, finding: Finding) -> Path:
        """A file's name by shape, mark and oracle."""
        words = re.findall(r"\w+", f"{finding['shape']} {finding['mark']} {finding['oracle']}")
        return self.options.results / known.target / _FINDINGS / f"{'-'.join(words)}.progs"
