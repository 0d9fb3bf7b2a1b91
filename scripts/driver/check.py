"""The check command: set-up, build, run, verdict."""
from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import blame, build, casefiles, children, junit, project, results, run, setup, targets
from .casefiles import Selection
from .errors import Interrupted, SetupError, UsageError
from .probe import Plan
from .results import Summary
from .shard import Shard
from .targets import Target

if TYPE_CHECKING:
    from . import progress


@dataclass(frozen=True)
class Options:
    arch: str | None
    mode: str
    cases: list[str] | None
    seed: int
    shard: Shard
    runner: str
    results: Path
    jobs: int
    sut: Path | None = None
    budget_s: float | None = None
    hang_s: float = 60.0
    setup: bool = True
    json: bool = False
    depth: str = "quick"


@dataclass(frozen=True)
class Prepared:
    """The plans of the chosen targets with their probes built, and each runner as the reports name it."""

    plans: list[Plan]
    runners: dict[str, str]
    cases: Selection


def choose(options: Options, stop: children.StopRequest) -> tuple[list[Target], Selection]:
    """The targets and cases that `options` asks for, with all that they need installed."""
    root = project.root()
    selection = casefiles.parse(options.cases, Path.cwd())
    if options.sut is not None and not options.sut.is_dir():
        raise UsageError(f"--sut {options.sut}: no such folder")
    known = targets.load(root, stop)
    chosen = casefiles.default_targets(known, selection, root) if options.arch is None else None
    chosen = chosen or targets.select(known, options.arch, options.runner)
    setup.ensure(root, chosen, options.runner, stop, options.setup)
    return chosen, selection


def plans(options: Options, chosen: list[Target], selection: Selection, stop: children.StopRequest) -> Prepared:
    """Builds the probes of `chosen`."""
    root = project.root()
    built = build.probes(root, chosen, build.Recipe(options.seed, selection, options.sut), options.jobs, stop)
    chosen = runnable(options, chosen, built, stop)
    made = [Plan(t, root, built[t.name], prefix(t, options.runner, options.mode, root, stop), options.mode, options.seed,
                 selection.glob, options.budget_s, options.hang_s, extra=_extra(options)) for t in chosen]
    runners = {t.name: "native" if options.runner == "native" else targets.qemu_version(t, root, stop) for t in chosen}
    return Prepared(made, runners, selection)


def runnable(options: Options, chosen: list[Target], built: dict[str, Path], stop: children.StopRequest) -> list[Target]:
    """Those of `chosen` that the runner can run: natively, a kernel may lack the interface for 32-bit programs. Without --arch such a
    target is left out, visibly; with it, that is an error."""
    why = {}
    for target in chosen if options.runner == "native" else []:
        try:
            children.run([str(built[target.name]), "--help"], project.root(), stop)
        except OSError as error:
            why[target.name] = f"this machine's kernel does not run its programs ({error.strerror})"
    if why and (options.arch is not None or len(why) == len(chosen)):
        raise SetupError(f"--runner native: {next(iter(why))}: {next(iter(why.values()))}; use --runner qemu")
    for name, reason in why.items():
        print(f"skipped {name}: {reason}", file=sys.stderr, flush=True)
    return [target for target in chosen if target.name not in why]


def _extra(options: Options) -> tuple[str, ...]:
    return ("--depth", options.depth) if options.depth != "quick" else ()


def prepare(options: Options, stop: children.StopRequest) -> Prepared:
    """Installs and builds what `options` asks for."""
    return plans(options, *choose(options, stop), stop)


def prefix(target: Target, runner: str, mode: str, root: Path, stop: children.StopRequest) -> tuple[str, ...]:
    """What stands before the probe on the command line."""
    if runner == "native":
        return ()
    command = (target.qemu, "-cpu", target.cpu) if target.cpu else (target.qemu,)
    return (*command, targets.one_insn_flag(target, root, stop)) if mode == "free" else command


def check(options: Options, stop: children.StopRequest) -> tuple[int, str]:
    """Runs everything; returns the exit code and the last line. The results are written whatever the verdict is."""
    results.prepare(options.results)
    chosen, selection = choose(options, stop)
    results.clear(options.results, [t.name for t in chosen])
    prepared = plans(options, chosen, selection, stop)
    from . import progress, report  # rich may have been installed by choose() only
    out = report.console(to_stderr=options.json)
    total = once(prepared, options, progress.Display(out), stop)
    report.final(out, total)
    report.write_markdown(options.results / results.MARKDOWN, total)
    if options.json:
        results.print_json(total)
    code, line = results.verdict(total)
    return code, line if code == 0 else f"{line}; see {options.results / results.MARKDOWN}"


def once(prepared: Prepared, options: Options, display: "progress.Display", stop: children.StopRequest) -> Summary:
    """Runs what is built, and writes and returns the summary over all targets."""
    with display:
        runs = run.all_targets(prepared.plans, options.results, options.shard, options.jobs, stop, display.update)
    refuse_empty(runs, prepared.cases.text(project.root()), options, stop)
    blame.assign([(one.plan, one.folder / run.EVENTS) for one in runs], options.jobs, stop)
    return write(runs, prepared, options)


def refuse_empty(runs: list[run.TargetRun], cases: str, options: Options, stop: children.StopRequest) -> None:
    """A run without a case is a mistake in the arguments, never a pass."""
    usages = [f"{r.plan.target.name}: the probe says: {o.usage}" for r in runs for o in r.outcomes if o.usage]
    if usages:
        raise UsageError("\n".join(dict.fromkeys(usages)))
    if stop.requested and all(r.done == 0 for r in runs):
        raise Interrupted(f"by {stop.signal_name} before the first case had ended")
    empty = [r for r in runs if r.expected == 0 and not any(c.failures for c in r.counters) and not stop.requested]
    if empty and (len(empty) == len(runs) or not cases):
        names = ", ".join(r.plan.target.name for r in empty)
        asked = f" that matches '{cases}'" if cases else ""
        part = f" in shard {options.shard}" if options.shard.n > 1 else ""
        raise UsageError(f"there is no case{asked}{part} on {names}, so nothing was checked")


def write(runs: list[run.TargetRun], prepared: Prepared, options: Options) -> Summary:
    """Writes the summaries and JUnit files, and returns the summary over all targets."""
    root = project.root()
    common = {"mode": options.mode, "depth": options.depth, "seed": options.seed, "shards": str(options.shard),
              "revision": project.revision(root), "case_selection": prepared.cases.text(root), "sut": str(options.sut or "")}
    files = " ".join(prepared.cases.names(root))
    summaries, suites = [], []
    for one in runs:
        name = one.plan.target.name
        head = {"target": name, "runner": prepared.runners[name], **common, "wall_s": round(one.wall_s, 2),
                "interrupted": any(o.interrupted for o in one.outcomes)}
        summary = results.summarise(one.folder / run.EVENTS, head, files)
        if one.expected == 0 and not summary["failed"] and not summary["interrupted"]:
            summary["skipped"].append({"what": name, "why": f"no case matches {common['case_selection']} on this target"})
        suite = junit.suite(one.folder / run.EVENTS, name, one.wall_s)
        results.write_json(one.folder / results.SUMMARY, summary)
        junit.write(one.folder / results.JUNIT, [suite])
        summaries.append(summary)
        suites.append(suite)
    total = results.overall(summaries)
    results.write_json(options.results / results.SUMMARY, total)
    junit.write(options.results / results.JUNIT, suites)
    return total
