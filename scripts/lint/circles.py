"""Circles of files: by #include, by symbols, and by Python's imports. A circle that the domain has is allowed
when one of its files says why, in a comment with the words "circle of files"."""
from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .tree import ROOT, Fault, read

ALLOWED = "circle of files"
_INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"')

Graph = dict[Path, set[Path]]


def check(paths: list[Path], objects: list[Path]) -> Iterator[Fault]:
    for what, graph in (("includes", includes(paths)), ("symbols", symbols(objects)),
                        ("imports", imports(paths))):
        for circle in components(graph):
            if not any(ALLOWED in " ".join(read(path)) for path in circle if (ROOT / path).exists()):
                names = " ".join(str(path) for path in sorted(circle))
                yield Fault(min(circle), 1, f"a circle by {what}: {names}; break it, or say why in a header")


def includes(paths: list[Path]) -> Graph:
    """Which file includes which, where that is a file of the tree."""
    known = set(paths)
    graph: Graph = {}
    for path in paths:
        if path.suffix in (".c", ".h", ".inc", ".def"):
            wanted = [m[1] for m in map(_INCLUDE.match, read(path)) if m]
            places = (path.parent, Path("harness"), Path("arch"))
            graph[path] = {found for name in wanted if (found := _first(name, places, known)) is not None}
    return graph


def _first(name: str, places: tuple[Path, ...], known: set[Path]) -> Path | None:
    for place in places:
        path = Path(*_normal((place / name).parts))
        if path in known:
            return path
    return None


def _normal(parts: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    for part in parts:
        if part == ".." and out:
            out.pop()
        else:
            out.append(part)
    return out


def symbols(objects: list[Path]) -> Graph:
    """Which object needs a symbol of which, each named by its source. Objects of the same source count
    once, those whose source is gone not at all."""
    defined: dict[tuple[str, str], Path] = {}
    needed: dict[Path, set[tuple[str, str]]] = {}
    for path in objects:
        folder, _, name = str(path).partition("/obj")
        source = Path(name.partition("/")[2]).with_suffix(".c")
        if source.parts[0] == "harness" and not (ROOT / source).exists():   # of an earlier build
            continue
        needed.setdefault(source, set())
        for line in subprocess.run(["nm", str(path)], capture_output=True, text=True, check=True,
                                   cwd=ROOT).stdout.splitlines():
            kind, symbol = line.split()[-2:]
            if kind == "U":
                needed[source].add((folder, symbol))
            elif kind in "TDBRCVW":
                defined.setdefault((folder, symbol), source)
    return {source: {defined[one] for one in some if one in defined} - {source} for source,
            some in needed.items()}


def imports(paths: list[Path]) -> Graph:
    """Which module of a package below scripts/ imports which, at its top level."""
    modules = {path.with_suffix("").parts[1:]: path for path in paths if path.suffix == ".py"
               and path.parts[0] == "scripts"}
    graph: Graph = {}
    for name, path in modules.items():
        graph[path] = set()
        for node in ast.parse("\n".join(read(path))).body:
            if isinstance(node, ast.ImportFrom):
                base = name[:len(name) - node.level] if node.level else ()
                base += tuple((node.module or "").split(".")) if node.module else ()
                wanted = [(*base, alias.name) for alias in node.names] + [base]
                graph[path] |= {modules[one] for one in wanted if one in modules and modules[one] != path}
    return graph


def components(graph: Graph) -> Iterator[set[Path]]:
    """The sets of files that reach each other."""
    reach: dict[Path, set[Path]] = {}
    for start in graph:
        seen: set[Path] = set()
        todo = list(graph[start])
        while todo:
            one = todo.pop()
            if one not in seen:
                seen.add(one)
                todo += graph.get(one, ())
        reach[start] = seen
    done: set[Path] = set()
    for start in graph:
        if start in reach[start] and start not in done:
            circle = {one for one in reach[start] if start in reach.get(one, ())}
            done |= circle
            yield circle
