"""The check-go command: Go binaries, each by its own tables. The binary's stub is measured for what an injected call loses,
everypc-go checks every function, and what is found is held against what is known."""
from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import children, events, findings, goresults, gotool, harvest, project, results, setup, stub, targets, triage
from .errors import DriverError, UsageError
from .findings import Finding
from .goresults import Checked
from .gotool import Info
from .targets import Target


@dataclass(frozen=True)
class Options:
    results: Path
    jobs: int
    fragile: bool = False            # list what only the runtime's filter protects, too
    only: str | None = None          # a glob over functions' names
    checks: tuple[str, ...] = ()     # empty: all
    functions: bool = False          # tell of each function and shape, for comparing
    harvest: str | None = None       # harvest.SHAPES or ALL: run the binary's own sequences, too
    triage: bool = True              # without it, every violation is new
    setup: bool = True
    json: bool = False


@dataclass
class Session:
    """What the binaries of a run share."""

    root: Path
    options: Options
    stop: children.StopRequest
    known: triage.Triage
    targets: dict[str, Target]
    checked: list[Checked] = field(default_factory=list)

    def folder(self, info: Info) -> Path:
        """Of a binary's results: results/go/<target>-<file>, numbered where that is taken."""
        name = base = f"{info.target}-{info.path.name}"
        taken = {one.name for one in self.checked}
        for k in range(2, len(taken) + 2):
            if name in taken:
                name = f"{base}-{k}"
        return self.options.results / goresults.FOLDER / name


def begin(options: Options, stop: children.StopRequest) -> Session:
    """Builds the tool and reads what is known."""
    root = project.root()
    results.prepare(options.results)
    wrong = [name for name in options.checks if name not in findings.CHECKS]
    if wrong:
        raise UsageError(f"--checks: there is no check '{wrong[0]}'; there are: {' '.join(findings.CHECKS)}")
    setup.ensure(root, [], "native", stop, options.setup)
    known = triage.read(root / triage.FILE) if options.triage else triage.Triage([])
    gotool.make_tool(root, options.jobs, stop)
    goresults.clear(options.results)
    return Session(root, options, stop, known, {t.name: t for t in targets.load(root, stop)})


def check_go(binaries: list[str], options: Options, stop: children.StopRequest) -> tuple[int, str]:
    """Checks the binaries named; returns the exit code and the last line."""
    session = begin(options, stop)
    infos = read_infos(session, [Path(name).resolve() for name in binaries])
    setup.ensure(session.root, [session.targets[name] for name in dict.fromkeys(i.target for i in infos)], "qemu", stop, options.setup)
    check_all(session, infos)
    return finish(session)


def check_all(session: Session, infos: list[Info]) -> None:
    from . import goprogress, report   # need rich, which setup may just have installed
    out = report.console(to_stderr=session.options.json)
    for info in infos:
        with goprogress.Bar(out, f"{info.target} {info.path.name}") as bar:
            add(session, info, bar)


def read_infos(session: Session, paths: list[Path]) -> list[Info]:
    """Of all binaries, before the first one is checked: what can't be read is told of at once."""
    infos, errors = [], []
    for path in paths:
        try:
            infos.append(gotool.info(session.root, session.stop, path))
        except UsageError as error:
            errors.append(str(error))
    if errors:
        raise UsageError("\n".join(errors))
    return infos


def add(session: Session, info: Info, bar: Any) -> None:
    """Checks a binary and writes what is its own."""
    began = time.monotonic()
    done = Checked(info, session.folder(info))
    args = _measure(session, done, bar)
    chosen = [name for name in session.options.checks or findings.CHECKS if name not in done.left_out]
    if chosen:
        _check(session, done, [*args, "--checks", ",".join(chosen)], bar)
    if session.options.harvest:
        _harvest(session, done, bar)
    done.wall_s = round(time.monotonic() - began, 2)
    goresults.write_one(done)
    session.checked.append(done)


def _measure(session: Session, done: Checked, bar: Any) -> list[str]:
    """The arguments that say what an injected call loses. Where that can't be measured, clobber is left out."""
    wanted = session.options.checks or findings.CHECKS
    if not {"clobber", "below-sp"} & set(wanted):
        return []
    bar.note("measuring its stub")
    try:
        found = stub.measure(session.root, session.targets[done.info.target], done.info.path, session.options.jobs, session.stop)
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
    done.lost, done.kept_below = list(found.lost), len(found.kept_below)
    return ["--lost", str(found.path)]


def _check(session: Session, done: Checked, args: list[str], bar: Any) -> None:
    bar.note("checking")
    options = session.options
    args += ["--jobs", str(options.jobs), *(["--only", options.only] if options.only else []), *(["--fragile"] if options.fragile else [])]
    args += ["--functions", "--shapes"] if options.functions else []
    with goresults.spool(done) as out:
        for line in gotool.read(session.root, session.stop, "check", *args, str(done.info.path)):
            if "finding" in line:
                out.write(events.dump(_judge(session, done, line["finding"])) + "\n")
            elif "progress" in line:
                bar.update(line["progress"]["done"], line["progress"]["of"])
            elif "function" in line:
                done.functions.append(line["function"])
            elif "shape" in line:
                done.shapes[line["shape"]["code"]] = line["shape"]
            elif "summary" in line:
                done.counts = line["summary"]
    if not done.counts:
        raise DriverError(f"{done.info.path}: everypc-go check told no summary")
    if done.counts["functions"] == 0:
        asked = f" whose name matches '{session.options.only}'" if session.options.only else ""
        raise UsageError(f"{done.info.path}: there is no function{asked}, so nothing was checked")


def _harvest(session: Session, done: Checked, bar: Any) -> None:
    """Runs the binary's own sequences."""
    bar.note("taking sequences out")
    found = harvest.take(session.root, session.stop, done.info.path, session.options.harvest or harvest.SHAPES)
    done.harvest = found.counts
    if found.cases == 0:
        return
    bar.note("running its sequences")
    total = harvest.harvest(session.targets[done.info.target], found, done.folder / harvest.SUBFOLDER, session.options.jobs, session.stop)
    done.harvest |= {name: total[name] for name in ("cases", "shots", "trials", "pairs", "covered_pcs", "reportable_pcs", "failed")}
    done.harvest["skipped"] = len(total["skipped"])
    with goresults.spool(done, more=True) as out:
        for finding in harvest.findings(found, total):
            out.write(events.dump(_judge(session, done, finding)) + "\n")


def _judge(session: Session, done: Checked, finding: Finding) -> Finding:
    """Adds a finding's state: new, known, false, or fragile."""
    if finding["fragile"] is None:
        state, argument = session.known.judge(done.info.target, done.info.version, finding["check"], finding["function"],
                                              findings.shape(finding))
    else:
        state, argument = goresults.FRAGILE, finding["fragile"]
    finding |= {"state": state, "argument": argument}
    done.add(finding)
    return finding


def finish(session: Session, progs: Sequence[dict[str, Any]] = ()) -> tuple[int, str]:
    """Reports; returns the exit code and the last line. `progs`: comparisons with the toolchain's assembler."""
    from . import goreport
    stale = session.known.stale({(one.info.target, one.info.version) for one in session.checked})
    total = goresults.overall(session.checked, stale, progs, session.root)
    goreport.show(session.checked, total, to_stderr=session.options.json)
    goresults.write_all(session.options.results, session.checked, total)
    goreport.write_markdown(session.options.results, session.checked, total)
    if session.options.json:
        results.print_json(total)
    code, line = goresults.verdict(total)
    return code, f"{line}; see {session.options.results / goresults.MARKDOWN}"
