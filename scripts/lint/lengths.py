"""Lines, functions and files that are too long."""
from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from .tree import Fault, read

LINE, MARKDOWN_LINE, FUNCTION, FILE = 110, 100, 60, 400
CODE = {".c", ".h", ".S", ".inc", ".def", ".py", ".js", ".css", ".html", ".mk", ".yml", ".toml"}
NAMED = {"Makefile", "setup", "job", "run", "run-matrix-locally", "everypc"}
DATA = {".def", ".S", ".yml", ".toml"}   # rows and cases may be as many as there are


def check(paths: list[Path]) -> Iterator[Fault]:
    for path in paths:
        code = path.suffix in CODE or path.name in NAMED
        if not code and path.suffix != ".md":
            continue
        lines = read(path)
        limit = MARKDOWN_LINE if path.suffix == ".md" else LINE
        for number, line in enumerate(lines, 1):
            # Tables of Markdown can't be folded.
            if len(line) > limit and not (path.suffix == ".md" and line.startswith("|")):
                yield Fault(path, number, f"a line of {len(line)} characters; at most {limit}: "
                                          "fold it")
        counted = len(lines) - _rows(lines)
        if code and path.suffix not in DATA and counted > FILE:
            yield Fault(path, 1, f"a file of {counted} lines beside its tables; at most {FILE}: divide it")
        yield from _functions(path, lines)


def _rows(lines: list[str]) -> int:
    """How many lines stand in tables, which are kept from clang-format."""
    rows, off = 0, False
    for line in lines:
        off = off and "clang-format on" not in line
        rows += off
        off = off or "clang-format off" in line
    return rows


def _functions(path: Path, lines: list[str]) -> Iterator[Fault]:
    if path.suffix == ".py":
        found = _python_functions("\n".join(lines))
    elif path.suffix in (".c", ".h"):
        found = _c_functions(lines)
    else:
        return
    for start, length in found:
        if length > FUNCTION:
            yield Fault(path, start, f"a function of {length} lines; at most {FUNCTION}: divide it")


def _python_functions(text: str) -> Iterator[tuple[int, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.lineno, (node.end_lineno or node.lineno) - node.lineno + 1


def _c_functions(lines: list[str]) -> Iterator[tuple[int, int]]:
    """As clang-format lays them out: the braces stand alone in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start + 1
            start = None
