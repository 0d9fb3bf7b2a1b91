"""everypc check-go: Go binaries, or what a Go toolchain builds for each target, and that toolchain's
assembler against ours."""
from __future__ import annotations

import argparse
import fnmatch
import json
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..build import setup, targets
from ..build.targets import BINARIES, among, words
from ..context import Context
from ..errors import UsageError
from ..go import assembler, findings, harvest, records, session, tool, toolchain
from ..go.records import Checked
from ..go.session import Options
from ..live import suspicion
from ..publish import github, page
from ..report import console, results
from ..report.progress import Bar
from ..tsv import read_rows
from . import arguments, check_go_inputs as given_inputs, check_go_packages as package_run
from .arguments import Subparsers

NAME = "check-go"
REASONS = Path("cases/go/toolchains.tsv")
COLUMNS = ("targets", "what", "shape", "versions", "why")


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, NAME,
                            "check the tables of Go binaries, function by function and PC by PC", run)
    one.add_argument("binaries", nargs="*", metavar="BIN",
                     help="ELF, PE or Mach-O files; the target of each is in its header; objects and "
                          "archives of Go's; assembly files, .s, in their package's folder; dumps of code "
                          "(default: what a toolchain builds, and its assembler)")
    one.add_argument("--goroot", metavar="DIR",
                     help="the toolchain (default: the installed one); with assembly files, what builds "
                          "them; with objects and dumps, whose stub it is")
    arguments.arch(one, f"with a toolchain: {arguments.FAMILIES}")
    one.add_argument("--programs", metavar="LIST",
                     help=f"with a toolchain: {', '.join(toolchain.PROGRAMS)} (default: all)")
    one.add_argument("--harvest", choices=(harvest.SHAPES, harvest.ALL),
                     help="also run the binary's own sequences: one of each shape, or all")
    one.add_argument("--no-triage", dest="triage", action="store_false",
                     help="report known violations (cases/go/triage.tsv) as new ones")
    one.add_argument("--strict", action="store_true",
                     help="fail (exit code 1) where a function that may be preempted could not be checked: "
                          "verdict incomplete")
    one.add_argument("--confirm", action="store_true",
                     help="run each program and fire at its violations, as everypc live does: confirmed, not "
                          "reproduced, or never executed")
    one.add_argument("--confirm-args", default="", metavar="WORDS", help="the program's arguments for that")
    one.add_argument("--confirm-budget", type=arguments.seconds, default=120.0, metavar="S",
                     help="for each program (default: %(default)g)")
    one.add_argument("--package", metavar="PATTERN",
                     help="packages of your own module, as `go list` takes them (./...): builds the test "
                          "binary of each for --arch and checks the package's functions alone; also lists "
                          "its assembly functions, and whether the runtime's filter protects them")
    one.add_argument("--module", metavar="DIR",
                     help="with --package: where the pattern holds (default: this folder)")
    arguments.binaries(one, "go/, go-summary.md")
    arguments.resume(one, "the last finished binary")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    options = arguments.go_options(args)
    if args.module and not args.package:
        raise UsageError("--module is for --package")
    if args.package:
        if args.binaries or args.programs or args.only:
            raise UsageError("--package names what is checked: leave out binaries, --programs and --only")
        return package_run.run(context, args, replace(options, fragile=True), NAME)
    if not args.binaries:
        return _check_toolchain(context, args, words(args.programs or ""), options)
    sources = [name for name in args.binaries if name.endswith(".s")]
    if args.programs or (args.arch and not sources):
        raise UsageError("--arch and --programs are for toolchains: leave out the binaries, or these")
    now = session.begin(context, options if not sources else replace(options, fragile=True), NAME)
    installed = _installed(context) if args.confirm else {}
    _confirm_with(now, args, lambda _name: shlex.split(options.confirm_args),
                  lambda version: installed.get(version, f"{version or 'its toolchain'} is not the installed "
                                                "Go, so that no other program was tried"))
    paths, assembled = given_inputs.paths(now, args)
    infos = session.checkable(now, session.read_infos(now, paths))
    if args.goroot and all(info.is_program for info in infos):
        raise UsageError("--goroot is for toolchains, assembly files, objects and dumps: leave it out")
    session.start(now, {"binaries": [str(path) for path in paths]}, args.resume)
    session.check_all(now, infos)
    given_inputs.label(now, assembled)
    return _published(context, now, session.finish(now))


def _check_toolchain(context: Context, args: argparse.Namespace, programs: list[str],
                     options: Options) -> tuple[int, str]:
    """Builds and checks."""
    chosen_programs = toolchain.choose(programs)
    now = session.begin(context, options, NAME)
    chosen = targets.having(targets.select(list(now.targets.values()), args.arch or None), BINARIES)
    goroot = toolchain.goroot(context, args.goroot or None)
    version = toolchain.version(context, goroot)
    _confirm_with(now, args, lambda name: toolchain.arguments(goroot, name), lambda _version: goroot)
    chosen = setup.available(context, chosen, args.arch or None, "qemu")
    session.start(now, {"toolchain": f"{version} in {goroot}", "targets": [t.name for t in chosen],
                        "programs": chosen_programs}, args.resume)
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
            path = now.go / f"{target.name}-progs.json"
            if path.exists():   # from an earlier part of this run
                progs.append(json.loads(path.read_text(encoding="utf-8")))
                continue
            bar.note("assembling")
            found = assembler.compare(context, target, goroot)
            progs.append(explain(assembler.as_dict(found), reasons))
            results.write_json(path, progs[-1])
    return _published(context, now, session.finish(now, progs))


def _published(context: Context, now: session.Session, ended: tuple[int, str]) -> tuple[int, str]:
    """Once the results are in their place."""
    folder = now.options.results
    page.write_if_possible(folder)
    github.publish(folder, folder / records.MARKDOWN, to_stderr=context.as_json)
    return ended


def _installed(context: Context) -> dict[str, Path]:
    """The installed toolchain by its version; {} if there is none."""
    goroot = toolchain.installed(context)
    return {toolchain.version(context, goroot): goroot} if goroot else {}


def _confirm_with(now: session.Session, args: argparse.Namespace, words_of: Callable[[str], list[str]],
                  goroot_of: Callable[[str], Path | str]) -> None:
    """With --confirm: `words_of` a binary are its arguments, `goroot_of` a Go version its toolchain, or why
    there is none."""
    def fire(done: Checked, found: list[findings.Finding]) -> None:
        path = done.info.path
        suspicion.confirm(now.context, now.targets[done.info.target], path, words_of(path.name), found,
                          args.confirm_budget, now.work.folder / "live", goroot_of(done.info.version))

    if args.confirm:
        now.confirm = fire


def explain(found: dict[str, Any], reasons: list[dict[str, str]]) -> dict[str, Any]:
    """Adds to each difference the reason that is known for it, or ""."""
    for one in found["differences"]:
        one["why"] = next((row["why"] for row in reasons if _explains(row, found, one)), "")
    return found


def _explains(row: dict[str, str], found: dict[str, Any], one: dict[str, Any]) -> bool:
    return (row["what"] == one["what"]
            and among(found["target"], row["targets"])
            and fnmatch.fnmatchcase(one["shape"], row["shape"].replace("[", "[[]"))
            and among(found["go"], row["versions"]))
