"""The arguments that several subcommands share, and what becomes of them. An empty LIST, GLOB or DIR counts
as not given, because make passes on what the user left out."""
from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from ..build.targets import QEMU, words
from ..context import Context
from ..errors import UsageError
from ..go import findings
from ..go.session import Options as GoOptions
from ..live import plan
from ..live.plan import Visits
from ..probe import runner_list, shard
from ..probe.prepare import RunOptions
from ..probe.runner import Runner
from ..report import shown

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Result = tuple[int, str | None]   # the exit code, and the last line that is printed

EPILOG = """\
exit codes: 0 all passed; 1 a check failed, or the run was interrupted; 2 usage or set-up;
125 could not be built. The last line printed says which it was."""
FAMILIES = "one of each architecture"
INSIDE_UNLISTED = "default"   # --inside without a list


class Parser(argparse.ArgumentParser):
    """Reports a wrong argument in one line, like every other usage error."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (see {self.prog} --help)")


def command(subparsers: Subparsers, name: str, text: str,
            run: Callable[[Context, argparse.Namespace], Result]) -> argparse.ArgumentParser:
    """Adds a subcommand. `text`: what it does, beginning in lower case."""
    one = subparsers.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=EPILOG,
                                formatter_class=argparse.RawDescriptionHelpFormatter)
    one.set_defaults(run=run)
    return one


# ---- types of values ----

def positive(text: str) -> int:
    value = natural(text)
    if value < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive whole number")
    return value


def natural(text: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < 1 << 64:
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number from 0 to 2^64-1")
    return value


def seeds(text: str) -> str:
    found = re.fullmatch(r"\s*(\d{1,20})\.\.(\d{1,20})\s*", text)
    if text and not (found and int(found[1]) <= int(found[2]) < 1 << 64):
        raise argparse.ArgumentTypeError(f"'{text}' is not a range of seeds, such as 1..100")
    return f"{int(found[1])}..{int(found[2])}" if found else ""


def seconds(text: str, unit: str = "seconds") -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value < 1e9:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of {unit} above 0")
    return value


def hours(text: str) -> float:
    return seconds(text, "hours")


# ---- groups of arguments ----

def arch(one: argparse.ArgumentParser, default: str = FAMILIES) -> None:
    one.add_argument("--arch", metavar="LIST",
                     help=f"targets, separated by commas or spaces, or 'all' (default: {default})")


def jobs(one: argparse.ArgumentParser, what: str) -> None:
    one.add_argument("--jobs", type=positive, default=os.cpu_count() or 1, metavar="N",
                     help=f"{what} (default: %(default)s)")


def no_setup(one: argparse.ArgumentParser) -> None:
    one.add_argument("--no-setup", dest="setup", action="store_false",
                     help="install nothing; say what is missing")


def output(one: argparse.ArgumentParser, what: str, folder: str = "results") -> None:
    one.add_argument("--results", type=Path, default=Path(folder), metavar="DIR",
                     help=f"where to write {what} (default: %(default)s)")
    one.add_argument("--json", action="store_true",
                     help="print the result as JSON on standard output, and everything else on standard "
                          "error")


def resume(one: argparse.ArgumentParser, where: str) -> None:
    one.add_argument("--resume", action="store_true",
                     help=f"go on behind {where}, where a run like this one, of the same build, was "
                          "stopped or killed (default: a new run)")


def show(one: argparse.ArgumentParser) -> None:
    one.add_argument("--show", type=natural, default=shown.SHOWN, metavar="N",
                     help="print up to so many failures of each target (default: %(default)s)")


def shot_id(one: argparse.ArgumentParser, live: bool = True) -> None:
    of_live = "; or of live: <target>/live:<program>/<function>+0x<offset>#<visit>" if live else ""
    one.add_argument("id", metavar="ID", help="<target>/<case>@+0x<offset>#<state>, or <target>/<case> for a "
                                              "whole case" + of_live)


def cases(one: argparse.ArgumentParser) -> None:
    """Which cases, and how thoroughly."""
    one.add_argument("--cases", action="append", metavar="GLOB_OR_PATH",
                     help="a glob over case names, or .progs and .S files to run instead of the tree's; may "
                          "be repeated")
    one.add_argument("--mode", choices=("pin", "free"), default="pin",
                     help="how PCs are hit (default: %(default)s)")
    one.add_argument("--depth", choices=("quick", "full"), default="quick",
                     help="full: also try what the table forbids, pairs of signals, signals in a row, and "
                          "signals in the "
                          "injected call (default: %(default)s)")


def probes(one: argparse.ArgumentParser) -> None:
    """How to build and run a probe."""
    one.add_argument("--seed", type=natural, default=1, metavar="N",
                     help="for random programs and states (default: %(default)s)")
    one.add_argument("--runner", default=QEMU, metavar="RUNNER",
                     help=f"what the probe runs on: {runner_list.TAKES} (default: %(default)s)")
    one.add_argument("--qemu", metavar="PATH",
                     help="another QEMU than the installed one: a binary, or a folder with one for each "
                          "target")
    one.add_argument("--sut", metavar="DIR", help="a folder with your own push_call, stub or marks instead "
                                                  "of ours")
    one.add_argument("--hang-timeout", type=seconds, default=60.0, metavar="S",
                     help="a case counts as hung after this long without output (default: %(default)g)")
    no_setup(one)


def visits(text: str) -> Visits:
    found = words(text)
    listed = tuple(positive(word) for word in found if word not in (plan.EVERY, plan.LAST_SEEN))
    if not found or len(listed) > plan.MAX_VISITS or max(listed, default=1) > plan.LAST_VISIT:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of visits, such as 1,2,16: "
                                         f"{plan.MAX_VISITS} at most, each up to {plan.LAST_VISIT}")
    made = Visits(listed, plan.EVERY in found, plan.LAST_SEEN in found)
    if made.every and len(found) > 1:
        raise argparse.ArgumentTypeError(f"'{text}': {plan.EVERY} stands alone")
    return made


def fire(one: argparse.ArgumentParser) -> None:
    """How to fire at a program that runs under its own runtime."""
    one.add_argument("--visits", metavar="LIST", type=visits,
                     help=f"which visits of each PC to fire at, such as 1,2,16,{plan.LAST_SEEN} (a run "
                          f"without shots says which one that is), or {plan.EVERY} (default: 1)")
    one.add_argument("--inside", nargs="?", const=INSIDE_UNLISTED, default="",
                     metavar="LIST",
                     help="behind each injected call: adversary (every register is overwritten), traceback "
                          "(the runtime's own, compared with the tables), gc (a collection), move (the stack "
                          "moves as soon as the runtime allows), thread (another thread goes on); without "
                          f"LIST, those of {','.join(plan.INSIDE_ALONE)} whose functions the program holds")


def binaries(one: argparse.ArgumentParser, what: str) -> None:
    """How to check Go binaries."""
    one.add_argument("--only", metavar="GLOB", help="only functions whose name matches, such as 'main.*'")
    one.add_argument("--checks", metavar="LIST", help=f"of {', '.join(findings.CHECKS)} (default: all)")
    one.add_argument("--fragile", action="store_true",
                     help="also list what only the runtime's filter protects")
    one.add_argument("--stub", metavar="PROGRAM",
                     help="for objects and dumps: a program whose asyncPreempt the injected call "
                          "goes through")
    no_setup(one)
    jobs(one, "threads")
    output(one, what)


# ---- what becomes of them ----

def run_options(args: argparse.Namespace) -> RunOptions:
    """Of a command that has `probes`, and takes one runner; the other groups may be absent."""
    return _options(args, runner_list.single(args.runner, args.qemu or None))


def each_runner(args: argparse.Namespace) -> list[RunOptions]:
    """The same for each of several runners, all with the same results folder."""
    return [_options(args, runner) for runner in runner_list.parse(args.runner, args.qemu or None)]


def _options(args: argparse.Namespace, runner: Runner) -> RunOptions:
    if getattr(args, "depth", "quick") == "full" and args.mode != "pin":
        raise UsageError("--depth full needs --mode pin")
    return RunOptions(
        arch=getattr(args, "arch", None) or None, mode=getattr(args, "mode", "pin"),
        depth=getattr(args, "depth", "quick"), cases=getattr(args, "cases", None), seed=args.seed,
        shard=shard.parse(getattr(args, "shard", "1/1")), runner=runner,
        results=getattr(args, "results", Path("results")), sut=Path(args.sut).resolve() if args.sut else None,
        budget_s=getattr(args, "per_target_budget", None), hang_s=args.hang_timeout,
        seeds=getattr(args, "seeds", ""), drawn=getattr(args, "drawn", 0))


def fired(args: argparse.Namespace) -> tuple[tuple[str, ...], Visits]:
    """Of a command that has `fire`: what happens inside the injected call, and which visits."""
    inside = plan.INSIDE_ALONE if args.inside == INSIDE_UNLISTED else tuple(words(args.inside))
    for name in inside:
        if name not in plan.INSIDE:
            raise UsageError(f"--inside: there is no '{name}'; it takes {', '.join(plan.INSIDE)}")
    return inside, args.visits or Visits((1,))


def go_options(args: argparse.Namespace, functions: bool = False) -> GoOptions:
    """Of a command that has `binaries`."""
    return GoOptions(results=args.results, fragile=args.fragile, only=args.only or None,
                     checks=tuple(words(args.checks or "")), functions=functions,
                     triage=getattr(args, "triage", True), strict=getattr(args, "strict", False),
                     harvest=getattr(args, "harvest", None), confirm=getattr(args, "confirm", False),
                     confirm_args=getattr(args, "confirm_args", ""), goroot=getattr(args, "goroot", None),
                     stub=Path(args.stub).resolve() if getattr(args, "stub", None) else None)
