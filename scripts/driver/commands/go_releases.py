"""everypc go-releases: the programs of every Go release that is to be had, on each target, as check-go finds
them. A version is a run of check-go of its own, below results/releases; what comes of it is
cases/go/releases.tsv."""
from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .. import project
from ..build import setup, targets
from ..build.targets import BINARIES, Target, words
from ..context import Context
from ..errors import FAILED, PASSED, BuildError, SetupError, UsageError
from ..go import findings, releases, session, tool, toolchain, triage
from ..go.records import Checked
from ..go.releases import Release, Row
from ..go.session import Options, Session
from ..publish import page
from ..report import console, results
from ..report.progress import Bar
from ..unfinished import FOLDER, Unfinished, digest
from . import arguments
from .arguments import Subparsers

NAME = "go-releases"


@dataclass
class Sweep:
    """What the versions of a run share."""

    context: Context
    args: argparse.Namespace
    targets: list[Target]
    programs: list[str]
    work: Unfinished
    of: int                                               # binaries in all
    begun: int = 0
    rows: list[Row] = field(default_factory=list)
    not_built: list[str] = field(default_factory=list)    # what, and why
    skipped: list[str] = field(default_factory=list)


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME,
                            "check what each Go release builds for each target, and keep a table of it", run)
    one.add_argument("--versions", metavar="LIST",
                     help="1.23, 1.23.5 or VERSION=GOROOT each: the installed toolchain, the one given, or "
                          f"what ci/setup unpacks into {releases.UNPACKED} (default: those of "
                          f"{releases.VERSIONS} that are to be had)")
    arguments.arch(one, "all")
    one.add_argument("--programs", metavar="LIST", help=f"{', '.join(toolchain.PROGRAMS)} (default: all)")
    one.add_argument("--output", type=Path, metavar="FILE",
                     help=f"the table, whose other rows are kept (default: {releases.FILE})")
    arguments.no_setup(one)
    arguments.jobs(one, "threads")
    arguments.output(one, "releases/, releases.tsv")
    arguments.resume(one, "the last finished binary")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    programs = toolchain.choose(words(args.programs or ""))
    results.prepare(context, args.results)
    setup.ensure(context, [], "native")
    known = targets.load(context)
    chosen = targets.having(targets.select(known, args.arch or "all"), BINARIES)
    found, skipped = _versions(context, words(args.versions or ""))
    setup.ensure(context, chosen, "qemu")
    tool.build(context)
    work = Unfinished(args.results, NAME, context.jobs)
    work.begin(_identity(context, found, chosen, programs), args.resume, console.notice)
    now = Sweep(context, args, chosen, programs, work, len(found) * len(chosen) * len(programs),
                skipped=skipped)
    out = console.console(to_stderr=context.as_json)
    path = args.output or context.root / releases.FILE
    for one in found:
        out.print(f"{one.version} in {one.goroot} ({one.where})", soft_wrap=True)
        rows = _rows(now, one)
        now.rows += rows
        releases.write(path, releases.merged(releases.read(path), rows, [t.name for t in known]))
    return _finish(now, path)


def _versions(context: Context, asked: list[str]) -> tuple[list[Release], list[str]]:
    """Those that are to be had, and which are not; each that the user named must be."""
    found, skipped = [], []
    for name in asked or releases.listed(context.root):
        try:
            found.append(releases.find(context, name))
        except SetupError as error:
            if asked:
                raise
            skipped.append(f"Go {name}: {error}")
    if not found:
        raise UsageError("no Go version is to be had, so nothing was checked: " + "; ".join(skipped))
    return found, skipped


def _identity(context: Context, found: list[Release], chosen: list[Target],
              programs: list[str]) -> dict[str, Any]:
    root = context.root
    return {"versions": [f"{one.version} in {one.goroot}" for one in found],
            "targets": [t.name for t in chosen], "programs": programs, "revision": project.revision(root),
            "the table of what is known": digest(root / triage.FILE), "the tool": digest(root / tool.TOOL)}


def _rows(now: Sweep, release: Release) -> list[Row]:
    """Of a version: what an earlier part of this run kept, or else checked now."""
    kept = now.work.folder / f"{release.version}.tsv"
    if kept.exists():
        now.begun += len(now.targets) * len(now.programs)
        return releases.read(kept)
    checks = _begin(now, release)
    out = console.console(to_stderr=now.context.as_json)
    programs: dict[str, str] = {}   # by the name of the binary's folder
    for target in now.targets:
        for name in now.programs:
            now.begun += 1
            with Bar(out, f"{now.begun}/{now.of} {release.version} {target.name} {name}") as bar:
                bar.note("building")
                if (path := _program(now, release, target, name)) is not None:
                    session.add(checks, tool.info(now.context, path), bar)
                    programs[checks.checked[-1].name] = name
    _code, said = session.finish(checks, show=False)
    _show_new(now, checks.checked, said)
    rows = [releases.row(release.version, programs[done.name], done) for done in checks.checked]
    releases.write(kept, rows)
    return rows


def _begin(now: Sweep, release: Release) -> Session:
    """The version's own run of check-go, which is resumed where it was begun."""
    folder = now.args.results / "releases" / release.version
    checks = session.begin(now.context, Options(folder), NAME)
    session.start(checks, {"toolchain": str(release.goroot)},
                  now.args.resume and (folder / FOLDER / NAME).exists())
    return checks


def _program(now: Sweep, release: Release, target: Target, name: str) -> Path | None:
    """Its path; None where this release does not build it, which is noted."""
    try:
        return toolchain.program(now.context, target, release.goroot, name)
    except BuildError as error:
        now.not_built.append(f"{release.version} {error}")
        return None


def _show_new(now: Sweep, checked: list[Checked], said: str) -> None:
    """The version's verdict, and a line for each kind of new violation."""
    out = console.console(to_stderr=now.context.as_json)
    for done in checked:
        for group in done.groups:
            if group["state"] == triage.NEW:
                out.print(f"NEW {group['check']} {findings.place(group['finding'])} in {done.name}, "
                          f"{group['n']} of this kind: {group['shape']}", soft_wrap=True)
    out.print(said, soft_wrap=True)


def _finish(now: Sweep, path: Path) -> tuple[int, str]:
    """Publishes the table, reports, judges."""
    out = console.console(to_stderr=now.context.as_json)
    rows = now.rows
    releases.write(now.args.results / releases.FILE.name, releases.read(path))   # for the page
    page.write_if_possible(now.args.results)
    now.work.finish()
    if now.context.as_json:
        results.print_json([vars(one) for one in rows])
    for text in [f"not built: {text}" for text in now.not_built] + [f"skipped {t}" for t in now.skipped]:
        out.print(text, soft_wrap=True)
    new, known = (sum(sum(releases.by_check(text).values()) for text in column)
                  for column in ([one.new for one in rows], [one.known for one in rows]))
    gaps, of = releases.incomplete_share(rows)
    share = gaps / of if of else 0.0
    said = (f"{len({one.go for one in rows})} releases, {len(rows)} binaries, {known} known violations, "
            f"{gaps} of {of} functions that may be preempted not checked throughout ({share:.4%}); see "
            f"{os.path.relpath(path)}")
    bad = [f"{new} new violations"] if new else []
    bad += [f"{len(now.not_built)} programs not built"] if now.not_built else []
    if share > releases.MOST_INCOMPLETE:
        bad.append(f"more than {releases.MOST_INCOMPLETE:.1%} incomplete")
    if bad:
        return FAILED, f"failed: {', '.join(bad)}: {said}"
    return PASSED, f"passed: no new violation: {said}"
