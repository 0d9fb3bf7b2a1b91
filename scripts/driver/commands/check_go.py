"""everypc check-go: Go binaries, or what a Go toolchain builds for each target, and that toolchain's
assembler against ours."""
from __future__ import annotations

import argparse
import fnmatch
from pathlib import Path
from typing import Any

from ..build import setup, targets
from ..build.targets import BINARIES, words
from ..context import Context
from ..errors import UsageError
from ..go import assembler, harvest, records, session, tool, toolchain
from ..go.session import Options
from ..report import console, results
from ..report.progress import Bar
from ..tsv import read_rows
from . import arguments
from .arguments import Subparsers

REASONS = Path("cases/go/toolchains.tsv")
COLUMNS = ("targets", "what", "shape", "versions", "why")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "check-go",
                            "check the tables of Go binaries, function by function and PC by PC", run)
    one.add_argument("binaries", nargs="*", metavar="BIN",
                     help="ELF files; the target of each is in its header (default: what a toolchain builds, "
                          "and its "
                          "assembler)")
    one.add_argument("--goroot", metavar="DIR", help="the toolchain (default: the installed one)")
    arguments.arch(one, f"with a toolchain: {arguments.FAMILIES}")
    one.add_argument("--programs", metavar="LIST",
                     help=f"with a toolchain: {', '.join(toolchain.PROGRAMS)} (default: all)")
    one.add_argument("--harvest", choices=(harvest.SHAPES, harvest.ALL),
                     help="also run the binary's own sequences: one of each shape, or all")
    one.add_argument("--no-triage", dest="triage", action="store_false",
                     help="report known violations (cases/go/triage.tsv) as new ones")
    arguments.binaries(one, "go/, go-summary.md")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    options = arguments.go_options(args)
    if not args.binaries:
        return _check_toolchain(context, args.goroot or None, args.arch or None, words(args.programs or ""),
                                options)
    if args.goroot or args.arch or args.programs:
        raise UsageError("--goroot, --arch and --programs are for toolchains: leave out the binaries, or "
                         "these")
    now = session.begin(context, options)
    session.check_all(now, session.checkable(now, session.read_infos(now,
                                                                     [Path(name).resolve()
                                                                      for name in args.binaries])))
    return session.finish(now)


def _check_toolchain(context: Context, given: str | None, arch: str | None, programs: list[str],
                     options: Options) -> tuple[int, str]:
    """Builds and checks. `given`: the toolchain's GOROOT, None for the installed one."""
    chosen_programs = toolchain.choose(programs)
    now = session.begin(context, options)
    chosen = targets.having(targets.select(list(now.targets.values()), arch), BINARIES)
    goroot = toolchain.goroot(context, given)
    version = toolchain.version(context, goroot)
    setup.ensure(context, chosen, "qemu")
    reasons = read_rows(context.root / REASONS, COLUMNS)
    out = console.console(to_stderr=context.as_json)
    out.print(f"{version} in {goroot}", soft_wrap=True)
    progs = []
    for target in chosen:
        for name in chosen_programs:
            with Bar(out, f"{target.name} {name}") as bar:
                bar.note("building")
                path = toolchain.program(context, target, goroot, name)
                session.add(now, tool.info(context, path), bar)
        with Bar(out, f"{target.name} Progs") as bar:
            bar.note("assembling")
            found = assembler.compare(context, target, goroot)
            progs.append(explain(assembler.as_dict(found), reasons))
            results.write_json(options.results / records.FOLDER / f"{target.name}-progs.json", progs[-1])
    return session.finish(now, progs)


def explain(found: dict[str, Any], reasons: list[dict[str, str]]) -> dict[str, Any]:
    """Adds to each difference the reason that is known for it, or ""."""
    for one in found["differences"]:
        one["why"] = next((row["why"] for row in reasons if _explains(row, found, one)), "")
    return found


def _explains(row: dict[str, str], found: dict[str, Any], one: dict[str, Any]) -> bool:
    return (row["what"] == one["what"]
            and any(fnmatch.fnmatchcase(found["target"], glob) for glob in words(row["targets"]))
            and fnmatch.fnmatchcase(one["shape"], row["shape"].replace("[", "[[]"))
            and any(fnmatch.fnmatchcase(found["go"], glob) for glob in words(row["versions"])))
