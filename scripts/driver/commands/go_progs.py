"""everypc go-progs: Progs as the assembler of a Go toolchain encodes and marks them, for go-match."""
from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..build.targets import words
from ..context import Context
from ..errors import PASSED, UsageError
from ..go import progs, reference, toolchain
from ..nearest import hint
from ..report import console, results
from . import arguments
from .arguments import Subparsers


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "go-progs",
                            "assemble the Progs of cases/go/progs with a Go toolchain, and keep their bytes "
                            "and marks", run)
    one.add_argument("--goroot", metavar="DIR", help="the toolchain (default: the installed one)")
    one.add_argument("--arch", metavar="LIST", help="GOARCHes (default: all that have Progs)")
    one.add_argument("--output", type=Path, metavar="FILE",
                     help="the table (default: go-progs-VERSION.tsv in cases/go, which go-match then "
                          f"compares with, too; of {reference.VERSION} {Path(reference.REFERENCE).name})")
    arguments.no_setup(one)
    one.add_argument("--json", action="store_true", help="print the rows as JSON")


def run(context: Context, args: argparse.Namespace) -> tuple[int, str]:
    root = context.root
    goroot = toolchain.goroot(context, args.goroot or None)
    version = toolchain.version(context, goroot)
    known = progs.sources(root)
    names = words(args.arch or "") or list(known)
    for name in names:
        if name not in known:
            raise UsageError(f"--arch: no Progs of '{name}' in {progs.SOURCES}{hint(name, known)}; there "
                             f"are: {' '.join(known)}")
    path = args.output or root / reference.file_of(version)
    rows = {name: progs.assemble(context, goroot, name, known[name]) for name in names}
    n = sum(len(some) for some in rows.values())
    if args.arch and not args.output:
        rows = reference.read_reference(path) | rows if path.exists() else rows
    progs.write(path, dict(sorted(rows.items(), key=lambda one: list(known).index(one[0]))))
    if args.json:
        results.print_json({name: [vars(one) | {"code": one.code.hex()} for one in rows[name]]
                            for name in names})
    else:
        for name in names:
            console.console().print(f"{name}: {len(rows[name])} rows", soft_wrap=True)
    return PASSED, f"passed: {n} rows of {version} on {len(names)} GOARCHes in {os.path.relpath(path)}"
