"""everypc report: a results folder as a page, or in the forms that other tools read."""
from __future__ import annotations

import argparse
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from pathlib import Path

from .. import folders, project
from ..context import Context
from ..errors import PASSED, UsageError
from ..publish import collect, page, problems, sarif, tap, test2json
from ..report import console, junit, results
from . import arguments
from .arguments import Subparsers

HTML, SARIF = "html", "sarif"
LINES: dict[str, Callable[[list[ET.Element]], Iterable[str]]] = {"tap": tap.lines,
                                                                 "test2json": test2json.lines}


def add(subparsers: Subparsers) -> None:
    one = arguments.command(subparsers, "report",
                            "write a results folder as a page to look at, or as SARIF, TAP 13 or go test "
                            "-json lines", run)
    one.add_argument("folder", nargs="?", type=Path, default=Path("results"), metavar="DIR",
                     help="what check, mutants, check-go or live left (default: %(default)s)")
    one.add_argument("--format", choices=(HTML, SARIF, *LINES), default=HTML, help="(default: %(default)s)")
    one.add_argument("--output", type=Path, metavar="FILE",
                     help=f"where to write it (default: DIR/{page.FILE}; other formats: standard output)")


def run(context: Context, args: argparse.Namespace) -> arguments.Result:
    if args.output is not None and not args.output.parent.is_dir():
        raise UsageError(f"--output {args.output}: there is no folder {args.output.parent}")
    if args.format == HTML:
        path = page.write(args.folder, args.output)
        return PASSED, f"passed: wrote {path}"
    if args.format == SARIF:
        found = collect.read(args.folder)
        revision = found.total.get("revision") or found.go.get("revision") or project.revision(context.root)
        text = json.dumps(sarif.log(problems.all_of(found), revision), indent=1, ensure_ascii=False) + "\n"
    else:
        text = "".join(f"{line}\n" for line in LINES[args.format](_suites(args.folder)))
    if args.output is None:
        print(text, end="", flush=True)
        return PASSED, None
    folders.write_text(args.output, text)
    console.notice(f"wrote {args.output}")
    return PASSED, None


def _suites(folder: Path) -> list[ET.Element]:
    """Of all commands that left a junit.xml here."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such results folder; `make check` writes one")
    places = [folder, folder / "go", folder / "live-std", *sorted(folder.glob("live/*"))]
    paths = [path for place in places if (path := place / results.JUNIT).exists()]
    if not paths:
        raise UsageError(f"{folder}: there is no {results.JUNIT} here, nor below go/, live/ or live-std/")
    return [suite for path in paths for suite in junit.read(path)]
