"""The command line: arguments, dispatch, the exit code and the last line that says what it means."""
from __future__ import annotations

import argparse
import os
import resource
import sys
from pathlib import Path
from typing import NoReturn

from . import (bench, check, children, effects, findings, goasm, gobuild, gocheck, gocompare, gotoolchain, harvest, matrix, merge,
               mutants, project, repro, results, setup, shard, soak, targets)
from .errors import DriverError, UsageError

EPILOG = """exit codes: 0 all passed; 1 a check failed, or the run was interrupted; 2 usage or set-up; 125 it could not be built.
The last line that is printed says which it was."""


class _Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, as every other usage error is."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def _positive(text: str) -> int:
    value = _natural(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive whole number")
    return value


def _natural(text: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < 1 << 64:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 to 2^64-1")
    return value


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of seconds above 0")
    return value


def parser() -> argparse.ArgumentParser:
    top = _Parser(prog="everypc", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
                  description="Fires a timer signal at every PC of machine-code sequences and checks their "
                              "async-preemption tables.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=EPILOG,
                                   formatter_class=argparse.RawDescriptionHelpFormatter)

    one = command("check", "build the probes, run every case and give a verdict")
    _arch(one, "the eight families, or with --runner native what runs on this machine")
    _what(one)
    _how(one)
    one.add_argument("--shard", default="1/1", metavar="I/N", help="run this part of the cases (default: %(default)s)")
    one.add_argument("--per-target-budget", type=_seconds, metavar="S",
                     help="seconds for each target's run; free mode then stops")
    _jobs(one, "parallel runs")
    _output(one, "events, summaries and JUnit XML")

    one = command("soak", "run the same check again and again on a busy machine: none may be red or tell other events")
    _arch(one, "the eight families")
    _what(one)
    _how(one)
    one.add_argument("--times", type=_positive, default=20, metavar="N", help="how often (default: %(default)s)")
    one.add_argument("--busy", type=_natural, default=4, metavar="N", help="processes that keep the CPUs busy (default: %(default)s)")
    _jobs(one, "parallel runs")
    _output(one, "soak.json, and what red runs told", Path("results/soak"))

    one = command("repro", "run one shot again, from its id as every report gives it")
    one.add_argument("id", metavar="ID", help="<target>/<case>@+0x<offset>#<state>, or <target>/<case> for a whole case")
    _what(one)
    _how(one)
    one.add_argument("--verbose", action="store_true", help="let the probe tell all that it does")

    one = command("check-go", "check the tables of Go binaries, function by function and PC by PC")
    one.add_argument("binaries", nargs="*", metavar="BIN", help="ELF files; each one's target is in its header (default: what a "
                                                                "toolchain builds, and its assembler)")
    one.add_argument("--goroot", metavar="DIR", help="the toolchain (default: the installed one)")
    _arch(one, "of a toolchain: the eight families")
    one.add_argument("--programs", metavar="LIST", help=f"of a toolchain: {', '.join(gobuild.PROGRAMS)} (default: all)")
    one.add_argument("--harvest", choices=(harvest.SHAPES, harvest.ALL),
                     help="run the binary's own sequences, too: one of each shape, or all")
    one.add_argument("--no-triage", dest="triage", action="store_false",
                     help="take violations that are known (cases/go/triage.tsv) for new ones")
    _go(one, "go/, go-summary.md")

    one = command("compare-go", "compare two Go binaries: PCs that gained or lost preemptibility, new and vanished findings")
    one.add_argument("a", metavar="A", help="the binary before")
    one.add_argument("b", metavar="B", help="the binary after")
    _go(one, "go/, go-compare.json, go-compare.md")

    one = command("bench", "measure what a shot costs, beside a bare timer signal")
    _arch(one, "the eight families")
    _how(one)
    one.add_argument("--shots", type=_positive, default=2000, metavar="N", help="how many to measure (default: %(default)s)")
    _output(one, "bench.json")

    one = command("mutants", "put faults into what is under test and count those that turn a check red")
    _arch(one, "the eight families")
    one.add_argument("--class", "--mutant", dest="mutant", metavar="GLOB", help="classes (M14) or ids (table.*) (default: all)")
    _how(one)
    _jobs(one, "parallel runs")
    _output(one, "mutants.json")

    one = command("matrix", "print the jobs of a CI matrix as JSON")
    _arch(one, "all")
    one.add_argument("--shards", type=_positive, default=1, metavar="N", help="parts for each target (default: %(default)s)")
    one.add_argument("--format", choices=("github", "gitlab"), default="github", help="(default: %(default)s)")

    one = command("merge", "join the results of shards and targets that ran elsewhere")
    one.add_argument("folders", nargs="+", type=Path, metavar="RESULTS",
                     help="results folders, searched for <target>/summary.json")
    one.add_argument("--expect", metavar="LIST", help="targets that must be there, or 'all' (default: those that are)")
    _output(one, "the joined files")

    one = command("go-match", "compare the project's own assembly of Go's Progs with Go's bytes and marks")
    _arch(one, "all")
    one.add_argument("--no-setup", dest="setup", action="store_false", help="install nothing; say what is missing")
    _jobs(one, "jobs of make")
    _output(one, "go-match.json")

    one = command("effects-match", "run single instructions and compare what they do with the tables that check-go relies on")
    _arch(one, "all")
    one.add_argument("--bin", action="append", default=[], metavar="PATH",
                     help="take the instructions from these Go binaries, all of one target, instead of the listed ones; may be repeated")
    one.add_argument("--loose", action="store_true", help="list what the tables claim and no run showed, too")
    one.add_argument("--no-setup", dest="setup", action="store_false", help="install nothing; say what is missing")
    _jobs(one, "targets at a time")
    _output(one, "effects-match.json")
    return top


def _arch(one: argparse.ArgumentParser, default: str) -> None:
    one.add_argument("--arch", metavar="LIST", help=f"targets, separated by commas or spaces, or 'all' (default: {default})")


def _go(one: argparse.ArgumentParser, what: str) -> None:
    """How to check Go binaries."""
    one.add_argument("--only", metavar="GLOB", help="functions of this name alone: 'main.*'")
    one.add_argument("--checks", metavar="LIST", help=f"of {', '.join(findings.CHECKS)} (default: all)")
    one.add_argument("--fragile", action="store_true", help="list what only the runtime's filter protects, too")
    one.add_argument("--no-setup", dest="setup", action="store_false", help="install nothing; say what is missing")
    _jobs(one, "threads")
    _output(one, what)


def _jobs(one: argparse.ArgumentParser, what: str) -> None:
    one.add_argument("--jobs", type=_positive, default=os.cpu_count() or 1, metavar="N", help=f"{what} (default: %(default)s)")


def _output(one: argparse.ArgumentParser, what: str, folder: Path = Path("results")) -> None:
    one.add_argument("--results", type=Path, default=folder, metavar="DIR",
                     help=f"where to write {what} (default: %(default)s)")
    one.add_argument("--json", action="store_true",
                     help="print the result as JSON on standard output, and all else on standard error")


def _what(one: argparse.ArgumentParser) -> None:
    """Which cases."""
    one.add_argument("--cases", action="append", metavar="GLOB_OR_PATH",
                     help="a glob over case names, or .progs and .S files to run instead of the tree's; may be repeated")
    one.add_argument("--mode", choices=("pin", "free"), default="pin", help="how PCs are hit (default: %(default)s)")
    one.add_argument("--depth", choices=("quick", "full"), default="quick",
                     help="full: also try what the table forbids, pairs of signals, signals in a row, and signals in the "
                          "injected call (default: %(default)s)")


def _how(one: argparse.ArgumentParser) -> None:
    """How to build and run a probe. An empty LIST, GLOB or DIR is as good as none: make passes what the user left out."""
    one.add_argument("--seed", type=_natural, default=1, metavar="N", help="of random programs and states (default: %(default)s)")
    one.add_argument("--runner", choices=("qemu", "native"), default="qemu", help="(default: %(default)s)")
    one.add_argument("--sut", metavar="DIR", help="a folder with your own push_call, stub or marks instead of ours")
    one.add_argument("--hang-timeout", type=_seconds, default=60.0, metavar="S",
                     help="without any output for so long, a case counts as hung (default: %(default)g)")
    one.add_argument("--no-setup", dest="setup", action="store_false", help="install nothing; say what is missing")


def _options(args: argparse.Namespace) -> check.Options:
    if getattr(args, "depth", "quick") == "full" and args.mode != "pin":
        raise UsageError("--depth full needs --mode pin")
    return check.Options(
        arch=getattr(args, "arch", None) or None, mode=getattr(args, "mode", "pin"),
        depth=getattr(args, "depth", "quick"), cases=getattr(args, "cases", None),
        seed=args.seed, shard=shard.parse(getattr(args, "shard", "1/1")), runner=args.runner,
        results=getattr(args, "results", Path("results")),
        jobs=getattr(args, "jobs", os.cpu_count() or 1), sut=Path(args.sut).resolve() if args.sut else None,
        budget_s=getattr(args, "per_target_budget", None), hang_s=args.hang_timeout, setup=args.setup,
        json=getattr(args, "json", False))


def _check_go(args: argparse.Namespace, stop: children.StopRequest) -> tuple[int, str]:
    options = gocheck.Options(results=args.results, jobs=args.jobs, fragile=args.fragile, only=args.only or None,
                              checks=tuple(targets.words(args.checks or "")), functions=args.command == "compare-go",
                              triage=getattr(args, "triage", True), harvest=getattr(args, "harvest", None), setup=args.setup, json=args.json)
    if args.command == "compare-go":
        return gocompare.compare_go(args.a, args.b, options, stop)
    if not args.binaries:
        return gotoolchain.check_toolchain(args.goroot or None, args.arch or None, targets.words(args.programs or ""), options, stop)
    if args.goroot or args.arch or args.programs:
        raise UsageError("--goroot, --arch and --programs are for toolchains: leave out the binaries, or these")
    return gocheck.check_go(args.binaries, options, stop)


def _dispatch(args: argparse.Namespace, stop: children.StopRequest) -> tuple[int, str | None]:
    if args.command == "check":
        return check.check(_options(args), stop)
    if args.command == "soak":
        return soak.soak(_options(args), args.times, args.busy, stop)
    if args.command == "repro":
        return repro.repro(args.id, _options(args), args.verbose, stop)
    if args.command == "mutants":
        return mutants.mutants(_options(args), args.mutant or None, stop)
    if args.command in ("check-go", "compare-go"):
        return _check_go(args, stop)
    if args.command == "bench":
        return bench.bench(_options(args), args.shots, stop)
    root = project.root()
    if args.command == "matrix":
        print(matrix.text(targets.select(targets.load(root, stop), args.arch or "all"), args.shards, args.format))
        return 0, None
    if args.command == "merge":
        return _merge(args, root, stop)
    if args.command == "effects-match":
        options = effects.Options(args.arch or None, tuple(Path(name).resolve() for name in args.bin), args.results, args.jobs,
                                  args.loose, args.setup, args.json)
        return effects.effects_match(options, stop)
    return goasm.go_match(args.arch, args.results, args.jobs, args.json, args.setup, stop)


def _merge(args: argparse.Namespace, root: Path, stop: children.StopRequest) -> tuple[int, str]:
    setup.ensure(root, [], "native", stop)
    expected = targets.words(args.expect or "")
    if "all" in expected:
        expected = [t.name for t in targets.load(root, stop)]
    total = merge.merge(args.folders, args.results, expected)
    from . import report  # needs rich, which setup may just have installed
    report.final(report.console(to_stderr=args.json), total)
    report.write_markdown(args.results / results.MARKDOWN, total)
    if args.json:
        results.print_json(total)
    return results.verdict(total)


def main(argv: list[str]) -> int:
    """Runs a command; returns its exit code."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))  # QEMU dumps guests' cores
    stop = children.StopRequest()
    stop.install()
    try:
        args = parser().parse_args(argv)
        code, line = _dispatch(args, stop)
        if line is not None:
            print(line, file=sys.stderr if getattr(args, "json", False) else sys.stdout, flush=True)
        return code
    except DriverError as error:
        sys.stdout.flush()
        *before, last = str(error).splitlines()
        print("\n".join([*before, f"{error.kind} {last}"]), file=sys.stderr)
        return error.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
