"""What is tried at a commit: a check of cases by this everypc, one by the everypc of the commit itself, or a
build whose result is checked or fired at. Each leaves what the tables were in a file, for the end's diff."""
from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from .. import folders
from ..context import Context
from ..errors import FAILED, NOT_BUILT, PASSED, USAGE, BuildError, SetupError, UsageError
from ..go import tool, toolchain
from ..probe.prepare import Prepared, RunOptions
from ..report import results
from ..report.results import Summary
from . import explained
from .commits import Verdict

UNDER_TEST = ("push_call.c", "preempt.S", "marks.c")
# Prepares and runs a check of cases, and returns its summary.
Check = Callable[[RunOptions], tuple[Prepared, Summary]]


class Trial(Protocol):
    def identity(self) -> list[str]:
        """What decides a verdict, beside the commit."""

    def judge(self, tree: Path, tables: Path) -> Verdict:
        """Of the commit that lies in `tree`. Writes its tables to the file `tables` if it has any."""


def shown(context: Context, tree: Path) -> str:
    """How reports name the worktree, which is no place that the user knows."""
    return f"{tree.relative_to(context.root)}/" if tree.is_relative_to(context.root) else f"{tree}/"


def _write_tables(context: Context, path: Path, probes: dict[str, Path], glob: str | None) -> None:
    """Of cases: what the tool prints of each target's, by target."""
    tool.build(context)
    only = ["--only", glob] if glob else []
    folders.write_json(path, {"cases": {name: tool.call(context, "cases", "--tables", *only, str(probe)).out
                                        for name, probe in probes.items()}})


@dataclass(frozen=True)
class Cases:
    """Cases, or what is under test, of the commit, checked by this everypc."""

    context: Context
    options: RunOptions   # with cases as the user gave them: files of the repository by their path there
    sut: str | None       # the folder in the repository that has what is under test
    work: Path
    check: Check

    def identity(self) -> list[str]:
        return ["cases", repr(dataclasses.replace(self.options, results=Path())), str(self.sut)]

    def judge(self, tree: Path, tables: Path) -> Verdict:
        words_ = [str(tree / word) if (tree / word).exists() else word for word in self.options.cases or []]
        options = dataclasses.replace(self.options, cases=words_, results=self.work / "results",
                                      sut=self._under_test(tree))
        try:
            prepared, total = self.check(options)
            _write_tables(self.context, tables, {p.target.name: p.probe for p in prepared.plans},
                          prepared.plans[0].glob)
        except (BuildError, UsageError) as error:   # a case file that is not one, too, is the commit's fault
            return Verdict(NOT_BUILT, str(error).splitlines()[-1].replace(shown(self.context, tree), ""))
        code, line = results.verdict(total)
        return _verdict(code, line, total, shown(self.context, tree))

    def _under_test(self, tree: Path) -> Path | None:
        """A copy of the folder. Its place depends on which of the files are there: make then takes other
        files, and would not build anew what is older than the ones that it built."""
        if self.sut is None:
            return None
        source = tree / self.sut
        if not source.is_dir():
            raise UsageError(f"{self.sut} is no folder in this commit")
        names = [name for name in UNDER_TEST if (source / name).exists()]
        if not names:
            raise UsageError(f"none of {', '.join(UNDER_TEST)} is in {self.sut}")
        copy = self.work / "sut" / "+".join(names)
        copy.mkdir(parents=True, exist_ok=True)
        for path in copy.iterdir():
            if path.is_file() and not (source / path.name).exists():
                path.unlink()
        for path in source.iterdir():
            if path.is_file() and _bytes(copy / path.name) != path.read_bytes():
                shutil.copyfile(path, copy / path.name)
        return copy


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _verdict(code: int, line: str, total: Summary, shown: str) -> Verdict:
    first: dict[str, Any] = next(iter(total["failures"]), {})
    text = explained.failure(first).replace(shown, "") if first else ""
    return Verdict(FAILED if code == FAILED else PASSED, line, failure=text)


def _driver(context: Context, root: Path, args: list[str], cwd: Path) -> tuple[int, str, str]:
    """Exit code, last line and output of a driver."""
    done = context.run([sys.executable, str(root / "scripts/everypc"), *args], cwd)
    lines = [line for line in (done.out + "\n" + done.err).splitlines() if line.strip()]
    said = [line for line in lines if line.startswith(("passed:", "failed:", "usage:", "set-up:",
                                                       "could not build:"))]
    line = (said or lines or ["it said nothing"])[-1].partition("; see ")[0]   # those folders go
    if done.status == USAGE and line.startswith(SetupError.kind):
        raise SetupError(line.removeprefix(SetupError.kind).strip())
    return done.status, line, done.out


@dataclass(frozen=True)
class OwnDriver:
    """A clone of everypc, checked by the driver of the commit itself."""

    context: Context
    args: tuple[str, ...]   # of its check
    work: Path

    def identity(self) -> list[str]:
        return ["own", *self.args]

    def judge(self, tree: Path, tables: Path) -> Verdict:
        self._drop_stale(tree)
        folder = self.work / "results"
        shutil.rmtree(folder, ignore_errors=True)
        code, line, _ = _driver(self.context, tree, ["check", *self.args, "--results", str(folder)], tree)
        if code not in (PASSED, FAILED):   # it does not know the case or the option yet, too
            return Verdict(NOT_BUILT, line)
        total = json.loads((folder / results.SUMMARY).read_text(encoding="utf-8"))
        self._keep_tables(tree, total, tables)
        return _verdict(code, line, total, shown(self.context, tree))

    def _drop_stale(self, tree: Path) -> None:
        """Makefiles decide how things are built, and what was built does not depend on them all."""
        found = hashlib.sha256()
        for path in sorted([tree / "Makefile", *tree.glob("**/*.mk")]):
            found.update(_bytes(path) or b"")
        stamp = self.work / "makefiles"
        if _bytes(stamp) != found.hexdigest().encode():
            shutil.rmtree(tree / "build", ignore_errors=True)
            folders.write_text(stamp, found.hexdigest())

    def _keep_tables(self, tree: Path, total: Summary, tables: Path) -> None:
        """Of the newest probe of each target, read by this everypc; none where it can't read them."""
        probes = {}
        for one in total["targets"]:
            built = sorted((tree / "build" / one["target"]).glob("*/probe"), key=lambda p: p.stat().st_mtime)
            if built:
                probes[one["target"]] = built[-1]
        glob = next((b for a, b in zip(self.args, self.args[1:]) if a == "--cases"
                     and not (tree / b).exists()), None)
        try:
            _write_tables(self.context, tables, probes, glob)
        except UsageError:
            tables.unlink(missing_ok=True)


@dataclass(frozen=True)
class Built:
    """Whatever a command builds in the commit's tree: checked by check-go, or run and fired at by live."""

    context: Context
    build: str                      # for the shell, in the tree; "": nothing is built
    check_go: tuple[str, ...]       # binaries by their path in the tree, else programs of the toolchain there
    live: tuple[str, ...]           # a program, likewise, and its arguments
    arch: str | None
    work: Path

    def identity(self) -> list[str]:
        return ["built", self.build, *self.check_go, "live", *self.live, str(self.arch)]

    def judge(self, tree: Path, tables: Path) -> Verdict:
        done = self.context.run(["sh", "-c", self.build], tree)
        if done.status != 0:
            lines = [line for line in (done.out + done.err).splitlines() if line.strip()]
            return Verdict(NOT_BUILT, f"{self.build}: {lines[-1] if lines else 'it failed'}")
        args = self._args(tree)
        shutil.rmtree(toolchain.built(self.context.root, tree), ignore_errors=True)
        code, line, out = _driver(self.context, self.context.root, args, tree)
        if line.startswith(BuildError.kind) or code == USAGE and line.startswith(UsageError.kind):
            return Verdict(NOT_BUILT, line)
        code = PASSED if line.startswith("passed:") else FAILED   # live's own code is that of the program
        self.keep_functions(tree, tables)
        return Verdict(code, line, failure=explained.block(out) if code else "")

    def _binaries(self, tree: Path) -> list[str]:
        return [str(tree / name) for name in (*self.check_go, *self.live[:1]) if (tree / name).is_file()]

    def _args(self, tree: Path) -> list[str]:
        folder = ["--results", str(self.work / "results")]
        if self.live:
            return ["live", *folder, "--", str(tree / self.live[0]), *self.live[1:]]
        if self._binaries(tree):
            return ["check-go", *folder, *self._binaries(tree)]
        return ["check-go", *folder, "--goroot", str(tree), *(["--arch", self.arch] if self.arch else []),
                *(["--programs", " ".join(self.check_go)] if self.check_go != ("all",) else [])]

    def keep_functions(self, tree: Path, tables: Path) -> None:
        """Of what the last trial has checked or fired at; none where that has no tables."""
        tool.build(self.context)
        named = {Path(name).name: name for name in self._binaries(tree)}
        if not named:   # what the toolchain there has built
            named = {f"{path.parent.name}/{path.name}": str(path)
                     for path in sorted(toolchain.built(self.context.root, tree).glob("*/*"))}
        functions = {}
        for name, path in named.items():
            try:
                found = [*tool.read(self.context, "check", "--functions", path)]
            except UsageError:   # live fires at any program, and only Go's have tables
                continue
            functions[name] = [one["function"] for one in found if "function" in one]
        if functions:
            folders.write_json(tables, {"functions": functions})
