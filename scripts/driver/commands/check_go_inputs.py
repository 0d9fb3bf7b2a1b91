"""everypc check-go BIN...: what the names on the command line are, and what is said of assembly functions."""
from __future__ import annotations

import argparse
from pathlib import Path

from ..build import targets
from ..build.targets import BINARIES
from ..errors import UsageError
from ..go import inputs, packages, toolchain
from ..go.inputs import Assembled
from ..go.session import Session
from ..report import console, results
from .check_go_packages import FILE, default_target


def paths(now: Session, args: argparse.Namespace) -> tuple[list[Path], list[Assembled]]:
    """The files to check, and which of them are made of assembly files. Raises UsageError for what is not
    there."""
    found: list[Path] = []
    assembled: list[Assembled] = []
    for name in args.binaries:
        path = Path(name).resolve()
        if path.suffix == ".s":
            assembled.append(_assemble(now, args, path))
            found.append(assembled[-1].path)
        elif path.is_file():
            found += inputs.thin(now.context, path)
        else:
            found.append(path)   # everypc-go says what is wrong with it
    return found, assembled


def _assemble(now: Session, args: argparse.Namespace, source: Path) -> Assembled:
    if not source.is_file():
        raise UsageError(f"{source}: there is no such file")
    asked = targets.select(list(now.targets.values()), args.arch) if args.arch else []
    target = inputs.target_of(source, now.targets, asked, default_target(now.targets))
    targets.having([target], BINARIES)
    goroot = toolchain.goroot(now.context, args.goroot or None)
    return inputs.assemble(now.context, target, goroot, source)


def label(now: Session, assembled: list[Assembled]) -> None:
    """Says of each assembly function whether the runtime's filter protects it, and lists it."""
    out = console.console(to_stderr=now.context.as_json)
    listed = []
    for one in assembled:
        there = packages.of_object(now.context, one.path)
        listed.append({"target": one.target, "package": one.package, "file": one.source.name,
                       "functions": len(there),
                       "assembly": [{"name": f.name, "protected": f.protected} for f in there],
                       "not_linked": []})
        for function in there:
            out.print(f"{one.target} assembly {function}", soft_wrap=True)
    if listed:
        results.write_json(now.go / FILE, listed)
