"""The command line: collects the subcommands, runs one of them, and ends with its exit code and last line."""
from __future__ import annotations

import argparse
import functools
import os
import resource
import sys

from . import children, folders, project
from .commands import (
    bench,
    bench_live,
    bisect,
    bisect_entries,
    check,
    check_go,
    compare,
    compare_go,
    effects_match,
    explain,
    fuzz,
    go_match,
    go_progs,
    go_releases,
    live,
    live_std,
    matrix,
    merge,
    minimise,
    mutants,
    repro,
    report,
    soak,
)
from .commands.arguments import EPILOG, Parser
from .context import Context
from .errors import DriverError, SetupError

# In the order of the help text.
COMMANDS = (check, fuzz, report, compare, bisect, bisect_entries, soak, repro, explain, minimise, check_go,
            go_releases, compare_go, live, live_std, bench, bench_live, mutants, matrix, merge, go_match,
            go_progs, effects_match)


@functools.cache
def parser() -> argparse.ArgumentParser:
    """Of all commands; it keeps nothing of what it has parsed."""
    top = Parser(prog="everypc", epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter,
                 description="Fires a timer signal at every PC of machine-code sequences and checks their "
                             "async-preemption tables.")
    subparsers = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for module in COMMANDS:
        module.add(subparsers)
    return top


def main(argv: list[str]) -> int:
    """Runs a command; returns its exit code."""
    # QEMU dumps the cores of its guests.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    stop = children.StopRequest()
    stop.install()
    try:
        args = parser().parse_args(argv)
        as_json = getattr(args, "json", False)
        context = Context(project.root(), stop, jobs=getattr(args, "jobs", os.cpu_count() or 1),
                          may_install=getattr(args, "setup", True), as_json=as_json)
        with context.closing:
            code, line = args.run(context, args)
        if line is not None:
            print(line, file=sys.stderr if as_json else sys.stdout, flush=True)
        return int(code)
    except DriverError as error:
        sys.stdout.flush()
        *before, last = str(error).splitlines()
        print("\n".join([*before, f"{error.kind} {last}"]), file=sys.stderr)
        return error.code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 1
    except OSError as error:
        if error.errno not in folders.FULL:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)   # what is still buffered may be for the full disk
        where = f" ({error.filename})" if error.filename else ""
        print(f"{SetupError.kind} {error.strerror}{where}: make room and run it again; what was written "
              "stays, and a command that has --resume continues with it", file=sys.stderr)
        return SetupError.code
