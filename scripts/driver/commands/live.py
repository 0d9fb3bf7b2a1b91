"""everypc live: fires at every PC of a real Go program's functions while it runs, under its own runtime."""
from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..context import Context
from ..errors import FAILED, UsageError
from ..live import plan, program, repeat, report, session
from ..live.plan import Wish
from ..live.runs import Limits
from ..probe import shard
from ..report import results
from . import arguments
from .arguments import Result, Subparsers

_ABOUT = """\
The program's output and exit code are its own; what everypc says is on standard error. Exit code 1 also
stands for a failure in a program that ends with 0. As a test runner:
  go test -exec 'everypc live --' ./..."""


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "live", "fire at every PC of a Go program that runs, under its own "
                                                "runtime", run)
    one.epilog = _ABOUT
    one.add_argument("program", metavar="PROGRAM", help="an ELF file, or a name to look for in PATH")
    one.add_argument("args", nargs="*", default=[], metavar="ARGS", help="its arguments, behind --")
    one.add_argument("--func", action="append", metavar="GLOB",
                     help="functions to fire at; may be given again (default: of a test binary the package "
                          "under test, else the main package and its module)")
    one.add_argument("--at", metavar="FUNC+0xN[#VISIT]", help="fire at one PC alone")
    arguments.fire(one)
    one.add_argument("--signal", metavar="NAME",
                     help="fire this plain signal, such as USR1, at any ELF program, and compare what the "
                          "program prints and its exit code; functions are those of its symbols (default: "
                          "without those that begin with '_'; one with a C library inside needs --func)")
    one.add_argument("--budget", type=arguments.seconds, metavar="S",
                     help="fire for so long; the program goes on to its end, but where it does not end "
                          "within that time without shots either: then it is told to (SIGTERM), and killed "
                          "if it does not")
    one.add_argument("--shard", default="1/1", metavar="I/N", help="every N-th PC, from the I-th on")
    one.add_argument("--seed", type=arguments.natural, default=0, metavar="N",
                     help="draws the PCs of a shard instead: another sample of the program for each seed")
    one.add_argument("--no-reference", dest="reference", action="store_false",
                     help="don't run the program without shots as well: compare neither output nor exit code")
    one.add_argument("--runner", choices=("qemu", "native"), help="(default: native where this machine runs "
                                                                  "the program, else qemu)")
    one.add_argument("--qemu", metavar="PATH", help="another QEMU than the installed one: a binary, or "
                                                       "a folder with one for each target")
    arguments.no_setup(one)
    one.add_argument("--results", type=Path, metavar="DIR",
                     help="where to write live.json, live.md and junit.xml (default: "
                          "results/live/PROGRAM.TARGET)")


def run(context: Context, args: argparse.Namespace) -> Result:
    inside, visits = arguments.fired(args)
    if inside and args.signal:
        raise UsageError("--inside: a plain signal (--signal) injects no call; leave one of them out")
    if shard.parse(args.shard).n == 1 and args.seed:
        raise UsageError("--seed draws the PCs of a shard: say how large a one, such as --shard 1/10")
    path = plan.find_program(args.program)
    at, _, visit = (args.at or "").partition("#")
    wish = Wish(functions=tuple(args.func or ()), at=(at,) if at else (),
                visits=arguments.visits(visit) if visit else visits,
                inside=inside, shard=args.shard, seed=args.seed, signal=args.signal,
                runner=args.runner, qemu=args.qemu)
    limits = Limits(budget_s=args.budget, reference=args.reference, told=True)
    folder = _folder(context, args.results, path)
    before = repeat.earlier(folder)
    words = [args.program, *args.args]
    if args.inside == arguments.INSIDE_UNLISTED:
        wish = session.without_what_is_not_held(context, words, wish, folder)
    found = session.fire(context, words, wish, limits, folder)
    failures = session.failures(context, found)
    for one in failures:
        session.confirm(context, found, one, wish, limits, folder)
        session.add_code(context, found, one)
    now = repeat.identity(path, words, wish)
    result = {**report.as_dict(found, failures, wish.inside), "identity": now,
              "changed": repeat.changed(before, now, found.shots)}
    report.write(folder, result)
    report.show(result, folder)
    if found.with_shots.interrupted:   # its status is that of our own signal
        return FAILED, None
    code = 0 if found.with_shots.told else program.exit_code(found.with_shots.status)
    return code or (0 if not failures and result["fired"] else FAILED), None


def _folder(context: Context, asked: Path | None, path: Path) -> Path:
    """A folder of its own where another run writes to that of the same name, as under `go test`."""
    if asked is not None:
        results.prepare(context, asked)
        return asked
    folder = context.root / "results/live" / path.name
    try:
        results.prepare(context, folder)
    except UsageError:
        folder = folder.with_name(f"{folder.name}.{os.getpid()}")
        results.prepare(context, folder)
    return folder
