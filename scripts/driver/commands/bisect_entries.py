"""everypc bisect-entries: which table entries make a red run red, or which changes of any command that speaks
cmd/bisect's protocol."""
from __future__ import annotations

import argparse
import dataclasses
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from .. import children
from ..bisect import marks, pattern, search
from ..bisect.search import Guilty, Trial
from ..build import probes
from ..build.targets import BINARIES, Target, having
from ..context import Context
from ..errors import FAILED, PASSED, UsageError
from ..go import tool
from ..probe import events, prepare, runs
from ..probe.plan import Plan
from ..probe.prepare import RunOptions
from ..report import console
from ..report.results import count
from . import arguments
from .arguments import Result, Subparsers

NAME = "bisect-entries"
OURS = "ours"
MOST = 5
_FOLDER = Path("build/bisect-entries")
_ENVIRONMENT = re.compile(r"\w+=")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME,
                            "find which entries of a table make a run fail, among those that differ from a "
                            "good one's", run)
    arguments.arch(one)
    arguments.cases(one)
    arguments.probes(one)
    one.add_argument("--good", default=OURS, metavar="WHAT",
                     help="the marks that are good: a folder as --sut takes it, a probe, a .json file of "
                          "`everypc-go cases --tables`, or 'ours' (default: %(default)s)")
    one.add_argument("--bad", metavar="WHAT",
                     help="those that make it fail, likewise (default: the cases' own with this --sut)")
    one.add_argument("--by", choices=(marks.ENTRY, marks.RULE), default=marks.ENTRY,
                     help="what is switched on and off: each entry by itself, or all that one rule makes, "
                          "that is one shape of Prog from one mark to another (default: %(default)s)")
    one.add_argument("--most", type=arguments.natural, default=MOST, metavar="N",
                     help="stop after so many guilty sets; 0: find all (default: %(default)s)")
    one.add_argument("--pattern", metavar="P",
                     help="one run only, with the entries that match this pattern as in --bad, and reports "
                          "of them: what cmd/bisect wants of a command (--pattern=P, as a pattern may begin "
                          "with a minus sign)")
    arguments.jobs(one, "parallel runs")
    one.add_argument("driven", nargs="*", metavar="COMMAND",
                     help=f"behind --: [VAR=value...] command [argument...] with {pattern.PLACE} in it, any "
                          "that speaks the protocol of golang.org/x/tools/cmd/bisect, in place of a check of "
                          "cases")


def run(context: Context, args: argparse.Namespace) -> Result:
    say = console.notice
    if args.driven:
        trial = _command(context, args.driven)
    else:
        mixture = _mixture(context, args, say)
        if args.pattern:
            return _once(mixture, args.pattern)
        trial = mixture.trial
    found = search.Search(_told(trial, say), say, args.most)
    guilty = found.find()
    for number, one in enumerate(guilty, 1):
        print(f"guilty {number}:" + (" together" if len(one.changes) > 1 else ""))
        for line in one.reports:
            print(f"  {line}")
    return _verdict(guilty, found)


def _verdict(guilty: list[Guilty], found: search.Search) -> Result:
    more = (": it fails without them, too, so there are more (--most, or --by rule)" if found.more
            else ", and without them it passes")
    return PASSED, (f"passed: {count(len(guilty), 'guilty set')} found in {count(found.runs, 'run')}{more}")


def _told(trial: search.Run, say: Callable[[str], None]) -> search.Run:
    """The same, and each run is reported."""
    number = 0

    def run_one(text: str) -> Trial:
        nonlocal number
        number += 1
        done = trial(text)
        shown = text if len(text) <= 60 else f"{text[:57]}..."
        say(f"run {number}: {shown}: {'fails' if done.failed else 'passes'}")
        return done
    return run_one


# ---- entries of tables ----

@dataclasses.dataclass
class _Mixture:
    """One target's cases with marks from two builds."""

    context: Context
    options: RunOptions
    plan: Plan
    good: marks.Cases
    bad: marks.Cases
    entries: list[marks.Entry]
    by: str

    @property
    def folder(self) -> Path:
        return self.context.root / _FOLDER / f"{self.plan.target.name}-{os.getpid()}"

    def trial(self, text: str) -> Trial:
        wanted = pattern.parse(text)
        changes = {entry.change for entry in self.entries}
        matched = {change for change in changes if wanted.prints(change)}
        lines = "\n".join(marks.reported(self.entries, matched, wanted.visible, self.by))
        return Trial(self._fails({c for c in changes if wanted.enables(c)}), pattern.reports(lines))

    def _fails(self, enabled: set[int]) -> bool:
        path = self.folder / "marks"
        shutil.rmtree(self.folder, ignore_errors=True)   # a run that is there would be continued
        self.folder.mkdir(parents=True)
        marks.write(path, self.good, self.bad, self.entries, enabled)
        plan = dataclasses.replace(self.plan, extra=(*self.plan.extra, "--marks", str(path), "--marked"))
        done = runs.all_targets(self.context, [plan], self.folder / "run", self.options.shard,
                                lambda _: None)[0]
        if done.interrupted:
            raise self.context.stop.error()
        if done.usage:
            raise UsageError(f"the probe says: {done.usage}")
        return any(event["ev"] == "fail" for event in events.read(done.events))


def _mixture(context: Context, args: argparse.Namespace, say: Callable[[str], None]) -> _Mixture:
    options = arguments.run_options(args)
    chosen, selection = prepare.choose(context, options)
    chosen = having(chosen, BINARIES)
    if len(chosen) != 1:
        raise UsageError(f"{NAME} is of one target; name it with --arch (make: ARCH=)")
    tool.build(context)
    plan = prepare.plans(context, options, chosen, selection).plans[0]
    good = _marks(context, options, chosen[0], args.good, plan.glob)
    bad = (_marks(context, options, chosen[0], args.bad, plan.glob) if args.bad
           else marks.read(context, plan.probe, plan.glob))
    unfit = marks.same_code(bad, good)[1]
    if unfit:
        say(f"left out: {count(len(unfit), 'case')} whose code is not the same in both, such as {unfit[0]}")
    entries = marks.deviating(good, bad, args.by)
    if not entries:
        raise UsageError(f"no mark differs between --good {args.good} and {args.bad or 'what was built'}")
    say(f"marks differ at {count(len(entries), 'Prog')} of {count(len({e.case for e in entries}), 'case')}")
    mixture = _Mixture(context, options, plan, good, bad, entries, args.by)
    context.closing.callback(shutil.rmtree, mixture.folder, ignore_errors=True)
    return mixture


def _marks(context: Context, options: RunOptions, target: Target, what: str, glob: str | None) -> marks.Cases:
    """Of a word of --good or --bad."""
    path = Path(what)
    if what != OURS and not path.exists():
        raise UsageError(f"'{what}' is neither a folder, a file nor '{OURS}'")
    if what == OURS or path.is_dir():
        sut = None if what == OURS else path.resolve()
        selection = prepare.choose(context, dataclasses.replace(options, arch=target.name, sut=sut))[1]
        path = probes.build(context, [target], probes.Recipe(options.seed, selection, sut))[target.name]
    return marks.read(context, path, glob)


def _once(mixture: _Mixture, text: str) -> Result:
    """A run as cmd/bisect wants it: the reports on standard output, and whether it passes."""
    wanted = pattern.parse(text)
    matched = {entry.change for entry in mixture.entries if wanted.prints(entry.change)}
    for line in marks.reported(mixture.entries, matched, wanted.visible, mixture.by):
        print(line)
    failed = mixture.trial(text).failed
    on = {entry.change for entry in mixture.entries if wanted.enables(entry.change)}
    said = f"with {len(on)} of {count(len({e.change for e in mixture.entries}), 'change')}"
    return (FAILED, f"failed: {said}") if failed else (PASSED, f"passed: {said}")


# ---- any command ----

def _command(context: Context, given: list[str]) -> search.Run:
    """Runs the command with its patterns; exit code 0 passes, anything else fails."""
    n = next((k for k, word in enumerate(given) if not _ENVIRONMENT.match(word)), len(given))
    settings, command = given[:n], given[n:]
    if not command or not any(pattern.PLACE in word for word in given):
        raise UsageError(f"{NAME} -- COMMAND: a command with {pattern.PLACE} in it")

    def trial(text: str) -> Trial:
        def put(word: str) -> str:
            return word.replace(pattern.PLACE, text)

        env = {**os.environ, **dict(put(word).split("=", 1) for word in settings)}
        try:
            done = children.run([command[0], *map(put, command[1:])], Path.cwd(), context.stop, env=env)
        except OSError as error:
            raise UsageError(f"{command[0]}: {error.strerror}") from None
        return Trial(done.status != 0, pattern.reports(done.out + "\n" + done.err))
    return trial
