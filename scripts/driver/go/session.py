"""Checking Go binaries, each by its own tables: the binary's stub is measured for what an injected call
loses, everypc-go checks every function, and its findings are compared with the known ones."""
from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import folders, project
from ..build import setup, targets
from ..build.targets import BINARIES, Target
from ..context import Context
from ..errors import DriverError, UsageError
from ..probe import events
from ..report import console, results
from ..report.progress import Bar
from ..unfinished import Unfinished, digest
from . import check_report, findings, groups, harvest, records, stub, stub_source, tool, triage
from .findings import Finding
from .records import Checked
from .tool import Info


_SYSTEMS = {"PE": "Windows", "Mach-O": "macOS", "windows": "Windows", "darwin": "macOS", "ios": "iOS"}


@dataclass(frozen=True)
class Options:
    """What the user asks of a check of binaries."""

    results: Path
    fragile: bool = False            # also list what only the runtime's filter protects
    only: str | None = None          # a glob over functions' names
    checks: tuple[str, ...] = ()     # empty: all
    functions: bool = False          # report each function and shape, for comparing
    harvest: str | None = None       # harvest.SHAPES or ALL: run the binary's own sequences, too
    triage: bool = True              # without it, every violation is new
    strict: bool = False             # what is incomplete fails
    confirm: bool = False            # fire at each violation while the program runs
    confirm_args: str = ""           # the program's arguments for that
    # of objects and dumps, which have no stub: a program that has it, or the toolchain that builds one
    stub: Path | None = None
    goroot: str | None = None


@dataclass
class Session:
    """What the binaries of a run share."""

    context: Context
    options: Options
    known: triage.Triage
    targets: dict[str, Target]
    work: Unfinished
    checked: list[Checked] = field(default_factory=list)
    # what fires at a binary's violations, and adds to each its "live"
    confirm: Callable[[Checked, list[Finding]], None] | None = None

    @property
    def go(self) -> Path:
        """What takes the place of results/go."""
        return self.work.folder / records.FOLDER

    def folder(self, info: Info) -> Path:
        """Of a binary's results: go/<target>-<file>, numbered where that is taken."""
        name = base = f"{info.target}-{info.path.name}"
        taken = {one.name for one in self.checked}
        for k in range(2, len(taken) + 2):
            if name in taken:
                name = f"{base}-{k}"
        return self.go / name


def begin(context: Context, options: Options, command: str) -> Session:
    """Builds the tool and reads what is known."""
    results.prepare(context, options.results)
    wrong = [name for name in options.checks if name not in findings.CHECKS]
    if wrong:
        raise UsageError(f"--checks: there is no check '{wrong[0]}'; there are: {' '.join(findings.CHECKS)}")
    setup.ensure(context, [], "native")
    known = triage.read(context.root / triage.FILE) if options.triage else triage.Triage([])
    tool.build(context)
    return Session(context, options, known, {t.name: t for t in targets.load(context)},
                   Unfinished(options.results, command, context.jobs))


def start(session: Session, asked: dict[str, Any], resume: bool = False) -> None:
    """Begins the work, or with `resume` continues what is there. `asked`: which binaries, in the user's
    words."""
    options, root = session.options, session.context.root
    given = {name: getattr(options, name) for name in ("fragile", "only", "functions", "harvest", "confirm",
                                                      "confirm_args", "goroot")}
    identity = {**asked, **given, "checks": list(options.checks), "triage": options.triage,
                "strict": options.strict, "stub": str(options.stub or ""),
                "revision": project.revision(root), "the table of what is known": digest(root / triage.FILE),
                "the tool": digest(root / tool.TOOL)}
    session.work.begin(identity, resume, console.notice)


def foreign(info: Info) -> dict[str, str]:
    """The checks that can't be done on a binary of another system than Linux, and why."""
    system = _SYSTEMS.get(info.format) or _SYSTEMS.get(info.system)
    return {"tls": f"how code finds its thread on {system} is not modelled"} if system else {}


def check_all(session: Session, infos: list[Info]) -> None:
    out = console.console(to_stderr=session.context.as_json)
    for info in infos:
        with Bar(out, f"{info.target} {info.path.name}") as bar:
            add(session, info, bar)


def read_infos(session: Session, paths: list[Path]) -> list[Info]:
    """Of all binaries, before the first one is checked, so that what can't be read is reported at once."""
    infos, errors = [], []
    for path in paths:
        try:
            infos.append(tool.info(session.context, path))
        except UsageError as error:
            errors.append(str(error))
    if errors:
        raise UsageError("\n".join(errors))
    return infos


def checkable(session: Session, infos: list[Info]) -> list[Info]:
    """The binaries whose target's port reads binaries; the others are skipped visibly. What the targets need
    is installed."""
    for option, can_not_run in (
            ("--confirm", [i for i in infos if i.format != "ELF"] if session.options.confirm else []),
            ("--harvest", [i for i in infos if not i.is_program] if session.options.harvest else [])):
        if can_not_run:
            one = can_not_run[0]
            raise UsageError(f"{option}: {one.path} is a {one.format} file, which does not run here: leave "
                             f"{option} out")
    names = dict.fromkeys(info.target for info in infos)
    chosen = targets.having([session.targets[name] for name in names], BINARIES)
    setup.ensure(session.context, chosen, "qemu")
    return [info for info in infos if info.target in {t.name for t in chosen}]


def add(session: Session, info: Info, bar: Bar) -> None:
    """Checks a binary and writes what is its own, unless that was done before this part of the run."""
    began = time.monotonic()
    done = Checked(info, session.folder(info))
    binary = digest(info.path)
    matched = records.restore(session.work.folder, done, binary)
    if matched is not None:
        session.known.again(matched)
        session.checked.append(done)
        return
    shutil.rmtree(done.folder, ignore_errors=True)
    before = session.known.matches()
    done.left_out |= foreign(info)
    if session.options.checks and not set(session.options.checks) - done.left_out.keys():
        raise UsageError("; ".join(f"{info.path}: {check}: {why}" for check, why in done.left_out.items()))
    args = _measure(session, done, bar)
    chosen = [name for name in session.options.checks or findings.CHECKS if name not in done.left_out]
    if chosen:
        _check(session, done, [*args, "--checks", ",".join(chosen)], bar)
    if session.options.harvest:
        _harvest(session, done, bar)
    if session.confirm and (found := [f for f in done.listed if f["state"] in (triage.NEW, triage.KNOWN)]):
        bar.note("firing at what was found")
        session.confirm(done, found)
        groups.show_confirmed(done.by_kind, found)
        records.rewrite(done)
    done.wall_s = round(time.monotonic() - began, 2)
    records.write_one(done, session.options.strict)
    matches = session.known.matches()
    records.keep(session.work.folder, done, binary, [line for line, n in matches.items() if n > before[line]])
    session.checked.append(done)


def _measure(session: Session, done: Checked, bar: Bar) -> list[str]:
    """The arguments that say what an injected call loses. Where that can't be measured, clobber is left
    out."""
    wanted = session.options.checks or findings.CHECKS
    if not {"clobber", "below-sp"} & set(wanted):
        return []
    bar.note("measuring its stub")
    try:
        program = stub_source.find(session.context, session.targets[done.info.target], done.info,
                                   session.options.stub, session.options.goroot)
        found = stub.measure(session.context, session.targets[done.info.target], program)
    except UsageError as error:   # it has none, or one that can't be moved
        if wanted == ("clobber",):
            raise
        done.left_out["clobber"] = f"what the injected call loses can't be measured: {error}"
        return []
    except DriverError as error:
        if type(error) is not DriverError:   # set-up, build, interruption
            raise
        _judge(session, done, findings.stub_finding(str(error)))
        done.left_out["clobber"] = "the stub fails by itself"
        return []
    done.lost, done.kept_below, done.settings = list(found.lost), len(found.kept_below), found.settings
    done.here, done.read, done.unread = found.here, list(found.read), found.unread
    return ["--lost", str(found.path)]


def _check(session: Session, done: Checked, args: list[str], bar: Bar) -> None:
    bar.note("checking")
    options = session.options
    args += ["--jobs", str(session.context.jobs), *(["--only", options.only] if options.only else []),
             *(["--fragile"] if options.fragile else [])]
    args += ["--functions", "--shapes"] if options.functions else []
    with records.spool(done) as out:
        for line in tool.read(session.context, "check", *args, str(done.info.path)):
            if "finding" in line:
                out.write(events.dump(_judge(session, done, line["finding"])) + "\n")
            elif "progress" in line:
                bar.update(line["progress"]["done"], line["progress"]["of"])
            elif "function" in line:
                done.functions.append(line["function"])
            elif "shape" in line:
                done.shapes[line["shape"]["code"]] = line["shape"]
            elif "unchecked" in line:
                done.add_unchecked(line["unchecked"])
            elif "summary" in line:
                done.counts = line["summary"]
    if not done.counts:
        raise DriverError(f"{done.info.path}: everypc-go check printed no summary")
    if done.counts["functions"] == 0:
        asked = f" whose name matches '{session.options.only}'" if session.options.only else ""
        raise UsageError(f"{done.info.path}: there is no function{asked}, so nothing was checked")


def _harvest(session: Session, done: Checked, bar: Bar) -> None:
    """Runs the binary's own sequences."""
    bar.note("taking sequences out")
    found = harvest.take(session.context, done.info.path, session.options.harvest or harvest.SHAPES)
    done.harvest = found.counts
    if found.cases == 0:
        return
    bar.note("running its sequences")
    total = harvest.run(session.context, session.targets[done.info.target], found,
                        done.folder / harvest.SUBFOLDER)
    done.harvest |= {name: total[name] for name in ("cases", "shots", "trials", "pairs", "covered_pcs",
                                                    "reportable_pcs", "failed")}
    done.harvest["skipped"] = len(total["skipped"])
    with records.spool(done, more=True) as out:
        for finding in harvest.findings(found, total):
            out.write(events.dump(_judge(session, done, finding)) + "\n")


def _judge(session: Session, done: Checked, finding: Finding) -> Finding:
    """Adds a finding's state: new, known, false, or fragile."""
    if finding["fragile"] is None:
        state, argument = session.known.judge(done.info.target, done.info.version, finding["check"],
                                              finding["function"],
                                              findings.shape(finding))
    else:
        state, argument = records.FRAGILE, finding["fragile"]
    finding |= {"state": state, "argument": argument}
    done.add(finding)
    return finding


def publish(session: Session) -> None:
    """Puts all of it in the place of results/go."""
    folders.replace_keeping(session.go, session.options.results / records.FOLDER)


def finish(session: Session, progs: Sequence[dict[str, Any]] | None = None,
           show: bool = True) -> tuple[int, str]:
    """Reports, with `show` on the terminal too; returns the exit code and the last line. `progs`, in
    toolchain mode: comparisons with its assembler. A row of the triage file that matches nothing is
    worth a word there alone: any one binary has few of the known violations."""
    versions = {(one.info.target, one.info.version) for one in session.checked}
    stale = session.known.stale(versions) if progs is not None else []
    total = records.overall(session.checked, stale, progs or (), session.context.root, session.options.strict)
    if show:
        check_report.show(session.checked, total, to_stderr=session.context.as_json)
    records.write_all(session.go, session.checked, total)
    publish(session)
    check_report.write_markdown(session.options.results, session.checked, total)
    session.work.finish()
    if session.context.as_json:
        results.print_json(total)
    code, line = records.verdict(total)
    return code, f"{line}; see {session.options.results / records.MARKDOWN}"
