"""Other programs that may execute what a program with a finding never does: the tests of the function's
package, and a driver that is made for it. Both are of packages of the standard library, by the toolchain that
built the program."""
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import folders
from ..build.targets import Target
from ..context import Context
from ..errors import BuildError, UsageError
from ..go import tool, toolchain
from . import std
from .std import Package

Finding = dict[str, Any]   # of check-go

# Of what can be imported, what is not called with arguments that nobody has thought of.
_LEFT_ALONE = ("main", "runtime", "syscall")
_EXPORTED = re.compile(r"(?:\(\*(?P<pointer>[A-Z]\w*)\)\.|(?P<value>[A-Z]\w*)\.)?(?P<name>[A-Z]\w*)")
_DRIVER = """\
// Calls functions with zero values, and pointers to zero values.
package main

import (
\tp "%s"
\t"reflect"
)

func call(f interface{}) {
\tdefer func() { recover() }()
\tv := reflect.ValueOf(f)
\tn := v.Type().NumIn()
\tif v.Type().IsVariadic() {
\t\tn--
\t}
\targs := make([]reflect.Value, n)
\tfor i := range args {
\t\targs[i] = reflect.Zero(v.Type().In(i))
\t\tif t := v.Type().In(i); t.Kind() == reflect.Ptr {
\t\t\targs[i] = reflect.New(t.Elem())
\t\t}
\t}
\tv.Call(args)
}

func main() {
%s}
"""


@dataclass(frozen=True)
class Way:
    """A program to fire at."""

    text: str              # "the tests of sort"
    binary: Path
    arguments: list[str]
    cwd: Path


def package_of(function: str) -> str:
    """Of "math/big.(*Int).Add" "math/big"; of a type argument's slashes nothing."""
    name = function.partition("[")[0]
    folder, slash, rest = name.rpartition("/")
    return folder + slash + rest.partition(".")[0]


def expression(function: str) -> str | None:
    """What it is called where its package is imported as p; None: it is not exported, or not a function that
    has a name."""
    found = _EXPORTED.fullmatch(function.removeprefix(package_of(function) + "."))
    if not found:
        return None
    if found["pointer"]:
        return f"(*p.{found['pointer']}).{found['name']}"
    return "p." + (f"{found['value']}." if found["value"] else "") + found["name"]


def driver(package: str, functions: list[str]) -> str | None:
    """The source of a program that calls those of a package's functions that it can, or None."""
    inner = {"internal", "vendor"} & set(package.split("/"))
    calls = dict.fromkeys(one for one in map(expression, functions) if one)
    if package in _LEFT_ALONE or inner or not calls:
        return None
    return _DRIVER % (package, "".join(f"\tcall({one})\n" for one in calls))


def ways(context: Context, target: Target, goroot: Path, package: str,
         functions: Callable[[], list[str]], folder: Path) -> Iterator[Way | str]:
    """One after the other, built when it is asked for; or why there is none. `functions`: those still to be
    executed."""
    try:
        tested = std.with_tests(context, goroot, package)
    except BuildError:
        yield (f"{package} is not of the toolchain: its own tests run by "
               "go test -exec 'everypc live --at FUNC+0xN --'")
        return
    yield _tests(context, target, goroot, package, tested)
    source = driver(package, functions())
    if source is None:
        yield "no driver: the function can't be called from outside with values that are made up"
        return
    path = folder / f"driver_{package.replace('/', '_')}.go"
    folders.write_text(path, source)
    try:
        binary = toolchain.build(context, target, goroot, f"std/{path.stem}", "build", str(path))
    except BuildError as error:
        yield f"the driver does not build: {error}"
        return
    yield Way(f"a driver that calls it in {package} with zero values", binary, [], folder)


def _tests(context: Context, target: Target, goroot: Path, package: str,
           found: dict[str, Path]) -> Way | str:
    if package not in found:
        return f"{package} has no tests"
    try:
        binary = std.build(context, target, goroot, Package(package, found[package]))
    except BuildError as error:
        return f"the tests of {package} do not build: {error}"
    return Way(f"the tests of {package}", binary, ["-test.short"], found[package])


def moved(context: Context, binary: Path, one: Finding) -> Finding | None:
    """A finding as one of another program, where the function has the same instructions around it; None where
    it has not."""
    place = f"{one['function']}+{one['offset']:#x}"
    try:
        here = json.loads(tool.call(context, "code", str(one["binary"]), place).out)
        there = json.loads(tool.call(context, "code", str(binary), place).out)
    except UsageError:
        return None
    if _operations(here) != _operations(there):
        return None
    by = there["entry"] - here["entry"]
    return {**one, "pc": one["pc"] + by, "pcs": [pc + by for pc in one["pcs"]], "live": {}}


def _operations(code: dict[str, Any]) -> list[tuple[int, str]]:
    """Of each line the operation: operands may hold addresses."""
    return [(line["offset"], line["text"].split()[0]) for line in code["code"]]
